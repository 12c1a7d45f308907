"""The desk's own name on the web: https only, a name of its own, and nothing of the other side's."""

import dataclasses

import pytest
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpResponse
from django.test import RequestFactory

from courtesy.config import sides
from courtesy.config.environment import BadSetting, read_environment

DESK, HELP = "https://desk.marigold.example", "https://help.marigold.example"


@pytest.fixture
def here(monkeypatch):
    """A house with both names."""
    named = dataclasses.replace(settings.COURTESY, desk_url=DESK, public_url=HELP)
    monkeypatch.setattr(settings, "COURTESY", named)
    return named


def answered(host: str, port: int, *, secure: bool = True) -> HttpResponse:
    middleware = sides.FrontSide(lambda request: HttpResponse("let through"))
    return middleware(RequestFactory().get("/", HTTP_HOST=host, SERVER_PORT=str(port), secure=secure))  # type: ignore[return-value]


class TestTheNames:
    def test_belong_to_one_side_each(self, here):
        with pytest.raises(DisallowedHost):
            answered("help.marigold.example", here.port)
        with pytest.raises(DisallowedHost):
            answered("desk.marigold.example:443", here.public_port)
        assert answered("desk.marigold.example", here.port).content == b"let through"
        assert answered("help.marigold.example", here.public_port).content == b"let through"

    def test_would_open_the_other_side_where_the_desk_has_none(self, monkeypatch):
        """The control off: a name nobody told us about is told apart by nothing but the list of names."""
        bare = dataclasses.replace(settings.COURTESY, desk_url="", public_url="")
        monkeypatch.setattr(settings, "COURTESY", bare)

        assert answered("help.marigold.example", bare.port).content == b"let through"

    def test_of_this_machine_open_both(self, here):
        for port in (here.port, here.public_port):
            assert answered(f"localhost:{port}", port, secure=False).content == b"let through"

    def test_of_the_desk_is_answered_by_https_only(self, here):
        answer = answered("desk.marigold.example", here.port, secure=False)

        assert answer.status_code == 400
        assert b"X-Forwarded-Proto: https" in answer.content


class TestTheSetting:
    @pytest.mark.parametrize("said", ["http://desk.marigold.example", "desk.marigold.example", "ftp://desk.example"])
    def test_takes_https_only(self, monkeypatch, said):
        monkeypatch.setenv("COURTESY_DESK_URL", said)
        with pytest.raises(BadSetting, match="COURTESY_DESK_URL must begin with https"):
            read_environment()

    def test_takes_no_name_that_customers_use(self, monkeypatch):
        monkeypatch.setenv("COURTESY_DESK_URL", "https://marigold.example:8443")
        monkeypatch.setenv("COURTESY_PUBLIC_URL", "https://marigold.example")
        with pytest.raises(BadSetting, match="two names"):
            read_environment()

    def test_of_backups_is_a_folder_or_off(self, monkeypatch, tmp_path):
        monkeypatch.setenv("COURTESY_DATA_DIR", str(tmp_path))
        assert read_environment().backups == tmp_path / "backups"
        monkeypatch.setenv("COURTESY_BACKUPS", "off")
        assert read_environment().backups is None

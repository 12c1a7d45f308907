"""What strangers send to the public side: cookies, large bodies, files; and what they may keep of a page."""

import asyncio
import io
import tempfile

import pytest
from django.conf import settings
from django.test import Client

from courtesy.config import asgi
from tests.colleagues import PublicSocket

pytestmark = pytest.mark.django_db(databases="__all__")
COOKIES = "courtesy_form=not-one-of-ours; courtesy_staff=abc; theme=dark"


class TestACookie:
    def test_is_neither_read_nor_answered_on_the_public_side(self):
        answer = PublicSocket(enforce_csrf_checks=True).get("/", HTTP_COOKIE=COOKIES)

        assert not answer.cookies
        assert answer.wsgi_request.COOKIES == {}
        assert "data-theme" not in answer.content.decode()

    def test_would_be_answered_at_the_desk(self):
        assert "courtesy_form" in Client(enforce_csrf_checks=True).get("/sign-in", HTTP_COOKIE=COOKIES).cookies


class TestAPage:
    @pytest.mark.parametrize("client", [Client, PublicSocket])
    @pytest.mark.parametrize("path", ["/", "/nothing-here"])
    def test_is_kept_by_no_cache_between(self, client, path):
        assert client().get(path)["Cache-Control"] == "private, no-cache"


class TestABody:
    @pytest.fixture
    def ask(self, monkeypatch):
        """The status of a form of so many bytes; 200 stands for "passed on"."""
        monkeypatch.setattr(asgi, "get_wsgi_application", lambda: None)
        app = asgi.TwoSides()

        async def pages(scope, receive, send):
            await send({"type": "http.response.start", "status": 200, "headers": []})

        app.pages = pages

        def ask(port: int, size: int, *, told: bool = True) -> int:
            pieces = [{"type": "http.request", "body": b"x" * size, "more_body": False}]
            statuses = []

            async def receive():
                return pieces.pop()

            async def send(message):
                statuses.append(message.get("status"))

            headers = [(b"content-length", str(size).encode())] if told else [(b"transfer-encoding", b"chunked")]
            scope = {"type": "http", "method": "POST", "path": "/", "headers": headers, "server": ("127.0.0.1", port)}
            asyncio.run(app(scope, receive, send))
            return statuses[0]

        return ask

    @pytest.mark.parametrize("told", [True, False])
    def test_of_a_stranger_is_no_larger_than_any_form_of_ours(self, ask, told):
        here = settings.COURTESY
        assert ask(here.public_port, asgi.LARGEST_PUBLIC_BODY, told=told) == 200
        assert ask(here.public_port, asgi.LARGEST_PUBLIC_BODY + 1, told=told) == 413
        assert ask(here.port, asgi.LARGEST_PUBLIC_BODY + 1, told=told) == 200
        assert ask(here.port, asgi.LARGEST_BODY + 1, told=told) == 413

    def test_has_room_for_the_longest_message_in_any_script(self):
        letter = "\N{OLD PERSIAN SIGN A}"
        assert 20_000 * len("%F0%90%8E%A0") < asgi.LARGEST_PUBLIC_BODY
        assert len(letter.encode()) == 4

    def test_with_a_file_leaves_nothing_in_the_temporary_folder(self, monkeypatch):
        monkeypatch.setattr(tempfile, "NamedTemporaryFile", lambda *a, **k: pytest.fail("a file was written"))
        file = io.BytesIO(b"x" * 2_700_000)
        file.name = "letter.txt"
        answer = PublicSocket().post("/", {"words": "Hello", "photo": file})

        assert answer.status_code == 422

"""The desk from a second computer: by https through a proxy, as `docs/second-computer.md` tells it."""

import http.client
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.journeys import steps
from tests.journeys.house import House
from tests.journeys.mailbox import Mailbox
from tests.journeys.proxy import Proxy, SecureVisitor, certificate, connection
from tests.journeys.ready import ReadyShop

DESK, HELP = "https://desk.marigold.example", "https://help.marigold.example"
STAFF_PATHS = ("/inbox", "/team", "/me", "/shop", "/sign-in", "/sign-in/passkey", "/live", "/shop/recovery-sheet")


@dataclass
class Reached:
    """An open house behind two proxies, and one that was set up carelessly."""

    house: House
    pem: Path
    desk: Proxy
    front: Proxy
    careless: Proxy
    secret: str

    def visitor(self, base: str = DESK, proxy: Proxy | None = None) -> SecureVisitor:
        return SecureVisitor(base, to=(proxy or self.desk).port, pem=self.pem)


@pytest.fixture(scope="module")
def reached(ready: ReadyShop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reached]:
    folder = tmp_path_factory.mktemp("reached")
    pem = certificate(folder, "desk.marigold.example", "help.marigold.example")
    with Mailbox() as mailbox, ExitStack() as proxies:
        house = ready.copy(folder / "house", mailbox)
        house.extra |= {"COURTESY_DESK_URL": DESK, "COURTESY_PUBLIC_URL": HELP}
        house.start()
        try:
            yield Reached(
                house,
                pem,
                proxies.enter_context(Proxy(pem, house.port).open()),
                proxies.enter_context(Proxy(pem, house.public_port).open()),
                proxies.enter_context(Proxy(pem, house.port, tells=False).open()),
                ready.secret,
            )
        finally:
            house.stop()


@pytest.fixture(scope="module")
def ada(reached: Reached) -> SecureVisitor:
    """Ada, who signed in at the second computer."""
    visitor = reached.visitor()
    page = visitor.go("/sign-in")
    page = visitor.send(page.form(having="login"), login="ada", password=steps.PASSWORD)
    for _ in range(2):
        page = visitor.send(page.form(having="code"), code=steps.code_of(reached.secret))
        if page.status == 200:
            break
        time.sleep(31 - time.time() % 30)  # a code is good once
    assert page.url == f"{DESK}/", page.text[:1500]
    return visitor


class TestTheDesk:
    def test_is_signed_in_to_and_used(self, ada):
        page = ada.go("/inbox")
        assert (page.status, page.url) == (200, f"{DESK}/inbox")
        page = ada.go("/me")
        assert ada.send(page.form(having="address"), address="ada@marigold.example").status == 200

    def test_sets_secure_cookies_only(self, ada):
        held = {cookie.name: cookie.secure for cookie in ada.cookies}
        assert held == dict.fromkeys(held, True)
        assert {"courtesy_staff", "courtesy_form"} <= set(held)

    def test_asks_the_browser_to_stay_with_https(self, reached):
        status, headers, _body = reached.visitor().ask("/sign-in")
        assert status == 200
        assert "max-age=31536000" in headers["strict-transport-security"]

    def test_makes_links_under_its_own_name(self, ada):
        page = ada.go("/team")
        page = ada.send(page.form(action="/team/invitations"), called="Cem", role="colleague")
        assert re.search(rf'value="{DESK}/join/[^"]+"', page.text)

    def test_keeps_its_live_stream_open(self, reached, ada):
        status, headers = _first_of(reached, "/live", _cookies(ada))
        assert (status, headers["content-type"].split(";")[0]) == (200, "text/event-stream")

    def test_asks_for_a_passkey_under_its_own_name(self, reached):
        status, _headers, body = reached.visitor().ask("/sign-in/passkey", **{"X-Requested-With": "XMLHttpRequest"})
        assert (status, '"rpId": "desk.marigold.example"' in body) == (200, True)

    def test_still_answers_on_this_machine(self, reached):
        assert b"sign-in" in _plain(reached.house.port, f"localhost:{reached.house.port}", "/sign-in")[1]


class TestARefusal:
    @pytest.mark.parametrize(
        "host", ["evil.example", "help.marigold.example", "desk.marigold.example.evil.example", ""]
    )
    def test_of_every_other_name_at_the_desks_door(self, reached, host):
        assert reached.visitor().ask("/sign-in", Host=host)[0] == 400

    @pytest.mark.parametrize("path", STAFF_PATHS)
    def test_of_staff_paths_at_the_public_door(self, reached, ada, path):
        assert reached.visitor(HELP, reached.front).ask(path, Cookie=_cookies(ada))[0] == 404

    @pytest.mark.parametrize("host", ["desk.marigold.example", "DESK.marigold.example:443", "desk.marigold.example."])
    def test_of_the_desks_name_at_the_public_door(self, reached, host):
        for path in ("/", "/inbox"):
            assert reached.visitor(HELP, reached.front).ask(path, Host=host)[0] == 400

    def test_of_a_form_sent_from_another_site(self, reached, ada):
        page = ada.go("/me")
        fields = page.form(having="address").fields
        foreign = {"Origin": "https://evil.example", "Referer": "https://evil.example/"}

        assert _post(reached, "/me", fields, {"Cookie": _cookies(ada), **foreign}) == 403
        assert _post(reached, "/me", fields, {"Cookie": _cookies(ada), "Origin": DESK}) == 302

    def test_of_a_proxy_that_does_not_say_https(self, reached):
        status, headers, body = reached.visitor(DESK, reached.careless).ask("/sign-in")
        assert status == 400
        assert "X-Forwarded-Proto: https" in body
        assert "set-cookie" not in headers

    def test_of_the_desks_name_without_https(self, reached):
        status, body = _plain(reached.house.port, "desk.marigold.example", "/sign-in")
        assert (status, b"X-Forwarded-Proto" in body) == (400, True)


class TestTheFront:
    def test_is_reached_under_its_name(self, reached):
        status, headers, body = reached.visitor(HELP, reached.front).ask("/")
        assert (status, "<form" in body) == (200, True)
        assert "courtesy_staff" not in str(headers)


def _plain(port: int, host: str, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    return answer.status, answer.read()


def _first_of(reached: Reached, path: str, cookies: str) -> tuple[int, dict[str, str]]:
    line = connection("desk.marigold.example", to=reached.desk.port, pem=reached.pem)
    line.request("GET", path, headers={"Cookie": cookies, "Accept": "text/event-stream"})
    answer = line.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.headers.items()}
    line.close()
    return found


def _post(reached: Reached, path: str, fields: dict[str, str], headers: dict[str, str]) -> int:
    line = connection("desk.marigold.example", to=reached.desk.port, pem=reached.pem)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST", path, body=urlencode(fields), headers={**headers, **kind})
    return line.getresponse().status


def _cookies(visitor: SecureVisitor) -> str:
    return "; ".join(f"{one.name}={one.value}" for one in visitor.cookies)

"""Two front sides in one process: the socket decides, and the public side knows no colleague."""

import asyncio

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from courtesy.config import asgi, sides

pytestmark = pytest.mark.django_db(databases="__all__")


def seen_by(middleware, **given):
    """The request as the next one behind a middleware sees it."""
    seen = []

    def view(request):
        seen.append(request)
        response = HttpResponse("")
        response.set_cookie("theme", "dark")
        return response

    response = middleware(view)(RequestFactory().get("/", **given))
    return seen[0], response


class TestTheSide:
    def test_is_public_on_the_public_socket_whatever_the_browser_says(self):
        port = str(settings.COURTESY.public_port)
        request, _ = seen_by(sides.FrontSide, SERVER_PORT=port, HTTP_HOST=f"localhost:{settings.COURTESY.port}")
        assert sides.is_public(request)

    def test_is_the_desk_on_the_staff_socket(self):
        request, _ = seen_by(sides.FrontSide, SERVER_PORT=str(settings.COURTESY.port), HTTP_HOST="shop.example:8001")
        assert not sides.is_public(request)

    def test_that_is_public_has_neither_session_nor_user(self):
        answer = Client().get("/healthz", SERVER_PORT=str(settings.COURTESY.public_port))
        assert not hasattr(answer.wsgi_request, "user")
        assert not hasattr(answer.wsgi_request, "session")
        assert hasattr(Client().get("/healthz").wsgi_request, "user")

    def test_marks_cookies_secure_where_the_visitor_came_by_https(self):
        _, plain = seen_by(sides.FrontSide)
        _, secure = seen_by(sides.FrontSide, secure=True)
        assert not plain.cookies["theme"]["secure"]
        assert secure.cookies["theme"]["secure"]


class TestTheApplication:
    @pytest.fixture
    def passed_on(self, monkeypatch):
        """Which port the pages are told, for a request that came in by this one."""
        monkeypatch.setattr(asgi, "get_wsgi_application", lambda: None)
        app = asgi.TwoSides()
        told = []

        async def pages(scope, receive, send):
            told.append(scope["server"][1])

        app.pages = pages

        def ask(port: int, path: str = "/") -> int:
            scope = {"type": "http", "method": "GET", "path": path, "headers": [], "server": ("127.0.0.1", port)}
            asyncio.run(app(scope, None, None))
            return told.pop()

        return ask

    def test_takes_any_socket_that_is_not_the_desks_for_public(self, passed_on):
        here = settings.COURTESY
        assert passed_on(here.port) == here.port
        assert passed_on(here.public_port) == here.public_port
        assert passed_on(4711) == here.public_port

    def test_has_a_stream_at_the_desk_only(self, passed_on):
        assert passed_on(settings.COURTESY.public_port, "/live") == settings.COURTESY.public_port


class TestEveryPage:
    @pytest.mark.parametrize("port", ["port", "public_port"])
    def test_says_what_a_browser_may_load_and_nothing_else(self, port):
        answer = Client().get("/healthz", SERVER_PORT=str(getattr(settings.COURTESY, port)))
        policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert policy["style-src"] == policy["img-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"


class TestAnAnswerWithFiles:
    """Eighteen megabytes are taken from a colleague who is signed in, at three addresses, and from nobody else."""

    @pytest.fixture
    def ask(self, monkeypatch):
        """The status that a body of this size gets; 200 stands for "handed on to the pages"."""
        monkeypatch.setattr(asgi, "get_wsgi_application", lambda: None)
        app = asgi.TwoSides()

        async def pages(scope, receive, send):
            await send({"type": "http.response.start", "status": 200})

        app.pages = pages

        def ask(size, *, path="/inbox/7/replies", signed_in=True, port=None):
            async def may_come(cookies):
                return signed_in and cookies == "it is me"

            async def receive():
                return {"type": "http.request", "body": b"x" * size, "more_body": False}

            async def send(message):
                said.append(message.get("status"))

            said = []
            monkeypatch.setattr(app.live, "may_come", may_come)
            headers = [(b"content-length", str(size).encode()), (b"cookie", b"it is me")]
            server = ("127.0.0.1", port or settings.COURTESY.port)
            scope = {"type": "http", "method": "POST", "path": path, "headers": headers, "server": server}
            asyncio.run(app(scope, receive, send))
            return said[0]

        return ask

    def test_is_taken_from_a_colleague(self, ask):
        assert ask(17 * 1024 * 1024) == 200
        assert ask(19 * 1024 * 1024) == 413

    def test_is_not_taken_from_a_stranger(self, ask):
        assert ask(4 * 1024 * 1024, signed_in=False) == 413

    def test_is_not_taken_elsewhere(self, ask):
        assert ask(4 * 1024 * 1024, path="/inbox/7/assignment") == 413
        assert ask(4 * 1024 * 1024, port=settings.COURTESY.public_port) == 413
        assert ask(1024, path="/inbox/7/assignment") == 200

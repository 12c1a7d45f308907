"""Two front sides in one process: the socket a request came in by chooses the addresses, never the Host header."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]

OUR_OWN = {"localhost", "127.0.0.1", "::1"}
NOT_BY_HTTPS = (
    "The desk is reached by https under this name. "
    "Whoever set up the proxy in between: it must say X-Forwarded-Proto: https.\n"
)


def is_public(request: HttpRequest) -> bool:
    """Whether the request came in by the public socket."""
    return getattr(request, "urlconf", None) == settings.PUBLIC_URLCONF


class FrontSide:
    """Chooses the URL set by the socket, keeps pages out of shared caches and cookies out of the public side, and
    marks cookies Secure wherever the visitor came by https.

    On plain http://localhost they cannot be: not every browser takes them there. A name that belongs to the other side
    is refused, so that a proxy that leads the public's name to the desk's port by mistake opens nothing; and what asks
    for the desk by its name on the web is answered by https only.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        here = settings.COURTESY
        self.public_port = str(here.public_port)
        of_desk, of_public = _names(here.desk_url), _names(here.public_url)
        self.foreign = {True: of_desk - of_public, False: of_public - of_desk}
        self.needs_https = of_desk if here.desk_url.startswith("https://") else set()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        public = request.META.get("SERVER_PORT") == self.public_port
        request.urlconf = settings.PUBLIC_URLCONF if public else settings.STAFF_URLCONF
        if (name := _name(request)) in self.foreign[public]:
            raise DisallowedHost("This name belongs to the other side of the house.")
        if not public and not request.is_secure() and name in self.needs_https:
            return HttpResponse(NOT_BY_HTTPS, status=400, content_type="text/plain; charset=utf-8")
        if public:
            # Cookies ignore ports: what a browser holds for the desk comes along, and is not looked at.
            request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        # What a page says of somebody, or a form's token, is for this one browser, and asked for again each time.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        if request.is_secure():
            for cookie in response.cookies.values():
                cookie["secure"] = True
        return response


def _names(url: str) -> set[str]:
    return {urlsplit(url).hostname or ""} - OUR_OWN - {""}


def _name(request: HttpRequest) -> str:
    # As the visitor said it: whether it is one of ours at all is asked later, by Django.
    said = str(request.META.get("HTTP_HOST", "")).lower()
    return said.rsplit(":", 1)[0].rstrip(".") if not said.endswith("]") else said


class _Desk:
    """A middleware that exists on the desk's side only: the public side knows no sessions and no colleagues."""

    middleware: Callable[[Any], Any]

    def __init__(self, get_response: Answer) -> None:
        self.without = get_response
        self.with_it: Answer = type(self).middleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.without(request) if is_public(request) else self.with_it(request)


class Sessions(_Desk):
    """Django's sessions, for colleagues."""

    middleware = SessionMiddleware


class Authentication(_Desk):
    """``request.user``, for colleagues; on the public side there is none, not even an anonymous one."""

    middleware = AuthenticationMiddleware


class Flashes(_Desk):
    """What is said once on the next page, for colleagues."""

    middleware = MessageMiddleware

"""Two front sides in one process: the socket a request came in by chooses the addresses, never the Host header."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]


def is_public(request: HttpRequest) -> bool:
    """Whether the request came in by the public socket."""
    return getattr(request, "urlconf", None) == settings.PUBLIC_URLCONF


class FrontSide:
    """Chooses the URL set by the socket, keeps pages out of shared caches and cookies out of the public side, and
    marks cookies Secure wherever the visitor came by https.

    On plain http://localhost they cannot be: not every browser takes them there.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.public_port = str(settings.COURTESY.public_port)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        public = request.META.get("SERVER_PORT") == self.public_port
        request.urlconf = settings.PUBLIC_URLCONF if public else settings.STAFF_URLCONF
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

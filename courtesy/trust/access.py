"""Who may come to the public pages: anybody; to a signed page, whoever holds the link and nobody who guesses."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from courtesy.web.access import View, open_to_anyone


def public_page(why: str) -> Callable[[View], View]:
    """A page for everybody. It reads and sets no cookie, so there is no session that a strange page could borrow."""

    def wrap(view: View) -> View:
        return csrf_exempt(open_to_anyone(why)(view))

    return wrap


def signed_page(why: str) -> Callable[[View], View]:
    """A page behind a signed link: kept by nobody on the way, found by no search engine, named to no other site."""

    def wrap(view: View) -> View:
        @wraps(view)
        def quiet(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            response["Cache-Control"] = "no-store"
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response

        return csrf_exempt(open_to_anyone(why)(quiet))

    return wrap

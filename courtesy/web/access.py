"""The vocabulary of access rules: every view of either front side says who may come; a test finds one that does not."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Rule:
    """Who may come: colleagues with an ``ability``, or, where it is None, anybody; and why that is right."""

    ability: str | None
    why: str = ""


def open_to_anyone(why: str) -> Callable[[View], View]:
    """A page that asks for no sign-in; ``why`` is a sentence for the reader of the access matrix."""

    def mark(view: View) -> View:
        view.access_rule = Rule(ability=None, why=why)  # type: ignore[attr-defined]
        return view

    return mark


def to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """Send a stranger to the sign-in page, and afterwards back to what they asked for (pages only, never an action)."""
    here = {"next": request.get_full_path()} if request.method in {"GET", "HEAD"} else {}
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}{'?' if here else ''}{urlencode(here)}")


def for_colleagues(why: str) -> Callable[[View], View]:
    """A page of the design system itself, for whoever works here. Rooms above use `staff.access.colleagues_may`."""

    def wrap(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            who: Any = getattr(request, "user", None)
            if who is None:
                raise Http404  # the public side knows no colleagues
            if not who.is_authenticated:
                return to_sign_in(request)
            if not who.may("see"):
                raise Http404
            return view(request, *args, **kwargs)

        checked.access_rule = Rule(ability="see", why=why)  # type: ignore[attr-defined]
        return checked

    return wrap

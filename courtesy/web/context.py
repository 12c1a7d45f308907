"""What every page is given without asking: the components, the shop, who is signed in, the rail, the nonce."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import engines
from django.template.backends.utils import csrf_input
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import get_language, get_language_bidi

from courtesy.web.flash import Flash, said
from courtesy.web.jinja import says
from courtesy.web.navigation import Shown, places

THEMES = ("light", "dark")


@dataclass(frozen=True)
class Page:
    """How this browser wants its pages, and addresses that `config` names."""

    language: str
    direction: str
    theme: str
    my_page: str
    start_own_shop: str
    sample_line: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Page":
        """From the cookies that the page of preferences sets; anything else in them is nothing."""
        theme = request.COOKIES.get("theme", "")
        return cls(
            language=get_language() or "en",
            direction="rtl" if get_language_bidi() else "ltr",
            theme=theme if theme in THEMES else "",
            my_page=getattr(settings, "MY_PAGE", "style-guide"),
            start_own_shop=getattr(settings, "START_OWN_SHOP", ""),
            sample_line=getattr(settings, "SAMPLE_LINE", ""),
        )


class NoShop:
    """Before there is a shop (and in tests of the look alone): a name, and nothing promised."""

    name = "Courtesy"
    tagline = ""
    is_sample = False


def _shop(request: HttpRequest) -> Any:
    """The shop; a view that has it at hand leaves it at ``request.shop_front`` and saves the question."""
    if at_hand := getattr(request, "shop_front", None):
        return at_hand
    dotted = getattr(settings, "SHOP_FRONT", "")
    return (import_string(dotted)() if dotted else None) or NoShop()


def _sample_past() -> Any:
    """How far the sample's past has come (``read`` of ``of`` letters), else None. Asked in a sample shop only."""
    dotted = getattr(settings, "SAMPLE_PAST", "")
    return import_string(dotted)() if dotted else None


def _colleague(request: HttpRequest) -> Any:
    """Who is signed in, else None. Asked only when a page asks, so that the public side never touches a session."""
    user: Any = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def _components(given: dict[str, Any]) -> Any:
    env = engines.all()[0].env  # type: ignore[attr-defined]
    return env.get_template("web/parts.html").make_module(given)


def look(request: HttpRequest) -> dict[str, Any]:
    """The context processor `web.context.look`. All of it is lazy: a page that does not ask does not pay."""
    nonce = SimpleLazyObject(lambda: str(getattr(request, "csp_nonce", "")))
    me = SimpleLazyObject(lambda: _colleague(request))

    def nav() -> list[Shown]:
        return places(request, me)

    def flashes() -> list[Flash]:
        # A live refresh in the background must not use up what the next page has to say.
        return [] if "fresh" in request.GET else [said(message) for message in get_messages(request)]

    given = {
        "_": says(get_language() or "en"),
        "me": me,
        # One token for all forms of a page: it is masked anew for each page, and not for each form in it.
        "csrf_input": SimpleLazyObject(lambda: csrf_input(request)),
        "csrf_token": SimpleLazyObject(lambda: get_token(request)),
        "csp_nonce": nonce,
        "page": Page.of(request),
    }
    return given | {
        "ui": SimpleLazyObject(lambda: _components(given)),
        "shop": SimpleLazyObject(lambda: _shop(request)),
        "nav": nav,
        "flashes": flashes,
        "sample_past": _sample_past,
    }

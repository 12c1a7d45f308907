"""The one template engine: what every template may call, and what it refuses (a name that is not there)."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static as address_of_file
from django.urls import reverse
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from courtesy.web import dates, money, words
from courtesy.web.addresses import address


def icon(name: str, size: str = "") -> Markup:
    """The icon called ``name`` in `static/icons.svg`; hidden from screen readers, since a word stands beside it."""
    return _drawn(name, size, _manifest())


def static(name: str) -> str:
    """The address of a file of ours."""
    return _address(name, _manifest())


def _manifest() -> str:
    """Changes with any of the files, and so do their addresses; nothing else does them."""
    return getattr(staticfiles_storage, "manifest_hash", "")


@cache
def _address(name: str, _manifest: str) -> str:
    return address_of_file(name)


@cache
def _drawn(name: str, size: str, manifest: str) -> Markup:
    shape = Markup('<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>')
    return shape.format(f" {size}" if size else "", _address("icons.svg", manifest), name)


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of the page called ``name``; places by position or by name, not both."""
    return reverse(name, kwargs=kwargs) if kwargs else address(name, *args)


_SAID: dict[str, dict[str, Markup]] = {}


def says(language: str) -> Callable[..., Markup]:
    """What ``_("…")`` is in a template that speaks this language: the words, their gaps filled and escaped.

    Jinja's own does the same and takes eight times as long; a page says it two hundred times.
    """
    known = _SAID.setdefault(language, {})

    def said(message: str, **gaps: object) -> Markup:
        words = known.get(message)
        if words is None:
            words = known[message] = Markup(gettext(message))  # noqa: S704  (our own words, not a visitor's)
        return words % gaps if gaps or "%" in words else words

    return said


def environment(**options: Any) -> Environment:
    """The environment that settings name for Django's Jinja2 backend."""
    options["undefined"] = StrictUndefined
    env = Environment(**options, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=gettext, ngettext=ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.globals |= {"static": static, "url": url, "icon": icon}
    env.filters |= {
        "day": dates.day,
        "clock_time": dates.clock_time,
        "moment": dates.moment,
        "shortly": dates.shortly,
        "ago": dates.ago,
        "left": dates.left,
        "span": dates.span,
        "iso": dates.iso,
        "on_day": dates.on_day,
        "money": money.money,
        "pieces": money.pieces,
        "paragraphs": words.paragraphs,
        "initials": words.initials,
        "first_name": words.first_name,
        "possessive": words.possessive,
    }
    return env

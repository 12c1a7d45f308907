"""What the rail of the desk shows. `web` knows only names of addresses; `config` hands them in as `NAVIGATION`."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from courtesy.web.addresses import address


@dataclass(frozen=True)
class Place:
    """One word in the rail: the name of its address, the word, its icon, who sees it.

    ``begins`` are beginnings of paths that count as being there; ``counts`` is the dotted name of a function that is
    handed the colleague and gives a number to show (none where it is 0; a view that knows it already leaves it at
    ``request.counted`` under the place's name).
    """

    name: str
    word: str | Promise
    icon: str
    ability: str = "see"
    begins: tuple[str, ...] = ()
    counts: str = ""


@dataclass(frozen=True)
class Shown:
    """A place as this colleague sees it on this page."""

    name: str
    word: str
    icon: str
    href: str
    here: bool
    count: int


def places(request: HttpRequest, colleague: Any) -> list[Shown]:
    """The rail for this colleague; ``here`` marks the one the page belongs to. Nobody signed in: an empty rail."""
    if not colleague:
        return []
    shown = []
    for place in getattr(settings, "NAVIGATION", ()):
        if not colleague.may(place.ability):
            continue
        href = address(place.name)
        here = request.path == href or any(request.path.startswith(beginning) for beginning in place.begins)
        known = getattr(request, "counted", {}).get(place.name)
        count = known if known is not None else import_string(place.counts)(colleague) if place.counts else 0
        shown.append(Shown(place.name, str(place.word), place.icon, href, here, count))
    return shown

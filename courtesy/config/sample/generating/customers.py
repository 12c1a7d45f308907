"""Who buys at Marigold: people from many places, each with a habit, a voice, and something said about their data."""

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from courtesy.config.sample.families import HOSTS
from courtesy.config.sample.generating.dice import Dice

FILE = Path(__file__).resolve().parent.parent / "texts" / "people.toml"
ALL_CUSTOMERS = 600
LONGEST = 1095  # days that the shop's books go back

HABITS = ("regular", "winter", "gifts", "once", "subscriber")
VOICES = ("plain", "polite", "chatty", "curt", "misspelled", "anxious")
_LETTERS = (1, 2, 0, 3, 5, 1, 8, 2, 4, 1, 3, 2, 12, 0, 1, 4, 2, 6, 1, 3, 2, 9, 1, 2, 5, 0, 3, 1, 10, 6)
"""How often they write, by turns: thirty customers begin a hundred conversations, and one of them twelve."""

_NO_ACCENT_IS_IN = str.maketrans("øłıð", "olid")
_BEYOND = ("improve", "personal", "outreach", "fairness")


@dataclass(frozen=True)
class Said:
    """A yes, no or objection to a purpose, where it was said, and how many days ago."""

    purpose: str
    answer: str
    where: str
    days_ago: int


@dataclass(frozen=True)
class Customer:
    """Somebody who is not real. ``rhythm`` is days from order to order, ``since`` and ``until`` days ago; ``also`` is
    a second address of theirs, ``newsletter`` what a list says of it (None: nothing)."""

    number: int
    first: str
    last: str
    address: str
    also: str
    phone: str
    language: str
    town: str
    street: str
    habit: str
    loves: str
    voice: str
    rhythm: int
    since: int
    until: int
    conversations: int
    newsletter: bool | None
    said: tuple[Said, ...]

    @property
    def name(self) -> str:
        """First and last."""
        return f"{self.first} {self.last}"


@cache
def people() -> Mapping[str, Any]:
    """What `texts/people.toml` holds."""
    return tomllib.loads(FILE.read_text("utf-8"))


def customers(scale: float) -> list[Customer]:
    """The first so many of six hundred."""
    return [_customer(number) for number in range(round(ALL_CUSTOMERS * scale))]


def _customer(number: int) -> Customer:
    dice = Dice("customer", number)
    origins = people()["origins"]
    origin = dice.weighed(origins, [one["weight"] for one in origins])
    first, last = dice.one(origin["given"]), dice.one(origin["family"])
    local = f"{_plain(first)}.{_plain(last)}{number if dice.chance(0.3) else ''}"
    host = HOSTS[origin["language"]]
    habit = dice.weighed(HABITS, (34, 18, 18, 18, 12))
    since = 25 + int((LONGEST - 25) * dice.share() ** 0.6)
    until = dice.between(15, since - 5) if habit != "once" and since > 120 and dice.chance(0.25) else 0
    loves = dice.weighed(("tea", "coffee", "pottery"), (5, 4, 2))
    return Customer(
        number=number,
        first=first,
        last=last,
        # The number keeps two people of one name apart.
        address=f"{local if local.endswith(str(number)) else f'{local}.{number}'}@{host}",
        also=f"{_plain(last)}.{number}@work.{host}" if number % 50 == 7 else "",
        phone=f"+44 7700 900{number:03d}" if dice.chance(0.6) or number % 50 == 7 else "",
        language=origin["language"],
        town=dice.one(origin["towns"]),
        street=dice.one(origin["streets"]),
        habit=habit,
        loves="coffee" if habit == "subscriber" and loves == "pottery" else loves,
        voice=dice.weighed(VOICES, (30, 22, 18, 12, 10, 8)),
        rhythm=28 if habit == "subscriber" else dice.one((21, 30, 42, 60, 90, 150)),
        since=since,
        until=until,
        conversations=_LETTERS[number % len(_LETTERS)],
        newsletter=dice.weighed((True, False, None), (3, 3, 4)),
        said=_said(dice, since),
    )


def _said(dice: Dice, since: int) -> tuple[Said, ...]:
    """Most say nothing; the others say yes to all, no to all, yes to one and take it back, or object."""
    manner = dice.weighed(range(7), (60, 9, 9, 8, 5, 5, 4))
    first = dice.between(min(20, since), since)
    later = dice.between(1, max(1, first - 5))
    where = dice.one(("the contact form", "the counter", "the phone", "a mail"))
    ways: tuple[tuple[Said, ...], ...] = (
        (),
        tuple(Said(purpose, "yes", "the contact form", first) for purpose in _BEYOND),
        tuple(Said(purpose, "no", "the contact form", first) for purpose in _BEYOND),
        (Said("outreach", "yes", where, first),),
        (Said("outreach", "yes", where, first), Said("outreach", "no", "a mail", later)),
        (Said("improve", "objection", where, first),),
        (Said("personal", "objection", where, first), Said("fairness", "yes", "the contact form", later)),
    )
    return ways[manner]


def _plain(name: str) -> str:
    """A name as it stands in an address: "Íñigo" is "inigo"."""
    spelled = name.lower().translate(_NO_ACCENT_IS_IN)
    kept = unicodedata.normalize("NFKD", spelled)
    return "".join(sign for sign in kept if sign.isascii() and (sign.isalnum() or sign == "-"))

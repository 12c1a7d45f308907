"""How soon a message wants an answer, by facts and never by mood.

Five facts count, each with its words or its number: a day by which the writer needs something, an order that is late,
the third message without an answer, a wish to cancel what has not left yet, and waiting beyond what is usual here for
this topic. Nothing else does: not how angry or polite a message is, not its capitals and exclamation marks, not who
writes, and no demand ("mark this urgent").

Rules, standard library only. No mood, since no offline model of it carries over from one kind of text to another, and
its labels flip with names (the language anchor, section 9).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from courtesy.science.days import Day
from courtesy.science.deadlines import deadline
from courtesy.science.unseen import wish

Level = Literal["today", "soon", "usual"]
LEVELS: tuple[Level, ...] = ("today", "soon", "usual")
AT_ONCE, THIS_WEEK = 1, 7  # days until a deadline
THIRD = 3  # messages without an answer
Because = Literal["deadline", "order-late", "unanswered", "cancel", "waiting"]


@dataclass(frozen=True)
class Facts:
    """What the shop's records say; what is unknown is left out and counts for nothing.

    ``days_until`` makes days from today of a day as it was said, by the caller's calendar; None where it cannot.
    ``late_order`` is the name of an order of theirs that is ``late_by`` days late, ``unsent_order`` of one that has not
    left ("": there is none, None: unknown). ``unanswered`` counts the messages on the same matter since our last
    answer, this one included. ``waited`` and ``usual`` are hours: since this message came, and the median until an
    answer to its topic.
    """

    days_until: Callable[[Day], int | None] | None = None
    late_order: str = ""
    late_by: int = 0
    unsent_order: str | None = None
    unanswered: int = 0
    waited: float | None = None
    usual: float | None = None


@dataclass(frozen=True)
class Reason:
    """One fact that counts: its code, the level it asks for, its words in the message or a name, and its number.

    ``words`` are the writer's for "deadline" and "cancel", an order's name for "order-late"; ``number`` is the days
    until the deadline (None: unknown), the days late, the messages, or the hours waited.
    """

    code: Because
    level: Level
    words: str = ""
    number: float | None = None


@dataclass(frozen=True)
class HowSoon:
    """How soon, and every fact behind it; "usual" may have reasons, too: a deadline that is far away."""

    level: Level
    reasons: tuple[Reason, ...] = field(default_factory=tuple)


def how_soon(text: str, language: str, *, facts: Facts) -> HowSoon:
    """How soon a message wants an answer: the level of the most pressing fact.

    Hand in what the writer says, without quoted lines and signature (`text.core_of`). In a language without rules only
    the records count.
    """
    reasons = (*_from_words(text, language, facts), *_from_records(facts))
    asked_for = {one.level for one in reasons}
    return HowSoon(next((level for level in LEVELS if level in asked_for), "usual"), reasons)


def _from_words(text: str, language: str, facts: Facts) -> Iterator[Reason]:
    named = deadline(text, language)
    if named is not None:
        days = facts.days_until(named.day) if facts.days_until is not None else None
        if days is None or days >= 0:
            yield Reason("deadline", _level_of(days), named.words, days)
    if facts.unsent_order != "" and (words := wish(text, language, "cancel")):
        yield Reason("cancel", "soon" if facts.unsent_order is None else "today", words)


def _level_of(days: int | None) -> Level:
    if days is None:
        return "soon"
    return "today" if days <= AT_ONCE else "soon" if days <= THIS_WEEK else "usual"


def _from_records(facts: Facts) -> Iterator[Reason]:
    if facts.late_order:
        yield Reason("order-late", "soon", facts.late_order, facts.late_by)
    if facts.unanswered >= THIRD:
        yield Reason("unanswered", "today", number=facts.unanswered)
    if facts.waited is not None and facts.usual is not None and facts.waited > facts.usual:
        yield Reason("waiting", "soon", number=facts.waited)

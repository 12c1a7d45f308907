"""How long customers waited for a first answer before Courtesy was here: an honest beginning to compare with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from courtesy.conversations.queries.pairs import every
from courtesy.staff.hours import Hours

LEAST = 20
"""Below so many letters a median is a mood."""


@dataclass(frozen=True)
class Waits:
    """Half of them were answered within ``median``, nine in ten within ``ninth``."""

    median: timedelta
    ninth: timedelta


@dataclass(frozen=True)
class FirstReply:
    """The first answers to ``count`` questions that began a conversation: by the clock, and by the shop's hours.

    Both are None where there are fewer than ``LEAST``: not enough data yet.
    """

    count: int
    by_clock: Waits | None = None
    by_hours: Waits | None = None

    @property
    def named(self) -> dict[str, int]:
        """As numbers, in seconds, to be kept with an import."""
        facts = {"count": self.count}
        for name, waits in (("clock", self.by_clock), ("hours", self.by_hours)):
            if waits is not None:
                facts[f"{name}_median"] = int(waits.median.total_seconds())
                facts[f"{name}_ninth"] = int(waits.ninth.total_seconds())
        return facts


def first_reply(*, hours: Hours, past: bool = True) -> FirstReply:
    """Over all letters that were brought in (``past``), or over those answered since. Only answers that people gave."""
    clock, opened = [], []
    for pair in every():
        if pair.is_first and pair.past == past:
            clock.append(pair.waited)
            opened.append(timedelta(minutes=hours.open_minutes_between(pair.asked_at, pair.answered_at)))
    if len(clock) < LEAST:
        return FirstReply(len(clock))
    return FirstReply(len(clock), _waits(clock), _waits(opened))


def from_named(facts: dict[str, int]) -> FirstReply:
    """What `FirstReply.named` wrote, read again."""

    def waits(name: str) -> Waits | None:
        if f"{name}_median" not in facts:
            return None
        return Waits(timedelta(seconds=facts[f"{name}_median"]), timedelta(seconds=facts[f"{name}_ninth"]))

    return FirstReply(facts.get("count", 0), waits("clock"), waits("hours"))


def _waits(lengths: Sequence[timedelta]) -> Waits:
    """By rank: the shortest time within which half, and nine in ten, were answered."""
    sorted_ = sorted(lengths)

    def rank(share: int) -> timedelta:
        return sorted_[-(-len(sorted_) * share // 100) - 1]

    return Waits(rank(50), rank(90))

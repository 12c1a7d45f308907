"""When Marigold answers mail: while it is open, and not within a minute."""

from datetime import datetime, timedelta

from courtesy.config.sample.generating.dice import Dice

WEEKLY: dict[int, tuple[str, str]] = {
    1: ("10:00", "18:30"), 2: ("10:00", "18:30"), 3: ("10:00", "18:30"), 4: ("10:00", "18:30"), 5: ("09:00", "17:00"),
}  # fmt: skip
"""Weekday (0: Monday) → from and until, as the article about opening hours says."""


def answered_at(asked: datetime, dice: Dice) -> datetime:
    """When somebody of Marigold gets round to it: mostly within two open hours, sometimes the day after next."""
    patience = timedelta(minutes=dice.between(6, 110) if dice.chance(0.8) else dice.between(240, 900))
    when = _open(asked)
    while True:
        closes = _at(when, WEEKLY[when.weekday()][1])
        if when + patience < closes:
            return when + patience
        patience -= closes - when
        when = _open(closes)


def _open(when: datetime) -> datetime:
    while True:
        span = WEEKLY.get(when.weekday())
        if span and when < _at(when, span[1]):
            return max(when, _at(when, span[0]))
        when = _at(when + timedelta(days=1), "00:00")


def _at(day: datetime, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)

"""When the shop is open: its hours by weekday, its closed days, and its time zone. Pure; every moment is handed in.

A moment is open when it lies in one of the spans that begin on a day that is not closed. A span that ends at or
before its beginning goes on past midnight, also into a closed day: it belongs to the day on which it begins.
Where a clock is set forward, an hour that it leaves out begins with the next that exists; where it is set back, the
first of the two counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import takewhile
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from courtesy.staff.models import Shop

A_DAY = 24 * 60
LOOKED_AHEAD = 800  # days; a shop that opens on none of them never does
ALWAYS = dict.fromkeys(range(7), ((0, A_DAY),))

Spans = Mapping[int, Sequence[tuple[int, int]]]


@dataclass(frozen=True)
class Hours:
    """Opening hours: weekday (0: Monday) → spans in minutes since midnight. Without any the shop is always open."""

    weekly: Spans = field(default_factory=dict)
    closed_on: frozenset[date] = frozenset()
    zone: tzinfo = UTC

    @classmethod
    def of(cls, shop: Shop) -> "Hours":
        """The shop's hours as it wrote them."""
        weekly = {
            int(day): tuple((minutes_of(start), minutes_of(end)) for start, end in spans)
            for day, spans in shop.opening_hours.items()
        }
        closed = frozenset(date.fromisoformat(day) for day in shop.closed_days)
        return cls(weekly if any(weekly.values()) else {}, closed, zone_named(shop.time_zone))

    def is_open(self, at: datetime) -> bool:
        """Whether the shop is open at this moment; the last minute is the one before closing."""
        return any(start <= at < end for start, end in takewhile(lambda span: span[0] <= at, self._spans(at)))

    def opens_next(self, at: datetime) -> datetime | None:
        """When it opens next, or ``at`` itself while it is open; None for a shop that never does."""
        for start, end in self._spans(at):
            if at < end:
                return max(start, at)
        return None

    def closes_next(self, at: datetime) -> datetime | None:
        """When it closes next; None while it is closed, and for a shop that never closes."""
        for start, end in self._spans(at):
            if at < end:
                return end if start <= at and end - at < timedelta(days=LOOKED_AHEAD // 2) else None
        return None

    def add_open_minutes(self, at: datetime, minutes: int) -> datetime | None:
        """The first moment by which the shop has been open so long since ``at``; None where it never will have been."""
        left = timedelta(minutes=minutes)
        if not left:
            return at
        while True:
            last = None
            for start, end in self._spans(at):
                begun = max(start, at)
                if end <= begun:
                    continue
                if end - begun >= left:
                    return begun + left
                left -= end - begun
                last = end
            if last is None:
                return None
            at = last

    def open_minutes_between(self, start: datetime, end: datetime) -> int:
        """For how many whole minutes the shop is open between two moments; 0 where the second is the earlier."""
        if end <= start:
            return 0
        spans = takewhile(lambda span: span[0] < end, self._spans(start, until=end))
        seconds = sum(
            (max(timedelta(0), min(stop, end) - max(begin, start)) for begin, stop in spans), start=timedelta(0)
        )
        return seconds // timedelta(minutes=1)

    def day_of(self, at: datetime) -> date:
        """Which day it is in the shop."""
        return at.astimezone(self.zone).date()

    def open_days_after(self, day: date, count: int) -> date:
        """The day that is ``count`` opening days after this one; Monday to Friday where no hours are named."""
        for _ in range(LOOKED_AHEAD):
            if count <= 0:
                break
            day += timedelta(days=1)
            works = bool(self.weekly.get(day.weekday())) if self.weekly else day.weekday() < 5
            count -= works and day not in self.closed_on
        return day

    def _spans(self, at: datetime, *, until: datetime | None = None) -> Iterator[tuple[datetime, datetime]]:
        """Open spans in their order, those that touch made one; from the one that may hold ``at``."""
        if not self.weekly and not self.closed_on:
            yield at - timedelta(days=1), at + timedelta(days=LOOKED_AHEAD)
            return
        weekly = self.weekly or ALWAYS
        first = self.day_of(at) - timedelta(days=2)
        days = LOOKED_AHEAD if until is None else (self.day_of(until) - first).days + 1
        held: tuple[datetime, datetime] | None = None
        for number in range(days):
            day = first + timedelta(days=number)
            if day in self.closed_on:
                continue
            for opens, closes in sorted(weekly.get(day.weekday(), ())):
                start = self._moment(day, opens)
                end = self._moment(day, closes if closes > opens else closes + A_DAY)
                if end <= start:
                    continue
                if held is not None and start <= held[1]:
                    held = (held[0], max(held[1], end))
                    continue
                if held is not None:
                    yield held
                held = (start, end)
        if held is not None:
            yield held

    def _moment(self, day: date, minutes: int) -> datetime:
        """This clock time as a moment."""
        days, rest = divmod(minutes, A_DAY)
        local = datetime.combine(day + timedelta(days=days), time(*divmod(rest, 60)), self.zone)
        found = local.astimezone(UTC)
        if found.astimezone(self.zone).replace(tzinfo=None) == local.replace(tzinfo=None):
            return found
        return self._after_the_gap(local)

    def _after_the_gap(self, local: datetime) -> datetime:
        """The clock never showed this time: the moment at which it was set forward."""
        before, after = local.replace(fold=1).astimezone(UTC), local.replace(fold=0).astimezone(UTC)
        was = before.astimezone(self.zone).utcoffset()
        while after - before > timedelta(seconds=1):
            middle = before + (after - before) / 2
            if middle.astimezone(self.zone).utcoffset() == was:
                before = middle
            else:
                after = middle
        return after.replace(microsecond=0)


def zone_named(name: str) -> ZoneInfo:
    """The time zone of this name; UTC for one that this machine does not know (any more)."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def minutes_of(clock: str) -> int:
    """ "17:30" → 1050. Raises ValueError for what no clock shows; "24:00" is the end of the day."""
    hours, colon, minutes = clock.partition(":")
    if not (colon and hours.isascii() and hours.isdigit() and minutes.isascii() and minutes.isdigit()):
        raise ValueError(clock)
    total = int(hours) * 60 + int(minutes)
    if int(minutes) > 59 or total > A_DAY or len(minutes) != 2:
        raise ValueError(clock)
    return total


def clock_of(minutes: int) -> str:
    """1050 → "17:30"."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def as_written(spans: Sequence[Sequence[str]]) -> str:
    """Spans as one reads them: [["09:00", "12:30"], ["14:00", "18:00"]] → "9:00–12:30, 14:00–18:00"."""
    return ", ".join("–".join(clock.removeprefix("0") for clock in span) for span in spans)

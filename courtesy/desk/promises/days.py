"""The date that a promise's words mean, on the calendar of the shop. Pure."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from courtesy.science.days import Day
from courtesy.staff.hours import Hours

FRIDAY, SUNDAY = 4, 6


def due_on(day: Day, *, said_on: date, hours: Hours) -> date | None:
    """The day by which it is due; None for a date that no calendar has, or one that is long over.

    "Tuesday", said on a Tuesday, is the next one. A week ends on its Friday, or where that is over on its Sunday.
    Working days are the shop's own.
    """
    try:
        found = _found(day, said_on, hours)
    except (ValueError, OverflowError):
        return None
    if day.before and found > said_on:
        found -= timedelta(days=1)
    return found if found >= said_on else None


def _found(day: Day, said_on: date, hours: Hours) -> date:
    if day.kind == "in working days":
        return hours.open_days_after(said_on, day.count)
    return _BY_KIND[day.kind](day, said_on)


def _weekday(day: Day, said_on: date) -> date:
    ahead = (day.count - said_on.weekday()) % 7 or 7
    this_week = said_on.weekday() + ahead < 7
    return said_on + timedelta(days=ahead + (7 if day.later and this_week else 0))


def _end_of_week(day: Day, said_on: date) -> date:
    friday = said_on + timedelta(days=FRIDAY - said_on.weekday(), weeks=day.count)
    return friday if friday >= said_on else said_on + timedelta(days=SUNDAY - said_on.weekday())


def _day_of_month(day: Day, said_on: date) -> date:
    months = (_months_on(said_on.replace(day=1), count) for count in range(12))
    numbered = (month.replace(day=day.count) for month in months if day.count <= monthrange(month.year, month.month)[1])
    found = next((there for there in numbered if there >= said_on), None)
    if found is None:
        raise ValueError("no month has so many days")
    return found


def _date(day: Day, said_on: date) -> date:
    if day.year:
        return date(day.year, day.month, day.count)
    this_year = date(said_on.year, day.month, day.count)
    # "5 January" in December is the coming one; "20 November" on the 24th was a slip of the pen, and no promise.
    return this_year if (said_on - this_year).days < 60 else date(said_on.year + 1, day.month, day.count)


def _months_on(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _last_of(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


_BY_KIND: dict[str, Callable[[Day, date], date]] = {
    "weekday": _weekday,
    "in days": lambda day, said_on: said_on + timedelta(days=day.count),
    "in weeks": lambda day, said_on: said_on + timedelta(weeks=day.count),
    "in months": lambda day, said_on: _months_on(said_on, day.count),
    "weekend": lambda _day, said_on: said_on + timedelta(days=SUNDAY - said_on.weekday()),
    "end of week": _end_of_week,
    "end of month": lambda day, said_on: _last_of(_months_on(said_on.replace(day=1), day.count)),
    "day of month": _day_of_month,
    "date": _date,
}

"""Until when a thread can sleep, as one says it: later today, tomorrow morning, Monday, or a day of one's own.

A morning is the shop's: when it opens that day, or nine o'clock where it names no hours. A day on which the shop is
closed is put off to the next on which it opens, and the words say so.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courtesy.desk.first_reply import day_ahead
from courtesy.staff.hours import Hours
from courtesy.staff.models import Shop
from courtesy.web.dates import clock_time

LATER = timedelta(hours=3)
MORNING = time(9)
FURTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Choice:
    """One way to snooze: its name in a form, the words on its button, and until when."""

    name: str
    words: str
    until: datetime


class NoSuchTime(ValueError):
    """No choice of ours, no day, one that has passed, or one further away than a year."""


def choices(shop: Shop, *, now: datetime) -> list[Choice]:
    """What is offered now, the soonest first. "Later today" is not, when the shop closes (or the day ends) before."""
    zone = ZoneInfo(shop.time_zone)
    today = now.astimezone(zone).date()
    monday = today + timedelta(days=7 - today.weekday())
    offered = []
    later = _whole(now + LATER)
    if later.astimezone(zone).date() == today and Hours.of(shop).is_open(later):
        offered.append(Choice("later", _("Later today, %(time)s") % {"time": _clock(later, zone)}, later))
    tomorrow = morning(shop, today + timedelta(days=1))
    offered.append(Choice("tomorrow", _worded(tomorrow, zone, today), tomorrow))
    first = morning(shop, monday)
    if first != tomorrow:
        offered.append(Choice("monday", _worded(first, zone, today), first))
    return offered


def until(shop: Shop, said: str, *, now: datetime) -> datetime:
    """The moment that a choice's name or a day ("2026-12-01") stands for. Raises NoSuchTime."""
    found = next((one.until for one in choices(shop, now=now) if one.name == said), None)
    if found is not None:
        return found
    try:
        moment = morning(shop, date.fromisoformat(said))
    except (ValueError, OverflowError):
        raise NoSuchTime from None
    if not now < moment <= now + FURTHEST:
        raise NoSuchTime
    return moment


def in_words(moment: datetime, *, now: datetime) -> str:
    """A moment to come, as a grey line or a row says it: today, 15:20; Monday, 9:00; 14 December, 9:00."""
    return f"{day_ahead(moment, now)}, {clock_time(moment)}"


def morning(shop: Shop, day: date) -> datetime:
    """When the shop opens on this day or, closed all day, on the next on which it does."""
    hours, zone = Hours.of(shop), ZoneInfo(shop.time_zone)
    if not hours.weekly:
        while day in hours.closed_on:
            day += timedelta(days=1)
    nine = datetime.combine(day, MORNING, zone).astimezone(UTC)
    midnight = datetime.combine(day, time.min, zone).astimezone(UTC)
    opens = hours.opens_next(midnight)
    if not hours.weekly or opens is None or (opens == midnight and hours.is_open(nine)):
        return nine
    if opens == midnight:  # still open from the evening before: the next time it opens is meant
        closes = hours.closes_next(midnight)
        opens = hours.opens_next(closes) if closes else None
    return opens or nine


def _whole(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute // 5 * 5, second=0, microsecond=0)


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    return date_format(moment.astimezone(zone), "G:i")


def _worded(moment: datetime, zone: ZoneInfo, today: date) -> str:
    local = moment.astimezone(zone)
    if local.date() == today + timedelta(days=1):
        return _("Tomorrow, %(time)s") % {"time": _clock(moment, zone)}
    return date_format(local, "l, G:i") if (local.date() - today).days < 7 else date_format(local, "l j F, G:i")

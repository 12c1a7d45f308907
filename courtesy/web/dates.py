"""Times as a shopkeeper says them: "today", "Mon 18:05", "2 h ago". Each takes ``now``, so that a test can say it."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dates import MONTHS_3, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WEEK = 7


def _here(when: datetime, now: datetime | None) -> tuple[datetime, datetime, int]:
    """Both times as the clock on the wall shows them, and how many midnights lie between them."""
    local = timezone.localtime(when)
    today = timezone.localtime(now) if now else timezone.localtime()
    return local, today, (today.date() - local.date()).days


def iso(when: datetime) -> str:
    """For the ``datetime`` attribute."""
    return timezone.localtime(when).isoformat(timespec="seconds")


def clock_time(when: datetime) -> str:
    """As on a clock: 9:12."""
    return _clock(timezone.localtime(when))


def _clock(local: datetime) -> str:
    return f"{local.hour}:{local.minute:02}"


def day(when: datetime, now: datetime | None = None) -> str:
    """today, yesterday, Monday; further away 3 November; in another year 3 November 2025."""
    local, today, days = _here(when, now)
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days == -1:
        return _("tomorrow")
    if 1 < days < WEEK:
        return date_format(local, "l")
    return date_format(local, "j F" if local.year == today.year else "j F Y")


def on_day(when: date, now: datetime | None = None) -> str:
    """As `day`, for a day without a clock."""
    return day(timezone.make_aware(datetime.combine(when, time(12))), now)


def moment(when: datetime, now: datetime | None = None) -> str:
    """Day and clock, as above a letter: today, 9:12."""
    return f"{day(when, now)}, {clock_time(when)}"


def shortly(when: datetime, now: datetime | None = None) -> str:
    """As short as a list needs: 9:12 today, Mon 18:05 since then, Fri this week, 3 Nov before."""
    local, today, days = _here(when, now)
    if days == 0:
        return _clock(local)
    # By hand, since a list says it for each of its rows: as `date_format` says "D", "j M" and "j M Y".
    if 1 <= days < WEEK:
        weekday = str(WEEKDAYS_ABBR[local.weekday()])
        return f"{weekday} {_clock(local)}" if days == 1 else weekday
    said = f"{local.day} {MONTHS_3[local.month].title()}"
    return said if local.year == today.year else f"{said} {local.year}"


def span(length: timedelta) -> str:
    """How long, in the two largest units that matter: 40 s, 12 min, 1 h 48, 3 days."""
    seconds = max(0, int(length.total_seconds()))
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if seconds < 60:
        return _("%(count)s s") % {"count": seconds}
    if minutes < 60:
        return _("%(count)s min") % {"count": minutes}
    if hours < 24:
        rest = minutes % 60 if hours < 6 else 0
        return _("%(hours)s h %(minutes)02d") % {"hours": hours, "minutes": rest} if rest else _("%s h") % hours
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def ago(when: datetime, now: datetime | None = None) -> str:
    """just now, 2 min ago, 3 days ago."""
    length = (now or timezone.now()) - when
    if length < timedelta(minutes=1):
        return _("just now")
    return _("%(span)s ago") % {"span": span(length)}


def left(until: datetime, now: datetime | None = None) -> str:
    """1 h 48 left; once it is past, over by 12 min."""
    length = until - (now or timezone.now())
    if length >= timedelta(0):
        return _("%(span)s left") % {"span": span(length)}
    return _("over by %(span)s") % {"span": span(-length)}

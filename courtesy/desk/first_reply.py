"""By when the shop wants to have answered first, and how long that is from now.

`begin` is the handler that sets the time when a customer's message opens a thread; the target itself is the shop's
(`staff.models.Shop.first_reply_within`, in opening minutes).
"""

from datetime import datetime, timedelta
from typing import Protocol

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtesy.conversations.models import Message, Thread
from courtesy.jobs.actions import changed
from courtesy.staff import queries as staff
from courtesy.staff.hours import Hours
from courtesy.web.dates import clock_time, day


class Timed(Protocol):
    """A thread, or a row of a list that knows as much of it."""

    @property
    def state(self) -> str:
        """Whose turn it is."""

    @property
    def first_reply_due_at(self) -> datetime | None:
        """By when; None where there is no target."""

    @property
    def first_replied_at(self) -> datetime | None:
        """When we first answered."""


def begin(*, message_id: int, at: datetime) -> None:
    """Handler of "message-stored": the time runs from the message that opened the thread. Twice is once.

    Nothing runs without a target, nor in a thread that is kept out of the queue or that we have written in.
    """
    message = Message.objects.select_related("thread").filter(pk=message_id, kind=Message.Kind.IN).first()
    if message is None or message.automatic or message.thread.first_reply_due_at is not None or message.thread.apart:
        return
    thread, shop = message.thread, staff.shop()
    if not shop.first_reply_within or thread.first_replied_at is not None:
        return
    if thread.messages.filter(pk__lt=message.pk).exclude(kind=Message.Kind.NOTE).exists():
        return
    due_at = Hours.of(shop).add_open_minutes(message.at, shop.first_reply_within)
    if Thread.objects.filter(pk=thread.pk, first_reply_due_at=None).update(first_reply_due_at=due_at) and due_at:
        changed("thread", thread.pk)
        changed("inbox")


def is_overdue(thread: Timed, at: datetime) -> bool:
    """Whether somebody waits for a first answer longer than the shop wants."""
    due_at = _running_until(thread)
    return due_at is not None and due_at < at


def left_in_words(thread: Timed, at: datetime) -> str:
    """ "45 minutes left", "due tomorrow, 9:30", "was due 2 hours ago"; empty where no time runs. Asks nothing."""
    due_at = _running_until(thread)
    if due_at is None:
        return ""
    if due_at < at:
        return _("was due %(span)s ago") % {"span": _span(at - due_at)}
    if timezone.localtime(due_at).date() == timezone.localtime(at).date():
        return _("%(span)s left") % {"span": _span(due_at - at)}
    return _("due %(day)s, %(time)s") % {"day": day_ahead(due_at, at), "time": clock_time(due_at)}


def how_many_overdue(at: datetime) -> int:
    """In how many open threads the first answer is late; one query."""
    late = Thread.objects.filter(state=Thread.State.OPEN, first_reply_due_at__lt=at, first_replied_at=None)
    return late.filter(apart="", merged_into=None).count()


def _running_until(thread: Timed) -> datetime | None:
    if thread.first_replied_at is not None or thread.state == Thread.State.RESOLVED:
        return None
    return thread.first_reply_due_at


def day_ahead(when: datetime, now: datetime) -> str:
    """A coming day as one says it: today, tomorrow, Friday within a week, else 3 December."""
    days = (timezone.localtime(when).date() - timezone.localtime(now).date()).days
    return date_format(timezone.localtime(when), "l") if 1 < days < 7 else day(when, now)


def _span(length: timedelta) -> str:
    minutes = max(0, int(length.total_seconds())) // 60
    if minutes < 60:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    if minutes < 48 * 60:
        return ngettext("%(count)s hour", "%(count)s hours", minutes // 60) % {"count": minutes // 60}
    return ngettext("%(count)s day", "%(count)s days", minutes // 1440) % {"count": minutes // 1440}

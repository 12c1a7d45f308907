"""A colleague looks at a thread: what they have seen, and that they are there."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from courtesy.conversations.models import Call, Event, Look, Thread
from courtesy.jobs.actions import changed
from courtesy.staff.models import Colleague

THERE = timedelta(seconds=45)
"""Who looked or typed this long ago is still there."""


def look(thread_id: int, *, by: Colleague, at: datetime, writes: bool, event: int) -> None:
    """Note that a colleague has the thread open, has seen everything up to ``event``, and whether they type.

    Open browsers hear of it only when somebody comes or begins to type, not at every look.
    """
    known = Look.objects.filter(thread_id=thread_id, colleague=by).first()
    if known is None:
        known = _first(thread_id, by, at)
        if known is None:
            return
        news = True
    else:
        news = at - known.at > THERE or (writes and (known.writes_at is None or at - known.writes_at > THERE))
    with transaction.atomic():
        if event:
            calls = Call.objects.filter(colleague=by, seen_at=None, event__lte=event, message__thread=thread_id)
            news = bool(calls.update(seen_at=at)) or news
        Look.objects.filter(pk=known.pk).update(
            event=max(known.event, event),
            at=max(known.at, at),
            writes_at=at if writes else known.writes_at,
        )
        if news:
            changed("thread", thread_id)


def unsee(thread_id: int, *, by: Colleague, at: datetime) -> None:
    """Mark unread: for this colleague the customer's last message is one they have not seen, until they look again."""
    last = Event.objects.filter(thread_id=thread_id, kind=Event.Kind.ARRIVED).order_by("-pk").first()
    known = Look.objects.filter(thread_id=thread_id, colleague=by).first() or _first(thread_id, by, at)
    if last is not None and known is not None:
        Look.objects.filter(pk=known.pk).update(event=last.pk - 1)


def _first(thread_id: int, by: Colleague, at: datetime) -> Look | None:
    if not Thread.objects.filter(pk=thread_id).exists():
        return None
    try:
        with transaction.atomic():
            return Look.objects.create(thread_id=thread_id, colleague=by, at=at)
    except IntegrityError:  # another tab of theirs was quicker
        return Look.objects.filter(thread_id=thread_id, colleague=by).first()

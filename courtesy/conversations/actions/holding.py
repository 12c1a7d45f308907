"""What every story about a thread begins and ends with: hold it first, so that what happens in it has one order."""

from datetime import datetime

from django.db import transaction

from courtesy.conversations.actions.refusals import AlreadyAnswered, MergedAway, NoSuchThread
from courtesy.conversations.models import Event, EventId, Message, Thread
from courtesy.jobs.actions import changed_together
from courtesy.privacy.writing import add
from courtesy.staff.models import Colleague

_ANSWERS = (Event.Kind.ANSWERED, Event.Kind.ELSEWHERE)


def held(thread_id: int) -> Thread:
    """The thread, locked until the caller's transaction ends. Raises NoSuchThread, and MergedAway with its place."""
    try:
        thread = Thread.objects.select_for_update().get(pk=thread_id)
    except Thread.DoesNotExist:
        raise NoSuchThread from None
    if thread.merged_into_id is not None:
        raise MergedAway(thread.merged_into_id)
    return thread


def hold(thread_id: int, *, unanswered_since: EventId) -> Thread:
    """The thread, locked until the caller's transaction ends. Raises NoSuchThread.

    Raises AlreadyAnswered when an answer that stands was given after the event ``unanswered_since``, here or elsewhere.
    """
    thread = held(thread_id)
    answered = (
        thread.events.filter(kind__in=_ANSWERS, pk__gt=unanswered_since, message__taken_back_at=None)
        .select_related("by")
        .order_by("-pk")
        .first()
    )
    if answered is not None:
        raise AlreadyAnswered(by=answered.by.called if answered.by else "", at=answered.at)
    return thread


def touch(thread: Thread, *, at: datetime, wrote_at: datetime | None = None, **values: object) -> None:
    """Write the thread's row (and so hold it) before anything else is written in it. Its times never go back."""
    values["last_event_at"] = max(thread.last_event_at, at)
    if wrote_at is not None:
        values["last_message_at"] = max(thread.last_message_at, wrote_at)
    if "state" in values and values["state"] != Thread.State.SNOOZED:
        values["snoozed_until"] = None
    Thread.objects.filter(pk=thread.pk).update(**values)
    for name, value in values.items():
        setattr(thread, name, value)


def happened(
    thread: Thread,
    kind: str,
    *,
    at: datetime,
    by: Colleague | None = None,
    message: Message | None = None,
    facts: dict[str, object] | None = None,
) -> EventId:
    """Write an event into a thread that is held, and tell the browsers."""
    event = add(Event(thread=thread, kind=kind, by=by, at=at, message=message, facts=facts or {}))
    changed_together(("thread", thread.pk), ("inbox", ""))
    return event.pk


def tell(
    thread_id: int, kind: str, *, at: datetime, by: Colleague | None = None, message: Message | None = None,
    facts: dict[str, object] | None = None,
) -> EventId:  # fmt: skip
    """Note something the desk did ("drafted", "set aside draft"). ``facts`` are numbers and states, never words."""
    with transaction.atomic():
        thread = held(thread_id)
        touch(thread, at=at)
        return happened(thread, kind, at=at, by=by, message=message, facts=facts)

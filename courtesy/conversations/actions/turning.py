"""Whose turn it is and who looks after it: resolved, opened again, given to somebody, put to sleep, woken."""

from datetime import datetime

from django.db import transaction

from courtesy.conversations.actions.holding import happened, held, touch
from courtesy.conversations.actions.refusals import NotLater, Refused
from courtesy.conversations.models import Event, Thread
from courtesy.staff.models import Colleague


def resolve(thread_id: int, *, by: Colleague, at: datetime) -> Thread:
    """Nothing is left to do here. Resolved twice is resolved once."""
    return _turn(thread_id, Thread.State.RESOLVED, Event.Kind.RESOLVED, by=by, at=at)


def reopen(thread_id: int, *, by: Colleague | None, at: datetime) -> Thread:
    """There is something to do after all; ``by`` is None where the customer asked."""
    return _turn(thread_id, Thread.State.OPEN, Event.Kind.REOPENED, by=by, at=at)


def assign(thread_id: int, *, to: Colleague | None, by: Colleague, at: datetime) -> Thread:
    """Give the thread to a colleague, or with None back to everybody. Raises Refused for one who may not answer."""
    if to is not None and not to.may("answer"):
        raise Refused("may not answer")
    with transaction.atomic():
        thread = held(thread_id)
        if thread.assignee_id != (to.pk if to else None):
            touch(thread, at=at, assignee_id=to.pk if to else None)
            happened(thread, Event.Kind.ASSIGNED, by=by, at=at, facts={"to": str(to.pk) if to else ""})
    return thread


def snooze(thread_id: int, *, until: datetime, by: Colleague, at: datetime) -> Thread:
    """Out of sight until then, or until the customer writes. Raises NotLater for a moment that has passed."""
    if until <= at:
        raise NotLater
    with transaction.atomic():
        thread = held(thread_id)
        touch(thread, at=at, state=Thread.State.SNOOZED, snoozed_until=until)
        happened(thread, Event.Kind.SNOOZED, by=by, at=at, facts={"until": until.isoformat()})
    return thread


def wake_due(*, at: datetime) -> int:
    """Threads whose time has come are open again; on schedule. Returns how many."""
    due = Thread.objects.filter(state=Thread.State.SNOOZED, snoozed_until__lte=at).order_by("snoozed_until", "pk")
    woken = 0
    for thread_id in list(due.values_list("pk", flat=True)[:500]):
        with transaction.atomic():
            thread = (
                Thread.objects.select_for_update()
                .filter(pk=thread_id, state=Thread.State.SNOOZED, snoozed_until__lte=at, merged_into=None)
                .first()
            )
            if thread is not None:
                touch(thread, at=at, state=Thread.State.OPEN)
                happened(thread, Event.Kind.WOKE, at=at)
                woken += 1
    return woken


def _turn(thread_id: int, state: str, kind: str, *, by: Colleague | None, at: datetime) -> Thread:
    with transaction.atomic():
        thread = held(thread_id)
        if thread.state != state:
            touch(thread, at=at, state=state)
            happened(thread, kind, by=by, at=at)
    return thread

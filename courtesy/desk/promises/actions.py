"""What can happen to a promise: recognized and offered, kept as one or not, fulfilled, handed over.

Refusals: Refused > NoSuchPromise, NothingPromised, DayIsOver. Who holds a promise looks after it; the one who made it
stays written beside it. A promise of an answer that was taken back was never given, and shows nowhere.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from courtesy.conversations import actions as conversations
from courtesy.conversations.actions.holding import held
from courtesy.conversations.models import Event, Message, Promise, Thread
from courtesy.desk.promises.days import due_on as on_the_calendar
from courtesy.jobs.actions import changed
from courtesy.privacy import ledger
from courtesy.science.promises import promises as promised_in
from courtesy.staff import queries as staff
from courtesy.staff.hours import Hours
from courtesy.staff.models import Colleague

LONGEST_WORDS = 400
OFFERED_AT_ONCE = 3
State = Promise.State


class Refused(Exception):
    """What was asked cannot happen; nothing has changed."""


class NoSuchPromise(Refused):
    """There is no promise of this number that this could happen to any more."""


class NothingPromised(Refused):
    """A promise without words, or in a thread in which nothing was said."""


class DayIsOver(Refused):
    """A promise for a day in the past."""


def notice(reply: Message, *, by: Colleague, at: datetime, not_before: date | None = None) -> list[Promise]:
    """Offer what an answer seems to promise as promises, in the caller's transaction. Nothing counts before a click.

    An answer read some time after it was written asks nobody about a day that is over: nothing ``not_before`` that.
    """
    hours = Hours.of(staff.shop())
    said_on = hours.day_of(at)
    offered = []
    for found in promised_in(reply.body)[:OFFERED_AT_ONCE]:
        due = on_the_calendar(found.day, said_on=said_on, hours=hours)
        if due is not None and (not_before is None or due >= not_before):
            offered.append(_written(reply, found.sentence, due, State.OFFERED, by=by, at=at))
    return offered


def notice_elsewhere(*, message_id: int, at: datetime) -> None:
    """Handler of "answered-elsewhere": an answer written on a phone is read for promises like any other. Twice is once.

    Where nobody knows whose answer it was, whoever looks after the thread is asked, or the owner.
    """
    answer = Message.objects.filter(pk=message_id, kind=Message.Kind.OUT, taken_back_at=None, automatic=False).first()
    if answer is None:
        return
    with transaction.atomic():
        thread = held(answer.thread_id)
        by = answer.colleague or thread.assignee or staff.first_owner()
        if by is None or Promise.objects.filter(message=answer).exists():
            return
        notice(answer, by=by, at=answer.at, not_before=Hours.of(staff.shop()).day_of(at))


def confirm(promise_id: int, *, due_on: date, by: Colleague, at: datetime) -> Promise:
    """Yes, this is a promise, for this day. Raises NoSuchPromise and DayIsOver."""
    with transaction.atomic():
        promise = _held(promise_id, State.OFFERED)
        promise.due_on = _coming(due_on, at)
        if promise.message.colleague_id is None:
            # Nobody knew who wrote it; whoever says yes stands for it.
            promise.made_by = promise.holder = by
            promise.save(update_fields=["made_by", "holder"])
        _turn(promise, State.OPEN, Event.Kind.PROMISED, by=by, at=at)
        ledger.append("promised", about=promise, by=by.pk, at=at)
    return promise


def give(thread_id: int, *, words: str, due_on: date, by: Colleague, at: datetime) -> Promise:
    """Write a promise down by hand. It stands with our last answer, or with what was said last.

    Raises NothingPromised, DayIsOver, and NoSuchThread of `conversations.actions`.
    """
    said = " ".join(words.split())[:LONGEST_WORDS]
    with transaction.atomic():
        thread = held(thread_id)
        last = _last_said(thread)
        if not said or last is None:
            raise NothingPromised
        promise = _written(last, said, _coming(due_on, at), State.OPEN, by=by, at=at)
        _tell(promise, Event.Kind.PROMISED, by=by, at=at)
        ledger.append("promised", about=promise, by=by.pk, at=at)
    return promise


def move(promise_id: int, *, due_on: date, by: Colleague, at: datetime) -> Promise:
    """Another day for an open promise, written into the thread. Raises NoSuchPromise and DayIsOver."""
    with transaction.atomic():
        promise = _held(promise_id, State.OPEN)
        before, promise.due_on = promise.due_on, _coming(due_on, at)
        if promise.due_on != before:
            promise.save(update_fields=["due_on"])
            _tell(promise, Event.Kind.PROMISED, by=by, at=at, was=before.isoformat())
    return promise


def drop(promise_id: int, *, by: Colleague, at: datetime) -> Promise:
    """It is no promise, or need not be kept any more. Raises NoSuchPromise.

    What was offered only goes without a trace; what was a promise stays told to the customer, as taken off.
    """
    with transaction.atomic():
        promise = _held(promise_id, State.OFFERED, State.OPEN)
        was_open = promise.state == State.OPEN
        promise.state, promise.ended_at = State.DROPPED, at
        promise.save(update_fields=["state", "ended_at"])
        changed("thread", promise.message.thread_id)
        changed("inbox")
        if was_open:
            ledger.append("promise taken off", about=promise, by=by.pk, at=at)
    return promise


def keep(promise_id: int, *, by: Colleague, at: datetime) -> Promise:
    """What was promised is done. Raises NoSuchPromise."""
    with transaction.atomic():
        promise = _held(promise_id, State.OPEN)
        promise.ended_at = at
        _turn(promise, State.KEPT, Event.Kind.KEPT_PROMISE, by=by, at=at)
        ledger.append("promise kept", about=promise, by=by.pk, at=at)
    return promise


def open_again(promise_id: int, *, by: Colleague, at: datetime) -> Promise:
    """Undo: it is not kept after all, or stands again. Raises NoSuchPromise."""
    with transaction.atomic():
        promise = _held(promise_id, State.KEPT)
        promise.ended_at = None
        _turn(promise, State.OPEN, Event.Kind.PROMISED, by=by, at=at)
        ledger.append("promise open again", about=promise, by=by.pk, at=at)
    return promise


def hand_over(promises: Iterable[Promise], *, to: Colleague, by: Colleague, at: datetime) -> int:
    """Others look after these from now on; how many changed hands. Raises Refused for one who may not answer."""
    if not to.may("answer"):
        raise Refused("may not answer")
    count = 0
    with transaction.atomic():
        for promise in promises:
            if promise.holder_id != to.pk:
                before, promise.holder = promise.holder_id, to
                promise.save(update_fields=["holder"])
                if promise.state == State.OPEN:
                    _tell(promise, Event.Kind.HANDED_OVER, by=by, at=at, to=str(to.pk), was_with=str(before))
                count += 1
    return count


def _written(message: Message, words: str, due: date, state: str, *, by: Colleague, at: datetime) -> Promise:
    changed("thread", message.thread_id)
    return Promise.objects.create(
        thread_id=message.thread_id,
        message=message,
        words=words[:LONGEST_WORDS],
        due_on=due,
        state=state,
        made_by=by,
        holder=by,
        made_at=at,
    )


def _held(promise_id: int, *states: str) -> Promise:
    """The promise, its thread held first as in every story. Raises NoSuchPromise."""
    found = Promise.objects.filter(pk=promise_id, message__taken_back_at=None)
    # Where its message is now: a merge or a split may have taken it into another thread.
    thread_id = found.values_list("message__thread_id", flat=True).first()
    if thread_id is None:
        raise NoSuchPromise
    try:
        held(thread_id)
    except conversations.Refused:
        raise NoSuchPromise from None
    promise = Promise.objects.select_for_update().select_related("message").get(pk=promise_id)
    if promise.state not in states:
        raise NoSuchPromise
    return promise


def _turn(promise: Promise, state: str, kind: str, *, by: Colleague, at: datetime) -> None:
    promise.state = state
    promise.save(update_fields=["state", "due_on", "ended_at"])
    _tell(promise, kind, by=by, at=at)


def _tell(promise: Promise, kind: str, *, by: Colleague, at: datetime, **facts: object) -> None:
    facts = {"promise": promise.pk, "due": promise.due_on.isoformat(), **facts}
    conversations.tell(promise.message.thread_id, kind, by=by, at=at, message=promise.message, facts=facts)


def _coming(day: date, at: datetime) -> date:
    if day < Hours.of(staff.shop()).day_of(at):
        raise DayIsOver
    return day


def _last_said(thread: Thread) -> Message | None:
    ours = thread.messages.filter(kind=Message.Kind.OUT, taken_back_at=None).order_by("-pk").first()
    return ours or thread.messages.filter(taken_back_at=None).order_by("-pk").first()

"""We answer, take an answer back, note something among ourselves; and see how far an answer got."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from courtesy.conversations.actions.holding import happened, held, touch
from courtesy.conversations.actions.refusals import NoSuchThread, NothingWritten
from courtesy.conversations.models import Call, Event, Message, Thread
from courtesy.jobs.actions import changed
from courtesy.jobs.moments import moment
from courtesy.post.channels.form import parsing as form
from courtesy.post.models import Outgoing
from courtesy.staff.models import Colleague


def add_reply(thread: Thread, *, words: str, by: Colleague, at: datetime, decision_id: int) -> Message:
    """Write our answer into the thread (held before). It is the customer's turn now; who answers looks after it."""
    with transaction.atomic():
        message = _written(thread, Message.Kind.OUT, words, by=by, at=at, decision_id=decision_id)
        touch(
            thread,
            at=at,
            wrote_at=at,
            state=Thread.State.WAITING,
            assignee_id=thread.assignee_id or by.pk,
            first_replied_at=thread.first_replied_at or at,
        )
        happened(thread, Event.Kind.ANSWERED, by=by, at=at, message=message)
        moment("send reply: reply written")
    return message


def take_back_reply(message_id: int, *, by: Colleague, at: datetime) -> Message:
    """The answer did not leave after all: it stays to be read, struck out, and the thread is as it was before it:
    open, or the customer's turn where another answer of ours stands.

    Raises NoSuchThread where there is no such answer. Whether the mail was stopped is `outbox.take_back`'s to say.
    """
    with transaction.atomic():
        message = Message.objects.filter(pk=message_id, kind=Message.Kind.OUT).first()
        if message is None:
            raise NoSuchThread
        thread = held(message.thread_id)
        if Message.objects.filter(pk=message_id, taken_back_at=None).update(taken_back_at=at):
            message.taken_back_at = at
            answers = thread.messages.filter(kind=Message.Kind.OUT, taken_back_at=None).order_by("at")
            first = answers.values_list("at", flat=True).first()
            last = _last_word(thread)
            state = Thread.State.WAITING if last is not None and last.kind == Message.Kind.OUT else Thread.State.OPEN
            touch(thread, at=at, state=state, first_replied_at=first)
            if last is not None:
                # As if it had never been said: who waits has waited since they wrote.
                Thread.objects.filter(pk=thread.pk).update(last_message_at=last.at)
            happened(thread, Event.Kind.TAKEN_BACK, by=by, at=at, message=message)
    return message


def _last_word(thread: Thread) -> Message | None:
    """The last letter that stands, theirs or ours."""
    said = thread.messages.filter(taken_back_at=None, automatic=False).exclude(kind=Message.Kind.NOTE)
    return said.order_by("at", "pk").last()


def add_note(thread_id: int, *, words: str, by: Colleague, at: datetime, calls: Collection[Colleague] = ()) -> Message:
    """Write a note among ourselves; no customer ever sees it. Raises NothingWritten.

    Whom it ``calls`` finds it on Today and marked in the lists until they have looked; nobody calls themselves.
    """
    with transaction.atomic():
        thread = held(thread_id)
        message = _written(thread, Message.Kind.NOTE, words, by=by, at=at)
        touch(thread, at=at)
        event = happened(thread, Event.Kind.NOTED, by=by, at=at, message=message)
        Call.objects.bulk_create(Call(message=message, colleague=one, event=event) for one in calls if one.pk != by.pk)
    return message


_TROUBLES = {
    Outgoing.State.REFUSED: Event.Kind.REFUSED,
    Outgoing.State.UNSURE: Event.Kind.UNSURE,
    Outgoing.State.HELD: Event.Kind.HELD,
}


def follow_outgoing(*, outgoing_id: UUID | str, at: datetime) -> None:
    """Handler of "outgoing-changed": a thread shows how far its answer got, and trouble is an event. Twice is once.

    With an answer that was refused nobody has the word but we: the thread is open, until it left after all.
    """
    outgoing = Outgoing.objects.filter(pk=outgoing_id).defer("content", "to", "also_to").first()
    if outgoing is None or outgoing.reply_message_id is None:
        return
    with transaction.atomic():
        message = Message.objects.filter(pk=outgoing.reply_message_id).first()
        if message is None:
            return
        if outgoing.bounce.startswith("5") and message.taken_back_at is None:
            tell_bounced(message, status=outgoing.bounce, at=at)
        kind = _TROUBLES.get(Outgoing.State(outgoing.state))
        if message.taken_back_at is not None or (kind is None and outgoing.state != Outgoing.State.SENT):
            changed("thread", message.thread_id)
            return
        thread = held(message.thread_id)
        if kind is None:
            _left_after_all(thread, message, at=at)
        elif not thread.events.filter(message=message, kind=kind).exists():
            is_ours_again = kind == Event.Kind.REFUSED and _last_word(thread) == message
            touch(thread, at=at, state=Thread.State.OPEN if is_ours_again else thread.state)
            happened(thread, kind, at=at, message=message)
        else:
            changed("thread", thread.pk)


def _left_after_all(thread: Thread, answer: Message, *, at: datetime) -> None:
    """An answer that had been refused has left: it is the customer's turn again, where nobody wrote since."""
    was_refused = thread.state == Thread.State.OPEN and _last_word(thread) == answer
    if was_refused and thread.events.filter(message=answer, kind=Event.Kind.REFUSED).exists():
        touch(thread, at=at, state=Thread.State.WAITING)
    changed("thread", thread.pk)


def _written(
    thread: Thread, kind: str, words: str, *, by: Colleague, at: datetime, decision_id: int | None = None
) -> Message:
    body = form.lines(words)
    if not body:
        raise NothingWritten
    return Message.objects.create(thread=thread, kind=kind, body=body, colleague=by, at=at, decision_id=decision_id)


def answered_elsewhere(
    thread_id: int,
    *,
    words: str,
    by: Colleague | None,
    at: datetime,
    arrival_id: UUID | str,
    answers: Message | None = None,
    automatic: bool = False,
    noticed_at: datetime | None = None,
) -> Message:
    """Somebody of us answered in another mail program: their words are an answer here, and the card falls silent.

    ``answers`` is the newest message it refers to. Where the customer wrote again after it, the thread stays as it is:
    it only came late. ``automatic`` is a machine's answer in our name, which answers nobody. Raises NoSuchThread.
    """
    noticed_at = noticed_at or at
    with transaction.atomic():
        thread = held(thread_id)
        said = thread.messages.filter(kind=Message.Kind.IN, automatic=False, at__gt=at)
        if answers is not None:
            said = said.filter(pk__gt=answers.pk)
        values: dict[str, object] = {}
        if not automatic:
            values["first_replied_at"] = min(thread.first_replied_at or at, at)
            values["assignee_id"] = thread.assignee_id or (by.pk if by else None)
            if not said.exists():
                values["state"] = Thread.State.WAITING
        touch(thread, at=noticed_at, wrote_at=None if automatic else at, **values)
        message = Message.objects.create(
            thread=thread,
            kind=Message.Kind.OUT,
            body=form.lines(words),
            colleague=by,
            at=at,
            arrival_id=arrival_id,
            automatic=automatic,
        )
        if not automatic:
            happened(thread, Event.Kind.ELSEWHERE, by=by, at=noticed_at, message=message)
        else:
            changed("thread", thread.pk)
    return message


def tell_bounced(answer: Message, *, status: str, at: datetime) -> None:
    """An answer came back undelivered: its thread says so once, and is open again."""
    with transaction.atomic():
        thread = held(answer.thread_id)
        if not thread.events.filter(message=answer, kind=Event.Kind.BOUNCED).exists():
            touch(thread, at=at, state=Thread.State.OPEN)
            happened(thread, Event.Kind.BOUNCED, at=at, message=answer, facts={"status": status, "final": True})

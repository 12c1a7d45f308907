"""Threads are merged, split and put back: what is moved is a row each, so that it can go back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from courtesy.conversations import threading
from courtesy.conversations.actions.holding import happened, held, touch
from courtesy.conversations.actions.refusals import NoSuchThread, NothingToMove
from courtesy.conversations.models import (
    Attachment,
    Composing,
    Event,
    Message,
    Move,
    Promise,
    Tagging,
    Thread,
)
from courtesy.staff.models import Colleague

State = Thread.State
_URGENT = (State.OPEN, State.SNOOZED, State.WAITING, State.RESOLVED)


def merge(thread_ids: Iterable[int], *, into: int, by: Colleague | None, at: datetime) -> UUID:
    """Make these threads part of another; the answer is the number by which `unmerge` puts them back.

    Messages, events, promises, tags and words not sent yet go along, whoever wrote; a merged thread leads to where it
    went. Raises NothingToMove where there is no other thread, NoSuchThread, and MergedAway for one merged before.
    """
    sources = sorted(set(thread_ids) - {into})
    if not sources:
        raise NothingToMove
    group = uuid4()
    with transaction.atomic():
        threads = {number: held(number) for number in sorted([*sources, into])}  # in one order, for everybody
        home = threads.pop(into)
        for number in sources:
            thread = threads[number]
            _carry(list(thread.messages.order_by("pk")), thread, home, group=group, by=by, at=at)
            _carry_the_rest(thread, home, group=group, by=by, at=at)
            touch(thread, at=at, merged_into=home)
            touch(home, at=at, wrote_at=thread.last_message_at, **_together(home, thread))
            happened(thread, Event.Kind.MERGED, by=by, at=at, facts={"group": str(group), "to": home.pk})
        happened(home, Event.Kind.MERGED, by=by, at=at, facts={"group": str(group), "from": sources})
    return group


def grow_together(thread_ids: Sequence[int], *, at: datetime) -> Thread:
    """One thread, held, of threads whose mails show that they are one; the oldest of them stays."""
    home, *others = sorted(set(thread_ids))
    if others:
        merge(others, into=home, by=None, at=at)
    return held(home)


def split(message_id: int, *, by: Colleague, at: datetime, alone: bool = False) -> Thread:
    """A message and all after it (``alone``: only it) go into a thread of their own, which is returned.

    Their events and promises go along. A mail that refers to one of them finds them there. Raises NothingToMove where
    nothing would stay behind, NoSuchThread.
    """
    with transaction.atomic():
        first = Message.objects.select_related("person").filter(pk=message_id).first()
        if first is None:
            raise NoSuchThread
        home = held(first.thread_id)
        later = home.messages.select_related("person").filter(pk__gte=first.pk).order_by("pk")
        moving = [first] if alone else list(later)
        if home.messages.count() == len(moving):
            raise NothingToMove
        group = uuid4()
        thread = Thread.objects.create(
            person=next((message.person for message in moving if message.person), home.person),
            subject=home.subject,
            state=State.OPEN if home.state == State.SNOOZED else home.state,
            assignee=home.assignee,
            last_event_at=at,
            last_message_at=max(message.at for message in moving),
            arrived_by=home.arrived_by,
            created_at=at,
            mailbox_id=home.mailbox_id,
        )
        _carry(moving, home, thread, group=group, by=by, at=at)
        for one in (home, thread):
            _settle(one, at=at)
        happened(thread, Event.Kind.SPLIT, by=by, at=at, facts={"group": str(group), "from": [home.pk]})
        happened(home, Event.Kind.SPLIT, by=by, at=at, facts={"group": str(group), "to": thread.pk})
    return thread


def unmerge(group: UUID | str, *, by: Colleague, at: datetime) -> list[Thread]:
    """Put back what a merge or split moved; what came later stays where it came. Returns the threads that have it back.

    What somebody moved on since stays there. Raises NothingToMove where nothing is left to put back.
    """
    with transaction.atomic():
        moves = list(Move.objects.select_for_update().filter(group=group, undone_at=None).order_by("pk"))
        was_split = Event.objects.filter(kind=Event.Kind.SPLIT, facts__group=str(group)).exists()
        here = {number: _now(number) for number in {move.to_thread_id for move in moves}}
        # A thread that lost messages to a split may have been merged since; one that was merged comes back itself.
        there = {number: _now(number) if was_split else _row(number) for number in {m.from_thread_id for m in moves}}
        rows = {thread.pk for thread in (*here.values(), *there.values())}
        threads = {one.pk: one for one in Thread.objects.select_for_update().filter(pk__in=rows).order_by("pk")}
        back = {
            there[move.from_thread_id].pk
            for move in moves
            if move.message_id is not None and _put_back(move, here[move.to_thread_id], there[move.from_thread_id])
        }
        if not back:
            raise NothingToMove
        for move in moves:
            if move.message_id is None and there[move.from_thread_id].pk in back:
                origin = there[move.from_thread_id]
                Event.objects.filter(pk=move.event_id or 0, thread=here[move.to_thread_id]).update(thread=origin)
        Move.objects.filter(pk__in=[move.pk for move in moves]).update(undone_at=at)
        for number in sorted(back):
            if threads[number].merged_into_id is not None:
                touch(threads[number], at=at, merged_into_id=None)
                Tagging.objects.filter(thread__in=here.values(), at=moves[0].at).delete()
        for number in sorted(back | {thread.pk for thread in here.values()}):
            if threads[number].messages.exists():
                _settle(threads[number], at=at)
            else:
                touch(threads[number], at=at, merged_into_id=min(back))  # nothing is left of it: it leads on
            happened(threads[number], Event.Kind.UNMERGED, by=by, at=at, facts={"group": str(group)})
        return [threads[number] for number in sorted(back)]


def _together(home: Thread, thread: Thread) -> dict[str, object]:
    """What a thread is when another joins it: as urgent as the more urgent of the two, and looked after."""
    most = min((home, thread), key=lambda one: _URGENT.index(State(one.state)))
    return {
        "state": most.state,
        "snoozed_until": most.snoozed_until,
        "assignee_id": home.assignee_id or thread.assignee_id,
        "apart": home.apart if thread.apart else "",
        "first_reply_due_at": home.first_reply_due_at or thread.first_reply_due_at,
        "first_replied_at": home.first_replied_at or thread.first_replied_at,
        "mailbox_id": home.mailbox_id or thread.mailbox_id,
    }


def _carry(
    messages: Sequence[Message], here: Thread, there: Thread, *, group: UUID, by: Colleague | None, at: datetime
) -> None:
    Move.objects.bulk_create(
        Move(group=group, message=message, from_thread=here, to_thread=there, by=by, at=at) for message in messages
    )
    numbers = [message.pk for message in messages]
    Message.objects.filter(pk__in=numbers).update(thread=there)
    Event.objects.filter(message__in=numbers).update(thread=there)
    Promise.objects.filter(message__in=numbers).update(thread=there)


def _carry_the_rest(here: Thread, there: Thread, *, group: UUID, by: Colleague | None, at: datetime) -> None:
    events = list(here.events.filter(message=None).order_by("pk"))
    Move.objects.bulk_create(
        Move(group=group, event=event, from_thread=here, to_thread=there, by=by, at=at) for event in events
    )
    Event.objects.filter(pk__in=[event.pk for event in events]).update(thread=there)
    for tagging in here.taggings.all():
        Tagging.objects.get_or_create(thread=there, tag_id=tagging.tag_id, defaults={"by": by, "at": at})
    # Words not sent yet belong to whoever types them; nothing typed is lost because of a merge.
    for words in Composing.objects.filter(thread=here):
        there_already = Composing.objects.filter(thread=there, colleague=words.colleague_id, tab=words.tab).first()
        if there_already is None:
            Composing.objects.filter(pk=words.pk).update(thread=there)
        else:
            there_already.words = f"{there_already.words}\n\n{words.words}"
            there_already.save(update_fields=["words"])
            words.delete()
    Attachment.objects.filter(thread=here).update(thread=there)


def _put_back(move: Move, here: Thread, there: Thread) -> bool:
    """Put one message back, with what belongs to it; False where somebody moved it on since."""
    if not Message.objects.filter(pk=move.message_id or 0, thread=here).update(thread=there):
        return False
    Event.objects.filter(message=move.message_id).update(thread=there)
    Promise.objects.filter(message=move.message_id).update(thread=there)
    return True


def _row(number: int) -> Thread:
    return Thread.objects.get(pk=number)


def _now(number: int) -> Thread:
    thread = _row(number)
    return threading.whole(thread) or thread


def _settle(thread: Thread, *, at: datetime) -> None:
    """After messages went or came: when anybody last wrote, and whose turn it is by that."""
    messages = thread.messages.exclude(kind=Message.Kind.NOTE).filter(taken_back_at=None, automatic=False)
    last = messages.order_by("-at", "-pk").first()
    values: dict[str, object] = {}
    if last is not None:
        Thread.objects.filter(pk=thread.pk).update(last_message_at=last.at)
        if thread.state in {State.OPEN, State.WAITING}:
            values["state"] = State.OPEN if last.kind == Message.Kind.IN else State.WAITING
    touch(thread, at=at, wrote_at=None, **values)

"""Threads are merged, split and put back: every message moved is a row, so that it can go back."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from courtesy.conversations.actions.holding import happened, held, touch
from courtesy.conversations.actions.refusals import NoSuchThread, NothingToMove
from courtesy.conversations.models import Event, Message, Move, Thread
from courtesy.staff.models import Colleague


def merge(thread_ids: Iterable[int], *, into: int, by: Colleague, at: datetime) -> UUID:
    """Make these threads part of another; the answer is the number by which `unmerge` puts them back."""
    sources = sorted(set(thread_ids) - {into})
    if not sources:
        raise NothingToMove
    group = uuid4()
    with transaction.atomic():
        threads = {pk: held(pk) for pk in sorted([*sources, into])}
        home = threads.pop(into)
        for thread in threads.values():
            _carry(list(thread.messages.order_by("pk")), thread, home, group=group, by=by, at=at)
            touch(thread, at=at, merged_into=home)
            touch(home, at=at, wrote_at=thread.last_message_at)
        happened(home, Event.Kind.MERGED, by=by, at=at, facts={"group": str(group), "from": sources})
    return group


def split(message_id: int, *, by: Colleague, at: datetime, alone: bool = False) -> Thread:
    """A message and all after it (``alone``: only it) go into a thread of their own, which is returned."""
    with transaction.atomic():
        first = Message.objects.select_related("thread").filter(pk=message_id).first()
        if first is None:
            raise NoSuchThread
        home = held(first.thread_id)
        later = list(home.messages.filter(pk__gte=first.pk).order_by("pk"))
        moving = [first] if alone else later
        if home.messages.count() == len(moving):
            raise NothingToMove
        group = uuid4()
        thread = Thread.objects.create(
            person=first.person or home.person, subject=home.subject, state=home.state, last_event_at=at,
            last_message_at=max(m.at for m in moving), arrived_by=home.arrived_by, created_at=at,
            mailbox_id=home.mailbox_id, assignee=home.assignee,
        )  # fmt: skip
        _carry(moving, home, thread, group=group, by=by, at=at)
        happened(thread, Event.Kind.SPLIT, by=by, at=at, facts={"group": str(group), "from": [home.pk]})
        touch(home, at=at)
        happened(home, Event.Kind.SPLIT, by=by, at=at, facts={"group": str(group), "to": thread.pk})
    return thread


def unmerge(group: UUID, *, by: Colleague, at: datetime) -> list[Thread]:
    """Put back what was moved under this number; what came later stays where it came. Returns what is back."""
    with transaction.atomic():
        moves = list(Move.objects.filter(group=group, undone_at=None).select_related("message"))
        if not moves:
            raise NothingToMove
        back = {}
        for move in moves:
            Message.objects.filter(pk=move.message_id, thread_id=move.to_thread_id).update(
                thread_id=move.from_thread_id
            )
            Event.objects.filter(message_id=move.message_id).update(thread_id=move.from_thread_id)
            back[move.from_thread_id] = move
        Move.objects.filter(group=group, undone_at=None).update(undone_at=at)
        Thread.objects.filter(pk__in=back).update(merged_into=None)
        threads = [held(pk) for pk in sorted(back)]
        for thread in threads:
            touch(thread, at=at)
            happened(thread, Event.Kind.UNMERGED, by=by, at=at, facts={"group": str(group)})
    return threads


def _carry(messages: list[Message], here: Thread, there: Thread, *, group: UUID, by: Colleague, at: datetime) -> None:
    Move.objects.bulk_create(
        Move(group=group, message=message, from_thread=here, to_thread=there, by=by, at=at) for message in messages
    )
    numbers = [message.pk for message in messages]
    Message.objects.filter(pk__in=numbers).update(thread=there)
    Event.objects.filter(message_id__in=numbers).update(thread=there)

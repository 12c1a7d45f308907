"""What a customer may read here: the answers to their own message, on a private page with a signed address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from courtesy.conversations import threading
from courtesy.conversations.models import Message, Move
from courtesy.conversations.ours import plain
from courtesy.people import queries as people
from courtesy.people.models import Person
from courtesy.post import queries as post
from courtesy.post.models import Outgoing
from courtesy.post.public import answer_token, arrival_of
from courtesy.post.queries import OnItsWay
from courtesy.privacy.keys import KeyGone
from courtesy.staff import queries as staff
from courtesy.staff.public import name_for_customers


class NoSuchPage(LookupError):
    """The address is not one of ours, or what it led to is gone."""


@dataclass(frozen=True)
class Said:
    """One message as the customer reads it; ``name`` is empty for their own."""

    ours: bool
    name: str
    words: str
    at: datetime
    decision_id: int | None = None


@dataclass(frozen=True)
class PrivatePage:
    """A conversation as its customer sees it; ``being_read`` while the message has not been taken in yet."""

    token: str
    subject: str
    said: list[Said]
    being_read: bool = False


def private_page(token: str, *, at: datetime) -> PrivatePage:
    """What was said in the thread of one message: no notes, nothing taken back, nothing that may still be taken back.

    Where several people write in a thread, nobody reads here what another wrote, or what went to others only.
    ``token`` is `post.public.answer_token`. Raises NoSuchPage.
    """
    arrival_id = arrival_of(token)
    if arrival_id is None:
        raise NoSuchPage
    first = Message.objects.select_related("thread").filter(arrival_id=arrival_id).first()
    if first is None:
        if not post.is_kept(arrival_id):
            raise NoSuchPage
        return PrivatePage(token, "", [], being_read=True)
    messages = list(
        first.thread.messages.exclude(kind=Message.Kind.NOTE)
        .filter(taken_back_at=None, automatic=False)
        .select_related("colleague", "envelope")
        .order_by("at", "id")
    )
    if _is_shared(first):
        messages = _meant_for(first.person, messages)
    way = post.on_their_way([m.pk for m in messages if m.kind == Message.Kind.OUT])
    shop = staff.shop()
    said = [
        Said(
            ours=m.kind == Message.Kind.OUT,
            name=name_for_customers(m.colleague.called, shop) if m.colleague else "",
            words=m.body,
            at=m.at,
            decision_id=m.decision_id,
        )
        for m in messages
        if m.kind == Message.Kind.IN or _stands(way.get(m.pk), at)
    ]
    return PrivatePage(token, first.thread.subject, said)


def page_token(message_id: int) -> str:
    """The address of the private page of this message's thread; empty where no arrival stands behind it.

    Empty too where more than one person would come by it: the page shows what its one customer wrote.
    """
    message = Message.objects.select_related("thread__person", "person").filter(pk=message_id).first()
    if message is None or _is_shared(message):
        return ""
    if any(mail.also_to for mail in Outgoing.objects.filter(reply_message_id=message_id).defer("content", "to")):
        return ""
    arrival_ids = message.thread.messages.filter(kind=Message.Kind.IN, arrival_id__isnull=False).order_by("-id")
    arrival_id = arrival_ids.values_list("arrival_id", flat=True).first()
    return answer_token(arrival_id) if arrival_id else ""


def _is_shared(message: Message) -> bool:
    """Whether anybody else writes in this message's thread, or something of theirs was merged into it."""
    thread = message.thread
    person_id = message.person_id or thread.person_id
    others = thread.messages.filter(kind=Message.Kind.IN).exclude(person=person_id)
    moved = Move.objects.filter(to_thread=thread, undone_at=None).exclude(from_thread__person=person_id)
    return thread.person_id != person_id or others.exists() or moved.exists()


def _meant_for(person: Person | None, messages: Sequence[Message]) -> list[Message]:
    if person is None:
        return []
    try:
        address = plain(people.address_of(person))
    except KeyGone:
        return []
    return [
        message
        for message in messages
        if message.person_id == person.pk
        or (message.kind == Message.Kind.OUT and address in threading.everybody_in(message, ours=frozenset()))
    ]


def _stands(way: OnItsWay | None, at: datetime) -> bool:
    """An answer without a mail was never going to leave by mail; one with a mail counts once undo is over."""
    return way is None or (way.state != Outgoing.State.TAKEN_BACK and way.not_before <= at)

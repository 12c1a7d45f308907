"""What a customer may read here: the answers to their own message, on a private page with a signed address."""

from dataclasses import dataclass
from datetime import datetime

from courtesy.conversations.models import Message
from courtesy.post import queries as post
from courtesy.post.models import Outgoing
from courtesy.post.public import answer_token, arrival_of
from courtesy.post.queries import OnItsWay
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
        .filter(taken_back_at=None)
        .select_related("colleague")
        .order_by("id")
    )
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
    """The address of the private page of this message's thread; empty where no arrival stands behind it."""
    message = Message.objects.filter(pk=message_id).first()
    if message is None:
        return ""
    arrival_ids = message.thread.messages.filter(kind=Message.Kind.IN, arrival_id__isnull=False).order_by("-id")
    arrival_id = arrival_ids.values_list("arrival_id", flat=True).first()
    return answer_token(arrival_id) if arrival_id else ""


def _stands(way: OnItsWay | None, at: datetime) -> bool:
    """An answer without a mail was never going to leave by mail; one with a mail counts once undo is over."""
    return way is None or (way.state != Outgoing.State.TAKEN_BACK and way.not_before <= at)

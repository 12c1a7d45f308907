"""The mail around a message: whom an answer goes to, its files, and whether its sender may be forged."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from courtesy.conversations.models import Attachment, Envelope, Event, Message, Thread
from courtesy.people import queries as people
from courtesy.post.models import Mailbox
from courtesy.privacy.keys import KeyGone


@dataclass(frozen=True)
class Recipients:
    """Whom an answer goes to: ``to`` first, and who else reads along. Addresses as they were written."""

    to: tuple[str, ...]
    cc: tuple[str, ...]


class NoSuchFile(LookupError):
    """There is no such file, or it is not handed out."""


def reply_recipients(thread: Thread) -> Recipients:
    """Whom an answer in this thread goes to: who wrote last, and everybody they wrote to, without ourselves."""
    last = thread.messages.filter(kind=Message.Kind.IN).select_related("person", "envelope").order_by("-pk").first()
    person = thread.person if last is None or last.person is None else last.person
    try:
        first = people.address_of(person)
    except KeyGone:
        return Recipients((), ())
    envelope = getattr(last, "envelope", None)
    if envelope is None:
        return Recipients((first,) if first else (), ())
    known = {first.casefold(), *(address.casefold() for address in our_addresses())}
    others = []
    for address in [*envelope.to.splitlines(), *envelope.cc.splitlines()]:
        if address and address.casefold() not in known:
            known.add(address.casefold())
            others.append(address)
    return Recipients((first,) if first else (), tuple(others))


def our_addresses() -> list[str]:
    """The addresses of our mailboxes."""
    return [mailbox.address for mailbox in Mailbox.objects.filter(removed_at=None)]


def attachment(attachment_id: UUID | str) -> tuple[str, str, bytes]:
    """A file's safe name, its kind and its bytes. Raises NoSuchFile, also for one that is refused."""
    file = Attachment.objects.filter(pk=attachment_id, refused="").first()
    if file is None or file.part is not None:
        raise NoSuchFile
    try:
        return file.name, file.kind, file.content
    except KeyGone:
        raise NoSuchFile from None


def sender_is_verified(message: Message) -> bool:
    """Whether facts about a customer (orders, addresses) may stand in a draft for this message.

    False where the receiving server says that the sender's address may be forged.
    """
    return not Envelope.objects.filter(message=message, verified=Envelope.Verified.FAIL).exists()


def may_acknowledge(message: Message, at: datetime) -> bool:
    """Whether "it has arrived" may be said by itself: to a person, in the queue, once a thread and day."""
    thread = message.thread
    if message.kind != Message.Kind.IN or thread.apart or thread.merged_into_id is not None:
        return False
    day = at - timedelta(days=1)
    return message.at > day and not thread.events.filter(kind=Event.Kind.ACKNOWLEDGED, at__gt=day).exists()

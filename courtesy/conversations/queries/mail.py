"""The mail around a message: whom an answer goes to, its files and page, and whether its sender may be forged."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from courtesy.conversations.models import Attachment, Envelope, Event, Message, Thread
from courtesy.conversations.ours import is_among, mailboxes, plain
from courtesy.people import queries as people
from courtesy.people.models import Person
from courtesy.post.channels.email import parsing
from courtesy.post.channels.email.parsing import Page
from courtesy.post.channels.incoming import Unreadable
from courtesy.post.models import Arrival
from courtesy.privacy.keys import KeyGone

MOST_A_PERSON = 3
"""So many automatic words a day reach one person, in however many threads: two machines may not talk for ever."""


@dataclass(frozen=True)
class Recipients:
    """Whom an answer goes to: ``to`` first, and who else reads along. Addresses as they were written."""

    to: tuple[str, ...]
    cc: tuple[str, ...]


class NoSuchFile(LookupError):
    """There is no such file or page, or it is not handed out."""


def reply_recipients(thread: Thread) -> Recipients:
    """Whom an answer in this thread goes to: whoever wrote last, and everybody they wrote to, without ourselves.

    Empty for somebody who was erased. Where the sender may be forged, the address they ask to answer to is not used.
    """
    last = _last_word(thread)
    try:
        if last is None or last.kind != Message.Kind.IN:
            return _those_we_wrote_to(thread, last)
        return _those_of(last)
    except KeyGone:
        return Recipients((), ())


def our_addresses() -> list[str]:
    """The addresses of our mailboxes, removed ones too."""
    return sorted(mailboxes())


def attachment(attachment_id: UUID | str) -> tuple[str, str, bytes]:
    """A file's name, its kind and its bytes. Raises NoSuchFile, also for one that is refused or was erased."""
    file = Attachment.objects.select_related("message").filter(pk=attachment_id, refused="").first()
    if file is None:
        raise NoSuchFile
    try:
        if file.part is None:
            return file.name, file.kind, file.content
        _, _, content = parsing.part(_raw(file.message), file.part)
        # Name and kind were made safe when it came; the mail itself may say anything.
        return file.name, file.kind, content
    except (KeyGone, Unreadable):
        raise NoSuchFile from None


def original_page(message_id: int, *, remote_images: bool = False) -> Page:
    """The page a mail came as, made harmless; pictures from elsewhere only where asked for. Raises NoSuchFile."""
    message = Message.objects.filter(pk=message_id, envelope__has_html=True).first()
    try:
        return parsing.page(_raw(message), remote_images=remote_images)
    except (KeyGone, Unreadable):
        raise NoSuchFile from None


def sender_is_verified(message: Message) -> bool:
    """Whether facts about a customer (orders, addresses) may stand in a draft for this message.

    False where the receiving server says that the sender's address may be forged; also for all that follows it in the
    thread until somebody writes whom a server vouches for.
    """
    said = Envelope.objects.filter(message__thread=message.thread_id, message__kind=Message.Kind.IN)
    last = said.filter(message__pk__lte=message.pk).exclude(verified=Envelope.Verified.NONE).order_by("-message_id")
    return last.values_list("verified", flat=True).first() != Envelope.Verified.FAIL


def may_acknowledge(message: Message, at: datetime) -> bool:
    """Whether "it has arrived" may be said by itself: to a person, in the queue, once a thread and day.

    Never to a machine, never where the sender may be forged (the word would reach somebody who wrote nothing), and at
    most MOST_A_PERSON times a day to one person.
    """
    thread = message.thread
    if message.kind != Message.Kind.IN or message.automatic or thread.apart or thread.merged_into_id is not None:
        return False
    if Envelope.objects.filter(message=message, verified=Envelope.Verified.FAIL).exists():
        return False
    day = at - timedelta(days=1)
    told = Event.objects.filter(kind=Event.Kind.ACKNOWLEDGED, at__gt=day)
    if message.at <= day or told.filter(thread=thread).exists():
        return False
    return told.filter(thread__person=message.person_id).count() < MOST_A_PERSON


def _last_word(thread: Thread) -> Message | None:
    """The customer's last word; where they never wrote, our last."""
    said = thread.messages.filter(automatic=False).exclude(kind=Message.Kind.NOTE).select_related("person", "envelope")
    return said.filter(kind=Message.Kind.IN).order_by("-at", "-pk").first() or said.order_by("-at", "-pk").first()


def _those_of(last: Message) -> Recipients:
    person = last.person
    envelope: Envelope | None = getattr(last, "envelope", None)
    if envelope is None or person is None:
        return _only(person) if person else Recipients((), ())
    first = envelope.sender or people.address_of(person)
    if envelope.reply_to and envelope.verified != Envelope.Verified.FAIL:
        first = envelope.reply_to.splitlines()[0]
    known = {plain(first), plain(envelope.sender)}
    return Recipients((first,), _without(known, f"{envelope.to}\n{envelope.cc}"))


def _those_we_wrote_to(thread: Thread, last: Message | None) -> Recipients:
    envelope: Envelope | None = getattr(last, "envelope", None)
    if envelope is None:
        return _only(thread.person)
    to = _without(set(), envelope.to)
    return Recipients(to or _only(thread.person).to, _without(set(map(plain, to)), envelope.cc))


def _only(person: Person) -> Recipients:
    address = people.address_of(person)
    return Recipients((address,) if address else (), ())


def _without(known: set[str], lines: str) -> tuple[str, ...]:
    found: dict[str, str] = {}
    ours = mailboxes() if lines.strip() else frozenset()
    for address in lines.splitlines():
        if plain(address) not in known and not is_among(ours, address):
            found.setdefault(plain(address), address)
    return tuple(found.values())


def _raw(message: Message | None) -> bytes:
    arrival = Arrival.objects.filter(pk=message.arrival_id).first() if message and message.arrival_id else None
    if arrival is None:
        raise NoSuchFile
    return bytes(arrival.raw)

"""What a mail has around its words: the envelope, what it refers to, and its files."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from courtesy.conversations import threading
from courtesy.conversations.models import Attachment, Envelope, Message
from courtesy.conversations.ours import Ours, plain, untagged
from courtesy.conversations.threading import Letter
from courtesy.post.channels.incoming import Address, Mail
from courtesy.post.models import Arrival
from courtesy.privacy.sealing import blind_index
from courtesy.privacy.writing import add

MOST_NAMED = 200
"""Of so many recipients addresses are kept; whoever writes to more writes to a list."""

FORWARDED = "forwarded"
"""Stands among the marks of a mail that a colleague passed on."""


def letter_of(mail: Mail, *, party: Iterable[str], ours: Ours) -> Letter:
    """What the mail says about its place. ``party`` are those who speak in it (one of ours: those it goes to)."""
    named = [one.address for one in (*mail.to, *mail.cc)[:MOST_NAMED]]
    tags = tuple(tag for address in named if (tag := untagged(address)[1]) and ours.is_shop(address))
    speaking = frozenset(filter(None, map(plain, party)))
    others = {plain(address) for address in [*named, *_addresses([mail.reply_to])] if not ours.is_shop(address)}
    return Letter(
        mail_id=mail.mail_id,
        refers_to=tuple(referred_to(mail)),
        party=speaking,
        everybody=speaking | (others - {""}),
        ours=ours.mailboxes,
        tags=tags,
    )


def enclose(message: Message, mail: Mail, *, sender: str, key_id: UUID, at: datetime, forwarded: bool = False) -> None:
    """Keep them with the message. The bytes of files stay in the raw mail; a row says which part they are."""
    envelope, files = around(message, mail, sender=sender, key_id=key_id, at=at, forwarded=forwarded)
    add(envelope)
    threading.remember(message, referred_to(mail))
    if files:
        Attachment.objects.bulk_create(files)


def around(
    message: Message, mail: Mail, *, sender: str, key_id: UUID, at: datetime, forwarded: bool = False
) -> tuple[Envelope, list[Attachment]]:
    """The rows of what is around a message's words, not written yet."""
    envelope = Envelope(
        key_id=key_id,
        message=message,
        mail_id=mail.mail_id,
        sender=sender,
        to="\n".join(_addresses(mail.to[:MOST_NAMED])),
        cc="\n".join(_addresses(mail.cc[:MOST_NAMED])),
        reply_to="\n".join(_addresses([mail.reply_to])) if not forwarded else "",
        verified=Envelope.Verified.NONE if forwarded else mail.verified,
        has_html=mail.has_html,
        marks=[*mail.marks, FORWARDED] if forwarded else list(mail.marks),
    )
    files = [
        Attachment(
            key_id=key_id,
            message=message,
            part=part.number,
            name=part.name,
            kind=part.kind[:100],
            size=part.size,
            inline=part.inline,
            refused=part.refused[:40],
            created_at=at,
        )
        for part in mail.parts
    ]
    return envelope, files


def referred_to(mail: Mail) -> list[str]:
    """The names of the mails it refers to, itself left out."""
    return [name for name in mail.refers_to if name != mail.mail_id]


def came_before(mail: Mail, *, kind: str, words: str, speaker: UUID | None) -> list[Message]:
    """The messages that a mail of this name, with the same words and files of the same person, became before.

    The same name on other words is another mail: names are given by whoever writes.
    """
    if not mail.mail_id:
        return []
    index = blind_index(mail.mail_id, threading.MAIL_ID)
    known = Message.objects.filter(envelope__mail_id_index=index, kind=kind, body=words, person=speaker)
    files = sorted((part.number, part.size) for part in mail.parts)
    return [
        message for message in known.order_by("pk") if sorted(message.attachments.values_list("part", "size")) == files
    ]


def is_a_copy(mail: Mail, arrival: Arrival, *, words: str, speaker: UUID, ours: Ours) -> bool:
    """Whether this mail came by another mailbox already, or was brought in from the past.

    Two in one mailbox are two: nothing that came is left out.
    """
    if arrival.mailbox_id is None:
        return False
    known = came_before(mail, kind=Message.Kind.IN, words=words, speaker=speaker)
    if any(message.bringing_id for message in known):
        return True
    if not known or len(ours.mailboxes) < 2:
        return False
    others = Arrival.objects.filter(pk__in=[message.arrival_id for message in known if message.arrival_id])
    return others.filter(mailbox__isnull=False).exclude(mailbox=arrival.mailbox_id).exists()


def _addresses(found: Iterable[Address | None]) -> list[str]:
    return [one.address for one in found if one is not None]

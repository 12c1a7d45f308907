"""Reads a mail. Pure: bytes in, an `Incoming` out, whatever the bytes are."""

from collections.abc import Collection
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from itertools import islice

from courtesy.post.channels.email.pages import Page, page
from courtesy.post.channels.incoming import (
    LONGEST_NAME,
    LONGEST_SUBJECT,
    Address,
    Incoming,
    Mail,
    Part,
    Unreadable,
    address_in,
    lines,
    one_line,
)

__all__ = ["Page", "page", "parse", "part"]


def parse(raw: bytes, *, ours: Collection[str] = ()) -> Incoming:
    """The mail in ``raw``; ``ours`` are the shop's own addresses. Raises Unreadable and nothing else."""
    mail = message_from_bytes(raw)
    sender = next(iter(_addresses(mail, "from")), None)
    if sender is None:
        raise Unreadable("no sender")
    text = lines(
        "\n".join(
            (leaf.get_payload(decode=True) or b"").decode("utf-8", "replace")  # type: ignore[union-attr]
            for leaf in mail.walk()
            if leaf.get_content_type() == "text/plain"
        )
    )
    subject = one_line(str(mail.get("subject", "")), LONGEST_SUBJECT)
    references = [*str(mail.get("in-reply-to", "")).split(), *reversed(str(mail.get("references", "")).split())]
    return Incoming(
        address=sender.address,
        name=sender.name,
        subject=subject,
        body=text,
        person_only=False,
        outreach_yes=False,
        mail=Mail(
            mail_id=str(mail.get("message-id", "")).strip(),
            refers_to=tuple(dict.fromkeys(references)),
            sender=sender,
            reply_to=next(iter(_addresses(mail, "reply-to")), None),
            to=tuple(_addresses(mail, "to")),
            cc=tuple(_addresses(mail, "cc")),
            subject=subject,
            written_at=parsedate_to_datetime(mail["date"]) if mail["date"] else None,
            text=text,
            has_html=any(leaf.get_content_type() == "text/html" for leaf in mail.walk()),
            parts=tuple(
                Part(
                    number,
                    leaf.get_filename() or "",
                    leaf.get_content_type(),
                    len(leaf.get_payload(decode=True) or b""),
                )
                for number, leaf in enumerate(mail.walk(), 1)
                if leaf.get_filename()
            ),
            apart="",
            bounce=None,
            verified="none",
            forwarded=None,
            marks=(),
        ),
    )


def part(raw: bytes, number: int) -> tuple[str, str, bytes]:
    """Name, kind and bytes of the part with this ``number``. Raises Unreadable where there is none."""
    leaf = next(islice(message_from_bytes(raw).walk(), number - 1, number), None)
    if leaf is None:
        raise Unreadable("no such part")
    return leaf.get_filename() or "", leaf.get_content_type(), bytes(leaf.get_payload(decode=True) or b"")  # type: ignore[arg-type]


def _addresses(mail: Message, header: str) -> list[Address]:
    found = []
    for name, address in getaddresses([str(value) for value in mail.get_all(header, [])]):
        try:
            found.append(Address(address_in(address), one_line(name, LONGEST_NAME)))
        except Unreadable:
            continue
    return found

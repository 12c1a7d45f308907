"""Makes the finished bytes of a mail, once; they are never made again, so every try sends the same."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Literal, NamedTuple
from uuid import uuid4

from courtesy.post.channels.incoming import one_line

OURS = "X-Courtesy"
"""The header every mail of ours carries; its value says what it is: "answer", "letter", "trial", "warning"."""

Sort = Literal["answer", "letter", "trial", "warning"]

_POLICY = SMTP.clone(max_line_length=78)
_MAIL_ID = re.compile(r"<[!-;=?-~]{1,900}>")
_KIND = re.compile(r"(?!multipart/|message/)[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,60}")
_REFERENCES_KEPT = 20


class Attached(NamedTuple):
    """A file that goes along: its name, its kind ("image/png") and its bytes."""

    name: str
    kind: str
    content: bytes


def new_message_id(mail_from: str) -> str:
    """A name for a mail that no other mail has, and that says nothing about anybody."""
    host = parseaddr(mail_from)[1].rpartition("@")[2] or "localhost"
    return f"<{uuid4().hex}@{host}>"


def sender(name: str, address: str) -> str:
    """Who a mail comes from, as it stands in its From line."""
    return str(Address(display_name=one_line(name, 80), addr_spec=address))


def finished(
    *,
    mail_from: str,
    to: str,
    subject: str,
    body: str,
    message_id: str,
    at: datetime,
    references: Sequence[str] = (),
    in_reply_to: str = "",
    also_to: Sequence[str] = (),
    cc: Sequence[str] = (),
    reply_to: str = "",
    attachments: Iterable[Attached] = (),
    automatic: bool = False,
    sort: Sort = "answer",
) -> bytes:
    """A plain text mail in UTF-8 with its files, ready to travel.

    ``references`` are the mails before it, the oldest first; ``in_reply_to`` is the last of them where it is not named.
    ``automatic`` is for letters that no person wrote: no other machine answers them (RFC 3834).
    """
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = mail_from
    mail["To"] = ", ".join([to, *also_to])
    if cc:
        mail["Cc"] = ", ".join(cc)
    if reply_to:
        mail["Reply-To"] = reply_to
    mail["Subject"] = one_line(subject, 250)
    mail["Date"] = format_datetime(at)
    mail[OURS] = sort
    if automatic:
        mail["Auto-Submitted"] = "auto-replied" if in_reply_to or references else "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
    # Quoted-printable survives servers that know neither 8 bits nor long lines.
    mail.set_content(body if body.endswith("\n") else f"{body}\n", charset="utf-8", cte="quoted-printable")
    for attached in attachments:
        _attach(mail, Attached(*attached))
    return _names(message_id, references, in_reply_to) + mail.as_bytes()


def _names(message_id: str, references: Sequence[str], in_reply_to: str) -> bytes:
    """The headers that tie mails together, written by hand.

    The library folds and encodes a name longer than a line, as many servers make them; threads would break there.
    """
    before = [name for name in references if _MAIL_ID.fullmatch(name)]
    answered = in_reply_to if _MAIL_ID.fullmatch(in_reply_to) else before[-1] if before else ""
    if answered and answered not in before:
        before.append(answered)
    if len(before) > _REFERENCES_KEPT:
        before = [before[0], *before[1 - _REFERENCES_KEPT :]]
    named = f"Message-ID: {message_id}\r\n"
    if answered:
        named += f"In-Reply-To: {answered}\r\n" + "References: " + "\r\n ".join(before) + "\r\n"
    return named.encode("ascii")


def _attach(mail: EmailMessage, attached: Attached) -> None:
    kind = attached.kind.lower() if _KIND.fullmatch(attached.kind.lower()) else "application/octet-stream"
    main, _, sub = kind.partition("/")
    name = one_line(attached.name.replace("/", "_").replace("\\", "_"), 120) or "attachment"
    mail.add_attachment(bytes(attached.content), maintype=main, subtype=sub, filename=name)

"""The way out for answers. Only `desk.effects` may come here, with a person's decision in hand (a contract)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from courtesy.jobs.moments import moment
from courtesy.post import mailboxes, mime, outbox
from courtesy.post.mime import Attached
from courtesy.post.models import Outgoing

BIGGEST = 30 * 1024 * 1024
"""Bytes of a finished mail; 20 MB of files are 27 on the way. Servers that take less refuse it, and that is shown."""


class TooBig(ValueError):
    """The answer with its files is larger than mail servers take."""


@dataclass(frozen=True)
class Authority:
    """Somebody decided that this answer leaves: which decision, who, and when. Built in `desk.effects` only."""

    decision_id: int
    by: UUID
    at: datetime


def post(
    authority: Authority,
    *,
    message_id: int,
    to: str,
    subject: str,
    body: str,
    references: Sequence[str],
    key_id: UUID,
    not_before: datetime,
    mailbox_id: UUID | None = None,
    also_to: Sequence[str] = (),
    cc: Sequence[str] = (),
    bcc: Sequence[str] = (),
    attachments: Iterable[Attached] = (),
    in_reply_to: str = "",
    reply_tag: str = "",
) -> Outgoing:
    """Put an answer into the line, in the caller's transaction; it leaves at ``not_before`` at the earliest.

    ``message_id`` is the number of the reply in its thread, ``key_id`` the key of the person it goes to. It leaves from
    ``mailbox_id`` (the mailbox the thread came to) if that one sends, else from the first that does, else by the
    server of the settings. ``also_to`` and ``cc`` are read by everybody, ``bcc`` by nobody. ``reply_tag``, a signed
    text of small letters and digits, leads an answer back by its address where the mailbox knows plus addresses.

    The decision is unique on the outbox: a second answer for the same decision raises IntegrityError. Raises
    Unreadable for a further address nobody can write to, TooBig.
    """
    way = mailboxes.way_out(mailbox_id)
    name = mime.new_message_id(way.mail_from)
    shown_to, shown_cc, hidden = outbox.further(to, also_to, cc, bcc)
    content = mime.finished(
        mail_from=way.mail_from, to=to, subject=subject, body=body, message_id=name, at=authority.at,
        references=references, in_reply_to=in_reply_to, also_to=shown_to, cc=shown_cc,
        reply_to=way.reply_address(reply_tag), attachments=attachments,
    )  # fmt: skip
    if len(content) > BIGGEST:
        raise TooBig
    outgoing = outbox.add(
        kind=Outgoing.Kind.REPLY, to=to, also_to=[*shown_to, *shown_cc, *hidden], content=content, key_id=key_id,
        message_id=name, mailbox_id=way.mailbox_id, not_before=not_before, at=authority.at,
        decision_id=authority.decision_id, reply_message_id=message_id,
    )  # fmt: skip
    moment("send reply: posted")
    return outgoing

"""The way out for answers. Only `desk.effects` may come here, with a person's decision in hand (a contract)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from courtesy.jobs.moments import moment
from courtesy.post import mime, outbox
from courtesy.post.models import Outgoing


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
) -> Outgoing:
    """Put an answer into the line, in the caller's transaction; it leaves at ``not_before`` at the earliest.

    ``message_id`` is the number of the reply in its thread, ``key_id`` the key of the person it goes to. The decision
    is unique on the outbox: a second answer for the same decision raises IntegrityError.
    """
    mail_from = settings.COURTESY.mail_from
    name = mime.new_message_id(mail_from)
    content = mime.finished(
        mail_from=mail_from,
        to=to,
        subject=subject,
        body=body,
        message_id=name,
        at=authority.at,
        references=references,
    )
    outgoing = outbox.add(
        kind=Outgoing.Kind.REPLY,
        to=to,
        content=content,
        key_id=key_id,
        message_id=name,
        not_before=not_before,
        at=authority.at,
        decision_id=authority.decision_id,
        reply_message_id=message_id,
    )
    moment("send reply: posted")
    return outgoing

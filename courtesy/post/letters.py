"""The way out for fixed texts without generated words: links to join, receipts, alerts. Also Django's EMAIL_BACKEND."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import parseaddr
from string import Template
from uuid import UUID

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from courtesy.post import mailboxes, mime, outbox
from courtesy.post.channels.incoming import lines, one_line
from courtesy.post.models import Outgoing
from courtesy.privacy import keys

LETTERS = {
    "invitation": (
        gettext_lazy("You are invited to $shop"),
        gettext_lazy(
            "Hello,\n\n$by would like you to answer customers of $shop together.\n"
            "This link lets you in once, within the next days:\n\n$link\n\nIf you did not expect this, ignore it."
        ),
    ),
    "way back": (
        gettext_lazy("Your way back in to $shop"),
        gettext_lazy(
            "Hello,\n\nthis link lets you choose a new password for $shop, once:\n\n$link\n\n"
            "If you did not ask for it, tell the owner of the shop."
        ),
    ),
    "received": (
        gettext_lazy("$shop has your message"),
        gettext_lazy(
            "Hello,\n\nyour message has reached us. A person reads it and answers you.\n"
            "You can read our answer here too:\n\n$link\n\n$shop"
        ),
    ),
    "acknowledgment": (gettext_lazy("$subject"), gettext_lazy("$words")),
    "warning": (
        gettext_lazy("$shop: mail stands still"),
        gettext_lazy("Hello,\n\n$words\n\nOpen Courtesy and look at “Today”: it says what to do.\n\n$shop"),
    ),
    "warning over": (
        gettext_lazy("$shop: mail flows again"),
        gettext_lazy("Hello,\n\n$words\n\n$shop"),
    ),
    "warning test": (
        gettext_lazy("$shop: a test warning"),
        gettext_lazy("Hello,\n\n$words\n\n$shop"),
    ),
    "alert": (
        gettext_lazy("$shop: something needs you"),
        gettext_lazy(
            "Hello,\n\nsomething waits at $shop that Courtesy cannot do without you.\n"
            "Please open Courtesy and look at “Today”."
        ),
    ),
}
"""Every letter there is, with the few facts each is filled with.

"acknowledgment" is filled with the shop's own fixed words, which may have several lines.
"""


SEVERAL_LINES = frozenset({"words"})


class NoSuchLetter(LookupError):
    """There is no letter of this name, or a fact it needs is missing."""


def send(
    letter: str,
    *,
    to: str,
    facts: Mapping[str, str],
    at: datetime,
    mailbox_id: UUID | None = None,
    references: Sequence[str] = (),
    in_reply_to: str = "",
    key_id: UUID | None = None,
) -> Outgoing:
    """Put one of the LETTERS into the line, in the caller's transaction; the same rules as for answers hold for it.

    A letter to somebody we know is sealed under their ``key_id``, so that it goes with them. It leaves from
    ``mailbox_id`` as answers do (`replies.post`); with ``references`` or ``in_reply_to`` it stands under the mails it
    is about. Raises NoSuchLetter where the name or one of the ``facts`` is missing.
    """
    subject, body = filled(letter, facts)
    return _add(
        to, subject, body, at, mailbox_id=mailbox_id, references=references, in_reply_to=in_reply_to, key_id=key_id
    )


def filled(letter: str, facts: Mapping[str, str]) -> tuple[str, str]:
    """Subject and words of one of the LETTERS. Raises NoSuchLetter."""
    if letter not in LETTERS:
        raise NoSuchLetter(letter)
    subject, body = LETTERS[letter]
    in_line = {name: one_line(value, 500) for name, value in facts.items()}
    in_body = in_line | {name: lines(facts[name])[:4000] for name in facts.keys() & SEVERAL_LINES}
    try:
        return Template(str(subject)).substitute(in_line), Template(str(body)).substitute(in_body)
    except KeyError as missing:
        raise NoSuchLetter(f"{letter} without {missing.args[0]}") from None


def _add(
    to: str,
    subject: str,
    body: str,
    at: datetime,
    *,
    mailbox_id: UUID | None = None,
    references: Sequence[str] = (),
    in_reply_to: str = "",
    key_id: UUID | None = None,
) -> Outgoing:
    way = mailboxes.way_out(mailbox_id)
    name = mime.new_message_id(way.mail_from)
    content = mime.finished(
        mail_from=way.mail_from,
        to=to,
        subject=subject,
        body=body,
        message_id=name,
        at=at,
        references=references,
        in_reply_to=in_reply_to,
        automatic=True,
        sort="letter",
    )
    return outbox.add(
        kind=Outgoing.Kind.LETTER,
        to=to,
        content=content,
        key_id=key_id or keys.new(at=at),
        message_id=name,
        mailbox_id=way.mailbox_id,
        not_before=at,
        at=at,
    )


class Backend(BaseEmailBackend):
    """Takes what Django or a package wants to mail and puts it into the same line as everything else.

    Plain text to single addresses; attachments and other forms are left out, since no letter of ours has any.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many mails are now in the line."""
        at = timezone.now()
        count = 0
        with transaction.atomic():
            for mail in email_messages:
                for recipient in mail.recipients():
                    _add(parseaddr(recipient)[1], str(mail.subject), str(mail.body), at)
                    count += 1
        return count

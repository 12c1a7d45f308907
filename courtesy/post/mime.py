"""Makes the finished bytes of a mail, once; they are never made again, so every try sends the same."""

from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from uuid import uuid4

from courtesy.post.channels.form.parsing import one_line

_POLICY = SMTP.clone(max_line_length=78)


def new_message_id(mail_from: str) -> str:
    """A name for a mail that no other mail has, and that says nothing about anybody."""
    host = parseaddr(mail_from)[1].rpartition("@")[2] or "localhost"
    return f"<{uuid4().hex}@{host}>"


def finished(
    *,
    mail_from: str,
    to: str,
    subject: str,
    body: str,
    message_id: str,
    at: datetime,
    references: Sequence[str] = (),
    automatic: bool = False,
) -> bytes:
    """A plain text mail in UTF-8, ready to travel. ``automatic`` is for letters that no person wrote."""
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = mail_from
    mail["To"] = to
    mail["Subject"] = one_line(subject, 250)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id
    if references:
        mail["In-Reply-To"] = references[-1]
        mail["References"] = " ".join(references[-20:])
    if automatic:
        mail["Auto-Submitted"] = "auto-generated"
    # Quoted-printable survives servers that know neither 8 bits nor long lines.
    mail.set_content(body if body.endswith("\n") else f"{body}\n", charset="utf-8", cte="quoted-printable")
    return mail.as_bytes()

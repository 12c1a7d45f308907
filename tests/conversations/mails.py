"""Mails as they come: made of a few words, kept as a fetcher keeps them, and taken in as the worker does."""

from collections.abc import Iterable
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

from courtesy.conversations import actions
from courtesy.conversations.models import Message, Thread
from courtesy.post import arrivals
from courtesy.post.models import Arrival, Mailbox, Tls
from courtesy.privacy import keys
from tests.conversations.conftest import NOW

SHOP = "shop@fern.example"
DORA = "dora@kunden.example"
EMIL = "emil@kunden.example"
EVE = "eve@elsewhere.example"


def mail(
    mail_id: str = "",
    body: str = "Where is my tea?",
    *,
    by: str = DORA,
    to: str = SHOP,
    cc: str = "",
    refers: Iterable[str] = (),
    subject: str = "Tea",
    written_at: datetime = NOW,
    html: str = "",
    files: Iterable[tuple[str, bytes]] = (),
    headers: Iterable[tuple[str, str]] = (),
) -> bytes:
    """A mail. ``refers`` are the names of others, the oldest first, without brackets, as ``mail_id`` is."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = by, to, subject
    made["Date"] = format_datetime(written_at)
    if cc:
        made["Cc"] = cc
    if mail_id:
        made["Message-ID"] = f"<{mail_id}>"
    names = [f"<{name}>" for name in refers]
    if names:
        made["In-Reply-To"], made["References"] = names[-1], " ".join(names)
    for name, value in headers:
        made[name] = value
    made.set_content(body)
    if html:
        made.add_alternative(html, subtype="html")
    for name, content in files:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def kept(raw: bytes, *, at: datetime = NOW, channel: str = "mail", mailbox: Mailbox | None = None) -> Arrival:
    """An arrival nobody has taken in yet."""
    name = f"{sha256(raw).hexdigest()}{mailbox.pk if mailbox else ''}"
    return arrivals.keep(channel=channel, channel_id=name, raw=raw, at=at, mailbox=mailbox)


def comes(raw: bytes, *, at: datetime = NOW, channel: str = "mail", mailbox: Mailbox | None = None) -> Message | None:
    """It comes and is taken in; the message it became, if it became one."""
    arrival = kept(raw, at=at, channel=channel, mailbox=mailbox)
    with keys.scope():
        actions.take_in(arrival_id=arrival.pk, at=at)
    return Message.objects.select_related("thread", "envelope").filter(arrival_id=arrival.pk).first()


def came(raw: bytes, **how) -> Message:
    """As `comes`, of a mail that must become a message."""
    message = comes(raw, **how)
    assert message is not None, Arrival.objects.order_by("-received_at").first().problem
    return message


def sent(raw: bytes, **how) -> Message | None:
    """A mail in our folder of sent mail."""
    return comes(raw, channel="sent mail", **how)


def in_the_queue() -> list[int]:
    """The threads that somebody of us may have to answer."""
    return list(Thread.objects.filter(apart="", merged_into=None).order_by("pk").values_list("pk", flat=True))


def mailbox(address: str = SHOP) -> Mailbox:
    """A mailbox of the shop."""
    return Mailbox.objects.create(
        name="shop", address=address, imap_host="imap.example", user="shop", secret="kelp", imap_tls=Tls.AT_ONCE,
        key_id=keys.new(at=NOW), begins_at=NOW, created_at=NOW,
    )  # fmt: skip

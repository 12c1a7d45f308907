"""Mails as a shop gets them: formatted, with files, forged, with hostile pages; they come and are taken in."""

import struct
import zlib
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

from django.utils import timezone

from courtesy.conversations.actions import take_in
from courtesy.conversations.models import Message
from courtesy.post import arrivals

SHOP = "shop@marigold.example"


def png(width: int = 40, height: int = 24) -> bytes:
    """A real picture, all of one color."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x8a\x5a\x2c" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def mail(
    words: str = "Where is my teapot?",
    *,
    by: str = "Chidi Okafor <chidi.okafor@post.example>",
    to: str = SHOP,
    cc: str = "",
    subject: str = "My teapot",
    html: str = "",
    files: tuple[tuple[str, str, bytes], ...] = (),
    pictures: tuple[tuple[str, bytes], ...] = (),
    headers: tuple[tuple[str, str], ...] = (),
    at: datetime | None = None,
    mail_id: str = "",
    refers: str = "",
) -> bytes:
    """A mail; ``files`` are name, kind and bytes, ``pictures`` stand in the page by their Content-ID."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = by, to, subject
    made["Date"] = format_datetime(at or timezone.now())
    made["Message-ID"] = f"<{mail_id or sha256((words + subject + by).encode()).hexdigest()[:20]}@post.example>"
    if cc:
        made["Cc"] = cc
    if refers:
        made["In-Reply-To"] = made["References"] = refers
    for name, value in headers:
        made[name] = value
    made.set_content(words)
    if html:
        made.add_alternative(html, subtype="html")
        for cid, content in pictures:
            made.get_payload()[1].add_related(content, "image", "png", cid=f"<{cid}>", filename=f"{cid}.png")
    for name, kind, content in files:
        main, _, sub = kind.partition("/")
        made.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return made.as_bytes()


def comes(raw: bytes, *, channel: str = "mail", at: datetime | None = None) -> Message:
    """It comes and is taken in."""
    at = at or timezone.now() - timedelta(minutes=30)
    arrival = arrivals.keep(channel=channel, channel_id=sha256(raw).hexdigest(), raw=raw, at=at)
    take_in(arrival_id=arrival.pk, at=at)
    return Message.objects.select_related("thread").get(arrival_id=arrival.pk)

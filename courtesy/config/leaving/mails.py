"""Every message as a mail in one mbox file: what came as it came, what left as it left, what was a form as a mail.

Written thread by thread, a piece at a time, so that a million messages need no more memory than a thousand.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from itertools import islice
from pathlib import Path
from typing import IO, TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef

from courtesy.conversations.models import Attachment, Message
from courtesy.people.models import Handle, Person
from courtesy.post.models import Arrival, Outgoing
from courtesy.privacy import keys
from courtesy.privacy.keys import KeyGone
from courtesy.privacy.sealing import SealBroken

AT_ONCE = 200
CAME_BY_MAIL = ("mail", "sent mail")
_FROM = re.compile(rb"^(>*From )", re.MULTILINE)
_POLICY = SMTP.clone(max_line_length=78, linesep="\n")
Progress = Callable[[int, int], None]
T = TypeVar("T")


def write_mails(file: Path, *, tell: Progress) -> tuple[int, int]:
    """All messages between us and customers, thread by thread, oldest first; how many, and how many were erased."""
    said = Message.objects.exclude(kind=Message.Kind.NOTE)
    every = said.select_related("thread", "colleague").order_by("thread_id", "pk")
    total, written, gone = said.count(), 0, 0
    previous: tuple[int, str] = (0, "")
    with file.open("wb") as out:
        for some in _some_at_once(every.iterator(chunk_size=AT_ONCE)):
            with keys.scope():
                for message, mail in _mails_of(some):
                    if mail is None:
                        gone += 1
                        continue
                    answers = previous[1] if previous[0] == message.thread_id else ""
                    mail_id, content = mail(answers)
                    _append(out, content, message)
                    previous = (message.thread_id, mail_id)
                    written += 1
            tell(written + gone, total)
    return written, gone


def write_set_aside(file: Path) -> int:
    """What came and became no message: it could not be read, or belongs to nothing. As it came; how many."""
    known = Message.objects.filter(arrival_id=OuterRef("pk"))
    rest = Arrival.objects.filter(~Exists(known)).order_by("received_at", "pk")
    written = 0
    with file.open("wb") as out:
        for some in _some_at_once(rest.iterator(chunk_size=AT_ONCE)):
            with keys.scope():
                keys.warm(arrival.key_id for arrival in some)
                for arrival in some:
                    raw = _opened(lambda arrival=arrival: bytes(arrival.raw))  # type: ignore[misc]
                    if raw is None:
                        continue
                    if arrival.channel not in CAME_BY_MAIL:
                        raw = b"Subject: Set aside\nContent-Type: text/plain; charset=utf-8\n\n" + raw
                    _write_one(out, raw, arrival.received_at, [])
                    written += 1
    return written


Mail = Callable[[str], tuple[str, bytes]]
"""Given the id of the mail before it in the thread: its own id, and its bytes."""


def _mails_of(some: Sequence[Message]) -> Iterator[tuple[Message, Mail | None]]:
    """Each message with the mail it becomes; None where its key was destroyed."""
    arrivals = {
        row.pk: row
        for row in Arrival.objects.filter(pk__in=[m.arrival_id for m in some if m.arrival_id], channel__in=CAME_BY_MAIL)
    }
    left = {row.reply_message_id: row for row in Outgoing.objects.filter(reply_message_id__in=[m.pk for m in some])}
    people = {m.thread.person_id for m in some}
    named = {row.pk: row for row in Person.objects.filter(pk__in=people)}
    handles: dict[UUID, Handle] = {}
    for row in Handle.objects.filter(person_id__in=people, kind=Handle.OfKind.EMAIL):
        handles.setdefault(row.person_id, row)
    files: dict[int, list[Attachment]] = {}
    for file in Attachment.objects.filter(message__in=some, part=None):
        files.setdefault(file.message_id or 0, []).append(file)
    sealed = (arrivals, left, named, handles, {file.pk: file for group in files.values() for file in group})
    keys.warm(row.key_id for rows in sealed for row in rows.values())
    for message in some:
        arrival = arrivals.get(message.arrival_id) if message.arrival_id else None
        outgoing = left.get(message.pk)
        person, handle = named[message.thread.person_id], handles.get(message.thread.person_id)
        if arrival is not None:
            raw = _opened(lambda arrival=arrival: bytes(arrival.raw))  # type: ignore[misc]
            yield message, None if raw is None else _as_it_came(raw)
        elif outgoing is not None:
            raw = _opened(lambda outgoing=outgoing: bytes(outgoing.content))  # type: ignore[misc]
            yield message, None if raw is None else _as_it_came(raw)
        else:
            who = _opened(lambda p=person, h=handle: (p.name, h.value if h else ""))  # type: ignore[misc]
            yield message, None if who is None else _made(message, *who, files.get(message.pk, []))


def _as_it_came(raw: bytes) -> Mail:
    said = re.search(rb"^Message-ID:\s*(<[^>\s]+>)", raw[:65_536], re.IGNORECASE | re.MULTILINE)
    return lambda answers: (said[1].decode("ascii", "replace") if said else answers, raw)


def _made(message: Message, name: str, address: str, files: Sequence[Attachment]) -> Mail:
    def mail(answers: str) -> tuple[str, bytes]:
        ours = parseaddr(settings.COURTESY.mail_from)
        customer = _address(name, address or f"person-{message.thread.person_id.hex[:12]}@unknown.invalid")
        we = _address(message.colleague.called if message.colleague else ours[0], ours[1] or "shop@unknown.invalid")
        came = message.kind == Message.Kind.IN
        mail = EmailMessage(policy=_POLICY)
        mail["From"], mail["To"] = (customer, we) if came else (we, customer)
        mail["Subject"] = " ".join(message.thread.subject.split()) or "(no subject)"
        mail["Date"] = format_datetime(message.at)
        mail_id = f"<courtesy-message-{message.pk}@unknown.invalid>"
        mail["Message-ID"] = mail_id
        if answers:
            mail["In-Reply-To"] = mail["References"] = answers
        mail.set_content(message.body, charset="utf-8", cte="quoted-printable")
        for file in files:
            content = _opened(lambda file=file: (file.name, bytes(file.content)))  # type: ignore[misc]
            if content and content[1]:
                mail.add_attachment(content[1], maintype="application", subtype="octet-stream", filename=content[0])
        return mail_id, mail.as_bytes()

    return mail


def _address(name: str, address: str) -> Address | str:
    try:
        return Address(" ".join(name.split()), addr_spec=address)
    except (ValueError, IndexError):
        return address.encode("ascii", "replace").decode().replace("\n", " ").replace("\r", " ")


def _append(out: IO[bytes], content: bytes, message: Message) -> None:
    way = "in" if message.kind == Message.Kind.IN else "out"
    ours = [f"X-Courtesy-Thread: {message.thread_id}", f"X-Courtesy-Message: {message.pk}", f"X-Courtesy-Way: {way}"]
    if message.taken_back_at:
        ours.append("X-Courtesy-Taken-Back: yes")
    _write_one(out, content, message.at, ours)


def _write_one(out: IO[bytes], content: bytes, at: datetime, ours: Sequence[str]) -> None:
    """One mail of an mbox: a line that begins with "From " begins the next one, so such lines get a ">" before."""
    content = content.replace(b"\r\n", b"\n")
    # An mbox's own first line, or a stray one, would end the headers before they begin.
    content = re.sub(rb"\A(?:>?From [^\n]*\n|\n)+", b"", content)
    out.write(f"From courtesy@localhost {at.astimezone(UTC):%a %b %d %H:%M:%S %Y}\n".encode("ascii"))
    out.write("".join(f"{line}\n" for line in ours).encode("ascii"))
    out.write(_FROM.sub(rb">\1", content))
    out.write(b"\n" if content.endswith(b"\n") else b"\n\n")


def _opened(read: Callable[[], T]) -> T | None:
    try:
        return read()
    except (KeyGone, SealBroken):
        return None


def _some_at_once(rows: Iterator[T]) -> Iterator[list[T]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some

"""Letters of the past for tests: conversations as mails, and those as an mbox."""

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

BEGIN = datetime(2025, 3, 3, 9, tzinfo=UTC)
US = "hello@fern.example"


def mail(
    words: str = "Where is my fern?",
    *,
    sender: str = "Kim Ode <kim@post.example>",
    to: str = US,
    at: datetime | None = BEGIN,
    mail_id: str = "",
    answers: Sequence[str] = (),
    subject: str = "A question",
    **headers: str,
) -> bytes:
    """A mail as it lies in a folder. ``answers`` are the names of mails it refers to, the oldest first."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = sender, to, subject
    if at is not None:
        made["Date"] = format_datetime(at)
    if mail_id:
        made["Message-ID"] = mail_id
    if answers:
        made["In-Reply-To"], made["References"] = answers[-1], " ".join(answers)
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(words)
    return made.as_bytes()


def conversations(
    count: int, *, us: str = US, begin: datetime = BEGIN, people: int = 0, seed: int = 7
) -> Iterable[tuple[datetime, bytes]]:
    """So many questions, each with its answer two to eight hours later; each with the moment it was written."""
    chance = random.Random(seed)
    for number in range(count):
        at = begin + timedelta(hours=9 * number)
        who = f"Kim {number} <kim{number % (people or count)}@post.example>"
        asked, answered = f"<q{number}@post.example>", f"<a{number}@fern.example>"
        yield (
            at,
            mail(f"Where is parcel {number}?", sender=who, to=us, at=at, mail_id=asked, subject=f"Parcel {number}"),
        )
        later = at + timedelta(hours=chance.randint(2, 8))
        words = f"It left our house yesterday, number {number}."
        sender, subject = f"Fern <{us}>", f"Re: Parcel {number}"
        yield later, mail(words, sender=sender, to=who, at=later, mail_id=answered, answers=[asked], subject=subject)


def as_mbox(mails: Iterable[tuple[datetime, bytes]]) -> bytes:
    """They in one file, lines that begin with "From " quoted."""
    pieces = []
    for at, raw in mails:
        quoted = b"\n".join(
            b">" + line if line.lstrip(b">").startswith(b"From ") else line
            for line in raw.replace(b"\r\n", b"\n").split(b"\n")
        )
        pieces.append(f"From someone@post.example {at:%a %b %d %H:%M:%S %Y}\n".encode() + quoted + b"\n")
    return b"".join(pieces)

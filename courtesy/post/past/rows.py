"""Makes mails of rows: what a table tells of a letter, in the form in which every other letter comes.

A row that is handed over again makes the same bytes, by which it is known.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from courtesy.post.channels.email import headers
from courtesy.post.channels.incoming import LONGEST_NAME, LONGEST_SUBJECT, Address, lines, one_line
from courtesy.post.past.columns import DAY_FIRST, MONTH_FIRST, Columns
from courtesy.post.past.letters import PastLetter, Unreadable, Why

US = "us@past.invalid"
"""Who answered, where a table does not say from which address."""

FROM_A_ROW = "X-From-A-Row"
LONGEST_WORDS = 400_000
_POLICY = SMTP.clone(max_line_length=None, cte_type="8bit")
_OUT = re.compile(r"\b(?:out|outbound|outgoing|sent|agent|staff|us|reply|answer|ausgehend|false|0|sortant|saliente)\b")
_SLASHED = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:[T ,]+(\d{1,2}):(\d\d)(?::(\d\d))?)?\s*([ap]m)?", re.I)


class RowRefused(ValueError):
    """The row says too little, or what no letter says; ``why`` is which."""

    def __init__(self, why: Why) -> None:
        super().__init__(str(why))
        self.why = why


def letters_of(
    place: int, row: Mapping[str, str], columns: Columns, *, us: str, zone: tzinfo
) -> Iterator[PastLetter | Unreadable]:
    """The letters that a row tells of: one, or a question and its answer. ``us`` is an address of the shop."""
    try:
        made = list(_made(place, _Row(row, columns), us or US, zone))
    except RowRefused as refusal:
        yield Unreadable(place, refusal.why)
        return
    yield from made


class _Row:
    def __init__(self, row: Mapping[str, str], columns: Columns) -> None:
        self.row, self.columns = row, columns

    def __getitem__(self, what: str) -> str:
        return self.row.get(getattr(self.columns, what), "").strip()


def _made(place: int, row: _Row, us: str, zone: tzinfo) -> Iterator[PastLetter]:
    at = moment(row["at"], row.columns.dates, zone)
    words = lines(row["words"])[:LONGEST_WORDS]
    if not words:
        raise RowRefused(Why.NO_WORDS)
    if row.columns.answer:
        yield from _pair(place, row, words=words, at=at, us=us, zone=zone)
        return
    thread = row["thread"]
    if row.columns.direction:
        customer = _one(row["customer"], row["name"])
        ours = bool(_OUT.search(row["direction"].lower()))
        sender, to = (Address(us), [customer]) if ours else (customer, [Address(us)])
    else:
        sender = _one(row["sender"], row["name"])
        to = headers.addresses(row["to"]) or [Address(us)]
    mail_id = _mail_id("letter", row["number"], thread, sender.address, str(at), words)
    raw = _mail(sender, to, at=at, subject=row["subject"], words=words, mail_id=mail_id, answers=_root(thread))
    yield PastLetter(place, raw, at, by=one_line(row["answered_by"], LONGEST_NAME))


def _pair(place: int, row: _Row, *, words: str, at: datetime, us: str, zone: tzinfo) -> Iterator[PastLetter]:
    customer = _one(row["customer"], row["name"])
    answer = lines(row["answer"])[:LONGEST_WORDS]
    answered_at = moment(row["answered_at"], row.columns.dates, zone) if answer else at
    if answer and answered_at < at:
        raise RowRefused(Why.BEFORE_THE_QUESTION)
    subject = row["subject"]
    known = _mail_id("question", row["number"], row["thread"], customer.address, str(at), words)
    root = _root(row["thread"])
    question = _mail(customer, [Address(us)], at=at, subject=subject, words=words, mail_id=known, answers=root)
    yield PastLetter(place, question, at)
    if answer:
        raw = _mail(
            Address(us), [customer], at=answered_at, subject=f"Re: {subject}" if subject else "", words=answer,
            mail_id=_mail_id("answer", known, answer), answers=known,
        )  # fmt: skip
        yield PastLetter(place, raw, answered_at, by=one_line(row["answered_by"], LONGEST_NAME))


def _one(written: str, name: str) -> Address:
    found = headers.addresses(written)
    if not found:
        raise RowRefused(Why.NO_SENDER)
    return Address(found[0].address, one_line(name, LONGEST_NAME) or found[0].name)


def _mail(
    sender: Address, to: list[Address], *, at: datetime, subject: str, words: str, mail_id: str, answers: str
) -> bytes:
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _written(sender)
    mail["To"] = ", ".join(_written(one) for one in to)
    mail["Date"] = format_datetime(at)
    if title := one_line(subject, LONGEST_SUBJECT):
        mail["Subject"] = title
    mail["Message-ID"] = mail_id
    if answers:
        mail["References"] = answers
    mail[FROM_A_ROW] = "yes"
    mail.set_content(words, cte="8bit")
    return bytes(mail)


def _written(one: Address) -> str:
    name = re.sub(r'[\\"<>,;:@()\[\]]', " ", one.name).strip()
    return f'"{name}" <{one.address}>' if name else one.address


def _mail_id(*parts: str) -> str:
    return f"<{sha256(chr(0).join(parts).encode('utf-8', 'replace')).hexdigest()[:40]}@past.invalid>"


def _root(thread: str) -> str:
    """What all letters of one conversation refer to, though it is no mail."""
    return _mail_id("thread", thread) if thread else ""


def moment(text: str, dates: str, zone: tzinfo) -> datetime:
    """When a cell says, in UTC; without a zone of its own it is the shop's clock. Raises RowRefused."""
    text = text.strip()
    if not text:
        raise RowRefused(Why.NO_DATE)
    at = _iso(text) or _stamp(text) or _slashed(text, dates) or headers.date(text)
    if at is None:
        raise RowRefused(Why.DATE_UNCLEAR)
    at = (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    if not 1980 <= at.year <= 2100:
        raise RowRefused(Why.DATE_UNCLEAR)
    return at


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _stamp(text: str) -> datetime | None:
    """Seconds, or thousandths of them, since 1970."""
    if not re.fullmatch(r"\d{9,13}(?:\.\d+)?", text):
        return None
    seconds = float(text)
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds / 1000 if seconds > 1e11 else seconds)


def _slashed(text: str, dates: str) -> datetime | None:
    """ "24.11.2026 09:30", or "11/24/2026" where the month comes first: which of them is never guessed from one row."""
    found = _SLASHED.fullmatch(text)
    if found is None or dates not in (DAY_FIRST, MONTH_FIRST):
        return None
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    day, month = (first, second) if dates == DAY_FIRST else (second, first)
    hour = int(found[4] or 0)
    if found[7]:
        hour = hour % 12 + (12 if found[7].lower() == "pm" else 0)
    try:
        return datetime(year + (2000 if year < 100 else 0), month, day, hour, int(found[5] or 0), int(found[6] or 0))
    except ValueError:
        return None

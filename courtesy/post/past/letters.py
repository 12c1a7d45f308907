"""What the readers of the past hand over, and why a file, or one letter of it, cannot be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LARGEST = 40_000_000
"""Bytes of one letter; providers take 25 to 35 MB."""


class Why(StrEnum):
    """Why one letter was not taken, by class; what it is called for people stands where it is shown."""

    TOO_LARGE = "too large"
    LINE_TOO_LONG = "line too long"
    NO_DATE = "no date"
    DATE_UNCLEAR = "date unclear"
    NO_SENDER = "no sender"
    NO_WORDS = "no words"
    NOT_JSON = "not json"
    NOT_AN_OBJECT = "not an object"
    TOO_MANY_COLUMNS = "too many columns"
    ANOTHER_NUMBER_OF_COLUMNS = "another number of columns"
    BEFORE_THE_QUESTION = "answer before the question"
    QUOTE_NEVER_CLOSED = "quote never closed"
    NOT_A_MAIL = "not a mail"
    NOT_HANDED_OVER = "not handed over"
    STUMBLED = "the reader stumbled"


class NotRead(ValueError):
    """Nothing of this file can be read; ``why`` is a `Trouble`, ``place`` the line where that is known."""

    def __init__(self, why: "Trouble", place: int = 0) -> None:
        super().__init__(str(why))
        self.why, self.place = why, place


class Trouble(StrEnum):
    """Why a whole file cannot be read, by class."""

    NOT_THERE = "not there"
    EMPTY = "empty"
    NO_MBOX = "no mbox"
    NO_MAILDIR = "no maildir"
    NO_KIND = "no kind"
    NO_TABLE = "no table"
    COLUMNS_UNKNOWN = "columns unknown"
    PACKED_TOO_TIGHTLY = "packed too tightly"
    PACKED_BADLY = "packed badly"
    TOO_LARGE = "too large"


@dataclass(frozen=True)
class PastLetter:
    """A mail of the past, as bytes. ``place`` is its number, or its line, in what it was read from.

    ``came_at`` is when the file says that it came, where it does; ``by`` a name in another program for who of us wrote
    it; ``from_sent`` whether it lay in a folder of sent mail, None where nothing says so.
    """

    place: int
    raw: bytes
    came_at: datetime | None = None
    by: str = ""
    from_sent: bool | None = None


@dataclass(frozen=True)
class Unreadable:
    """Something in the file that is no letter we can read: where, why, and what is there of it (to be looked at)."""

    place: int
    why: Why
    raw: bytes = b""


Letters = Iterator[PastLetter | Unreadable]

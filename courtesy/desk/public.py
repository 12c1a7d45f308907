"""What a customer may see and ask about one answer: the evidence page, and "a person looks again"."""

from dataclasses import dataclass
from datetime import datetime


class NoSuchAnswer(LookupError):
    """The link is wrong, or the answer does not stand."""


@dataclass(frozen=True)
class Span:
    """A piece of the sent answer, in order. ``source`` is 0 where none is cited; ``breaks`` ends a paragraph."""

    text: str
    by_machine: bool
    source: int
    breaks: bool = False


@dataclass(frozen=True)
class PublicSource:
    """What a kept sentence stands on. An internal note of ours has no title, no quote and no ``slug``."""

    number: int
    title: str
    quote: str
    slug: str


@dataclass(frozen=True)
class Moment:
    """One dot on the timeline."""

    what: str
    at: datetime
    by_machine: bool = False


@dataclass(frozen=True)
class Evidence:
    """How one answer came about, told to the customer who got it. Discarded words are never in it."""

    token: str
    first_name: str
    who: str
    sent_at: datetime
    how: str
    sentences: int
    sentences_changed: int
    spans: tuple[Span, ...]
    sources: tuple[PublicSource, ...]
    timeline: tuple[Moment, ...]
    topic: str


def evidence(token: str) -> Evidence:
    """The page behind a link. Raises NoSuchAnswer for every link that is not exactly one we wrote."""
    raise NotImplementedError


def look_again(token: str, *, words: str, at: datetime) -> None:
    """The customer asks a person to look again: an arrival in the same thread, which reopens without a draft.

    Raises NoSuchAnswer. Asking twice within a minute is one request.
    """
    raise NotImplementedError

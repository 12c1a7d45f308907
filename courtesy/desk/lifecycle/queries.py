"""What can be found out about drafts, decisions and how they turned out."""

from dataclasses import dataclass
from datetime import datetime

from courtesy.desk.lifecycle.models import Belief, Decision
from courtesy.staff.models import Colleague


@dataclass(frozen=True)
class Source:
    """Where a sentence of a draft stands: an article, and the sentence in it."""

    number: int
    article_id: int
    title: str
    quote: str
    public: bool


@dataclass(frozen=True)
class Sentence:
    """One sentence of a draft and the number of its source."""

    text: str
    source: int


@dataclass(frozen=True)
class Candidate:
    """An article that came close."""

    article_id: int
    title: str
    score: float


@dataclass(frozen=True)
class DraftCard:
    """What the thread page shows where a draft stands. Without ``sentences`` there is none, and ``reason`` says why.

    ``text`` is the whole reply as it would be sent by the colleague who looks: greeting, sentences, closing.
    """

    suggestion_id: int
    message_id: int
    greeting: str
    sentences: tuple[Sentence, ...]
    closing: str
    text: str
    sources: tuple[Source, ...]
    left_out: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    how_sure: str
    reason: str
    drafted_at: datetime
    took_ms: int
    decided: Decision | None


@dataclass(frozen=True)
class Counts:
    """The answers of a while, by whose words they were made of."""

    as_drafted: int
    edited: int
    own_words: int
    came_back: int

    @property
    def all(self) -> int:
        """How many answers there were."""
        return self.as_drafted + self.edited + self.own_words


def draft_for(thread_id: int, *, colleague: Colleague) -> DraftCard | None:
    """The card for the customer's last message; None where it is answered, or not yet read by the machine."""
    raise NotImplementedError


def topic_of(message_id: int) -> Belief | None:
    """What this message is about, as far as anybody knows."""
    raise NotImplementedError


def decisions_of(thread_id: int) -> list[Decision]:
    """Every decision in a thread, oldest first, taken back ones too."""
    raise NotImplementedError


def may_take_back(decision: Decision, at: datetime) -> bool:
    """Is the undo still open?"""
    raise NotImplementedError


def counts(since: datetime) -> Counts:
    """How the answers since then came about."""
    raise NotImplementedError

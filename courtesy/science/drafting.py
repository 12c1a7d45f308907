"""Drafts that quote: one to five sentences of the shop's own articles, each with the passage it stands in.

Nothing is generated: every sentence is taken word for word, so a draft is grounded by construction, and
``check`` holds what people change afterwards against the sources (the language anchor, section 5). A mail
that asks several things is answered question by question; what finds no answer is left out openly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from courtesy.science.encoders import Encoder
from courtesy.science.passages import PassageText
from courtesy.science.retrieval import Candidate, Found
from courtesy.science.text import core_of, dates, numbers, questions
from courtesy.science.words import Words

MOST_SENTENCES = 5

Reason = Literal["nothing_close", "not_sure", "no_question", "nothing_known"]


@dataclass(frozen=True)
class DraftSentence:
    """A sentence of a draft, the passage it was taken from, and its words there (today always the same)."""

    text: str
    passage_id: int
    quote: str


@dataclass(frozen=True)
class Draft:
    """One to five sentences, the score, the articles looked at (best first), and the questions left open."""

    sentences: tuple[DraftSentence, ...]
    score: float
    candidates: tuple[Candidate, ...]
    left_out: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class NoDraft:
    """No draft, why, and the articles that came closest, for a person to look into."""

    reason: Reason
    score: float
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Unsupported:
    """A number or date of a text that stands in none of its sources."""

    what: str
    kind: Literal["number", "date"]


def draft(
    question: str, found: Found, passages: Mapping[int, PassageText], *, encoder: Encoder | None = None
) -> Draft | NoDraft:
    """An answer in the articles' own words, or the reason why there is none.

    ``question`` is the message (or its core), ``found`` what the index says to it, ``passages`` at least all
    passages of the articles found. Reasons: nothing_known (no articles), no_question (nothing is asked),
    nothing_close (no article is near), not_sure (near, but not near enough to draft by oneself).
    """
    core = core_of(question)
    if not found.candidates:
        return NoDraft("nothing_known", 0.0, ())
    if not core:
        return NoDraft("no_question", found.score, found.candidates)
    if not found.sure:
        return NoDraft("not_sure", found.score, found.candidates)
    top = found.candidates[0].article_id
    pool = [
        (sentence, one) for _, one in sorted(passages.items()) if one.article_id == top for sentence in one.sentences
    ]
    chosen: list[int] = []
    for asked in questions(core) or [core]:
        scores = _likeness(asked, core, [sentence for sentence, _ in pool], encoder)
        best = int(np.argmax(scores))
        if best not in chosen and len(chosen) < MOST_SENTENCES:
            chosen.append(best)
    picked = tuple(DraftSentence(pool[n][0], pool[n][1].passage_id, pool[n][0]) for n in sorted(chosen))
    return Draft(picked, found.score, found.candidates)


def _likeness(asked: str, core: str, pool: Sequence[str], encoder: Encoder | None) -> "np.ndarray":
    words = np.array(Words(pool).scores(asked))
    if encoder is None:
        return words
    rows = encoder.encode([asked, core, *pool])
    return np.asarray(0.7 * (rows[2:] @ rows[0]) + 0.3 * (rows[2:] @ rows[1]) + 0.3 * words)


def check(text: str, sources: Sequence[str]) -> list[Unsupported]:
    """Numbers and dates of ``text`` that stand in none of ``sources``; an empty list is a clean text.

    >>> check("We refund 14 EUR within 7 days.", ["The refund takes 7 working days."])
    [Unsupported(what='14', kind='number')]
    """
    known_numbers = frozenset[str]().union(*(numbers(source) for source in sources))
    known_dates = frozenset[str]().union(*(dates(source) for source in sources))
    return [Unsupported(what, "number") for what in sorted(numbers(text) - known_numbers)] + [
        Unsupported(what, "date") for what in sorted(dates(text) - known_dates)
    ]

"""Drafts that quote: one to five sentences of the shop's own articles, each with the passage it stands in.

Nothing is generated: every sentence is taken word for word, so a draft is grounded by construction, and
``checking.doubts`` holds what people change afterwards against the sources (the language anchor, section 5). The
article is found by the whole mail, the sentences by each question of it (section 14: a mail with three questions is
best found whole but must be answered question by question); what finds no sentence is left out openly.

The constants were chosen in coarse steps on half A of shop-fern's English mails, whose gold names the
sentences that answer; no benchmark reports that half.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from courtesy.science.encoders import Encoder, FloatArray
from courtesy.science.passages import PassageText, to_encode
from courtesy.science.retrieval import Candidate, Found, Index
from courtesy.science.text import asked, core_of, questions
from courtesy.science.words import Words

MOST_SENTENCES = 5
THIS_QUESTION, WHOLE_MAIL, ITS_WORDS = 0.3, 0.7, 0.3
NEARLY_AS_GOOD = 0.95  # a second sentence for the same question must come this close to the best one
TOO_WEAK = 0.6  # a question whose best sentence is this much below the draft's best is left out
FROM_ANOTHER = 0.12  # how much better a sentence of the second or third article must be than the first's best
FAR = 0.35  # below, no article is even near
SHORT = 20  # words; so short a message is a question even without a question's form

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
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoDraft:
    """No draft, why, and the articles that came closest, for a person to look into."""

    reason: Reason
    score: float
    candidates: tuple[Candidate, ...]


def answer(body: str, index: Index, *, subject: str = "", encoder: Encoder | None = None) -> Draft | NoDraft:
    """A message's draft from an index of all passages: search and draft in one call."""
    query = asked(subject, body)
    vector = encoder.encode([query])[0] if encoder is not None else None
    passages = {one.passage_id: one for one in index.passages}
    return draft(body, index.search(query, vector), passages, encoder=encoder, subject=subject)


def draft(
    question: str,
    found: Found,
    passages: Mapping[int, PassageText],
    *,
    encoder: Encoder | None = None,
    subject: str = "",
) -> Draft | NoDraft:
    """An answer in the articles' own words, or the reason why there is none.

    ``question`` is the message's body as it came, ``found`` what the index says to ``text.asked(subject,
    body)``, ``passages`` at least all passages of the articles found. Reasons: nothing_known (no articles),
    no_question (nothing is asked), nothing_close (no article is near), not_sure (near, but not near enough
    to draft unasked).
    """
    asks = asks_of(subject, question)
    if not found.candidates:
        return NoDraft("nothing_known", 0.0, ())
    if not asks:
        return NoDraft("no_question", found.score, found.candidates)
    if not found.sure:
        reason: Reason = "not_sure" if found.score >= FAR else "nothing_close"
        return NoDraft(reason, found.score, found.candidates)
    picked, left_out = _pick(asks, asked(subject, question), found, passages, encoder)
    return Draft(picked, found.score, found.candidates, left_out)


def is_asked(subject: str, body: str) -> bool:
    """Whether a message asks anything; one that does not is never drafted."""
    return bool(asks_of(subject, body))


def asks_of(subject: str, body: str) -> list[str]:
    """The questions to answer; a short message is one whatever its form, a long one that asks nothing has none."""
    core = core_of(body)
    whole = asked(subject, body)
    return questions(core) or questions(subject) or ([whole] if whole and len(core.split()) <= SHORT else [])


def _pick(
    asks: Sequence[str], whole: str, found: Found, passages: Mapping[int, PassageText], encoder: Encoder | None
) -> tuple[tuple[DraftSentence, ...], tuple[str, ...]]:
    """The sentences of a draft in the order of the questions, and the questions that found none."""
    articles = [candidate.article_id for candidate in found.candidates]
    pool = [
        (sentence, one)
        for one in sorted(passages.values(), key=lambda one: one.passage_id)
        if one.article_id in articles
        for sentence in dict.fromkeys(one.sentences)
    ]
    scores = _likeness(asks, whole, pool, found, encoder)
    others = np.array([one.article_id != articles[0] for _, one in pool])
    scores = scores - FROM_ANOTHER * others
    height = scores.max()
    chosen: list[int] = []
    left_out = []
    for row, ask in zip(scores, asks, strict=True):
        order = [int(place) for place in np.argsort(-row, kind="stable")[:2]]
        if row[order[0]] < TOO_WEAK * height:
            left_out.append(ask)
            continue
        good = [place for place in order if row[place] >= NEARLY_AS_GOOD * row[order[0]]]
        chosen.extend(place for place in sorted(good) if place not in chosen)
    chosen = chosen[:MOST_SENTENCES]
    picked = (DraftSentence(pool[place][0], pool[place][1].passage_id, pool[place][0]) for place in chosen)
    return tuple(picked), tuple(left_out)


def _likeness(
    asks: Sequence[str],
    whole: str,
    pool: Sequence[tuple[str, PassageText]],
    found: Found,
    encoder: Encoder | None,
) -> NDArray[np.float64]:
    """How well each sentence (column) answers each question (row)."""
    counted = Words([sentence for sentence, _ in pool])
    words = np.array([counted.scores(ask) for ask in asks], dtype=np.float64)
    if encoder is None:
        return words + 0.5 * np.array(counted.scores(whole), dtype=np.float64)
    rows = np.stack([_row(sentence, one, found, encoder) for sentence, one in pool])
    queries = encoder.encode([whole, *asks])
    meaning = THIS_QUESTION * (queries[1:] @ rows.T) + WHOLE_MAIL * (rows @ queries[0])
    return np.asarray(meaning + ITS_WORDS * words, dtype=np.float64)


def _row(sentence: str, one: PassageText, found: Found, encoder: Encoder) -> FloatArray:
    kept = found.rows.get(one.passage_id)
    if kept is not None and len(kept) == len(one.sentences):
        row: FloatArray = kept[one.sentences.index(sentence)]
    else:
        row = encoder.encode([to_encode(one.title, "", sentence)])[0]
    return row

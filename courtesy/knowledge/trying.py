"""Try a question by words alone: the web process loads no model; drafts compare the meaning too."""

from dataclasses import dataclass

from courtesy.knowledge.queries import passages_for_drafting
from courtesy.science.passages import to_encode
from courtesy.science.words import Words


@dataclass(frozen=True)
class Tried:
    """The sentence that shares most with a question, and the article it stands in."""

    slug: str
    title: str
    quote: str


def try_question(question: str) -> Tried | None:
    """The nearest sentence of all articles by its words; None where no word is shared."""
    rows = passages_for_drafting()
    scores = Words([to_encode(one.title, one.heading, one.text) for one in rows]).scores(question)
    if not rows or max(scores) == 0:
        return None
    best = rows[scores.index(max(scores))]
    sentences = best.text.split("\n")
    likeness = Words(sentences).scores(question)
    return Tried(best.slug, best.title, sentences[likeness.index(max(likeness))])

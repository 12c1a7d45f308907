"""Which sentences of past answers may serve another customer.

Two gates, and a sentence has to pass both. The first (`giveaways.py`) asks whether it gives somebody away or binds us;
the second asks who vouches for it: an article of the shop that says the like, or two people or more who were told it
in like words (after Sweeney 2002, "k-anonymity": what was said to one alone may be about that one alone).
Constants: chosen on half A of shop-fern's sent mail; `benchmarks/past_answers.py` reports half B and all.
"""

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from courtesy.science.encoders import FloatArray
from courtesy.science.spans import stands_alone
from courtesy.science.text import language_of, numbers
from courtesy.science.words import terms

LIKE_AN_ARTICLE = 0.55
"""Likeness in meaning to a sentence of an article, from which that article may vouch; its words are asked as well."""
ITS_WORDS = 0.5
"""The part of a sentence's own words that the whole vouching article must hold."""
FEWEST_WORDS = 2
"""One word in common is chance."""
SAME_WORDS = 0.8
"""The part of a sentence's own words in one sentence of an article that makes the two the same saying."""
SURELY_LIKE = 0.75
"""From this likeness on, a quarter of the words is enough: the article says it in other words."""
IN_LIKE_WORDS = 0.8
"""Likeness of two sentences that are one saying."""
SHARED_WORDS = 0.6
"""The part of their words that two sentences must share to be one saying, where no encoder reads them."""
FEWEST_PEOPLE = 2
_NO = re.compile(
    r"\b(?:not|no|never|none|nothing|cannot|n't|without|nicht|kein\w*|nie|ohne|pas|jamais|aucune?|sans|nunca|jamás|sin|ningun\w*)\b|n't\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Said:
    """A sentence that gives nobody away, to whom it was said, and how an encoder reads it (or none did)."""

    text: str
    to: Hashable
    row: FloatArray | None = None


@dataclass(frozen=True)
class Vouched:
    """Who vouches for a sentence: an article (its number), or as many people as were told it; neither is a refusal."""

    article_id: int | None
    people: int
    alone: bool = True

    @property
    def may_serve(self) -> bool:
        """Whether it may serve another customer; what leans on the sentence before it (not ``alone``) never does."""
        return self.alone and (self.article_id is not None or self.people >= FEWEST_PEOPLE)


class Articles:
    """The sentences of the articles, as those that vouch. ``rows`` are an encoder's rows of them, or None."""

    def __init__(self, told: Sequence[tuple[int, str]], rows: FloatArray | None = None) -> None:
        self._told = list(told)
        self._rows = rows
        self._terms: dict[int, set[str]] = {}
        self._numbers: dict[int, set[str]] = {}
        for article_id, sentence in self._told:
            self._terms.setdefault(article_id, set()).update(_content(sentence))
            self._numbers.setdefault(article_id, set()).update(numbers(sentence))
        self._sentences = frozenset(_even(sentence) for _, sentence in self._told)

    def holds(self, text: str) -> bool:
        """Whether an article says exactly this."""
        return _even(text) in self._sentences

    def vouching(self, said: Said) -> int | None:
        """The article that says the like of a sentence and holds its numbers; None where there is none."""
        own, figures = _content(said.text), numbers(said.text)
        if not own or not self._told:
            return None
        likeness = self._rows @ said.row if self._rows is not None and said.row is not None else None
        best: tuple[float, int] | None = None
        for article_id, place, near in self._nearest(likeness, own):
            shared = own & self._terms[article_id]
            share = len(shared) / len(own) if len(shared) >= FEWEST_WORDS else 0.0
            words_for_words = len(own & _content(self._told[place][1])) >= SAME_WORDS * len(own) and len(own) > 2
            supported = words_for_words or _is_supported(near, share, language_of(said.text))
            if not figures <= self._numbers[article_id] or not supported:
                continue
            if near >= SURELY_LIKE and _contradicts(said.text, self._told[place][1]):
                continue
            best = max(best or (0.0, article_id), (near + share, article_id))
        return best[1] if best else None

    def _nearest(self, likeness: FloatArray | None, own: set[str]) -> list[tuple[int, int, float]]:
        """For each article the place of its nearest sentence, and how near that is."""
        nearest: dict[int, tuple[int, float]] = {}
        for place, (article_id, sentence) in enumerate(self._told):
            near = float(likeness[place]) if likeness is not None else len(own & _content(sentence)) / len(own)
            if near > nearest.get(article_id, (0, -1.0))[1]:
                nearest[article_id] = (place, near)
        return [(article_id, place, near) for article_id, (place, near) in nearest.items()]


def told_to(those: Sequence[Said]) -> list[int]:
    """To how many different people each of these was said in like words, itself among them."""
    contents = [_content(one.text) for one in those]
    figures = [numbers(one.text) for one in those]
    denies = [_denies(one.text) for one in those]
    by_word: dict[str, set[int]] = {}
    for place, content in enumerate(contents):
        for word in content:
            by_word.setdefault(word, set()).add(place)
    found = []
    for place, one in enumerate(those):
        # Like words share a word: so a shop of ten thousand sentences is not compared each with each.
        near = set().union(*(by_word[word] for word in contents[place])) if contents[place] else set()
        people = {one.to}
        for other in near:
            same = figures[other] == figures[place] and denies[other] == denies[place]
            if (
                same
                and those[other].to not in people
                and _are_one_saying(one, those[other], contents[place], contents[other])
            ):
                people.add(those[other].to)
        found.append(len(people))
    return found


def people_told(one: Said, others: Sequence[Said]) -> int:
    """To how many different people this was said in like words, the one it was said to here among them."""
    content, figures, denies = _content(one.text), numbers(one.text), _denies(one.text)
    people = {one.to}
    for other in others:
        if other.to in people or numbers(other.text) != figures or _denies(other.text) != denies:
            continue
        if _are_one_saying(one, other, content, _content(other.text)):
            people.add(other.to)
    return len(people)


def vouched(those: Sequence[Said], articles: Articles) -> list[Vouched]:
    """For each sentence who vouches for it; sentences that an article holds word for word are vouched for by it."""
    return [
        Vouched(articles.vouching(one), people, stands_alone(one.text))
        for one, people in zip(those, told_to(those), strict=True)
    ]


def _is_supported(near: float, share: float, language: str) -> bool:
    if language not in {"en", ""}:
        return share >= ITS_WORDS + 0.1  # the encoder reads English; other tongues are compared by their words
    return (near >= LIKE_AN_ARTICLE and share >= ITS_WORDS) or (near >= SURELY_LIKE and share >= ITS_WORDS / 2)


def _are_one_saying(one: Said, other: Said, own: set[str], theirs: set[str]) -> bool:
    shared = len(own & theirs) / max(1, min(len(own), len(theirs)))
    if one.row is None or other.row is None:
        return shared >= SHARED_WORDS and len(own & theirs) >= 2
    return bool(float(one.row @ other.row) >= IN_LIKE_WORDS and shared >= SHARED_WORDS / 2)


def _content(text: str) -> set[str]:
    """The words that carry weight, in a rough stem that serves all four languages."""
    return {term[:7] for term in terms(text) if len(term) > 3 and term not in _SMALL} | {
        term for term in terms(text) if term.isdigit()
    }


_LITTLE = """
    oder aber auch wenn dann sich nicht noch nach beim eine einen einer eines dies diese dieser dieses sind wird
    werden haben hatte können kann muss müssen bitte dass sehr mehr alle alles ihre ihrer ihren ihrem über unter durch
    avec pour dans elle elles nous vous votre leur leurs cette sont être avez plus tout tous mais donc comme sans
    para como este esta estos estas pero desde hasta cuando también todo todos puede pueden usted tiene tienen sobre
    with from that this have will your them they into only when then than most more after before"""
_SMALL = frozenset(_LITTLE.split())


def _denies(text: str) -> bool:
    return len(_NO.findall(text.replace("’", "'"))) % 2 == 1


def _contradicts(one: str, other: str) -> bool:
    """Whether of two like sentences one denies what the other says, or both give figures and none is the same."""
    mine, theirs = numbers(one), numbers(other)
    return _denies(one) != _denies(other) or bool(mine and theirs and not mine & theirs)


def _even(text: str) -> str:
    return " ".join(text.split()).casefold()


Reads = Callable[[Sequence[str]], FloatArray]


def rows_of(told: Sequence[str], reads: Reads | None) -> list[FloatArray | None]:
    """An encoder's row a sentence; None for each where there is no encoder."""
    if reads is None:
        return [None] * len(told)
    return list(np.asarray(reads(told), dtype=np.float32)) if told else []

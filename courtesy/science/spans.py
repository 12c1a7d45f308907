"""The sentences of an answer by their place, those of them that give nobody away, and whether one can stand alone.

No numbers are computed here: pages read this file too.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from courtesy.science.folding import fold
from courtesy.science.giveaways import Held, gives_away, without_address
from courtesy.science.text import sentences

_LEANS = re.compile(
    r"^(?:it|they|that|this|these|those|there|both|neither|so|also|otherwise|instead|then|not|wow|oh"
    r"|es|das|dies|sie sind|dann|dort|sonst|beide|il|elle|ils|elles|ce|cela|ça|c'est|eso|esto|estos|así|ambos)\b"
    r"|,? though[.!]?$|\b(?:the (?:same|other|second|first|latter) one|that one|this one)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Span:
    """A sentence of an answer by its place: ``text`` is what stands from ``start`` to ``end``, its blanks even."""

    start: int
    end: int
    text: str


def spans(answer: str) -> list[Span]:
    """The sentences that somebody says in an answer, with their places; without what is quoted and signed below.

    >>> [(one.start, one.text) for one in spans("Hi Dora,\\n\\nwe open\\nat ten. Bye!\\n\\n> old words")]
    [(0, 'Hi Dora,'), (10, 'we open at ten.'), (29, 'Bye!')]
    """
    found: list[Span] = []
    begin = 0
    for piece in fold(answer):
        end = begin + len(piece.text)
        if piece.kind == "said":
            found += _placed(answer, begin, end)
        begin = end
    return found


def text_at(answer: str, start: int, end: int) -> str:
    """What stands at a place of an answer, its blanks evened out; empty where the answer is shorter than that."""
    return " ".join(answer[start:end].split()) if 0 <= start < end <= len(answer) else ""


def harmless(answer: str, *, held: Held, names: Collection[str]) -> list[Span]:
    """The sentences of an answer that give nobody away, without the name they are addressed to.

    ``names`` are parts of names in lower case, of this customer and of the colleagues.
    """
    found = []
    for one in spans(answer):
        bare = without_address(one.text, names)
        start = _after(answer, one, bare)
        if start is not None and not gives_away(bare, held=held, names=names):
            found.append(Span(start, one.end, bare))
    return found


def stands_alone(text: str) -> bool:
    """Whether a sentence can be read without the one before it.

    >>> stands_alone("It was on the wrong side."), stands_alone("Fresh soil helps.")
    (False, True)
    """
    return _LEANS.search(text.replace("’", "'")) is None


def _placed(answer: str, begin: int, end: int) -> list[Span]:
    found = []
    at = begin
    for sentence in sentences(answer[begin:end]):
        pattern = re.compile(r"\s+".join(re.escape(word) for word in sentence.split()))
        place = pattern.search(answer, at, end)
        if place is None:
            continue  # cut in a way that is not word for word; then it is no source
        found.append(Span(place.start(), place.end(), sentence))
        at = place.end()
    return found


def _after(answer: str, one: Span, bare: str) -> int | None:
    """Where the sentence begins in the answer once its address is gone."""
    if bare == one.text:
        return one.start
    words = bare.split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words))
    for place in pattern.finditer(answer, one.start, one.end):
        if place.end() == one.end:
            return place.start()
    return None

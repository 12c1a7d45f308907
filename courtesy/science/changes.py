"""What a colleague changed in a draft: which sentences still stand as drafted, and whose words the rest is.

Standard library only: the web process uses it. Sentences are compared in one spelling (blanks, quotation
marks and case evened out), each drafted sentence is used at most once, and order does not matter: a sentence
that moved was not changed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from courtesy.science.text import sentences

Origin = Literal["machine", "person"]


@dataclass(frozen=True)
class Span:
    """A sentence of the sent text, whose words it is, and which drafted sentence (from 0) it was."""

    text: str
    origin: Origin
    sentence_no: int | None


@dataclass(frozen=True)
class Changed:
    """Of ``total`` drafted sentences ``kept`` stand in the sent text; ``share`` is the changed part, 0 to 1."""

    kept: int
    changed: int
    total: int
    share: float
    spans: tuple[Span, ...]


def changed(drafted: Sequence[str], sent: str) -> Changed:
    """Hold the sent text against the drafted sentences.

    ``drafted`` has one sentence an entry; an entry that holds several is taken as several entries would be,
    but counts once. With nothing drafted, share is 1.0 when anything was sent: the words are a person's.

    >>> found = changed(["We open at ten.", "Dogs are welcome."], "Hello Dora, dogs are welcome. We open at 10.")
    >>> found.kept, found.changed, found.total, found.share
    (0, 2, 2, 1.0)
    >>> found = changed(["We open at ten.", "Dogs are welcome."], "Hello Dora,\\n\\nDogs are welcome. See you.")
    >>> [(span.text, span.origin, span.sentence_no) for span in found.spans]
    [('Hello Dora,', 'person', None), ('Dogs are welcome.', 'machine', 1), ('See you.', 'person', None)]
    """
    wanted = [_pieces(sentence) for sentence in drafted]
    pieces = sentences(sent)
    plain = [_even(piece) for piece in pieces]
    owner: list[int | None] = [None] * len(pieces)
    kept = 0
    for number, needed in enumerate(wanted):
        place = _place(plain, owner, needed)
        if place is not None:
            kept += 1
            owner[place : place + len(needed)] = [number] * len(needed)
    spans = tuple(
        Span(piece, "person" if number is None else "machine", number)
        for piece, number in zip(pieces, owner, strict=True)
    )
    total = len(wanted)
    share = (total - kept) / total if total else float(bool(pieces))
    return Changed(kept, total - kept, total, share, spans)


def _pieces(sentence: str) -> list[str]:
    return [_even(piece) for piece in sentences(sentence)]


def _place(plain: list[str], owner: list[int | None], needed: list[str]) -> int | None:
    for start in range(len(plain) - len(needed) + 1):
        span = slice(start, start + len(needed))
        if needed and plain[span] == needed and all(number is None for number in owner[span]):
            return start
    return None


def _even(text: str) -> str:
    text = re.sub(r"[\"“”„«»]", '"', re.sub(r"[’‘`´]", "'", text))
    return re.sub(r"\s+", " ", text).strip().casefold()

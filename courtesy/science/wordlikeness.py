"""Texts compared by their words and pieces of words: what a code, a product or a misspelling has that meaning has not.

Method: words, pairs of words and runs of two to five letters, each counted by its logarithm and weighed by how rare it
is among the examples (tf-idf, Spärck Jones 1972), folded into a row of fixed length by signed hashing (Weinberger et
al. 2009, "Feature Hashing for Large Scale Multitask Learning", arXiv 0902.2206), so that no word must be known
before. A word that no example has still lengthens the row: a text full of strange words is like none of them.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import log
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

WIDTH = 4096  # two rows are off by about .016 through words that fall together
LONGEST = 2000  # characters
_WORD = re.compile(r"\w+")

Pieces = dict[int, float]


def pieces(text: str) -> tuple[Pieces, Pieces]:
    """What a text consists of, as hashes with their logarithmic counts: words with pairs of words, and runs of letters.

    >>> words, runs = pieces("No parcel, no parcel!")
    >>> len(words), sorted(set(words.values()))[0]
    (4, 1.0)
    """
    found = _WORD.findall(text[:LONGEST].lower())
    words = Counter([*found, *(f"{one} {two}" for one, two in pairwise(found))])
    runs: Counter[str] = Counter()
    for word, often in Counter(found).items():
        padded = f" {word} "
        for size in range(2, min(5, len(padded)) + 1):
            for start in range(len(padded) - size + 1):
                runs[padded[start : start + size]] += often
    return _weighed(words), _weighed(runs)


def _weighed(counted: "Counter[str]") -> Pieces:
    return {crc32(piece.encode()): 1 + log(often) for piece, often in counted.items()}


class Wordlikeness:
    """How alike texts are in their words, seen from these examples: ``rows`` of unit length, near 1 where the same."""

    def __init__(self, examples: Sequence[tuple[Pieces, Pieces]]) -> None:
        self._number = len(examples)
        self._seen: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
        for parts in examples:
            for seen, part in zip(self._seen, parts, strict=True):
                seen.update(part.keys())
        self.rows = np.array([self.row(parts) for parts in examples], dtype=np.float32).reshape(-1, WIDTH)

    def row(self, parts: tuple[Pieces, Pieces]) -> NDArray[np.float32]:
        """One text's row: words and runs of letters weigh the same; nothing but zeros for an empty text."""
        row = np.zeros(WIDTH)
        for seen, part in zip(self._seen, parts, strict=True):
            if part:
                hashes = np.fromiter(part, dtype=np.int64, count=len(part))
                often = np.array([seen[piece] for piece in part], dtype=np.float64)
                values = np.fromiter(part.values(), dtype=np.float64, count=len(part))
                values *= np.log((1 + self._number) / (1 + often)) + 1
                values *= np.where(hashes & 0x10000000, 1.0, -1.0) / np.linalg.norm(values)
                row += np.bincount(hashes % WIDTH, values, WIDTH)
        length = np.linalg.norm(row)
        return np.asarray(row / length if length else row, dtype=np.float32)

"""Likeness by words: a small BM25 with light stemming, standard library only.

Methods: Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond" (k1 and b as
there); plural and verb endings after Harman 1991 ("How Effective Is Suffixing?"), her S-stemmer with -ing,
-ed and -ly added; the saturated score b / (b + 12) keeps one rare word from outshouting the meaning (the
language anchor, section 4).
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

K1, B = 1.2, 0.75
SATURATION = 12.0  # set on the stackfaq queries by the language anchor, held there on banking77

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)
_EMPTY = """a an the and or but if of to in on at by for from with as is are was were be been being am i me my mine
we us our ours you your yours he him his she her hers it its they them their this that these those there
here what which who whom when where why how do does did done doing have has had having can could will
would shall should may might must not no nor so than then too very just also only about into over after
before up down out off again once any some all both each more most other such own same s t d ll m re ve
don don't i'm i'd i've it's isn't can't won't didn't please hi hello dear thanks thank get got one"""
_STOP = frozenset(_EMPTY.split())


def terms(text: str) -> list[str]:
    """The words that carry weight, in lower case, their common endings taken off.

    >>> terms("Do you ship the potted ferns? We're shipping lovely parcels")
    ['ship', 'pot', 'fern', "we're", 'ship', 'love', 'parcel']
    """
    found = (match[0].lower().replace("’", "'") for match in _WORD.finditer(text))
    return [_stem(word) for word in found if word not in _STOP]


def _stem(word: str) -> str:
    if len(word) <= 3 or not word.isalpha():
        return word.removesuffix("'s")
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-2] if word.endswith(("ches", "shes", "sses", "xes", "zzes")) else word[:-1]
    for ending in ("ingly", "edly", "ing", "ed", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and re.search("[aeiouy]", word[: -len(ending)]):
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


class Words:
    """BM25 over a list of texts, made once and asked often.

    ``owners`` names the article each text belongs to: a word is rare when few *articles* hold it, however
    often the one article that is about it says it.
    """

    def __init__(self, texts: Sequence[str], owners: Sequence[int] | None = None) -> None:
        counts = [Counter(terms(text)) for text in texts]
        owner = list(owners) if owners is not None else list(range(len(counts)))
        many = len(set(owner))
        self.size = len(counts)
        lengths = [sum(count.values()) for count in counts]
        mean = sum(lengths) / self.size if self.size else 1.0
        held: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, count in enumerate(counts):
            for term, times in count.items():
                held[term].append((number, times))
        self._weights: dict[str, list[tuple[int, float]]] = {}
        for term, places in held.items():
            holders = len({owner[number] for number, _ in places})
            rarity = math.log(1 + (many - holders + 0.5) / (holders + 0.5))
            self._weights[term] = [
                (number, rarity * times * (K1 + 1) / (times + K1 * (1 - B + B * lengths[number] / (mean or 1.0))))
                for number, times in places
            ]

    def scores(self, query: str) -> list[float]:
        """The saturated likeness of each text to the query, 0 (no common word) to below 1.

        >>> [round(score, 2) for score in Words(["red ferns", "blue pots", "ferns"]).scores("Any fern?")]
        [0.03, 0.0, 0.04]
        """
        sums = [0.0] * self.size
        for term in sorted(set(terms(query))):
            for number, weight in self._weights.get(term, ()):
                sums[number] += weight
        return [total / (total + SATURATION) for total in sums]

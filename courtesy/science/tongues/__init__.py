"""What a language's words mean for checking: its negations, opposites, conditions, numbers and small words.

One file a language, plain lists; this one turns them into something to look up in. Words are compared without
accents and endings, by a light stemmer: it only has to bring "return", "returns" and "returned" together.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from courtesy.science.tongues import de, en, es, fr

_FILES = {"en": en, "de": de, "fr": fr, "es": es}
_LONGEST_PHRASE = 5


@dataclass(frozen=True)
class Meaning:
    """A word or phrase on an axis of opposites: which axis, which of its ends, and whether a "not" turns it round."""

    axis: str
    end: int
    turns: bool


@dataclass(frozen=True)
class Tongue:
    """A language, ready to be looked up in."""

    language: str
    small: frozenset[str]
    nots: frozenset[str]
    second_nots: frozenset[str]
    reach_back: int
    no_nots: tuple[tuple[str, ...], ...]
    axes: dict[tuple[str, ...], Meaning]
    same: dict[str, int]
    units: dict[tuple[str, ...], str]
    counts: dict[str, str]
    calendar: dict[str, str]
    conditions: tuple[tuple[str, ...], ...]
    only: frozenset[str]
    breaks: frozenset[str]
    turning: tuple[str, ...]
    endings: tuple[str, ...]
    tails: tuple[tuple[str, str], ...]
    spelled_out: tuple[tuple[re.Pattern[str], str], ...]
    polite: re.Pattern[str]
    we: frozenset[str]
    you: frozenset[str]
    capital_nouns: bool
    calendar_capital: bool
    joining: frozenset[str]

    def stem(self, word: str) -> str:
        """A word without its ending.

        >>> tongue("en").stem("returned"), tongue("en").stem("cities")
        ('return', 'city')
        """
        return _stem(word, self.language, self.endings)

    def likeness(self, stem: str) -> str:
        """One name for all words that mean the same."""
        group = self.same.get(stem)
        return stem if group is None else f"={group}"


def plain(word: str) -> str:
    """Small letters without accents.

    >>> plain("Größe"), plain("Écrit")
    ('grosse', 'ecrit')
    """
    if word.isascii():
        return word.lower()
    low = word.lower().replace("ß", "ss")
    return "".join(char for char in unicodedata.normalize("NFKD", low) if not unicodedata.combining(char))


@cache
def tongue(language: str) -> Tongue:
    """The words of a language by its code ("de-AT" is "de"); English for one that has no file."""
    code = language.lower()[:2] if language.lower()[:2] in _FILES else "en"
    words = _FILES[code]
    endings = tuple(words.ENDINGS.split())

    def stem(word: str) -> str:
        return _stem(word, code, endings)

    return Tongue(
        language=code,
        small=frozenset(plain(word) for word in words.SMALL.split()),
        nots=frozenset(plain(word) for word in words.NOTS.split()),
        second_nots=frozenset(plain(word) for word in words.SECOND_NOTS.split()),
        reach_back=words.REACH_BACK,
        no_nots=_phrases(words.NO_NOTS),
        axes=_axes(words.AXES, stem),
        same=_same(words.SAME, stem),
        units={
            tuple(plain(one).split()): f"unit {number}" for number, line in _lines(words.UNITS) for one in _cut(line)
        },
        counts=dict(zip((plain(word) for word in words.COUNTS.split()), _COUNTED, strict=True)),
        calendar={plain(one): f"day {number}" for number, line in _lines(words.CALENDAR) for one in line.split()},
        conditions=_phrases(words.CONDITIONS),
        only=frozenset(plain(word) for word in words.ONLY.split()),
        breaks=frozenset(plain(word) for word in words.BREAKS.split()),
        turning=tuple(words.TURNING.split()),
        endings=endings,
        tails=tuple((one.split("/")[0], one.split("/")[1]) for one in words.TAILS.split()),
        spelled_out=tuple((re.compile(short, re.IGNORECASE), long) for short, long in words.SPELLED_OUT),
        polite=re.compile(words.POLITE, re.IGNORECASE),
        we=frozenset(words.WE.split()),
        you=frozenset(words.YOU.split()),
        capital_nouns=code == "de",
        calendar_capital=code == "en",
        joining=frozenset(words.JOINING.split()),
    )


def guess(text: str) -> str:
    """The language of the four with the most small words in a text; English where none has any.

    >>> guess("Wir haben das Paket für Sie"), guess("Les frais sont pour vous"), guess("")
    ('de', 'fr', 'en')
    """
    words = [plain(word) for word in re.findall(r"[^\W\d_]+", text[:4000])]
    counted = {code: sum(word in tongue(code).small for word in words) for code in _FILES}
    return max(counted, key=lambda code: counted[code])


_COUNTED = [str(number) for number in [*range(2, 21), 30, 40, 50, 60, 70, 80, 90, 100, 1000]]


def _lines(block: str) -> list[tuple[int, str]]:
    """The lines of a block by number; one that begins with blanks goes on with the one before."""
    return list(enumerate(line for line in re.sub(r"\n\s+", " ", block).splitlines() if line.strip()))


def _cut(line: str) -> list[str]:
    return [one.strip() for one in line.split(",") if one.strip()]


def _phrases(block: str) -> tuple[tuple[str, ...], ...]:
    found = (tuple(plain(one).split()) for _, line in _lines(block) for one in _cut(line))
    return tuple(sorted(found, key=len, reverse=True))


def _same(block: str, stem: Callable[[str], str]) -> dict[str, int]:
    """The group of each word; one that stands in two belongs to the first."""
    found: dict[str, int] = {}
    for number, line in _lines(block):
        for one in line.split():
            found.setdefault(stem(plain(one)), number)
    return found


def _axes(block: str, stem: Callable[[str], str]) -> dict[tuple[str, ...], Meaning]:
    """Each line an axis, its ends between bars; one that begins with "!" is not turned round by a "not"."""
    found: dict[tuple[str, ...], Meaning] = {}
    for number, line in _lines(block):
        turns = not line.startswith("!")
        for end, words in enumerate(line.lstrip("!").split("|")):
            for one in _cut(words):
                pieces = tuple(plain(one).split())
                if len(pieces) <= _LONGEST_PHRASE:
                    meaning = Meaning(f"axis {number}", end, turns)
                    found.setdefault(pieces, meaning)
                    if len(pieces) == 1 and len(pieces[0]) > 4:
                        found.setdefault(("~" + stem(pieces[0]),), meaning)
    return found


@cache
def _stem(word: str, code: str, endings: tuple[str, ...]) -> str:
    least = 3 if code == "en" else 4
    if code == "en" and word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    if code == "de" and word.startswith("ge") and word.endswith(("t", "en")) and len(word) > 7:
        word = word[2:]
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            word = word[: -len(ending)]
            break
    if code == "en":
        if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "sl":
            word = word[:-1]
        if len(word) > 3 and word[-1] == "e":
            word = word[:-1]
    return word

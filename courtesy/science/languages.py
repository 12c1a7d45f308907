"""In which language a message is written: one of those the shop answers in, or honestly unknown.

py3langid (a naive Bayes over byte n-grams, Lui & Baldwin 2012, "langid.py: An Off-the-shelf Language Identification
Tool") says how likely each language is; where only few letters speak, a language's small words and its own letters
speak too (Dunning 1994, "Statistical Identification of Language", has letters alone; small words after Ingle 1976). A
name or a title is often of another language, mostly of English: words with a capital inside a sentence are no small
words, and English ones count for less. Weights were chosen on the valid part of xsid; see `benchmarks/language_id.py`.

py3langid and numpy are loaded by the first `likely`, in the worker; `by_small_words` needs neither.
"""

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from courtesy.science.small_words import COUNTED, LETTERS, SCRIPTS, SMALL_WORDS

SURE = 0.70  # below, it is unknown: on the valid part of xsid, see the benchmark
ELSEWHERE = 0.90  # a language that is not among the asked ones, from here on: the message is in none of them
LONG_ENOUGH = 20  # letters that a message needs to be called one of another language than the shop's
_WORD_WEIGHT, _LETTER_WEIGHT, _SCRIPT_WEIGHT = 1.5, 1.0, 6.0
_FIRST_WORD = 2.0  # a request begins with its verb, a title seldom with the message
_ENGLISH_WORD = 0.5
_MOST_WORDS = 5.0
_READ = 4000  # characters that are read of a long message
_MIXED_WORDS, _MIXED_SHARE, _MIXED_SURE = 4, 0.35, 0.9

_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
_PIECE = re.compile(r"(?<=[.!?…。！？])\s+|\n+")


@dataclass(frozen=True)
class Tongue:
    """A language and how sure it is, among those asked for; "" and 0 where the text holds no words."""

    language: str
    probability: float


class _Library(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]:
        """Every language with its log posterior, best first."""


def language(text: str, among: Collection[str], *, else_: Sequence[str] = ()) -> str:
    """The language of a message, of those in ``among``; "" for unknown, which is an answer.

    Where the text does not tell (too short, numbers only, half in one and half in another), the first of ``else_`` that
    is in ``among`` holds: hand in the thread's, then the customer's. A text that is clearly in a language that is not
    in ``among`` is unknown, whatever ``else_`` says. Only letters decide: no name of a writer is read here.
    """
    found = likely(text, among)
    if found.language and _is_of_another(text, among):
        return ""
    if found.probability >= SURE and not _is_mixed(text, among):
        return found.language
    return next((one for one in else_ if one in among), "")


def likely(text: str, among: Collection[str]) -> Tongue:
    """The likeliest of these languages, however unsure; the same for the same set, whatever its order."""
    words, said = _words(text)
    if not words or not among:
        return Tongue("", 0.0)
    library = dict(_library().rank(said))
    long = math.sqrt(len(said.encode()))
    scores = {one: library.get(one, min(library.values())) / long + _cues(one, words) for one in sorted(among)}
    best = max(scores, key=lambda one: scores[one])
    return Tongue(best, 1 / sum(math.exp(score - scores[best]) for score in scores.values()))


def by_small_words(text: str) -> str:
    """English, German, French or Spanish by the text's commonest small words; "" when they don't tell.

    Standard library only, so that the web process may ask, and retrieval at every question; it guesses less than
    `likely`.

    >>> by_small_words("Wann ist der Laden auf?"), by_small_words("When do you open?"), by_small_words("4711")
    ('de', 'en', '')
    """
    words = _WORD.findall(text.lower())
    counts = {one: sum(word in known for word in words) for one, known in COUNTED.items()}
    first, second = sorted(counts.values(), reverse=True)[:2]
    return max(counts, key=lambda one: counts[one]) if first >= 2 and first > second else ""


def _words(text: str) -> tuple[list[str], str]:
    """The words of a text and the text they stand in, without addresses, which are of no language."""
    said = " ".join(_ADDRESS.sub(" ", text)[:_READ].split())
    words = _WORD.findall(said)
    if 2 * sum(word.isupper() for word in words) > len(words):
        said = said.lower()
        words = _WORD.findall(said)
    return words, said


def _cues(one: str, words: Sequence[str]) -> float:
    """What the small words, own letters and the script of a language add to its score."""
    small, letters = SMALL_WORDS.get(one, frozenset()), LETTERS.get(one, "")
    count = own = 0.0
    for place, word in enumerate(words):
        low = word.lower()
        if place == 0 or low == word:
            count += (_FIRST_WORD if place == 0 else 1.0) if low in small else 0.0
        own += any(letter in letters for letter in low)
    if one == "en":
        count *= _ENGLISH_WORD
    script = SCRIPTS.get(one)
    written = _SCRIPT_WEIGHT if script is not None and any(script.search(word) for word in words) else 0.0
    return _WORD_WEIGHT * min(count, _MOST_WORDS) + _LETTER_WEIGHT * min(own, 2.0) + written


def _is_of_another(text: str, among: Collection[str]) -> bool:
    """Whether a text is clearly in a language that is not asked for."""
    words, _ = _words(text)
    if 2 * sum(_is_foreign_script(word, among) for word in words) > len(words):
        return True
    if sum(map(len, words)) < LONG_ENOUGH:
        return False
    found = likely(text, frozenset(_all()) | frozenset(among))
    return found.language not in among and found.probability >= ELSEWHERE


def _is_foreign_script(word: str, among: Collection[str]) -> bool:
    written = [one for one, script in SCRIPTS.items() if script.search(word)]
    return bool(written) and not any(one in among for one in written)


def _is_mixed(text: str, among: Collection[str]) -> bool:
    """Whether two languages have a good part of the text each, piece by piece."""
    shares: dict[str, int] = {}
    whole = 0
    for piece in _PIECE.split(text[:_READ]):
        words, _ = _words(piece)
        size = sum(map(len, words))
        whole += size
        if len(words) >= _MIXED_WORDS:
            found = likely(piece, among)
            if found.probability >= _MIXED_SURE:
                shares[found.language] = shares.get(found.language, 0) + size
    return sum(size >= _MIXED_SHARE * whole for size in shares.values()) > 1


@cache
def _all() -> tuple[str, ...]:
    return tuple(sorted(one for one, _ in _library().rank("a")))


@cache
def _library() -> _Library:
    # Late: it loads numpy and 75 MiB, and only the worker reads messages.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    found: _Library = LanguageIdentifier.from_model_file(MODEL_FILE)
    return found

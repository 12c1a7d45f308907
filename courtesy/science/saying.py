"""What a sentence says, taken apart so that two can be compared: words, clauses, numbers, nots, opposites.

Rules and word lists only (`science/tongues/`), standard library only: the web process uses this file too. A sentence
is read up to its 120th word; so all that follows takes time in proportion to the text.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from courtesy.science.text import numbers as _even_numbers
from courtesy.science.tongues import Meaning, Tongue, plain

MOST_WORDS = 120
_LONGEST = 60  # letters of one word
_REACH = 4  # words over which a "not" reaches
_LOOK = 5  # words of a phrase
_TOKEN = re.compile(
    r"(?:https?://|www\.)[^\s,;()]{1,200}|[\w.+-]{1,60}@[\w-]{1,60}\.[\w.]{1,20}"
    r"|[#]?\d(?:[\d.,:'’]{0,20}\d)?(?![\w-])|[%€$£°](?:[cC]\b)?"
    r"|[#]?[^\W_](?:[\w]|[-.&/](?=\w)){0,60}|[,;:()–—]"
)
_DIGIT = re.compile(r"\d")
_BREAKING = frozenset(",;:()–—")
_AMBIGUOUS = frozenset({"may", "march", "mars"})
_LEADING = frozenset(
    {"in", "of", "until", "till", "since", "by", "from", "early", "late", "mid", "en", "de", "fin", "debut"}
)
_HARD = frozenset(";:()–—")


@dataclass(frozen=True)
class Number:
    """An amount, a time, a count: its value in one spelling, its unit ("" for none), and the words as they stand."""

    value: str
    unit: str
    clause: int
    words: str


@dataclass(frozen=True)
class End:
    """A word at one end of an axis of opposites; ``turned`` where a "not" stands before it."""

    meaning: Meaning
    clause: int
    words: str
    key: str = ""
    turned: bool = False
    has_not: bool = False

    @property
    def says(self) -> tuple[str, int]:
        """The axis and the end it comes down to: "not open" is "closed"."""
        end = 1 - self.meaning.end if self.turned and self.meaning.turns and self.meaning.end < 2 else self.meaning.end
        return self.meaning.axis, end


@dataclass(frozen=True)
class Not:
    """A negation, the axis it turns round ("" where it turns none), and what it speaks of."""

    clause: int
    words: str
    axis: str = ""


@dataclass(frozen=True)
class Word:
    """A word as written, its plain form, its stem under one name for all that means the same, and its clause."""

    written: str
    plain: str
    stem: str
    key: str
    clause: int
    small: bool
    first: bool


@dataclass(frozen=True)
class Said:
    """A sentence taken apart."""

    sentence: str
    words: tuple[Word, ...]
    numbers: tuple[Number, ...]
    days: tuple[Number, ...]
    ends: tuple[End, ...]
    nots: tuple[Not, ...]
    conditions: tuple[int, ...]
    hard: frozenset[int]

    @cached_property
    def content(self) -> frozenset[str]:
        """What it speaks of: all but the small words."""
        return frozenset(one.key for one in self.words if not one.small)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of all its words, synonyms apart."""
        return frozenset(one.stem for one in self.words)

    @cached_property
    def clauses(self) -> dict[int, frozenset[str]]:
        """What each of its clauses speaks of."""
        found: dict[int, set[str]] = {}
        for one in self.words:
            if not one.small:
                found.setdefault(one.clause, set()).add(one.key)
        return {clause: frozenset(keys) for clause, keys in found.items()}


@dataclass(frozen=True)
class _Line:
    """The tokens of a sentence as written, in plain form, and the clause of each."""

    tokens: list[str]
    low: list[str]
    clauses: list[int]
    tongue: Tongue


def said(sentence: str, tongue: Tongue) -> Said:
    """A sentence taken apart by the words of its language.

    >>> from courtesy.science.tongues import tongue
    >>> one = said("We don't refund shipping after 14 days.", tongue("en"))
    >>> [n.value + " " + n.words for n in one.numbers], len(one.nots), one.clauses[0] == one.content
    (['14 14 days'], 1, True)
    """
    spelled = sentence[:2000]
    for short, long in tongue.spelled_out:
        spelled = short.sub(long, spelled)
    tokens = [one[0][:_LONGEST] for one in _TOKEN.finditer(spelled)][:MOST_WORDS]
    low = [plain(token) for token in tokens]
    clauses, hard, conditions = _clauses(low, tongue)
    line = _Line(tokens, low, clauses, tongue)
    at, taken = _ends(line)
    nots, ends = _nots(line, at, taken)
    counted, days, used = _numbers(line)
    bound = {place for place in taken if any(end.has_not and low[place] in plain(end.words).split() for end in ends)}
    words = []
    first = True
    for place, token in enumerate(tokens):
        if token in _BREAKING or place in used:
            first = first and token in _BREAKING
            continue
        stem = tongue.stem(low[place])
        small = (
            place in bound
            or low[place] in tongue.small
            or low[place] in tongue.nots
            or low[place] in tongue.only
            or len(token) < 2
        )
        words.append(Word(token, low[place], stem, tongue.likeness(stem), clauses[place], small, first))
        first = False
    return Said(
        sentence,
        tuple(words),
        tuple(counted),
        tuple(days),
        tuple(ends),
        tuple(nots),
        tuple(conditions),
        frozenset(hard),
    )


def _clauses(low: list[str], tongue: Tongue) -> tuple[list[int], set[int], list[int]]:
    """The clause of each word, the clauses that begin after a strong break, and those that are conditions."""
    clauses, hard, conditions = [], set(), []
    clause = 0
    for place, word in enumerate(low):
        condition = any(_stands(low, place, phrase) for phrase in tongue.conditions)
        if word in _BREAKING or word in tongue.breaks or condition:
            clause += 1
        if word in _HARD or word == "but":
            hard.add(clause)
        clauses.append(clause)
        if condition:
            conditions.append(clause)
    return clauses, hard, conditions


def _stands(low: list[str], place: int, phrase: tuple[str, ...]) -> bool:
    return low[place] == phrase[0] and tuple(low[place : place + len(phrase)]) == phrase


def _no_nots(low: list[str], tongue: Tongue) -> set[int]:
    return {
        spot
        for place in range(len(low))
        for phrase in tongue.no_nots
        if _stands(low, place, phrase)
        for spot in range(place, place + len(phrase))
    }


def _ends(line: _Line) -> tuple[list[tuple[int, End]], set[int]]:
    """The opposites in a sentence with their places; the longest phrase wins."""
    low, tokens, clauses, tongue = line.low, line.tokens, line.clauses, line.tongue
    found: list[tuple[int, End]] = []
    taken: set[int] = set()
    place = 0
    while place < len(low):
        for length in range(min(_LOOK, len(low) - place), 0, -1):
            phrase = tuple(low[place : place + length])
            meaning = tongue.axes.get(phrase)
            if meaning is None and length == 1 and len(low[place]) > 4:
                meaning = tongue.axes.get(("~" + tongue.stem(low[place]),))
            if meaning is None:
                continue
            has_not = length > 1 and any(word in tongue.nots for word in phrase)
            words = " ".join(tokens[place : place + length])
            key = tongue.likeness(tongue.stem(low[place])) if length == 1 else ""
            found.append((place, End(meaning, clauses[place], words, key, has_not=has_not)))
            if length > 1:
                taken.update(range(place, place + length))
            place += length - 1
            break
        place += 1
    return found, taken


def _nots(line: _Line, ends: list[tuple[int, End]], taken: set[int]) -> tuple[list[Not], list[End]]:
    """The negations, and the opposites with those turned round that a negation stands before."""
    low, tokens, clauses, tongue = line.low, line.tokens, line.clauses, line.tongue
    free = _no_nots(low, tongue)
    turned: dict[int, End] = dict(ends)
    nots: list[Not] = []
    last = -9
    for place, word in enumerate(low):
        if word not in tongue.nots or place in free or place in taken:
            continue
        if word in tongue.second_nots and place - last <= _LOOK:
            continue  # "ne … pas" says no once
        last = place
        axis = ""
        order = range(place + 1, place + 1 + _REACH)
        for spot in order if not tongue.reach_back else [*range(place - 1, place - 1 - tongue.reach_back, -1), *order]:
            end = turned.get(spot)
            if spot < 0 or spot >= len(low):
                break
            if end and end.clause == clauses[place] and end.meaning.turns and not end.turned:
                turned[spot] = End(end.meaning, end.clause, f"{tokens[place]} {end.words}", end.key, True)
                axis = end.meaning.axis
                break
            if spot > place and (low[spot : spot + 1] or [","])[0] not in tongue.small:
                break  # it speaks of this word, and reaches no further
        nots.append(Not(clauses[place], " ".join(tokens[place : place + 3]), axis))
    return nots, [turned[place] for place in sorted(turned)]


def _numbers(line: _Line) -> tuple[list[Number], list[Number], set[int]]:
    """Amounts with their units, days and months, and the places they take."""
    low, tokens, clauses, tongue = line.low, line.tokens, line.clauses, line.tongue
    counted: list[Number] = []
    days: list[Number] = []
    used: set[int] = set()
    for place, word in enumerate(low):
        day = tongue.calendar.get(word)
        if day and (not tongue.calendar_capital or tokens[place][0].isupper()) and _is_day(low, place):
            days.append(Number(day, "", clauses[place], tokens[place]))
            used.add(place)
            continue
        value = tongue.counts.get(word)
        if value is None and word[0].isdigit() and not any(char.isalpha() for char in word):
            value = next(iter(_even_numbers(word)), word)
        if value is None:
            continue
        unit, until = _unit(low, place, tongue)
        counted.append(Number(value, unit, clauses[place], " ".join(tokens[place:until])))
        used.add(place)
    return counted, days, used


def _is_day(low: list[str], place: int) -> bool:
    """Whether "May" and "March" are months here: beside a number, or after a word that leads to a time."""
    if low[place] not in _AMBIGUOUS:
        return True
    before, after = low[place - 1] if place else "", low[place + 1] if place + 1 < len(low) else ""
    return bool(before[:1].isdigit() or after[:1].isdigit() or before in _LEADING)


def _unit(low: list[str], place: int, tongue: Tongue) -> tuple[str, int]:
    """The unit of the number at a place, and where the words of it end; of a range, the unit at its end."""
    if place and (low[place - 1],) in tongue.units and low[place - 1] in "$€£":
        return tongue.units[(low[place - 1],)], place + 1
    after = place + 1
    while after < len(low) and after - place <= 3 and (low[after] in tongue.joining or low[after][0].isdigit()):
        after += 1
    for length in (3, 2, 1):
        unit = tongue.units.get(tuple(low[after : after + length]))
        if unit:
            return unit, after + length
    return "", place + 1

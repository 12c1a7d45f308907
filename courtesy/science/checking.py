"""Where a text no longer says what its sources say: numbers, negations, names and codes, opposites, conditions.

A text is read sentence by sentence. Each is held against the sentences of the sources that it shares most words with
(up to three of them), clause by clause. What is shown is a doubt, never a verdict: it names the words, what they were
compared to, and a code that a screen puts into words. Greetings, thanks, questions and wishes need no source.

Rules only, standard library only, so that the web process can call it while somebody writes. Likeness of whole
sentences is blind to all of this: a changed number or a "not" moves it by a hundredth (the language anchor, section 5).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import sqrt
from typing import Literal

from courtesy.science.saying import Number, Said, Word, said
from courtesy.science.text import sentences
from courtesy.science.tongues import Tongue, guess, tongue

Kind = Literal["other", "number", "date", "negation", "name", "opposite", "condition", "joined", "word"]
Code = Literal[
    "no_source", "number_unknown", "number_moved", "unit_changed", "date_unknown", "date_moved", "negation_added",
    "negation_left_out", "negation_moved", "name_unknown", "name_moved", "opposite", "opposite_moved",
    "condition_left_out", "only_left_out", "two_halves_joined", "word_changed", "roles_swapped",
]  # fmt: skip

MOST_SOURCES = 2000  # sentences of sources that are read
MOST_SENTENCES = 200  # sentences of the text
_COMMON = 60  # a word in more sentences than this does not lead to them
_NO_SOURCE, _NO_SENTENCE = 0.6, 0.45  # below these shares of its words in all and in one sentence it stands on nothing
_COVERED = 0.4  # from here on a clause of the source is one that the draft repeats
_NEARLY_ALL = 0.6
_LITTLE = 0.34
_FACT = 6  # words; so short a source is a fact by code, not a sentence


@dataclass(frozen=True)
class Doubt:
    """Words of a text that its sources do not bear out.

    ``sentence`` is the text's, ``source`` the sentence it was compared to ("" where none is near), ``code`` what a
    screen puts into words.
    """

    kind: Kind
    words: str
    sentence: str
    source: str
    code: Code


def doubts(text: str, sources: Sequence[str], language: str) -> tuple[Doubt, ...]:
    """What of a text the sources do not bear out, in the text's order; empty for a clean text.

    ``sources`` are the passages it stands on and facts from records as short texts ("Order 4711 was sent on 3 May",
    "23.80 EUR"); ``language`` is the text's ("en", "de", "fr", "es"; anything else is guessed). Sources in another
    language bear out numbers and names only.

    >>> [(one.code, one.words) for one in doubts("We refund within 14 days.", ["We refund within 7 days."], "en")]
    [('number_unknown', '14 days')]
    >>> doubts("Hi Dora, thanks for writing! We're refunding it within 7 days.", ["We refund it within 7 days."], "en")
    ()
    """
    words = tongue(language if language[:2] in {"en", "de", "fr", "es"} else guess(text))
    basis = _Basis(sources, words)
    read = [said(one, words) for one in sentences(text)[:MOST_SENTENCES]]
    found: list[Doubt] = []
    for place, one in enumerate(read):
        after = read[place + 1].content if place + 1 < len(read) else frozenset()
        found.extend(_of_sentence(one, after, basis, words))
    return tuple(dict.fromkeys(found))


class _Basis:
    """The sentences of all sources, found by their words."""

    def __init__(self, sources: Sequence[str], words: Tongue) -> None:
        self.said: list[Said] = []
        self.facts: list[Said] = []
        for source in sources:
            for sentence in sentences(source):
                if len(self.said) >= MOST_SOURCES:
                    break
                one = said(sentence, words)
                self.said.append(one)
                if len(sentence.split()) <= _FACT:
                    self.facts.append(one)
        self.quoted = {one.sentence.strip() for one in self.said}
        self.at: dict[str, list[int]] = {}
        for place, one in enumerate(self.said):
            for key in one.content:
                self.at.setdefault(key, []).append(place)
        self.plain = {word.plain for one in self.said for word in one.words}
        self.plain |= {piece for word in self.plain for piece in word.replace("/", "-").split("-")}
        self.values = {number.value for one in self.said for number in one.numbers}
        self.days = {day.value for one in self.said for day in one.days}

    def near(self, content: frozenset[str]) -> list[Said]:
        """The sentences that share most with some content: the best, and up to two that add to it."""
        shared: dict[int, int] = {}
        for key in sorted(content):
            for place in self.at.get(key, ())[:_COMMON]:
                shared[place] = shared.get(place, 0) + 1
        order = sorted(shared, key=lambda place: (-shared[place], len(self.said[place].content), place))[:8]
        chosen: list[Said] = []
        left = set(content)
        for place in order:
            gain = len(left & self.said[place].content)
            if not chosen or gain >= 2:
                chosen.append(self.said[place])
                left -= self.said[place].content
            if len(chosen) == 3:
                break
        return chosen


def _of_sentence(one: Said, after: frozenset[str], basis: _Basis, words: Tongue) -> list[Doubt]:
    plainly = one.sentence.strip()
    if plainly in basis.quoted:
        return []
    polite = bool(words.polite.match(plainly[:200])) or plainly.endswith("?")
    if polite and not one.numbers:
        return []
    near = basis.near(one.content)
    if not near:
        return [] if polite or len(one.content) < 2 else [Doubt("other", plainly, one.sentence, "", "no_source")]
    if not polite and _stands_on_nothing(one, near, basis, words):
        return [Doubt("other", plainly, one.sentence, near[0].sentence, "no_source")]
    found = [*_numbers(one, near, basis), *_names(one, near, basis, words)]
    if polite:
        return found
    found += _nots_and_opposites(one, near, words)
    found += _conditions(one, after, near, words)
    found += _joined(one, near)
    return found or _swapped_words(one, near[0], words)


def _stands_on_nothing(one: Said, near: list[Said], basis: _Basis, words: Tongue) -> bool:
    """Whether too little of a sentence is in the sources; an opposite and a number count as being there.

    A word counts the less the more sentences of the sources hold it: what an article is about says little.
    """
    known = frozenset[str]().union(*(source.content for source in near))
    named = {number.value for number in one.numbers + one.days}
    theirs = {number.value for source in near for number in source.numbers + source.days}
    axes = {end.meaning.axis for source in near for end in source.ends}
    turned = len({end.meaning.axis for end in one.ends if end.meaning.axis in axes and end.key not in known})
    turned += _made_of(set(one.stems), {stem for source in near for stem in source.stems}, words)
    weights = {key: 1 / sqrt(max(1, len(basis.at.get(key, ())))) for key in one.content}
    whole = sum(weights.values()) + len(named)
    found = len(named & theirs) + turned
    there = min(whole, sum(weights[key] for key in one.content & known) + found)
    best = max(sum(weights[key] for key in one.content & source.content) for source in near) + found
    return there < _NO_SOURCE * whole or best < _NO_SENTENCE * whole


def _numbers(one: Said, near: list[Said], basis: _Basis) -> list[Doubt]:
    found = []
    for numbers, kind in ((one.numbers, "number"), (one.days, "date")):
        for number in numbers:
            borne = [*near, *basis.facts]
            there = [
                other for source in borne for other in (source.numbers + source.days) if other.value == number.value
            ]
            code: Code | None = None
            if not there:
                known = number.value in basis.values or number.value in basis.days
                code = f"{kind}_moved" if known else f"{kind}_unknown"  # type: ignore[assignment]
            elif number.unit and all(other.unit and other.unit != number.unit for other in there):
                code = "unit_changed"
            elif _bound_elsewhere(number, one, near):
                code = f"{kind}_moved"  # type: ignore[assignment]
            if code:
                found.append(Doubt(kind, number.words, one.sentence, near[0].sentence, code))  # type: ignore[arg-type]
    return found


def _bound_elsewhere(number: Number, one: Said, near: list[Said]) -> bool:
    """Whether the clause of the sources that says most of what this clause says names another number of the kind."""
    here = one.clauses.get(number.clause, frozenset())
    if not here:
        return False
    mine, others = 0, 0
    for source in near:
        for clause, content in source.clauses.items():
            shared = len(here & content)
            named = [other for other in (source.numbers + source.days) if other.clause == clause]
            if any(other.value == number.value for other in named):
                if len(content) < 2:
                    return False  # "it takes 7 days" speaks of what was said before
                mine = max(mine, shared)
            elif any(other.unit == number.unit for other in named):
                others = max(others, shared)
    return others > mine and others >= 1 and mine < len(here)


def _names(one: Said, near: list[Said], basis: _Basis, words: Tongue) -> list[Doubt]:
    found = []
    close = {word.plain for source in near for word in source.words}
    lost = [w for w in near[0].words if _is_name(w, words) and w.plain not in {mine.plain for mine in one.words}]
    for word in one.words:
        if not _is_name(word, words):
            continue
        if word.plain not in basis.plain and word.stem not in {words.stem(known) for known in close}:
            found.append(Doubt("name", word.written, one.sentence, near[0].sentence, "name_unknown"))
        elif word.plain not in close and lost:
            found.append(Doubt("name", word.written, one.sentence, near[0].sentence, "name_moved"))
    return found


def _is_name(word: Word, words: Tongue) -> bool:
    if any(char.isdigit() for char in word.written) or "@" in word.written or word.written[0] == "#":
        return True
    if word.small or len(word.written) < 2:
        return False
    shouted = word.written.isupper()
    return shouted or (word.written[0].isupper() and not word.first and not words.capital_nouns)


def _nots_and_opposites(one: Said, near: list[Said], words: Tongue) -> list[Doubt]:
    """A "not" too many or too few, and words that say the contrary."""
    covered = [(source, _covered(source, one)) for source in near]
    theirs = [end for source, clauses in covered for end in source.ends if end.clause in clauses]
    first = near[0].sentence
    mine_says, their_says = Counter(end.says for end in one.ends), Counter(end.says for end in theirs)
    found = []
    for end in one.ends:
        against = [other for other in theirs if other.says[0] == end.says[0]]
        if mine_says[end.says] <= their_says[end.says]:
            continue
        gone = [other for other in against if mine_says[other.says] < their_says[other.says]]
        if gone and end.has_not and not gone[0].has_not:
            found.append(Doubt("negation", end.words, one.sentence, first, "negation_added"))
        elif gone and gone[0].has_not and not end.has_not:
            found.append(Doubt("negation", gone[0].words, one.sentence, first, "negation_left_out"))
        elif gone:
            found.append(Doubt("opposite", end.words, one.sentence, first, "opposite"))
    turns, undone = _turned_words(one, covered, words)
    common = {end.meaning.axis for end in one.ends} & {end.meaning.axis for end in theirs}
    my_nots = [no for no in one.nots if not (no.axis and no.axis in common)]
    their_nots = [
        no for source, c in covered for no in source.nots if no.clause in c and not (no.axis in common and no.axis)
    ]
    mine = len(my_nots) + sum(end.has_not and end.says not in their_says for end in one.ends)
    their = len(their_nots) + sum(end.has_not and end.says not in mine_says for end in theirs)
    if mine + turns == their + undone and mine != their:
        return found  # "not possible" became "impossible"
    if turns or undone:
        found.append(Doubt("opposite", one.sentence, one.sentence, first, "opposite"))
    if not found and mine > their:
        found.append(Doubt("negation", my_nots[0].words if my_nots else "", one.sentence, first, "negation_added"))
    if not found and mine < their:
        lost = their_nots[0].words if their_nots else ""
        found.append(Doubt("negation", lost, one.sentence, first, "negation_left_out"))
    return found or _moved(one, near[0])


def _covered(source: Said, one: Said) -> set[int]:
    """The clauses of a source that a sentence repeats, with the small ones beside them."""
    full = {
        clause for clause, content in source.clauses.items() if len(content & one.content) >= _COVERED * len(content)
    }
    bare = {end.clause for end in source.ends} | {no.clause for no in source.nots}
    return full | {clause for clause in bare if clause not in source.clauses and {clause - 1, clause + 1} & full}


def _turned_words(one: Said, covered: list[tuple[Said, set[int]]], words: Tongue) -> tuple[int, int]:
    """How many words got, and lost, a syllable that turns them round ("refundable", "non-refundable")."""
    theirs = {w.stem for source, clauses in covered for w in source.words if w.clause in clauses}
    mine = {w.stem for w in one.words}
    return _made_of(mine - theirs, theirs - mine, words), _made_of(theirs - mine, mine - theirs, words)


def _made_of(new: set[str], old: set[str], words: Tongue) -> int:
    count = 0
    for stem in new:
        bases = {stem[len(lead) :].lstrip("-") for lead in words.turning if stem.startswith(lead)}
        bases |= {stem[: -len(lack)] + have for have, lack in words.tails if stem.endswith(lack)}
        bases |= {stem[: -len(lack)] for _, lack in words.tails if stem.endswith(lack)}
        count += bool({base for base in bases if len(base) > 2} & old)
    return count


def _moved(one: Said, source: Said) -> list[Doubt]:
    """A "not" or an opposite that went over to another clause, though the count is the same."""
    if len(one.clauses) < 2 or len(source.clauses) < 2:
        return []
    found = []
    negated = {no.clause for no in source.nots}
    for no in one.nots:
        best = _likest(one.clauses.get(no.clause, frozenset()), source)
        alone = any(
            len(source.clauses.get(clause, ())) < 2 for clause in negated
        )  # "it does not" speaks of what was said
        if best is not None and negated and not alone and best not in negated | {end.clause for end in source.ends}:
            found.append(Doubt("negation", no.words, one.sentence, source.sentence, "negation_moved"))
    for end in one.ends:
        best = _likest(one.clauses.get(end.clause, frozenset()), source)
        there = [other for other in source.ends if other.clause == best and other.meaning.axis == end.meaning.axis]
        same = [other.clause for other in source.ends if other.says == end.says]
        alone = any(len(source.clauses.get(clause, ())) < 2 for clause in same)
        if there and not alone and all(other.says != end.says for other in there):
            found.append(Doubt("opposite", end.words, one.sentence, source.sentence, "opposite_moved"))
    return found


def _likest(here: frozenset[str], source: Said) -> int | None:
    """The one clause that shares most with some content; None where there is no single one."""
    shared = sorted(((len(here & content), clause) for clause, content in source.clauses.items()), reverse=True)
    if not shared or shared[0][0] == 0 or (len(shared) > 1 and shared[0][0] == shared[1][0]):
        return None
    return shared[0][1]


def _conditions(one: Said, after: frozenset[str], near: list[Said], words: Tongue) -> list[Doubt]:
    """A condition of the source that the text left out, though it repeats what hangs on it."""
    found: list[Doubt] = []
    told = one.content | after
    for source in near:
        for clause in source.conditions:
            condition = source.clauses.get(clause, frozenset())
            part = _part(source, clause)
            main = frozenset[str]().union(
                *(c for number, c in source.clauses.items() if number in part and number != clause)
            )
            if not condition or not main or len(main & one.content) < _NEARLY_ALL * len(main):
                continue
            if len(condition & told) < _LITTLE * len(condition):
                lost = " ".join(word.written for word in source.words if word.clause == clause)
                found.append(Doubt("condition", lost, one.sentence, source.sentence, "condition_left_out"))
    source = near[0]
    covered = _covered(source, one)
    only = [word for word in source.words if word.plain in words.only and word.clause in covered]
    if only and not any(word.plain in words.only for word in one.words) and not found and not one.nots:
        found.append(Doubt("condition", only[0].written, one.sentence, source.sentence, "only_left_out"))
    return found


def _part(source: Said, clause: int) -> set[int]:
    """The clauses between two strong breaks, around one."""
    start = max((hard for hard in source.hard if hard <= clause), default=0)
    end = min((hard for hard in source.hard if hard > clause), default=10_000)
    return {number for number in source.clauses if start <= number < end}


def _joined(one: Said, near: list[Said]) -> list[Doubt]:
    """One clause made of halves that stand in two sentences: each half true, the whole said by nobody."""
    for content in one.clauses.values():
        if len(content) < 4 or len(near) < 2:
            continue
        shares = sorted(((len(content & source.content), place) for place, source in enumerate(near)), reverse=True)
        best, second = near[shares[0][1]], near[shares[1][1]]
        both = len(content & (best.content | second.content))
        if shares[0][0] < 0.7 * len(content) and both >= 0.9 * len(content):
            return [
                Doubt("joined", one.sentence, one.sentence, f"{best.sentence} {second.sentence}", "two_halves_joined")
            ]
    return []


def _swapped_words(one: Said, source: Said, words: Tongue) -> list[Doubt]:
    """A word put in the place of another that does not mean the same, in a sentence otherwise repeated."""
    if len(one.content & source.content) < _NEARLY_ALL * max(1, len(one.content)):
        return []
    mine, theirs = one.words, source.words
    matcher = SequenceMatcher(None, [w.key for w in theirs], [w.key for w in mine], autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what != "replace":
            continue
        old = [w for w in theirs[i1:i2] if not w.small]
        new = [w for w in mine[j1:j2] if not w.small]
        if 0 < len(old) <= 2 and 0 < len(new) <= 2 and not {w.key for w in old} & {w.key for w in new}:
            said_now = " ".join(w.written for w in new)
            return [Doubt("word", said_now, one.sentence, source.sentence, "word_changed")]
        if i2 - i1 == j2 - j1 == 1 and len(old) != len(new) and theirs[i1].key != mine[j1].key:
            return [Doubt("word", mine[j1].written, one.sentence, source.sentence, "word_changed")]
        was, now = {w.plain for w in theirs[i1:i2]}, {w.plain for w in mine[j1:j2]}
        if (was & words.we and now & words.you) or (was & words.you and now & words.we):
            return [Doubt("opposite", mine[j1].written, one.sentence, source.sentence, "roles_swapped")]
    return []

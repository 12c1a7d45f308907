"""Good rewordings of a sentence and faults in it, made from somebody's articles, for `benchmarks/groundedness.py`.

Of the same making as the language anchor's (its section 5): a rewording drops an adverb, contracts or spells out, or
takes one of 24 synonyms; a fault changes a number, adds or takes a "not", puts an opposite, or another's name. The
opposites here are a list of its own, and, where WordNet lies on this machine, its antonyms: those of them that
`science/tongues/` does not know are counted by themselves.
"""

import os
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ADVERBS = (
    "really just very also simply actually easily probably currently basically quickly directly unfortunately still"
)
CONTRACTED = [("do not", "don't"), ("does not", "doesn't"), ("is not", "isn't"), ("are not", "aren't"),
              ("cannot", "can't"), ("can not", "can't"), ("it is", "it's"), ("you are", "you're"),
              ("you will", "you'll"),
              ("I have", "I've"), ("there is", "there's"), ("will not", "won't"), ("did not", "didn't"),
              ("that is", "that's"), ("I am", "I'm"), ("we are", "we're"), ("we will", "we'll")]  # fmt: skip
SYNONYMS_OF = """use/employ create/make select/choose find/locate begin/start picture/image photo/picture buy/purchase
answer/reply need/require big/large fix/repair show/display help/assist delete/erase parcel/package shop/store
click/press quickly/rapidly currently/presently change/modify allow/permit get/obtain send/ship"""
SYNONYMS = {pair.split("/")[0]: pair.split("/")[1] for pair in SYNONYMS_OF.split()}
OPPOSITES = """add/remove enable/disable show/hide open/close before/after above/below first/last left/right top/bottom
more/less always/never all/none public/private new/old same/different possible/impossible allow/forbid increase/decrease
start/stop with/without include/exclude free/paid accept/refuse send/receive upload/download online/offline full/empty
easy/difficult long/short inside/outside early/late high/low many/few large/small right/wrong good/bad on/off up/down
automatically/manually lock/unlock cheap/expensive most/least start/end visible/hidden warm/cold dry/wet"""
OPPOSITE = {a: b for pair in OPPOSITES.split() for a, b in [pair.split("/"), pair.split("/")[::-1]]}
NOT_AFTER = re.compile(
    r"\b(is|are|was|were|can|could|will|would|should|may|must|do|does|did|has|have)\b(?! (?:not|n't)\b|['’])",
    re.IGNORECASE,
)
A_NOT = re.compile(
    r"\b(is|are|was|were|can|could|will|would|should|do|does|did|has|have)(n't| not|not)\b", re.IGNORECASE
)
NAME = re.compile(r"(?<=[a-z,] )(?!(?:I|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b)[A-Z][a-z]{2,}\b")
NUMBER = re.compile(r"(?<![\w.,/-])\d{1,4}(?![\w/-]|[.,:]\d)")


@dataclass(frozen=True)
class Case:
    """A text, what it stands on, and what was done to it: good, other, number, negation, opposite, name, …"""

    kind: str
    text: str
    sources: tuple[str, ...]
    language: str = "en"
    half: str = "told"
    beyond: bool = False
    word: str = ""


def rewordings(sentence: str) -> Iterator[str]:
    """The sentence with the same meaning in a little other words, one change each."""
    for adverb in ADVERBS.split():
        shorter = re.sub(rf"(?<=\w) {adverb}\b(?= \w)", "", sentence, count=1)
        if shorter != sentence:
            yield shorter
            break
    for long, short in CONTRACTED:
        for was, now in ((long, short), (short, long)):
            other = re.sub(rf"\b{was}\b", now, sentence, count=1)
            if other != sentence:
                yield other
                break
        else:
            continue
        break
    for word, same in SYNONYMS.items():
        other = re.sub(rf"(?<![\w/.'’-]){word}(s?)(?![\w/'’-])", rf"{same}\1", sentence, count=1)
        if other != sentence:
            yield other
            break


def number_changed(sentence: str, rng: random.Random) -> str | None:
    """With one number made another."""
    spots = list(NUMBER.finditer(sentence))
    if not spots:
        return None
    spot = rng.choice(spots)
    value = int(spot[0])
    other = rng.choice([value + 1, value + 7, value * 2, max(1, value - 1), value * 10])
    other = other if other != value else value + 3
    return sentence[: spot.start()] + str(other) + sentence[spot.end() :]


def negated(sentence: str) -> str | None:
    """With a "not" taken away where one stands, else put behind the first verb that takes one."""
    found = A_NOT.search(sentence)
    if found:
        return sentence[: found.end(1)] + sentence[found.end() :]
    found = NOT_AFTER.search(sentence)
    return None if not found else sentence[: found.end()] + " not" + sentence[found.end() :]


def opposite(sentence: str, pairs: dict[str, str], rng: random.Random) -> tuple[str, str] | None:
    """With one word made its opposite, and that word."""
    spots = [spot for spot in re.finditer(r"(?<![\w/.'’-])[A-Za-z]+(?![\w/'’-])", sentence) if spot[0].lower() in pairs]
    if not spots:
        return None
    spot = rng.choice(spots)
    other = pairs[spot[0].lower()]
    other = other.capitalize() if spot[0][0].isupper() else other
    return sentence[: spot.start()] + other + sentence[spot.end() :], spot[0].lower()


def name_swapped(sentence: str, names: Sequence[str], rng: random.Random) -> str | None:
    """With one name made another that the sentence does not hold."""
    spots = list(NAME.finditer(sentence))
    others = [name for name in names if name not in sentence]
    if not spots or not others:
        return None
    spot = rng.choice(spots)
    return sentence[: spot.start()] + rng.choice(others) + sentence[spot.end() :]


def wordnet() -> tuple[dict[str, str], dict[str, str]]:
    """WordNet's antonyms, and a synonym each, from $WNSEARCHDIR or where Debian puts them; empty without it."""
    folder = Path(os.environ.get("WNSEARCHDIR", "/usr/share/wordnet"))
    antonyms: dict[str, str] = {}
    synonyms: dict[str, str] = {}
    for part in ("adj", "adv", "verb", "noun"):
        if not (folder / f"data.{part}").exists():
            continue
        words: dict[str, list[str]] = {}
        pointers: list[tuple[str, int, str, int]] = []
        for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
            if line.startswith(" "):
                continue
            fields = line.split(" | ")[0].split()
            count = int(fields[3], 16)
            words[fields[0]] = [fields[4 + 2 * n].split("(")[0].lower() for n in range(count)]
            rest = fields[4 + 2 * count :]
            for n in range(int(rest[0])):
                symbol, offset, _, places = rest[1 + 4 * n : 5 + 4 * n]
                if symbol == "!":
                    pointers.append((fields[0], int(places[:2], 16), offset, int(places[2:], 16)))
        for here, mine, there, theirs in pointers:
            _keep(antonyms, words[here][mine - 1], words.get(there, [""] * 99)[theirs - 1])
        for same in words.values():
            if len(same) > 1:
                _keep(synonyms, same[0], same[1])
    return antonyms, synonyms


def _keep(pairs: dict[str, str], one: str, other: str) -> None:
    if one.isalpha() and other.isalpha() and len(one) > 2 and len(other) > 2:
        pairs.setdefault(one, other)


def cases(
    articles: Sequence[Sequence[str]], cut: Sequence[Sequence[str]], seed: int, halves: Sequence[str]
) -> Iterator[Case]:
    """Good and faulty texts of articles: ``articles`` the texts, ``cut`` the sentences, ``halves`` a half each."""
    rng = random.Random(seed)
    names = sorted({name for sentences in cut for one in sentences for name in NAME.findall(one)})
    antonyms, synonyms = wordnet()
    antonyms = {word: other for word, other in antonyms.items() if word not in OPPOSITE}
    for place, (texts, sentences) in enumerate(zip(articles, cut, strict=True)):
        usable = [one for one in sentences if 6 <= len(one.split()) <= 40 and "?" not in one]
        rng.shuffle(usable)
        if not usable:
            continue

        def case(kind: str, text: str, beyond: bool = False, at: int = place, on: Sequence[str] = texts) -> Case:
            return Case(kind, text, tuple(on), "en", halves[at], beyond)

        good = [other for one in usable for other in rewordings(one)]
        yield from (case("good", one) for one in good[:2])
        elsewhere = [one for at, them in enumerate(cut) if at != place for one in them if 6 <= len(one.split()) <= 40]
        yield case("other", rng.choice(elsewhere))
        for kind, made in (
            ("number", (number_changed(one, rng) for one in usable)),
            ("negation", (negated(one) for one in usable)),
            ("name", (name_swapped(one, names, rng) for one in usable)),
        ):
            first = next((one for one in made if one), None)
            if first:
                yield case(kind, first)
        for pairs, beyond in ((OPPOSITE, False), (antonyms, True)):
            turned = next((one for one in (opposite(one, pairs, rng) for one in usable) if one), None)
            if turned:
                yield replace(case("opposite", turned[0], beyond), word=turned[1])
        alike = next((one for one in (opposite(one, synonyms, rng) for one in usable) if one), None)
        if alike:
            yield replace(case("synonym", alike[0]), word=alike[1])

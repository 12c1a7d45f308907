"""Whether a sentence of a past answer gives somebody away, or binds us: what must never reach another customer.

Rules only, standard library only; English, German, French and Spanish. They are written to refuse: a word nobody can
vouch for costs a sentence, a name that slips through costs trust. So capital letters, numbers and codes must stand in
an article of the shop; whoever is named, related, ill, or offered something of their own is refused by the words
around them; and so is everything that was said to one person about one matter ("I've sent yours today").
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from courtesy.science.giveaway_words import (
    ADDRESS,
    BINDS,
    CALLED,
    CAPITAL,
    CLOCK,
    CODE,
    DATE,
    DETERMINED,
    DONE,
    FIRST_NAME,
    FOR,
    GREETS,
    HEALTH,
    KEYS,
    LEADING,
    LIFE,
    ME,
    MONEY,
    MONEY_IN_WORDS,
    NOUN,
    OF_THEM,
    OTHERS,
    QUOTED,
    RANGE,
    SOON,
    SPECIAL,
    STREET,
    TITLED,
    TO_ONE,
    UNIT_TAIL,
    WORD,
)
from courtesy.science.given_names import ALSO_WORDS, GIVEN_NAMES
from courtesy.science.promises import promises
from courtesy.science.text import language_of, numbers

FEWEST, MOST = 4, 60
"""Words of a sentence that can stand by itself."""


@dataclass(frozen=True)
class Held:
    """What the articles of a shop hold, so that a sentence can be checked for words that only one customer was told.

    ``words`` are in lower case; ``capitals`` stand with a capital letter inside a sentence somewhere; ``amounts`` are
    numbers that stand as money; ``codes`` mix letters and figures.
    """

    words: frozenset[str]
    capitals: frozenset[str]
    numbers: frozenset[str]
    amounts: frozenset[str]
    codes: frozenset[str]
    clocks: frozenset[str]


def held_by(texts: Iterable[str]) -> Held:
    """What these texts (passages of articles, one sentence a line) hold.

    >>> held = held_by(["We ship with NordPaket for 6.90 EUR.", "Open till 18:00."])
    >>> sorted(held.amounts), "NordPaket" in held.capitals, sorted(held.clocks)
    (['6.9'], True, ['18:00'])
    """
    words: set[str] = set()
    capitals: set[str] = set()
    found: set[str] = set()
    amounts: set[str] = set()
    codes: set[str] = set()
    clocks: set[str] = set()
    for text in texts:
        words.update(word.lower() for word in WORD.findall(text))
        found |= numbers(text)
        amounts |= _amounts(text)
        codes.update(code.lower() for code in CODE.findall(text))
        clocks.update(_even_clock(clock) for clock in CLOCK.findall(text))
        for line in text.split("\n"):
            inside = WORD.findall(line)[1:]
            capitals.update(word for word in inside if CAPITAL.match(word))
    return Held(
        frozenset(words), frozenset(capitals), frozenset(found), frozenset(amounts), frozenset(codes), frozenset(clocks)
    )


def without_address(sentence: str, names: Collection[str]) -> str:
    """The end of a sentence, without the name it is addressed to and the "yes," it answers with.

    >>> without_address("Declan, yes, all pots have a hole.", ["declan"])
    'all pots have a hole.'
    """
    before = None
    while before != sentence:
        before = sentence
        sentence = LEADING.sub("", sentence)
        called = CALLED.match(sentence)
        if called and (called["name"].lower() in names or _is_given(called["name"])):
            sentence = sentence[called.end() :]
    return sentence


def gives_away(sentence: str, *, held: Held, names: Collection[str] = ()) -> str:
    """Why this sentence may not reach another customer, in a word; empty where it gives nobody away and binds nobody.

    ``names`` are parts of names in lower case: of the customer it was written to, of the colleagues, of whomever else
    is known. It is refused by "form", "address", "code", "number", "date", "person", "name", "health", "life", "price",
    "deed" and "promise".

    >>> held = held_by(["Refunds come within 7 working days."])
    >>> gives_away("Refunds come within seven working days.", held=held)
    ''
    >>> gives_away("Your refund of 12.40 EUR went to your sister Odette.", held=held)
    'person'
    """
    said = sentence.replace("’", "'")
    for why, refuses in _RULES:
        if refuses(said):
            return why
    if why := _of_figures(said, held):
        return why
    return "name" if _names_somebody(said, held, names) else ""


def _bad_form(said: str) -> bool:
    count = len(said.split())
    return (
        not FEWEST <= count <= MOST
        or said.rstrip("\"'”») ")[-1:]
        not in {".", "!", ";", "…"} | set("abcdefghijklmnopqrstuvwxyzäöüßéèáíóú0123456789%")
        or said.rstrip().endswith("?")
        or said.lstrip().startswith((">", "|", "-- "))
    )


_RULES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("form", _bad_form),
    ("address", lambda said: bool(ADDRESS.search(said))),
    ("code", lambda said: bool(KEYS.search(said))),
    ("person", lambda said: any(one.search(said) for one in (OF_THEM, TITLED, GREETS, OTHERS))),
    ("health", lambda said: bool(HEALTH.search(said))),
    ("life", lambda said: bool(LIFE.search(said))),
    ("price", lambda said: bool(SPECIAL.search(said))),
    ("deed", lambda said: bool(ME.search(said) or DONE.search(said) or TO_ONE.search(said))),
    ("date", lambda said: bool(DATE.search(said) or SOON.search(RANGE.sub("every day", said)))),
    ("promise", lambda said: bool(BINDS.search(said) or promises(said))),
)  # fmt: skip


def _of_figures(said: str, held: Held) -> str:
    """Addresses, codes, amounts and numbers that no article holds."""
    street = STREET.search(said)
    if street and not (_words_held(street[0], held) and numbers(street[0]) <= held.numbers):
        return "address"
    codes = {code.lower() for code in CODE.findall(said) if not UNIT_TAIL.fullmatch(code)}
    # What stands in quotation marks was on somebody's screen, label or letter.
    if codes - held.codes or not all(_words_held(quoted, held) for quoted in QUOTED.findall(said)):
        return "code"
    strange = (
        _amounts(said) - held.amounts
        or MONEY_IN_WORDS.search(said)
        or {_even_clock(clock) for clock in CLOCK.findall(said)} - held.clocks
        or numbers(CLOCK.sub(" ", said)) - held.numbers
    )
    return "number" if strange else ""


def _words_held(text: str, held: Held) -> bool:
    return all(word.lower() in held.words for word in WORD.findall(text))


def _names_somebody(said: str, held: Held, names: Collection[str]) -> bool:
    """Whether a word may be a name: known as one, or capitalized inside the sentence without an article to vouch."""
    language = language_of(said)
    words = list(WORD.finditer(said))
    if any(_is_a_name(place[0], said[: place.start()], language, held, names) for place in words):
        return True
    opening = FIRST_NAME.match(said)
    if opening is None:
        return False
    name = opening["name"].lower()
    return name in ALSO_WORDS or (name not in held.words and name not in _SMALL_OPENINGS and language != "de")


def _is_a_name(word: str, before: str, language: str, held: Held, names: Collection[str]) -> bool:
    small, inside = word.lower().removesuffix("'s"), bool(before)
    capital = bool(CAPITAL.match(word))
    if small in names and (small not in held.words or (capital and inside)):
        return True
    if small not in held.words and (small in GIVEN_NAMES or FOR.search(before)):
        return True  # "a card for kelechi", written small
    return inside and capital and not _is_vouched(word, before, language, held)


_OPENINGS = """
    it this that there these those what which who everything nothing one each every all some most many
    both either neither another such you we they the a an our if when there's es das dies
    alles nichts man jeder jede jedes wir sie der die ein eine il elle cela ça ce
    tout rien chaque on vous nous les le la un une eso esto todo nada cada se no only"""
_SMALL_OPENINGS = frozenset(_OPENINGS.split())


_SHORT_FORMS = frozenset({"eur", "eu", "uk", "usa", "cm", "pdf", "sms", "led", "uv", "ok", "dhl", "vat", "zz", "ph"})


def _is_vouched(word: str, before: str, language: str, held: Held) -> bool:
    """Whether a capital letter is no sign of a name: an article writes the word so, or it is a German noun."""
    small = word.lower().removesuffix("'s")
    if word.removesuffix("'s") in held.capitals or small in _SHORT_FORMS:
        return True
    if language != "de" or _is_given(small):
        return False
    return bool(
        small in held.words
        or NOUN.search(small)
        # "Narzissenzwiebeln", where an article says "Zwiebeln".
        or any(len(known) > 4 and small.endswith(known) for known in held.words)
        or DETERMINED.search(before)
    )


def _is_given(word: str) -> bool:
    return word.lower() in GIVEN_NAMES or word.lower() in ALSO_WORDS


def _amounts(text: str) -> set[str]:
    found: set[str] = set()
    for before, after in MONEY.findall(text):
        found |= numbers((before or after).rstrip(".,' "))
    return found


def _even_clock(clock: str) -> str:
    return re.sub(r"[.h]", ":", clock)

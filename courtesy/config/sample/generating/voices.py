"""How somebody writes: who greets and who does not, who digresses, who misspells."""

import re
import unicodedata

from courtesy.config.sample.generating.customers import Customer
from courtesy.config.sample.generating.dice import Dice
from courtesy.config.sample.generating.texts import Family, Topic, filled

_KEEP = ("Sie", "Ihr", "Ihre", "Ihren", "Ihrer", "Kinder", "Gluten")
"""First words of a German sentence that are written large in the middle of one, too."""

_WORD = re.compile(r"[^\W\d_]{5,}")
_NOT_TOUCHED = re.compile(r"[A-Z]{1,2}-?\d+|\S*\d\S*")


def question(customer: Customer, topic: Topic, dice: Dice) -> str:
    """What they ask about something: the template."""
    return dice.one(topic.curt if customer.voice == "curt" else topic.asks)


def letter(customer: Customer, family: Family, asked: str, facts: dict[str, str], dice: Dice) -> str:
    """The first letter about something, in the customer's own manner; ``asked`` is its question."""
    ask = filled(asked, facts)
    if customer.voice == "curt":
        return _capital(ask)
    manner = family.voices.get(customer.voice) or family.voices["plain"]
    opening, closing = filled(dice.one(manner["openings"]), facts), filled(dice.one(manner["closings"]), facts)
    body = after(opening, ask, customer.language)
    if customer.voice == "chatty":
        body = f"{body}\n\n{dice.one(family.asides)}"
    text = f"{opening}\n\n{body}\n\n{closing}"
    return misspelled(text, dice) if customer.voice == "misspelled" else text


def answer(text: str, *, by: str, family: Family, facts: dict[str, str], language: str, dice: Dice) -> str:
    """An answer of a colleague, in theirs."""
    manner = family.colleagues[by]
    formal = language != "en" and by != "Ben"
    facts = {**facts, "name": facts["me"] if formal else facts["first"]}
    opening, closing = filled(dice.one(manner["openings"]), facts), filled(dice.one(manner["closings"]), facts)
    return f"{opening}\n\n{after(opening, filled(text, facts), language)}\n\n{closing}"


def after(opening: str, text: str, language: str) -> str:
    """A text as it goes on behind its greeting: behind a comma, German begins small; everybody else begins large."""
    first = text.split(" ", 1)[0].strip(".,:!?")
    if language == "de" and opening.endswith(","):
        return text if first in _KEEP or not text[0].isalpha() else _small(text)
    return _capital(text)


def misspelled(text: str, dice: Dice) -> str:
    """The same, typed in a hurry: small letters, letters that changed places or were lost, few accents."""
    plain = dice.chance(0.5)

    def hurried(word: re.Match[str]) -> str:
        letters = word[0]
        if not dice.chance(0.13):
            return letters
        at = dice.between(1, len(letters) - 3)
        if dice.chance(0.5):
            return letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
        return letters[:at] + letters[at + 1 :]

    words = []
    for piece in re.split(r"(\s+)", text):
        if _NOT_TOUCHED.search(piece) or not piece.strip():
            words.append(piece)
            continue
        typed = _WORD.sub(hurried, piece.lower())
        words.append(_bare(typed) if plain else typed)
    return "".join(words)


def _bare(text: str) -> str:
    kept = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    return "".join(sign for sign in kept if not unicodedata.combining(sign))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _small(text: str) -> str:
    second = text[1:2]
    return text if second.isupper() else text[0].lower() + text[1:]

"""The words of an answer as pure rules: how a draft becomes a letter, and whose words a letter is made of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from courtesy.desk.lifecycle.models import How
from courtesy.science.changes import changed
from courtesy.science.text import sentences

NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
NOT_A_NAME = frozenset(
    {"the", "team", "info", "shop", "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "madam", "admin", "test"}
)
LONG_ENOUGH = 4  # words; a shorter sentence ("Thank you.") stands in anybody's letter by chance
ALIKE = 0.5  # of a drafted sentence's words: below, the sentence was not changed but replaced


@dataclass(frozen=True)
class Whose:
    """Whose words a sent letter is made of; ``share_changed`` is the part of the draft that did not stand."""

    how: How
    sentences: int
    kept: int
    share_changed: float


OWN_WORDS = Whose(How.OWN_WORDS, 0, 0, 0.0)


def plausible_first_name(name: str) -> str:
    """What to call a customer; empty where a greeting by name would be a risk.

    >>> plausible_first_name("CHIDI okafor"), plausible_first_name("www.win.example"), plausible_first_name("Dr. Ngozi")
    ('Chidi', '', '')
    """
    first = name.split(maxsplit=1)[0] if name.split() else ""
    if not NAME.fullmatch(first) or not 2 <= len(first) <= 20 or first.lower() in NOT_A_NAME:
        return ""
    return first if first[0].isupper() and not first.isupper() else first.capitalize()


def greeting_for(pattern: str, name: str) -> str:
    """The shop's greeting with a customer's name in its place, or without one.

    >>> greeting_for("Hello {name},", "Dora Lindqvist"), greeting_for("Hello {name},", "x9")
    ('Hello Dora,', 'Hello,')
    """
    first = plausible_first_name(name)
    return pattern.replace("{name}", first) if first else re.sub(r"\s*\{name\}", "", pattern)


def closing_for(pattern: str, *, colleague: str, shop: str) -> str:
    """The shop's closing, signed."""
    return pattern.replace("{colleague}", colleague).replace("{shop}", shop)


def letter(greeting: str, drafted: Sequence[tuple[str, int]], closing: str) -> str:
    """A whole letter of drafted sentences; those on one passage (the number beside each) stand in one paragraph."""
    paragraphs: list[str] = []
    last: int | None = None
    for text, passage in drafted:
        if paragraphs and passage == last:
            paragraphs[-1] += f" {text}"
        else:
            paragraphs.append(text)
        last = passage
    return "\n\n".join(part for part in (greeting, *paragraphs, closing) if part)


def whose(drafted: Sequence[str], sent: str, *, frame: Sequence[str], chosen: bool) -> Whose:
    """Hold the sent words against the draft.

    ``frame`` are greeting and closing, which the shop wrote and not the machine. ``chosen`` says that the colleague
    started from the draft; else only whole sentences taken over by hand make it the machine's words.
    """
    found = changed(drafted, sent)
    frame_lines = {_even(line) for part in frame for line in sentences(part)}
    said = [_even(line) for line in sentences(sent) if _even(line) not in frame_lines]
    if drafted and said == [_even(line) for text in drafted for line in sentences(text)]:
        return Whose(How.AS_DRAFTED, found.total, found.total, 0.0)
    taken_over = any(span.origin == "machine" and len(span.text.split()) >= LONG_ENOUGH for span in found.spans)
    if taken_over or (chosen and any(_alike(text, sent) for text in drafted)):
        return Whose(How.EDITED, found.total, found.kept, found.share)
    return OWN_WORDS


def _alike(drafted: str, sent: str) -> bool:
    wanted, there = set(re.findall(r"\w{3,}", drafted.casefold())), set(re.findall(r"\w{3,}", sent.casefold()))
    return bool(wanted) and len(wanted & there) >= ALIKE * len(wanted)


def _even(line: str) -> str:
    return " ".join(line.replace("’", "'").split()).casefold()

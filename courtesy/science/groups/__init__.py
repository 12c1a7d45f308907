"""How a language speaks of groups of people, and what is said of them: a file a language, all built alike."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from courtesy.science.groups import de, en, es, fr

Kind = Literal["like you", "your kind", "as one of them", "a whole group", "measured by a group"]

_FILES = {"en": en, "de": de, "fr": fr, "es": es}


@dataclass(frozen=True)
class Speaking:
    """A group is named (``naming``, by kind); what follows or stands before decides whether something is said of it.

    ``always`` kinds generalize by themselves unless a service follows; the others need a claim.
    """

    naming: tuple[tuple[Kind, bool, re.Pattern[str]], ...]
    claim: re.Pattern[str]
    general: re.Pattern[str]
    service: re.Pattern[str]
    denial: re.Pattern[str]
    warm: re.Pattern[str]
    access: re.Pattern[str]
    facility: re.Pattern[str]


@cache
def speaking(language: str) -> Speaking | None:
    """The words of a language by its code; None for one that has no file."""
    words = _FILES.get(language.lower()[:2])
    if words is None:
        return None
    return Speaking(
        naming=tuple(
            (kind, always, re.compile(shape, re.VERBOSE | re.IGNORECASE)) for kind, always, shape in words.NAMING
        ),
        claim=re.compile(words.CLAIM, re.IGNORECASE | re.VERBOSE),
        general=re.compile(rf"(?:{words.GENERAL})$", re.IGNORECASE | re.VERBOSE),
        service=re.compile(words.SERVICE, re.IGNORECASE | re.VERBOSE),
        denial=re.compile(words.DENIAL, re.IGNORECASE | re.VERBOSE),
        warm=re.compile(words.WARM, re.IGNORECASE | re.VERBOSE),
        access=re.compile(words.ACCESS, re.IGNORECASE | re.VERBOSE),
        facility=re.compile(words.FACILITY, re.IGNORECASE | re.VERBOSE),
    )

"""The starter topics: what customers of a small shop write about, named and with examples in four languages.

A topic is kept by its English name; colleagues and customers see it in their language, so the names read as the end of
a sentence: "this is about a refund". The shop's own topics stand beside these.
"""

from collections.abc import Collection
from typing import Final

from courtesy.desk.starters import STARTERS

TOPICS: Final[dict[str, tuple[str, ...]]] = {name: said[1:] for name, said in STARTERS["en"].items()}
"""Each topic's English examples, by its name."""


def examples(languages: Collection[str] = ("en",)) -> list[tuple[str, str]]:
    """Pairs of a topic and an example, its name among them, in these languages; in English where we have none."""
    spoken = [language for language in STARTERS if language in languages] or ["en"]
    return [(name, text) for language in spoken for name, said in STARTERS[language].items() for text in said]


def shown(name: str, language: str) -> str:
    """A topic's name as somebody who reads this language sees it; one that the shop itself made stays as it is.

    >>> shown("a refund", "de"), shown("a refund", "it"), shown("our Tuesday market", "de")
    ('eine Erstattung', 'a refund', 'our Tuesday market')
    """
    said = STARTERS.get(language.partition("-")[0], {}).get(name)
    return said[0] if said else name

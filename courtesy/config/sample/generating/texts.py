"""The two families of templates, as `config/sample/texts` holds them."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "texts"
LANGUAGES = ("en", "de", "fr", "es")
_SLOT = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True)
class Topic:
    """What letters about one thing are made of; ``curt`` are questions of few words, ``answers`` may be none.

    ``fits`` says which answer each question takes."""

    name: str
    subjects: Sequence[str]
    asks: Sequence[str]
    curt: Sequence[str]
    answers: Sequence[str]
    fits: Sequence[int]
    fits_curt: int | None

    def answers_to(self, ask: str) -> Sequence[str]:
        """The answers that a question takes; all of them where any will do."""
        fitting = self.fits_curt if ask in self.curt else self.fits[self.asks.index(ask)] if self.fits else None
        return self.answers if fitting is None else (self.answers[fitting],)


@dataclass(frozen=True)
class Family:
    """All that one family says in one language."""

    quoted: str
    asides: Sequence[str]
    thanks: Sequence[str]
    more: Sequence[tuple[str, str]]
    voices: Mapping[str, Mapping[str, Sequence[str]]]
    colleagues: Mapping[str, Mapping[str, Sequence[str]]]
    topics: Mapping[str, Topic]

    def templates(self) -> Iterator[str]:
        """Every text of it, slots and all."""
        yield self.quoted
        yield from self.asides
        yield from self.thanks
        for pair in self.more:
            yield from pair
        for manner in (*self.voices.values(), *self.colleagues.values()):
            yield from (*manner["openings"], *manner["closings"])
        for topic in self.topics.values():
            yield from (*topic.subjects, *topic.asks, *topic.curt, *topic.answers)


@cache
def family(name: str, language: str) -> Family:
    """One of the families, "a" or "b", in one of the languages."""
    said = _read(f"{name}/{language}.toml")
    return Family(
        quoted=said["quoted"],
        asides=said["asides"],
        thanks=said["thanks"],
        more=[(asked, answered) for asked, answered in said["more"]],
        voices=said["voices"],
        colleagues={one["name"]: one for one in said["colleagues"]},
        topics={
            one["name"]: Topic(
                one["name"],
                one["subjects"],
                one["asks"],
                one["curt"],
                one.get("answers", ()),
                one.get("fits", ()),
                one.get("fits_curt"),
            )
            for one in said["topics"]
        },
    )


@cache
def nobody() -> Sequence[Mapping[str, str]]:
    """Newsletters, machines and spam."""
    mails: Sequence[Mapping[str, str]] = _read("nobody.toml")["mails"]
    return mails


def filled(template: str, facts: Mapping[str, str]) -> str:
    """A template with its slots filled. Raises KeyError for a slot that nobody knows."""
    return _SLOT.sub(lambda slot: facts[slot[1]], template)


def _read(file: str) -> Any:
    return tomllib.loads((FOLDER / file).read_text("utf-8"))

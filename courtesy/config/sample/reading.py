"""Reads the sample shop's files: customers a line, conversations as Markdown. Pure; the clock is handed in."""

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from courtesy.config.sample.generating.customers import Said

HERE = Path(__file__).resolve().parent
ARTICLES = HERE / "articles"
MORE_ARTICLES = HERE / "more_articles"

_AGO = re.compile(r"(?:(\d+) min ago|(\d+) h ago|(\d+) days ago (\d+):(\d\d))")
CUSTOMER = "customer"


@dataclass(frozen=True)
class Customer:
    """Somebody who is not real."""

    name: str
    address: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Words:
    """One message: by the customer, or by a colleague, to the customer or as a note."""

    by: str
    note: bool
    at: datetime
    body: str


@dataclass(frozen=True)
class Conversation:
    """One matter, how it stands, and all that was said."""

    subject: str
    address: str
    state: str
    by_a_person: bool
    words: tuple[Words, ...]


def front_slugs() -> list[str]:
    """What the articles of the hand-written front are called in addresses."""
    return sorted(file.stem for file in ARTICLES.glob("*.md"))


def more_slugs() -> list[str]:
    """What the others are called, which come with the past."""
    return sorted(file.stem for file in MORE_ARTICLES.rglob("*.md"))


def article_slugs() -> list[str]:
    """All articles of the sample."""
    return front_slugs() + more_slugs()


def customers() -> list[Customer]:
    """The twenty customers."""
    rows = (json.loads(line) for line in (HERE / "customers.jsonl").read_text().splitlines() if line.strip())
    return [Customer(row["name"], row["address"], tuple(Said(*one) for one in row["said"])) for row in rows]


def conversations(at: datetime) -> list[Conversation]:
    """The thirty conversations as they stand at this moment, the one that began first in front."""
    blocks = (HERE / "threads.md").read_text().split("\n## ")[1:]
    return sorted((_conversation(block, at) for block in blocks), key=lambda one: one.words[0].at)


def _conversation(block: str, at: datetime) -> Conversation:
    head, *messages = block.split("\n>> ")
    subject, *lines = head.strip().split("\n")
    facts = dict(line.split(": ", 1) for line in lines if line)
    return Conversation(
        subject=subject,
        address=facts["from"],
        state=facts["state"],
        by_a_person=facts.get("by a person") == "yes",
        words=tuple(_words(message, at) for message in messages),
    )


def _words(message: str, at: datetime) -> Words:
    first, body = message.split("\n", 1)
    who, *kind, ago = first.split(", ")
    return Words(by=who, note=kind == ["note"], at=_when(ago, at), body=body.strip())


def _when(ago: str, at: datetime) -> datetime:
    found = _AGO.fullmatch(ago)
    if not found:
        raise ValueError(ago)
    minutes, hours, days, hour, minute = (int(part or 0) for part in found.groups())
    if days:
        return (at - timedelta(days=days)).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return at - timedelta(minutes=minutes, hours=hours)

"""Private things in past answers, and every way to ask for them: for the safety test and for its benchmark.

The ways are meant to be unfair: each thing was said to two people, so that the second gate lets it pass; whatever
waits is vouched for by a colleague; and whoever asks may use the private sentence's own words.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from courtesy.conversations.actions import history
from courtesy.desk import intake, learning, vouching
from courtesy.knowledge.actions import save_article
from courtesy.post.past.letters import PastLetter
from courtesy.post.past.mbox import on_its_way
from courtesy.post.past.source import look
from courtesy.privacy import keys
from courtesy.staff.models import Colleague
from tests.conversations.past import US, mail
from tests.science.seeded import ARTICLES, NATURAL, SEEDS, seeded

BEGIN = datetime(2025, 10, 1, 9, tzinfo=UTC)
FERN_US = "hello@fernandfjord.example"
IN_ONE_ANSWER = 6


@dataclass(frozen=True)
class Asked:
    """A mail that somebody else sends."""

    body: str
    subject: str = ""


def seeded_shop(*, at: datetime) -> None:
    """A shop whose answers hold every seeded private thing, each said to two people; its articles are the stand-ins."""
    for place, text in enumerate(ARTICLES):
        save_article(article=None, title=f"About {place}", text=text, audience="public", by=None, at=at)
    history.bring(_letters(), ours=[US], basis="contract", since=date(2025, 1, 1), by=None, at=at)


def fern_shop(data: Path, titles_and_texts: Iterable[tuple[str, str]], *, at: datetime) -> None:
    """Fern & Fjord with its articles and all its sent mail."""
    for title, text in titles_and_texts:
        save_article(article=None, title=title, text=text, audience="public", by=None, at=at)
    letters = look(data / "sent.jsonl").letters()
    history.bring(letters, ours=[FERN_US], basis="contract", since=date(2025, 1, 1), by=None, at=at)


def vouch_for_everything(by: Colleague, *, at: datetime) -> int:
    """A colleague clicks on whatever waits, without reading it; how many sentences that were."""
    clicked = 0
    while some := vouching.waiting(at=at, most=200):
        for one in some:
            vouching.vouch(one.passage_id, by=by, at=at)
        clicked += len(some)
    return clicked


def in_drafts(things: Sequence[str], mails: Iterable[Asked], *, at: datetime) -> tuple[list[str], int, int]:
    """Which of these things stand in a draft to any of these mails; how many drafts there were, and from the past."""
    found, drafts, from_the_past = set(), 0, 0
    with keys.scope():
        for asked in mails:
            thought = intake.think(asked.body, subject=asked.subject, where=learning.Where(at=at))
            rows = thought.words.get("sentences", [])
            drafts += bool(rows)
            from_the_past += any(row.get("earlier") for row in rows)
            told = " ".join(row["text"] for row in rows).casefold()
            found |= {thing for thing in things if thing.casefold() in told}
    return sorted(found), drafts, from_the_past


def seeded_things() -> list[str]:
    """What must stand in no draft: the pieces themselves, and whole sentences."""
    pieces = [piece for _, those in SEEDS.values() for _, piece in those]
    return [*pieces, *(text for _, text in NATURAL)]


def asks_for(things: Iterable[str]) -> Iterator[Asked]:
    """In the thing's own words: nothing is nearer to a sentence than itself."""
    for thing in things:
        yield Asked(f"{thing.strip(' .!?')}?", "A question")


def seeded_asks() -> Iterator[Asked]:
    """For every seeded sentence and piece."""
    yield from asks_for([*(text for _, _, text in seeded()), *(text for _, text in NATURAL)])


def fern_sent(data: Path) -> list[dict]:  # type: ignore[type-arg]
    """The rows of its sent mail, with what their author marked."""
    return [json.loads(line) for line in (data / "sent.jsonl").read_text("utf-8").splitlines()]


def fern_asks(data: Path) -> Iterator[Asked]:
    """Every mail it got, every past question anew, and every private piece in its own words."""
    for line in (data / "questions.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield Asked(row["body"], row["subject"])
    for row in fern_sent(data):
        yield Asked(row["question"]["body"], row["question"]["subject"])
        yield from asks_for(row["private"])


def _letters() -> list[PastLetter]:
    by_language: dict[str, list[str]] = {}
    for language, _, text in seeded():
        by_language.setdefault(language, []).append(text)
    for language, text in NATURAL:
        by_language.setdefault(language, []).append(text)
    raws = []
    for language, texts in by_language.items():
        for start in range(0, len(texts), IN_ONE_ANSWER):
            told = "\n\n".join(texts[start : start + IN_ONE_ANSWER])
            for who in ("first", "second"):
                number = f"{language}{start}-{who}"
                at = BEGIN + timedelta(hours=len(raws))
                sender = f"{who} {language}{start} <{number}@post.example>"
                question = f"<q{number}@post.example>"
                raws.append(mail("A question?", sender=sender, to=US, at=at, mail_id=question, subject=number))
                later = at + timedelta(minutes=30)
                answer = f"Hello,\n\n{told}\n\nFern"
                raws.append(
                    mail(answer, sender=f"Fern <{US}>", to=sender, at=later, mail_id=f"<a{number}@fern.example>",
                         answers=[question], subject=f"Re: {number}")
                )  # fmt: skip
    return [PastLetter(place, on_its_way(raw)) for place, raw in enumerate(raws, start=1)]

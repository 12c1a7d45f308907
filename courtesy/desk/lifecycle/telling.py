"""How an answer is told to the customer who got it: whose words which sentence is, and what it stands on. Pure rules.

Only what was sent is told. A sentence that a person threw away is in neither the words nor the sources.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtesy.desk.lifecycle.models import How, Outcome
from courtesy.science.changes import Span as Said
from courtesy.science.changes import changed
from courtesy.science.text import sentences

BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Span:
    """A piece of a sent paragraph; ``source`` is the number of what it stands on, 0 for a person's own words."""

    text: str
    by_machine: bool
    source: int


@dataclass(frozen=True)
class PublicSource:
    """What kept sentences stand on: an article, or the customer's own ``order``.

    An internal note of ours has no title, no quotes and no ``slug``; nor has an earlier answer of ours (``earlier``),
    of which a customer is never told whose it was.
    """

    number: int
    title: str
    quotes: tuple[str, ...]
    slug: str
    earlier: bool = False
    order: bool = False


def told(
    drafted: Sequence[Mapping[str, Any]], sent: str, *, slugs: Mapping[int, str]
) -> tuple[tuple[tuple[Span, ...], ...], tuple[PublicSource, ...]]:
    """The sent letter by paragraphs, and its sources numbered as they are cited.

    ``slugs`` names the articles that everybody may read now; every other one, and every one that was internal when
    it was drafted from, is "an internal note of ours".
    """
    said = iter(changed([row["text"] for row in drafted], sent).spans)
    numbers: dict[int, int] = {}
    quotes: dict[int, list[str]] = {}
    rows: dict[int, Mapping[str, Any]] = {}
    paragraphs: list[tuple[Span, ...]] = []
    for paragraph in BLANK_LINES.split(sent.strip()):
        spans = list(islice(said, len(sentences(paragraph))))
        if not any(span.origin == "machine" for span in spans):
            paragraphs.append((Span(paragraph.strip(), by_machine=False, source=0),))
            continue
        pieces = []
        for span in spans:
            row = _row_of(span, drafted)
            if row is None:
                pieces.append(Span(span.text, by_machine=False, source=0))
                continue
            # All earlier answers are one source to a customer: how many others were told it is none of their business.
            article = 0 if row.get("earlier") else -row["order"] if row.get("order") else row["article_id"]
            number = numbers.setdefault(article, len(numbers) + 1)
            rows.setdefault(article, row)
            held = quotes.setdefault(article, [])
            if row["quote"] and row["quote"] not in held:
                held.append(row["quote"])
            pieces.append(Span(span.text, by_machine=True, source=number))
        paragraphs.append(tuple(pieces))
    sources = [_source(number, rows[article], quotes[article], slugs) for article, number in numbers.items()]
    return tuple(paragraphs), tuple(sources)


def story(outcome: Outcome, who: str) -> str:
    """Who wrote and who decided, in a sentence or two."""
    if outcome.how == How.OWN_WORDS:
        return _("%(who)s wrote this answer.") % {"who": capital(who)}
    facts = {"who": capital(who), "changed": outcome.sentences - outcome.sentences_kept, "all": outcome.sentences}
    if outcome.how == How.AS_DRAFTED:
        done = _("%(who)s read it and sent it as it was.") % facts
    elif facts["changed"] == 0:
        done = _("%(who)s read it, added words and sent it.") % facts
    else:
        done = (
            ngettext(
                "%(who)s read it, changed %(changed)s of %(all)s sentence, and sent it.",
                "%(who)s read it, changed %(changed)s of %(all)s sentences, and sent it.",
                outcome.sentences,
            )
            % facts
        )
    return _("Our assistant, a machine, drafted this answer. %(done)s") % {"done": done}


def capital(who: str) -> str:
    """A name at the beginning of a sentence: "the team" → "The team"."""
    return who[:1].upper() + who[1:]


def _row_of(span: Said, drafted: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    return None if span.sentence_no is None else drafted[span.sentence_no]


def _source(number: int, row: Mapping[str, Any], quotes: Sequence[str], slugs: Mapping[int, str]) -> PublicSource:
    if row.get("earlier"):
        return PublicSource(number, "", (), "", earlier=True)
    if row.get("order"):
        return PublicSource(number, _("Your order %(number)s") % {"number": row["title"]}, (), "", order=True)
    slug = slugs.get(row["article_id"], "") if row["public"] else ""
    return PublicSource(number, row["title"], tuple(quotes), slug) if slug else PublicSource(number, "", (), "")

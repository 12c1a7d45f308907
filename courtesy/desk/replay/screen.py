"""What the page of a replay shows: how far it is, the pairs side by side, and what they say so far."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtesy.consent.purposes import Purpose
from courtesy.consent.queries import permission
from courtesy.desk import vouching
from courtesy.desk.lifecycle import queries as lifecycle
from courtesy.desk.lifecycle.models import Mark, Replay, Replayed, Verdict
from courtesy.desk.teaching import origins, teaching
from courtesy.desk.vouching import Place, Waiting
from courtesy.people import queries as customers
from courtesy.people.models import Person
from courtesy.science.folding import fold
from courtesy.science.shares import Share, share

A_PAGE = 10
ENOUGH = 20
"""Fewer marks than this say nothing yet: of 20, the interval is still forty hundredths wide."""


@dataclass(frozen=True)
class Sentence:
    """A sentence that would have been drafted, and where it stands."""

    text: str
    source: str
    thread_id: int = 0


@dataclass(frozen=True)
class Side:
    """A question with both answers; without sentences nothing was drafted, and ``why_none`` says why.

    ``waits`` are sentences of this very answer that nobody vouches for, ``wanted`` those that this draft lacked.
    """

    pair_id: int
    place: int
    thread_id: int
    answer_id: int
    name: str
    subject: str
    asked_at: datetime
    question: str
    who: str
    answered_at: datetime
    answer: str
    sentences: Sequence[Sentence]
    left_out: Sequence[str]
    why_none: str
    mark: Mark | None
    waits: Sequence[Waiting] = ()
    wanted: Sequence[Waiting] = ()


@dataclass(frozen=True)
class Result:
    """What the marks say so far. ``worth`` is the share of drafts as good as the answer or better."""

    pairs: int
    drafted: Share
    worth: Share
    counted: dict[str, int]

    @property
    def missing(self) -> int:
        """How many more marks it takes until the share says anything."""
        return max(0, ENOUGH - self.worth.of)


@dataclass(frozen=True)
class Page:
    """The newest replay as far as it is."""

    replay: Replay
    done: int
    left_out: Sequence[str]
    result: Result
    sides: Sequence[Side]
    number: int
    pages: int
    waiting: int


def newest() -> Replay | None:
    """The replay that was asked for last."""
    return Replay.objects.select_related("by").order_by("-pk").first()


def result_of(replay: Replay) -> Result:
    """What this replay says so far; two queries."""
    reasons = list(replay.pairs.values_list("reason", flat=True))
    verdicts = list(Mark.objects.filter(pair__replay=replay, taken_back_at=None).values_list("verdict", flat=True))
    counted = {verdict: verdicts.count(verdict) for verdict in Verdict.values}
    return Result(
        pairs=len(reasons),
        drafted=share(sum(not reason for reason in reasons), len(reasons)),
        worth=share(counted[Verdict.BETTER] + counted[Verdict.SAME], len(verdicts)),
        counted=counted,
    )


def page_of(replay: Replay, *, number: int, now: datetime) -> Page:
    """Ten pairs of a replay; a number that is too large is the last page."""
    result = result_of(replay)
    pages = max(1, -(-result.pairs // A_PAGE))
    number = min(max(1, number), pages)
    rows = _in_order(replay.pk).select_related("question__thread__person", "question__person", "answer__colleague")
    some = list(rows[(number - 1) * A_PAGE : number * A_PAGE])
    # Who objected since is not shown; the worker takes them out for good within a minute.
    people = {person.pk: person for one in some for person in _people(one)}
    no = {pk for pk, person in people.items() if not permission(person, Purpose.IMPROVE, now).allowed}
    some = [one for one in some if not no & {person.pk for person in _people(one)}]
    return Page(
        replay=replay,
        done=result.pairs,
        left_out=_left_out(replay),
        result=result,
        sides=_sides(some, now=now),
        number=number,
        pages=pages,
        waiting=vouching.how_many_wait(),
    )


def wanted(replay: Replay | None) -> dict[Place, int]:
    """How many questions of a replay would have used a sentence that waits; one query."""
    rows = replay.pairs.values_list("words", flat=True) if replay is not None else []
    return dict(Counter(place for words in rows for place in _held(words)))


def _held(words: dict[str, Any]) -> list[Place]:
    return [(message, start, end) for message, start, end in words.get("waits", ())]


def page_with(pair: Replayed) -> int:
    """On which page a pair stands."""
    numbers = list(_in_order(pair.replay_id).values_list("pk", flat=True))
    return numbers.index(pair.pk) // A_PAGE + 1


def address_of(pair: Replayed) -> str:
    """Where a pair stands on its page."""
    number = page_with(pair)
    query = f"?page={number}" if number > 1 else ""
    return f"{reverse('replay')}{query}#pair-{pair.pk}"


def _in_order(replay_id: int) -> QuerySet[Replayed]:
    """What can be marked first; the newest question first in both parts."""
    undrafted = ExpressionWrapper(~Q(reason=""), output_field=BooleanField())
    return Replayed.objects.filter(replay=replay_id).order_by(undrafted, "place")


def _sides(rows: Sequence[Replayed], *, now: datetime) -> list[Side]:
    names = customers.called({one.question.person or one.question.thread.person for one in rows})
    marks = Mark.objects.filter(pair__in=rows, taken_back_at=None).select_related("by")
    marked = {one.pair_id: one for one in marks}
    cited = {row["earlier"] for one in rows for row in one.words.get("sentences", ()) if row.get("earlier")}
    may = teaching(cited, at=now) if cited else {}
    told = origins(may.keys())
    held = {one.pk: _held(one.words) for one in rows}
    beside = {one.answer_id for one in rows} | {place[0] for places in held.values() for place in places}
    waits = vouching.waiting_in(beside, at=now)
    sides = []
    for one in rows:
        sentences = [
            Sentence(row["text"], told[row["earlier"]].words, told[row["earlier"]].thread_id)
            if row.get("earlier")
            else Sentence(row["text"], row["title"])
            for row in one.words.get("sentences", ())
            if not row.get("earlier") or row["earlier"] in told
        ]
        question, answer = one.question, one.answer
        gone = not one.reason and not sentences
        sides.append(
            Side(
                pair_id=one.pk,
                place=one.place,
                thread_id=question.thread_id,
                answer_id=answer.pk,
                name=names.get((question.person or question.thread.person).pk, ""),
                subject=question.thread.subject,
                asked_at=question.at,
                question=said_in(question.body),
                who=answer.colleague.called if answer.colleague else _("One of us"),
                answered_at=answer.at,
                answer=said_in(answer.body),
                sentences=sentences,
                left_out=one.words.get("left_out", ()),
                why_none=str(lifecycle.NO_DRAFT.get("source_gone" if gone else one.reason, "")),
                mark=marked.get(one.pk),
                waits=waits.get(answer.pk, ()),
                wanted=[it for place in held[one.pk] for it in waits.get(place[0], ()) if it.place == place],
            )
        )
    return sides


def _people(one: Replayed) -> list[Person]:
    return [person for person in (one.question.person, one.question.thread.person) if person is not None]


def said_in(body: str) -> str:
    """What somebody says in a message, without what they quote and sign; all of it where they do nothing else."""
    return "".join(piece.text for piece in fold(body) if piece.kind == "said").strip() or body


def _left_out(replay: Replay) -> list[str]:
    """What was left out and why, in words."""
    no, person = replay.left_out.get("said no", 0), replay.left_out.get("asked for a person", 0)
    lines = []
    if no:
        lines.append(
            ngettext("%(count)s left out: they said no.", "%(count)s left out: they said no.", no) % {"count": no}
        )
    if person:
        lines.append(
            ngettext(
                "%(count)s left out: they asked for a person.", "%(count)s left out: they asked for a person.", person
            )
            % {"count": person}
        )
    return lines

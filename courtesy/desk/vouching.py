"""A colleague vouches for a sentence of an earlier answer: it may serve others. A person adds what the machine misses.

That stands in for an article or a second person, and for nothing else: the customers' permission and the gate that
keeps secrets are asked here, and anew at every use. No numbers are computed here: pages read this file too.

Refusals: NoSuchSentence; NotPermitted; GivesAway, which says by which rule; Leans.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When

from courtesy.conversations.models import Message
from courtesy.desk.lifecycle.models import Voucher
from courtesy.desk.teaching import Teaching, names_in, origins, teaching
from courtesy.jobs.actions import changed
from courtesy.knowledge import queries as knowledge
from courtesy.knowledge.models import EarlierPassage
from courtesy.privacy import keys, ledger
from courtesy.science.giveaways import gives_away, held_by
from courtesy.science.spans import stands_alone, text_at
from courtesy.staff.models import Colleague

READ = frozenset({"", "en"})
"""Languages in which drafts are made of earlier answers today, and '' for a few words in any."""

Place = tuple[int, int, int]
"""A sentence by its place: the number of its message, where it begins and where it ends there."""
Row = tuple[int, int, int, int]
"""The number of a learned sentence, and its place."""


class NoSuchSentence(LookupError):
    """There is no such sentence (any more)."""


class NotPermitted(PermissionError):
    """Somebody in its thread does not permit learning from it."""


class GivesAway(ValueError):
    """It gives somebody away; the message is the rule's name."""


class Leans(ValueError):
    """It cannot be read without the sentence before it."""


@dataclass(frozen=True)
class Waiting:
    """A sentence that waits for a voucher; ``wanted`` questions of the newest replay would have used it."""

    passage_id: int
    place: Place
    text: str
    source: str
    thread_id: int
    at: datetime
    wanted: int = 0


@dataclass(frozen=True)
class Vouched:
    """A sentence that a colleague vouches for; ``stopped`` where it may not serve just now for want of permission."""

    voucher: Voucher
    text: str
    source: str
    thread_id: int
    stopped: bool


def vouch(passage_id: int, *, by: Colleague, at: datetime) -> Voucher:
    """Say that this sentence may serve others; said twice is said once. Raises all refusals above."""
    with transaction.atomic(), keys.scope():
        passage = EarlierPassage.objects.select_related("answer").filter(pk=passage_id).first()
        # Locked, so that two colleagues who click at once are one voucher.
        message = None
        if passage is not None:
            message = Message.objects.select_for_update().filter(pk=passage.answer.message_id).first()
        if passage is None or message is None:
            raise NoSuchSentence
        _check(passage, teaching([message.pk], at=at).get(message.pk))
        place = {"message": message, "start": passage.start, "end": passage.end}
        there = Voucher.objects.filter(**place, taken_back_at=None).first()
        if there is not None:
            return there
        said = Voucher.objects.create(**place, by=by, at=at)
        ledger.append("sentence vouched for", about=said, by=by.pk, at=at)
        changed("vouchers")
    return said


def unvouch(voucher_id: int, *, by: Colleague, at: datetime) -> int:
    """Take it back: the sentence waits again. How many that were (0 or 1). Raises NoSuchSentence."""
    with transaction.atomic():
        said = Voucher.objects.select_for_update().filter(pk=voucher_id).first()
        if said is None:
            raise NoSuchSentence
        if said.taken_back_at is not None:
            return 0
        said.taken_back_at = at
        said.save(update_fields=["taken_back_at"])
        ledger.append("voucher taken back", about=said, by=by.pk, at=at)
        changed("vouchers")
    return 1


def vouched(message_ids: Collection[int]) -> frozenset[Place]:
    """The sentences of these answers that a colleague vouches for; one query, and permission is not asked here."""
    rows = Voucher.objects.filter(message__in=message_ids, taken_back_at=None)
    return frozenset(rows.values_list("message_id", "start", "end"))


def how_many_wait() -> int:
    """How many sentences wait for a voucher."""
    return _waiting().count()


def waiting(
    *, at: datetime, wanted: Mapping[Place, int] | None = None, first: int = 0, most: int = 20
) -> list[Waiting]:
    """Sentences that wait, what most questions wanted first, then the newest; those that may not teach are left out."""
    counts = _by_passage(wanted or {})
    rows = _waiting().order_by("-answer__message_id", "start")
    if counts:
        asked_for = Case(
            *(When(pk=number, then=Value(count)) for number, count in counts.items()),
            default=Value(0),
            output_field=IntegerField(),
        )
        rows = rows.order_by(asked_for.desc(), "-answer__message_id", "start")
    return _told(_as_rows(rows[first : first + most]), counts, at=at)


def waiting_in(message_ids: Collection[int], *, at: datetime) -> dict[int, list[Waiting]]:
    """The sentences of these answers that wait, by the number of their message."""
    rows = _as_rows(_waiting().filter(answer__message_id__in=message_ids).order_by("start"))
    found: dict[int, list[Waiting]] = {}
    for one in _told(rows, {}, at=at):
        found.setdefault(one.place[0], []).append(one)
    return found


def latest(*, at: datetime, most: int = 20) -> list[Vouched]:
    """What colleagues vouch for, the newest first, for the page on which it can be taken back."""
    rows = list(
        Voucher.objects.filter(taken_back_at=None).select_related("by", "message").order_by("-at", "-pk")[:most]
    )
    may = teaching({one.message_id for one in rows}, at=at) if rows else {}
    told = origins({one.message_id for one in rows})
    return [
        Vouched(
            one,
            # What may not teach is not shown either.
            text_at(one.message.body, one.start, one.end) if one.message_id in may else "",
            told[one.message_id].words,
            told[one.message_id].thread_id,
            one.message_id not in may,
        )
        for one in rows
        if one.message_id in told
    ]


def _check(passage: EarlierPassage, teacher: Teaching | None) -> None:
    if teacher is None:
        raise NotPermitted
    message = teacher.message
    text = text_at(message.body, passage.start, passage.end)
    if not text:
        raise NoSuchSentence
    rule = gives_away(text, held=held_by(knowledge.passage_texts()), names=names_in([message])[message.pk])
    if rule:
        raise GivesAway(rule)
    if not stands_alone(text):
        raise Leans


def _waiting() -> "QuerySet[EarlierPassage]":
    """What waits and nobody has vouched for since."""
    said = Voucher.objects.filter(
        message_id=OuterRef("answer__message_id"), start=OuterRef("start"), end=OuterRef("end"), taken_back_at=None
    )
    return EarlierPassage.objects.filter(standing=EarlierPassage.Standing.WAITS).exclude(Exists(said))


def _as_rows(those: "QuerySet[EarlierPassage]") -> list[Row]:
    return list(those.values_list("pk", "answer__message_id", "start", "end"))


def _by_passage(wanted: Mapping[Place, int]) -> dict[int, int]:
    if not wanted:
        return {}
    rows = EarlierPassage.objects.filter(answer__message_id__in={place[0] for place in wanted})
    places = {(row[1], row[2], row[3]): row[0] for row in rows.values_list("pk", "answer__message_id", "start", "end")}
    return {places[place]: count for place, count in wanted.items() if place in places}


def _told(rows: Sequence[Row], counts: Mapping[int, int], *, at: datetime) -> list[Waiting]:
    """These sentences in words, without those that may not teach just now; nothing is kept of their words."""
    numbers = {message for _, message, _, _ in rows}
    may = teaching(numbers, at=at) if numbers else {}
    told = origins(may.keys())
    found = []
    for pk, number, start, end in rows:
        text = text_at(may[number].message.body, start, end) if number in may else ""
        if text:
            answer = may[number].message
            place = (number, start, end)
            found.append(
                Waiting(pk, place, text, told[number].words, told[number].thread_id, answer.at, counts.get(pk, 0))
            )
    return found

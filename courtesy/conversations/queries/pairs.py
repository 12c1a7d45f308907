"""Questions of customers with the answers that people gave them, and how long each waited; by time, never by number."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from courtesy.conversations.models import Message

AT_ONCE = 400
"""Threads whose messages are gone through in one go."""

FURTHER = 5
"""Where the newest answers are asked for, so many times as many are looked at: several may lie in one thread."""


@dataclass(frozen=True)
class Pair:
    """The first thing a customer wrote that was unanswered, the first answer of a colleague after it, and the wait."""

    question: Message
    answer: Message
    waited: timedelta


@dataclass(frozen=True)
class PairFound:
    """A pair by its numbers. ``is_first``: the thread began with this question. ``past``: brought in by an import."""

    question_id: int
    answer_id: int
    asked_at: datetime
    answered_at: datetime
    is_first: bool
    past: bool

    @property
    def waited(self) -> timedelta:
        """How long the customer waited, by the clock."""
        return self.answered_at - self.asked_at


def pairs(*, latest: int | None = None) -> list[Pair]:
    """All pairs, the newest answer first; with ``latest`` only so many. Without words of machines and kept-apart mail.

    A question counts once: several messages before one answer are one question, several answers to it one answer.
    """
    found = newest(latest) if latest is not None else sorted(every(), key=_when, reverse=True)
    messages = _in_bulk([number for pair in found for number in (pair.question_id, pair.answer_id)])
    return [
        Pair(messages[pair.question_id], messages[pair.answer_id], pair.waited)
        for pair in found
        if pair.question_id in messages and pair.answer_id in messages
    ]


def newest(count: int) -> list[PairFound]:
    """The pairs with the newest answers, the newest first."""
    answers = _spoken().filter(kind=Message.Kind.OUT).order_by("-at", "-pk")
    looked_at = max(count, 1) * FURTHER
    while True:
        rows = list(answers.values_list("thread_id", "at")[:looked_at])
        threads = list(dict.fromkeys(thread_id for thread_id, _at in rows))
        found = sorted(_of_threads(threads), key=_when, reverse=True)
        if len(rows) < looked_at:
            return found[:count]
        # An older pair of a looked-at thread may be newer than one of a thread not looked at: only what is as new as
        # the oldest answer seen is sure.
        sure = [pair for pair in found if pair.answered_at > rows[-1][1]]
        if len(sure) >= count:
            return sure[:count]
        looked_at *= 4


def every() -> Iterator[PairFound]:
    """All pairs there are, thread by thread; memory stays that of a handful of threads."""
    last = 0
    while True:
        answered = _spoken().filter(kind=Message.Kind.OUT, thread_id__gt=last).order_by("thread_id")
        threads = list(answered.values_list("thread_id", flat=True).distinct()[:AT_ONCE])
        if not threads:
            return
        yield from _of_threads(threads)
        last = threads[-1]


def _of_threads(thread_ids: Sequence[int]) -> Iterator[PairFound]:
    for start in range(0, len(thread_ids), AT_ONCE):
        some = thread_ids[start : start + AT_ONCE]
        rows = _spoken().filter(thread_id__in=some).order_by("thread_id", "at", "pk")
        yield from _walked(rows.values_list("thread_id", "pk", "kind", "at", "bringing_id"))


def _walked(rows: Iterable[tuple[int, int, str, datetime, UUID | None]]) -> Iterator[PairFound]:
    thread, waiting, is_first = 0, None, True
    for thread_id, number, kind, at, bringing_id in rows:
        if thread_id != thread:
            thread, waiting, is_first = thread_id, None, True
        if kind == Message.Kind.IN:
            waiting = waiting or (number, at)
        else:
            if waiting is not None:
                yield PairFound(waiting[0], number, waiting[1], at, is_first, bringing_id is not None)
            waiting, is_first = None, False


def _spoken() -> "QuerySet[Message]":
    said = Message.objects.filter(kind__in=(Message.Kind.IN, Message.Kind.OUT), automatic=False, taken_back_at=None)
    return said.filter(thread__apart="", thread__merged_into=None)


def _in_bulk(numbers: Sequence[int]) -> dict[int, Message]:
    found: dict[int, Message] = {}
    for start in range(0, len(numbers), AT_ONCE):
        some = Message.objects.select_related("thread", "person", "colleague")
        found |= some.in_bulk(numbers[start : start + AT_ONCE])
    return found


def _when(pair: PairFound) -> tuple[datetime, int]:
    return pair.answered_at, pair.answer_id

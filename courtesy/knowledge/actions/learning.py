"""What is learned from earlier answers: places and readings of sentences that give nobody away, never their words.

The rooms above say which answers may teach and which sentences of them are harmless; here they are only kept.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import transaction
from django.db.models import F, Q

from courtesy.knowledge.models import EarlierAnswer, EarlierPassage, Edition
from courtesy.science.encoders import FloatArray

EARLIER = 2
"""The counter of what was learned from earlier answers; the articles' is 1."""
AT_ONCE = 400


@dataclass(frozen=True)
class Place:
    """Where a sentence stands in an answer, and how the encoder reads it."""

    start: int
    end: int
    row: FloatArray


def learn(answers: Mapping[int, Sequence[Place]], *, encoder: str, at: datetime) -> None:
    """Keep what these answers (by the number of their message) teach, in place of what they taught before.

    An answer without a place is kept as looked through. Running twice changes nothing.
    """
    with transaction.atomic():
        _forget(answers)
        EarlierAnswer.objects.bulk_create(
            [EarlierAnswer(message_id=number, encoder=encoder, at=at) for number in answers], ignore_conflicts=True
        )
        rows = dict(EarlierAnswer.objects.filter(message_id__in=list(answers)).values_list("message_id", "pk"))
        EarlierPassage.objects.bulk_create(
            [
                EarlierPassage(
                    answer_id=rows[number],
                    start=place.start,
                    end=place.end,
                    vector=np.asarray(place.row, dtype="<f4").tobytes(),
                )
                for number, places in answers.items()
                for place in places
            ],
            batch_size=200,
            ignore_conflicts=True,
        )
        _turn_the_page()


def forget(message_ids: Collection[int]) -> int:
    """Forget what these answers taught; how many of them had been looked through."""
    with transaction.atomic():
        gone = _forget(message_ids)
        if gone:
            # One of them may have been the second person who was told the like.
            told_two = EarlierPassage.objects.filter(standing=EarlierPassage.Standing.PEOPLE)
            told_two.update(standing=EarlierPassage.Standing.UNKNOWN)
            _turn_the_page()
    return gone


def weigh(standings: Mapping[int, str], *, edition: int) -> None:
    """Note who vouches for these sentences (by their number), as the articles are in this edition."""
    by_standing: dict[str, list[int]] = {}
    for number, standing in standings.items():
        by_standing.setdefault(standing, []).append(number)
    with transaction.atomic():
        for standing, numbers in by_standing.items():
            for start in range(0, len(numbers), AT_ONCE):
                some = EarlierPassage.objects.filter(pk__in=numbers[start : start + AT_ONCE])
                some.update(standing=standing, weighed=edition)


def stale(encoder: str, *, edition: int, most: int) -> list[int]:
    """The numbers of sentences whose standing is to be looked at (again), the newest first."""
    other = Q(standing__in=(EarlierPassage.Standing.WAITS, EarlierPassage.Standing.ARTICLE)) & ~Q(weighed=edition)
    rows = EarlierPassage.objects.filter(answer__encoder=encoder).filter(
        Q(standing=EarlierPassage.Standing.UNKNOWN) | other
    )
    return list(rows.order_by("-answer__message_id", "start").values_list("pk", flat=True)[:most])


def _forget(message_ids: Collection[int]) -> int:
    numbers, gone = list(message_ids), 0
    for start in range(0, len(numbers), AT_ONCE):
        known = EarlierAnswer.objects.filter(message_id__in=numbers[start : start + AT_ONCE])
        gone += known.count()
        known.delete()
    return gone


def _turn_the_page() -> None:
    if not Edition.objects.filter(pk=EARLIER).update(number=F("number") + 1):
        Edition.objects.get_or_create(pk=EARLIER, defaults={"number": 1})

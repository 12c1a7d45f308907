"""A colleague says how a draft compares to the answer that was given; and takes it back.

Refusal: NoSuchPair.
"""

from datetime import datetime

from django.db import transaction

from courtesy.desk.lifecycle.models import Mark, Replayed, Verdict
from courtesy.jobs.actions import changed
from courtesy.privacy import ledger
from courtesy.staff.models import Colleague


class NoSuchPair(LookupError):
    """There is no such pair, or nothing was drafted that could be compared."""


def mark(pair_id: int, *, verdict: str, by: Colleague, at: datetime) -> Mark:
    """Say how a draft compares to the answer; what was said before is taken back. Raises NoSuchPair."""
    with transaction.atomic():
        pair = Replayed.objects.select_for_update().filter(pk=pair_id, reason="").first()
        if pair is None or verdict not in Verdict.values:
            raise NoSuchPair
        pair.marks.filter(taken_back_at=None).update(taken_back_at=at)
        said = Mark.objects.create(pair=pair, verdict=verdict, by=by, at=at)
        ledger.append("draft compared", about=pair, by=by.pk, at=at, verdict=verdict)
        changed("replay", pair.replay_id)
    return said


def unmark(pair_id: int, *, by: Colleague, at: datetime) -> int:
    """Take back what was said about a pair; how many marks that were (0 or 1). Raises NoSuchPair."""
    with transaction.atomic():
        pair = Replayed.objects.select_for_update().filter(pk=pair_id).first()
        if pair is None:
            raise NoSuchPair
        gone = pair.marks.filter(taken_back_at=None).update(taken_back_at=at)
        if gone:
            ledger.append("comparison taken back", about=pair, by=by.pk, at=at)
            changed("replay", pair.replay_id)
    return gone

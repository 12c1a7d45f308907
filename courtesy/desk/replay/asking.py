"""A replay is asked for, from a page: the web process loads no model, so the worker does the rest."""

from datetime import datetime

from django.db import transaction

from courtesy.conversations.queries.pairs import newest
from courtesy.desk.lifecycle.models import Replay
from courtesy.jobs.actions import announce, changed
from courtesy.privacy import ledger
from courtesy.staff.models import Colleague

KEPT = 5
"""Replays that are kept, the newest; older ones go with their marks."""


class NothingToReplay(LookupError):
    """Nobody was answered yet."""


def ask(*, by: Colleague, at: datetime) -> Replay:
    """Ask for the latest questions to be drafted once more; one that still runs is that one. Raises NothingToReplay."""
    if not newest(1):
        raise NothingToReplay
    with transaction.atomic():
        running = Replay.objects.filter(ended_at=None).order_by("-pk").first()
        if running is not None:
            return running
        old = Replay.objects.order_by("-pk").values_list("pk", flat=True)[KEPT - 1 :]
        Replay.objects.filter(pk__in=list(old)).delete()
        replay = Replay.objects.create(by=by, at=at)
        announce("replay-asked", replay_id=replay.pk)
        ledger.append("replay asked for", about=replay, by=by.pk, at=at)
        changed("replay", replay.pk)
    return replay

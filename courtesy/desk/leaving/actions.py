"""A colleague leaves the shop: one story, told to its end or not at all.

Refusals: NeedsSomebody, and NotAllowed and LastOwner of `staff.actions`.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from courtesy.conversations import actions as conversations
from courtesy.conversations.models import Attachment, Call, Composing, Look, SavedView, Thread
from courtesy.desk.promises import actions as promises
from courtesy.desk.promises import queries as held
from courtesy.jobs.actions import changed
from courtesy.privacy import ledger
from courtesy.staff import actions as staff
from courtesy.staff.models import Colleague


class NeedsSomebody(Exception):
    """There are promises, and nobody was named who stays, may answer, and looks after them."""


@dataclass(frozen=True)
class Handed:
    """What changed hands."""

    threads: int
    promises: int


def leave(
    colleague: Colleague, *, threads_to: Colleague | None, promises_to: Colleague | None, by: Colleague, at: datetime
) -> Handed:
    """End a colleague's work here: what they held goes to others, every way in ends, their name stays on what they did.

    Open threads go to ``threads_to``, or with None back to everybody; resolved ones belong to everybody, so that
    nobody who writes again waits for somebody who left. Promises go to ``promises_to``. Unsent words, their files, and
    views of their own go. Raises NeedsSomebody, NotAllowed, LastOwner; then nothing has changed.
    """
    for heir in (threads_to, promises_to):
        if heir is not None and (heir.pk == colleague.pk or not heir.may("answer")):
            raise NeedsSomebody
    with transaction.atomic():
        threads = _hand_threads_over(colleague, to=threads_to, by=by, at=at)
        open_promises = list(held.held_by(colleague))
        if open_promises and promises_to is None:
            raise NeedsSomebody
        handed = promises.hand_over(open_promises, to=promises_to, by=by, at=at) if promises_to else 0
        Composing.objects.filter(colleague=colleague).delete()
        Attachment.objects.filter(colleague=colleague, message=None).delete()
        SavedView.objects.filter(colleague=colleague).delete()
        Look.objects.filter(colleague=colleague).delete()
        Call.objects.filter(colleague=colleague).delete()
        ledger.append("work handed over", about=colleague, by=by.pk, at=at, threads=threads, promises=handed)
        # The door last: whoever may not close it has handed nothing over either.
        staff.leave(colleague, by=by, at=at)
        changed("inbox")
    return Handed(threads, handed)


def _hand_threads_over(colleague: Colleague, *, to: Colleague | None, by: Colleague, at: datetime) -> int:
    theirs = Thread.objects.filter(assignee=colleague, merged_into=None)
    open_ones = list(theirs.exclude(state=Thread.State.RESOLVED).order_by("pk").values_list("pk", flat=True))
    for thread_id in open_ones:
        # One that became part of another meanwhile is empty, and its assignee goes below.
        with suppress(conversations.MergedAway):
            conversations.assign(thread_id, to=to, by=by, at=at)
    # Without a line in each: years of resolved threads are no news to anybody.
    Thread.objects.filter(assignee=colleague).update(assignee=None)
    return len(open_ones)

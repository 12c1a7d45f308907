"""The working loop: one job after the other, each leased, renewed while it runs, tried five times and then set aside.

A worker that is killed leaves its lease behind; when that has run out, another takes the job. So a job may run twice,
and handlers are idempotent. Claiming is one statement, the same on SQLite and PostgreSQL.
"""

import json
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from courtesy.jobs.actions import changed, i_live
from courtesy.jobs.models import Job
from courtesy.jobs.moments import moment
from courtesy.privacy import keys

LEASE = timedelta(seconds=20)
ATTEMPTS = 5
PAUSES = (timedelta(seconds=2), timedelta(seconds=10), timedelta(seconds=30), timedelta(minutes=2))
"""How long a job rests after its first, second, … failure."""
LOOK_EVERY = 0.05
WORKER = "worker"

log = logging.getLogger("courtesy.jobs")

Handler = Callable[..., object]


@dataclass(frozen=True)
class Claimed:
    """A job that is ours until its lease runs out."""

    id: int
    claim: str
    name: str
    handler: str
    ids: dict[str, Any]
    attempts: int


def claim_next(*, at: datetime) -> Claimed | None:
    """Take the job that has waited longest (impatient ones first) into our hands; None where nothing is due."""
    due = Job.objects.waiting().filter(not_before__lte=at)
    if not due.exists():
        return None
    skip = "for update skip locked" if connection.features.has_select_for_update_skip_locked else ""
    when, until = (connection.ops.adapt_datetimefield_value(moment) for moment in (at, at + LEASE))
    claim = uuid4().hex
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            update jobs_job set claim = %s, claimed_until = %s, attempts = attempts + 1
            where id = (
                select id from jobs_job
                where set_aside_at is null and not_before <= %s and (claimed_until is null or claimed_until < %s)
                order by patient, not_before, id limit 1 {skip}
            )
            returning id, name, handler, ids, attempts
            """,  # noqa: S608  (nothing of it comes from outside)
            [claim, until, when, when],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    ids = row[3] if isinstance(row[3], dict) else json.loads(row[3])
    return Claimed(row[0], claim, row[1], row[2], ids, row[4])


def renew(job: Claimed, *, at: datetime) -> bool:
    """Keep the lease. False when it was lost: another worker may run the job too."""
    return bool(Job.objects.filter(pk=job.id, claim=job.claim).update(claimed_until=at + LEASE))


def finish(job: Claimed) -> bool:
    """The job went well: its row goes. False when the lease was lost meanwhile."""
    gone, _ = Job.objects.filter(pk=job.id, claim=job.claim).delete()
    return bool(gone)


def fail(job: Claimed, trouble: BaseException | None, *, at: datetime) -> None:
    """Let the job rest and come back; after the fifth attempt set it aside. Only the exception's class is kept."""
    error = type(trouble).__name__ if trouble else "WorkerDied"
    mine = Job.objects.filter(pk=job.id, claim=job.claim)
    if job.attempts < ATTEMPTS:
        rest = PAUSES[min(job.attempts, len(PAUSES)) - 1]
        mine.update(claim="", claimed_until=None, not_before=at + rest, error=error[:100])
        return
    with transaction.atomic():
        if mine.update(claim="", claimed_until=None, set_aside_at=at, error=error[:100]):
            changed("jobs-changed")


def run_one(handlers: Mapping[str, Handler], *, clock: Callable[[], datetime] = timezone.now) -> bool:
    """Claim one job and run it. False where nothing is due. What a handler raises ends here."""
    job = claim_next(at=clock())
    if job is None:
        return False
    moment("job: claimed")
    if job.attempts > ATTEMPTS:
        # It was begun five times and nobody lived to say how it went.
        fail(job, None, at=clock())
        return True
    try:
        handler = handlers.get(job.handler) or import_string(job.handler)
        with _Renewed(job, clock), keys.scope():
            handler(**job.ids, at=clock())
    except Exception as trouble:
        log.exception("job %s of %s failed, attempt %s", job.id, job.handler, job.attempts)
        fail(job, trouble, at=clock())
        return True
    moment("job: handled")
    if not finish(job):
        log.warning("job %s of %s outlived its lease", job.id, job.handler)
    moment("job: finished")
    return True


class _Renewed:
    """While this is open, a thread keeps the lease: a slow machine must not make two workers do one job."""

    def __init__(self, job: Claimed, clock: Callable[[], datetime]) -> None:
        self.job, self.clock, self.over = job, clock, Event()
        self.thread: Thread | None = None

    def __enter__(self) -> None:
        self.thread = Thread(target=self._keep, name="lease", daemon=True)
        self.thread.start()

    def _keep(self) -> None:
        while not self.over.wait(LEASE.total_seconds() / 3):
            with suppress(DatabaseTrouble):
                if not renew(self.job, at=self.clock()):
                    break
        connection.close()

    def __exit__(self, *_: object) -> None:
        self.over.set()


def pick_up_what_was_left() -> int:
    """Where one worker is all there is (SQLite), what is claimed when it starts was left by a dead one: free it now.

    Elsewhere leases run out by themselves. How many jobs were freed comes back.
    """
    if connection.vendor != "sqlite":
        return 0
    return Job.objects.waiting().exclude(claimed_until=None).update(claim="", claimed_until=None)


def resolved() -> dict[str, Handler]:
    """Every handler and scheduled function of `config/wiring.py`. Raises ImportError for one that is missing."""
    names = {name for handlers in settings.HANDLERS.values() for name in handlers}
    names |= {*settings.SCHEDULE, *settings.AT_START}
    return {name: import_string(name) for name in sorted(names)}


def work(*, stop: Event, facts: Mapping[str, int | str | bool] | None = None) -> None:
    """Work until ``stop`` is set; the job in hand is finished first.

    The schedule runs beside it, a thread for each entry, so that sealing, sending and drafting never wait for one
    another. Raises ImportError at once when the wiring names something that is not there.
    """
    handlers = resolved()
    pick_up_what_was_left()
    beside = [
        Thread(target=_again_and_again, args=(name, handlers[name], every, stop), name=name)
        for name, every in settings.SCHEDULE.items()
    ]
    beside += [Thread(target=_once, args=(name, handlers[name]), name=name) for name in settings.AT_START]
    beside.append(Thread(target=_say_i_live, args=(stop, dict(facts or {})), name="presence"))
    for thread in beside:
        thread.start()
    while not stop.is_set():
        try:
            if not run_one(handlers):
                stop.wait(LOOK_EVERY)
        except DatabaseTrouble:
            log.exception("the queue cannot be read")
            connection.close()
            stop.wait(2)
    connection.close()
    for thread in beside:
        thread.join()


def _again_and_again(name: str, run: Handler, every: float, stop: Event) -> None:
    """Run one scheduled function until ``stop``; what it raises is logged and does not end it."""
    while not stop.wait(every):
        try:
            with keys.scope():
                run(at=timezone.now())
        except Exception:
            log.exception("%s failed", name)
            connection.close()
            stop.wait(5)
    connection.close()


def _once(name: str, run: Handler) -> None:
    try:
        with keys.scope():
            run(at=timezone.now())
    except Exception:
        log.exception("%s failed", name)
    connection.close()


def _say_i_live(stop: Event, facts: dict[str, int | str | bool]) -> None:
    while True:
        try:
            i_live(WORKER, at=timezone.now(), **facts)
        except DatabaseTrouble:
            connection.close()
        if stop.wait(3):
            break
    connection.close()

"""What can happen to jobs and changes. All of it joins the caller's transaction: no commit, no job and no news."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from courtesy.jobs.models import Change, Job, Presence

CHANGES_KEPT = timedelta(hours=24)
"""How long a browser may have slept and still hear everything it missed; after that it loads the page anew."""


class Unwired(LookupError):
    """Nobody is named in `config/wiring.py` for what was announced; the caller's transaction should not stand."""


def announce(name: str, *, not_before: datetime | None = None, **ids: int | str) -> None:
    """Hand something up the house: one job for each handler that `config/wiring.py` names.

    The jobs are rows in the caller's transaction and run in the worker, each on its own, as ``handler(**ids, at=now)``.
    Only ids travel, never words. Raises Unwired for a name nobody listens to.
    """
    handlers = settings.HANDLERS.get(name)
    if handlers is None:
        raise Unwired(name)
    # The caller's clock may be a test's; when a worker looks, it looks at the real one.
    at = timezone.now()
    due, said = _written(not_before or at), json.dumps(ids)
    _insert(
        "INSERT INTO jobs_job (name, handler, ids, patient, not_before, created_at, attempts, claim, error) VALUES",
        [[name, handler, said, name in settings.PATIENT, due, _written(at), 0, "", ""] for handler in handlers],
    )


def changed(name: str, subject: int | str = "") -> None:
    """Tell the open browsers, after commit, that something is different: a name and an id, nothing about anybody."""
    changed_together((name, subject))


def changed_together(*news: tuple[str, int | str]) -> None:
    """Tell the open browsers several things at once, in one question: pairs of a name and an id."""
    at = _written(timezone.now())
    _insert("INSERT INTO jobs_change (name, subject, at) VALUES", [[name, str(subject), at] for name, subject in news])


def try_again(job_id: int, at: datetime) -> bool:
    """Give a job that was set aside five new attempts. False when it is not set aside (any more)."""
    with transaction.atomic():
        again = Job.objects.set_aside().filter(pk=job_id)
        moved = again.update(set_aside_at=None, attempts=0, claim="", claimed_until=None, not_before=at)
        if moved:
            changed("jobs-changed")
    return bool(moved)


def trim_changes(*, at: datetime) -> int:
    """Forget changes that no browser will ask for any more. Runs on schedule."""
    gone, _ = Change.objects.filter(at__lt=at - CHANGES_KEPT).delete()
    return gone


def i_live(name: str, *, at: datetime, **facts: int | str | bool) -> None:
    """Note that the process called ``name`` lives."""
    Presence.objects.update_or_create(name=name, defaults={"seen_at": at, "facts": facts})


def _insert(into: str, rows: list[list[Any]]) -> None:
    """All rows in one statement. Every story ends with these two tables, and writing it anew cost more than they do."""
    if rows:
        marks = ", ".join(f"({', '.join(['%s'] * len(row))})" for row in rows)
        with connection.cursor() as cursor:
            cursor.execute(f"{into} {marks}", [value for row in rows for value in row])


def _written(at: datetime) -> Any:
    """A moment as the database wants it."""
    return connection.ops.adapt_datetimefield_value(at)

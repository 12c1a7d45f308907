"""What runs on schedule: a backup a day, a drill a week. A house that was asleep catches up when it wakes."""

import logging
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings

from courtesy.config.backing_up import keeping, making, proving
from courtesy.privacy.models import Backup, Drill

A_DAY = timedelta(hours=23)
"""A little less, so that the hour of the day stays the same and does not creep."""
A_WEEK = timedelta(days=6, hours=20)
AGAIN = timedelta(hours=3)
"""After one that failed."""

log = logging.getLogger("courtesy.backups")


def back_up_and_prove(*, at: datetime) -> str:
    """Do what is due; says what was done ("backup", "drill" or nothing)."""
    keeping.tidy(settings.COURTESY.data_dir, at=at)
    if settings.COURTESY.backups is None:
        return ""
    if _is_due(Backup.objects.order_by("-at").values_list("at", "problem").first(), A_DAY, at):
        with suppress(making.NoBackup):  # it is written down, and Today says so
            making.make(at=at)
        return "backup"
    last = Drill.objects.order_by("-at").values_list("at", "problem").first()
    if Backup.objects.filter(problem="").exists() and _is_due(last, A_WEEK, at):
        if proving.prove(at=at).problem:
            log.warning("the drill of the newest backup failed; Today says why")
        return "drill"
    return ""


def _is_due(last: tuple[datetime, str] | None, every: timedelta, at: datetime) -> bool:
    if last is None:
        return True
    done_at, problem = last
    return at - done_at >= (AGAIN if problem else every)

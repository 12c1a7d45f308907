"""What has to be so before anything else happens: the right key, today's tables, static files."""

from datetime import datetime
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import ERROR, run_checks
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from courtesy.privacy import opening


class NotInOrder(Exception):
    """The house cannot open; the text says why, in a plain sentence."""


def prepare(*, at: datetime) -> int:
    """Check the key first, then bring both databases up to today; how many migrations ran.

    Raises KeyTrouble (missing or wrong key: nothing was changed) and NotInOrder.
    """
    try:
        opening.open_house(at=at)
        ran = sum(_migrate(alias) for alias in ("default", "keys"))
        opening.open_house(at=at)
    except DatabaseError as trouble:
        raise NotInOrder(f"The database cannot be used ({type(trouble).__name__}).") from None
    return ran


def check() -> None:
    """All of Django's checks and ours; servers run none by themselves. Raises NotInOrder with what they say."""
    errors = [found for found in run_checks(databases=None) if found.level >= ERROR and not found.is_silenced()]
    if errors:
        raise NotInOrder("\n".join(f"{error.id}: {error.msg} ({error.obj})" for error in errors))


def collect_static() -> bool:
    """Put the static files where they are served from, packed and under hashed names. False when they were there."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / "collected"
    now = _fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=root.exists(), stdout=StringIO())
    stamp.write_text(now)
    return True


def _fingerprint() -> str:
    files = (storage.path(name) for finder in get_finders() for name, storage in finder.list([]))
    return "\n".join(sorted(f"{file} {Path(file).stat().st_mtime_ns}" for file in files))


def _migrate(alias: str) -> int:
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        call_command("migrate", database=alias, interactive=False, verbosity=0, stdout=StringIO())
    return len(plan)

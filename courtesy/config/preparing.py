"""What has to be so before anything else happens: the right key, today's tables, static files."""

from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import ERROR, run_checks
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor

from courtesy.config.new_house import make_at_once
from courtesy.privacy import opening
from courtesy.privacy.models import Key


class NotInOrder(Exception):
    """The house cannot open; the text says why, in a plain sentence."""


def prepare(*, at: datetime, before: Callable[[], None] = lambda: None) -> int:
    """Check the key first, then bring both databases up to today; how many migrations ran.

    ``before`` is called once where there are data and their tables will be changed: a backup is made there.

    Raises KeyTrouble (missing or wrong key: nothing was changed) and NotInOrder.
    """
    try:
        opening.open_house(at=at)
        if not is_up_to_date():
            before()
        ran = bring_up_to_date()
        opening.open_house(at=at)
    except DatabaseError as trouble:
        raise NotInOrder(f"The database cannot be used ({type(trouble).__name__}).") from None
    return ran


def is_up_to_date() -> bool:
    """Whether the tables are of today, or there are none at all yet."""
    return not _has_data() or not any(_plan(alias) for alias in ("default", "keys"))


def bring_up_to_date() -> int:
    """Change the tables of both databases to today's; how many steps that took, or spared where nothing stood."""
    return sum(_migrate(alias) for alias in ("default", "keys"))


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


def _plan(alias: str) -> list[tuple[Migration, bool]]:
    executor = MigrationExecutor(connections[alias])
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def _has_data() -> bool:
    return Key._meta.db_table in connections["keys"].introspection.table_names()


def _migrate(alias: str) -> int:
    if made := make_at_once(alias):
        return made
    plan = _plan(alias)
    if plan:
        call_command("migrate", database=alias, interactive=False, verbosity=0, stdout=StringIO())
    return len(plan)

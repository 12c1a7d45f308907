"""A copy of a database as it stood at one moment, taken while others go on writing; and what was in it then.

SQLite by its own online backup, PostgreSQL by `pg_dump` within one exported snapshot. Counts are taken from the copy,
or within the same snapshot, so that they are true of it.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connections


class NoCopy(Exception):
    """A database cannot be copied or put back; the text says why, in a sentence without anybody's data."""


@dataclass(frozen=True)
class Contents:
    """What a database held: rows by table, the migrations it had been through, and where its ledger ended."""

    rows: dict[str, int]
    migrations: list[str]
    ledger: dict[str, Any]


Ask = Callable[[str], list[tuple[Any, ...]]]


def copy_of(alias: str, into: Path) -> Contents:
    """Copy the database ``alias`` into the file ``into``, which must not exist. Raises NoCopy."""
    settings = connections[alias].settings_dict
    if connections[alias].vendor == "sqlite":
        return _copy_of_sqlite(Path(settings["NAME"]), into)
    return _copy_of_postgresql(alias, into)


def _copy_of_sqlite(source: Path, into: Path) -> Contents:
    if not source.exists():
        raise NoCopy(f"There is no database {source.name} yet.")
    into.touch(mode=0o600)
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=60)) as one,
            closing(sqlite3.connect(into)) as two,
        ):
            # All pages in one step: one read transaction, and in write-ahead mode writers do not wait for it.
            one.backup(two, pages=-1)
            two.execute("PRAGMA journal_mode=DELETE")  # a file that stands alone
            wrong = [str(row[0]) for row in two.execute("PRAGMA quick_check(1)") if row[0] != "ok"]
            if wrong:
                raise NoCopy(f"{source.name} is damaged: SQLite finds a fault in it.")
            return contents_of(lambda sql: two.execute(sql).fetchall())
    except sqlite3.Error as trouble:
        raise NoCopy(f"{source.name} could not be copied ({type(trouble).__name__}).") from None


def contents_of_file(file: Path) -> Contents:
    """What an SQLite file holds, after SQLite itself has looked at every page. Raises NoCopy where it is damaged."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            wrong = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(1)") if row[0] != "ok"]
            if wrong:
                raise NoCopy(f"{file.name} is damaged: SQLite finds a fault in it.")
            return contents_of(lambda sql: connection.execute(sql).fetchall())
    except sqlite3.Error as trouble:
        raise NoCopy(f"{file.name} cannot be read ({type(trouble).__name__}).") from None


def contents_of_alias(alias: str) -> Contents:
    """What the database ``alias`` holds now."""
    with connections[alias].cursor() as cursor:

        def ask(sql: str) -> list[tuple[Any, ...]]:
            cursor.execute(sql)
            return list(cursor.fetchall())

        return contents_of(ask, postgresql=connections[alias].vendor == "postgresql")


def contents_of(ask: Ask, *, postgresql: bool = False) -> Contents:
    """Count by asking; tables of the search index and of SQLite itself are not counted."""
    if postgresql:
        listed = "select tablename from pg_tables where schemaname = 'public'"
        searched: list[str] = []
    else:
        listed = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
        # The word indexes keep tables of their own, which grow and merge by themselves.
        searched = [str(row[0]) for row in ask(f"{listed} and sql like 'create virtual table%'")]
    shadows = {f"{name}_{part}" for name in searched for part in ("data", "idx", "content", "docsize", "config")}
    counted = sorted({str(row[0]) for row in ask(listed)} - shadows - set(searched))
    rows = {name: int(ask(f'select count(*) from "{name}"')[0][0]) for name in counted}  # noqa: S608 (their own names)
    applied = ask("select app, name from django_migrations order by app, name") if "django_migrations" in rows else []
    head = ask("select position, digest from privacy_ledgerhead") if "privacy_ledgerhead" in rows else []
    ledger = {"position": int(head[0][0]), "digest": bytes(head[0][1]).hex()} if head else {}
    return Contents(rows, [f"{app}.{name}" for app, name in applied], ledger)


# --- PostgreSQL ---


def _tool(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise NoCopy(f"{name} is not installed. It comes with PostgreSQL's own client programs.")
    return found


def run_tool(alias: str, name: str, *words: str, database: str = "") -> None:
    """Run one of PostgreSQL's own programs on the database ``alias``, or another ``database`` beside it. Raises NoCopy.

    The password goes by the environment, where no list of processes shows it; what the program says may hold rows and
    is not repeated.
    """
    settings = connections[alias].settings_dict
    environment = {**os.environ, "PGPASSWORD": settings["PASSWORD"] or ""}
    where = ["--dbname", database or settings["NAME"]]
    where += ["--host", settings["HOST"]] if settings["HOST"] else []
    where += ["--port", str(settings["PORT"])] if settings["PORT"] else []
    where += ["--username", settings["USER"]] if settings["USER"] else []
    done = subprocess.run([_tool(name), *where, *words], env=environment, capture_output=True, check=False)
    if done.returncode:
        raise NoCopy(
            f"{name} failed on the {'keys' if alias == 'keys' else 'main'} database (status {done.returncode})."
        )


def _copy_of_postgresql(alias: str, into: Path) -> Contents:
    with _snapshot(alias) as (name, ask):
        into.touch(mode=0o600)
        run_tool(alias, "pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--snapshot={name}", f"--file={into}")
        return contents_of(ask, postgresql=True)


@contextmanager
def _snapshot(alias: str) -> Iterator[tuple[str, Ask]]:
    """One moment of the database, which `pg_dump` can be told to look at too."""
    own = connections[alias].copy()
    try:
        own.ensure_connection()
        with own.cursor() as cursor:

            def ask(sql: str) -> list[tuple[Any, ...]]:
                cursor.execute(sql)
                return list(cursor.fetchall())

            cursor.execute("begin isolation level repeatable read read only")
            yield str(ask("select pg_export_snapshot()")[0][0]), ask
            cursor.execute("rollback")
    finally:
        own.close()

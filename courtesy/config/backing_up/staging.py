"""Unpacks a backup into a house of its own, beside the one in use, and has it looked at from inside.

On SQLite that house is a folder; on PostgreSQL a folder and two databases made for it. Unless somebody takes it over it
is gone at the end.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from tempfile import mkdtemp
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import DatabaseError, connections

from courtesy.config.backing_up import archive
from courtesy.config.backing_up.archive import NotWhole, Whole
from courtesy.config.backing_up.copying import NoCopy, copy_of, run_tool
from courtesy.config.backing_up.making import SEALED_SECRET, SECRET_ID
from courtesy.config.first_start import SECRET
from courtesy.privacy import keyfile


class Refused(Exception):
    """The backup is not put back, and nothing was touched; the text says why, in a plain sentence."""


@dataclass(frozen=True)
class Verdict:
    """What was found inside: all of it as it was backed up."""

    rows: int
    opened: int
    without_key: int
    erased: int
    held: int


@dataclass
class Staged:
    """A house unpacked. ``databases`` names the two that were made for it (PostgreSQL); SQLite lies in ``folder``."""

    folder: Path
    shop: Whole
    keys: Whole | None
    also_keys: str = ""
    databases: dict[str, str] = field(default_factory=dict)

    def look_inside(self, *, to_stay: bool) -> Verdict:
        """Open it in a process of its own. Raises Refused with what is wrong."""
        order = {
            "shop": self.shop.manifest,
            "keys": self.keys.manifest if self.keys else None,
            "also_keys": self.also_keys,
            "to_stay": to_stay,
        }
        done = subprocess.run(
            [sys.executable, "-m", "courtesy.config.backing_up.look_inside"],
            input=json.dumps(order), env=self._environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        lines = done.stdout.strip().splitlines()
        if done.returncode or not lines:
            raise Refused("The backup could not be opened: the house in it does not start.")
        said = json.loads(lines[-1])
        if not said["ok"]:
            raise Refused(str(said["why"]))
        return Verdict(said["rows"], said["opened"], said["without_key"], said["erased"], said["held"])

    def _environment(self) -> dict[str, str]:
        here = settings.COURTESY
        ours = {
            "COURTESY_DATA_DIR": str(self.folder),
            "COURTESY_KEY_FILE": str(here.key_file),
            "COURTESY_BACKUPS": "off",
            "COURTESY_DATABASE_URL": _with_name(here.database_url, self.databases.get("default", "")),
            "COURTESY_KEYS_DATABASE_URL": _with_name(here.keys_database_url, self.databases.get("keys", "")),
            "DJANGO_SETTINGS_MODULE": "courtesy.config.settings",
        }
        return {**os.environ, **ours}


def whole(file: Path, *, kind: str) -> Whole:
    """The archive, read to its last byte. Raises Refused where it is damaged or holds something else."""
    try:
        read = archive.check(file)
    except NotWhole as why:
        raise Refused(f"{file.name}: {why}") from None
    if read.manifest.get("kind") != kind:
        raise Refused(f"{file.name} is the backup of the {'keys' if kind == 'shop' else 'shop'}, not of the {kind}.")
    if read.manifest["vendor"] != connections["default"].vendor:
        raise Refused(f"{file.name} was made on {read.manifest['vendor']}; this house stands on another database.")
    return read


@contextmanager
def staged(shop: Whole, keys: Whole | None, *, beside: Path, with_present_keys: bool) -> Iterator[Staged]:
    """The backup unpacked beside the house, gone at the end. Raises Refused."""
    folder = Path(mkdtemp(prefix=".unpacked-", dir=beside))
    house = Staged(folder, shop, keys)
    try:
        archive.unpack(shop, folder)
        if keys:
            archive.unpack(keys, folder)
        _open_secret(folder)
        if shop.manifest["vendor"] == "sqlite":
            _unpack_sqlite(house, with_present_keys=with_present_keys)
        else:
            _unpack_postgresql(house, with_present_keys=with_present_keys)
        yield house
    except (NotWhole, NoCopy, keyfile.KeyTrouble) as why:
        raise Refused(str(why)) from None
    finally:
        for alias, name in house.databases.items():
            with suppress(DatabaseError):
                _on_server(alias, f'drop database if exists "{name}"')
        shutil.rmtree(folder, ignore_errors=True)


def _open_secret(folder: Path) -> None:
    sealed = folder / SEALED_SECRET
    try:
        clear = keyfile.unwrap(sealed.read_bytes(), SECRET_ID, under=keyfile.master())
    except keyfile.WrongKey:
        raise Refused("The key file is not the one of this backup: it opens nothing in it.") from None
    (folder / SECRET).write_bytes(clear + b"\n")
    (folder / SECRET).chmod(0o600)
    sealed.unlink()


def _unpack_sqlite(house: Staged, *, with_present_keys: bool) -> None:
    present = Path(connections["keys"].settings_dict["NAME"])
    own = house.folder / "keys.db"
    if with_present_keys and present.exists():
        if house.keys:
            own.rename(house.folder / "keys-of-backup.db")
            house.also_keys = str(house.folder / "keys-of-backup.db")
        try:
            copy_of("keys", own)
        except NoCopy:
            # What is here is no good (any more): then the backup's keys have to do alone.
            own.unlink(missing_ok=True)
            if not house.keys:
                raise
            Path(house.also_keys).rename(own)
            house.also_keys = ""
    elif not house.keys:
        raise Refused("The keys are missing: name their backup too, by --keys FILE.")


def _unpack_postgresql(house: Staged, *, with_present_keys: bool) -> None:
    mark = token_hex(4)
    if not house.keys:
        if not with_present_keys:
            raise Refused("The keys are missing: name their backup too, by --keys FILE.")
        copy_of("keys", house.folder / "keys.dump")
    elif with_present_keys:
        house.also_keys = settings.COURTESY.keys_database_url
    for alias, dump in (("default", "courtesy.dump"), ("keys", "keys.dump")):
        name = f"{connections[alias].settings_dict['NAME'][:40]}_unpacked_{mark}"
        try:
            _on_server(alias, f'create database "{name}"')
        except DatabaseError:
            raise Refused(
                "The database server refused to make a second database, in which the backup could be looked at. "
                "Let this user make databases (alter role … createdb) and try again."
            ) from None
        house.databases[alias] = name
        run_tool(alias, "pg_restore", "--no-owner", "--exit-on-error", str(house.folder / dump), database=name)


def _on_server(alias: str, *statements: str) -> None:
    """Say something to the server itself, beside all of the house's databases; several are one transaction."""
    with server_of(alias) as say:
        for statement in statements:
            say(statement)


@contextmanager
def server_of(alias: str) -> Iterator[Any]:
    """A connection to the server of ``alias`` that holds none of the house's databases open."""
    beside = connections[alias].copy()
    beside.settings_dict = {**beside.settings_dict, "NAME": "postgres"}
    try:
        with beside.cursor() as cursor:
            yield cursor.execute
    finally:
        beside.close()


def _with_name(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}")) if url and name else url


def describe(manifest: dict[str, Any]) -> str:
    """When and how large, for a sentence."""
    return f"{manifest['made_at'][:16].replace('T', ' ')} UTC, {sum(manifest['rows'].values())} rows"

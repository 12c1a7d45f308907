"""Making a backup: the shop in one file, its keys in another, the old ones let go. Safe while everybody works.

The key file that opens both is in neither: its copy is the printed recovery sheet.
"""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.utils import timezone

from courtesy import __version__
from courtesy.config.backing_up import archive, keeping
from courtesy.config.backing_up.copying import Contents, NoCopy, copy_of
from courtesy.config.first_start import SECRET
from courtesy.config.preparing import NotInOrder
from courtesy.jobs.moments import moment
from courtesy.privacy import keyfile
from courtesy.privacy.models import Backup

# Where the power may go while a backup is made; `tests/config/test_backup_kill.py` tries each.
COPIED, PACKED, NAMED = "backup: copied", "backup: packed", "backup: named"
MOMENTS = (COPIED, PACKED, NAMED)

SECRET_ID = UUID(int=2)
SEALED_SECRET = f"{SECRET}.sealed"
KEYS_FOLDER = "keys"
REMEMBERED = 400


class NoBackup(Exception):
    """No backup was made; the text says why, in a plain sentence."""


@dataclass(frozen=True)
class Made:
    """A backup that lies on the disk: the shop in ``file``, its keys in ``keys_file``; ``gone`` were too old."""

    file: Path
    keys_file: Path
    size: int
    rows: int
    ledger_rows: int
    gone: int


def make(*, at: datetime, to: Path | None = None, keys_to: Path | None = None) -> Made:
    """Back the shop up into ``to`` (else where the settings say), its keys into ``keys_to`` (else `keys` below it).

    Raises NoBackup with what to change. A backup that failed is written down too, and shown on Today.
    """
    folder = to or settings.COURTESY.backups or settings.COURTESY.data_dir / "backups"
    try:
        made = _make(folder, keys_to or folder / KEYS_FOLDER, at=at)
    except (NoCopy, NoBackup, keyfile.KeyTrouble) as trouble:
        _write_down(at=at, problem=str(trouble))
        raise NoBackup(str(trouble)) from None
    except OSError as trouble:
        why = f"The backup could not be written to {folder} ({trouble.strerror or type(trouble).__name__})."
        _write_down(at=at, problem=f"The backup could not be written ({trouble.strerror or type(trouble).__name__}).")
        raise NoBackup(why) from None
    _write_down(at=at, name=made.file.name, size=made.size)
    return made


def before_an_upgrade() -> None:
    """A backup before tables change, and a word about where it is. Raises NotInOrder where there can be none."""
    if settings.COURTESY.backups is None:
        print("COURTESY_BACKUPS is off: the tables change without a backup before.", flush=True)
        return
    try:
        made = make(at=timezone.now())
    except NoBackup as why:
        raise NotInOrder(
            f"The tables have to change, and no backup could be made before. Nothing was changed. {why} "
            "(COURTESY_BACKUPS=off goes on without one.)"
        ) from None
    print(f"The tables change now. Before that, the shop was backed up: {made.file}", flush=True)


def _make(folder: Path, keys_folder: Path, *, at: datetime) -> Made:
    for one in (folder, keys_folder):
        one.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _only_one(folder), TemporaryDirectory(prefix=".copying-", dir=folder) as scratch:
        _room_for(folder)
        # The shop first, its keys after: a key is there before anything is sealed with it, so none is missing.
        shop = _Part("courtesy", "default", Path(scratch))
        keys = _Part("keys", "keys", Path(scratch))
        moment(COPIED)
        secret = Path(scratch) / SEALED_SECRET
        clear = (settings.COURTESY.data_dir / SECRET).read_bytes().strip()
        secret.write_bytes(keyfile.wrap(clear, SECRET_ID, under=keyfile.master()))
        file = folder / keeping.name_of(at)
        keys_file = keys_folder / keeping.name_of(at, keys=True)
        archive.write(keys_file, {keys.file.name: keys.file}, {**keys.facts(at), "kind": "keys"})
        moment(PACKED)
        facts = {**shop.facts(at), "kind": "shop", "keys": keys_file.name}
        archive.write(file, {shop.file.name: shop.file, SEALED_SECRET: secret}, facts)
        moment(NAMED)
        gone = keeping.rotate(folder, keys_folder, at=at)
    size = file.stat().st_size
    rows = sum(shop.contents.rows.values())
    return Made(file, keys_file, size, rows, int(shop.contents.ledger.get("position", 0)), len(gone))


class _Part:
    """One of the two databases, copied."""

    def __init__(self, name: str, alias: str, scratch: Path) -> None:
        self.vendor = connections[alias].vendor
        self.file = scratch / f"{name}.{'db' if self.vendor == 'sqlite' else 'dump'}"
        self.contents: Contents = copy_of(alias, self.file)

    def facts(self, at: datetime) -> dict[str, object]:
        """What the manifest says of it."""
        return {
            "made_at": at.astimezone(UTC).isoformat(),
            "version": __version__,
            "vendor": self.vendor,
            "rows": self.contents.rows,
            "migrations": self.contents.migrations,
            "ledger": self.contents.ledger,
        }


def _room_for(folder: Path) -> None:
    here = Path(settings.DATABASES["default"]["NAME"])
    needed = 2 * here.stat().st_size if here.is_absolute() and here.exists() else 0
    if shutil.disk_usage(folder).free < needed:
        raise NoBackup(f"There is too little room for a backup: {needed // 1_000_000 + 1} MB are needed in {folder}.")


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    with (folder / ".making").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise NoBackup("Another backup is being made at this moment.") from None
        for left in folder.glob(".copying-*"):
            shutil.rmtree(left, ignore_errors=True)  # by one that was cut short
        yield


def _write_down(*, at: datetime, name: str = "", size: int = 0, problem: str = "") -> None:
    # Before the tables are of today there may be no such table: the backup counts all the same.
    if Backup._meta.db_table not in connections["default"].introspection.table_names():
        return
    Backup.objects.create(at=at, name=name, size=size, problem=problem[:300])
    old = Backup.objects.order_by("-at").values_list("at", flat=True)[REMEMBERED : REMEMBERED + 1].first()
    if old:
        Backup.objects.filter(at__lte=old).delete()

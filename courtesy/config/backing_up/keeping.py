"""What backups are called, where they lie, and which old ones go."""

import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

ALL_KEPT = timedelta(days=2)
"""For so long none goes: the one before an upgrade is wanted the next morning."""
DAILY, WEEKLY, MONTHLY = 7, 4, 12
KEYS_KEPT = timedelta(days=7)
"""A copy of the keys undoes every erasure since it was made; after a week there is none left that could."""
CUT_SHORT = timedelta(hours=6)
"""What is still unfinished after so long was left by a process that was killed."""
_NAME = re.compile(r"courtesy-(keys-)?(\d{8}T\d{6})Z\.backup")


@dataclass(frozen=True)
class Kept:
    """A backup that lies in a folder: of the shop, or of its keys."""

    file: Path
    made_at: datetime
    is_keys: bool


def name_of(at: datetime, *, keys: bool = False) -> str:
    """What a backup of this moment is called; names sort as they were made."""
    return f"courtesy-{'keys-' if keys else ''}{at.astimezone(UTC):%Y%m%dT%H%M%S}Z.backup"


def kept_in(folder: Path) -> list[Kept]:
    """The backups in this folder, the newest first; whatever else lies there is none of ours."""
    found = []
    for file in folder.iterdir() if folder.is_dir() else ():
        if said := _NAME.fullmatch(file.name):
            made_at = datetime.strptime(said[2], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
            found.append(Kept(file, made_at, bool(said[1])))
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def too_many(moments: Sequence[datetime]) -> set[datetime]:
    """Which of these may go: kept are all of the last two days, and the newest of each of the last 7 days, 4 weeks and
    12 months that have one."""
    newest_first = sorted(moments, reverse=True)
    kept = {moment for moment in newest_first if newest_first[0] - moment <= ALL_KEPT}
    spans = ((DAILY, "%Y-%m-%d"), (WEEKLY, "%G-%V"), (MONTHLY, "%Y-%m"))
    for how_many, span in spans:
        named: dict[str, datetime] = {}
        for moment in newest_first:
            named.setdefault(moment.strftime(span), moment)
        kept |= set(list(named.values())[:how_many])
    return set(newest_first) - kept


def rotate(folder: Path, keys_folder: Path, *, at: datetime) -> list[Path]:
    """Let the old ones go, and what a backup that was cut short left behind; back come the files that went."""
    shops = [one for one in kept_in(folder) if not one.is_keys]
    going = {one.file for one in shops if one.made_at in too_many([it.made_at for it in shops])}
    of_keys = [one for one in kept_in(keys_folder) if one.is_keys]
    # The newest stays whatever its age: a house that slept for a month must still come back.
    going |= {one.file for one in of_keys[1:] if at - one.made_at > KEYS_KEPT}
    for where in (folder, keys_folder):
        going |= (
            {file for file in where.glob(".courtesy-*.part") if _is_older(file, CUT_SHORT, at)}
            if where.is_dir()
            else set()
        )
    gone = []
    for file in sorted(going):
        with suppress(FileNotFoundError):
            file.unlink()
            gone.append(file)
    return gone


def tidy(data_dir: Path, *, at: datetime) -> None:
    """What a restoring left: houses it unpacked and was killed over, and after a week the keys it had put aside."""
    for left in data_dir.glob(".unpacked-*"):
        if _is_older(left, CUT_SHORT, at):
            shutil.rmtree(left, ignore_errors=True)
    for keys in data_dir.glob("aside-*/keys.db*"):
        if _is_older(keys.parent, KEYS_KEPT, at):
            keys.unlink(missing_ok=True)


def _is_older(file: Path, than: timedelta, at: datetime) -> bool:
    with suppress(FileNotFoundError):
        return at - datetime.fromtimestamp(file.stat().st_mtime, UTC) > than
    return False

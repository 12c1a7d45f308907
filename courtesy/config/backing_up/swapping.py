"""A restored house takes the place of the present one by renaming files; cut short, the present one comes back.

No Django here: what was left half done is put right before anything else of the house is read.
"""

import fcntl
import json
from contextlib import suppress
from pathlib import Path

from courtesy.config.backing_up.archive import sync_folder
from courtesy.config.first_start import SECRET
from courtesy.jobs.moments import moment

NAMES = (*(f"{base}{end}" for base in ("courtesy.db", "keys.db") for end in ("", "-wal", "-shm")), SECRET)
MARKER = "restore.underway"
LOCK = "serving.lock"

# Where the power may go while a backup is put back; `tests/config/test_backup_kill.py` tries each.
STAGED, MARKED, ASIDE, HALF, THERE = (
    "restore: staged", "restore: marked", "restore: set aside", "restore: half there", "restore: there",
)  # fmt: skip
MOMENTS = (STAGED, MARKED, ASIDE, HALF, THERE)


def put_in_place(data_dir: Path, staged: Path, aside: Path) -> None:
    """Move the present house into ``aside`` and the staged one into its place. Whoever calls holds the house."""
    had = [name for name in NAMES if (data_dir / name).exists()]
    aside.mkdir(mode=0o700)
    marker = data_dir / MARKER
    with marker.open("w") as out:
        out.write(json.dumps({"aside": aside.name, "had": had}))
    sync_folder(data_dir)
    moment(MARKED)
    for name in had:
        (data_dir / name).rename(aside / name)
    moment(ASIDE)
    for name in NAMES:
        if (staged / name).exists():
            (staged / name).rename(data_dir / name)
            moment(HALF)
    sync_folder(data_dir)
    moment(THERE)
    marker.unlink()
    sync_folder(data_dir)


def undo_what_was_cut_short(data_dir: Path) -> bool:
    """Where a restoring was killed in the middle, the house as it was before comes back; True if that was so.

    While somebody holds the house nothing is done: a restoring may be under way at this moment.
    """
    marker = data_dir / MARKER
    if not marker.exists():
        return False
    with (data_dir / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        try:
            left = json.loads(marker.read_text())
        except (OSError, ValueError):
            # Cut short while it was written: nothing had been moved yet.
            marker.unlink(missing_ok=True)
            return False
        aside = data_dir / str(left["aside"])
        for name in NAMES:
            if (aside / name).exists():
                (aside / name).replace(data_dir / name)
            elif name not in left["had"]:
                (data_dir / name).unlink(missing_ok=True)
        sync_folder(data_dir)
        with suppress(OSError):
            aside.rmdir()
        marker.unlink()
        sync_folder(data_dir)
    return True

"""Putting a backup back: looked at from every side first, then put in place at once; the present state stays aside."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections

from courtesy.config.backing_up import swapping
from courtesy.config.backing_up.archive import sync_folder
from courtesy.config.backing_up.staging import Refused, Staged, Verdict, describe, server_of, staged, whole
from courtesy.jobs.moments import moment


@dataclass(frozen=True)
class Restored:
    """What is in place now, and where what was there before lies."""

    said: str
    verdict: Verdict
    aside: str


def restore(file: Path, *, keys_file: Path | None, into: Path | None, at: datetime) -> Restored:
    """Put the backup in ``file`` back in place of the present house, or as a new one into the empty folder ``into``.

    With the keys that are here, with those of ``keys_file``, or with both; a key that was destroyed since stays
    destroyed, and what its person had said goes too. Raises Refused; then nothing was touched. Whoever calls holds the
    house (no server runs).
    """
    here: Path = settings.COURTESY.data_dir
    if into is not None and into.exists() and any(into.iterdir()):
        raise Refused(f"{into} is not empty. Name a folder that does not exist yet.")
    shop = whole(file, kind="shop")
    keys = whole(keys_file, kind="keys") if keys_file else None
    beside = into.parent if into else here
    beside.mkdir(parents=True, exist_ok=True)
    with staged(shop, keys, beside=beside, with_present_keys=into is None) as house:
        verdict = house.look_inside(to_stay=True)
        moment(swapping.STAGED)
        for connection in connections.all():
            connection.close()
        stamp = f"{at.astimezone(UTC):%Y%m%dT%H%M%S}Z"
        if house.databases:
            aside = _take_names_over(house, stamp, into)
        elif into:
            _move_in(house.folder, into)
            aside = ""
        else:
            swapping.put_in_place(here, house.folder, here / f"aside-{stamp}")
            aside = str(here / f"aside-{stamp}")
    return Restored(describe(shop.manifest), verdict, aside)


def _move_in(folder: Path, into: Path) -> None:
    into.mkdir(mode=0o700, exist_ok=True)
    for name in swapping.NAMES:
        if (folder / name).exists():
            (folder / name).rename(into / name)
    sync_folder(into)


def _take_names_over(house: Staged, stamp: str, into: Path | None) -> str:
    """PostgreSQL: the present databases get other names, the new ones theirs; in one transaction, so all or none."""
    if into:
        raise Refused("With PostgreSQL a backup goes into the databases that the settings name; leave --into out.")
    present = {alias: connections[alias].settings_dict["NAME"] for alias in ("default", "keys")}
    aside = {alias: f"{name[:40]}_aside_{stamp.lower()}" for alias, name in present.items()}
    try:
        with server_of("default") as say:
            say("begin")
            for alias, name in present.items():
                say(f'alter database "{name}" rename to "{aside[alias]}"')
                say(f'alter database "{house.databases[alias]}" rename to "{name}"')
            say("commit")
    except DatabaseError as trouble:
        raise Refused(
            f"The databases could not change names ({type(trouble).__name__}): "
            "close whatever else is connected to them, Courtesy first of all. Nothing was changed."
        ) from None
    house.databases.clear()
    swapping.put_in_place(settings.COURTESY.data_dir, house.folder, settings.COURTESY.data_dir / f"aside-{stamp}")
    return ", ".join(aside.values())

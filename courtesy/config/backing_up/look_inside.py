"""Opens a house that a backup was unpacked into, in a process of its own, and says whether all is there.

Run as `python -m courtesy.config.backing_up.look_inside` with that house's settings in the environment and an order
on standard input; the verdict is one JSON object on standard output. It never meets the house that is in use.
"""

import json
import os
import sys
from typing import Any

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtesy.config.settings")
    import django

    django.setup()

from django.db import DatabaseError, connections, models
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from courtesy.config import preparing
from courtesy.config.backing_up.copying import NoCopy, contents_of_alias, contents_of_file
from courtesy.config.settings import database
from courtesy.conversations.models import Thread
from courtesy.people.models import Person
from courtesy.post import outbox
from courtesy.privacy import keys, ledger, opening
from courtesy.privacy.keyfile import KeyTrouble
from courtesy.privacy.models import Key
from courtesy.privacy.sealing import SealBroken, SealedField

OTHER = "other_keys"


class NotRight(Exception):
    """What was unpacked is not what was backed up, or cannot be used here; the text is a plain sentence."""


def look_inside(order: dict[str, Any]) -> dict[str, Any]:
    """Compare with the manifest, fit the key, bring the tables up to today, follow the ledger, open some seals.

    ``order``: ``shop`` and ``keys`` (manifests), ``also_keys`` (a file or address of further keys; a key that is
    destroyed in one of the two stays destroyed), ``to_stay`` (it will be worked in: what belongs to destroyed keys
    goes, and nothing that waited leaves by itself). Raises NotRight, and KeyTrouble where the key file is another's.
    """
    _not_newer([*order["shop"]["migrations"], *(order["keys"] or {}).get("migrations", [])])
    _as_it_was(order["shop"])
    opening.open_house()
    merged = _merge(order["also_keys"]) if order["also_keys"] else 0
    preparing.bring_up_to_date()
    opening.open_house()
    _follow_ledger(order["shop"]["ledger"])
    opened = _open_one_of_each()
    missing = _rows_without_key()
    erased = _erase_what_was_erased() if order["to_stay"] else 0
    held = outbox.hold_all(at=timezone.now()) if order["to_stay"] else 0
    for alias in ("default", "keys"):
        if connections[alias].vendor == "sqlite":
            with connections[alias].cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections[alias].close()
    rows = sum(order["shop"]["rows"].values())
    return {"rows": rows, "opened": opened, "merged": merged, "without_key": missing, "erased": erased, "held": held}


def _not_newer(applied: list[str]) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if newer := sorted(set(applied) - known):
        raise NotRight(
            f"The backup is of a newer Courtesy than this one (it knows {newer[0]}). Install that one first."
        )


def _as_it_was(manifest: dict[str, Any]) -> None:
    settings = connections["default"].settings_dict
    if connections["default"].vendor == "sqlite":
        there = contents_of_file(settings["NAME"])
    else:
        there = contents_of_alias("default")
    for table in sorted({*manifest["rows"], *there.rows}):
        said, found = manifest["rows"].get(table, 0), there.rows.get(table, 0)
        if said != found:
            raise NotRight(f"Table {table} has {found} rows; {said} were backed up.")
    if there.ledger != manifest["ledger"]:
        raise NotRight("The ledger does not end where it ended when it was backed up.")


def _merge(also: str) -> int:
    """Take in keys that only the other place has; a tombstone on either side stays one. How many rows changed."""
    is_address = "://" in also
    connections.databases[OTHER] = connections.configure_settings(
        {"default": {}, OTHER: database(also if is_address else "", also)}
    )[OTHER]
    own = {key.pk: key for key in Key.objects.iterator()}
    other = list(Key.objects.using(OTHER).iterator())
    house = next((bytes(key.wrapped or b"") for key in other if key.pk == opening.HOUSE), b"")
    if opening.HOUSE in own and house != bytes(own[opening.HOUSE].wrapped or b""):
        connections[OTHER].close()
        return 0  # another shop's keys, or those of one just begun: they open nothing here
    new = [key for key in other if key.pk not in own]
    dead = [key for key in other if key.pk in own and key.destroyed_at and not own[key.pk].destroyed_at]
    connections[OTHER].close()
    for key in new:
        key._state.db = "keys"
    Key.objects.bulk_create(new, batch_size=500)
    for key in dead:
        Key.objects.filter(pk=key.pk).update(wrapped=None, destroyed_at=key.destroyed_at)
    return len(new) + len(dead)


def _follow_ledger(head: dict[str, Any]) -> None:
    known = ledger.Head(head["position"], head["digest"], None) if head else None
    verdict = ledger.verify(known=known)
    if not verdict.ok:
        raise NotRight(f"The ledger is broken: {verdict.why}")


def _sealed_fields() -> list[SealedField]:
    return [f for model in opening.sealed_models() for f in model._meta.fields if isinstance(f, SealedField)]


def _open_one_of_each() -> int:
    """Open one value of every sealed field that has any; how many were opened. Raises NotRight."""
    alive = set(Key.objects.alive().values_list("pk", flat=True))
    opened = 0
    for field in _sealed_fields():
        rows = field.model._base_manager.exclude(**{f"{field.attname}__isnull": True})
        for row in rows.iterator(chunk_size=50):
            if getattr(row, "key_id", None) not in alive:
                continue
            try:
                value = getattr(row, field.attname)
            except SealBroken:
                raise NotRight(f"A sealed field does not open: {field.column_name}.") from None
            if value:
                opened += 1
                break
    return opened


def _rows_without_key() -> int:
    """How many sealed rows have a key that is neither here nor destroyed: the keys are older than the shop."""
    # A row in which nothing is sealed yet, as words without addresses, has no key and needs none.
    known = {None, *Key.objects.values_list("pk", flat=True)}
    counts = (
        (row["key_id"], row["rows"])
        for model in opening.sealed_models()
        for row in model._base_manager.values("key_id").annotate(rows=models.Count("pk")).iterator()
    )
    return sum(rows for key_id, rows in counts if key_id not in known)


def _erase_what_was_erased() -> int:
    """What a person said whose key was destroyed came back with the backup: it goes again. How many threads went."""
    destroyed = set(Key.objects.exclude(destroyed_at=None).values_list("pk", flat=True))
    people = [pk for pk, key_id in Person.objects.values_list("pk", "key_id") if key_id in destroyed]
    gone = 0
    for start in range(0, len(people), 200):
        threads = Thread.objects.filter(person__in=people[start : start + 200])
        gone += threads.count()
        threads.delete()
    return gone


def main() -> int:
    """Read the order, look, say the verdict."""
    order = json.loads(sys.stdin.read())
    try:
        with keys.scope():
            verdict = {"ok": True, **look_inside(order)}
    except (NotRight, NoCopy, KeyTrouble, preparing.NotInOrder) as why:
        verdict = {"ok": False, "why": str(why)}
    except DatabaseError as trouble:
        # Its text may hold a row.
        verdict = {"ok": False, "why": f"The database in the backup refused ({type(trouble).__name__})."}
    verdict["at"] = timezone.now().isoformat()
    print(json.dumps(verdict), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

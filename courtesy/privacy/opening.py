"""Opening the house: is the right key here? Asked by the command line before any socket opens or any table changes."""

from datetime import datetime
from pathlib import Path
from secrets import token_bytes
from uuid import UUID

from django.apps import apps
from django.db import connections, models, transaction
from django.utils import timezone

from courtesy.privacy import keyfile
from courtesy.privacy.keyfile import KEY_BYTES, KeyTrouble
from courtesy.privacy.models import Key
from courtesy.privacy.routing import KEYS

# The house's own key: made first, never destroyed. What looks-up are keyed with comes from it, and a key file
# that opens it is the right one.
HOUSE = UUID(int=1)


def open_house(*, at: datetime | None = None) -> None:
    """Make sure the right key is here; make one only where there are no data yet.

    Raises KeyTrouble with a plain sentence where the key file is missing, wrong, readable by others or inside the
    data directory, or where the keys are missing though there are data. Then nothing was changed.
    """
    has_file = keyfile.exists()
    key_tables = _tables(KEYS)
    has_key_table = Key._meta.db_table in key_tables
    house = Key.objects.filter(pk=HOUSE).first() if has_key_table else None
    if has_file and house is not None and house.wrapped is not None:
        keyfile.unwrap(bytes(house.wrapped), HOUSE, under=keyfile.master())
        return
    has_keys = has_key_table and Key.objects.exists()
    if not has_file and has_keys:
        raise KeyTrouble(_missing())
    if has_keys or _has_sealed_rows():
        raise KeyTrouble(
            "This shop has data, but the keys that open them are missing. "
            "Put keys.db back from its backup; a new key would not open anything."
            if has_file
            else _missing()
        )
    if has_file:
        keyfile.master()
    else:
        keyfile.write(token_bytes(KEY_BYTES))
    if has_key_table:
        make_house_key(at=at or timezone.now())


def make_house_key(*, at: datetime) -> None:
    """Make the house's own key under the key file, once; who comes second finds it made."""
    wrapped = keyfile.wrap(token_bytes(KEY_BYTES), HOUSE, under=keyfile.master())
    with transaction.atomic(using=KEYS):
        Key.objects.get_or_create(pk=HOUSE, defaults={"wrapped": wrapped, "created_at": at})


def check(master: bytes) -> None:
    """Accept the right key. Raises WrongKey for another; where there are no keys yet, any will do."""
    house = Key.objects.filter(pk=HOUSE).first() if Key._meta.db_table in _tables(KEYS) else None
    if house is not None and house.wrapped is not None:
        keyfile.unwrap(bytes(house.wrapped), HOUSE, under=master)


def sealed_models() -> list[type[models.Model]]:
    """The models that have sealed fields, and so rows that a lost key would close forever."""
    return [model for model in apps.get_models() if any(getattr(f, "is_sealed", False) for f in model._meta.fields)]


def _missing() -> str:
    return (
        f"The key file {keyfile.path()} is missing, but this shop already has data. "
        "Put the key file back, or make it again from the recovery sheet (courtesy restore-key). Nothing was changed."
    )


def _tables(alias: str) -> set[str]:
    connection = connections[alias]
    name = str(connection.settings_dict["NAME"])
    # Connecting would make an empty file; asking must not.
    if connection.vendor == "sqlite" and Path(name).is_absolute() and not Path(name).exists():
        return set()
    return set(connection.introspection.table_names())


def _has_sealed_rows() -> bool:
    tables = _tables("default")
    return any(m._meta.db_table in tables and m._base_manager.exists() for m in sealed_models())

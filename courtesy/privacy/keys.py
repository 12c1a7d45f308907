"""The keys of people, colleagues and arrivals: made, handed on, destroyed; fetched once a page and kept no longer.

A key is committed in the database ``keys`` before anything is sealed with it, so that no row is ever without its
key; a key without a row is swept later. A destroyed key leaves a tombstone, and nothing makes it again.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from secrets import token_bytes
from uuid import UUID, uuid4

from django.db import connections, transaction

from courtesy.privacy import keyfile
from courtesy.privacy.keyfile import KEY_BYTES, KeyTrouble, WrongKey
from courtesy.privacy.models import Key
from courtesy.privacy.opening import HOUSE, open_house, sealed_models
from courtesy.privacy.prepared import Given, Prepared, many, room_for
from courtesy.privacy.routing import KEYS
from courtesy.privacy.writing import Change, add

__all__ = [
    "HOUSE", "KeyGone", "KeyTrouble", "WrongKey", "adopt", "destroy", "destroy_these", "new", "new_all", "of",
    "open_house", "scope", "sweep", "warm", "wish",
]  # fmt: skip

# A key may wait this long for the row that needs it (a long import, a job that is tried again).
GRACE = timedelta(days=7)
AT_ONCE = 512


_THESE = Prepared(
    lambda room: Key.objects.alive().filter(pk__in=many("ids", Key._meta.pk, room)).values_list("pk", "wrapped")
)
_ADOPT = Change(lambda: Key.objects.alive().filter(pk=Given("id", Key._meta.pk)), holder=Given("holder", Key.holder))


class KeyGone(KeyTrouble):
    """The key was destroyed, or never existed: what it sealed stays closed, for everybody and forever."""


_at_hand: ContextVar[dict[UUID, bytes] | None] = ContextVar("keys_at_hand", default=None)
_wished: ContextVar[set[UUID]] = ContextVar("keys_wished")


@contextmanager
def scope() -> Iterator[None]:
    """Keep fetched keys until the end of the block: one request, or one job. An inner scope uses the outer one."""
    if _at_hand.get() is not None:
        yield
        return
    token, wishes = _at_hand.set({}), _wished.set(set())
    try:
        yield
    finally:
        _at_hand.reset(token)
        _wished.reset(wishes)


def new(*, holder: UUID | None = None, at: datetime) -> UUID:
    """A new key, committed at once, even where the caller's transaction is rolled back later."""
    holder_of = uuid4()
    return new_all([(holder_of, holder)], at=at)[holder_of]


def new_all(wanted: Iterable[tuple[UUID, UUID | None]], *, at: datetime) -> dict[UUID, UUID]:
    """Many new keys in one write: pairs of (your name for it, holder) in, your name → key id out."""
    made: dict[UUID, UUID] = {}
    rows = []
    master = keyfile.master()
    for name, holder in wanted:
        key_id, key = uuid4(), token_bytes(KEY_BYTES)
        rows.append(Key(pk=key_id, holder=holder, wrapped=keyfile.wrap(key, key_id, under=master), created_at=at))
        made[name] = key_id
        _remember(key_id, key)
    with transaction.atomic(using=KEYS, durable=True):  # durable: refuse to hide inside somebody's transaction
        if len(rows) == 1:
            add(rows[0])
        else:
            Key.objects.bulk_create(rows, batch_size=500)
    return made


def adopt(key_id: UUID, *, holder: UUID) -> None:
    """From now on the key is this holder's and goes when they go. Raises KeyGone where it was destroyed.

    The last one to adopt holds it: a job that is run again makes its rows anew and hands the key to those.
    """
    if key_id == HOUSE or not _ADOPT(id=key_id, holder=holder):
        raise KeyGone("The key to be handed on does not exist any more.")


def destroy(holder: UUID, *, at: datetime) -> int:
    """Destroy every key of this holder; returns how many. What they sealed cannot be opened from the next read on."""
    return _destroy(list(Key.objects.alive().filter(holder=holder).values_list("pk", flat=True)), at=at)


def destroy_these(key_ids: Iterable[UUID], *, at: datetime) -> int:
    """Destroy keys by name, whoever holds them, once nothing is left that anybody may still open; how many."""
    return _destroy([key_id for key_id in key_ids if key_id != HOUSE], at=at)


def sweep(*, at: datetime) -> int:
    """Destroy keys that no row has needed for a week (their transaction was rolled back); returns how many."""
    old = set(Key.objects.alive().filter(created_at__lt=at - GRACE).exclude(pk=HOUSE).values_list("pk", flat=True))
    for model in sealed_models():
        if not old:
            break
        old -= set(model._base_manager.values_list("key_id", flat=True).distinct().iterator())
    return _destroy(list(old), at=at)


def of(key_id: UUID) -> bytes:
    """The key itself; one query, or none inside a warm scope. Raises KeyGone where it was destroyed or never was."""
    at_hand = _at_hand.get()
    if at_hand is not None and key_id in at_hand:
        return at_hand[key_id]
    key = _fetch([key_id]).get(key_id)
    if key is None:
        raise KeyGone("What is sealed here was erased: its key is destroyed.")
    _remember(key_id, key)
    return key


def warm(key_ids: Iterable[UUID]) -> None:
    """Fetch these keys in one query, for a page that will open many. Destroyed ones are passed over; reading tells."""
    at_hand = _at_hand.get()
    if at_hand is None:
        return
    missing = {key_id for key_id in key_ids if key_id not in at_hand}
    if missing:
        wanted = missing | _wished.get().difference(at_hand)
        at_hand.update(_fetch(list(wanted)))


def wish(key_ids: Iterable[UUID]) -> None:
    """These keys will be needed: the next that are fetched bring them along, and save the page a question."""
    if _at_hand.get() is not None:
        _wished.get().update(key_ids)


def _remember(key_id: UUID, key: bytes) -> None:
    at_hand = _at_hand.get()
    if at_hand is not None:
        at_hand[key_id] = key


def _fetch(key_ids: list[UUID]) -> dict[UUID, bytes]:
    master = keyfile.master()
    parts = [key_ids[start : start + AT_ONCE] for start in range(0, len(key_ids), AT_ONCE)]
    rows = [row for part in parts for row in _THESE(room_for(part), ids=part)]
    return {key_id: keyfile.unwrap(bytes(wrapped), key_id, under=master) for key_id, wrapped in rows if wrapped}


def _destroy(key_ids: list[UUID], *, at: datetime) -> int:
    if not key_ids:
        return 0
    connection = connections[KEYS]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")  # or the bytes stay in the file's free pages
    gone = 0
    for start in range(0, len(key_ids), 500):
        batch = Key.objects.alive().filter(pk__in=key_ids[start : start + 500])
        gone += batch.update(wrapped=None, destroyed_at=at)
    at_hand = _at_hand.get()
    for key_id in key_ids:
        if at_hand is not None:
            at_hand.pop(key_id, None)
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # and not in the log either
    return gone

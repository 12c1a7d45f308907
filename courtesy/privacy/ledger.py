"""The ledger: who did what, when; chained so that nobody can change it unseen.

Rooms append rows in their own transaction; one sealer chains them afterwards, so that no writer waits for another.
A row names nobody: random pseudonyms stand for who and what, facts are words of a fixed vocabulary behind a salted
commitment. Erasing a pseudonym, or facts with their salt, leaves the chain whole.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from secrets import token_bytes
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from courtesy.privacy.models import LedgerHead, LedgerRow, Pseudonym

BEGINNING = sha256(b"courtesy ledger 1").digest()
COLLEAGUE = "staff.colleague"
_WORD = re.compile(r"[a-z0-9][a-z0-9 ._:/-]{0,79}|")


class NotAFact(ValueError):
    """A fact that could be somebody's words: only numbers and words in lower case belong in the ledger."""


@dataclass(frozen=True)
class Verdict:
    """Whether the chain holds. ``broken_at`` is the number of the first row that does not; ``why`` a sentence."""

    ok: bool
    rows: int
    broken_at: int | None
    why: str
    unsealed: int = 0
    forgotten: int = 0


@dataclass(frozen=True)
class Head:
    """The end of the chain: how many rows, their digest, and when the last was added."""

    position: int
    digest: str
    sealed_at: datetime | None


def append(
    what: str, *, about: models.Model | None = None, by: UUID | None = None, at: datetime, **facts: str | int | bool
) -> LedgerRow:
    """Write down that something was done, in the caller's transaction. Raises NotAFact for words that are no vocabulary."""
    for name, fact in [("what", what), *facts.items()]:
        if isinstance(fact, str) and not _WORD.fullmatch(fact):
            raise NotAFact(f"The ledger takes no such words in {name!r}: lower case, from a fixed vocabulary.")
        if not isinstance(fact, str | int | bool):
            raise NotAFact(f"The ledger takes text, numbers and yes or no; {name!r} is something else.")
    salt, text = token_bytes(16), _canonical(facts)
    return LedgerRow.objects.create(
        what=what,
        about=None if about is None else alias(about._meta.label_lower, str(about.pk)),
        by=None if by is None else alias(COLLEAGUE, str(by)),
        at=at,
        facts=text,
        salt=salt,
        commitment=_commitment(salt, text),
    )


def alias(kind: str, subject: str) -> UUID:
    """The random number that stands for a row in the ledger; made the first time it is asked for."""
    return Pseudonym.objects.get_or_create(kind=kind, subject=subject)[0].alias


def seal(*, at: datetime, limit: int = 10_000) -> int:
    """Chain what was committed since the last time, in the order of row numbers; returns how many rows."""
    LedgerHead.objects.get_or_create(pk=1, defaults={"digest": BEGINNING})
    if not LedgerRow.objects.filter(position__isnull=True).exists():
        return 0  # ask before locking: most seconds bring nothing
    with transaction.atomic():
        end = LedgerHead.objects.select_for_update().get(pk=1)
        digest, position = bytes(end.digest), end.position
        sealed = []
        for row in LedgerRow.objects.filter(position__isnull=True).order_by("pk")[:limit]:
            position += 1
            digest = _link(digest, position, row.pk, row.what, row.about, row.by, row.at, bytes(row.commitment))
            sealed.append((position, digest, row.pk))
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(LedgerRow._meta.db_table)
            cursor.executemany(f"UPDATE {table} SET position = %s, digest = %s WHERE id = %s", sealed)  # noqa: S608
        end.position, end.digest, end.sealed_at = position, digest, at
        end.save()
    return len(sealed)


def head() -> Head:
    """Where the chain ends now."""
    end = LedgerHead.objects.filter(pk=1).first()
    return Head(0, BEGINNING.hex(), None) if end is None else Head(end.position, bytes(end.digest).hex(), end.sealed_at)


def verify(*, known: Head | None = None) -> Verdict:
    """Walk the whole chain. Says the number of the first row that was changed, removed or moved, and how.

    ``known`` is a head somebody kept elsewhere (on paper, in a mail): the chain must pass through it.
    """
    digest, position, forgotten = BEGINNING, 0, 0

    def broken(row: int, why: str) -> Verdict:
        return Verdict(False, position, row, why, unsealed, forgotten)

    unsealed = LedgerRow.objects.filter(position__isnull=True).count()
    for place, pk, what, about, by, at, facts, salt, commitment, stored in _rows():
        expected = position + 1
        if place != expected:
            return broken(expected, f"Row {expected} is missing.")
        if (facts is None) != (salt is None):
            return broken(expected, f"Row {expected} was half erased: its facts and their salt go together.")
        if facts is None:
            forgotten += 1
        elif _commitment(bytes(salt), facts) != bytes(commitment):
            return broken(expected, f"Row {expected}: the facts are not those that were written down.")
        digest = _link(digest, place, pk, what, about, by, at, bytes(commitment))
        if digest != (b"" if stored is None else bytes(stored)):
            return broken(expected, f"Row {expected} is not what was sealed there: it was changed or moved.")
        position = place
        if known is not None and known.position == position and known.digest != digest.hex():
            return broken(position, f"Row {position} does not lead to the head that was kept elsewhere.")
    end = head()
    kept = max(end.position, known.position if known else 0)
    if position < kept:
        return broken(position + 1, f"Row {position + 1} is missing.")
    if position > end.position or end.digest != digest.hex():
        return broken(position, f"The head does not match row {position}: it was changed, or rows were added past it.")
    return Verdict(True, position, None, f"All {position} rows stand as they were sealed.", unsealed, forgotten)


def _rows() -> Iterator[tuple[Any, ...]]:
    fields = ("position", "pk", "what", "about", "by", "at", "facts", "salt", "commitment", "digest")
    rows = LedgerRow.objects.filter(position__isnull=False).order_by("position")
    return rows.values_list(*fields).iterator(chunk_size=2000)


def _canonical(facts: dict[str, str | int | bool]) -> str:
    return json.dumps(facts, sort_keys=True, separators=(",", ":"))


def _commitment(salt: bytes, text: str) -> bytes:
    return sha256(salt + text.encode()).digest()


def _link(
    previous: bytes, position: int, pk: int, what: str, about: UUID | None, by: UUID | None, at: datetime, facts: bytes
) -> bytes:
    line = f"{position}\n{pk}\n{what}\n{about or '-'}\n{by or '-'}\n{at.astimezone(UTC).isoformat()}\n{facts.hex()}"
    return sha256(previous + line.encode()).digest()

"""The ledger: who did what, when; chained so that nobody can change it unseen.

Rooms append rows in their own transaction; one sealer chains them afterwards, so that no writer waits for another.
A row names nobody: random pseudonyms stand for who and what, facts are words of a fixed vocabulary behind a salted
commitment. Erasing a pseudonym, or facts with their salt, leaves the chain whole.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from secrets import token_bytes
from uuid import UUID

from django.db import connection, models, transaction

from courtesy.privacy.models import LedgerHead, LedgerRow, Pseudonym

BEGINNING = sha256(b"courtesy ledger 1").digest()
COLLEAGUE = "staff.colleague"
Facts = Mapping[str, str | int | bool]
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
    """Write down that something was done, in the caller's transaction. Raises NotAFact for free words."""
    row = _row(what, facts, at=at)
    row.about = None if about is None else alias(about._meta.label_lower, str(about.pk))
    row.by = None if by is None else alias(COLLEAGUE, str(by))
    row.save()
    return row


def append_all(what: str, lines: Iterable[tuple[models.Model, Facts]], *, by: UUID | None = None, at: datetime) -> int:
    """`append`, for many rows about many things at once, as an import needs it; returns how many."""
    said = list(lines)
    subjects = {(about._meta.label_lower, str(about.pk)) for about, _ in said}
    aliases: dict[tuple[str, str], UUID] = {}
    for kind in {kind for kind, _ in subjects}:
        names = sorted(subject for of, subject in subjects if of == kind)
        Pseudonym.objects.bulk_create(
            [Pseudonym(kind=kind, subject=name) for name in names], batch_size=250, ignore_conflicts=True
        )
        for start in range(0, len(names), 500):
            there = Pseudonym.objects.filter(kind=kind, subject__in=names[start : start + 500])
            aliases |= {(kind, subject): number for subject, number in there.values_list("subject", "alias")}
    doer = None if by is None else alias(COLLEAGUE, str(by))
    rows = []
    for about, facts in said:
        row = _row(what, facts, at=at)
        row.about, row.by = aliases[about._meta.label_lower, str(about.pk)], doer
        rows.append(row)
    LedgerRow.objects.bulk_create(rows, batch_size=100)
    return len(rows)


def _row(what: str, facts: Facts, *, at: datetime) -> LedgerRow:
    for name, fact in [("what", what), *facts.items()]:
        if isinstance(fact, str) and not _WORD.fullmatch(fact):
            raise NotAFact(f"The ledger takes no such words in {name!r}: lower case, from a fixed vocabulary.")
        if not isinstance(fact, str | int | bool):
            raise NotAFact(f"The ledger takes text, numbers and yes or no; {name!r} is something else.")
    salt, text = token_bytes(16), _canonical(facts)
    return LedgerRow(what=what, at=at, facts=text, salt=salt, commitment=_commitment(salt, text))


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
        for row in LedgerRow.objects.filter(position__isnull=True).order_by("pk").values_list(*_FIELDS)[:limit]:
            position += 1
            line = replace(_Line(*row), position=position)
            digest = _link(digest, line)
            sealed.append((position, digest, line.pk))
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
    unsealed = LedgerRow.objects.filter(position__isnull=True).count()
    walk = _Walk([head()] if known is None else [head(), known])
    for row in _sealed_rows():
        why = walk.step(row)
        if why:
            return Verdict(False, walk.position, walk.position + 1, why, unsealed, walk.forgotten)
    broken_at, why = walk.arrives(head())
    if why:
        return Verdict(False, walk.position, broken_at, why, unsealed, walk.forgotten)
    said = f"All {walk.position} rows stand as they were sealed."
    return Verdict(True, walk.position, None, said, unsealed, walk.forgotten)


@dataclass(frozen=True)
class _Line:
    """A sealed row as it is read for verifying; its order is that of `_FIELDS`."""

    position: int
    pk: int
    what: str
    about: UUID | None
    by: UUID | None
    at: datetime
    commitment: bytes
    facts: str | None
    salt: bytes | None
    digest: bytes | None


_FIELDS = ("position", "pk", "what", "about", "by", "at", "commitment", "facts", "salt", "digest")


class _Walk:
    """One way along the chain; ``position`` is the last row that stood. It must pass through the heads known before.

    The sealer may go on meanwhile: rows past those heads are fine as long as the head moved with them.
    """

    def __init__(self, heads: list[Head]) -> None:
        self.heads = heads
        self.digest = BEGINNING
        self.position = 0
        self.forgotten = 0

    def step(self, row: _Line) -> str:
        """What is wrong with the next row; empty where nothing is."""
        expected = self.position + 1
        if row.position != expected:
            return f"Row {expected} is missing."
        if (row.facts is None) != (row.salt is None):
            return f"Row {expected} was half erased: its facts and their salt go together."
        if row.facts is not None and _commitment(bytes(row.salt or b""), row.facts) != bytes(row.commitment):
            return f"Row {expected}: the facts are not those that were written down."
        digest = _link(self.digest, row)
        if digest != bytes(row.digest or b""):
            return f"Row {expected} is not what was sealed there: it was changed or moved."
        if any(known.position == expected and known.digest != digest.hex() for known in self.heads):
            return f"Row {expected} does not lead to the head that was written down for it."
        self.digest, self.position = digest, expected
        self.forgotten += row.facts is None
        return ""

    def arrives(self, end: Head) -> tuple[int, str]:
        """The number of the row where the walk should not have ended, and why; no words where it ended well."""
        if self.position < max(known.position for known in self.heads):
            return self.position + 1, f"Row {self.position + 1} is missing."
        if self.position > end.position:
            return end.position + 1, f"Row {end.position + 1} was added past the head."
        return 0, ""


def _sealed_rows() -> Iterator[_Line]:
    rows = LedgerRow.objects.filter(position__isnull=False).order_by("position")
    return (_Line(*values) for values in rows.values_list(*_FIELDS).iterator(chunk_size=2000))


def _canonical(facts: Facts) -> str:
    return json.dumps(dict(facts), sort_keys=True, separators=(",", ":"))


def _commitment(salt: bytes, text: str) -> bytes:
    return sha256(salt + text.encode()).digest()


def _link(previous: bytes, row: _Line) -> bytes:
    at = row.at.astimezone(UTC).isoformat()
    commitment = bytes(row.commitment).hex()
    line = f"{row.position}\n{row.pk}\n{row.what}\n{row.about or '-'}\n{row.by or '-'}\n{at}\n{commitment}"
    return sha256(previous + line.encode()).digest()

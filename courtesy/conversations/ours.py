"""Which addresses are ours: the mailboxes of the shop, and the colleagues' own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection

from courtesy.people.names import NotAnAddress, same_address
from courtesy.post.models import Mailbox
from courtesy.privacy import keys
from courtesy.privacy.keys import KeyGone
from courtesy.privacy.sealing import Sealed
from courtesy.staff.models import Colleague

_AS_STORED = """
    SELECT 1, id, key_id, removed_at IS NULL, address FROM post_mailbox
    UNION ALL SELECT 0, id, key_id, left_at IS NULL, address FROM staff_colleague WHERE left_at IS NULL
"""


@dataclass(frozen=True)
class Ours:
    """``mailboxes`` are the shop's addresses, removed ones too; ``colleagues`` are found by their own addresses."""

    mailboxes: frozenset[str]
    colleagues: Mapping[str, UUID]

    def is_shop(self, address: str) -> bool:
        """Whether this is an address of the shop, also with a sign behind a plus."""
        return is_among(self.mailboxes, address)

    @cached_property
    def all(self) -> frozenset[str]:
        """Every address of ours."""
        return self.mailboxes | self.colleagues.keys()

    def is_colleague(self, address: str) -> bool:
        """Whether this is a colleague's own address."""
        return plain(address) in self.colleagues

    def is_one(self, address: str) -> bool:
        """Whether this is an address of ours at all."""
        return self.is_shop(address) or self.is_colleague(address)

    def colleague(self, address: str) -> Colleague | None:
        """Whose own address this is."""
        number = self.colleagues.get(plain(address))
        return None if number is None else Colleague.objects.filter(pk=number).first()


_opened_before: "dict[tuple[tuple[Any, ...], ...], Ours]" = {}
"""The rows as they lie in the database, sealed, and what stands in them: the last that were opened.

A text that is sealed anew has other bytes, and who leaves has no row here: while the rows are the same, so are the
addresses. A removed mailbox loses its key after its row was changed, so it is looked at until that is gone.
"""


def addresses(*needed: UUID) -> Ours:
    """Our addresses as they are now, in one question; opened once a process, and again when one of them is another.

    Their keys, where they must be opened, are fetched in one question with those ``needed`` next.
    """
    with connection.cursor() as cursor:
        cursor.execute(_AS_STORED)
        rows = tuple((*row[:4], bytes(row[4])) for row in cursor.fetchall())
    with keys.scope():
        if (ours := _opened_before.get(rows)) is not None:
            keys.warm([keys.HOUSE, *needed])
            return ours
        found = [_row(*row) for row in rows]
        keys.warm([keys.HOUSE, *needed, *(row.key_id for row in found)])
        boxes = [row for row in found if isinstance(row, Mailbox)]
        colleagues = {plain(_opened(row)): row.pk for row in found if isinstance(row, Colleague)}
        colleagues.pop("", None)
        ours = Ours(_plain(boxes), colleagues)
        _opened_before.clear()
        if all(stays or not _opened(row) for row, (_, _, _, stays, _) in zip(found, rows, strict=True)):
            _opened_before[rows] = ours
    return ours


def mailboxes() -> frozenset[str]:
    """The addresses of the shop's mailboxes, removed ones too."""
    with keys.scope():
        boxes = list(Mailbox.objects.only("id", "key_id", "address"))
        keys.warm(box.key_id for box in boxes)
        return _plain(boxes)


def plain(address: str) -> str:
    """An address as two spellings of it are compared; empty for what is none."""
    try:
        return same_address(address)
    except NotAnAddress:
        return ""


def untagged(address: str) -> tuple[str, str]:
    """An address without what stands behind a plus, and what stood there.

    >>> untagged("shop+t7x00@fern.example"), untagged("shop@fern.example")
    (('shop@fern.example', 't7x00'), ('shop@fern.example', ''))
    """
    local, _, host = address.rpartition("@")
    name, _, tag = local.partition("+")
    return f"{name}@{host}", tag


def is_among(mailboxes: frozenset[str], address: str) -> bool:
    """Whether this is one of these addresses, also with a sign behind a plus."""
    return plain(address) in mailboxes or plain(untagged(address)[0]) in mailboxes


def _plain(boxes: Iterable[Mailbox]) -> frozenset[str]:
    return frozenset(filter(None, (plain(_opened(box)) for box in boxes)))


def _opened(row: Mailbox | Colleague) -> str:
    try:
        return row.address
    except KeyGone:
        return ""


def _row(
    is_mailbox: object, number: UUID | str, key_id: UUID | str, _stays: object, sealed: bytes
) -> Mailbox | Colleague:
    made: type[Mailbox | Colleague] = Mailbox if is_mailbox else Colleague
    values = [UUID(str(number)), Sealed(stored=sealed), UUID(str(key_id))]
    return made.from_db(connection.alias, ["id", "address", "key_id"], values)

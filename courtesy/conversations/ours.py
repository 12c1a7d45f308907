"""Which addresses are ours: the mailboxes of the shop, and the colleagues' own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from courtesy.people.names import NotAnAddress, same_address
from courtesy.post.models import Mailbox
from courtesy.privacy import keys
from courtesy.privacy.keys import KeyGone
from courtesy.staff.models import Colleague


@dataclass(frozen=True)
class Ours:
    """``mailboxes`` are the shop's addresses, removed ones too; ``colleagues`` are found by their own addresses."""

    mailboxes: frozenset[str]
    colleagues: Mapping[str, Colleague]

    def is_shop(self, address: str) -> bool:
        """Whether this is an address of the shop, also with a sign behind a plus."""
        return is_among(self.mailboxes, address)

    @property
    def all(self) -> list[str]:
        """Every address of ours."""
        return sorted({*self.mailboxes, *self.colleagues})


def addresses(*needed: UUID) -> Ours:
    """Our addresses as they are now; a handful of rows, their keys in one question with those ``needed`` next."""
    with keys.scope():
        boxes = list(Mailbox.objects.only("id", "key_id", "address"))
        colleagues = list(Colleague.objects.filter(left_at=None).only("id", "key_id", "address"))
        keys.warm([keys.HOUSE, *needed, *(box.key_id for box in boxes), *(one.key_id for one in colleagues)])
        return Ours(_plain(boxes), {own: one for one in colleagues if (own := plain(_opened(one)))})


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

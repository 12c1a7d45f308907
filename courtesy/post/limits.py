"""How often one address or one visitor may come, counted in the database without saying who they are."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.db import IntegrityError, transaction
from django.db.models import F

from courtesy.post.models import Knock
from courtesy.privacy.sealing import blind_index


@dataclass(frozen=True)
class Limit:
    """At most ``count`` in each ``window``."""

    name: str
    count: int
    window: timedelta


ADDRESS = (Limit("address, hour", 6, timedelta(hours=1)), Limit("address, day", 20, timedelta(days=1)))
VISITOR = (Limit("visitor, hour", 20, timedelta(hours=1)), Limit("visitor, day", 80, timedelta(days=1)))
# A proxy or tunnel that does not say for whom it asks: all visitors of the shop look the same.
CROWD = (Limit("crowd, hour", 500, timedelta(hours=1)), Limit("crowd, day", 4000, timedelta(days=1)))


class TooMany(Exception):
    """More than is allowed; `until` says when the next may come."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many")
        self.until = until


def count(who: str, limits: tuple[Limit, ...], *, at: datetime) -> None:
    """Count one visit against every limit. Raises TooMany, and then counts none of them.

    What is written is a keyed digest of ``who`` and the window, so that two windows cannot be joined.
    """
    with transaction.atomic():
        for limit in limits:
            begins = datetime.fromtimestamp(
                at.timestamp() // limit.window.total_seconds() * limit.window.total_seconds(), at.tzinfo
            )
            _count(who, limit, begins)


def forget_old(*, at: datetime) -> int:
    """Counts of windows that are over; on schedule."""
    return Knock.objects.filter(until__lt=at).delete()[0]


def visitor(client: str, *, at: datetime) -> None:
    """Count one visit of this network address. Raises TooMany."""
    who = household(client)
    count(who or "crowd", VISITOR if who else CROWD, at=at)


def household(client: str) -> str:
    """What stands for one visitor: the address, of IPv6 the network a household has; empty where it says nothing."""
    try:
        address = ip_address(client.strip())
    except ValueError:
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.is_loopback or address.is_private:
        return ""
    if isinstance(address, IPv6Address):
        return f"{IPv6Address(int(address) >> 64 << 64)}/64"
    return str(address)


def _count(who: str, limit: Limit, begins: datetime) -> None:
    window = f"{limit.name} {begins:%Y-%m-%d %H}"
    digest = blind_index(f"{window} {who}", "post.knock")
    until = begins + limit.window
    row = Knock.objects.filter(who=digest, window=window)
    if row.filter(count__lt=limit.count).update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            Knock.objects.create(who=digest, window=window, count=1, until=until)
    except IntegrityError:
        # It is there: made by somebody in this moment, or full.
        if not row.filter(count__lt=limit.count).update(count=F("count") + 1):
            raise TooMany(until) from None

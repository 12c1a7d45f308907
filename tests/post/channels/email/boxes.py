"""The shop's mailbox on the test's Dovecot, and what came out of it."""

from datetime import UTC, datetime, timedelta

from courtesy.post.models import Arrival, Mailbox, Tls
from courtesy.privacy import keys
from tests.post.dovecot import Dovecot

NOON = datetime.now(UTC).replace(microsecond=0)
"""Now, since the server writes down when a mail came by its own clock."""
BEGINS = NOON - timedelta(days=30)


def mailbox_on(dovecot: Dovecot, user: str = "shop", **more: object) -> Mailbox:
    """A mailbox of the shop that is read from this server."""
    wanted: dict[str, object] = {
        "name": user, "address": f"{user}@fern.example", "imap_host": "127.0.0.1", "imap_port": dovecot.port,
        "imap_tls": Tls.NEVER, "user": user, "secret": dovecot.passwords[user], "begins_at": BEGINS,
        "created_at": BEGINS, "key_id": keys.new(at=BEGINS),
    }  # fmt: skip
    return Mailbox.objects.create(**(wanted | more))


def raws(channel: str = "mail") -> list[bytes]:
    """The bytes of everything kept, in the order it was kept."""
    with keys.scope():
        return [bytes(one.raw) for one in Arrival.objects.filter(channel=channel).order_by("received_at", "pk")]

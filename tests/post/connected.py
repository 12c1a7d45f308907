"""Mailboxes of the shop for tests: settings that lead to servers on loopback, and the rows they become."""

from datetime import datetime
from typing import Any

from courtesy.post import mailboxes
from courtesy.post.mailboxes import Given
from courtesy.post.models import Mailbox
from courtesy.staff.models import Colleague
from tests.post.conftest import NOW

NOWHERE = 9  # the port of "discard", which nobody serves


def given(
    address: str = "hello@marigold.example",
    *,
    imap: int = NOWHERE,
    smtp: int = NOWHERE,
    secret: str = "kelp fern",  # noqa: S107
    **more: Any,
) -> Given:
    """Settings for servers on these ports of this machine."""
    wanted = {
        "address": address, "user": "shop", "secret": secret, "imap_host": "127.0.0.1", "imap_port": imap,
        "imap_tls": "never", "smtp_host": "127.0.0.1", "smtp_port": smtp, "smtp_tls": "never",
    }  # fmt: skip
    return Given(**(wanted | more))


def connected(by: Colleague, address: str = "hello@marigold.example", *, at: datetime = NOW, **more: Any) -> Mailbox:
    """A mailbox with these settings."""
    return mailboxes.connect(given=given(address, **more), by=by, at=at)

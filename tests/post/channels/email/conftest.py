"""A Dovecot with the shop's mailbox on it."""

from collections.abc import Iterator

import pytest

from courtesy.post.models import Mailbox
from tests.post.channels.email.boxes import mailbox_on
from tests.post.dovecot import BINARY, Dovecot, open_dovecot


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    if BINARY is None:
        pytest.skip("Dovecot is not installed: apt install dovecot-imapd")
    with open_dovecot() as server:
        yield server


@pytest.fixture
def box(db: None, dovecot: Dovecot) -> Mailbox:
    return mailbox_on(dovecot)

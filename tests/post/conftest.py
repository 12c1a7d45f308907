"""The shop may send, a mail server stands ready, and letters can be put into the line."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

import pytest

from courtesy.post import replies
from courtesy.post.models import Outgoing
from courtesy.privacy import keys
from courtesy.staff.models import Shop
from courtesy.staff.queries import shop
from tests.post.mailbox import Post, open_post

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
UNDO = timedelta(seconds=10)
_numbers = count(1000)


@pytest.fixture
def mail_server() -> Iterator[Post]:
    with open_post() as post:
        yield post


@pytest.fixture
def may_send(settings, mail_server) -> Shop:
    """The owner switched sending on and named the server."""
    settings.COURTESY = replace(settings.COURTESY, smtp_url=mail_server.url, mail_from="Shop <shop@fern.example>")
    row = shop()
    row.may_send = True
    row.save()
    return row


@pytest.fixture
def write() -> Callable[..., Outgoing]:
    """Put an answer into the line, as `desk.effects` does."""

    def _write(words: str = "Hello", to: str = "dora@kunden.example", at: datetime = NOW, **more) -> Outgoing:
        number = next(_numbers)
        authority = replies.Authority(decision_id=number, by=uuid4(), at=at)
        more = {"not_before": at + UNDO, "subject": "Re: tea", "references": [], "message_id": number} | more
        return replies.post(authority, to=to, body=words, key_id=keys.new(at=at), **more)

    return _write


def state(outgoing: Outgoing) -> str:
    return Outgoing.objects.values_list("state", flat=True).get(pk=outgoing.pk)

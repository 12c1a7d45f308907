"""Messages come in through the form, as real ones do."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from courtesy.conversations import actions
from courtesy.conversations.models import Message
from courtesy.post import arrivals
from courtesy.post.channels.form.parsing import write as written
from courtesy.post.models import Arrival

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
_numbers = count()


def came(at: datetime = NOW, hint: str = "", **fields) -> Arrival:
    """An arrival of the form that nobody has taken in yet."""
    raw = written(**{"address": "dora@kunden.example", "name": "", "subject": "", "body": "Where is my tea?"} | fields)
    return arrivals.keep(channel="form", channel_id=f"n{next(_numbers)}", raw=raw, at=at, thread_hint=hint)


@pytest.fixture
def writes() -> Callable[..., Message]:
    """A customer writes, and it is taken in."""

    def _writes(body: str = "Where is my tea?", at: datetime = NOW, **more) -> Message:
        arrival = came(at=at, body=body, **more)
        actions.take_in(arrival_id=arrival.pk, at=at + timedelta(seconds=1))
        return Message.objects.select_related("thread").get(arrival_id=arrival.pk)

    return _writes


@pytest.fixture
def answers() -> Callable[..., Message]:
    """A colleague answers, without the desk around it."""

    def _answers(message: Message, by, words: str = "On its way.", at: datetime = NOW + timedelta(hours=1)) -> Message:
        held = actions.hold(message.thread_id, unanswered_since=message.thread.last_event)
        return actions.add_reply(held, words=words, by=by, at=at, decision_id=next(_numbers) + 10_000)

    return _answers

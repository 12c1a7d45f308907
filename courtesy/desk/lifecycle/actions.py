"""What can happen between a message and an answer. Every story runs in one transaction; the clock is handed in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from courtesy.conversations import actions as conversations
from courtesy.conversations.models import Message, Thread
from courtesy.desk import effects
from courtesy.desk.lifecycle.models import Belief, Decision, How, Outcome, Suggestion, Verb
from courtesy.jobs.actions import changed
from courtesy.jobs.moments import moment
from courtesy.privacy import ledger
from courtesy.staff.models import Colleague

UNDO_WINDOW = timedelta(seconds=10)


class Refused(Exception):
    """An action that cannot happen; nothing was changed. `AlreadyAnswered` is raised by `conversations`."""


class NothingToSay(Refused):
    """The words are empty."""


class NoSuchDraft(Refused):
    """The suggestion does not belong to this thread, or holds no words."""


class AlreadyDecided(Refused):
    """Somebody decided it before."""


class TooLate(Refused):
    """The answer has left already (or was taken back before); it cannot be taken back."""


def file_belief(
    *, message_id: int, kind: str, value: str, reasons: Sequence[str], score: float, model: str, at: datetime
) -> Belief:
    """File what the machine thinks; a second filing of the same kind changes nothing."""
    raise NotImplementedError


def correct_belief(belief_id: int, *, to: str, by: Colleague, at: datetime) -> Belief:
    """A person says what is so; from now on that counts."""
    raise NotImplementedError


def file_suggestion(
    *, message_id: int, words: dict[str, Any], reason: str, model: str, at: datetime, took_ms: int
) -> Suggestion:
    """File a draft (``words``), or the ``reason`` why there is none; a second filing changes nothing."""
    raise NotImplementedError


def send_reply(
    thread_id: int, *, words: str, by: Colleague, at: datetime, seen: int, suggestion_id: int | None = None
) -> Decision:
    """Let an answer out into the world, in the words of the colleague who sends it.

    Raises AlreadyAnswered when somebody answered after the event last ``seen``: both can press the button, only
    one reply leaves, the other keeps their words. Raises NothingToSay and NoSuchDraft. ``suggestion_id`` names the
    draft that the composer was filled from.
    """
    raise NotImplementedError


def dismiss(suggestion_id: int, *, why: str, by: Colleague, at: datetime) -> Decision:
    """Set a draft aside, with one of the reasons of `models.Why`. Raises NoSuchDraft and AlreadyDecided."""
    raise NotImplementedError


def take_back(decision_id: int, *, by: Colleague, at: datetime) -> Decision:
    """Undo. A dismissal comes back at once; an answer only while it has not left: else raises TooLate.

    The words of an answer return to the composer of the colleague who takes it back.
    """
    raise NotImplementedError


def resolve(thread_id: int, *, by: Colleague, at: datetime) -> Decision:
    """Close a thread that needs no answer."""
    raise NotImplementedError


def came_back(message_id: int) -> int:
    """Note at the answer before that its customer wrote again; how many outcomes learned of it (0 or 1)."""
    raise NotImplementedError

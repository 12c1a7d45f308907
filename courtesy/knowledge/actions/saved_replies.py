"""What can happen to a saved reply. Refusals: NotSaved > NoName, NoWords, NameTaken."""

from datetime import datetime

from django.db import IntegrityError, transaction

from courtesy.knowledge.models import SavedReply
from courtesy.privacy import ledger
from courtesy.staff.models import Colleague


class NotSaved(ValueError):
    """The reply was not saved, and nothing changed."""


class NoName(NotSaved):
    """A saved reply needs a name to be found by."""


class NoWords(NotSaved):
    """A saved reply needs words."""


class NameTaken(NotSaved):
    """Another saved reply has this name."""


def save_reply(reply: SavedReply | None, *, name: str, words: str, by: Colleague, at: datetime) -> SavedReply:
    """Keep a text under a name, or other words for ``reply``. Raises NoName, NoWords, NameTaken."""
    name, words = " ".join(name.split())[:60], words.replace("\r\n", "\n").strip()
    if not name:
        raise NoName
    if not words:
        raise NoWords
    saved = reply or SavedReply()
    saved.name, saved.words, saved.changed_by, saved.changed_at = name, words, by, at
    try:
        with transaction.atomic():
            saved.save()
            ledger.append("reply saved", about=saved, by=by.pk, at=at)
    except IntegrityError:
        raise NameTaken from None
    return saved


def put_away(reply: SavedReply, *, by: Colleague, at: datetime) -> None:
    """Nobody is offered it any more; it can be taken back."""
    with transaction.atomic():
        if SavedReply.objects.filter(pk=reply.pk, archived_at=None).update(archived_at=at):
            ledger.append("reply put away", about=reply, by=by.pk, at=at)


def bring_back(reply: SavedReply, *, by: Colleague, at: datetime) -> None:
    """Offer it again. Raises NameTaken where another has its name by now."""
    try:
        with transaction.atomic():
            if SavedReply.objects.filter(pk=reply.pk).exclude(archived_at=None).update(archived_at=None):
                ledger.append("reply brought back", about=reply, by=by.pk, at=at)
    except IntegrityError:
        raise NameTaken from None

"""What came and could not be read: why, in words, and put away by whoever has dealt with it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courtesy.jobs.actions import changed
from courtesy.post.models import Arrival
from courtesy.privacy import ledger

_WHY: dict[str, str | Promise] = {
    "caught by the spam trap": gettext_lazy("It filled in what only a machine sees; perhaps a person did."),
    "too large": gettext_lazy("It is too large. Only its head was fetched; the whole lies in the mailbox."),
    "the server could not hand it over": gettext_lazy(
        "The mail server could not hand it over. Only its head was fetched; the whole lies in the mailbox."
    ),
    "the line broke whenever it was fetched": gettext_lazy(
        "The line broke whenever it was fetched. Only its head was fetched; the whole lies in the mailbox."
    ),
    "Unreadable: no sender": gettext_lazy("It names nobody who sent it."),
    "Unreadable: no address": gettext_lazy("It names no address that could be answered."),
    "Unreadable: address too long": gettext_lazy("It names no address that could be answered."),
    "Unreadable: no words": gettext_lazy("There are no words in it."),
    "Unreadable: belongs to no thread": gettext_lazy("Its thread is gone."),
    "KeyGone": gettext_lazy("Its key is gone: whoever wrote it was erased."),
}


def why(problem: str) -> str:
    """Why something was set aside, as a sentence; a class that has no sentence of its own is named."""
    known = _WHY.get(problem)
    return str(known) if known else _("Courtesy stumbled over it (%(problem)s).") % {"problem": problem}


def put_away(arrival_id: UUID, *, by: UUID, at: datetime) -> bool:
    """Somebody has dealt with it: it leaves Today, and stays kept as it came. True if it was there to put away."""
    with transaction.atomic():
        waiting = Arrival.objects.filter(pk=arrival_id, state=Arrival.State.SET_ASIDE, put_away_at=None)
        away = bool(waiting.update(put_away_at=at))
        if away:
            ledger.append("arrival put away", by=by, at=at)
            changed("arrivals")
    return away

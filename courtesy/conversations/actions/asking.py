"""An import is asked about before it begins: what is in the file, what its columns mean, on which basis it is held."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from courtesy.conversations.actions import bringings
from courtesy.conversations.actions.carrying_on import discard
from courtesy.conversations.models import Bringing
from courtesy.jobs.actions import changed
from courtesy.post.past import columns
from courtesy.post.past.source import look
from courtesy.privacy import keys, sealed_files
from courtesy.staff.models import Colleague

__all__ = ["agree", "ask_about_file", "ask_about_mailbox", "choose_columns", "discard", "go_on", "name_ours"]

State = Bringing.State


def ask_about_file(number: UUID, *, key_id: UUID, ours: Collection[str], by: Colleague, at: datetime) -> Bringing:
    """A file that waits, sealed, under this number: it will be looked through. Raises `NotRead` for one that is none.

    A table of which it is not clear which column holds what is asked about first.
    """
    with closing(sealed_files.read(number, key_id=key_id)) as file:
        past = look(file=file)
    chosen = bringings.columns_like(past.header) if past.header else None
    asks = chosen is not None and bool(chosen.missing)
    return Bringing.objects.create(
        pk=number,
        key_id=key_id,
        kind=past.kind,
        columns=chosen.named if chosen else {},
        ours="\n".join(ours),
        by=by,
        at=_its_own(at),
        state=State.ASKED if asks else State.LOOKING,
    )


def ask_about_mailbox(mailbox_id: UUID, *, months: int, by: Colleague, at: datetime) -> Bringing:
    """The last months of a mailbox: they will be looked through."""
    number = uuid4()
    return Bringing.objects.create(
        pk=number,
        key_id=keys.new(holder=number, at=at),
        kind="mailbox",
        mailbox_id=mailbox_id,
        months=months,
        by=by,
        at=_its_own(at),
        state=State.LOOKING,
    )


def choose_columns(bringing: Bringing, given: Mapping[str, Any], *, header: Sequence[str], at: datetime) -> None:
    """These columns hold this: it is looked through anew, and the next table with this header is read so too."""
    chosen = columns.chosen({name: str(value) for name, value in given.items()}, header)
    with transaction.atomic():
        here = Bringing.objects.filter(pk=bringing.pk, state=State.ASKED)
        if here.update(columns=chosen.named, state=State.LOOKING, counts={}, claimed_until=None):
            bringings.remember_columns(header, chosen, at=at)
            changed("bringing", str(bringing.pk))


def name_ours(bringing: Bringing, ours: Collection[str]) -> None:
    """These addresses are the shop's too: it is looked through anew. Nothing happens once it has begun."""
    with transaction.atomic():
        here = Bringing.objects.select_for_update().filter(pk=bringing.pk, state=State.ASKED).first()
        if here is None:
            return
        here.ours = "\n".join(sorted({*here.ours.split(), *ours}))
        here.state, here.counts, here.claimed_until = State.LOOKING, {}, None
        here.save(update_fields=["ours", "state", "counts", "claimed_until"])
        changed("bringing", str(here.pk))


def agree(bringing: Bringing, *, basis: str, since: date, by: Colleague, at: datetime) -> bool:
    """It may begin. False where it is not waiting for that word."""
    with transaction.atomic():
        here = Bringing.objects.select_for_update().filter(pk=bringing.pk, state=State.ASKED).first()
        if here is None or (here.columns and columns.Columns(**here.columns).missing):
            return False
        counts = {"of": here.counts.get("read", 0)}
        Bringing.objects.filter(pk=here.pk).update(
            basis=basis, since=since, by=by, state=State.WAITING, counts=counts, claimed_until=None
        )
        changed("bringing", str(bringing.pk))
    return True


def go_on(bringing: Bringing) -> None:
    """One that stopped begins again; what is here already stays as it is."""
    with transaction.atomic():
        here = Bringing.objects.filter(pk=bringing.pk, state=State.FAILED)
        if here.update(state=State.WAITING, trouble="", ended_at=None, claimed_until=None):
            changed("bringing", str(bringing.pk))


def _its_own(at: datetime) -> datetime:
    """A moment that no other import has: whoever is known only since then came by this one."""
    at = min(at, timezone.now())
    while Bringing.objects.filter(at=at).exists():
        at += timedelta(microseconds=1)
    return at

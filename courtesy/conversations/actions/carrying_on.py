"""Imports that were asked for on the desk are carried out in the worker: looked through, brought in, taken out.

A claim is renewed with every handful; one whose worker died is taken up by the next, from the beginning, which changes
nothing that is there already.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from courtesy.conversations.actions import history, taking_out
from courtesy.conversations.actions.history import LEASE, Counts, NoLongerWanted
from courtesy.conversations.actions.shelving import Read
from courtesy.conversations.models import Bringing
from courtesy.conversations.ours import mailboxes as our_mailboxes
from courtesy.jobs.actions import changed
from courtesy.post.channels.email.imap import Trouble as MailTrouble
from courtesy.post.models import Mailbox
from courtesy.post.past import columns, months
from courtesy.post.past.letters import Letters, NotRead
from courtesy.post.past.source import look
from courtesy.privacy import keys, sealed_files
from courtesy.privacy.keys import KeyGone
from courtesy.privacy.sealed_files import NoSuchFile
from courtesy.privacy.sealing import SealBroken
from courtesy.staff import queries as staff
from courtesy.staff.hours import Hours

State = Bringing.State
SHOWN = 5
SHOWN_LETTERS = 240
A_WEEK = timedelta(days=7)
_NOT_BEGUN = (State.LOOKING, State.ASKED)
DUE = (State.LOOKING, State.WAITING, State.RUNNING, State.UNDOING)

log = logging.getLogger("courtesy.conversations")


class Interrupted(Exception):
    """What it was read from is not here any more."""


def carry_on(*, at: datetime) -> int:
    """Carry out what was asked for, one after the other; on schedule, beside everything else. Returns how many."""
    _forget(at)
    count = 0
    while (bringing := _claimed(at)) is not None:
        count += 1
        _carry_out(bringing, at=timezone.now())
    return count


def discard(bringing: Bringing) -> None:
    """Nothing was brought in yet, and nothing will be: the file goes, and the row with it. Once it began it stays."""
    gone, _ = Bringing.objects.filter(pk=bringing.pk, state__in=_NOT_BEGUN).delete()
    if gone:
        sealed_files.delete(bringing.pk)
        keys.destroy_these([bringing.key_id], at=timezone.now())


def _claimed(at: datetime) -> Bringing | None:
    free = Q(claimed_until=None) | Q(claimed_until__lte=at)
    for one in Bringing.objects.filter(free, state__in=DUE).order_by("at")[:5]:
        state = State.RUNNING if one.state == State.WAITING else one.state
        mine = Bringing.objects.filter(free, pk=one.pk, state=one.state)
        if mine.update(claimed_until=timezone.now() + LEASE, state=state):
            one.state = state
            return one
    return None


def _carry_out(bringing: Bringing, *, at: datetime) -> None:
    try:
        with keys.scope():
            if bringing.state == State.LOOKING:
                _look(bringing, at=at)
            elif bringing.state == State.UNDOING:
                taking_out.undo(bringing.pk, by=bringing.undone_by, at=at)
                sealed_files.delete(bringing.pk)
            else:
                _bring(bringing, at=at)
    except (NoLongerWanted, taking_out.NothingToUndo):
        return
    except NotRead as trouble:
        _stop(bringing, str(trouble.why))
    except MailTrouble as trouble:
        _stop(bringing, trouble.problem)
    except (Interrupted, NoSuchFile, KeyGone, SealBroken):
        _stop(bringing, "interrupted")
    except Exception:
        log.exception("an import of letters broke off")
        _stop(bringing, "stumbled")


def _look(bringing: Bringing, *, at: datetime) -> None:
    def tell(counts: Counts) -> None:
        here = Bringing.objects.filter(pk=bringing.pk, state=State.LOOKING)
        if not here.update(counts=asdict(counts), claimed_until=timezone.now() + LEASE):
            raise NoLongerWanted
        changed("bringing", str(bringing.pk))

    with _letters(bringing, at=at) as letters:
        seen = history.look(letters, ours=bringing.ours.split(), at=at, progress=tell, sample=SHOWN)
    bringing.refresh_from_db()
    if bringing.state != State.LOOKING:
        return
    told = {"first": [_shown(one) for one in seen.first], "perhaps_ours": seen.perhaps_ours}
    bringing.sample = json.dumps(told)
    bringing.counts, bringing.state, bringing.claimed_until = asdict(seen.counts), State.ASKED, None
    with transaction.atomic():
        bringing.save(update_fields=["sample", "counts", "state", "claimed_until"])
        changed("bringing", str(bringing.pk))


def _bring(bringing: Bringing, *, at: datetime) -> None:
    box = Mailbox.objects.filter(pk=bringing.mailbox_id, removed_at=None).first() if bringing.mailbox_id else None
    if bringing.mailbox_id and box is None:
        raise Interrupted
    with _letters(bringing, at=at) as letters:
        history.bring(
            letters,
            ours=bringing.ours.split(),
            basis=bringing.basis,
            since=bringing.since,
            by=bringing.by,
            at=bringing.at,
            bringing=bringing,
            mailbox=box,
        )
    sealed_files.delete(bringing.pk)


@contextmanager
def _letters(bringing: Bringing, *, at: datetime) -> Iterator[Letters]:
    if bringing.kind == "mailbox":
        box = Mailbox.objects.filter(pk=bringing.mailbox_id, removed_at=None).first() if bringing.mailbox_id else None
        if box is None:
            raise Interrupted
        yield months.letters(box, since=since_of(bringing, today=at.date()))
        return
    with closing(sealed_files.read(bringing.pk, key_id=bringing.key_id)) as file:
        past = look(file=file)
        chosen = columns.chosen(bringing.columns, past.header) if past.header else None
        us = next(iter([*bringing.ours.split(), *sorted(our_mailboxes())]), "")
        yield past.letters(chosen, us=us, zone=Hours.of(staff.shop()).zone)


def since_of(bringing: Bringing, *, today: date) -> date:
    """The day from which a mailbox is read."""
    return months.first_day(bringing.months or 12, today=today)


def _shown(one: Read) -> dict[str, str]:
    who = one.outside[0] if one.ours else one.writer
    return {
        "ours": "yes" if one.ours else "",
        "apart": one.mail.apart,
        "who": who.name or who.address,
        "at": one.at.isoformat(),
        "subject": one.incoming.subject,
        "words": " ".join(one.incoming.body.split())[:SHOWN_LETTERS],
    }


def _stop(bringing: Bringing, trouble: str) -> None:
    """It ends here, and says why; what was brought in until then stays, and can be taken out."""
    was_looking = bringing.state == State.LOOKING
    with transaction.atomic():
        here = Bringing.objects.filter(pk=bringing.pk, state=bringing.state)
        here.update(state=State.FAILED, trouble=trouble[:40], claimed_until=None, ended_at=timezone.now())
        changed("bringing", str(bringing.pk))
    if was_looking:
        sealed_files.delete(bringing.pk)


def _forget(at: datetime) -> None:
    """A file nobody said a word about for a week goes."""
    for one in Bringing.objects.filter(state=State.ASKED, at__lt=at - A_WEEK)[:20]:
        discard(one)

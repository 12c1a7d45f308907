"""Copies of what left, put into the Sent folder of the mailbox it left from: there once, however often we have to try.

Before a copy is put there, the folder is asked for a mail of this name: it may hold one since a try that broke off,
or because the provider keeps copies itself.
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from courtesy.jobs.moments import moment
from courtesy.post.channels.email import imap
from courtesy.post.models import Mailbox, Outgoing
from courtesy.privacy import keys
from courtesy.privacy.keys import KeyGone

GIVEN_UP_AFTER = timedelta(days=3)
LEASE = timedelta(minutes=3)
AGAIN_AFTER = timedelta(minutes=5)
A_TURN = 20

log = logging.getLogger("courtesy.post.copies")


def keep_due(*, at: datetime) -> int:
    """Put a copy of each answer that left into its mailbox's Sent folder; how many are there now. On schedule."""
    due = Outgoing.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lte=at) | Q(claimed_until__gt=at + GIVEN_UP_AFTER),
        kind=Outgoing.Kind.REPLY,
        state=Outgoing.State.SENT,
        copy_kept_at=None,
        sent_at__gt=at - GIVEN_UP_AFTER,
        mailbox__removed_at=None,
        mailbox__keeps_copies=True,
    )
    count = 0
    for mailbox_id in set(due.order_by().values_list("mailbox", flat=True).distinct()):
        mine = list(due.filter(mailbox=mailbox_id).order_by("turn").values_list("pk", flat=True)[:A_TURN])
        try:
            with keys.scope(), imap.connect(imap.access_to(Mailbox.objects.get(pk=mailbox_id))) as line:
                folder = line.sent_folder()
                if not folder:
                    raise imap.NoSuchFolder
                line.examine(folder)
                count += sum(_kept(line, folder, pk, at) for pk in mine)
        except (imap.Trouble, KeyGone) as trouble:
            # How the mailbox is, the fetcher says; what left has left, and its copy can wait.
            log.warning("copies wait: %s", getattr(trouble, "problem", "no key"))
            Outgoing.objects.filter(pk__in=mine, copy_kept_at=None).update(claimed_until=at + AGAIN_AFTER)
    return count


def _kept(line: imap.Line, folder: str, pk: UUID, at: datetime) -> bool:
    """One copy. The claim keeps two workers from putting it there twice; a dead one's runs out."""
    free = Q(claimed_until=None) | Q(claimed_until__lte=at) | Q(claimed_until__gt=at + GIVEN_UP_AFTER)
    ours = Outgoing.objects.filter(free, pk=pk, copy_kept_at=None)
    if not ours.update(claimed_until=at + LEASE):
        return False
    outgoing = Outgoing.objects.get(pk=pk)
    try:
        content = bytes(outgoing.content)
    except KeyGone:
        # Erased: there is nothing left to put anywhere.
        Outgoing.objects.filter(pk=pk).update(copy_kept_at=at, claimed_until=None)
        return False
    if not line.holds(outgoing.message_id):
        moment("copy: looked")
        line.append(folder, content, at=outgoing.sent_at or at)
    moment("copy: put there")
    Outgoing.objects.filter(pk=pk).update(copy_kept_at=at, claimed_until=None)
    return True

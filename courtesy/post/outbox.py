"""What waits to leave: who may still stop it, who may take it along, and what a person can do when that went wrong.

Every step is an update under a condition (this row, this state, this claim): of two who try, the first wins.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, Max, Min, Q

from courtesy.jobs.actions import announce, changed
from courtesy.jobs.moments import moment
from courtesy.post.channels.incoming import address_in
from courtesy.post.models import TOO_OLD, MailServer, Outgoing
from courtesy.privacy import ledger

LEASE = timedelta(minutes=3)
"""How long a sender may be silent before somebody else looks after its letter. Longer than any wait for the server."""

State = Outgoing.State
_BOUNCE_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True)
class Unsent:
    """What has not left. ``mail_server`` says since when and why the mail server cannot be used, or is empty."""

    count: int
    oldest: datetime | None
    held: int
    unsure: int
    refused: int
    mail_server: str = ""


def add(  # the one way onto the outbox; used by `replies` and `letters` only
    *,
    kind: str,
    to: str,
    content: bytes,
    key_id: UUID,
    message_id: str,
    not_before: datetime,
    at: datetime,
    also_to: Sequence[str] = (),
    mailbox_id: UUID | None = None,
    decision_id: int | None = None,
    reply_message_id: int | None = None,
) -> Outgoing:
    """Put a finished mail into the line, in the caller's transaction. ``also_to``: everybody else in its envelope."""
    with transaction.atomic():
        last = Outgoing.objects.aggregate(last=Max("turn"))["last"] or 0
        outgoing = Outgoing.objects.create(
            kind=kind,
            decision_id=decision_id,
            reply_message_id=reply_message_id,
            to=to,
            also_to="\n".join(also_to),
            content=content,
            mailbox_id=mailbox_id,
            key_id=key_id,
            message_id=message_id,
            turn=last + 1,
            not_before=not_before,
            waiting_since=at,
            created_at=at,
        )
        changed("outbox")
    return outgoing


def further(
    to: str, also_to: Sequence[str], cc: Sequence[str], bcc: Sequence[str]
) -> tuple[list[str], list[str], list[str]]:
    """These further recipients, each once and in the most visible place. Raises Unreadable for what is no address."""
    known = {to.casefold()}
    lists: list[list[str]] = []
    for addresses in (also_to, cc, bcc):
        fresh: list[str] = []
        for address in map(address_in, addresses):
            if address.casefold() not in known:
                known.add(address.casefold())
                fresh.append(address)
        lists.append(fresh)
    return lists[0], lists[1], lists[2]


def take_back(outgoing_id: UUID | str, *, at: datetime) -> bool:
    """Stop a mail that has not begun to leave. True if it now never leaves; False if it left or was stopped before."""
    return _move(outgoing_id, (State.WAITING, State.HELD), State.TAKEN_BACK, at=at, claim=None, claimed_until=None)


def claim_next(*, at: datetime, mailbox_id: UUID | None = None) -> Outgoing | None:
    """The first mail that may leave now from this mailbox (None: by the server of the settings), ours for a LEASE.

    None where nothing may. It can still be taken back.
    """
    while True:
        outgoing = Outgoing.objects.due(at).filter(mailbox=mailbox_id).first()
        if outgoing is None:
            return None
        ours = uuid4()
        won = Outgoing.objects.filter(
            Q(claimed_until=outgoing.claimed_until) if outgoing.claimed_until else Q(claimed_until=None),
            pk=outgoing.pk,
            state=State.WAITING,
            claim=outgoing.claim,
        ).update(claim=ours, claimed_until=at + LEASE)
        if won:
            outgoing.claim, outgoing.claimed_until = ours, at + LEASE
            return outgoing


def begin(outgoing: Outgoing, *, at: datetime) -> bool:
    """Write down that the text is about to travel; committed before its first byte. False: it was taken back, or is
    no longer ours, and must not leave."""
    # Durable: a step that is only written when some outer transaction ends would be no step at all.
    with transaction.atomic(durable=True):
        begun = _move(
            outgoing.pk, (State.WAITING,), State.SENDING, at=at, held_by=outgoing.claim, claimed_until=at + LEASE
        )
        moment("leave: sending written")
    return begun


def sent(outgoing: Outgoing, *, at: datetime, problem: str = "") -> bool:
    """The mail server said it has it. Also true of one that somebody took for lost meanwhile and called unsure.

    ``problem`` says where it did not go, if one of several recipients was refused.
    """
    with transaction.atomic(durable=True):
        done = _move(
            outgoing.pk,
            (State.SENDING, State.UNSURE),
            State.SENT,
            at=at,
            held_by=outgoing.claim,
            claimed_until=None,
            sent_at=at,
            problem=problem,
        )
        moment("leave: sent written")
    return done


def refused(outgoing: Outgoing, *, problem: str, at: datetime) -> bool:
    """The mail server will never take this one."""
    return _move(
        outgoing.pk,
        (State.WAITING, State.SENDING, State.UNSURE),
        State.REFUSED,
        at=at,
        held_by=outgoing.claim,
        claimed_until=None,
        problem=problem,
    )


def unsure(outgoing: Outgoing, *, problem: str, at: datetime) -> bool:
    """The text may have arrived, or not: nobody sends it again but a person."""
    return _move(
        outgoing.pk, (State.SENDING,), State.UNSURE, at=at, held_by=outgoing.claim, claimed_until=None, problem=problem
    )


def later(outgoing: Outgoing, *, problem: str, next_try_at: datetime | None, at: datetime) -> bool:
    """The mail server did not take it now: it waits on, in its place in the line.

    ``next_try_at`` is None where the trouble seems to be the server's and not this letter's.
    """
    return _move(
        outgoing.pk,
        (State.WAITING, State.SENDING, State.UNSURE),
        State.WAITING,
        at=at,
        held_by=outgoing.claim,
        claim=None,
        claimed_until=None,
        next_try_at=next_try_at,
        attempts=outgoing.attempts + 1,
        problem=problem,
    )


def look_after_interrupted(*, at: datetime, at_start: bool = False) -> int:
    """Call unsure what a sender left half-way: after its lease, or, ``at_start`` of the only worker, at once."""
    half_way = Outgoing.objects.filter(state=State.SENDING)
    if at_start:
        # Claimed and nothing said yet: nobody holds it any more, and it need not wait for a lease to run out.
        Outgoing.objects.filter(state=State.WAITING).exclude(claim=None).update(claim=None, claimed_until=None)
    else:
        # A lease that ends further away than any lease does is a clock that was set back.
        half_way = half_way.filter(Q(claimed_until__lte=at) | Q(claimed_until__gt=at + LEASE))
    found = half_way.values_list("pk", "claimed_until")
    return sum(_move(pk, (State.SENDING,), State.UNSURE, at=at, problem="interrupted") for pk, _ in found)


def hold_old(*, at: datetime) -> int:
    """Hold what waited too long: an answer of yesterday leaves only if a person still wants it to."""
    old = Outgoing.objects.waiting().filter(waiting_since__lte=at - TOO_OLD).values_list("pk", flat=True)
    return sum(_move(pk, (State.WAITING,), State.HELD, at=at, claim=None, claimed_until=None) for pk in old)


def hold_all(*, at: datetime) -> int:
    """For a backup that was put back: what waited when it was made may have left since, so a person looks at each.

    What waited is held, what was half-way is unsure; how many.
    """
    waiting = list(Outgoing.objects.waiting().values_list("pk", flat=True))
    held = sum(_move(pk, (State.WAITING,), State.HELD, at=at, claim=None, claimed_until=None) for pk in waiting)
    half_way = list(Outgoing.objects.filter(state=State.SENDING).values_list("pk", flat=True))
    return held + sum(_move(pk, (State.SENDING,), State.UNSURE, at=at, problem="interrupted") for pk in half_way)


def release(outgoing_id: UUID | str, *, by: UUID, at: datetime) -> bool:
    """The click after 24 hours: let it go now."""
    return _let_go(outgoing_id, (State.HELD,), "mail released", by=by, at=at)


def send_again(outgoing_id: UUID | str, *, by: UUID, at: datetime) -> bool:
    """A person decides that an unsure or refused mail goes (again), with the same Message-ID as before."""
    return _let_go(outgoing_id, (State.UNSURE, State.REFUSED), "mail sent again", by=by, at=at)


def mark_as_sent(outgoing_id: UUID | str, *, by: UUID, at: datetime) -> bool:
    """A person found out that an unsure mail did arrive."""
    with transaction.atomic():
        done = _move(outgoing_id, (State.UNSURE,), State.SENT, at=at, sent_at=at, claim=None, problem="")
        if done:
            ledger.append("mail marked as sent", by=by, at=at)
    return done


def bounced(message_id: str, *, status: str, final: bool, at: datetime) -> Outgoing | None:
    """A mail of ours came back undelivered; that mail, or None where we never sent one of this name.

    ``final`` off is a server that still tries: it is noted, and a later word that is final counts more. Announces
    "outgoing-changed" where that is news.
    """
    with transaction.atomic():
        outgoing = Outgoing.objects.select_for_update().filter(message_id=message_id.strip()).first()
        if outgoing is None:
            return None
        told = _BOUNCE_STATUS.fullmatch(status.strip())
        said = (told.group() if told else "") or ("5.0.0" if final else "4.0.0")
        if final and not said.startswith("5"):
            said = "5.0.0"
        if not outgoing.bounced_at or (final and not outgoing.bounce.startswith("5")):
            outgoing.bounced_at, outgoing.bounce = at, said
            outgoing.save(update_fields=["bounced_at", "bounce"])
            announce("outgoing-changed", outgoing_id=str(outgoing.pk))
            changed("outbox")
    return outgoing


def unsent(at: datetime) -> Unsent:
    """What has not left, in numbers, and whether the mail server is at fault."""
    waits = Q(state__in=(State.WAITING, State.SENDING, State.HELD), not_before__lte=at)
    counted = Outgoing.objects.filter(
        state__in=(State.WAITING, State.SENDING, State.HELD, State.UNSURE, State.REFUSED)
    ).aggregate(
        count=Count("pk", filter=waits),
        oldest=Min("created_at", filter=waits),
        held=Count("pk", filter=Q(state=State.HELD)),
        unsure=Count("pk", filter=Q(state=State.UNSURE)),
        refused=Count("pk", filter=Q(state=State.REFUSED)),
    )
    server = MailServer.objects.filter(failures__gt=0).order_by("since").first() if counted["count"] else None
    return Unsent(**counted, mail_server=server.problem if server else "")


def _let_go(outgoing_id: UUID | str, states: Sequence[str], what: str, *, by: UUID, at: datetime) -> bool:
    with transaction.atomic():
        done = _move(
            outgoing_id,
            states,
            State.WAITING,
            at=at,
            waiting_since=at,
            next_try_at=None,
            claim=None,
            claimed_until=None,
            problem="",
        )
        if done:
            ledger.append(what, by=by, at=at)
    return done


def _move(
    outgoing_id: UUID | str,
    states: Sequence[str],
    to: str,
    *,
    at: datetime,
    held_by: UUID | None = None,
    **values: object,
) -> bool:
    """The one conditional update, told to the rest of the house in the same transaction."""
    with transaction.atomic():
        rows = Outgoing.objects.filter(pk=outgoing_id, state__in=states)
        if held_by is not None:
            rows = rows.filter(claim=held_by)
        moved = rows.update(state=to, **values)
        if moved:
            announce("outgoing-changed", outgoing_id=str(outgoing_id))
            changed("outbox")
    return bool(moved)

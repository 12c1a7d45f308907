"""What came in: kept raw, once, before anybody reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from courtesy.jobs.actions import announce, changed
from courtesy.jobs.moments import moment
from courtesy.post.models import Arrival, Mailbox
from courtesy.privacy import keys, ledger
from courtesy.privacy.prepared import Given, Prepared
from courtesy.privacy.writing import Change, add

_ID = Given("id", Arrival._meta.pk)
_KNOWN = Prepared(
    lambda: Arrival.objects.filter(
        channel=Given("channel", Arrival.channel), channel_id=Given("channel_id", Arrival.channel_id)
    )
)
_NEW = Prepared(lambda: Arrival.objects.filter(pk=_ID, state=Arrival.State.NEW))
_TAKE = Change(
    lambda: Arrival.objects.filter(pk=_ID, state=Arrival.State.NEW), state=Arrival.State.TAKEN_IN, problem=""
)


class NoSuchArrival(LookupError):
    """Nothing came in under this number."""


@dataclass(frozen=True)
class Came:
    """Something to be kept: the channel's own name for it, its bytes, when it reached the shop, and why it must be
    set aside at once, if it must."""

    channel_id: str
    raw: bytes
    came_at: datetime
    set_aside: str = ""


def keep(
    *,
    channel: str,
    channel_id: str,
    raw: bytes,
    at: datetime,
    thread_hint: str = "",
    set_aside: str = "",
    mailbox: Mailbox | None = None,
    came_at: datetime | None = None,
    bringing_id: UUID | None = None,
) -> Arrival:
    """Keep what came, exactly as it came, sealed under a key of its own; from here it cannot be lost.

    The same ``channel_id`` comes back as the arrival that is already there. ``thread_hint`` is a signed thread
    (`conversations.threading`). With ``set_aside`` (a reason) it is kept where people see it, and goes no further.
    ``came_at`` is when it reached the shop, where that was before ``at``.
    """
    known: Arrival | None = _KNOWN.first(channel=channel, channel_id=channel_id)
    if known is not None:
        return known
    key_id = keys.new(at=at)
    moment("keep: key made")
    try:
        with transaction.atomic():
            arrival = Arrival(
                channel=channel,
                channel_id=channel_id,
                raw=raw,
                key_id=key_id,
                received_at=came_at or at,
                thread_hint=thread_hint,
                mailbox=mailbox,
                state=Arrival.State.SET_ASIDE if set_aside else Arrival.State.NEW,
                problem=set_aside,
                bringing_id=bringing_id,
            )
            add(arrival)
            moment("keep: row written")
            if set_aside:
                changed("arrivals")
            else:
                announce("arrived", arrival_id=str(arrival.pk))
    except IntegrityError:
        # Somebody kept the same in this very moment. Their row counts; our key is an orphan and is swept.
        return Arrival.objects.get(channel=channel, channel_id=channel_id)
    moment("keep: committed")
    return arrival


def keep_all(
    came: Sequence[Came], *, channel: str, mailbox: Mailbox | None, at: datetime, bringing_id: UUID | None = None
) -> int:
    """Keep a handful of mails in one commit; how many were not known yet. Each is there afterwards, and once.

    ``bringing_id`` is the import that brought them, where they are letters of the past.
    """
    by_id = {one.channel_id: one for one in came}
    known = set(Arrival.objects.filter(channel=channel, channel_id__in=by_id).values_list("channel_id", flat=True))
    fresh = [one for channel_id, one in by_id.items() if channel_id not in known]
    if not fresh:
        return 0
    with keys.scope():
        key_ids = keys.new_all([(uuid4(), None) for _ in fresh], at=at)
        moment("keep: key made")
        rows = [
            Arrival(
                channel=channel,
                channel_id=one.channel_id,
                raw=one.raw,
                key_id=key_id,
                received_at=one.came_at,
                state=Arrival.State.SET_ASIDE if one.set_aside else Arrival.State.NEW,
                problem=one.set_aside,
                mailbox=mailbox,
                bringing_id=bringing_id,
            )
            for one, key_id in zip(fresh, key_ids.values(), strict=True)
        ]
        try:
            with transaction.atomic():
                Arrival.objects.bulk_create(rows)
                moment("keep: row written")
                for row in rows:
                    if row.state == Arrival.State.NEW:
                        announce("arrived", arrival_id=str(row.pk))
                if any(one.set_aside for one in fresh):
                    changed("arrivals")
        except IntegrityError:
            return _one_by_one(fresh, channel=channel, mailbox=mailbox, at=at, bringing_id=bringing_id)
    moment("keep: committed")
    return len(fresh)


def _one_by_one(
    came: Sequence[Came], *, channel: str, mailbox: Mailbox | None, at: datetime, bringing_id: UUID | None
) -> int:
    """Somebody kept some of them in this very moment: theirs count, and ours do where they have none."""
    ours = 0
    for one in came:
        before = Arrival.objects.filter(channel=channel, channel_id=one.channel_id).exists()
        keep(
            channel=channel, channel_id=one.channel_id, raw=one.raw, at=at,
            set_aside=one.set_aside, mailbox=mailbox, came_at=one.came_at, bringing_id=bringing_id,
        )  # fmt: skip
        ours += not before
    return ours


def not_taken_in(arrival_id: UUID | str) -> Arrival | None:
    """The arrival, if nothing has become of it yet."""
    arrival: Arrival | None = _NEW.first(id=arrival_id)
    return arrival


def hold(arrival_id: UUID | str) -> Arrival:
    """The arrival, locked until the transaction ends. Raises NoSuchArrival."""
    try:
        return Arrival.objects.select_for_update().get(pk=arrival_id)
    except Arrival.DoesNotExist:
        raise NoSuchArrival from None


def take(arrival_id: UUID | str) -> bool:
    """It becomes a message in the caller's transaction, whoever else tries meanwhile; False where it has before."""
    return bool(_TAKE(id=arrival_id))


def taken_in(arrival: Arrival) -> None:
    """It has become a message."""
    Arrival.objects.filter(pk=arrival.pk).update(state=Arrival.State.TAKEN_IN, problem="")


def set_aside(arrival_id: UUID | str, *, problem: str, at: datetime) -> bool:
    """Put something that could not be read where people see it; True if it was not there already."""
    with transaction.atomic():
        aside = Arrival.objects.filter(pk=arrival_id, state=Arrival.State.NEW).update(
            state=Arrival.State.SET_ASIDE, problem=problem[:80]
        )
        if aside:
            ledger.append("arrival set aside", at=at)
            changed("arrivals")
    return bool(aside)


def try_again(arrival_id: UUID | str, *, by: UUID, at: datetime) -> bool:
    """A colleague wants something set aside to be read again; True if it was set aside."""
    with transaction.atomic():
        again = Arrival.objects.filter(pk=arrival_id, state=Arrival.State.SET_ASIDE).update(
            state=Arrival.State.NEW, problem=""
        )
        if again:
            ledger.append("arrival tried again", by=by, at=at)
            announce("arrived", arrival_id=str(arrival_id))
            changed("arrivals")
    return bool(again)

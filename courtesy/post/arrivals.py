"""What came in: kept raw, once, before anybody reads it."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from courtesy.jobs.actions import announce, changed
from courtesy.jobs.moments import moment
from courtesy.post.models import Arrival
from courtesy.privacy import keys, ledger


class NoSuchArrival(LookupError):
    """Nothing came in under this number."""


def keep(
    *, channel: str, channel_id: str, raw: bytes, at: datetime, thread_hint: str = "", set_aside: str = ""
) -> Arrival:
    """Keep what came, exactly as it came, sealed under a key of its own; from here it cannot be lost.

    The same ``channel_id`` comes back as the arrival that is already there. ``thread_hint`` is a signed thread
    (`conversations.threading`). With ``set_aside`` (a reason) it is kept where people see it, and goes no further.
    """
    known = Arrival.objects.filter(channel=channel, channel_id=channel_id).first()
    if known is not None:
        return known
    key_id = keys.new(at=at)
    moment("keep: key made")
    try:
        with transaction.atomic():
            arrival = Arrival.objects.create(
                channel=channel,
                channel_id=channel_id,
                raw=raw,
                key_id=key_id,
                received_at=at,
                thread_hint=thread_hint,
                state=Arrival.State.SET_ASIDE if set_aside else Arrival.State.NEW,
                problem=set_aside,
            )
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


def hold(arrival_id: UUID | str) -> Arrival:
    """The arrival, locked until the transaction ends. Raises NoSuchArrival."""
    try:
        return Arrival.objects.select_for_update().get(pk=arrival_id)
    except Arrival.DoesNotExist:
        raise NoSuchArrival from None


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

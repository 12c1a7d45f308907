"""What can be found out about what came in and what goes out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import UUID

from courtesy.post.models import Arrival, Outgoing
from courtesy.privacy import keys
from courtesy.privacy.keys import KeyGone


@dataclass(frozen=True)
class Aside:
    """Something that could not be taken in."""

    arrival_id: UUID
    channel: str
    received_at: datetime
    problem: str


@dataclass(frozen=True)
class OnItsWay:
    """How far a mail got; ``problem`` is fit to be shown."""

    outgoing_id: UUID
    state: str
    not_before: datetime
    sent_at: datetime | None
    message_id: str
    problem: str


@dataclass(frozen=True)
class Stuck:
    """A mail that needs a person: held, unsure or refused."""

    outgoing_id: UUID
    kind: str
    state: str
    created_at: datetime
    problem: str
    reply_message_id: int | None


def set_aside(limit: int = 50) -> list[Aside]:
    """What came in and could not be read, the newest first."""
    rows = Arrival.objects.filter(state=Arrival.State.SET_ASIDE).order_by("-received_at")
    return [Aside(*row) for row in rows.values_list("pk", "channel", "received_at", "problem")[:limit]]


def raw_source(arrival_id: UUID | str) -> str:
    """What came, as text, for a colleague who looks at something set aside; empty where its key is gone."""
    arrival = Arrival.objects.filter(pk=arrival_id).first()
    if arrival is None:
        return ""
    try:
        with keys.scope():
            return bytes(arrival.raw).decode("utf-8", "replace")
    except KeyGone:
        return ""


def on_their_way(reply_message_ids: Collection[int]) -> dict[int, OnItsWay]:
    """How far the mails of these replies got, by the number of the reply; one query."""
    rows = Outgoing.objects.filter(reply_message_id__in=reply_message_ids).values_list(
        "reply_message_id", "pk", "state", "not_before", "sent_at", "message_id", "problem"
    )
    return {row[0]: OnItsWay(*row[1:]) for row in rows if row[0] is not None}


def of_decision(decision_id: int) -> OnItsWay | None:
    """The mail that this decision let out."""
    row = (
        Outgoing.objects.filter(decision_id=decision_id)
        .values_list("pk", "state", "not_before", "sent_at", "message_id", "problem")
        .first()
    )
    return OnItsWay(*row) if row else None


def stuck(limit: int = 50) -> list[Stuck]:
    """What needs a person before it leaves, the oldest first."""
    states = (Outgoing.State.HELD, Outgoing.State.UNSURE, Outgoing.State.REFUSED)
    rows = Outgoing.objects.filter(state__in=states).order_by("turn")
    return [
        Stuck(*row)
        for row in rows.values_list("pk", "kind", "state", "created_at", "problem", "reply_message_id")[:limit]
    ]


def is_on_this_machine(smtp_url: str) -> bool:
    """Whether this mail server answers on this very machine; False for an address that cannot be understood."""
    try:
        host = urlsplit(smtp_url).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def is_kept(arrival_id: UUID) -> bool:
    """Whether something came in under this number."""
    return Arrival.objects.filter(pk=arrival_id).exists()

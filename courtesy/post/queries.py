"""What can be found out about what came in and what goes out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Min

from courtesy.post import aside
from courtesy.post.models import Arrival, Mailbox, MailServer, Outgoing
from courtesy.privacy import keys
from courtesy.privacy.keys import KeyGone
from courtesy.privacy.prepared import Prepared, many, room_for


@dataclass(frozen=True)
class Aside:
    """Something that could not be taken in."""

    arrival_id: UUID
    channel: str
    received_at: datetime
    problem: str

    @property
    def why(self) -> str:
        """Why, as a sentence."""
        return aside.why(self.problem)


@dataclass(frozen=True)
class OnItsWay:
    """How far a mail got; ``problem`` is fit to be shown, ``bounce`` is the status number of one that came back."""

    outgoing_id: UUID
    state: str
    not_before: datetime
    sent_at: datetime | None
    message_id: str
    problem: str
    bounce: str = ""


@dataclass(frozen=True)
class Stuck:
    """A mail that needs a person: held, unsure or refused."""

    outgoing_id: UUID
    kind: str
    state: str
    created_at: datetime
    problem: str
    reply_message_id: int | None


STILL_AFTER = timedelta(minutes=30)
"""A mailbox that was not read for so long stands still."""

_UNSENT = (Outgoing.State.WAITING, Outgoing.State.SENDING, Outgoing.State.HELD)


@dataclass(frozen=True)
class MailboxState:
    """How a mailbox has been. Problems are classes (`post.troubles`), fit to be shown.

    ``stands_still``: not read for STILL_AFTER, ``still_since`` the last good moment.
    """

    mailbox_id: UUID
    name: str
    provider: str
    sends: bool
    last_tried_at: datetime | None
    last_fetched_at: datetime | None
    problem: str
    problem_since: datetime | None
    stands_still: bool
    still_since: datetime
    sending_problem: str
    sending_since: datetime | None
    unsent: int
    oldest: datetime | None

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong with it."""
        return not (self.problem or self.sending_problem or self.stands_still)


def set_aside(limit: int = 50) -> list[Aside]:
    """What came in, could not be read and was not put away since, the newest first."""
    rows = Arrival.objects.filter(state=Arrival.State.SET_ASIDE, put_away_at=None).order_by("-received_at")
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


def raw_of(arrival_id: UUID | str) -> bytes:
    """The bytes as they came, for a page or a file made of them; empty where their key is gone."""
    arrival = Arrival.objects.filter(pk=arrival_id).first()
    try:
        return bytes(arrival.raw) if arrival else b""
    except KeyGone:
        return b""


def on_their_way(reply_message_ids: Collection[int]) -> dict[int, OnItsWay]:
    """How far the mails of these replies got, by the number of the reply; one query."""
    ids = list(reply_message_ids)
    rows = _ON_THEIR_WAY(room_for(ids), ids=ids) if ids else ()
    return {row[0]: OnItsWay(*row[1:]) for row in rows if row[0] is not None}


_ON_THEIR_WAY = Prepared(
    lambda room: Outgoing.objects.filter(
        reply_message_id__in=many("ids", Outgoing._meta.get_field("reply_message_id"), room)
    ).values_list("reply_message_id", "pk", "state", "not_before", "sent_at", "message_id", "problem", "bounce")
)


def of_decision(decision_id: int) -> OnItsWay | None:
    """The mail that this decision let out."""
    row = (
        Outgoing.objects.filter(decision_id=decision_id)
        .values_list("pk", "state", "not_before", "sent_at", "message_id", "problem", "bounce")
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
        return is_this_machine(urlsplit(smtp_url).hostname or "")
    except ValueError:
        return False


def is_this_machine(host: str) -> bool:
    """Whether this is a name of this very machine."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def why_no_way_out(*, is_sample: bool) -> str:
    """ "no mail server" where nothing could leave, "sample shop" where only to servers elsewhere, or empty."""
    hosts = Mailbox.objects.filter(removed_at=None).exclude(smtp_host="").values_list("smtp_host", flat=True)
    here = [is_this_machine(host) for host in hosts]
    if url := settings.COURTESY.smtp_url:
        here.append(is_on_this_machine(url))
    if not here:
        return "no mail server"
    return "sample shop" if is_sample and not any(here) else ""


def mailboxes(at: datetime) -> list[MailboxState]:
    """How each mailbox has been, the first connected first; three questions, and nothing sealed is opened."""
    rows = Mailbox.objects.filter(removed_at=None).order_by("created_at", "id").defer("address", "user", "secret")
    mine = list(rows)
    if not mine:
        return []
    servers = MailServer.objects.filter(failures__gt=0).in_bulk([row.pk.hex for row in mine])
    waits = Outgoing.objects.filter(state__in=_UNSENT, not_before__lte=at, mailbox__in=mine)
    unsent: dict[UUID, dict[str, Any]] = {
        row["mailbox"]: dict(row)
        for row in waits.values("mailbox").annotate(count=Count("pk"), oldest=Min("created_at"))
    }
    return [_state(row, servers.get(row.pk.hex), unsent.get(row.pk, {}), at) for row in mine]


def _state(row: Mailbox, server: MailServer | None, unsent: dict[str, Any], at: datetime) -> MailboxState:
    good = row.last_fetched_at or row.begins_at
    return MailboxState(
        mailbox_id=row.pk,
        name=row.name,
        provider=row.provider,
        sends=bool(row.smtp_host),
        last_tried_at=row.last_tried_at,
        last_fetched_at=row.last_fetched_at,
        problem=row.problem,
        problem_since=row.problem_since,
        stands_still=at - good > STILL_AFTER,
        still_since=good,
        sending_problem=server.problem if server else "",
        sending_since=server.since if server else None,
        unsent=unsent.get("count", 0),
        oldest=unsent.get("oldest"),
    )


def is_kept(arrival_id: UUID) -> bool:
    """Whether something came in under this number."""
    return Arrival.objects.filter(pk=arrival_id).exists()

"""Who looks at a thread just now, and who types in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from courtesy.conversations.models import Look
from courtesy.privacy.prepared import Given, Prepared
from courtesy.staff.models import Colleague

HERE = timedelta(seconds=60)
"""An open page says every twenty seconds that somebody looks at it; three silences, and they are gone."""
AGAIN = timedelta(seconds=15)
"""Who opens the page again so soon need not say anew that they are here."""


@dataclass(frozen=True)
class Present:
    """A colleague who has the thread open."""

    name: str
    writes: bool


@dataclass(frozen=True)
class Company:
    """Everybody but the reader; ``stamp`` differs as soon as anybody comes, goes, or begins to type."""

    present: list[Present]
    stamp: str
    own: Look | None = None

    def is_known(self, *, event: int, now: datetime) -> bool:
        """Has the reader said a moment ago that they look, and seen everything up to this event?"""
        return self.own is not None and self.own.event >= event and now - self.own.at < AGAIN


def company(thread_id: int, *, but: Colleague, now: datetime) -> Company:
    """Who else is there; one query, which finds the reader's own look too."""
    found: list[Look] = _LOOKS(thread=thread_id)
    there = [look for look in found if look.colleague_id != but.pk and look.at > now - HERE]
    writing = {look.pk for look in there if look.writes_at and look.writes_at > now - HERE}
    return Company(
        present=[Present(look.colleague.called, look.pk in writing) for look in there],
        stamp=" ".join(f"{look.pk}{'w' if look.pk in writing else ''}" for look in there),
        own=next((look for look in found if look.colleague_id == but.pk), None),
    )


_LOOKS = Prepared(
    lambda: (
        Look.objects.filter(thread=Given("thread", Look.thread))
        .select_related("colleague")
        .order_by("colleague__called", "colleague")
    )
)

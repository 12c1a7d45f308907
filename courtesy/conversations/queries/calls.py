"""Notes that call a colleague by name and that they have not seen yet."""

from dataclasses import dataclass
from datetime import datetime

from courtesy.conversations.models import Call
from courtesy.people import queries as people
from courtesy.staff.models import Colleague


@dataclass(frozen=True)
class Called:
    """Who calls, where, about whose matter, and with which words."""

    thread_id: int
    subject: str
    name: str
    by: str
    words: str
    at: datetime


def calls_of(colleague: Colleague, *, limit: int = 20) -> list[Called]:
    """The notes that call this colleague and that they have not seen, the newest first; one query where there are none.

    A note that a merge took along is found where it is now.
    """
    unseen = Call.objects.filter(colleague=colleague, seen_at=None).order_by("-pk")
    rows = list(unseen.select_related("message__thread", "message__colleague")[:limit])
    names = people.names({row.message.thread.person_id for row in rows}) if rows else {}
    return [
        Called(
            thread_id=row.message.thread_id,
            subject=row.message.thread.subject,
            name=names.get(row.message.thread.person_id, ""),
            by=row.message.colleague.called if row.message.colleague else "",
            words=" ".join(row.message.body.split()),
            at=row.message.at,
        )
        for row in rows
    ]

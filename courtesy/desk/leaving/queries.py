"""What will happen when a colleague leaves, told before the button."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from courtesy.conversations.models import Attachment, Composing, Thread
from courtesy.desk.promises.queries import Due, due_of
from courtesy.staff import queries as staff
from courtesy.staff.models import Colleague, Invitation, Role

SHOWN = 5


@dataclass(frozen=True)
class Unsent:
    """Words that were typed and not sent; they go, and whoever ends the way in reads them first."""

    thread_id: int
    subject: str
    words: str
    at: datetime
    is_note: bool


@dataclass(frozen=True)
class Plan:
    """Everything that one press of the button does."""

    colleague: Colleague
    threads: Sequence[Thread]
    more_threads: int
    resolved: int
    promises: Sequence[Due]
    unsent: Sequence[Unsent]
    files: int
    browsers: int
    links: int
    heirs: Sequence[Colleague]
    is_last_owner: bool

    @property
    def open_threads(self) -> int:
        """How many threads change hands."""
        return len(self.threads) + self.more_threads


def plan(colleague: Colleague, *, at: datetime) -> Plan:
    """What happens if this colleague leaves now, and who could take over."""
    theirs = Thread.objects.filter(assignee=colleague, merged_into=None)
    open_ones = theirs.exclude(state=Thread.State.RESOLVED)
    count = open_ones.count()
    shown = list(open_ones.order_by("-last_message_at", "-pk")[:SHOWN])
    writing = Composing.objects.filter(colleague=colleague).exclude(words="").select_related("thread").order_by("-at")
    here = staff.colleagues()
    links = Invitation.objects.filter(
        Q(colleague=colleague) | Q(invited_by=colleague), used_at=None, withdrawn_at=None, until__gt=at
    )
    return Plan(
        colleague=colleague,
        threads=shown,
        more_threads=count - len(shown),
        resolved=theirs.filter(state=Thread.State.RESOLVED).count(),
        promises=due_of(colleague, at=at),
        unsent=[
            Unsent(one.thread_id, one.thread.subject, one.words, one.at, one.tab.startswith("note")) for one in writing
        ],
        files=Attachment.objects.filter(colleague=colleague, message=None).count(),
        browsers=staff.sessions_of(colleague, at=at),
        links=links.count(),
        heirs=[one for one in here if one.pk != colleague.pk and one.may("answer")],
        is_last_owner=[one.pk for one in here if one.role == Role.OWNER] == [colleague.pk],
    )

"""A row of a list: what it says of a thread, fetched for all its rows at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Substr

from courtesy.conversations.models import Call, Event, Look, Message, Tagging, Thread
from courtesy.people import queries as people
from courtesy.privacy.prepared import Given, many

_BETWEEN = "\x1f"
_OF_A_ROW = (
    "pk", "person_id", "subject", "state", "assignee_id", "assignee__called", "last_message_at", "arrived_by", "apart",
    "snoozed_until", "first_reply_due_at", "first_replied_at",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One thread in a list. ``last_kind`` says whose words the excerpt is: in, out or note.

    ``unread``: the customer wrote something that the colleague who looks at the list has not seen yet.
    ``person_only``: the customer asks for no machine.
    """

    thread_id: int
    person_id: UUID
    name: str
    subject: str
    excerpt: str
    state: str
    assignee_id: UUID | None
    assignee: str
    last_message_at: datetime
    last_kind: str
    person_only: bool
    arrived_by: str = ""
    unread: bool = False
    apart: str = ""
    snoozed_until: datetime | None = None
    first_reply_due_at: datetime | None = None
    first_replied_at: datetime | None = None
    tags: tuple[str, ...] = ()
    called_by: str = ""


class _Joined(Aggregate):
    """The words of many rows as one text, with a sign between them that no word has."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template=f"group_concat(%(expressions)s, '{_BETWEEN}')", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template=f"string_agg(%(expressions)s, '{_BETWEEN}')", **more)


def with_excerpt(threads: QuerySet[Thread], *, for_somebody: bool = False, hits: int = 0) -> QuerySet[Any]:
    """What a row needs, as tuples with names; ``for_somebody``: with what they have not seen (given as "me").

    With ``hits``: the message in which the words stand, of each thread that has one among so many that are given.
    """
    last = Message.objects.filter(thread=OuterRef("pk"), taken_back_at=None).order_by("-id")
    arrived = Event.objects.filter(thread=OuterRef("pk"), kind=Event.Kind.ARRIVED).order_by("-id")
    seen = Look.objects.filter(thread=OuterRef("pk"), colleague=Given("me", Look.colleague))
    calls = Call.objects.filter(
        colleague=Given("me", Call.colleague), seen_at=None, message__thread=OuterRef("pk")
    ).order_by("-id")
    hit = Message.objects.filter(thread=OuterRef("pk"), pk__in=many("hits", Message._meta.pk, hits)).order_by("-id")
    more = {
        "excerpt": Subquery(last.values(start=Substr("body", 1, 200))[:1]),
        "last_kind": Subquery(last.values("kind")[:1]),
        "tag_names": tag_names(),
        "wants_person": Subquery(
            Message.objects.filter(thread=OuterRef("pk"), kind="in").order_by("-id").values("person_only")[:1]
        ),
        **(
            {
                "arrived": Subquery(arrived.values("pk")[:1]),
                "seen": Subquery(seen.values("event")[:1]),
                "called_by": Subquery(calls.values("message__colleague__called")[:1]),
            }
            if for_somebody
            else {}
        ),
        **(
            {"hit_body": Subquery(hit.values("body")[:1]), "hit_kind": Subquery(hit.values("kind")[:1])} if hits else {}
        ),
    }
    told: QuerySet[Any] = threads.annotate(**more).values_list(*_OF_A_ROW, *more, named=True)
    return told


def tag_names() -> Subquery:
    """The words on a thread as one text, for a query of threads; `tags_on` reads it."""
    taggings = Tagging.objects.filter(thread=OuterRef("pk")).order_by()
    return Subquery(taggings.values("thread").annotate(said=_Joined("tag__name")).values("said"))


def tags_on(thread: Any) -> tuple[str, ...]:
    """The words on a thread that was fetched with `tag_names`."""
    return tuple(sorted(thread.tag_names.split(_BETWEEN))) if thread.tag_names else ()


def as_rows(threads: Iterable[Any], *, about: Sequence[str] = ()) -> list[Row]:
    """The rows of a list. Of what was looked for, each shows the message in which the words (``about``) stand."""
    threads = list(threads)
    names = people.names({thread.person_id for thread in threads}) if threads else {}
    told = []
    for thread in threads:
        told.append(
            Row(
                thread_id=thread.pk,
                person_id=thread.person_id,
                name=names.get(thread.person_id, ""),
                subject=thread.subject,
                excerpt=_excerpt(getattr(thread, "hit_body", None), about) or _said(thread.excerpt or ""),
                state=thread.state,
                assignee_id=thread.assignee_id,
                assignee=thread.assignee__called or "",
                last_message_at=thread.last_message_at,
                last_kind=getattr(thread, "hit_kind", None) or thread.last_kind or "",
                person_only=bool(thread.wants_person),
                arrived_by=thread.arrived_by,
                unread=_is_unread(thread),
                apart=thread.apart,
                snoozed_until=thread.snoozed_until,
                first_reply_due_at=thread.first_reply_due_at,
                first_replied_at=thread.first_replied_at,
                tags=tags_on(thread),
                called_by=getattr(thread, "called_by", None) or "",
            )
        )
    return told


def _is_unread(thread: Any) -> bool:
    """What nobody of us has answered is unread until seen; what a colleague had seen before, whatever its state."""
    arrived, seen = getattr(thread, "arrived", None), getattr(thread, "seen", None)
    if arrived is None or thread.state == Thread.State.RESOLVED:
        return False
    return bool(seen < arrived) if seen is not None else bool(thread.state == Thread.State.OPEN)


def _said(beginning: str) -> str:
    """The beginning of a message without what it quotes, unless it does nothing else."""
    own = [line for line in beginning.splitlines() if not line.lstrip().startswith(">")]
    return " ".join(" ".join(own).split()) or " ".join(beginning.split())


def _excerpt(body: str | None, words: Sequence[str]) -> str:
    """Of a message the part in which one of the words stands."""
    flat = " ".join((body or "").split())
    small = flat.casefold()
    place = min((small.find(word) for word in words if word in small), default=0)
    start = flat.rfind(" ", 0, max(place - 40, 0)) + 1 if place > 60 else 0
    return ("… " if start else "") + flat[start : start + 200]

"""A customer's threads as single lines, for what stands beside something else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Min, Window

from courtesy.conversations.models.threads import QUEUE, Thread


@dataclass(frozen=True)
class Title:
    """A thread as a line says it: its subject, its state, when anybody last wrote.

    ``first_at`` is when the first of all threads of this customer began, shown or not.
    """

    thread_id: int
    subject: str
    state: str
    last_message_at: datetime
    first_at: datetime | None = None

    @property
    def state_in_words(self) -> str:
        """Whose turn it is, in words."""
        return str(Thread.State(self.state).label)


def titles_of(person_ids: Collection[UUID], *, limit: int = 20) -> list[Title]:
    """The threads of a customer, whatever records they have, the newest first; one query."""
    threads = Thread.objects.filter(QUEUE, person__in=person_ids).order_by("-last_message_at", "-pk")
    threads = threads.annotate(first_at=Window(Min("created_at")))
    rows = threads.values_list("pk", "subject", "state", "last_message_at", "first_at")
    return [Title(*row) for row in rows[:limit]]

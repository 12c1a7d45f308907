"""A customer's threads as single lines, for what stands beside something else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from courtesy.conversations.models.threads import QUEUE, Thread


@dataclass(frozen=True)
class Title:
    """A thread as a line says it: its subject, its state, when anybody last wrote."""

    thread_id: int
    subject: str
    state: str
    last_message_at: datetime

    @property
    def state_in_words(self) -> str:
        """Whose turn it is, in words."""
        return str(Thread.State(self.state).label)


def titles_of(person_ids: Collection[UUID], *, limit: int = 20) -> list[Title]:
    """The threads of a customer, whatever records they have, the newest first; one query."""
    threads = Thread.objects.filter(QUEUE, person__in=person_ids).order_by("-last_message_at", "-pk")
    return [Title(*row) for row in threads.values_list("pk", "subject", "state", "last_message_at")[:limit]]

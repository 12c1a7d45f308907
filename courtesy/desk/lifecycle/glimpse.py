"""What a list shows of a draft: whether one lies ready, in one query for all its rows."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from courtesy.conversations.models import Message
from courtesy.conversations.queries import answers_to
from courtesy.desk.lifecycle.models import Decision, Suggestion
from courtesy.privacy.prepared import Prepared, many, room_for

READY = "ready"
NONE = "none"


def drafts_in(thread_ids: Collection[int]) -> dict[int, str]:
    """Where the newest message that was read has no answer and no decision: a draft is READY, or there is NONE."""
    rows = _READ(room_for(thread_ids), ids=list(thread_ids)) if thread_ids else ()
    newest = {thread_id: (reason, decided) for thread_id, reason, decided in rows}
    return {
        thread_id: NONE if reason else READY
        for thread_id, (reason, decided) in newest.items()
        if not decided
    }  # fmt: skip


def _read(room: int) -> QuerySet[Any]:
    standing = Decision.objects.filter(suggestion=OuterRef("pk"), taken_back_at=None)
    return (
        Suggestion.objects.filter(message__thread__pk__in=many("ids", Message.thread, room))
        .exclude(answers_to("message"))
        .annotate(is_decided=Exists(standing))
        .order_by("message_id")
        .values_list("message__thread_id", "reason", "is_decided")
    )


_READ = Prepared(_read)

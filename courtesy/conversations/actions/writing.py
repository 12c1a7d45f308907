"""What a colleague has typed and not sent, kept for them until it is."""

from datetime import datetime, timedelta

from django.db import transaction

from courtesy.conversations import threading
from courtesy.conversations.actions.holding import held
from courtesy.conversations.models import Composing, Thread
from courtesy.staff.models import Colleague

LONGEST_UNSENT = 100_000


def remember_words(thread_id: int, *, by: Colleague, words: str, at: datetime, tab: str = "") -> None:
    """Keep what a colleague has typed so far in one browser tab; empty words are forgotten. Tells nobody."""
    if not words.strip():
        forget_words(thread_id, by=by, tab=tab)
        return
    with transaction.atomic():
        # Nothing typed is lost because a colleague merged the thread meanwhile.
        thread = threading.whole(Thread.objects.filter(pk=thread_id).first())
        thread_id = held(thread.pk if thread else thread_id).pk
        Composing.objects.update_or_create(
            thread_id=thread_id, colleague=by, tab=tab[:40], defaults={"words": words[:LONGEST_UNSENT], "at": at}
        )


def forget_words(thread_id: int, *, by: Colleague, tab: str | None = None) -> None:
    """They are sent or set aside: those of one tab, or of all."""
    words = Composing.objects.filter(thread_id=thread_id, colleague=by)
    (words if tab is None else words.filter(tab=tab[:40])).delete()


def forget_old_words(*, at: datetime) -> int:
    """Unsent words nobody touched for 30 days go; on schedule."""
    return Composing.objects.filter(at__lt=at - timedelta(days=30)).delete()[0]

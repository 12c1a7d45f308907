"""What a colleague has typed and not sent, kept for them until it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from courtesy.conversations import threading
from courtesy.conversations.actions.holding import held
from courtesy.conversations.models import Composing, Look, Thread
from courtesy.privacy.keys import KeyGone
from courtesy.staff.models import Colleague

LONGEST_UNSENT = 100_000
LONGEST_ADDRESSES = 4000


@dataclass(frozen=True)
class Addresses:
    """Who gets an answer beside the customer, as it was typed: with commas between, right or wrong."""

    also_to: str = ""
    cc: str = ""
    bcc: str = ""

    def __bool__(self) -> bool:
        return bool(self.also_to or self.cc or self.bcc)

    def text(self) -> str:
        """One box a line, as a row keeps them; boxes that were emptied are something that was typed, too."""
        return "\n".join(" ".join(box.split())[:LONGEST_ADDRESSES] for box in (self.also_to, self.cc, self.bcc))


NOBODY_ELSE: Final = Addresses()


def remember_words(
    thread_id: int, *, by: Colleague, words: str, at: datetime, tab: str = "", addresses: Addresses | None = None
) -> None:
    """Keep what a colleague has typed so far in one browser tab, and to whom; nothing of both is forgotten.

    ``addresses`` is None where nobody touched those boxes. Tells nobody.
    """
    if not words.strip() and addresses is None:
        forget_words(thread_id, by=by, tab=tab)
        return
    with transaction.atomic():
        # Nothing typed is lost because a colleague merged the thread meanwhile.
        whole = threading.whole(Thread.objects.filter(pk=thread_id).first())
        thread = held(whole.pk if whole else thread_id)
        # Two keys may be pressed before one is kept: the thread is held, so the second finds the first one's row.
        row = Composing.objects.filter(thread=thread, colleague=by, tab=tab[:40]).first()
        if row is None:
            row = Composing(thread=thread, colleague=by, tab=tab[:40])
        row.words, row.at = words[:LONGEST_UNSENT], at
        if addresses is None:
            row.addresses = ""
        else:
            row.key_id = thread.person.key_id
            row.addresses = addresses.text()
        row.save()


def addresses_of(row: Composing) -> Addresses | None:
    """Whom these words go to beside the customer, as typed; None where nobody touched it, or its key is gone."""
    try:
        boxes = row.addresses.split("\n")
    except KeyGone:
        return None
    return Addresses(*boxes) if len(boxes) == len(("also_to", "cc", "bcc")) else None


def forget_words(thread_id: int, *, by: Colleague, tab: str | None = None) -> None:
    """They are sent or set aside: those of one tab, or of all. Nobody says any more that they write."""
    words = Composing.objects.filter(thread_id=thread_id, colleague=by)
    (words if tab is None else words.filter(tab=tab[:40])).delete()
    Look.objects.filter(thread=thread_id, colleague=by).exclude(writes_at=None).update(writes_at=None)


def forget_old_words(*, at: datetime) -> int:
    """Unsent words nobody touched for 30 days go; on schedule."""
    return Composing.objects.filter(at__lt=at - timedelta(days=30)).delete()[0]

"""Files with a message: kept while an answer is written, sent along with it, given back, handed out.

Refusals: NotKept > NothingInIt, TooLarge, TooMany.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from mimetypes import guess_type
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q, Sum

from courtesy.conversations import threading
from courtesy.conversations.actions.holding import held
from courtesy.conversations.models import Attachment, Message, Thread
from courtesy.jobs.actions import changed
from courtesy.post.channels.email import kinds
from courtesy.post.mime import Attached
from courtesy.privacy.prepared import Given, Prepared, many, room_for
from courtesy.staff.models import Colleague

MOST_BYTES = 17 * 1024 * 1024
"""All files of one answer together: wrapped for a mail they are 24 MB, and most servers refuse what is larger."""
MOST_FILES = 20
KEPT_UNSENT = timedelta(days=30)


class NotKept(Exception):
    """The file was not kept; nothing has changed."""


class NothingInIt(NotKept):
    """It is empty."""


class TooLarge(NotKept):
    """With it the answer's files would be more than MOST_BYTES together."""


class TooMany(NotKept):
    """The answer has MOST_FILES already."""


def keep(thread_id: int, *, by: Colleague, tab: str, name: str, content: bytes, at: datetime) -> Attachment:
    """Keep a file with the words a colleague is writing in one tab, also where that thread was merged meanwhile.

    Raises NothingInIt, TooLarge, TooMany, and NoSuchThread of `conversations.actions`.
    """
    if not content:
        raise NothingInIt
    with transaction.atomic():
        thread = held(_now(thread_id))
        there = _waiting(thread.pk, by, tab)
        if there.count() >= MOST_FILES:
            raise TooMany
        if (there.aggregate(bytes=Sum("size"))["bytes"] or 0) + len(content) > MOST_BYTES:
            raise TooLarge
        kind = kinds.kind_of(content, name, guess_type(name)[0] or "")
        return Attachment.objects.create(
            key_id=thread.person.key_id,
            thread=thread,
            colleague=by,
            tab=tab[:40],
            name=kinds.safe_name(name, kind, there.count() + 1),
            kind=kind,
            size=len(content),
            content=content,
            created_at=at,
        )


def remove(attachment_id: UUID, *, by: Colleague) -> bool:
    """Take a file out of what one is writing; True if it was there and one's own."""
    mine = Attachment.objects.filter(pk=attachment_id, message=None, colleague=by)
    return bool(mine.delete()[0])


def forget(thread_id: int, *, by: Colleague, tab: str) -> None:
    """The words were set aside, and their files with them."""
    _waiting(_now(thread_id), by, tab).delete()


def forget_old(*, at: datetime) -> int:
    """Files of words that nobody sent for 30 days go; on schedule."""
    return Attachment.objects.filter(message=None, created_at__lt=at - KEPT_UNSENT).delete()[0]


def belong_to(message: Message, *, by: Colleague, tab: str) -> None:
    """The files of this tab belong to the message from now on (in the caller's transaction)."""
    _waiting(message.thread_id, by, tab).update(message=message, thread=None, colleague=None, tab="")


def send_along(reply: Message, *, by: Colleague, tab: str) -> list[Attached]:
    """The files of this tab belong to the answer from now on (in the caller's transaction); back come their bytes."""
    waiting = list(_waiting(reply.thread_id, by, tab).order_by("created_at", "pk"))
    belong_to(reply, by=by, tab=tab)
    return [Attached(one.name, one.kind, bytes(one.content)) for one in waiting]


def give_back(reply: Message, *, by: Colleague, tab: str = "") -> None:
    """The answer was taken back: its files lie with its words again, in the composer of whoever took it back."""
    Attachment.objects.filter(message=reply).update(message=None, thread=reply.thread_id, colleague=by, tab=tab)
    changed("thread", reply.thread_id)


def in_thread(message_ids: Collection[int], *, thread_id: int, reader: Colleague) -> list[Attachment]:
    """The files of these messages and those that wait in the reader's composer, without their bytes; one query."""
    ids = list(message_ids)
    return _IN_THREAD(room_for(ids), ids=ids, thread=thread_id, reader=reader.pk)


def _in_thread(room: int) -> models.QuerySet[Attachment]:
    waiting = Q(
        message=None, thread=Given("thread", Attachment.thread), colleague=Given("reader", Attachment.colleague)
    )
    of_messages = Q(message__pk__in=many("ids", Attachment.message, room)) if room else Q(pk__in=[])
    rows = Attachment.objects.filter(of_messages | waiting).defer("content")
    return rows.order_by("message_id", "part", "created_at", "pk")


_IN_THREAD = Prepared(_in_thread)


def handed_to(attachment_id: UUID, *, reader: Colleague) -> Attachment | None:
    """The file, if this colleague may have it: one of a message, or one that waits with their own words.

    What was refused when it came is handed to nobody.
    """
    row = Attachment.objects.select_related("message").filter(pk=attachment_id, refused="").first()
    if row is None or (row.message_id is None and row.colleague_id != reader.pk):
        return None
    return row


def _now(thread_id: int) -> int:
    """The thread's number, or that of the one it has become part of: there its words wait, and its files with them."""
    whole = threading.whole(Thread.objects.filter(pk=thread_id).first())
    return whole.pk if whole else thread_id


def _waiting(thread_id: int, by: Colleague, tab: str) -> models.QuerySet[Attachment]:
    return Attachment.objects.filter(message=None, thread=thread_id, colleague=by, tab=tab[:40])

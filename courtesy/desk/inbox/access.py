"""Who may come to what of the inbox. What is not there, and what one may not touch, look the same: 404."""

from uuid import UUID

from django.http import Http404

from courtesy.conversations import files
from courtesy.conversations import queries as conversations
from courtesy.conversations.models import Attachment, Message, Thread
from courtesy.desk.lifecycle.models import Belief, Decision, Suggestion
from courtesy.post.models import Outgoing
from courtesy.post.queries import raw_of
from courtesy.staff.models import Colleague

BIGGEST = 2**63 - 1


def possible(number: int) -> int:
    """A number that a row can have; a larger one is nobody's, and a database would stumble over it."""
    if number > BIGGEST:
        raise Http404
    return number


def thread_of(thread_id: int) -> Thread:
    """The thread with its person and colleague; where it became part of another, that other."""
    possible(thread_id)
    try:
        thread = conversations.thread(thread_id)
        while thread.merged_into_id is not None:
            thread = conversations.thread(thread.merged_into_id)
    except conversations.NoSuchThread:
        raise Http404 from None
    return thread


def message_of(message_id: int) -> Message:
    """The message with its thread."""
    found = conversations.message(possible(message_id))
    if found is None:
        raise Http404
    return found


def mail_of(message_id: int) -> tuple[Message, bytes]:
    """A message and the bytes it came in. Not found: what was written here, and what was erased."""
    message = message_of(message_id)
    raw = raw_of(message.arrival_id) if message.arrival_id else b""
    if not raw:
        raise Http404
    return message, raw


def file_of(attachment_id: UUID, reader: Colleague) -> Attachment:
    """The file, if this colleague may have it."""
    found = files.handed_to(attachment_id, reader=reader)
    if found is None:
        raise Http404
    return found


def suggestion_of(suggestion_id: int) -> Suggestion:
    """The suggestion with its message."""
    found = Suggestion.objects.select_related("message").filter(pk=possible(suggestion_id)).first()
    if found is None:
        raise Http404
    return found


def decision_of(decision_id: int) -> Decision:
    """The decision, whoever took it: undoing a colleague's slip is a colleague's right too, and it is written down."""
    found = Decision.objects.filter(pk=possible(decision_id)).first()
    if found is None:
        raise Http404
    return found


def belief_of(belief_id: int) -> Belief:
    """The belief with its message."""
    found = Belief.objects.select_related("message").filter(pk=possible(belief_id)).first()
    if found is None:
        raise Http404
    return found


def thread_of_mail(outgoing_id: UUID) -> int | None:
    """The number of the thread whose answer this mail is; None for a letter."""
    rows = Outgoing.objects.filter(pk=outgoing_id).values_list("reply_message_id", flat=True)
    if not rows:
        raise Http404
    message = conversations.message(rows[0]) if rows[0] else None
    return message.thread_id if message else None

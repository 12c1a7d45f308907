"""Threads, what was said in them, what happened to them, the mail around them, what was brought in from the past,
and what colleagues do there."""

from courtesy.conversations.models.mail import Attachment, Envelope, Reference
from courtesy.conversations.models.past import Bringing, ColumnsChosen
from courtesy.conversations.models.threads import KEPT, Event, EventId, Message, Move, Thread, new_salt
from courtesy.conversations.models.work import Call, Composing, Look, Promise, SavedView, Tag, Tagging

__all__ = [
    "KEPT",
    "Attachment",
    "Bringing",
    "Call",
    "ColumnsChosen",
    "Composing",
    "Envelope",
    "Event",
    "EventId",
    "Look",
    "Message",
    "Move",
    "Promise",
    "Reference",
    "SavedView",
    "Tag",
    "Tagging",
    "Thread",
    "new_salt",
]

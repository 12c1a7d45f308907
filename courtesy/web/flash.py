"""What is said once, on the next page: done, and, where it can be undone, the way to take it back."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

UNDO = "undo="
TONES = ("calm", "care", "alert")


@dataclass(frozen=True)
class Flash:
    """Words for the toast, their tone, and the address that takes the thing back (or nothing)."""

    words: str
    tone: str = "calm"
    undo: str = ""


def say(request: HttpRequest, words: str, *, tone: str = "calm", undo: str = "") -> None:
    """Say ``words`` on the page that comes next; no names of customers, since they travel through the session.

    ``undo`` is an address of ours that takes a POST.
    """
    level = messages.ERROR if tone == "alert" else messages.WARNING if tone == "care" else messages.SUCCESS
    messages.add_message(request, level, words, extra_tags=f"{tone} {UNDO}{undo}" if undo else tone)


def said(message: Message) -> Flash:
    """A stored message, read back; messages of third parties have no tone of ours and are calm."""
    tags = (message.extra_tags or "").split(" ", 1)
    tone = tags[0] if tags[0] in TONES else "alert" if message.level >= messages.ERROR else "calm"
    undo = tags[1].removeprefix(UNDO) if len(tags) > 1 and tags[1].startswith(UNDO) else ""
    return Flash(str(message.message), tone, undo)

"""What is said once, on the next page: done, and, where it can be undone, the way to take it back."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

UNDO = "undo="
TONES = ("calm", "care", "alert")


@dataclass(frozen=True)
class Flash:
    """Words for the toast, their tone, the address that takes it back, and for how many seconds that can work."""

    words: str
    tone: str = "calm"
    undo: str = ""
    seconds: int = 0


def say(request: HttpRequest, words: str, *, tone: str = "calm", undo: str = "", seconds: int = 0) -> None:
    """Say ``words`` on the page that comes next; no names of customers, since they travel through the session.

    ``undo`` is an address of ours that takes a POST; after ``seconds`` it can do nothing any more and the page's script
    puts the words away.
    """
    level = messages.ERROR if tone == "alert" else messages.WARNING if tone == "care" else messages.SUCCESS
    messages.add_message(request, level, words, extra_tags=f"{tone} {seconds} {UNDO}{undo}" if undo else tone)


def said(message: Message) -> Flash:
    """A stored message, read back; messages of third parties have no tone of ours and are calm."""
    tone, seconds, undo = [*(message.extra_tags or "").split(" ", 2), "", "", ""][:3]
    if tone not in TONES:
        tone = "alert" if message.level >= messages.ERROR else "calm"
    return Flash(
        words=str(message.message),
        tone=tone,
        undo=undo.removeprefix(UNDO) if undo.startswith(UNDO) else "",
        seconds=int(seconds) if seconds.isdigit() else 0,
    )

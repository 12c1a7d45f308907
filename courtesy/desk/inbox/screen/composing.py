"""What a colleague is writing: an answer, one from the draft, or a note."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from courtesy.conversations.actions import NOBODY_ELSE, Addresses, addresses_of
from courtesy.conversations.models import Attachment, Composing
from courtesy.desk.inbox.screen.letters import Enclosed, enclosed_of
from courtesy.desk.lifecycle.queries import DraftCard

REPLY = "reply"
NOTE = "note"
DRAFT = "draft"
WRITES = frozenset({REPLY, DRAFT, NOTE})


@dataclass(frozen=True)
class Composer:
    """``kind`` is reply, draft or note, or empty where nothing is open. ``to`` is the customer; ``further`` is who gets
    it too, as typed; ``offered`` is who would, had nobody typed anything."""

    kind: str
    words: str = ""
    tab: str = ""
    suggestion_id: int | None = None
    wrong: str = ""
    to: str = ""
    further: Addresses | None = None
    offered: Addresses = NOBODY_ELSE
    files: Sequence[Enclosed] = ()

    @property
    def is_note(self) -> bool:
        """On note paper?"""
        return self.kind == NOTE

    @property
    def has_company(self) -> bool:
        """Does anybody get it beside the customer?"""
        return bool(self.further)


def composer(
    kept: Sequence[Composing], draft: DraftCard | None, write: str, *, closing: str, waiting: Sequence[Attachment] = ()
) -> Composer:
    """What was asked for, else what lies there unsent, words or files. A note is never opened as an answer, nor the
    other way round."""
    note = next((one for one in kept if one.tab.startswith(NOTE)), None)
    reply = next((one for one in kept if not one.tab.startswith(NOTE)), None)
    of_note = [file for file in waiting if file.tab.startswith(NOTE)]
    of_reply = [file for file in waiting if not file.tab.startswith(NOTE)]
    if write == NOTE or (not write and note is not None and (reply is None or note.at > reply.at)):
        tab = note.tab if note else of_note[0].tab if of_note else new_tab(NOTE)
        return _with(of_note, Composer(NOTE, note.words if note else "", tab))
    if write == DRAFT and draft is not None and draft.sentences:
        return Composer(DRAFT, draft.text, new_tab(f"{DRAFT}-{draft.suggestion_id}"), draft.suggestion_id)
    if reply is not None:
        # Its own tab, even the empty one of an answer that was taken back: sending must forget this very row.
        words, further = reply.words or begun(closing), addresses_of(reply)
        return _with(of_reply, Composer(REPLY, words, reply.tab, suggestion_in(reply.tab), further=further))
    if write or of_reply:
        tab = of_reply[0].tab if of_reply else new_tab(REPLY)
        return _with(of_reply, Composer(REPLY, begun(closing), tab, suggestion_in(tab)))
    return Composer("")


def _with(files: Sequence[Attachment], writing: Composer) -> Composer:
    return replace(writing, files=tuple(enclosed_of(file) for file in files if file.tab == writing.tab))


def begun(closing: str) -> str:
    """An answer before anybody has written a word: room, and how it ends."""
    return f"\n\n{closing}" if closing else ""


def is_untouched(words: str, closing: str) -> bool:
    """Is nothing there but how the letter ends?"""
    return " ".join(words.split()) in {"", " ".join(closing.split())}


def new_tab(kind: str) -> str:
    """A random name for one composer in one browser tab; its kind stands in front."""
    return f"{kind}-{secrets.token_urlsafe(6)}"


def suggestion_in(tab: str) -> int | None:
    """The draft that a tab's words began with: "draft-7-Xy…" says 7."""
    kind, _dash, rest = tab.partition("-")
    number = rest.partition("-")[0]
    return int(number) if kind == DRAFT and number.isdecimal() else None

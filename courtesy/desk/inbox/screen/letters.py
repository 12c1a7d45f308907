"""What stands in a thread, ready to be shown: letters with what is folded and enclosed, notes, small grey lines."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from markupsafe import Markup

from courtesy.conversations import files
from courtesy.conversations.envelopes import Outside
from courtesy.conversations.models import Attachment, Message
from courtesy.conversations.queries import Item, Story
from courtesy.desk.inbox import says
from courtesy.desk.lifecycle import queries as lifecycle
from courtesy.desk.lifecycle.models import Outcome
from courtesy.post.channels.email.kinds import SHOWN
from courtesy.post.channels.incoming import Mark
from courtesy.privacy import keys
from courtesy.privacy.keys import KeyGone
from courtesy.science.folding import Fold, fold
from courtesy.staff import queries as staff
from courtesy.staff.calling import called_in
from courtesy.staff.models import Colleague
from courtesy.web.words import paragraphs

# In text that is escaped already: a link ends where a quote or a bracket, written as an entity, begins.
_LINK = re.compile(r"https?://(?:(?!&(?:lt|gt|quot|#34|#39);)[^\s<>\"])+")
MARKED = '<mark class="called">'
LARGEST_SHOWN = 8 * 1024 * 1024
"""A larger picture is downloaded by whoever wants it, and not by everybody who opens the thread."""
LARGEST_FOLDED = 40_000
"""A longer message is shown as it is: folding reads every line, and a page waits for it."""


@dataclass(frozen=True)
class Enclosed:
    """A file with a message or with words that are being written."""

    id: UUID
    name: str
    sort: str
    size: str
    refused: str
    is_picture: bool
    inline: bool


@dataclass(frozen=True)
class Told:
    """A line of the thread: a letter, a note, or a small grey line.

    ``elsewhere``: an answer written in another mail program. ``can_split``: it may begin a thread of its own.
    ``asked`` are the colleagues a note calls by name. ``undo`` is a move that still can be undone.
    """

    item: Item
    line: says.Line | None = None
    way: says.Way | None = None
    whose: str = ""
    folds: Sequence[Fold] = ()
    outside: Outside | None = None
    files: Sequence[Enclosed] = ()
    elsewhere: bool = False
    by_mail: bool = False
    can_split: bool = False
    asked: Sequence[Colleague] = ()
    undo: str = ""

    @property
    def marks(self) -> list[str]:
        """What is odd about the mail, in words; a file that is not handed out says so where it is listed.

        That nothing automatic answers our own letters goes without saying.
        """
        unsaid = {Mark.REFUSED_FILE, *({Mark.NO_AUTOMATIC_ANSWER} if self.item.kind == Message.Kind.OUT else ())}
        labels = {str(mark): str(label) for mark, label in Mark.choices if mark not in unsaid}
        return [labels[mark] for mark in (self.outside.marks if self.outside else ()) if mark in labels]

    @property
    def also_to(self) -> list[str]:
        """Who else was written to; empty where it was one letter from one to one."""
        if self.outside is None:
            return []
        to = list(self.outside.to)
        return to if len(to) > 1 or self.outside.cc else []


def told(story: Story, *, reader: Colleague, now: datetime, why_closed: str) -> tuple[list[Told], list[Attachment]]:
    """The whole story, oldest first, and the files that lie with what the reader is writing here."""
    messages = [item for item in story.items if item.what == "message"]
    enclosed, waiting = _enclosed([item.id for item in messages], story=story, reader=reader)
    colleagues = _called(story)
    decisions = [item.decision_id for item in messages if item.decision_id]
    outcomes: dict[int, Outcome] = lifecycle.outcomes_of(decisions) if decisions else {}
    undone = {item.facts.get("group") for item in story.items if item.kind == "unmerged"}
    first = next((item.id for item in messages if item.kind != Message.Kind.NOTE), 0)
    lines = []
    for item in story.items:
        if item.what == "event":
            line = says.event_line(item, {str(one.pk): one.called for one in colleagues})
            if line is not None:
                lines.append(Told(item, line=line, undo="" if line.group in undone else line.group))
            continue
        lines.append(
            Told(
                item,
                way=says.way_of(item, now=now, why_closed=why_closed),
                whose=says.whose_words(outcomes.get(item.decision_id or 0), item.name),
                folds=_folds(item),
                outside=item.outside,
                files=enclosed.get(item.id, ()),
                elsewhere=item.kind == Message.Kind.OUT and item.arrival_id is not None,
                by_mail=item.kind == Message.Kind.IN and item.outside is not None,
                can_split=item.kind != Message.Kind.NOTE and item.id != first,
                asked=called_in(item.body, colleagues) if item.kind == Message.Kind.NOTE else (),
            )
        )
    return lines, waiting


def with_calls(body: str, asked: Sequence[Colleague]) -> Markup:
    """A note's paragraphs, every colleague it calls marked."""
    shown = paragraphs(body)
    for one in asked:
        name = str(Markup.escape(one.called))
        shown = Markup(  # noqa: S704  both parts were escaped before
            re.sub(rf"(?<!\w)(?<!{MARKED})@{re.escape(name)}(?!\w)", f"{MARKED}@{name}</mark>", str(shown))
        )
    return shown


def with_links(text: str) -> Markup:
    """Plain words as paragraphs, in which an address of a page can be clicked. It leads where it says, in a new tab."""
    return Markup(_LINK.sub(_as_link, str(paragraphs(text))))  # noqa: S704  escaped before, and only whole links changed


def _as_link(found: re.Match[str]) -> str:
    address = found[0].rstrip(".,;:!?)]")
    link = f'<a href="{address}" rel="noopener noreferrer nofollow" target="_blank">{address}</a>'
    return link + found[0][len(address) :]


def enclosed_of(row: Attachment) -> Enclosed:
    """A file as the page shows it. One whose key is gone has no name any more."""
    try:
        name = row.name or _("without a name")
    except KeyGone:
        name = _("erased")
    return Enclosed(
        id=row.pk,
        name=name,
        sort=says.sort_of_file(row.kind),
        size=says.size(row.size),
        refused=says.why_refused(row.refused),
        is_picture=row.kind in SHOWN and row.size <= LARGEST_SHOWN and not row.refused,
        inline=row.inline,
    )


def _enclosed(
    message_ids: Collection[int], *, story: Story, reader: Colleague
) -> tuple[dict[int, list[Enclosed]], list[Attachment]]:
    rows = files.in_thread(message_ids, thread_id=story.thread.pk, reader=reader)
    if rows:
        keys.warm(row.key_id for row in rows)
    found: dict[int, list[Enclosed]] = {}
    for row in rows:
        if row.message_id is not None:
            found.setdefault(row.message_id, []).append(enclosed_of(row))
    return found, [row for row in rows if row.message_id is None]


def _folds(item: Item) -> list[Fold]:
    """A mail by what is said, quoted and signed in it; what was written here, or in a form, is one piece."""
    if item.kind == Message.Kind.NOTE or item.arrival_id is None or len(item.body) > LARGEST_FOLDED:
        return [Fold("said", item.body)]
    pieces = fold(item.body)
    if not any(piece.kind == "said" and piece.text.strip() for piece in pieces):
        return [Fold("said", item.body)]
    return [piece for piece in pieces if piece.text.strip()]


def _called(story: Story) -> list[Colleague]:
    """Everybody a grey line or a note of this thread names; one query, none where nobody is named."""
    given = any(item.kind == "assigned" and item.facts.get("to") for item in story.items)
    calls = any(item.kind == Message.Kind.NOTE and "@" in item.body for item in story.items)
    return staff.everybody() if given or calls else []

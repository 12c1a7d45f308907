"""The thread: its story, what is being written, and what stands beside it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from courtesy.consent import queries as consent
from courtesy.consent.purposes import Purpose
from courtesy.conversations import queries as conversations
from courtesy.conversations.models import Composing, Message, Thread
from courtesy.conversations.queries import Item, Story
from courtesy.desk.inbox import says
from courtesy.desk.lifecycle import queries as lifecycle
from courtesy.desk.lifecycle.models import Belief, Outcome
from courtesy.desk.lifecycle.queries import DraftCard
from courtesy.knowledge import queries as knowledge
from courtesy.people import queries as people
from courtesy.post.public import answer_token
from courtesy.post.queries import is_on_this_machine
from courtesy.privacy.keys import KeyGone
from courtesy.staff import queries as staff
from courtesy.staff.models import Colleague, Shop

NOTE = "note"
DRAFT = "draft"
READING_TIME = timedelta(minutes=2)
"""How long the page says "the machine is reading" before it says that nobody reads."""


@dataclass(frozen=True)
class Told:
    """A line of the thread, ready to be shown: a letter, a note, or a small grey line."""

    item: Item
    line: says.Line | None = None
    way: says.Way | None = None
    whose: str = ""


@dataclass(frozen=True)
class Composer:
    """What the colleague is writing. ``kind`` is reply, draft or note, or empty where nothing is open."""

    kind: str
    words: str = ""
    tab: str = ""
    suggestion_id: int | None = None
    wrong: str = ""

    @property
    def is_note(self) -> bool:
        """On note paper?"""
        return self.kind == NOTE


@dataclass(frozen=True)
class Beside:
    """Who writes, what they permit, and what else they wrote."""

    name: str
    address: str
    since: datetime
    permissions: Sequence[tuple[Purpose, consent.Permission]]
    personal: consent.Permission
    others: Sequence[tuple[int, str, str, datetime]]
    private_page: str


@dataclass(frozen=True)
class ThreadPane:
    """Everything the thread's page shows, beside the list."""

    story: Story
    told: list[Told]
    topic: Belief | None
    draft: DraftCard | None
    is_being_read: bool
    is_unread: bool
    composer: Composer
    mine: bool
    why_closed: str
    my_last: int

    @property
    def thread(self) -> Thread:
        """The thread itself."""
        return self.story.thread


def thread_pane(thread: Thread, colleague: Colleague, *, shop: Shop, write: str, now: datetime) -> ThreadPane:
    """The thread as this colleague reads it. ``write`` opens a composer: reply, draft or note."""
    closed = why_nothing_leaves(shop)
    story = conversations.thread_story(thread, reader=colleague)
    messages = [item for item in story.items if item.what == "message" and item.kind != Message.Kind.NOTE]
    last = next((item for item in reversed(messages) if not item.taken_back), None)
    draft = None
    if last is not None and not last.ours:
        draft = lifecycle.draft_on(last.id, person=thread.person, colleague=colleague, shop=shop)
    is_open = thread.state == Thread.State.OPEN and last is not None and not last.ours
    unread = is_open and draft is None
    return ThreadPane(
        story=story,
        told=_told(story, now=now, why_closed=closed),
        topic=lifecycle.topic_of(story.last_message_in) if story.last_message_in else None,
        draft=draft,
        is_being_read=bool(unread and last and now - last.at < READING_TIME),
        is_unread=bool(unread and last and now - last.at >= READING_TIME),
        composer=_composer(story.unsent, draft, write),
        mine=thread.assignee_id == colleague.pk,
        why_closed=closed,
        my_last=max((item.id for item in messages if item.ours and item.name == colleague.called), default=0),
    )


@dataclass(frozen=True)
class Sources:
    """What the draft stands on, as `ui.evidence` wants it, and the articles that came close."""

    cited: list[dict[str, str]]
    close: list[tuple[str, str]]


def sources_of(draft: DraftCard | None) -> Sources | None:
    """The sources with their addresses, one query; None where there is nothing to show."""
    if draft is None or not (draft.sources or draft.candidates):
        return None
    cited = {one.article_id for one in draft.sources}
    near = [one for one in draft.candidates if one.article_id not in cited]
    slugs = {pk: one.slug for pk, one in knowledge.by_ids(cited | {one.article_id for one in near}).items()}

    def href(article_id: int) -> str:
        return reverse("article", args=[slugs[article_id]]) if article_id in slugs else ""

    about = {True: _("Public article"), False: _("Internal; a customer is not shown it")}
    return Sources(
        cited=[
            {"title": one.title, "quote": one.quote, "about": about[one.public], "href": href(one.article_id)}
            for one in draft.sources
        ],
        close=[(one.title, href(one.article_id)) for one in near],
    )


def why_nothing_leaves(shop: Shop) -> str:
    """Why no answer leaves just now, in a sentence; empty where they do."""
    server = settings.COURTESY.smtp_url
    stays_here = shop.is_sample and not is_on_this_machine(server)
    return says.why_nothing_leaves(may_send=shop.may_send, has_mail_server=bool(server), stays_here=stays_here)


def _told(story: Story, *, now: datetime, why_closed: str) -> list[Told]:
    decisions = [item.decision_id for item in story.items if item.decision_id]
    outcomes: dict[int, Outcome] = lifecycle.outcomes_of(decisions) if decisions else {}
    given = {UUID(item.facts["to"]) for item in story.items if item.kind == "assigned" and item.facts.get("to")}
    called = {str(pk): name for pk, name in staff.names(given).items()} if given else {}
    told = []
    for item in story.items:
        if item.what == "event":
            line = says.event_line(item, called)
            if line is not None:
                told.append(Told(item, line=line))
            continue
        way = says.way_of(item, now=now, why_closed=why_closed)
        told.append(Told(item, way=way, whose=says.whose_words(outcomes.get(item.decision_id or 0), item.name)))
    return told


def _composer(kept: Sequence[Composing], draft: DraftCard | None, write: str) -> Composer:
    """What was asked for, else what lies there unsent. A note is never opened as an answer, nor the other way round."""
    note = next((one for one in kept if one.tab.startswith(NOTE)), None)
    reply = next((one for one in kept if not one.tab.startswith(NOTE)), None)
    if write == NOTE or (not write and note is not None and (reply is None or note.at > reply.at)):
        return Composer(NOTE, note.words if note else "", note.tab if note else _new_tab(NOTE))
    if write == DRAFT and draft is not None and draft.sentences:
        return Composer(DRAFT, draft.text, _new_tab(f"{DRAFT}-{draft.suggestion_id}"), draft.suggestion_id)
    if write or reply is not None:
        if reply is None:
            return Composer("reply", "", _new_tab("reply"))
        # Its own tab, even the empty one of an answer that was taken back: sending must forget this very row.
        return Composer("reply", reply.words, reply.tab, suggestion_in(reply.tab))
    return Composer("")


def _new_tab(kind: str) -> str:
    return f"{kind}-{secrets.token_urlsafe(6)}"


def suggestion_in(tab: str) -> int | None:
    """The draft that a tab's words began with: "draft-7-Xy…" says 7."""
    kind, _dash, rest = tab.partition("-")
    number = rest.partition("-")[0]
    return int(number) if kind == DRAFT and number.isdecimal() else None


def beside_of(thread: Thread, story: Story, *, now: datetime) -> Beside:
    """The person's side of the page. One who was erased has no address any more."""
    try:
        address = people.address_of(thread.person)
    except KeyGone:
        address = ""
    allowed = consent.permissions(thread.person, now)
    others = Thread.objects.filter(person_id=thread.person_id).exclude(pk=thread.pk).order_by("-last_message_at")
    arrival_id = next((item.arrival_id for item in reversed(story.items) if item.arrival_id), None)
    token = answer_token(arrival_id) if arrival_id else ""
    return Beside(
        name=story.name,
        address=address,
        since=thread.person.created_at,
        permissions=list(allowed.items()),
        personal=allowed[Purpose.PERSONAL],
        others=list(others.values_list("pk", "subject", "state", "last_message_at")[:5]),
        private_page=f"{settings.COURTESY.public_url or local_public()}/answer/{token}" if token else "",
    )


def local_public() -> str:
    """Where the public side answers on this machine, while it has no public address."""
    return f"http://localhost:{settings.COURTESY.public_port}"

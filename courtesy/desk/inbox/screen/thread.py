"""The thread: its story, what is being written, and what stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from courtesy.consent import queries as consent
from courtesy.consent.purposes import Purpose
from courtesy.conversations import queries as conversations
from courtesy.conversations.actions import NOBODY_ELSE, Addresses
from courtesy.conversations.models import Event, Message, Thread
from courtesy.conversations.queries import Item, Story
from courtesy.desk import teaching
from courtesy.desk.inbox import says
from courtesy.desk.inbox.screen import composing, letters
from courtesy.desk.inbox.screen.composing import Composer
from courtesy.desk.inbox.screen.letters import Told
from courtesy.desk.inbox.screen.presence import Company, company
from courtesy.desk.lifecycle import queries as lifecycle
from courtesy.desk.lifecycle.models import Belief
from courtesy.desk.lifecycle.queries import DraftCard, Source
from courtesy.knowledge import queries as knowledge
from courtesy.people import queries as people
from courtesy.people.queries import Record
from courtesy.post.public import answer_token
from courtesy.post.queries import why_no_way_out
from courtesy.privacy.keys import KeyGone
from courtesy.privacy.prepared import Given, Prepared, many, room_for
from courtesy.staff.models import Colleague, Shop

READING_TIME = timedelta(minutes=2)
"""How long the page says "the machine is reading" before it says that nobody reads."""


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
    company: Company
    tags: Sequence[str]
    why_not_learned: str = ""

    @property
    def thread(self) -> Thread:
        """The thread itself."""
        return self.story.thread


def thread_pane(thread: Thread, colleague: Colleague, *, shop: Shop, write: str, now: datetime) -> ThreadPane:
    """The thread as this colleague reads it. ``write`` opens a composer: reply, draft or note."""
    closed = why_nothing_leaves(shop)
    story = conversations.thread_story(thread, reader=colleague)
    messages = [item for item in story.items if item.what == "message" and item.kind != Message.Kind.NOTE]
    last = next((item for item in reversed(messages) if not item.taken_back and not item.automatic), None)
    draft = None
    if last is not None and not last.ours:
        set_aside = any(item.kind == Event.Kind.SET_ASIDE_DRAFT for item in story.items)
        draft = lifecycle.draft_on(
            last.id, person=thread.person, colleague=colleague, shop=shop, undecided=not set_aside
        )
    is_open = thread.state == Thread.State.OPEN and last is not None and not last.ours and not thread.apart
    unread = is_open and draft is None
    lines, waiting = letters.told(story, reader=colleague, now=now, why_closed=closed)
    closing = lifecycle.closing_of(colleague, shop)
    writing = composing.composer(story.unsent, draft, write, closing=closing, waiting=waiting)
    return ThreadPane(
        story=story,
        told=lines,
        topic=lifecycle.topic_of(story.last_message_in) if story.last_message_in else None,
        draft=draft,
        is_being_read=bool(unread and last and now - last.at < READING_TIME),
        is_unread=bool(unread and last and now - last.at >= READING_TIME),
        composer=addressed(writing, thread, story) if writing.kind and not writing.is_note else writing,
        mine=thread.assignee_id == colleague.pk,
        why_closed=closed,
        my_last=max((item.id for item in messages if item.ours and item.name == colleague.called), default=0),
        company=company(thread.pk, but=colleague, now=now),
        tags=conversations.tags_on(thread),
        why_not_learned=_why_not_learned(story, now),
    )


def _why_not_learned(story: Story, now: datetime) -> str:
    """Why nothing that we said here teaches anything; empty where it may, and where we said nothing yet."""
    said = [item for item in story.items if item.what == "message"]
    if not any(item.kind == Message.Kind.OUT for item in said):
        return ""
    alone = all(item.ours or item.name == story.name for item in said)
    return teaching.why_not(story.thread, at=now, alone=alone)


def addressed(writing: Composer, thread: Thread, story: Story) -> Composer:
    """The composer with everybody who gets the answer: whoever wrote last, and whoever else was in that mail, where
    nobody typed it otherwise."""
    customer, offered = address_of(thread), NOBODY_ELSE
    last = next((item for item in reversed(story.items) if item.what == "message" and item.outside), None)
    if last is not None and not _is_between_two(last, customer):
        meant = conversations.reply_recipients(thread)
        customer, offered = "".join(meant.to[:1]), Addresses(", ".join(meant.to[1:]), ", ".join(meant.cc))
    further = offered if writing.further is None else writing.further
    return replace(writing, to=customer, offered=offered, further=further)


def _is_between_two(item: Item, customer: str) -> bool:
    """Was this mail from the customer to one address, so that nobody else is meant?"""
    outside = item.outside
    if outside is None:
        return True
    by_customer = item.ours or outside.sender.casefold() == customer.casefold()
    return by_customer and len(outside.to) + len(outside.cc) < 2


@dataclass(frozen=True)
class Sources:
    """What the draft stands on, as `ui.evidence` wants it, and the articles that came close.

    ``earlier``: some of it was said in an earlier answer of ours.
    """

    cited: list[dict[str, str]]
    close: list[tuple[str, str]]
    earlier: bool = False
    orders: bool = False


def sources_of(draft: DraftCard | None, *, person_id: UUID) -> Sources | None:
    """The sources with their addresses, one query; None where there is nothing to show. ``person_id``: whose thread."""
    if draft is None or not (draft.sources or draft.candidates):
        return None
    cited = {one.article_id for one in draft.sources if not one.earlier}
    near = [one for one in draft.candidates if one.article_id not in cited]
    slugs = {pk: one.slug for pk, one in knowledge.by_ids(cited | {one.article_id for one in near}).items()}

    def href(article_id: int) -> str:
        return reverse("article", args=[slugs[article_id]]) if article_id in slugs else ""

    told = teaching.origins({one.earlier for one in draft.sources if one.earlier})

    def shown(one: Source) -> dict[str, str]:
        if one.earlier in told:
            origin = told[one.earlier]
            about = _("A customer is not shown whose it was")
            where = reverse("thread", args=[origin.thread_id]) + f"#message-{one.earlier}"
            return {"title": origin.words, "quote": one.quote, "about": about, "href": where}
        if one.order:
            title = _("Order %(number)s") % {"number": one.title}
            about = _("Their own order, as our records said it when this was drafted")
            return {"title": title, "quote": "", "about": about, "href": reverse("customer", args=[person_id])}
        about = _("Public article") if one.public else _("Internal; a customer is not shown it")
        return {"title": one.title, "quote": one.quote, "about": about, "href": href(one.article_id)}

    return Sources(
        cited=[shown(one) for one in draft.sources],
        close=[(one.title, href(one.article_id)) for one in near],
        earlier=bool(told),
        orders=any(one.order for one in draft.sources),
    )


def why_nothing_leaves(shop: Shop) -> str:
    """Why no answer leaves just now, in a sentence; empty where they do."""
    closed = why_no_way_out(is_sample=shop.is_sample) if shop.may_send else ""
    return says.why_nothing_leaves(
        may_send=shop.may_send, has_mail_server=closed != "no mail server", stays_here=closed == "sample shop"
    )


def beside_of(thread: Thread, story: Story, *, records: Sequence[Record], now: datetime) -> Beside:
    """The person's side of the page. ``records`` are all that are this customer, the one who writes first."""
    allowed = consent.permissions(thread.person, now)
    ids = [one.person_id for one in records]
    arrival_id = next((item.arrival_id for item in reversed(story.items) if item.arrival_id and not item.ours), None)
    token = answer_token(arrival_id) if arrival_id else ""
    return Beside(
        name=story.name,
        address=", ".join(records[0].addresses),
        since=thread.person.created_at,
        permissions=list(allowed.items()),
        personal=allowed[Purpose.PERSONAL],
        others=_OTHERS(room_for(ids), ids=ids, this=thread.pk),
        private_page=f"{settings.COURTESY.public_url or local_public()}/answer/{token}" if token else "",
    )


_OTHERS = Prepared(
    lambda room: (
        Thread.objects.filter(person__pk__in=many("ids", Thread.person, room), merged_into=None)
        .exclude(pk=Given("this", Thread._meta.pk))
        .order_by("-last_message_at")
        .values_list("pk", "subject", "state", "last_message_at")[:5]
    )
)


def address_of(thread: Thread) -> str:
    """Where an answer to this thread goes; empty for one who was erased."""
    try:
        return people.address_of(thread.person)
    except KeyGone:
        return ""


def local_public() -> str:
    """Where the public side answers on this machine, while it has no public address."""
    return f"http://localhost:{settings.COURTESY.public_port}"

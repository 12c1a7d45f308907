"""What a customer may see and ask about one answer: the evidence page, and "a person looks again"."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courtesy.conversations.models import Event, Message
from courtesy.conversations.threading import hint_for
from courtesy.desk import effects, links
from courtesy.desk.lifecycle import queries as lifecycle
from courtesy.desk.lifecycle import telling, wording
from courtesy.desk.lifecycle.models import Belief, Decision, How, Suggestion, Verb
from courtesy.desk.promises import queries as promises
from courtesy.knowledge.public import public_slugs
from courtesy.post import arrivals
from courtesy.post.channels.form import parsing
from courtesy.post.models import Arrival
from courtesy.privacy import ledger
from courtesy.privacy.keys import KeyGone
from courtesy.privacy.sealing import blind_index
from courtesy.staff import queries as staff
from courtesy.staff.public import name_for_customers

CHANNEL = "look again"
OFTEN_ENOUGH = 5
"""How often a day one answer may be asked about; a person has it by then."""


class NoSuchAnswer(LookupError):
    """The link is not one we wrote, or the answer does not stand. Which of the two is not told."""


class Enough(Exception):
    """Asked often enough for today; a person has it already."""


@dataclass(frozen=True)
class Moment:
    """One dot on the timeline."""

    what: str
    at: datetime
    by_machine: bool = False


@dataclass(frozen=True)
class Promised:
    """What we promised, in the words of the answer, and how it stands: "kept", "open", "late" or "taken off"."""

    words: str
    state: str
    said: str


@dataclass(frozen=True)
class Evidence:
    """How one answer came about, told to the customer who got it. Discarded words are never in it.

    ``story`` says in a sentence or two who wrote and who decided; ``topic`` is what the machine thought it is about,
    empty where a person said otherwise. ``promises`` are those of the whole thread.
    """

    token: str
    first_name: str
    who: str
    sent_at: datetime
    by_machine: bool
    story: str
    sentences: int
    sentences_changed: int
    paragraphs: tuple[tuple[telling.Span, ...], ...]
    sources: tuple[telling.PublicSource, ...]
    timeline: tuple[Moment, ...]
    topic: str
    promises: tuple[Promised, ...] = ()


@dataclass(frozen=True)
class Under:
    """The line under an answer on a customer's own page; ``token`` opens its evidence page."""

    line: str
    token: str


def evidence(token: str, *, at: datetime) -> Evidence:
    """The page behind a link, as it stands now. Raises NoSuchAnswer for every link that is not exactly one we wrote."""
    decision = _decision(token)
    reply = Message.objects.select_related("thread__person").filter(decision_id=decision.pk, taken_back_at=None).first()
    if reply is None:
        raise NoSuchAnswer
    try:
        first_name = wording.plausible_first_name(decision.thread.person.name)
    except KeyGone:
        raise NoSuchAnswer from None
    outcome = decision.outcome
    by_machine = outcome.how != How.OWN_WORDS
    draft = _draft_of(decision, reply) if by_machine else None
    stored = draft.words.get("sentences", []) if draft is not None else []
    spans, sources = telling.told(stored, reply.body, slugs=public_slugs({row["article_id"] for row in stored}))
    who = name_for_customers(decision.by.called, staff.shop())
    topic = Belief.objects.filter(message=decision.message, kind="topic").first() if by_machine else None
    return Evidence(
        token=token,
        first_name=first_name,
        who=who,
        sent_at=decision.at,
        by_machine=by_machine,
        story=telling.story(outcome, who),
        sentences=outcome.sentences,
        sentences_changed=outcome.sentences - outcome.sentences_kept,
        paragraphs=spans,
        sources=sources,
        timeline=_timeline(decision, telling.capital(who), draft),
        topic=topic.value if topic is not None and topic.corrected_at is None else "",
        promises=tuple(_promised(told) for told in promises.told(decision.thread, at=at)),
    )


def look_again(token: str, *, words: str, at: datetime) -> None:
    """The customer asks a person to look again: an arrival in the same thread, which reopens without a draft.

    Raises NoSuchAnswer, and Enough after OFTEN_ENOUGH times a day. The same words twice on one day are one request.
    """
    decision = _decision(token)
    said = words.strip() or _("Please let a person look at this again.")
    raw = parsing.write(address="", name="", subject="", body=said, looks_again=True)
    hint = hint_for(decision.thread)
    channel_id = f"{decision.pk}-{at:%Y-%m-%d}-{blind_index(said, 'desk.look again').hex()[:32]}"
    today = Arrival.objects.filter(channel=CHANNEL, thread_hint=hint, received_at__gt=at - timedelta(days=1))
    if today.filter(channel_id=channel_id).exists():
        return
    if today.count() >= OFTEN_ENOUGH:
        raise Enough
    with transaction.atomic():
        arrivals.keep(channel=CHANNEL, channel_id=channel_id, raw=raw, at=at, thread_hint=hint)
        ledger.append("looked again", about=decision, at=at)


def _promised(told: promises.Told) -> Promised:
    """How a promise stands, in a sentence; honest where it is late."""
    due = date_format(told.due_on, "l j F")
    if told.kept_on is not None:
        said = _("Kept on %(day)s. It was promised for %(due)s.")
        return Promised(told.words, "kept", said % {"day": date_format(told.kept_on, "l j F"), "due": due})
    if told.taken_off_on is not None:
        said = _("Taken back on %(day)s.") % {"day": date_format(told.taken_off_on, "l j F")}
        return Promised(told.words, "taken off", said)
    if told.is_late:
        return Promised(told.words, "late", _("Promised for %(due)s, and not done yet.") % {"due": due})
    return Promised(told.words, "open", _("Promised for %(due)s.") % {"due": due})


def lines_under(decision_ids: Collection[int]) -> dict[int, Under]:
    """What stands under these answers, by the decision; those written wholly by hand have no line and are missing."""
    rows = Decision.objects.filter(pk__in=decision_ids, verb=Verb.SEND, taken_back_at=None)
    under = {}
    for decision in rows.select_related("by", "outcome", "thread"):
        line = effects.line_under(decision.outcome.how, by=decision.by, url="", ask=False)
        if line:
            under[decision.pk] = Under(line, links.token_of(decision.pk, decision.thread.reader_salt))
    return under


def _decision(token: str) -> Decision:
    try:
        number = links.number_in(token)
        decision = (
            Decision.objects.filter(pk=number, verb=Verb.SEND, taken_back_at=None)
            .select_related("thread__person", "by", "suggestion", "outcome", "message")
            .first()
        )
        # Checked with some salt also where there is no such decision, so that the answer takes as long.
        links.check(token, decision.thread.reader_salt if decision else "")
    except links.NotOurs:
        raise NoSuchAnswer from None
    if decision is None:
        raise NoSuchAnswer
    return decision


def _draft_of(decision: Decision, reply: Message) -> Suggestion | None:
    """The draft behind an answer; one that two answers were made of was decided by the first of them only."""
    if decision.suggestion is not None:
        return decision.suggestion
    taken = lifecycle.taken_over(reply.thread, reply.body, by=decision.by)
    return taken[0] if taken else None


def _timeline(decision: Decision, who: str, draft: Suggestion | None) -> tuple[Moment, ...]:
    moments = []
    if decision.message is not None:
        moments.append(Moment(_("You wrote to us"), decision.message.at))
    if draft is not None:
        wrote = _("The machine wrote a draft")
        if draft.words.get("left_out"):
            wrote = _("The machine wrote a draft; one question it left to a person")
        moments.append(Moment(wrote, draft.at, by_machine=True))
    verb = {
        How.AS_DRAFTED: _("%(who)s checked it and sent it"),
        How.EDITED: _("%(who)s changed it and sent it"),
        How.OWN_WORDS: _("%(who)s wrote to you"),
    }[How(decision.outcome.how)]
    moments.append(Moment(verb % {"who": who}, decision.at))
    again = decision.thread.events.filter(kind=Event.Kind.LOOK_AGAIN, at__gte=decision.at).order_by("pk")
    moments += [Moment(_("You asked that a person looks again"), event.at) for event in again]
    return tuple(moments)

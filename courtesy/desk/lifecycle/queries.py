"""What can be found out about drafts, decisions and how they turned out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courtesy.consent.purposes import Purpose
from courtesy.consent.queries import permission
from courtesy.conversations import queries as conversations
from courtesy.conversations.models import Message, Thread
from courtesy.desk.lifecycle import wording
from courtesy.desk.lifecycle.models import WORDS_ALONE, Belief, Decision, How, Outcome, Suggestion, Verb
from courtesy.desk.teaching import teaching
from courtesy.people.models import Person
from courtesy.post import queries as post
from courtesy.post.models import Outgoing
from courtesy.privacy.keys import KeyGone
from courtesy.privacy.prepared import Given, Prepared
from courtesy.staff import queries as staff
from courtesy.staff.models import Colleague, Shop
from courtesy.staff.public import signature_for_customers

SURE = 0.85
"""From this probability on the machine calls itself sure; below, a draft is a fair guess and wants a careful look."""

NO_DRAFT: dict[str, str | Promise] = {
    "nothing_known": gettext_lazy("There are no articles yet to answer from."),
    "no_question": gettext_lazy("The machine found no question in it."),
    "nothing_close": gettext_lazy("I don’t know; no article says so."),
    "not_sure": gettext_lazy("Some articles come close, but none close enough."),
    "person_only": gettext_lazy("The customer asked for a person."),
    "look_again": gettext_lazy("The customer asked that a person looks again."),
    "source_gone": gettext_lazy("What the draft stood on may not be used any more."),
    "no_permission": gettext_lazy("The customer does not want their messages read by the machine."),
}


@dataclass(frozen=True)
class Source:
    """Where a sentence of a draft stands: an article, and the sentence in it; or a message of ours (``earlier``); or
    the customer's own order (``order``), whose number is the title."""

    number: int
    article_id: int
    title: str
    quote: str
    public: bool
    earlier: int = 0
    order: int = 0


@dataclass(frozen=True)
class Sentence:
    """One sentence of a draft and the number of its source."""

    text: str
    source: int


@dataclass(frozen=True)
class Candidate:
    """An article that came close."""

    article_id: int
    title: str
    score: float


@dataclass(frozen=True)
class DraftCard:
    """What the thread page shows where a draft stands. Without ``sentences`` there is none, and ``why_none`` says why.

    ``text`` is the whole reply as it would be sent by the colleague who looks: greeting, sentences, closing.
    ``reason`` is the short name of ``why_none``; ``by_words_alone`` says that no encoder was there to read meaning.
    """

    suggestion_id: int
    message_id: int
    greeting: str
    sentences: tuple[Sentence, ...]
    closing: str
    text: str
    sources: tuple[Source, ...]
    left_out: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    how_sure: str
    reason: str
    why_none: str
    by_words_alone: bool
    drafted_at: datetime
    took_ms: int
    decided: Decision | None


@dataclass(frozen=True)
class Counts:
    """The answers of a while, by whose words they were made of, and how many customers had to write again."""

    as_drafted: int
    edited: int
    own_words: int
    came_back: int

    @property
    def all(self) -> int:
        """How many answers there were."""
        return self.as_drafted + self.edited + self.own_words


def draft_for(thread_id: int, *, colleague: Colleague) -> DraftCard | None:
    """The card for the customer's last message; None where that is answered, or not read by the machine yet."""
    waiting = conversations.unanswered(thread_id)
    return draft_on(waiting[-1].pk, person=waiting[-1].thread.person, colleague=colleague) if waiting else None


def draft_on(
    message_id: int, *, person: Person, colleague: Colleague, shop: Shop | None = None, undecided: bool = False
) -> DraftCard | None:
    """The card for this message of this person; two queries where the ``shop`` is at hand already, one where the
    caller knows that nobody decided about a draft in this thread (``undecided``)."""
    suggestion = _SUGGESTION.first(message=message_id)
    if suggestion is None:
        return None
    return _card(suggestion, person=person, colleague=colleague, shop=shop or staff.shop(), undecided=undecided)


def topic_of(message_id: int) -> Belief | None:
    """What this message is about, as far as anybody knows."""
    found: Belief | None = _TOPIC.first(message=message_id)
    return found


_SUGGESTION = Prepared(
    lambda: Suggestion.objects.filter(message=Given("message", Suggestion.message), kind="reply").order_by("pk")[:1]
)
_TOPIC = Prepared(
    lambda: (
        Belief.objects.filter(message=Given("message", Belief.message), kind="topic")
        .select_related("corrected_by")
        .order_by("pk")[:1]
    )
)


def decisions_of(thread_id: int) -> list[Decision]:
    """Every decision in a thread, oldest first, taken back ones too, and those that came with merged messages.

    The link under an answer is signed for the thread in which it was decided, so a decision stays with that one.
    """
    replies = Message.objects.filter(thread=thread_id, decision_id__isnull=False).values("decision_id")
    rows = Decision.objects.filter(Q(thread_id=thread_id) | Q(pk__in=replies) | Q(message__thread=thread_id))
    return list(rows.select_related("by", "suggestion", "outcome").order_by("at", "pk").distinct())


def may_take_back(decision: Decision, at: datetime) -> bool:
    """Is the undo still open? An answer: until the mail server is asked to take it; the rest: as long as it stands."""
    if decision.taken_back_at is not None:
        return False
    if decision.verb != Verb.SEND:
        return True
    mail = post.of_decision(decision.pk)
    return mail is not None and mail.state in {Outgoing.State.WAITING, Outgoing.State.HELD}


def outcomes_of(decision_ids: Collection[int]) -> dict[int, Outcome]:
    """How these decisions turned out, by the decision; one query."""
    return {outcome.decision_id: outcome for outcome in Outcome.objects.filter(decision_id__in=decision_ids)}


def counts(since: datetime) -> Counts:
    """How the answers since then came about; those taken back do not count."""
    standing = Outcome.objects.filter(decision__at__gte=since, decision__taken_back_at=None)
    return Counts(
        **standing.aggregate(
            as_drafted=Count("pk", filter=Q(how=How.AS_DRAFTED)),
            edited=Count("pk", filter=Q(how=How.EDITED)),
            own_words=Count("pk", filter=Q(how=How.OWN_WORDS)),
            came_back=Count("pk", filter=Q(came_back_at__isnull=False)),
        )
    )


def name_of(person: Person) -> str:
    """The name somebody gave; empty for whoever gave none, or was erased."""
    try:
        return person.name
    except KeyGone:
        return ""


def closing_of(colleague: Colleague, shop: Shop) -> str:
    """How a letter of this colleague ends: the shop's closing, with their signature where it names the colleague."""
    return wording.closing_for(shop.closing, colleague=signature_for_customers(colleague, shop), shop=shop.name)


def whose_words(draft: Suggestion, words: str, *, thread: Thread, by: Colleague, chosen: bool) -> wording.Whose:
    """Whose words a letter to this customer is made of, held against this draft; ``chosen`` as in `wording.whose`."""
    shop = staff.shop()
    frame = (
        wording.greeting_for(shop.greeting, name_of(thread.person)),
        closing_of(by, shop),
    )
    drafted = [sentence["text"] for sentence in draft.words["sentences"]]
    return wording.whose(drafted, words, frame=frame, chosen=chosen)


def taken_over(thread: Thread, words: str, *, by: Colleague) -> tuple[Suggestion, wording.Whose] | None:
    """The draft of this thread most of whose sentences stand in these words; None where they are a person's own.

    Whether it was used, set aside or sent before does not matter: that changes nothing about whose words they are.
    """
    drafts = Suggestion.objects.drafts().filter(message__thread=thread).order_by("-message_id")
    held = [(draft, whose_words(draft, words, thread=thread, by=by, chosen=False)) for draft in drafts]
    return max((one for one in held if one[1].how != How.OWN_WORDS), key=lambda one: one[1].kept, default=None)


def numbered(sentences: list[dict[str, Any]]) -> tuple[tuple[Sentence, ...], tuple[Source, ...]]:
    """A draft's stored sentences with their sources numbered as they are cited; one number a quoted sentence."""
    sources: dict[tuple[int, str], Source] = {}
    told = []
    for row in sentences:
        place = (row["passage_id"], row["quote"])
        source = sources.setdefault(
            place,
            Source(
                len(sources) + 1,
                row["article_id"],
                row["title"],
                row["quote"],
                row["public"],
                row.get("earlier", 0),
                row.get("order", 0),
            ),
        )
        told.append(Sentence(row["text"], source.number))
    return tuple(told), tuple(sources.values())


def _card(
    suggestion: Suggestion, *, person: Person, colleague: Colleague, shop: Shop, undecided: bool = False
) -> DraftCard:
    words, name = suggestion.words, name_of(person)
    greeting = wording.greeting_for(shop.greeting, name)
    closing = closing_of(colleague, shop)
    stored = _still_standing(words.get("sentences", []))
    reason = suggestion.reason or ("source_gone" if words.get("sentences") and not stored else "")
    sentences, sources = numbered(stored)
    standing = suggestion.decisions.filter(taken_back_at=None).select_related("by")
    decided = None if undecided else standing.first()
    return DraftCard(
        suggestion_id=suggestion.pk,
        message_id=suggestion.message_id,
        greeting=greeting,
        sentences=sentences,
        closing=closing,
        text=wording.letter(greeting, [(row["text"], row["passage_id"]) for row in stored], closing) if stored else "",
        sources=sources,
        left_out=tuple(words.get("left_out", ())),
        candidates=tuple(Candidate(**candidate) for candidate in words.get("candidates", ())),
        how_sure=_how_sure(stored, words.get("sureness", 0.0)),
        reason=reason,
        why_none=_why_none(suggestion, reason, person, name),
        by_words_alone=suggestion.model == WORDS_ALONE,
        drafted_at=suggestion.at,
        took_ms=suggestion.took_ms,
        decided=decided,
    )


def _how_sure(stored: list[dict[str, Any]], sureness: float) -> str:
    """How sure the machine is of what it found; of what stands in the records alone, that it does."""
    if stored and all(row.get("order") for row in stored):
        return _("from our records")
    return _("sure") if sureness >= SURE else _("fairly sure")


def _still_standing(stored: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A draft's sentences without those of earlier answers that may not teach any more: somebody has objected since."""
    cited = {row["earlier"] for row in stored if row.get("earlier")}
    if not cited:
        return stored
    may = teaching(cited, at=timezone.now())
    return [row for row in stored if not row.get("earlier") or row["earlier"] in may]


def _why_none(suggestion: Suggestion, reason: str, person: Person, name: str) -> str:
    """Why there is no draft; where permission was missing, in the words of the register."""
    if reason == "no_permission":
        said = permission(person, Purpose.SERVICE, suggestion.at)
        if not said.allowed:
            return f"{wording.plausible_first_name(name) or _('This customer')} {said.because}"
    return str(NO_DRAFT.get(reason, ""))

"""What can happen between a message and an answer. Every story runs in one transaction; the clock is handed in.

Refusals: Refused > NoSuchDraft, AlreadyDecided, TooLate, NoSuchBelief. `conversations.actions` refuses too:
AlreadyAnswered, NothingWritten, NoSuchThread.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from courtesy.conversations import actions as conversations
from courtesy.conversations import files
from courtesy.conversations import queries as threads
from courtesy.conversations.models import Event, Message, Thread
from courtesy.desk import effects
from courtesy.desk.lifecycle import queries as lifecycle
from courtesy.desk.lifecycle import wording
from courtesy.desk.lifecycle.models import Belief, Decision, How, Outcome, Suggestion, Verb, Why
from courtesy.desk.promises import actions as promises
from courtesy.jobs.actions import changed
from courtesy.jobs.moments import moment
from courtesy.post import outbox
from courtesy.post import queries as post
from courtesy.privacy import ledger
from courtesy.staff import queries as staff
from courtesy.staff.calling import called_in
from courtesy.staff.models import Colleague

UNDO_WINDOW = timedelta(seconds=10)


class Refused(Exception):
    """What was asked cannot happen; nothing has changed."""


class NoSuchDraft(Refused):
    """The suggestion does not belong to this thread, or holds no words."""


class NoSuchBelief(Refused):
    """There is no belief of this number."""


class AlreadyDecided(Refused):
    """Somebody decided it before."""


class TooLate(Refused):
    """It has left already, or was taken back before."""


def file_belief(
    *, message_id: int, kind: str, value: str, reasons: Sequence[str], score: float, model: str, at: datetime
) -> Belief:
    """File what the machine thinks; a second filing of the same kind changes nothing, least of all a correction."""
    belief, _ = Belief.objects.get_or_create(
        message_id=message_id,
        kind=kind,
        defaults={"value": value, "reasons": list(reasons), "score": score, "model": model, "at": at},
    )
    return belief


def correct_belief(belief_id: int, *, to: str, by: Colleague, at: datetime) -> Belief:
    """A person says what is so (empty: "it is not that"); from now on that counts. Raises NoSuchBelief."""
    with transaction.atomic():
        belief = Belief.objects.select_for_update().select_related("message").filter(pk=belief_id).first()
        if belief is None:
            raise NoSuchBelief
        belief.corrected_to, belief.corrected_by, belief.corrected_at = to.strip()[:120], by, at
        belief.save(update_fields=["corrected_to", "corrected_by", "corrected_at"])
        ledger.append("corrected", about=belief, by=by.pk, at=at)
        changed("thread", belief.message.thread_id)
    return belief


def file_suggestion(
    *, message_id: int, words: dict[str, Any], reason: str, model: str, at: datetime, took_ms: int
) -> Suggestion:
    """File a draft (``words``), or the ``reason`` why there is none; a second filing changes nothing."""
    with transaction.atomic():
        suggestion, is_new = Suggestion.objects.get_or_create(
            message_id=message_id,
            kind="reply",
            defaults={"words": words, "reason": reason, "model": model, "at": at, "took_ms": took_ms},
        )
        if is_new:
            message = suggestion.message
            if reason:
                changed("thread", message.thread_id)
            else:
                conversations.tell(message.thread_id, Event.Kind.DRAFTED, at=at, message=message)
    return suggestion


def send_reply(
    thread_id: int,
    *,
    words: str,
    by: Colleague,
    at: datetime,
    seen: int,
    suggestion_id: int | None = None,
    tab: str | None = None,
    company: effects.Company = effects.ALONE,
) -> Decision:
    """Let an answer out into the world, in the words of the colleague who sends it.

    Raises AlreadyAnswered when somebody answered after the event last ``seen``: both can press the button, only one
    reply leaves, the other keeps their words. Raises NothingWritten, NoSuchThread and NoSuchDraft. ``suggestion_id``
    names the draft that the composer was filled from; ``tab`` the browser tab whose unsent words these were, and whose
    files go along. ``company`` are those who get it beside the customer: what is refused of it, `effects.post` says.
    """
    with transaction.atomic():
        thread = conversations.hold(thread_id, unanswered_since=seen)
        draft, told = _whose(thread, words, by, suggestion_id)
        if draft is not None:
            # Whoever uses a draft after all overrules the colleague who had set it aside.
            draft.decisions.filter(verb=Verb.DISMISS, taken_back_at=None).update(taken_back_at=at)
        answered = threads.unanswered(thread.pk)
        decision = _decided(
            Verb.SEND, thread, suggestion=draft, message=answered[-1] if answered else None, by=by, at=at
        )
        moment("send reply: decided")
        reply = conversations.add_reply(thread, words=words, by=by, at=at, decision_id=decision.pk)
        effects.post(
            reply,
            decision_id=decision.pk,
            by=by,
            how=told.how,
            at=at,
            not_before=at + UNDO_WINDOW,
            company=company,
            attachments=files.send_along(reply, by=by, tab=tab) if tab is not None else (),
        )
        Outcome.objects.create(
            decision=decision,
            how=told.how,
            share_changed=told.share_changed,
            sentences=told.sentences,
            sentences_kept=told.kept,
            seconds_to_answer=max(0, int((at - answered[0].at).total_seconds())) if answered else None,
        )
        promises.notice(reply, by=by, at=at)
        conversations.forget_words(thread.pk, by=by, tab=tab)
        ledger.append("sent", about=decision, by=by.pk, at=at, how=told.how)
    moment("send reply: committed")
    return decision


def write_note(thread_id: int, *, words: str, by: Colleague, at: datetime, tab: str = "") -> Message:
    """A note among ourselves, with the files that lie with its words; who is called in it ("@Ben") finds it on Today.

    Raises NothingWritten, NoSuchThread.
    """
    calls = called_in(words, staff.colleagues()) if "@" in words else []
    with transaction.atomic():
        note = conversations.add_note(thread_id, words=words, by=by, at=at, calls=calls)
        files.belong_to(note, by=by, tab=tab)
        conversations.forget_words(thread_id, by=by, tab=tab)
    return note


def dismiss(suggestion_id: int, *, why: str, by: Colleague, at: datetime) -> Decision:
    """Set a draft aside, with one of the reasons of `models.Why`. Raises NoSuchDraft and AlreadyDecided."""
    with transaction.atomic():
        suggestion = Suggestion.objects.drafts().select_related("message__thread").filter(pk=suggestion_id).first()
        if suggestion is None or why not in Why.values:
            raise NoSuchDraft
        message = suggestion.message
        conversations.tell(message.thread_id, Event.Kind.SET_ASIDE_DRAFT, at=at, by=by, message=message)
        decision = _decided(Verb.DISMISS, message.thread, suggestion=suggestion, message=message, by=by, at=at, why=why)
        ledger.append("dismissed", about=decision, by=by.pk, at=at, why=why)
    return decision


def resolve(thread_id: int, *, by: Colleague, at: datetime) -> Decision:
    """Close a thread that needs no answer. Raises NoSuchThread."""
    with transaction.atomic():
        thread = conversations.resolve(thread_id, by=by, at=at)
        unanswered = threads.unanswered(thread.pk)
        decision = _decided(
            Verb.RESOLVE, thread, suggestion=None, message=unanswered[-1] if unanswered else None, by=by, at=at
        )
        ledger.append("resolved", about=decision, by=by.pk, at=at)
    return decision


def take_back(decision_id: int, *, by: Colleague, at: datetime) -> Decision:
    """Undo. What changed only here comes back at once; an answer only while it has not left: else raises TooLate.

    The words of an answer, with its files and whoever else got it, return to the composer of who takes it back.
    """
    with transaction.atomic():
        decision = Decision.objects.select_for_update().select_related("thread").filter(pk=decision_id).first()
        if decision is None or decision.taken_back_at is not None:
            raise TooLate
        if decision.verb == Verb.SEND:
            _stop(decision, by=by, at=at)
        elif decision.verb == Verb.RESOLVE:
            conversations.reopen(decision.thread_id, by=by, at=at)
        else:
            _refuse_where_decided_again(decision)
            changed("thread", decision.thread_id)
        decision.taken_back_at = at
        decision.save(update_fields=["taken_back_at"])
        ledger.append("taken back", about=decision, by=by.pk, at=at, verb=decision.verb)
    return decision


def came_back(message_id: int) -> int:
    """Note at the answer before that its customer wrote again; how many outcomes learned of it (0 or 1)."""
    message = Message.objects.filter(pk=message_id, kind=Message.Kind.IN).first()
    if message is None:
        return 0
    # By the replies and not by the decisions' thread: a merged thread has the answers of both.
    replies = Message.objects.filter(thread=message.thread_id, decision_id__isnull=False).values("decision_id")
    last = (
        Decision.objects.filter(pk__in=replies, verb=Verb.SEND, taken_back_at=None, at__lt=message.at)
        .order_by("-at", "-pk")
        .first()
    )
    if last is None:
        return 0
    return Outcome.objects.filter(decision=last, came_back_at=None).update(came_back_at=message.at)


def _whose(
    thread: Thread, words: str, by: Colleague, suggestion_id: int | None
) -> tuple[Suggestion | None, wording.Whose]:
    """Whose words these are, and the draft that this answer decides.

    Without a choice, and where nothing of the chosen draft is left, every draft of the thread is held against them:
    a machine's words stay its words when they were set aside or sent before. One that was sent cannot be decided anew.
    """
    chosen = _chosen(thread, suggestion_id) if suggestion_id is not None else None
    told = lifecycle.whose_words(chosen, words, thread=thread, by=by, chosen=True) if chosen else wording.OWN_WORDS
    if told.how == How.OWN_WORDS and (taken := lifecycle.taken_over(thread, words, by=by)) is not None:
        chosen, told = taken
        if chosen.decisions.filter(verb=Verb.SEND, taken_back_at=None).exists():
            chosen = None
    return chosen, told


def _chosen(thread: Thread, suggestion_id: int) -> Suggestion:
    chosen = Suggestion.objects.drafts().filter(message__thread=thread, pk=suggestion_id).first()
    if chosen is None or chosen.decisions.filter(verb=Verb.SEND, taken_back_at=None).exists():
        raise NoSuchDraft
    return chosen


def _decided(
    verb: Verb,
    thread: Thread,
    *,
    suggestion: Suggestion | None,
    message: Message | None,
    by: Colleague,
    at: datetime,
    why: str = "",
) -> Decision:
    try:
        with transaction.atomic():
            return Decision.objects.create(
                verb=verb, thread=thread, suggestion=suggestion, message=message, by=by, at=at, why=why
            )
    except IntegrityError:
        # The database says "once": somebody decided this suggestion in the very same moment.
        raise AlreadyDecided from None


def _stop(decision: Decision, *, by: Colleague, at: datetime) -> None:
    mail = post.of_decision(decision.pk)
    if mail is None or not outbox.take_back(mail.outgoing_id, at=at):
        raise TooLate
    reply = Message.objects.get(decision_id=decision.pk)
    conversations.take_back_reply(reply.pk, by=by, at=at)
    company = effects.company_of(reply)
    typed = conversations.Addresses(*(", ".join(box) for box in (company.to, company.cc, company.bcc)))
    conversations.remember_words(reply.thread_id, by=by, words=reply.body, at=at, addresses=typed)
    files.give_back(reply, by=by)


def _refuse_where_decided_again(decision: Decision) -> None:
    others = Decision.objects.filter(suggestion=decision.suggestion, taken_back_at=None).exclude(pk=decision.pk)
    if others.exists():
        raise AlreadyDecided

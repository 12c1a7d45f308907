"""A customer's message is understood and, where that is allowed and possible, drafted. Runs in the worker.

What a message says is material, never an instruction: it is compared with articles, and every sentence of a draft is
an article's, stands in an earlier answer of ours that may serve others (`learning.py`), or is said by code of the
sender's own order (`order_facts.py`). The handler may run twice, even at once: rows are unique, and thinking is
outside the transaction.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import Any

import numpy as np
from django.db import transaction

from courtesy.consent.purposes import Purpose
from courtesy.consent.queries import permission
from courtesy.conversations import actions as conversations
from courtesy.conversations import queries as threads
from courtesy.conversations.models import Event, Message
from courtesy.desk import learning, order_facts
from courtesy.desk.lifecycle import actions as lifecycle
from courtesy.desk.lifecycle.models import WORDS_ALONE, Suggestion
from courtesy.desk.order_facts import Fact
from courtesy.desk.topics import TOPICS
from courtesy.jobs.moments import moment
from courtesy.knowledge.index import Knowledge, knowledge
from courtesy.science.drafting import Draft, DraftSentence, NoDraft, draft
from courtesy.science.encoders import Encoder, FloatArray
from courtesy.science.folding import fold
from courtesy.science.text import asked, headline
from courtesy.science.topics import Topic, Topics

Source = Callable[[Message], Sequence[Fact]]

FACTS: tuple[Source, ...] = (order_facts.of_sender,)
"""Where facts about the one who writes come from: what the records say of their orders."""


@dataclass(frozen=True)
class Thought:
    """What the machine made of one message."""

    words: dict[str, Any]
    reason: str
    topic: Topic | None
    model: str
    took_ms: int


def consider(*, message_id: int, at: datetime) -> None:
    """Read one message (handler of "message-stored"): note who came back, file a belief and a draft, or why not."""
    message = (
        Message.objects.select_related("thread__person", "person").filter(pk=message_id, kind=Message.Kind.IN).first()
    )
    if message is None or message.automatic or message.thread.apart:
        return
    lifecycle.came_back(message.pk)
    if Suggestion.objects.filter(message=message).exists():
        return
    refusal = refused(message, at=at)
    thought = Thought({}, refusal, None, "", 0) if refusal else thought_of(message, at=at)
    moment("consider: thought")
    _file(message, thought, at=at)
    moment("consider: committed")


def warm_up(*, at: datetime) -> None:
    """Read the articles and learn the topics before the first message comes: a newcomer's first draft must not wait."""
    known = knowledge()
    if known.encoder is not None:
        _topics(known.encoder)


def refused(message: Message, *, at: datetime) -> str:
    """Why no machine may read this message, as a name in `lifecycle.queries.NO_DRAFT`; empty where it may."""
    if message.thread.events.filter(kind=Event.Kind.LOOK_AGAIN).exists():
        return "look_again"
    if message.thread.messages.filter(person_only=True).exists():
        return "person_only"
    # Who wrote it, and whose thread it is: several people may write in one.
    people = {person.pk: person for person in (message.person, message.thread.person) if person is not None}
    if not all(permission(person, Purpose.SERVICE, at).allowed for person in people.values()):
        return "no_permission"
    return ""


def facts_about(message: Message, sources: Sequence[Source] = FACTS) -> tuple[Fact, ...]:
    """What may be said to this customer about themselves. Nothing where the sender of the message may be forged.

    The one way for such facts into a draft: whoever only claims an address must not be told what another bought.
    """
    if message.person is None or not threads.sender_is_verified(message):
        return ()
    return tuple(fact for source in sources for fact in source(message))


def said_in(body: str) -> str:
    """What somebody says in a message, without what they quote and sign; all of it where they do nothing else."""
    return "".join(piece.text for piece in fold(body) if piece.kind == "said").strip() or body


def think(body: str, *, subject: str = "", facts: Sequence[Fact] = (), where: learning.Where | None = None) -> Thought:
    """Find, draft and name the topic: from these words, the articles and the facts alone. Writes nothing.

    With ``where``, earlier answers may say what the articles leave open. Facts are said first, and are a draft alone
    where nothing else is found.
    """
    started = perf_counter()
    known = knowledge()
    if not subject:
        subject, body = headline(body)
    query = asked(subject, body) or body
    vector = _read(known.encoder, query)
    found = known.index.search(query, vector)
    told = draft(body, found, known.passages, encoder=known.encoder, subject=subject)
    earlier = learning.Helped(told, {})
    if where is not None:
        earlier = learning.helped(told, body, subject=subject, known=known, where=where)
        told = earlier.told
    topic = None if vector is None or known.encoder is None else _topics(known.encoder).read(vector)
    words = _words(told, known, earlier.origin, sureness=found.sureness)
    if facts:
        words |= {"sentences": [*_facts(facts), *words.get("sentences", [])], "left_out": words.get("left_out", [])}
    return Thought(
        words=words,
        reason=told.reason if isinstance(told, NoDraft) and not facts else "",
        topic=topic,
        model=known.encoder.name if known.encoder else WORDS_ALONE,
        took_ms=int((perf_counter() - started) * 1000),
    )


def thought_of(message: Message, *, at: datetime, before: datetime | None = None) -> Thought:
    """What the machine makes of this message; with ``before``, of answers that were given before then alone.

    Then nothing is said of orders either: today's facts would be told as those of that day.
    """
    # What was answered in this very thread is no source: it is there to be read, and may be what is asked about.
    where = learning.Where(at=at, apart_from=message.thread_id, before=before)
    facts = facts_about(message) if before is None else ()
    return think(said_in(message.body), subject=_own_subject(message), facts=facts, where=where)


def _file(message: Message, thought: Thought, *, at: datetime) -> None:
    arrived = message.events.order_by("pk").values_list("pk", flat=True).first() or 0
    with transaction.atomic():
        # It may have been merged or split off while we thought.
        thread_id = Message.objects.filter(pk=message.pk).values_list("thread_id", flat=True).first() or 0
        try:
            conversations.hold(thread_id, unanswered_since=arrived)
        except conversations.AlreadyAnswered:
            return  # somebody was quicker; a draft would only be in their way
        except conversations.NoSuchThread:
            return  # erased while we thought
        if thought.model and (late := refused(message, at=at)):
            # They said no while the machine was thinking: what it thought is not kept.
            thought = Thought({}, late, None, "", 0)
        if thought.topic is not None:
            lifecycle.file_belief(
                message_id=message.pk,
                kind="topic",
                value=thought.topic.name or "",
                reasons=[thought.topic.nearest] if thought.topic.name else [],
                score=round(thought.topic.probability, 3),
                model=thought.model,
                at=at,
            )
        lifecycle.file_suggestion(
            message_id=message.pk,
            words=thought.words,
            reason=thought.reason,
            model=thought.model,
            at=at,
            took_ms=thought.took_ms,
        )
        moment("consider: written")


def _own_subject(message: Message) -> str:
    """The subject the customer gave; empty for one we made of the message's own first words, and for later messages."""
    thread = message.thread
    is_first = not thread.messages.filter(pk__lt=message.pk).exists()
    return thread.subject if is_first and thread.subject != conversations.first_words(message.body) else ""


def _words(told: Draft | NoDraft, known: Knowledge, origin: Mapping[int, int], *, sureness: float) -> dict[str, Any]:
    """The draft as it is stored: sentences by reference to their passage, with the quote; nothing about anybody."""
    titles = {row.article_id: row.title for row in known.rows.values()}
    words: dict[str, Any] = {
        "score": round(told.score, 3),
        "sureness": round(sureness, 3),
        "candidates": [
            {"article_id": one.article_id, "title": titles[one.article_id], "score": round(one.score, 3)}
            for one in told.candidates
        ],
    }
    if isinstance(told, Draft):
        words["sentences"] = [_stored(sentence, known, origin) for sentence in told.sentences]
        words["left_out"] = list(told.left_out)
    return words


def _facts(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """What the records say, as sentences of a draft that stand on an order (``order``) instead of a passage."""
    stands_on = {"article_id": 0, "quote": "", "public": False}
    return [
        {"text": text, "passage_id": -fact.order_id, "title": fact.number, "order": fact.order_id} | stands_on
        for fact in facts
        for text in fact.sentences
    ]


def _stored(sentence: DraftSentence, known: Knowledge, origin: Mapping[int, int]) -> dict[str, Any]:
    """A sentence with what it stands on: a passage of an article, or (``earlier``) a message of ours."""
    stored = {"text": sentence.text, "passage_id": sentence.passage_id, "quote": sentence.quote}
    if sentence.passage_id in origin:
        earlier = origin[sentence.passage_id]
        return stored | {"article_id": 0, "title": "", "public": False, "earlier": earlier}
    row = known.rows[sentence.passage_id]
    return stored | {"article_id": row.article_id, "title": row.title, "public": row.public}


def _read(encoder: Encoder | None, text: str) -> FloatArray | None:
    return None if encoder is None or not text.strip() else np.asarray(encoder.encode([text])[0], dtype=np.float32)


_topics_of: dict[str, Topics] = {}


def _topics(encoder: Encoder) -> Topics:
    """The shop's topics as this encoder reads them; learned once a process, in about a third of a second."""
    if encoder.name not in _topics_of:
        _topics_of[encoder.name] = _learned(encoder)
    return _topics_of[encoder.name]


def _learned(encoder: Encoder) -> Topics:
    pairs = [(name, example) for name, own in TOPICS.items() for example in (name, *own)]
    names, examples = [name for name, _ in pairs], [example for _, example in pairs]
    return Topics(names, examples, encoder.encode(examples))

"""What earlier answers teach, in the worker: sentences are learned by their place, and drafts take what is left open.

Nothing of an answer is copied. At every use its words are read anew from where they stand, permission is asked again,
and both gates of `science.reusable` are passed again: an objection, an erasure or a changed article works at once.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.db.models import Exists, OuterRef, Q

from courtesy.consent import queries as consent
from courtesy.consent.purposes import Purpose
from courtesy.conversations.models import Message
from courtesy.desk.lifecycle.models import Decision, Replayed
from courtesy.desk.teaching import Teaching, names_in, teachable, teaching
from courtesy.desk.vouching import READ, Place, vouched
from courtesy.knowledge.actions import learning as shelf
from courtesy.knowledge.index import Earlier, Knowledge, earlier, knowledge
from courtesy.knowledge.models import EarlierAnswer, EarlierPassage
from courtesy.knowledge.queries import EarlierRow
from courtesy.privacy import keys
from courtesy.science.drafting import MOST_SENTENCES, Draft, DraftSentence, NoDraft, asks_of
from courtesy.science.earlier import BESIDE_AN_ARTICLE, BY_ITSELF, Near, begun_large, nearest
from courtesy.science.encoders import Encoder, FloatArray
from courtesy.science.giveaways import Held, gives_away, held_by
from courtesy.science.reusable import (
    FEWEST_PEOPLE,
    IN_LIKE_WORDS,
    Articles,
    Said,
    people_told,
)
from courtesy.science.spans import harmless, stands_alone, text_at
from courtesy.science.text import asked, language_of

SETTLED = timedelta(minutes=1)
"""An answer this young may still be taken back."""
AT_ONCE = 100
MOST_AT_A_TIME = 2000
MOST_COMPARED = 40
"""Like sentences that are looked at for other people who were told the same."""
Standing = EarlierPassage.Standing
VOUCHED = frozenset({Standing.ARTICLE, Standing.PEOPLE})
MAY_BE_HELPED = frozenset({"nothing_close", "not_sure", "nothing_known"})
"""Reasons for no draft (`lifecycle.queries.NO_DRAFT`) where an earlier answer may still say something."""


@dataclass(frozen=True)
class Library:
    """What the articles hold and say, for both gates; made anew when an article changes."""

    edition: int
    held: Held
    articles: Articles


@dataclass(frozen=True)
class Helped:
    """A draft with what earlier answers said to it; ``origin`` has the message behind each of their passages."""

    told: Draft | NoDraft
    origin: dict[int, int]


@dataclass(frozen=True)
class Where:
    """From when and where earlier answers may be taken: never from this thread, and only from before that moment."""

    at: datetime
    apart_from: int | None = None
    before: datetime | None = None


def catch_up(*, at: datetime) -> int:
    """On schedule: learn what was not learned yet, and forget what may not teach any more. How many were looked at.

    Runs after imports, after answers and after an objection alike; running twice changes nothing. Without an encoder
    nothing is learned, since nothing could be found.
    """
    reads = knowledge().encoder
    if reads is None:
        return 0
    refusing = consent.refusing(Purpose.IMPROVE, at)
    may = teachable(refusing)
    gone = EarlierAnswer.objects.exclude(Exists(may.filter(pk=OuterRef("message_id"))))
    shelf.forget(list(gone.values_list("message_id", flat=True)))
    Replayed.objects.filter(Q(question__person__in=refusing) | Q(question__thread__person__in=refusing)).delete()
    looked_at = 0
    while looked_at < MOST_AT_A_TIME:
        seen = EarlierAnswer.objects.filter(message_id=OuterRef("pk"), encoder=reads.name)
        left = may.filter(at__lt=at - SETTLED).exclude(Exists(seen)).select_related("thread__person")
        some = list(left.order_by("-pk")[:AT_ONCE])
        if not some:
            break
        with keys.scope():
            _learn(some, reads, at=at)
        looked_at += len(some)
    _weigh(reads, at=at)
    return looked_at


def held_back(asks: Sequence[str], body: str, *, subject: str, where: Where) -> list[Place]:
    """For each of these questions that one would answer: the sentence that only lacks a voucher, and nothing nearer."""
    reads, past = knowledge().encoder, earlier()
    whole = asked(subject, body) or body
    if reads is None or not asks or not past.places or language_of(whole) not in READ:
        return []
    return _Picking(past, _library(knowledge()), where).waiting_for(asks, whole, reads)


def helped(told: Draft | NoDraft, body: str, *, subject: str, known: Knowledge, where: Where) -> Helped:
    """A draft, completed by earlier answers where articles leave a question open; the draft as it was where none helps.

    Articles always come first. Where none is sure, an earlier answer must be nearer to begin a draft by itself.
    """
    if known.encoder is None or (isinstance(told, NoDraft) and told.reason not in MAY_BE_HELPED):
        return Helped(told, {})
    open_asks = list(told.left_out) if isinstance(told, Draft) else asks_of(subject, body)
    whole = asked(subject, body) or body
    past = earlier()
    if not open_asks or not past.places or language_of(whole) not in READ:
        return Helped(told, {})
    least = BESIDE_AN_ARTICLE if isinstance(told, Draft) else BY_ITSELF
    picked = _Picking(past, _library(known), where).for_all(open_asks, whole, known.encoder, least=least)
    had = told.sentences if isinstance(told, Draft) else ()
    texts = {sentence.text for sentence in had}
    more: dict[str, tuple[DraftSentence, int]] = {}
    answered = set()
    for ask, (sentence, message_id) in picked.items():
        if sentence.text in more or (sentence.text not in texts and len(had) + len(more) < MOST_SENTENCES):
            more[sentence.text] = (sentence, message_id)
            answered.add(ask)
    alone = isinstance(told, NoDraft)
    if not more or (alone and len(answered) * 2 < len(open_asks)):
        return Helped(told, {})
    left_out = tuple(ask for ask in open_asks if ask not in answered)
    sentences = had + tuple(sentence for sentence, _ in more.values())
    return Helped(
        Draft(sentences, told.score, told.candidates, left_out),
        {sentence.passage_id: message_id for sentence, message_id in more.values()},
    )


class _Picking:
    """One look into what was learned: words are read and permission is asked once a message."""

    def __init__(self, past: Earlier, library: Library, where: Where) -> None:
        self._past, self._library, self._where = past, library, where
        self._known: dict[int, Teaching | None] = {}
        self._names: dict[int, frozenset[str]] = {}
        self._vouched: frozenset[Place] = frozenset()
        self._standings: dict[int, str] = {}

    def for_all(
        self, asks: Sequence[str], whole: str, reads: Encoder, *, least: float
    ) -> dict[str, tuple[DraftSentence, int]]:
        """For each of these questions that one answers: a sentence, and the message it stands in."""
        picked = {}
        for ask, some in self._near(asks, whole, reads, least=least):
            found = next((text for one in some if (text := self._may_serve(one.place))), None)
            if found is not None:
                picked[ask] = found
        return picked

    def waiting_for(self, asks: Sequence[str], whole: str, reads: Encoder) -> list[Place]:
        """The sentences that would answer these questions, if somebody vouched for them."""
        held: list[Place] = []
        for _, some in self._near(asks, whole, reads, least=BESIDE_AN_ARTICLE):
            for one in some:
                if self._may_serve(one.place):
                    break
                if self.standing(one.place) == Standing.WAITS:
                    held.append(_place(self._past.places[one.place]))
                    break
        return list(dict.fromkeys(held))

    def standing(self, place: int) -> str:
        """Who vouches for a sentence, as `EarlierPassage.Standing`; UNKNOWN where it may not teach just now."""
        if place not in self._standings:
            self._standings[place] = self._standing(place)
        return self._standings[place]

    def _standing(self, place: int) -> str:
        said = self._said(place)
        if said is None:
            return Standing.UNKNOWN
        if not stands_alone(said.text):
            return Standing.LEANS
        if language_of(said.text) not in READ:
            return Standing.OTHER
        if self._library.articles.vouching(said) is not None:
            return Standing.ARTICLE
        return Standing.PEOPLE if self._people(place, said) >= FEWEST_PEOPLE else Standing.WAITS

    def like(self, place: int) -> list[int]:
        """The places near this one, itself among them: what may be the same saying."""
        near = self._past.near(self._past.rows[place], most=MOST_COMPARED, least=IN_LIKE_WORDS)
        return [other for other, _ in near]

    def load(self, places: Collection[int]) -> None:
        """Read what these places need, in a few questions to the database."""
        self._load(places)

    def _near(self, asks: Sequence[str], whole: str, reads: Encoder, *, least: float) -> list[tuple[str, list[Near]]]:
        rows = np.asarray(reads.encode([whole, *asks]), dtype=np.float32)
        near = [nearest(row, rows[0], self._past.rows, least=least) for row in rows[1:]]
        self._load([one.place for some in near for one in some])
        return list(zip(asks, near, strict=True))

    def _may_serve(self, place: int) -> tuple[DraftSentence, int] | None:
        row = self._past.places[place]
        standing = self.standing(place)
        if standing not in VOUCHED and not (standing == Standing.WAITS and _place(row) in self._vouched):
            return None
        said = self._said(place)
        if said is None:
            return None
        text = begun_large(said.text)
        # Below nought, since passages of articles count from one.
        return DraftSentence(text, -row.passage_id, text), row.message_id

    def _said(self, place: int) -> Said | None:
        """The sentence as it stands now; None where it may not teach, is not there, or would give somebody away."""
        row = self._past.places[place]
        teacher = self._known.get(row.message_id)
        if teacher is None:
            return None
        text = text_at(teacher.message.body, row.start, row.end)
        if not text or gives_away(text, held=self._library.held, names=self._names[row.message_id]):
            return None
        return Said(text, teacher.to, self._past.rows[place])

    def _people(self, place: int, said: Said) -> int:
        others = [other for other in self.like(place) if other != place]
        self._load(others)
        like = [one for other in others if (one := self._said(other)) is not None]
        return people_told(said, like)

    def _load(self, places: Collection[int]) -> None:
        wanted = {self._past.places[place].message_id for place in places} - self._known.keys()
        if not wanted:
            return
        where = self._where
        found = teaching(wanted, at=where.at, apart_from=where.apart_from, before=where.before)
        self._known |= {number: found.get(number) for number in wanted}
        self._names |= names_in([one.message for one in found.values()])
        self._vouched |= vouched(found.keys())


def _learn(messages: Sequence[Message], reads: Encoder, *, at: datetime) -> None:
    library, names = _library(knowledge()), names_in(messages)
    drafted = _drafted_for(messages)
    found = {
        one.pk: [
            span
            for span in harmless(one.body, held=library.held, names=names[one.pk])
            # What an article says already, or the machine said first, is nothing a colleague taught.
            if not library.articles.holds(span.text) and _even(span.text) not in drafted.get(one.pk, ())
        ]
        for one in messages
    }
    spans = [(number, span) for number, those in found.items() for span in those]
    rows: Sequence[FloatArray] = list(reads.encode([span.text for _, span in spans])) if spans else []
    learned: dict[int, list[shelf.Place]] = {one.pk: [] for one in messages}
    for (number, span), row in zip(spans, rows, strict=True):
        learned[number].append(shelf.Place(span.start, span.end, row))
    shelf.learn(learned, encoder=reads.name, at=at)


def _weigh(reads: Encoder, *, at: datetime) -> None:
    """Note who vouches for what was learned since, and anew for what waits where an article changed."""
    known, past = knowledge(), earlier()
    at_place = {row.passage_id: place for place, row in enumerate(past.places)}
    left = shelf.stale(reads.name, edition=known.edition, most=MOST_AT_A_TIME)
    for start in range(0, len(left), AT_ONCE):
        some = [at_place[number] for number in left[start : start + AT_ONCE] if number in at_place]
        with keys.scope():
            picking = _Picking(past, _library(known), Where(at=at))
            picking.load({other for place in some for other in picking.like(place)})
            standings = {past.places[place].passage_id: picking.standing(place) for place in some}
            # Who vouches for this one vouches for the other too: that one was weighed while it stood alone.
            for place in some:
                if standings[past.places[place].passage_id] == Standing.PEOPLE:
                    standings |= {
                        past.places[other].passage_id: picking.standing(other) for other in picking.like(place)
                    }
        shelf.weigh(standings, edition=known.edition)


def _place(row: EarlierRow) -> Place:
    return row.message_id, row.start, row.end


def _drafted_for(messages: Sequence[Message]) -> dict[int, frozenset[str]]:
    """The sentences that a machine had drafted for these answers."""
    by_decision = {one.decision_id: one.pk for one in messages if one.decision_id}
    rows = Decision.objects.filter(pk__in=by_decision, suggestion__isnull=False).select_related("suggestion")
    return {
        by_decision[one.pk]: frozenset(_even(row["text"]) for row in one.suggestion.words.get("sentences", ()))
        for one in rows
        if one.suggestion is not None
    }


def _even(text: str) -> str:
    return " ".join(text.split()).casefold()


_held: list[Library] = []


def _library(known: Knowledge) -> Library:
    if not _held or _held[0].edition != known.edition:
        _held[:] = [_shelved(known)]
    return _held[0]


def _shelved(known: Knowledge) -> Library:
    told, rows = [], []
    for row in known.rows.values():
        texts = row.text.split("\n")
        told += [(row.article_id, sentence) for sentence in texts]
        if known.encoder is not None and row.vector is not None:
            kept = np.frombuffer(row.vector, dtype="<f4").reshape(-1, known.encoder.dimensions)
            rows += list(kept[1:] if len(kept) == len(texts) + 1 else np.repeat(kept[:1], len(texts), axis=0))
    table = np.stack(rows) if rows and len(rows) == len(told) else None
    return Library(known.edition, held_by(row.text for row in known.rows.values()), Articles(told, table))

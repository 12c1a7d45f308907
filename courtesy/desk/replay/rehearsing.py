"""The latest questions are drafted once more, in the worker. Nothing of it leaves, and nobody is told but this page."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from courtesy.consent.purposes import Purpose
from courtesy.consent.queries import permission
from courtesy.conversations.queries.pairs import Pair, pairs
from courtesy.desk import intake, learning
from courtesy.desk.lifecycle.models import Replay, Replayed
from courtesy.desk.vouching import Place
from courtesy.jobs.actions import changed
from courtesy.jobs.moments import moment
from courtesy.privacy import keys
from courtesy.science.drafting import asks_of

LATEST = 50
SAID_NO, PERSON = "said no", "asked for a person"


def rehearse(*, replay_id: int, at: datetime) -> None:
    """Handler of "replay-asked", in the worker: draft the latest questions, each as if it came when it came.

    A draft sees neither its own thread's answer nor any that was given later. Begun again, it goes on where it was.
    """
    replay = Replay.objects.filter(pk=replay_id, ended_at=None).first()
    if replay is None:
        return
    chosen, left_out = _chosen(pairs(latest=LATEST), at=at)
    with transaction.atomic():
        Replay.objects.filter(pk=replay.pk).update(total=len(chosen), left_out=left_out)
        changed("replay", replay.pk)
    done = set(replay.pairs.values_list("question_id", flat=True))
    model = replay.model
    for place, pair in enumerate(chosen, start=1):
        if pair.question.pk not in done:
            model = _draft(replay, place, pair, at=at) or model
    with transaction.atomic():
        # Questions that went meanwhile are not waited for.
        there = Replayed.objects.filter(replay=replay).count()
        Replay.objects.filter(pk=replay.pk).update(ended_at=at, model=model, total=there)
        changed("replay", replay.pk)


def _chosen(those: Sequence[Pair], *, at: datetime) -> tuple[list[Pair], dict[str, int]]:
    """The pairs that may be drafted once more, and how many may not, by the reason."""
    chosen: list[Pair] = []
    left_out: dict[str, int] = {}
    for pair in those:
        why = _why_not(pair, at=at)
        if why:
            left_out[why] = left_out.get(why, 0) + 1
        else:
            chosen.append(pair)
    return chosen, left_out


def _why_not(pair: Pair, *, at: datetime) -> str:
    refusal = intake.refused(pair.question, at=at)
    if refusal == "no_permission":
        return SAID_NO
    if refusal:
        return PERSON
    people = {one.pk: one for one in (pair.question.person, pair.question.thread.person) if one is not None}
    return "" if all(permission(one, Purpose.IMPROVE, at).allowed for one in people.values()) else SAID_NO


def _draft(replay: Replay, place: int, pair: Pair, *, at: datetime) -> str:
    with keys.scope():
        thought = intake.thought_of(pair.question, at=at, before=pair.question.at)
        held = _held_back(pair, thought, at=at)
    moment("replay: thought")
    try:
        with transaction.atomic():
            Replayed.objects.get_or_create(
                replay=replay,
                question_id=pair.question.pk,
                defaults={
                    "place": place,
                    "answer_id": pair.answer.pk,
                    "words": thought.words | ({"waits": held} if held else {}),
                    "reason": thought.reason,
                    "took_ms": thought.took_ms,
                },
            )
            changed("replay", replay.pk)
    except IntegrityError:
        return ""  # erased while we thought
    return thought.model


def _held_back(pair: Pair, thought: intake.Thought, *, at: datetime) -> list[Place]:
    """Where the sentences stand that this draft would have had, if somebody vouched for them."""
    question = pair.question
    body, subject = intake.said_in(question.body), question.thread.subject
    if thought.reason and thought.reason not in learning.MAY_BE_HELPED:
        return []
    asks = asks_of(subject, body) if thought.reason else thought.words.get("left_out", [])
    where = learning.Where(at=at, apart_from=question.thread_id, before=question.at)
    return learning.held_back(asks, body, subject=subject, where=where)

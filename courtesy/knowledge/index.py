"""What drafts are looked up in, in the worker's memory until an article changes. Imports numpy: never from a view."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np

from courtesy.knowledge import queries
from courtesy.knowledge.actions import encode_passages
from courtesy.knowledge.encoding import encoder
from courtesy.science.encoders import Encoder, FloatArray
from courtesy.science.passages import PassageText
from courtesy.science.retrieval import Index


@dataclass(frozen=True)
class Knowledge:
    """All passages, ready to be asked: the index, the same passages by id, and their rows with slug and audience."""

    edition: int
    index: Index
    passages: Mapping[int, PassageText]
    rows: Mapping[int, queries.PassageRow]
    encoder: Encoder | None


AT_ONCE = 64
"""Passages read while a message waits; the rest of a large import is read by its own jobs and found then."""

MOST_EARLIER = 20_000
"""Sentences of earlier answers that are held in memory, the newest: 30 MB."""


@dataclass(frozen=True)
class Earlier:
    """What was learned from earlier answers: places of sentences, and a row for each. Their words stand elsewhere."""

    edition: int
    places: Sequence[queries.EarlierRow]
    rows: FloatArray

    def near(self, row: FloatArray, *, most: int, least: float) -> list[tuple[int, float]]:
        """The nearest sentences: their place in ``places`` and how near, from ``least`` on, the nearest first."""
        if not self.places:
            return []
        likeness = self.rows @ np.asarray(row, dtype=np.float32)
        best = np.argsort(-likeness, kind="stable")[:most]
        return [(int(place), float(likeness[place])) for place in best if likeness[place] >= least]


_held: list[Knowledge] = []
_held_earlier: list[Earlier] = []
_one_at_a_time = Lock()


def knowledge() -> Knowledge:
    """What the shop knows as it stands now; built anew only when an article changed since the last call."""
    with _one_at_a_time:  # the warm-up and the first message ask at the same moment
        now = queries.edition()
        if _held and _held[0].edition == now:
            return _held[0]
        reads = encoder()
        if reads is not None and encode_passages(reads, most=AT_ONCE):
            now = queries.edition()
        _held[:] = [_built(queries.passages_for_drafting(), now, reads)]
        return _held[0]


def earlier() -> Earlier:
    """What was learned from earlier answers, as it stands now; nothing without an encoder."""
    with _one_at_a_time:
        now, reads = queries.earlier_edition(), encoder()
        if not _held_earlier or _held_earlier[0].edition != now:
            places = queries.earlier_passages(reads.name, most=MOST_EARLIER) if reads is not None else []
            rows = [np.frombuffer(one.vector, dtype="<f4") for one in places]
            _held_earlier[:] = [Earlier(now, places, np.stack(rows) if rows else np.empty((0, 0), dtype=np.float32))]
        return _held_earlier[0]


def _built(rows: list[queries.PassageRow], edition: int, reads: Encoder | None) -> Knowledge:
    vectors = None
    if reads is not None:
        rows = [one for one in rows if one.vector is not None and one.encoder == reads.name]
        vectors = [np.frombuffer(one.vector or b"", dtype="<f4").reshape(-1, reads.dimensions) for one in rows]
    texts = [PassageText(one.passage_id, one.article_id, one.title, one.heading, one.text) for one in rows]
    return Knowledge(
        edition=edition,
        index=Index(texts, vectors),
        passages={one.passage_id: one for one in texts},
        rows={one.passage_id: one for one in rows},
        encoder=reads,
    )

"""What drafts are looked up in, in the worker's memory until an article changes. Imports numpy: never from a view."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

import numpy as np

from courtesy.knowledge import queries
from courtesy.knowledge.actions import encode_passages
from courtesy.knowledge.encoding import encoder
from courtesy.science.encoders import Encoder
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

_held: list[Knowledge] = []
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

"""What drafts are looked up in, in the worker's memory until an article changes. Imports numpy: never from a view."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np

from courtesy.knowledge import queries
from courtesy.knowledge.actions import encode_passages
from courtesy.knowledge.encoding import called, encoder, encoders
from courtesy.science.encoders import Encoder, FloatArray
from courtesy.science.passages import PassageText
from courtesy.science.retrieval import Index


@dataclass(frozen=True)
class Knowledge:
    """All passages, ready to be asked: the index, the same passages by id, and their rows with slug and audience.

    ``encoder`` is the one whose readings the index holds. ``english`` reads English a second time where the shop has
    several languages; what it made of passages is in `PassageRow.beside`.
    """

    edition: int
    index: Index
    passages: Mapping[int, PassageText]
    rows: Mapping[int, queries.PassageRow]
    encoder: Encoder | None
    english: Encoder | None = None


AT_ONCE = 64
"""Passages read while a message waits; the rest of a large import is read by its own jobs and found then."""

MOST_EARLIER = 20_000
"""Sentences of earlier answers that are held in memory, the newest: 30 MB."""


@dataclass(frozen=True)
class Earlier:
    """What was learned from earlier answers: places of sentences, and a row for each. Their words stand elsewhere."""

    edition: int
    encoder: str
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
_wanted: list[Encoder | None] = []
_held_earlier: list[Earlier] = []
_one_at_a_time = Lock()


def knowledge() -> Knowledge:
    """What the shop knows as it stands now; built anew only when an article changed since the last call.

    While the shop's encoder has not read everything yet, another that has read everything goes on serving.
    """
    with _one_at_a_time:  # the warm-up and the first message ask at the same moment
        wanted = encoder()
        known = _held[0] if _held else None
        if known is None or known.edition != queries.edition() or _wanted != [wanted]:
            reads = _reading(wanted)
            _wanted[:] = [wanted]
            _held[:] = [_built(reads, queries.edition())]
        return _held[0]


def earlier() -> Earlier:
    """What was learned from earlier answers, as it stands now; nothing without an encoder."""
    reads = knowledge().encoder
    name = reads.name if reads is not None else ""
    with _one_at_a_time:
        now = queries.earlier_edition()
        if not _held_earlier or (_held_earlier[0].edition, _held_earlier[0].encoder) != (now, name):
            places = queries.earlier_passages(name, most=MOST_EARLIER) if name else []
            rows = [np.frombuffer(one.vector, dtype="<f4") for one in places]
            table = np.stack(rows) if rows else np.empty((0, 0), dtype=np.float32)
            _held_earlier[:] = [Earlier(now, name, places, table)]
        return _held_earlier[0]


def _reading(wanted: Encoder | None) -> Encoder | None:
    """Who reads now: the wanted one, or while it is not through yet, one that is."""
    if wanted is None:
        return None
    how_far = queries.progress(wanted.name)
    if how_far.is_done:
        return wanted
    through = [name for name, read in queries.read_by().items() if read >= how_far.total]
    meanwhile = next((one for name in through if (one := called(name)) is not None), None)
    if meanwhile is None:
        encode_passages(wanted, most=AT_ONCE)
    return meanwhile or wanted


def _built(reads: Encoder | None, edition: int) -> Knowledge:
    vectors, english = None, None
    if reads is None:
        rows = queries.passages_for_drafting()
    else:
        second = encoders().english
        english = second if second is not None and second.name != reads.name else None
        all_rows = queries.passages_for_drafting(reads.name, beside=english.name if english else "")
        rows = [one for one in all_rows if one.vector is not None]
        vectors = [np.frombuffer(one.vector or b"", dtype="<f4").reshape(-1, reads.dimensions) for one in rows]
    texts = [PassageText(one.passage_id, one.article_id, one.title, one.heading, one.text) for one in rows]
    return Knowledge(
        edition=edition,
        index=Index(texts, vectors),
        passages={one.passage_id: one for one in texts},
        rows={one.passage_id: one for one in rows},
        encoder=reads,
        english=english,
    )

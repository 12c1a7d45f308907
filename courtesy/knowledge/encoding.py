"""The encoders of the shop, for the worker only: asking for one loads numpy, which the web process never does.

Which one reads is a matter of the shop's languages (`science.encoders.choosing`), asked anew at every call: when the
owner adds a language, the worker reads with the other encoder from the next message on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings

from courtesy.science.cutting import cut
from courtesy.science.encoders.choosing import MINILM, MULTILINGUAL, READS, beside, which
from courtesy.staff import queries as staff

if TYPE_CHECKING:
    from courtesy.knowledge.remembering import Remembering
    from courtesy.science.encoders import Encoder, FloatArray

_loaded: "dict[str, Remembering | None]" = {}
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Encoders:
    """What reads for the shop: ``first`` reads everything, ``english`` reads English texts a second time beside it.

    ``first`` is None where no weights are there; ``english`` where none helps, or its weights are missing.
    """

    first: "Encoder | None"
    english: "Encoder | None"


def encoder() -> "Encoder | None":
    """The encoder for the shop's languages; the other one where its weights are absent; None without any.

    Loaded once a process. With None, words alone are compared.
    """
    wanted = which(staff.shop().languages)
    other = MINILM if wanted == MULTILINGUAL else MULTILINGUAL
    return called(wanted) or called(other)


def encoders() -> Encoders:
    """The shop's encoder, and the one that reads English texts beside it."""
    first = encoder()
    name = beside(staff.shop().languages)
    second = called(name) if name else None
    return Encoders(first, None if second is first else second)


def read(texts: Sequence[str]) -> "FloatArray | None":
    """A row a text by the shop's encoder, each read once and cut to what was said last; None without an encoder."""
    reads = encoder()
    return None if reads is None else reads.encode([cut(text) for text in texts])


def keep_read(*, at: datetime) -> int:
    """On schedule, in the worker: what was read goes into the table, so that a restart reads nothing anew; how many."""
    return sum(one.keep(at=at) for one in list(_loaded.values()) if one is not None)


def called(name: str) -> "Encoder | None":
    """The encoder of this name, loaded when it is first asked for; None where its weights are absent."""
    if name not in READS:
        return None
    with _one_at_a_time:
        if name not in _loaded:
            _loaded[name] = _load(name)
        return _loaded[name]


def _load(name: str) -> "Remembering | None":
    # Late, since views import `actions`, which imports this file: up to 150 MB that only the worker pays.
    from courtesy.knowledge.remembering import Remembering  # noqa: PLC0415
    from courtesy.science.encoders import WeightsTrouble  # noqa: PLC0415

    try:
        if name == MULTILINGUAL:
            from courtesy.science.encoders.multilingual import Multilingual  # noqa: PLC0415

            return Remembering(Multilingual(settings.COURTESY.weights_dir))
        from courtesy.science.encoders.minilm import MiniLM  # noqa: PLC0415

        return Remembering(MiniLM(settings.COURTESY.weights_dir))
    except WeightsTrouble:
        return None

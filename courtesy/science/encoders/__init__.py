"""Encoders turn text into arrays: one small interface, one file an encoder; `choosing.py` says which one a shop needs.

Numpy is not imported here: the web process asks which encoder reads, and never reads itself.

Exceptions: WeightsTrouble > WeightsDiffer (not the file we know), NotBuilt (nothing finished in that folder).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float32]
else:
    FloatArray = Any


class WeightsTrouble(Exception):
    """The encoder cannot be had; Courtesy then works with another one, or with words alone."""


class WeightsDiffer(WeightsTrouble):
    """The weights file is not the one whose hash we know; nothing was built from it."""


class NotBuilt(WeightsTrouble):
    """The folder holds nothing finished of this encoder; its ``build`` makes it."""


class Encoder(Protocol):
    """Something that reads short texts as points; near points mean like things."""

    @property
    def name(self) -> str:
        """Which encoder made a vector; vectors of different names are never compared."""
        ...

    @property
    def dimensions(self) -> int:
        """How long each row is."""
        ...

    @property
    def languages(self) -> frozenset[str]:
        """The languages it reads well, as "en"; texts in others have rows too, and mean less."""
        ...

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """One unit row (float32) a text, in the order given; the same text always gives the same bits."""
        ...

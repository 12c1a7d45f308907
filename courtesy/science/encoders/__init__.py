"""Encoders turn text into arrays: one small interface, one file an encoder.

A second encoder (other languages, say) is a second file here with the same three names.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]


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

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """One unit row (float32) a text, in the order given; the same text always gives the same bits."""
        ...

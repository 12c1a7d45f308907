"""What a message is about: the nearest of the shop's own topics, or honestly none of them.

Method: nearest centroid on the encoder's rows (the language anchor, section 2: .76 to .88 with five examples a
topic, .50 to .75 from the names alone), the topic's own name being one more example; one temperature for
all, fitted by leaving each example out of its own centroid (Guo et al. 2017, "On Calibration of Modern
Neural Networks", arXiv 1706.04599); *unknown* where no topic is likely or no example is near.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from courtesy.science.encoders import FloatArray

LIKELY = 0.6  # below, unknown is the more honest answer: on half A of shop-fern 18 of 19 named are right from here on
NEAR = 0.4  # the nearest example’s cosine; below, the message is like nothing anybody showed
TEMPERATURES = np.geomspace(0.02, 0.5, 40)


@dataclass(frozen=True)
class Topic:
    """A topic with its probability and the example it resembles most; ``name`` is None for unknown."""

    name: str | None
    probability: float
    nearest: str
    likeness: float


class Topics:
    """The shop's topics, learned from a few examples each; ``vectors`` are the examples' rows, in order.

    ``names[i]`` is the topic of ``examples[i]``; give each topic's own name as one of its examples.
    """

    def __init__(self, names: Sequence[str], examples: Sequence[str], vectors: FloatArray) -> None:
        if not len(names) == len(examples) == len(vectors):
            raise ValueError("one name and one vector an example")
        self._examples = list(examples)
        self._topics = sorted(set(names))
        self._labels = np.array([self._topics.index(name) for name in names], dtype=np.int64)
        self._vectors = np.atleast_2d(np.asarray(vectors, dtype=np.float64))
        members = self._labels[:, None] == np.arange(len(self._topics))
        self._sizes = members.sum(axis=0)
        self._sums = members.T.astype(np.float64) @ self._vectors
        self._temperature = self._fitted()

    def read(self, vector: FloatArray) -> Topic:
        """The belief for one message's row; unknown where nothing known is near."""
        if not self._topics:
            return Topic(None, 0.0, "", 0.0)
        row = np.asarray(vector, dtype=np.float64).reshape(-1)
        shares = _shares(_unit(self._sums) @ row, self._temperature)
        best, near = int(np.argmax(shares)), self._vectors @ row
        nearest = int(np.argmax(near))
        known = shares[best] >= LIKELY and near[nearest] >= NEAR
        name = self._topics[best] if known else None
        return Topic(name, float(shares[best]), self._examples[nearest], float(near[nearest]))

    def _fitted(self) -> float:
        """The temperature under which each example, left out of its centroid, is least surprising."""
        logits = []
        for number, label in enumerate(self._labels):
            if self._sizes[label] > 1:
                sums = self._sums.copy()
                sums[label] -= self._vectors[number]
                logits.append((_unit(sums) @ self._vectors[number], label))
        if not logits:
            return 0.1
        surprise = [
            -sum(np.log(_shares(logit, heat)[label] + 1e-12) for logit, label in logits) for heat in TEMPERATURES
        ]
        return float(TEMPERATURES[int(np.argmin(surprise))])


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1.0))


def _shares(logits: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    raised = np.exp((logits - logits.max()) / temperature)
    return np.asarray(raised / raised.sum())

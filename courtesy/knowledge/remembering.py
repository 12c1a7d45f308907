"""Nothing is read twice: what an encoder made of a text is remembered, in the worker's memory and then in a table.

The table holds no words. A row is found under a keyed digest of the text and opens with a key made of the text itself,
so that it tells nothing to whoever has the table, nor to the house once the text is erased. Imports numpy: worker only.
"""

from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock

import numpy as np
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from courtesy.knowledge.models import KeptReading
from courtesy.privacy import keys
from courtesy.privacy.sealing import NONCE_BYTES, blind_indexes
from courtesy.science.encoders import Encoder, FloatArray

MOST_AT_HAND = 2_000
"""Readings held in memory, 4 MB; the next worker finds them in the table."""
MOST_KEPT = 20_000
KEPT_FOR = timedelta(days=30)
AT_ONCE = 400
# A key closes one reading only, the same one whenever it is made: there is nothing to tell apart.
NONCE = bytes(NONCE_BYTES)


class Remembering:
    """An encoder that reads each text once: what it read before is looked up. Else like the one it stands for."""

    def __init__(self, reads: Encoder) -> None:
        self.name, self.dimensions, self.languages = reads.name, reads.dimensions, reads.languages
        self._reads = reads
        self._at_hand: OrderedDict[bytes, FloatArray] = OrderedDict()
        self._unkept: dict[bytes, tuple[bytes, FloatArray]] = {}
        self._one_at_a_time = Lock()

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """One unit row a text, as the encoder gives it; only texts that were not read yet are read."""
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        marks = self._marks(texts)
        rows: dict[bytes, FloatArray] = {}
        with self._one_at_a_time:
            rows |= {mark: self._at_hand[mark] for mark, _ in marks if mark in self._at_hand}
        rows |= self._kept([one for one in dict(marks).items() if one[0] not in rows])
        new = {mark: place for place, (mark, _) in enumerate(marks) if mark not in rows}
        if new:
            read = self._reads.encode([texts[place] for place in new.values()])
            rows |= dict(zip(new, read, strict=True))
        with self._one_at_a_time:
            for mark, key in marks:
                self._at_hand[mark] = rows[mark]
                self._at_hand.move_to_end(mark)
                if mark in new:
                    self._unkept[mark] = (key, rows[mark])
            while len(self._at_hand) > MOST_AT_HAND:
                self._at_hand.popitem(last=False)
            while len(self._unkept) > MOST_KEPT:
                del self._unkept[next(iter(self._unkept))]
        return np.stack([rows[mark] for mark, _ in marks])

    def keep(self, *, at: datetime) -> int:
        """Write what was read since the last time into the table; how many readings. No reader waits for this."""
        with self._one_at_a_time:
            some, self._unkept = self._unkept, {}
        KeptReading.objects.bulk_create(
            [
                KeptReading(digest=mark, sealed=AESGCM(key).encrypt(NONCE, _bytes(row), mark), read_at=at)
                for mark, (key, row) in some.items()
            ],
            batch_size=AT_ONCE,
            ignore_conflicts=True,
        )
        return len(some)

    def _marks(self, texts: Sequence[str]) -> list[tuple[bytes, bytes]]:
        """For each text the digest it is found under, and the key that opens its reading."""
        named = [f"{self.name} {sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}" for text in texts]
        with keys.scope():
            digests = blind_indexes(named, "knowledge.keptreading.digest")
            return list(zip(digests, blind_indexes(named, "knowledge.keptreading.sealed"), strict=True))

    def _kept(self, marks: Sequence[tuple[bytes, bytes]]) -> dict[bytes, FloatArray]:
        key_of, found = dict(marks), {}
        wanted = list(key_of)
        for start in range(0, len(wanted), AT_ONCE):
            rows = KeptReading.objects.filter(digest__in=wanted[start : start + AT_ONCE])
            for digest, sealed in rows.values_list("digest", "sealed"):
                mark = bytes(digest)
                with suppress(InvalidTag):  # what does not open is read anew
                    found[mark] = np.frombuffer(AESGCM(key_of[mark]).decrypt(NONCE, bytes(sealed), mark), dtype="<f4")
        return found


def forget_old(*, at: datetime) -> int:
    """On schedule: readings older than a month go, and beyond the newest twenty thousand; how many went."""
    gone, _ = KeptReading.objects.filter(read_at__lt=at - KEPT_FOR).delete()
    oldest = KeptReading.objects.order_by("-pk").values_list("pk", flat=True)[MOST_KEPT : MOST_KEPT + 1].first()
    if oldest is not None:
        gone += KeptReading.objects.filter(pk__lte=oldest).delete()[0]
    return gone


def _bytes(row: FloatArray) -> bytes:
    return row.astype("<f4").tobytes()

"""What makes a row the same row: its order and what it says, and the how-manieth of its like it is in the file.

The place in the file is no part of it: half of a file and the whole one, in any order, come to the same rows.
"""

from hashlib import blake2b

from courtesy.records.stores.rows import GivenBack, Sale

WHOLE = 0  # the mark of money given back for an order as a whole; there is one of them an order


class Marks:
    """The marks of one file's rows, in its order. It remembers each mark (some 80 bytes a row) to tell equal rows."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._again: dict[int, int] = {}

    def of(self, entry: Sale | GivenBack) -> int:
        """The mark of the next row."""
        said = f"{entry.number}\0{entry.sku}\0{entry.quantity}\0{entry.amount}".encode()
        mark = _number(said)
        if mark not in self._seen:
            self._seen.add(mark)
            return mark
        times = self._again[mark] = self._again.get(mark, 0) + 1
        return _number(b"%s\0%d" % (said, times))


def _number(said: bytes) -> int:
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big", signed=True) or 1

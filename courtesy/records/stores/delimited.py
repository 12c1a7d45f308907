"""Rows of a text table, one after another: nothing in it can make one row as large as the file."""

import csv
import io
from collections.abc import Iterator
from typing import IO

from courtesy.records.stores.rows import RawRow, Rejected, Why

LONGEST_LINE = 200_000  # letters; an order with every address and note has a few thousand
LONGEST_CELL = 100_000


class _Lines:
    """The lines of a stream for the reader below; one that is too long is passed over and counted."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        self.number = 0
        self.too_long: list[int] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        while True:
            line = self._stream.readline(LONGEST_LINE)
            if not line:
                raise StopIteration
            self.number += 1
            if len(line) < LONGEST_LINE or line.endswith("\n"):
                return line
            while line and not line.endswith("\n"):
                line = self._stream.readline(LONGEST_LINE)
            self.too_long.append(self.number)


def rows(stream: IO[bytes], *, encoding: str, delimiter: str) -> Iterator[RawRow]:
    """Line number and cells of each row, the heading first; blank lines are none.

    A row whose cells are not as many as the heading's, a line that is too long and a quotation that never ends are
    each given as rejected; the next row is read as if nothing had been.
    """
    csv.field_size_limit(LONGEST_CELL)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter)
    width: int | None = None
    while True:
        began = lines.number + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            yield Rejected(began, Why.QUOTE)
            continue
        while lines.too_long:
            yield Rejected(lines.too_long.pop(0), Why.TOO_LONG)
        if cells is None:
            break
        if not cells or (len(cells) == 1 and not cells[0].strip()):
            continue
        if width is None:
            width = len(cells)
        if len(cells) != width:
            yield Rejected(began, Why.CELLS)
        else:
            yield began, cells
    text.detach()

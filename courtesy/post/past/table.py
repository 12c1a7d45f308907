"""Reads a table (CSV): its delimiter and letters found out, every row that is none named by its line."""

import csv
from collections import deque
from collections.abc import Iterator
from datetime import tzinfo
from typing import IO

from courtesy.post.past.columns import Columns
from courtesy.post.past.letters import Letters, NotRead, Trouble, Unreadable, Why
from courtesy.post.past.lines import LONGEST_LINE, SAMPLE, Line, encoding_of, lines_of
from courtesy.post.past.rows import letters_of

MOST_COLUMNS = 200
DELIMITERS = ",;\t|"
MOST_LINES_OF_A_ROW = 5_000

csv.field_size_limit(LONGEST_LINE)


def header(file: IO[bytes]) -> tuple[list[str], list[dict[str, str]]]:
    """The names of the columns, and the first rows. Raises NotRead where the file is no table."""
    sample = file.read(SAMPLE)
    file.seek(0)
    encoding = encoding_of(sample)
    delimiter = delimiter_of(sample.decode(encoding, "replace"))
    rows = _Rows(file, encoding, delimiter)
    names = rows.names()
    found = []
    for _line, cells in rows:
        if isinstance(cells, list):
            found.append(dict(zip(names, cells, strict=False)))
        if len(found) == 20:
            break
    return names, found


def letters(file: IO[bytes], columns: Columns, *, us: str, zone: tzinfo) -> Letters:
    """The letters of all rows, in their order. Raises NotRead where the columns say too little."""
    if columns.missing:
        raise NotRead(Trouble.COLUMNS_UNKNOWN)
    sample = file.read(SAMPLE)
    file.seek(0)
    encoding = encoding_of(sample)
    rows = _Rows(file, encoding, delimiter_of(sample.decode(encoding, "replace")))
    names = rows.names()
    for line, cells in rows:
        if isinstance(cells, Why):
            yield Unreadable(line, cells)
        elif len(cells) != len(names) and any(cells[len(names) :] or [len(cells) < len(names)]):
            yield Unreadable(line, Why.ANOTHER_NUMBER_OF_COLUMNS)
        elif any(cells):
            yield from letters_of(line, dict(zip(names, cells, strict=False)), columns, us=us, zone=zone)


def delimiter_of(text: str) -> str:
    """What stands between the cells: what cuts the first line into most of them, outside of quotation marks."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=lambda one: len(next(csv.reader([first], delimiter=one), [])))


class _Rows:
    """The rows of a table with the line where each begins; what is no row is a `Why`."""

    def __init__(self, file: IO[bytes], encoding: str, delimiter: str) -> None:
        self.lines = lines_of(file, encoding)
        self.again: deque[Line] = deque()
        self.delimiter = delimiter

    def names(self) -> list[str]:
        """The first row. Raises NotRead."""
        for _line, cells in self:
            if isinstance(cells, Why):
                raise NotRead(Trouble.NO_TABLE, 1)
            if any(cells):
                names = [cell.strip() for cell in cells]
                if len(set(names)) != len(names) or len(names) < 2:
                    raise NotRead(Trouble.NO_TABLE, 1)
                return names
        raise NotRead(Trouble.EMPTY)

    def __iter__(self) -> Iterator[tuple[int, list[str] | Why]]:
        while (line := self._next()) is not None:
            if line.text is None:
                yield line.number, Why.LINE_TOO_LONG
            else:
                yield line.number, self._cells(line)

    def _next(self) -> Line | None:
        return self.again.popleft() if self.again else next(self.lines, None)

    def _cells(self, first: Line) -> list[str] | Why:
        """The cells of a row, which may go on over several lines."""
        taken, never_ends = [first], False

        def lines() -> Iterator[str]:
            nonlocal never_ends
            yield f"{first.text}\n"
            size = 0
            while len(taken) <= MOST_LINES_OF_A_ROW and size <= LONGEST_LINE:
                line = self._next()
                if line is None:
                    break
                taken.append(line)
                if line.text is None:
                    break
                size += len(line.text)
                yield f"{line.text}\n"
            never_ends = True

        try:
            cells = next(csv.reader(lines(), delimiter=self.delimiter), [])
        except csv.Error:
            cells, never_ends = [], True
        if never_ends:
            # A quotation mark that is never closed must not swallow the rest of the file: only this line is left out.
            self.again.extendleft(reversed(taken[1:]))
            return Why.QUOTE_NEVER_CLOSED
        return Why.TOO_MANY_COLUMNS if len(cells) > MOST_COLUMNS else cells

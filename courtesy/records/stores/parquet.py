"""Rows of a Parquet file, a thousand at a time. arro3 reads it: inside this process, offline, and lazily."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from courtesy.records.stores.refusals import Bomb, NotATable
from courtesy.records.stores.rows import RawRow
from courtesy.records.stores.source import OnDisk, Source

if TYPE_CHECKING:
    from arro3.core import RecordBatchReader

MOST_ROWS = 50_000_000
MOST_COLUMNS = 2000
_STDERR = 2


def headings(source: Source) -> tuple[str, ...]:
    """The names of its columns. Raises NotATable."""
    with _told(source):
        return tuple(_opened(source).schema.names)


def count(source: Source) -> int:
    """How many rows it has, every one of them unpacked once. Raises NotATable, and Bomb for more than any shop has."""
    number = 0
    with _told(source):
        table = _opened(source)
        too_large = len(table.schema.names) > MOST_COLUMNS
        for some in table:
            number += some.num_rows
            too_large = too_large or number > MOST_ROWS
            if too_large:
                break
    if too_large:
        raise Bomb(f"{source.name} holds far more rows or columns than a table of orders would; nothing was read in.")
    return number


def rows(source: Source) -> Iterator[RawRow]:
    """Number (the first row is 1) and cells of each row, as the file types them. Raises NotATable."""
    number = 0
    with _told(source):
        for some in _opened(source):
            for cells in zip(*(column.to_pylist() for column in some.columns), strict=True):
                number += 1
                yield number, cells


def _opened(source: Source) -> "RecordBatchReader":
    # Late: only a Parquet file needs it.
    from arro3.io import read_parquet  # noqa: PLC0415

    # What it prints of a damaged file has pieces of the file in it.
    kept, nothing = os.dup(_STDERR), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, _STDERR)
        return read_parquet(str(source.path) if isinstance(source, OnDisk) else source.open())
    finally:
        os.dup2(kept, _STDERR)
        os.close(kept)
        os.close(nothing)


@contextmanager
def _told(source: Source) -> Iterator[None]:
    """A damaged file is told in a sentence; what the reader says of it is not handed on."""
    try:
        yield
    except (GeneratorExit, KeyboardInterrupt, NotATable, Bomb):
        raise
    except BaseException as trouble:
        # It panics over some damages, which is no Exception.
        if isinstance(trouble, Exception) or type(trouble).__name__ == "PanicException":
            raise NotATable(
                f"{source.name} is a damaged Parquet file, or one that is locked.", code="DamagedParquet"
            ) from None
        raise

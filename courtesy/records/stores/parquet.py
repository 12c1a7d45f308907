"""Rows of a Parquet file, in pieces. DuckDB reads it: inside this process, alone with this file, offline."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from courtesy.records.stores.refusals import Bomb, NotATable
from courtesy.records.stores.rows import RawRow

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

AT_ONCE = 4000
MOST_ROWS = 50_000_000
MOST_COLUMNS = 2000
# It asks nobody for extensions, opens no other file, and keeps to its memory.
ALONE: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "192MB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "temp_directory": "",
}


def headings(path: Path) -> tuple[str, ...]:
    """The names of its columns. Raises NotATable."""
    with _opened(path) as table:
        return tuple(row[0] for row in table.execute("describe select * from read_parquet(?)", [str(path)]).fetchall())


def count(path: Path) -> int:
    """How many rows it says it has. Raises NotATable, and Bomb for more than any shop has."""
    with _opened(path) as table:
        found = table.execute("select num_rows from parquet_file_metadata(?)", [str(path)]).fetchone()
        columns = table.execute("select count(*) from (describe select * from read_parquet(?))", [str(path)]).fetchone()
    number = int(found[0]) if found else 0
    if number > MOST_ROWS or (columns and columns[0] > MOST_COLUMNS):
        raise Bomb(f"{path.name} says it has {number} rows; that is more than the orders of a shop.")
    return number


def rows(path: Path) -> Iterator[RawRow]:
    """Number (the first row is 1) and cells of each row, as the file types them. Raises NotATable."""
    with _opened(path) as table:
        found = table.execute("select * from read_parquet(?)", [str(path)])
        number = 0
        while some := found.fetchmany(AT_ONCE):
            for cells in some:
                number += 1
                yield number, cells


class _opened:
    """A database in memory that may read this one file; what DuckDB says of a damaged one is not handed on."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> "DuckDBPyConnection":
        # Late: it takes 60 MB and a third of a second, and only a Parquet file needs it.
        import duckdb  # noqa: PLC0415

        self._wrong = duckdb.Error
        self._table = duckdb.connect(":memory:", config=ALONE)
        self._table.execute("set allowed_paths = [?]", [str(self._path)])
        self._table.execute("set enable_external_access = false")
        self._table.execute("set lock_configuration = true")
        return self._table

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, where: object) -> None:
        self._table.close()
        if isinstance(error, self._wrong):
            raise NotATable(f"{self._path.name} is a damaged Parquet file, or one that is locked.") from None

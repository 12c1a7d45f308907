"""Reads JSON lines: an object a line; what is within an object is reached by "question.body"."""

import json
from collections.abc import Mapping
from datetime import tzinfo
from typing import IO, Any

from courtesy.post.past.columns import Columns
from courtesy.post.past.letters import Letters, NotRead, Trouble, Unreadable, Why
from courtesy.post.past.lines import SAMPLE, encoding_of, lines_of
from courtesy.post.past.rows import letters_of

MOST_COLUMNS = 200
LOOKED_AT = 50


def header(file: IO[bytes]) -> tuple[list[str], list[dict[str, str]]]:
    """The names in the first lines, and those lines. Raises NotRead where none of them is an object."""
    sample = file.read(SAMPLE)
    names: dict[str, None] = {}
    rows = []
    for text in sample.decode(encoding_of(sample), "replace").splitlines()[:LOOKED_AT]:
        row = _row(text)
        if isinstance(row, dict):
            rows.append(row)
            names |= dict.fromkeys(row)
    if not rows:
        raise NotRead(Trouble.NO_TABLE if sample.strip() else Trouble.EMPTY)
    return list(names)[:MOST_COLUMNS], rows


def letters(file: IO[bytes], columns: Columns, *, us: str, zone: tzinfo) -> Letters:
    """The letters of all lines, in their order. Raises NotRead where the columns say too little."""
    if columns.missing:
        raise NotRead(Trouble.COLUMNS_UNKNOWN)
    start = file.read(SAMPLE)
    file.seek(0)
    for line in lines_of(file, encoding_of(start)):
        if line.text is None:
            yield Unreadable(line.number, Why.LINE_TOO_LONG)
        elif line.text.strip():
            row = _row(line.text)
            if isinstance(row, Why):
                yield Unreadable(line.number, row)
            else:
                yield from letters_of(line.number, row, columns, us=us, zone=zone)


def _row(text: str) -> dict[str, str] | Why:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return Why.NOT_JSON
    if not isinstance(value, dict):
        return Why.NOT_AN_OBJECT
    row: dict[str, str] = {}
    _spread(value, "", row)
    return Why.TOO_MANY_COLUMNS if len(row) > MOST_COLUMNS else row


def _spread(value: Mapping[str, Any], before: str, into: dict[str, str], depth: int = 0) -> None:
    for name, inner in value.items():
        if isinstance(inner, dict) and depth < 3:
            _spread(inner, f"{before}{name}.", into, depth + 1)
        elif isinstance(inner, str | int | float):
            into[f"{before}{name}"] = str(inner)
        elif inner is None:
            into[f"{before}{name}"] = ""
        if len(into) > MOST_COLUMNS:
            return

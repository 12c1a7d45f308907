"""Reads an mbox: mails one after the other, each behind a line that begins with "From "."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import IO

from courtesy.post.channels.email import headers
from courtesy.post.past.letters import LARGEST, Letters, NotRead, PastLetter, Trouble, Unreadable, Why

PIECE = 64 * 1024
"""Bytes of a line that are read at once; a longer line comes in pieces, and is a line all the same."""

KEPT_OF_A_LARGE_ONE = 64_000

# "From ada@fern.example Thu Oct 02 12:10:41 2025", with a zone or without; whoever writes "From " in a mail writes no
# time and year behind it.
_BEGINS = re.compile(rb"From \S.{0,300}?\d{1,2}:\d\d(?::\d\d)?.{0,60}\d{4}\s*\Z")
_QUOTED = re.compile(rb">+From ")


def letters(file: IO[bytes]) -> Letters:
    """The mails of an mbox, in their order. Raises NotRead where it does not begin as one.

    Their lines end as on their way, so that a mail that comes again by IMAP is known by its bytes.
    """
    number, begun, size, too_large = 0, "", 0, False
    lines: list[bytes] = []
    blank, whole = True, True
    for line, is_whole in _lines(file):
        if whole and blank and line[:5] == b"From " and _BEGINS.match(line):
            if number:
                yield _letter(number, lines, begun, too_large=too_large)
            number, begun, lines, size, too_large = number + 1, line.decode("latin-1"), [], 0, False
        elif not number:
            if line.strip(b"\xef\xbb\xbf\r\n \t"):
                raise NotRead(Trouble.NO_MBOX, 1)
        else:
            size += len(line)
            too_large = too_large or size > LARGEST
            if not too_large or size <= KEPT_OF_A_LARGE_ONE:
                lines.append(_unquoted(line) if whole else line)
            elif sum(map(len, lines)) > KEPT_OF_A_LARGE_ONE:
                lines = [b"".join(lines)[:KEPT_OF_A_LARGE_ONE]]
        blank = whole and not line.strip(b"\r\n")
        whole = is_whole
    if not number:
        raise NotRead(Trouble.EMPTY)
    yield _letter(number, lines, begun, too_large=too_large)


def on_its_way(raw: bytes) -> bytes:
    """A mail with the line ends it has between servers."""
    return re.sub(rb"\r?\n", b"\r\n", raw)


def _lines(file: IO[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Lines, or pieces of very long ones, and whether the line ends here."""
    while piece := file.readline(PIECE):
        yield piece, piece.endswith(b"\n")


def _letter(number: int, lines: list[bytes], begun: str, *, too_large: bool) -> PastLetter | Unreadable:
    if lines and not lines[-1].strip(b"\r\n"):
        lines.pop()  # the empty line before the next mail is not part of this one
    raw = on_its_way(b"".join(lines))
    if too_large:
        return Unreadable(number, Why.TOO_LARGE, raw[:KEPT_OF_A_LARGE_ONE])
    return PastLetter(number, raw, came_at=_came_at(begun))


def _unquoted(line: bytes) -> bytes:
    return line[1:] if line[:1] == b">" and _QUOTED.match(line) else line


def _came_at(begun: str) -> datetime | None:
    words = begun.split()[2:]
    try:
        at = datetime.strptime(" ".join(words[:5]), "%a %b %d %H:%M:%S %Y")
    except ValueError:
        return headers.date(" ".join(words))
    return headers.date(at.strftime("%d %b %Y %H:%M:%S +0000"))

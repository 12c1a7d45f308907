"""Opens a mail: its headers and the pieces it is made of, numbered. Whatever the bytes are, something comes back.

An own reader of MIME's outer form (RFC 5322, 2045, 2046) rather than the standard library's: the numbers of the
pieces are kept in the database and must mean the same after an upgrade of Python, and its time must not explode
with nested or endless mails. `tests/post/channels/email/test_opening.py` compares the two.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from courtesy.post.channels.email import charsets, headers, transfer
from courtesy.post.channels.incoming import Mark

LARGEST = 64 * 1024 * 1024
MOST_PIECES = 250
DEEPEST = 10
_LARGEST_HEAD = 256 * 1024
_MOST_HEADERS = 1000

_END_OF_HEAD = re.compile(rb"\r?\n\r?(?:\n|\Z)")
_HEADER = re.compile(rb"([!-9;-~]{1,100})[ \t]*:[ \t]*(.*)", re.DOTALL)
_KIND = re.compile(r"([\w.+-]{1,60})/([\w.+-]{1,80})")
_GUESSED_BOUNDARY = re.compile(rb"^--([^\s-][^\r\n]{0,70}?)[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A mail or a piece of one. ``body`` is what it holds, ready to use, unless it is made of ``pieces``.

    ``number`` counts everything that could be a file; what only holds others together has 0.
    """

    number: int
    kind: str
    settings: dict[str, str]
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    pieces: tuple["Piece", ...] = ()
    marks: frozenset[str] = frozenset()

    def all(self, name: str) -> list[str]:
        """Every header of this name, small letters, the topmost first."""
        return [value for known, value in self.headers if known == name]

    def first(self, name: str) -> str:
        """The topmost header of this name; empty where there is none."""
        return next((value for known, value in self.headers if known == name), "")

    def walk(self) -> Iterator["Piece"]:
        """This piece and all within it, in order."""
        yield self
        for piece in self.pieces:
            yield from piece.walk()

    @property
    def disposition(self) -> str:
        """``attachment``, ``inline`` or something else; empty where nothing is said."""
        return headers.settings(self.first("content-disposition"))[0]

    @property
    def file_name(self) -> str:
        """The name its sender gave it, as written; it may hold anything."""
        given = headers.settings(self.first("content-disposition"))[1].get("filename") or self.settings.get("name", "")
        return headers.words(given)


@dataclass(slots=True)
class _Count:
    pieces: int = 0
    marks: set[str] = field(default_factory=set)


def opened(raw: bytes) -> Piece:
    """The mail in ``raw``. Its ``marks`` say what is cut or damaged."""
    count = _Count()
    if len(raw) > LARGEST:
        raw = raw[:LARGEST]
        count.marks.add(Mark.CUT)
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    mail = _piece(raw, count, depth=0, default="text/plain")
    return Piece(mail.number, mail.kind, mail.settings, mail.headers, mail.body, mail.pieces, frozenset(count.marks))


def _piece(raw: bytes, count: _Count, *, depth: int, default: str) -> Piece:
    if raw.startswith((b"From ", b">From ")):  # as a mailbox file begins a mail
        raw = raw.partition(b"\n")[2]
    head, body = _head_and_body(raw, count)
    said, settings = headers.settings(dict(reversed(head)).get("content-type", ""))
    kind = found[0] if (found := _KIND.match(said)) else default
    how = dict(reversed(head)).get("content-transfer-encoding", "")
    if kind.startswith("multipart/"):
        if depth < DEEPEST and (inner := _parts(body, settings.get("boundary", ""), count)):
            within = "message/rfc822" if kind == "multipart/digest" else "text/plain"
            pieces = tuple(_piece(part, count, depth=depth + 1, default=within) for part in inner)
            return Piece(0, kind, settings, head, pieces=pieces)
        count.marks.add(Mark.TOO_DEEP if depth >= DEEPEST else Mark.DAMAGED)
        kind = "text/plain"
    count.pieces += 1
    number = count.pieces
    data, damaged = transfer.undone(body, how)
    if damaged:
        count.marks.add(Mark.DAMAGED)
    if kind in ("message/rfc822", "message/global"):
        if depth < DEEPEST:
            mail = _piece(data, count, depth=depth + 1, default="text/plain")
            return Piece(number, "message/rfc822", settings, head, data, (mail,))
        count.marks.add(Mark.TOO_DEEP)
    return Piece(number, kind, settings, head, data)


def _head_and_body(raw: bytes, count: _Count) -> tuple[tuple[tuple[str, str], ...], bytes]:
    """The headers, names in small letters, and what follows. Lines among them that are no headers are passed over."""
    end = re.match(rb"\r?\n", raw) or _END_OF_HEAD.search(raw, 0, _LARGEST_HEAD)
    head, body = (raw[: end.start()], raw[end.end() :]) if end else (raw[:_LARGEST_HEAD], raw[_LARGEST_HEAD:])
    rows = head.split(b"\n")
    found: list[list[bytes]] = []
    names: list[str] = []
    strange: list[bytes] = []
    for row in rows:
        if row[:1] in (b" ", b"\t") and (found or strange):
            (strange if strange else found[-1]).append(row)
        elif (header := _HEADER.match(row)) and len(names) < _MOST_HEADERS:
            if strange:
                count.marks.add(Mark.DAMAGED)
                strange = []
            names.append(header[1].decode("ascii").lower())
            found.append([header[2]])
        elif row.strip():
            strange.append(row)
            if not names:
                break
    if not names:
        return (), raw[end.end() :] if end and end.start() == 0 else raw
    if strange:
        # Words that follow the headers without the empty line between.
        count.marks.add(Mark.DAMAGED)
        body = b"\n".join([*strange, b"", body])
    values = [charsets.read(b"".join(row.rstrip(b"\r") for row in rows))[0].strip() for rows in found]
    return tuple(zip(names, values, strict=True)), body


def _parts(body: bytes, boundary: str, count: _Count) -> list[bytes]:
    """What stands between the boundary's lines."""
    line = b"--" + boundary.rstrip().encode("utf-8", "replace")
    if not boundary.strip() or line not in body:
        guessed = _GUESSED_BOUNDARY.search(body, 0, _LARGEST_HEAD)
        if guessed is None:
            return []
        count.marks.add(Mark.DAMAGED)
        line = b"--" + guessed[1]
    parts: list[bytes] = []
    begin = -1
    at = body.find(line)
    while at >= 0:
        after = at + len(line)
        begins_row = at == 0 or body[at - 1 : at] == b"\n"
        # Looking for the end of the row for all that only looks like the line would take its time.
        end_of_row = body.find(b"\n", after) if begins_row else after
        end_of_row = len(body) if end_of_row < 0 else end_of_row
        if begins_row and (rest := body[after : min(end_of_row, after + 200)].strip()) in (b"", b"--"):
            if begin >= 0:
                parts.append(_without_last_break(body[begin:at]))
            begin = end_of_row + 1
            if rest == b"--":
                return parts
            if count.pieces + len(parts) >= MOST_PIECES:
                count.marks.add(Mark.TOO_MANY_PARTS)
                return parts
        at = body.find(line, after)
    # Nobody closed the last one: the mail was cut on its way.
    if 0 <= begin < len(body):
        count.marks.add(Mark.DAMAGED)
        parts.append(body[begin:])
    return parts


def _without_last_break(data: bytes) -> bytes:
    return data[:-2] if data.endswith(b"\r\n") else data[:-1] if data.endswith(b"\n") else data

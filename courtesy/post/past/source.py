"""Opens a file of the past whatever it is packed in, says which kind it is, and hands out its letters.

What is packed is unpacked in a stream, and no further than a letter of the shop could go: a small file that claims to
hold a hundred times what it weighs is refused when it has shown that it does.
"""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from typing import IO, Any, Literal, cast

from courtesy.post.channels.email.folders import SENT_NAMES
from courtesy.post.past import jsonl, maildir, mbox, table
from courtesy.post.past.columns import Columns, guessed
from courtesy.post.past.letters import LARGEST, Letters, NotRead, PastLetter, Trouble, Unreadable, Why
from courtesy.post.past.mbox import KEPT_OF_A_LARGE_ONE, on_its_way

Kind = Literal["mbox", "maildir", "jsonl", "csv", "mails"]

TIGHTEST = 200
"""Unpacked bytes for one packed byte; text packs to a tenth, a bomb to a thousandth."""

MOST_UNPACKED = 20_000_000_000
FREE = 10_000_000
"""Up to here nothing is asked: a small file may be as tight as it likes."""

MOST_IN_A_ZIP = 500_000


@dataclass(frozen=True)
class Past:
    """A file of the past: where it is, what it is, and for tables which columns it has."""

    path: Path | None
    file: IO[bytes] | None
    kind: Kind
    header: tuple[str, ...] = ()
    sample: tuple[dict[str, str], ...] = ()

    @property
    def columns(self) -> Columns:
        """What the columns most likely hold."""
        return guessed(self.header)

    def letters(self, columns: Columns | None = None, *, us: str = "", zone: tzinfo = UTC) -> Letters:
        """All letters, from the first on, each time anew. Raises NotRead."""
        if self.kind == "maildir":
            yield from maildir.letters(cast(Path, self.path))
            return
        with _opened(self.path, self.file) as file:
            if self.kind == "mails":
                yield from _in_zip(file)
            elif self.kind == "mbox":
                yield from mbox.letters(file)
            else:
                read = jsonl.letters if self.kind == "jsonl" else table.letters
                yield from read(file, columns or self.columns, us=us, zone=zone)


def look(path: Path | None = None, file: IO[bytes] | None = None) -> Past:
    """What lies there: a path, or a file that is open and can be gone through again. Raises NotRead."""
    if path is not None and path.is_dir():
        next(iter(maildir.letters(path)), None)
        return Past(path, None, "maildir")
    if path is not None and not path.is_file():
        raise NotRead(Trouble.NOT_THERE)
    with _opened(path, file) as opened:
        if isinstance(opened, _Zipped):
            return Past(path, file, "mails")
        start = opened.read(4096).lstrip(b"\xef\xbb\xbf\r\n \t")
    if not start:
        raise NotRead(Trouble.EMPTY)
    if start.startswith(b"From "):
        return Past(path, file, "mbox")
    kind: Kind = "jsonl" if start.startswith(b"{") else "csv"
    with _opened(path, file) as opened:
        names, rows = (jsonl if kind == "jsonl" else table).header(opened)
    return Past(path, file, kind, tuple(names), tuple(rows))


class _Zipped(io.BytesIO):
    """A folder of mails in a zip: not one file but many."""

    archive: zipfile.ZipFile


@contextmanager
def _opened(path: Path | None, file: IO[bytes] | None) -> Iterator[IO[bytes]]:
    """The bytes inside, unpacked; from the beginning. Raises NotRead."""
    own = path.open("rb") if path is not None else None
    outer = cast(IO[bytes], own or file)
    try:
        outer.seek(0)
        magic = outer.read(4)
        outer.seek(0)
        try:
            if magic[:2] == b"\x1f\x8b":
                yield cast(IO[bytes], _Guarded(gzip.GzipFile(fileobj=outer), outer))
            elif magic == b"PK\x03\x04":
                yield _unzipped(outer)
            else:
                yield outer
        except (
            gzip.BadGzipFile,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ) as trouble:
            if isinstance(trouble, RecursionError):
                raise
            raise NotRead(Trouble.PACKED_BADLY) from None
    finally:
        if own is not None:
            own.close()


def _unzipped(outer: IO[bytes]) -> IO[bytes]:
    archive = zipfile.ZipFile(outer)
    files = [one for one in archive.infolist() if not one.is_dir() and "__MACOSX" not in one.filename]
    if not files or len(files) > MOST_IN_A_ZIP:
        raise NotRead(Trouble.EMPTY if not files else Trouble.TOO_LARGE)
    if len(files) == 1:
        return cast(IO[bytes], _Guarded(_Again(archive, files[0]), outer))
    zipped = _Zipped()
    zipped.archive = archive
    return zipped


def _in_zip(file: IO[bytes]) -> Letters:
    archive = cast(_Zipped, file).archive
    files = [one for one in archive.infolist() if not one.is_dir() and "__MACOSX" not in one.filename]
    unpacked = 0
    for number, one in enumerate(files, start=1):
        with archive.open(one) as opened:
            raw = opened.read(LARGEST + 1)
        unpacked += len(raw)
        packed = sum(done.compress_size for done in files[:number]) if unpacked > FREE else 0
        if unpacked > FREE and (unpacked > TIGHTEST * max(packed, 1) or unpacked > MOST_UNPACKED):
            raise NotRead(Trouble.PACKED_TOO_TIGHTLY, number)
        if len(raw) > LARGEST:
            yield Unreadable(number, Why.TOO_LARGE, raw[:KEPT_OF_A_LARGE_ONE])
        else:
            sent = any(part.rpartition(".")[2].casefold() in SENT_NAMES for part in one.filename.split("/")[:-1])
            yield PastLetter(number, on_its_way(raw), from_sent=sent or None)


class _Again(io.RawIOBase):
    """A file in a zip, read from its beginning; what the readers seek is only that."""

    def __init__(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        self.archive, self.member = archive, member
        self.inner: Any = archive.open(member)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return int(self.inner.seek(offset, whence))

    def readinto(self, buffer: Any) -> int:
        return int(self.inner.readinto(buffer))


class _Guarded(io.BufferedReader):
    """Counts what comes out, against what went in. Raises NotRead where it is a bomb."""

    def __init__(self, inner: Any, outer: IO[bytes]) -> None:
        self.out = 0
        self.outer_size = outer.seek(0, io.SEEK_END)
        outer.seek(0)
        super().__init__(cast(io.RawIOBase, _Counted(inner, self)), 64 * 1024)

    def counted(self, number: int) -> None:
        """So many more bytes came out."""
        self.out += number
        if self.out > FREE and (self.out > TIGHTEST * max(self.outer_size, 1) or self.out > MOST_UNPACKED):
            raise NotRead(Trouble.PACKED_TOO_TIGHTLY)


class _Counted(io.RawIOBase):
    def __init__(self, inner: Any, guard: _Guarded) -> None:
        self.inner, self.guard = inner, guard

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self.guard.out = 0
        return int(self.inner.seek(offset, whence))

    def readinto(self, buffer: Any) -> int:
        number = int(self.inner.readinto(buffer) or 0)
        self.guard.counted(number)
        return number

"""Opens a file that somebody hands in, and looks at all of it before anything is written: what kind, which letters,
which delimiter, whose columns, how dates are written, and whether an archive is a bomb.
"""

import codecs
import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import IO, Any

from courtesy.records.stores import delimited, parquet
from courtesy.records.stores.mapped import Mapped
from courtesy.records.stores.online_retail import OnlineRetail
from courtesy.records.stores.refusals import (
    Bomb,
    ColumnsMissing,
    NoSuchFile,
    NotATable,
    NotUsable,
    WhichDates,
    WrongDelimiter,
    WrongEncoding,
)
from courtesy.records.stores.rows import Entry, Places, RawRow, Reader, Rejected, Why
from courtesy.records.stores.shopify import Shopify
from courtesy.records.stores.source import Source, source_of
from courtesy.records.stores.values import Manner, needs_an_order, which_first
from courtesy.records.stores.woocommerce import WooCommerce

PRESETS: dict[str, Reader] = {one.name: one for one in (WooCommerce(), Shopify(), OnlineRetail())}
AT_ONCE = 1 << 20
# A table of orders shrinks to a tenth or a twentieth; what shrinks more and is large was made to do harm.
LARGEST_RATIO, RATIO_COUNTS_FROM, LARGEST = 100, 64 << 20, 8 << 30
LOOKED_AT = 5000  # rows that decide how dates and decimals are written
DELIMITERS = (",", ";", "\t", "|")
_OFFICE = frozenset({"[Content_Types].xml", "content.xml"})  # what a workbook has inside
_NO_TABLES = (b"%PDF", b"{", b"[", b"<")


@dataclass(frozen=True)
class Told:
    """What the one who brings the file in says about it; empty where the file is to say."""

    preset: str = ""
    mapping: Mapping[str, str] | None = None
    encoding: str = ""
    delimiter: str = ""
    dates: str = ""  # "day-first" or "month-first"
    currency: str = "EUR"


@dataclass(frozen=True)
class Opened:
    """A file that was looked at: what it is, how it reads, and how many rows it has (a few more, where some break
    over lines). ``columns`` are our words and the file's headings for them.
    """

    source: Source
    digest: str
    kind: str
    rows: int
    headings: tuple[str, ...]
    columns: Mapping[str, str]
    reader: Reader
    places: Places
    manner: Manner
    encoding: str = ""
    delimiter: str = ""

    def entries(self) -> Iterator[Entry]:
        """Every row of it, from the beginning."""
        return self.reader.entries(self._raw(), self.places, self.manner)

    def _raw(self) -> Iterator[RawRow]:
        if self.kind == "parquet":
            yield from parquet.rows(self.source)
        else:
            with unpacked(self.source) as stream:
                yield from islice(delimited.rows(stream, encoding=self.encoding, delimiter=self.delimiter), 1, None)


def look(given: Path | Source, told: Told, *, zone: tzinfo) -> Opened:
    """Look at the whole file. Raises NotUsable, in one of its kinds, with what to do; no message repeats a cell."""
    source = source_of(given)
    if told.preset and told.preset not in PRESETS:
        raise NotUsable(f"There is no preset {told.preset}: {', '.join(PRESETS)}.")
    try:
        return _look(source, told, zone)
    except (FileNotFoundError, IsADirectoryError):
        raise NoSuchFile(f"There is no file {source.name}.") from None
    except PermissionError:
        raise NoSuchFile(f"{source.name} may not be read by this user.") from None
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError):
        raise NotATable(f"{source.name} is damaged: it cannot be unpacked to its end.", code="Damaged") from None


def _look(source: Source, told: Told, zone: tzinfo) -> Opened:
    with source.open() as file:
        begins = file.read(4)
    if begins == b"PAR1":
        digest, rows = _digest(source), parquet.count(source)
        headings = parquet.headings(source)
        encoding = delimiter = ""
        sample: list[RawRow] = list(islice(parquet.rows(source), LOOKED_AT))
        kind = "parquet"
    else:
        digest, rows, encoding = _read_through(source, told.encoding)
        delimiter = told.delimiter or _delimiter(source, encoding)
        with unpacked(source) as stream:
            first = list(islice(delimited.rows(stream, encoding=encoding, delimiter=delimiter), LOOKED_AT + 1))
        if first and isinstance(first[0], Rejected) and first[0].why is Why.TOO_LONG:
            raise NotATable(
                f"The first line of {source.name} is longer than any heading of a table of orders: "
                "are its columns and rows exchanged?",
                code="TooWide",
            )
        if not first or isinstance(first[0], Rejected):
            raise NotATable(f"{source.name} has no heading: its first line must name the columns.", code="NoHeading")
        rows = max(rows - 1, 0)  # without the heading
        headings, sample, kind = tuple(str(cell) for cell in first[0][1]), first[1:], "text"
    reader, columns = _whose(headings, told)
    places = Places({word: headings.index(heading) for word, heading in columns.items()})
    manner = Manner(
        currency=told.currency, zone=zone, day_first=_dates(sample, places, told), decimal_comma=_commas(sample, places)
    )
    return Opened(source, digest, kind, rows, headings, columns, reader, places, manner, encoding, delimiter)


@contextmanager
def unpacked(source: Source) -> Iterator[IO[bytes]]:
    """The bytes of the table, out of its .zip or .gz where it lies in one. Raises NotATable for a box of many."""
    with source.open() as file:
        begins = file.read(4)
        file.seek(0)
        if begins[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=file) as stream:
                yield stream  # type: ignore[misc]
        elif begins[:2] == b"PK":
            with zipfile.ZipFile(file) as box:
                inside = [
                    one for one in box.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")
                ]
                if any(one.filename in _OFFICE for one in inside):
                    raise _workbook(source.name)
                if len(inside) != 1:
                    raise NotATable(
                        f"{source.name} holds {len(inside)} files; hand in the one with the orders.",
                        code="ManyFiles", of=len(inside),
                    )  # fmt: skip
                if inside[0].flag_bits & 1:
                    raise NotATable(f"{source.name} is locked with a password; unpack it first.", code="Locked")
                with box.open(inside[0]) as stream:
                    yield stream
        else:
            yield file


def _digest(source: Source) -> str:
    with source.open() as file:
        digest = sha256()
        while part := file.read(AT_ONCE):
            digest.update(part)
        return digest.hexdigest()


def _size(source: Source) -> int:
    with source.open() as file:
        return file.seek(0, io.SEEK_END)


def _read_through(source: Source, encoding: str) -> tuple[str, int, str]:
    """Read all of a text once: its digest, how many lines, its encoding. Raises Bomb and WrongEncoding."""
    packed, out, lines, digest = _size(source), 0, 0, sha256()
    with unpacked(source) as stream:
        part = stream.read(AT_ONCE)
        if part.startswith(b"PAR1") or part.startswith(b"PK") or part.startswith(b"\xd0\xcf\x11\xe0"):
            raise _workbook(source.name)
        if part.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_NO_TABLES):
            raise NotATable(
                f"{source.name} is no table but a document, a web page or JSON: export the orders as CSV.",
                code="NoTable",
            )
        encoding = encoding or _by_its_mark(part)
        try:
            decoder = codecs.getincrementaldecoder(encoding)()
        except LookupError:
            raise WrongEncoding(f"There is no encoding {encoding}; usual ones are utf-8 and cp1252.") from None
        while part:
            out += len(part)
            if out > LARGEST or (out > RATIO_COUNTS_FROM and out > packed * LARGEST_RATIO):
                raise Bomb(f"{source.name} unpacks to far more than a table of orders would; nothing was read in.")
            digest.update(part)
            try:
                lines += decoder.decode(part).count("\n")
            except UnicodeDecodeError as trouble:
                lines += bytes(trouble.object[: trouble.start]).count(b"\n")
                raise _not_in(source.name, encoding, lines) from None
            except UnicodeError:
                raise _not_in(source.name, encoding, lines) from None
            part = stream.read(AT_ONCE)
    try:
        decoder.decode(b"", final=True)
    except UnicodeError:
        raise _not_in(source.name, encoding, lines) from None
    return digest.hexdigest(), lines, encoding


def _by_its_mark(part: bytes) -> str:
    if part.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Without a mark: of a heading in our letters every second byte is nothing.
    if part[:1] and part[1:2] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if part[:1] == b"\0" and part[1:2] else "utf-8-sig"


def _workbook(name: str) -> NotATable:
    return NotATable(
        f"{name} is a workbook or an archive inside an archive: save the sheet as CSV first.", code="Workbook"
    )


def _not_in(name: str, encoding: str, lines: int) -> WrongEncoding:
    told = encoding.removesuffix("-sig")
    other = "cp1252, as older programs on Windows write," if told == "utf-8" else "utf-8"
    return WrongEncoding(
        f"{name} is not written in {told}: its letters cannot be read from about line {lines + 1} on. "
        f"Export it as UTF-8, or say which encoding it has (usually {other} with --encoding).",
        of=lines + 1,
    )


def _delimiter(source: Source, encoding: str) -> str:
    """Of the usual ones that which cuts the heading into most cells. Raises WrongDelimiter where none cuts it."""
    with unpacked(source) as stream:
        first = stream.read(1 << 16).decode(encoding, errors="replace").lstrip("\r\n").splitlines()[:1]
    line = first[0] if first else ""
    if not line.strip("\ufeff \t"):
        raise NotATable(f"{source.name} has no heading: its first line must name the columns.", code="NoHeading")
    cells = {one: len(next(csv.reader([line], delimiter=one), [])) for one in DELIMITERS}
    best = max(DELIMITERS, key=lambda one: cells[one])
    if cells[best] < 2:
        raise WrongDelimiter(
            f"The first line of {source.name} is one single cell: its columns are divided by something else than "
            "a comma, a semicolon, a tab or a bar. Say by what, with --delimiter."
        )
    return best


def _plain(heading: str) -> str:
    return re.sub(r"[\s_]+", " ", heading.replace("\ufeff", "")).strip().casefold()


def _whose(headings: Sequence[str], told: Told) -> tuple[Reader, Mapping[str, str]]:
    """The reader, and which of its words stands under which heading. Raises ColumnsMissing."""
    reader: Reader = PRESETS[told.preset] if told.preset else Mapped()
    by_name: dict[str, str] = {}
    for heading in headings:
        by_name.setdefault(_plain(heading), heading)
    columns: dict[str, str] = {}
    for word, known in reader.columns.items():
        found = next((by_name[_plain(one)] for one in known if _plain(one) in by_name), None)
        if found is not None:
            columns[word] = found
    for word, heading in (told.mapping or {}).items():
        if word not in reader.columns:
            raise NotUsable(f"There is no {word} in an order; there is: {', '.join(reader.columns)}.")
        if _plain(heading) not in by_name:
            raise ColumnsMissing(
                f"There is no column “{heading}” in the file; it has: {_shown(headings)}.",
                missing=((word,),), headings=tuple(headings),
            )  # fmt: skip
        columns[word] = by_name[_plain(heading)]
    missing = tuple(words for words in reader.required if not any(word in columns for word in words))
    if missing:
        wanted = "; ".join(" or ".join(words) for words in missing)
        raise ColumnsMissing(
            f"No column was found for: {wanted}. The file has: {_shown(headings)}. "
            "Say which is which with --map, as in --map number=\"Order no\".",
            missing=missing, headings=tuple(headings), columns=columns,
        )  # fmt: skip
    return reader, columns


def _shown(headings: Sequence[str]) -> str:
    shown = ", ".join(heading[:40] for heading in headings[:40])
    return shown if len(headings) <= 40 else f"{shown} and {len(headings) - 40} more"


def _texts(sample: Sequence[RawRow], places: Places, *words: str) -> Iterator[str]:
    at = [place for place in map(places.get, words) if place >= 0]
    for row in sample:
        if isinstance(row, Rejected):
            continue
        for place in at:
            value: Any = row[1][place]
            if isinstance(value, str) and value.strip():
                yield value


def _dates(sample: Sequence[RawRow], places: Places, told: Told) -> bool | None:
    """Whether the day comes first, as most of the dates say that can be read one way only. Raises WhichDates."""
    if told.dates:
        if told.dates not in {"day-first", "month-first"}:
            raise NotUsable("Dates are day-first or month-first.")
        return told.dates == "day-first"
    texts = list(_texts(sample, places, "placed_at"))
    said = [first for first in map(which_first, texts) if first is not None]
    if said:
        return sum(said) * 2 >= len(said)
    if any(needs_an_order(text) and "." not in text.strip()[:3] for text in texts):
        raise WhichDates(
            "The dates of this file can be read both ways (3/4: 3 April or March 4?). "
            "Say --dates day-first or --dates month-first."
        )
    return None


def _commas(sample: Sequence[RawRow], places: Places) -> bool:
    """Whether amounts are written with a decimal comma: one of them ends in a comma and one or two digits."""
    return any(
        re.search(r",\d{1,2}\D*$", text)
        for text in _texts(sample, places, "price", "amount", "total", "quantity", "discount", "refunded")
    )

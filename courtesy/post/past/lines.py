"""Lines of a file that may be anything: none longer than we can hold, and in letters we know."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

LONGEST_LINE = 4_000_000
"""Bytes; no letter in a table or a line of JSON is longer."""

SAMPLE = 256 * 1024


@dataclass(frozen=True)
class Line:
    """A line and its number; ``text`` is None where it was too long to be read."""

    number: int
    text: str | None


def encoding_of(sample: bytes) -> str:
    """How the letters of a file are written: by its mark, as UTF-8 where it is none else than that, or as Windows
    wrote them in the West."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if sample.startswith(mark):
            return name
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(sample)
    except UnicodeDecodeError:
        return "cp1252"
    if sample[1:2] == b"\0" and sample[3:4] == b"\0":
        return "utf-16-le"
    return "utf-8"


def lines_of(file: IO[bytes], encoding: str) -> Iterator[Line]:
    """The lines without their ends. Letters that are written otherwise than the file says stand as "�"."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    number, rest, too_long = 1, "", False
    while True:
        piece = file.read(64 * 1024)
        text = rest + decoder.decode(piece, final=not piece)
        *whole, rest = text.split("\n")
        for one in whole:
            yield Line(number, None if too_long or len(one) > LONGEST_LINE else one.removesuffix("\r"))
            number, too_long = number + 1, False
        if len(rest) > LONGEST_LINE:
            rest, too_long = "", True
        if not piece:
            break
    if rest or too_long:
        yield Line(number, None if too_long else rest.removesuffix("\r"))

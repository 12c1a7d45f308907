"""What stands in the headers of a mail: words, addresses, names of mails, dates, settings. Nothing here raises."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_to_bytes

from courtesy.post.channels.email import charsets, transfer
from courtesy.post.channels.incoming import LONGEST_NAME, Address, Unreadable, address_in, one_line

LONGEST_HEADER = 20_000
MOST_ADDRESSES = 200
MOST_REFERENCES = 100
_LONGEST_MAIL_ID = 400
_LONGEST_SETTINGS = 8_000

_ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_Q_BYTE = re.compile(rb"=([0-9A-Fa-f]{2})")
_MAIL_ID = re.compile(r"<([^<>]{1,998})>")
_SETTING = re.compile(r';\s*([^\s=;"]{1,60})\s*=\s*("(?:\\.|[^"\\])*"|[^;]*)', re.DOTALL)
_COMMENT_END = re.compile(r"[()\\]")
_LOOSE_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@]{1,64}@[^\s<>()\[\],;:\"@]{1,253}")


def words(value: str) -> str:
    """A header's text with its encoded words (RFC 2047) read, also those that break its rules as many do."""
    pieces: list[tuple[str, bytes] | str] = []
    end = 0
    for found in _ENCODED.finditer(value[:LONGEST_HEADER]):
        between = value[end : found.start()]
        charset = found[1].partition("*")[0].lower()
        data = _decoded(found[2], found[3])
        last = pieces[-1] if pieces else ""
        if not between.strip() and isinstance(last, tuple):
            # A letter of many bytes may be cut in two by words that follow each other.
            if last[0] == charset:
                pieces[-1] = (charset, last[1] + data)
            else:
                pieces.append((charset, data))
        else:
            pieces += [between, (charset, data)]
        end = found.end()
    pieces.append(value[end:LONGEST_HEADER])
    return "".join(piece if isinstance(piece, str) else charsets.read(piece[1], piece[0])[0] for piece in pieces)


def addresses(value: str) -> list[Address]:
    """The mail addresses in a From, To or the like, in order; what no letter can be sent to is left out."""
    found = []
    for name, written in _written(value[:LONGEST_HEADER]):
        try:
            found.append(Address(address_in(written), one_line(words(name).strip(" \t\"'"), LONGEST_NAME)))
        except Unreadable:
            continue
        if len(found) == MOST_ADDRESSES:
            break
    return found


def mail_ids(value: str) -> list[str]:
    """The names of mails in a Message-ID, In-Reply-To or References, in angle brackets, in order."""
    value = value[-LONGEST_HEADER:]
    found = ["".join(name.split()) for name in _MAIL_ID.findall(value)]
    if not found:
        found = [word.strip("<>") for word in value.split() if "@" in word]
    seen = [one_line(name, 1000) for name in found[-MOST_REFERENCES:]]
    return [f"<{name}>" for name in seen if name and len(name) <= _LONGEST_MAIL_ID and " " not in name]


def date(value: str) -> datetime | None:
    """When a mail says it was written, in UTC; None where it says nothing a clock could show."""
    try:
        at = parsedate_to_datetime(" ".join(value[:200].split()))
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError, AttributeError):
        return None
    return at if 1980 <= at.year <= 2100 else None


def settings(value: str) -> tuple[str, dict[str, str]]:
    """What stands before the first semicolon, in small letters, and the settings behind it (RFC 2045, 2231)."""
    value = value[:_LONGEST_SETTINGS]
    head = value.partition(";")[0].strip().lower()
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, written in _SETTING.findall(value):
        quoted = len(written) > 1 and written[0] == written[-1] == '"'
        text = re.sub(r"\\(.)", r"\1", written[1:-1]) if quoted else written.strip().strip('"')
        base, star, rest = name.lower().partition("*")
        if not star:
            plain.setdefault(base, text.strip())
            continue
        number, encoded = (rest.rstrip("*"), rest.endswith("*") or not rest)
        if number.isascii() and (number.isdigit() or not number) and len(number) < 4:
            pieces.setdefault(base, {}).setdefault(int(number or 0), (text, encoded))
    for name, numbered in pieces.items():
        plain[name] = _rejoined([numbered[number] for number in sorted(numbered)])
    return head, plain


def _decoded(how: str, written: str) -> bytes:
    data = written.encode("utf-8", "replace")
    if how in "bB":
        return transfer.base64(data)[0]
    return _Q_BYTE.sub(lambda found: bytes([int(found[1], 16)]), data.replace(b"_", b" "))


def _rejoined(pieces: list[tuple[str, bool]]) -> str:
    charset = ""
    first, encoded = pieces[0]
    if encoded and first.count("'") >= 2:
        charset, _language, first = first.split("'", 2)
    data = b"".join(
        unquote_to_bytes(text) if percent else text.encode("utf-8", "replace")
        for text, percent in [(first, encoded), *pieces[1:]]
    )
    return charsets.read(data, charset)[0]


def _written(value: str) -> Iterator[tuple[str, str]]:
    """Pairs of a name and an address, neither of them looked at yet."""
    name, comment, address, at = "", "", "", 0
    while at < len(value):
        letter = value[at]
        if encoded := (_ENCODED.match(value, at) if letter == "=" else None):
            name, at = name + encoded[0], encoded.end()
            continue
        at += 1
        if letter == '"':
            text, at = _quoted(value, at)
            name += text if value[at : at + 1] != "@" else f'"{text}"'
        elif letter == "(":
            comment, at = _commented(value, at)
        elif letter == "<":
            end = value.find(">", at)
            # What follows a bracket that nobody closed is still an address, up to where a next one may begin.
            end = end if end >= 0 else len(value)
            address, at = value[at:end], end + 1
        elif letter in ",;":
            if address or "@" in name:
                yield _pair(name, comment, address)
                name, comment, address = "", "", ""
            else:
                # "Lind, Dora <dora@…>" without the quotes that belong there.
                name = f"{name}, " if letter == "," and name.strip() else ""
        elif letter == ":" and not address and name.strip().lower() != "mailto":
            name = ""  # the name of a group
        elif letter == ":":
            name = ""
        else:
            name += letter
    if address or "@" in name:
        yield _pair(name, comment, address)


def _pair(name: str, comment: str, address: str) -> tuple[str, str]:
    if address:
        address = "".join(address.split()).removeprefix("mailto:")
        # An old way to name the servers in between: <@one.example,@two.example:dora@lind.example>
        return name or comment, address.rpartition(":")[2] if address.startswith("@") else address
    found = _LOOSE_ADDRESS.search(name)
    return comment, found[0] if found else ""


def _quoted(value: str, at: int) -> tuple[str, int]:
    """The text up to the closing quote, and where it goes on behind it; up to the end where there is none."""
    text = []
    while at < len(value) and value[at] != '"':
        at += value[at] == "\\"
        text.append(value[at : at + 1])
        at += 1
    return "".join(text), at + 1


def _commented(value: str, at: int) -> tuple[str, int]:
    begin, depth = at, 1
    while depth:
        found = _COMMENT_END.search(value, at)
        if found is None:
            return value[begin:], len(value)
        at = found.end() + (found[0] == "\\")
        depth += {"(": 1, ")": -1}.get(found[0], 0)
    return value[begin : at - 1], at

"""Which pieces of a mail are its words, and what they say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from courtesy.post.channels.email import charsets, headers, hypertext, kinds, texts
from courtesy.post.channels.email.opening import Piece
from courtesy.post.channels.incoming import Mark, lines, one_line

SIGNATURES = frozenset(
    {
        *("application/pgp-signature", "application/pgp-encrypted", "application/pgp-keys"),
        *("application/pkcs7-signature", "application/x-pkcs7-signature"),
    }
)
"""Pieces that mean something to mail programs only."""

_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_LONGEST_PIECE = 2_000_000
# "This message is in HTML, which your program does not show": no words of anybody.
_SAYS_LOOK_ELSEWHERE = re.compile(
    r"\bhtml\b|view (?:it|this) (?:mail|email|message)? ?(?:online|in your browser)", re.IGNORECASE
)
_ANOTHER = "---------- Forwarded message ----------"


@dataclass(frozen=True)
class Chosen:
    """The words of a mail; ``spoken`` are the numbers of the pieces that are words, and so no files."""

    text: str
    has_html: bool
    spoken: frozenset[int]
    marks: frozenset[str]


@dataclass
class _Reading:
    spoken: set[int] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)


def chosen(mail: Piece) -> Chosen:
    """The words of a mail, plain where it has them so, from its HTML where it has not."""
    reading = _Reading()
    text = lines("\n\n".join(words for words in _said(mail, reading) if words.strip()))
    if not text and (piece := next((one for one in mail.walk() if _is_text_after_all(one, mail)), None)):
        text = lines(_words(piece, reading))
    if "-----BEGIN PGP MESSAGE-----" in text:
        reading.marks.add(Mark.PGP)
    return Chosen(text, any(True for _html in hypertexts(mail)), frozenset(reading.spoken), frozenset(reading.marks))


def hypertexts(mail: Piece) -> Iterator[Piece]:
    """The pieces that are the formatted side of the mail itself, not of one within it."""
    if mail.kind == "text/html" and _is_words(mail):
        yield mail
    elif mail.kind != "message/rfc822":
        for piece in mail.pieces:
            yield from hypertexts(piece)


def html_of(piece: Piece) -> str:
    """The HTML in a piece."""
    return charsets.read(piece.body[:_LONGEST_PIECE], piece.settings.get("charset", ""))[0]


def cid(piece: Piece) -> str:
    """The name under which the HTML of the mail shows this piece; empty where it has none."""
    return one_line(piece.first("content-id").strip().strip("<>"), 200)


def _said(piece: Piece, reading: _Reading) -> Iterator[str]:
    """The words of a piece and all within it, in order."""
    if piece.kind == "message/rfc822":
        yield from _within(piece, reading)
    elif piece.kind == "multipart/alternative":
        yield _best(piece, reading)
    elif piece.kind == "multipart/encrypted":
        reading.marks.add(Mark.PGP)
        yield from _each(piece, reading)
    elif piece.pieces:
        yield from _each(piece, reading)
    elif piece.kind == "text/calendar":
        yield _invited(piece, reading)
    elif piece.kind in _SEALED:
        reading.marks.add(Mark.SMIME)
    elif piece.kind in ("text/plain", "text/html", "text/enriched", "text") and _is_words(piece):
        reading.spoken.add(piece.number)
        yield _words(piece, reading)


def _each(piece: Piece, reading: _Reading) -> Iterator[str]:
    for inner in piece.pieces:
        yield from _said(inner, reading)


def _best(piece: Piece, reading: _Reading) -> str:
    """Of several forms of the same, the one that is best read as plain text; an invitation says more than its note."""
    said = [("\n\n".join(words for words in _said(one, reading) if words.strip()), one) for one in piece.pieces]
    invited = "".join(text for text, one in said if one.kind == "text/calendar")
    plain = next((text for text, one in said if one.kind == "text/plain" and text.strip()), "")
    others = (text for text, one in said if one.kind not in ("text/plain", "text/calendar") and text.strip())
    other = next(others, "")
    if len(plain) < 300 and len(other) > 2 * len(plain) and _SAYS_LOOK_ELSEWHERE.search(plain):
        plain = ""
    return "\n\n".join(text for text in (plain or other, invited) if text)


def _within(piece: Piece, reading: _Reading) -> Iterator[str]:
    """A mail within the mail, with the few of its headers that a reader needs."""
    mail = piece.pieces[0] if piece.pieces else None
    if mail is None:
        return
    text = "\n\n".join(words for words in _said(mail, reading) if words.strip())
    said = [
        (name, one_line(headers.words(mail.first(name.lower())), 300)) for name in ("From", "Date", "Subject", "To")
    ]
    block = "\n".join(f"{name}: {value}" for name, value in said if value)
    yield f"{_ANOTHER}\n{block}\n\n{text}"


def _invited(piece: Piece, reading: _Reading) -> str:
    text, guessed = charsets.read(piece.body[:_LONGEST_PIECE], piece.settings.get("charset", ""))
    said, answered = texts.invitation(text)
    reading.marks.add(Mark.INVITATION_ANSWERED if answered else Mark.INVITATION)
    if guessed:
        reading.marks.add(Mark.GUESSED)
    return said


def _words(piece: Piece, reading: _Reading) -> str:
    text, guessed = charsets.read(piece.body[:_LONGEST_PIECE], piece.settings.get("charset", ""))
    if guessed:
        reading.marks.add(Mark.GUESSED)
    if len(piece.body) > _LONGEST_PIECE:
        reading.marks.add(Mark.CUT)
    if piece.kind in ("text/html", "text/enriched"):
        if len(text) > hypertext.LONGEST_HTML:
            reading.marks.add(Mark.CUT)
        return hypertext.words(text)
    if piece.settings.get("format", "").lower() == "flowed":
        return texts.unflowed(text, joins_words=piece.settings.get("delsp", "").lower() == "yes")
    return text


def _is_text_after_all(piece: Piece, mail: Piece) -> bool:
    """Whether this is text that only says that it is something else: words of last resort."""
    if not piece.number or piece.pieces or piece.kind in SIGNATURES or not (piece is mail or _is_words(piece)):
        return False
    return piece.kind.startswith(("application/", "text/")) and kinds.kind_of(piece.body, "", "") == "text/plain"


def _is_words(piece: Piece) -> bool:
    return piece.disposition != "attachment" and not piece.file_name

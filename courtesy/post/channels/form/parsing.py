"""Reads what the contact form kept. Pure: bytes in, an `Incoming` out, whatever the bytes are."""

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

LONGEST_RAW = 400_000
LONGEST_ADDRESS = 254
LONGEST_NAME = 120
LONGEST_SUBJECT = 200
LONGEST_BODY = 20_000

_address_is_valid = EmailValidator()
_TROUBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ud800-\udfff]")
# Characters that turn the direction of what follows, or are not seen: they can make a name look like another.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


class Unreadable(ValueError):
    """These bytes are no message; the text says which part, never its content."""


@dataclass(frozen=True)
class Incoming:
    """One message as it was meant. ``looks_again``: a customer asks for a person in a thread that is known already;
    only then ``address`` and ``body`` may be empty."""

    address: str
    name: str
    subject: str
    body: str
    person_only: bool
    outreach_yes: bool
    looks_again: bool = False


def write(
    *,
    address: str,
    name: str,
    subject: str,
    body: str,
    person_only: bool = False,
    outreach_yes: bool = False,
    looks_again: bool = False,
) -> bytes:
    """The bytes `parse` reads. Pure ASCII, so that every text a browser can send survives."""
    fields = {
        "address": address,
        "name": name,
        "subject": subject,
        "body": body,
        "person_only": person_only,
        "outreach_yes": outreach_yes,
        "looks_again": looks_again,
    }
    return json.dumps(fields).encode("ascii")


def parse(raw: bytes) -> Incoming:
    """The message in ``raw``. Raises Unreadable for everything else: too long, no JSON, no words, no address."""
    if len(raw) > LONGEST_RAW:
        raise Unreadable("too long")
    try:
        fields = json.loads(raw)
    except (ValueError, RecursionError):
        raise Unreadable("not JSON") from None
    if not isinstance(fields, dict):
        raise Unreadable("not an object")
    looks_again = fields.get("looks_again") is True
    body = lines(_text(fields, "body"))
    if not body and not looks_again:
        raise Unreadable("no words")
    if len(body) > LONGEST_BODY:
        raise Unreadable("body too long")
    address = _text(fields, "address").strip()
    if address or not looks_again:
        address = address_in(address)
    return Incoming(
        address=address,
        name=one_line(_text(fields, "name"), LONGEST_NAME),
        subject=one_line(_text(fields, "subject"), LONGEST_SUBJECT),
        body=body,
        person_only=looks_again or fields.get("person_only") is True,
        outreach_yes=fields.get("outreach_yes") is True,
        looks_again=looks_again,
    )


def address_in(text: str) -> str:
    """A mail address a letter can be sent to, the host in small ASCII letters. Raises Unreadable."""
    if len(text) > LONGEST_ADDRESS:
        raise Unreadable("address too long")
    local, at, host = text.strip().rpartition("@")
    try:
        host = host.lower() if host.isascii() else host.encode("idna").decode("ascii")
        address = f"{local}{at}{host}"
        _address_is_valid(address)
    except (ValidationError, UnicodeError):
        raise Unreadable("no address") from None
    # Quotes may hold anything by the letter of the law; nobody of flesh and blood has such an address.
    seen = address.isascii() and address.isprintable() and " " not in address
    if not seen or len(address) > LONGEST_ADDRESS or host.startswith("["):
        raise Unreadable("no address")
    return address


def one_line(text: str, longest: int) -> str:
    """A name or subject: one line, nothing unseen in it, cut at ``longest`` characters."""
    seen = _UNSEEN.sub("", _TROUBLE.sub(" ", text))
    return " ".join(unicodedata.normalize("NFC", seen).split())[:longest].strip()


def lines(text: str) -> str:
    """A body: its lines and their words kept, characters that no database or mail can carry taken out."""
    ended = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    return "\n".join(line.rstrip() for line in _TROUBLE.sub("", ended).split("\n")).strip()


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise Unreadable(f"{name} is no text")
    return value

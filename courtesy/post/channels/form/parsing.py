"""Reads what the contact form kept. Pure: bytes in, an `Incoming` out, whatever the bytes are."""

import json
from typing import Any

from courtesy.post.channels.incoming import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_SUBJECT,
    Incoming,
    Unreadable,
    address_in,
    lines,
    one_line,
)

# What others have asked this file for since before there was mail.
__all__ = [
    "LONGEST_ADDRESS",
    "LONGEST_BODY",
    "LONGEST_NAME",
    "LONGEST_RAW",
    "LONGEST_SUBJECT",
    "Incoming",
    "Unreadable",
    "address_in",
    "lines",
    "one_line",
    "parse",
    "write",
]

LONGEST_RAW = 400_000
LONGEST_BODY = 20_000


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


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise Unreadable(f"{name} is no text")
    return value

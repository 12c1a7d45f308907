"""Undoes what was done to bytes so that they could travel; what was damaged on the way is read as far as it goes."""

import binascii
import quopri
import re

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64 + b"="))
_NOT_EVEN_SPACE = bytes(set(_NOT_BASE64) - set(b" \t\r\n"))
_AS_IS = frozenset({"", "7bit", "8bit", "binary", "7-bit", "8-bit", "7bits", "8bits", "plain", "none"})


def undone(data: bytes, how: str) -> tuple[bytes, bool]:
    """The bytes as they were before they traveled, and whether they arrived damaged."""
    how = how.strip().lower()
    if how in _AS_IS:
        return data, False
    if how == "base64":
        return base64(data)
    if how == "quoted-printable":
        return quopri.decodestring(data), False
    if how in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _uuencoded(data)
    # "quoted-printable; charset=…", "8-bit" and other inventions.
    named = re.match(r"base64|quoted-printable", how)
    return undone(data, named[0]) if named else (data, True)


def base64(data: bytes) -> tuple[bytes, bool]:
    """What is written in base64; foreign characters are passed over, several ends are allowed."""
    damaged = len(data.translate(None, _NOT_EVEN_SPACE)) != len(data)
    whole = []
    for piece in re.split(rb"=+", data.translate(None, _NOT_BASE64)):
        if len(piece) % 4 == 1:
            piece, damaged = piece[:-1], True  # noqa: PLW2901  six bits are no byte
        whole.append(binascii.a2b_base64(piece + b"=" * (-len(piece) % 4)))
    return b"".join(whole), damaged


def _uuencoded(data: bytes) -> tuple[bytes, bool]:
    whole, damaged = [], False
    rows = data.splitlines()
    begin = next((number for number, row in enumerate(rows) if row.startswith(b"begin ")), -1)
    for row in rows[begin + 1 :]:
        if row == b"end":
            break
        try:
            whole.append(binascii.a2b_uu(row))
        except binascii.Error:
            damaged = True
    return b"".join(whole), damaged

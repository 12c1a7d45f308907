"""Is this a picture that may be shown? Read from its first bytes alone; nothing is decoded."""

import struct
from dataclasses import dataclass

MOST_PIXELS = 40_000_000
"""A tiny file can unfold to gigabytes; a phone's camera makes a quarter of this."""


@dataclass(frozen=True)
class Picture:
    """What sort of picture, and how large it unfolds."""

    kind: str
    width: int
    height: int

    @property
    def may_be_shown(self) -> bool:
        """Small enough to be unfolded by anybody's browser."""
        return 0 < self.width * self.height <= MOST_PIXELS


def picture_in(content: bytes) -> Picture | None:
    """PNG, JPEG, GIF or WebP by what the bytes say, whatever the file is called; None for everything else.

    SVG is none: it is a page that can act.

    >>> picture_in(b"GIF89a" + bytes([2, 0, 3, 0]))
    Picture(kind='image/gif', width=2, height=3)
    >>> picture_in(b"<svg onload=alert(1)>") is None
    True
    """
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
            return Picture("image/png", *struct.unpack(">II", content[16:24]))
        if content[:6] in {b"GIF87a", b"GIF89a"}:
            return Picture("image/gif", *struct.unpack("<HH", content[6:10]))
        if content.startswith(b"\xff\xd8\xff"):
            return _jpeg(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _webp(content)
    except struct.error:
        return None
    return None


def _jpeg(content: bytes) -> Picture | None:
    place = 2
    for _ in range(1000):
        if content[place : place + 1] != b"\xff":
            return None
        marker, length = struct.unpack(">BH", content[place + 1 : place + 4])
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return Picture("image/jpeg", width, height)
        place += 2 + length
    return None


def _webp(content: bytes) -> Picture | None:
    sort = content[12:16]
    if sort == b"VP8X":
        width, height = (int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))
    elif sort == b"VP8L" and content[20:21] == b"\x2f":
        (bits,) = struct.unpack("<I", content[21:25])
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif sort == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        width, height = (value & 0x3FFF for value in struct.unpack("<HH", content[26:30]))
    else:
        return None
    return Picture("image/webp", width, height) if len(content) >= 30 else None

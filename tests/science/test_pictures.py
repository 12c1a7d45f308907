"""What is a picture, by its bytes, and how large it unfolds."""

import doctest
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.science import pictures
from courtesy.science.pictures import Picture, picture_in

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 4, 5)
JPEG = b"\xff\xd8\xff\xe0" + struct.pack(">H", 4) + b"JF" + b"\xff\xc0" + struct.pack(">HBHH", 11, 8, 5, 4)
WEBP_X = b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + (3).to_bytes(3, "little") + (4).to_bytes(3, "little")
WEBP_L = b"RIFF\0\0\0\0WEBPVP8L" + bytes(4) + b"\x2f" + struct.pack("<I", 3 | 4 << 14) + bytes(5)
WEBP = b"RIFF\0\0\0\0WEBPVP8 " + bytes(7) + b"\x9d\x01\x2a" + struct.pack("<HH", 4, 5)


class TestAPicture:
    @pytest.mark.parametrize(
        ("content", "kind"),
        [(PNG, "png"), (JPEG, "jpeg"), (WEBP_X, "webp"), (WEBP_L, "webp"), (WEBP, "webp")],
    )
    def test_is_known_by_its_bytes(self, content, kind):
        assert picture_in(content) == Picture(f"image/{kind}", 4, 5)

    @pytest.mark.parametrize(
        "content", [b"", b"<svg>", b"%PDF-1.4", b"MZ", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8X"]
    )
    def test_is_none_of_these(self, content):
        assert picture_in(content) is None

    def test_that_unfolds_to_gigabytes_is_not_shown(self):
        bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 100_000, 100_000)

        assert not picture_in(bomb).may_be_shown
        assert picture_in(PNG).may_be_shown

    @given(st.sampled_from([PNG, JPEG, WEBP_X, WEBP_L, WEBP, b"GIF89a"]), st.binary(max_size=60), st.integers(0, 60))
    def test_never_stumbles_over_bytes(self, head, rest, cut):
        picture_in(head[:cut] + rest)

    def test_reads_as_its_examples_say(self):
        assert doctest.testmod(pictures).failed == 0

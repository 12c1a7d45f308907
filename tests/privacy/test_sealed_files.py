"""Files that wait to be read lie sealed, whole or not at all, and can be gone through as if they were open."""

import io
from contextlib import closing
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from django.conf import settings

from courtesy.privacy import keys, sealed_files
from courtesy.privacy.keys import KeyGone
from courtesy.privacy.sealed_files import PIECE, NoSuchFile
from courtesy.privacy.sealing import SealBroken
from tests.cast import NOON

pytestmark = pytest.mark.django_db(databases="__all__")
SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 5]


def sealed(content: bytes, step: int = 70_000):
    """A file of this content, handed over in pieces of any size: its number and its key."""
    number = uuid4()
    key_id = keys.new(holder=number, at=NOON)
    writing = sealed_files.write(number, key_id=key_id)
    for start in range(0, len(content), step):
        writing.add(content[start : start + step])
    writing.finish()
    return number, key_id


def on_disk(number) -> Path:
    return Path(settings.COURTESY.data_dir) / "waiting" / f"{number}.sealed"


def opened(number, key_id) -> bytes:
    with closing(sealed_files.read(number, key_id=key_id)) as file:
        return file.read()


class TestSealedFiles:
    @pytest.mark.parametrize("size", SIZES)
    def test_give_back_what_was_written(self, size):
        content = Random(size).randbytes(size)
        assert opened(*sealed(content)) == content

    def test_can_be_gone_through_like_any_file(self):
        content = Random(1).randbytes(2 * PIECE + 100)
        number, key_id = sealed(content)
        with closing(sealed_files.read(number, key_id=key_id)) as file:
            for at in (0, PIECE - 3, 2 * PIECE + 50, 7):
                file.seek(at)
                assert file.read(10) == content[at : at + 10]
            assert file.seek(0, io.SEEK_END) == len(content)

    def test_hold_nothing_in_the_open(self):
        number, _key = sealed(b"Dora lives at the harbor." * 50_000)
        assert b"harbor" not in on_disk(number).read_bytes()

    @pytest.mark.parametrize("harm", ["changed", "cut off", "a piece left out", "two pieces exchanged", "another's"])
    def test_that_were_touched_are_not_opened(self, harm):
        number, key_id = sealed(Random(2).randbytes(2 * PIECE + 100))
        raw, one = on_disk(number).read_bytes(), PIECE + 28
        other, _key = sealed(Random(3).randbytes(2 * PIECE + 100))
        on_disk(number).write_bytes(
            {
                "changed": raw[:500] + bytes([raw[500] ^ 1]) + raw[501:],
                "cut off": raw[: 2 * one],
                "a piece left out": raw[one:],
                "two pieces exchanged": raw[one : 2 * one] + raw[:one] + raw[2 * one :],
                "another's": on_disk(other).read_bytes(),
            }[harm]
        )

        with pytest.raises(SealBroken):
            opened(number, key_id)

    def test_without_their_place_in_the_seal_exchanged_pieces_would_pass(self, monkeypatch):
        monkeypatch.setattr(sealed_files, "_place", lambda *_given, **_last: b"anywhere")
        number, key_id = sealed(b"a" * PIECE + b"b" * PIECE + b"c")
        raw, one = on_disk(number).read_bytes(), PIECE + 28
        on_disk(number).write_bytes(raw[one : 2 * one] + raw[:one] + raw[2 * one :])

        assert opened(number, key_id)[:1] == b"b"

    def test_are_gone_with_their_key(self):
        number, key_id = sealed(b"Dora")
        keys.destroy(number, at=NOON)

        with pytest.raises(KeyGone):
            opened(number, key_id)

    def test_half_written_are_not_there(self):
        number = uuid4()
        writing = sealed_files.write(number, key_id=keys.new(holder=number, at=NOON))
        writing.add(b"half")

        assert not sealed_files.is_there(number)
        writing.give_up()
        assert not list(on_disk(number).parent.glob(f"{number}*"))

    def test_deleted_twice_are_deleted(self):
        number, key_id = sealed(b"Dora")
        sealed_files.delete(number)
        sealed_files.delete(number)

        with pytest.raises(NoSuchFile):
            opened(number, key_id)

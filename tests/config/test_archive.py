"""A backup's file knows of each of its bytes whether it is whole, and says where it is not."""

import os
import stat
import tarfile
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courtesy.config.backing_up import archive, keeping
from tests.wild import some

DATABASE = os.urandom(2 * archive.BLOCK + 12_345)
SECRET = b"a secret, sealed"


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """An archive of two files."""
    folder = tmp_path_factory.mktemp("packed")
    (folder / "courtesy.db").write_bytes(DATABASE)
    (folder / "session.secret.sealed").write_bytes(SECRET)
    file = folder / "shop.backup"
    names = ("courtesy.db", "session.secret.sealed")
    archive.write(file, {name: folder / name for name in names}, {"kind": "shop"})
    return file


def flipped(packed, tmp_path, at: int):
    """The same with one bit turned over."""
    content = bytearray(packed.read_bytes())
    content[at] ^= 1 << (at % 8)
    damaged = tmp_path / "damaged.backup"
    damaged.write_bytes(content)
    return damaged


def place_of(packed, name: str) -> int:
    with tarfile.open(packed, "r:") as tar:
        return tar.getmember(name).offset_data


class TestAnArchive:
    def test_gives_back_what_was_put_in(self, packed, tmp_path):
        whole = archive.check(packed)
        archive.unpack(whole, tmp_path)

        assert (tmp_path / "courtesy.db").read_bytes() == DATABASE
        assert (tmp_path / "session.secret.sealed").read_bytes() == SECRET
        assert whole.manifest["kind"] == "shop"

    def test_is_its_owners_alone(self, packed):
        assert stat.S_IMODE(packed.stat().st_mode) == 0o600

    def test_is_a_tar_that_any_machine_opens(self, packed):
        with tarfile.open(packed) as tar:
            assert tar.getnames() == ["manifest.json", "courtesy.db", "session.secret.sealed"]

    def test_is_not_there_before_it_is_whole(self, packed, tmp_path, monkeypatch):
        monkeypatch.setattr(archive.os, "fsync", lambda handle: (_ for _ in ()).throw(OSError("no room")))
        with pytest.raises(OSError, match="no room"):
            archive.write(tmp_path / "x.backup", {"a": packed}, {})

        assert not (tmp_path / "x.backup").exists()


class TestDamage:
    @pytest.mark.parametrize(
        ("name", "within", "said"),
        [
            ("courtesy.db", 17, "courtesy.db between byte 0 and 1048576"),
            ("courtesy.db", archive.BLOCK + 5, "courtesy.db between byte 1048576 and 2097152"),
            ("courtesy.db", 2 * archive.BLOCK + 12_344, "courtesy.db between byte 2097152 and 2109497"),
            ("session.secret.sealed", 3, "session.secret.sealed between byte 0 and 16"),
            ("manifest.json", 40, "manifest.json in it is damaged"),
        ],
    )
    def test_is_found_and_located(self, packed, tmp_path, name, within, said):
        with pytest.raises(archive.NotWhole, match=said):
            archive.check(flipped(packed, tmp_path, place_of(packed, name) + within))

    @settings(max_examples=some(150), deadline=None)
    @given(data=st.data())
    def test_of_any_bit_anywhere_is_found(self, data, packed, tmp_path_factory):
        at = data.draw(st.integers(0, packed.stat().st_size - 1))
        with pytest.raises(archive.NotWhole):
            archive.check(flipped(packed, tmp_path_factory.mktemp("flip"), at))

    def test_of_any_bit_of_the_last_line_is_found(self, packed, tmp_path):
        size = packed.stat().st_size
        for at in range(size - archive._LINE, size):
            with pytest.raises(archive.NotWhole):
                archive.check(flipped(packed, tmp_path, at))

    @pytest.mark.parametrize("left", [0, 1, 100, 10_240, -1, -200])
    def test_of_one_cut_short_is_found(self, packed, tmp_path, left):
        short = tmp_path / "short.backup"
        short.write_bytes(packed.read_bytes()[:left])
        with pytest.raises(archive.NotWhole):
            archive.check(short)

    def test_of_one_that_is_not_there_is_said_so(self, tmp_path):
        with pytest.raises(archive.NotWhole, match="There is no file"):
            archive.check(tmp_path / "none.backup")


NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class TestWhatIsKept:
    def test_are_seven_days_four_weeks_twelve_months(self):
        days = [NOON - timedelta(days=n) for n in range(500)]
        kept = sorted(set(days) - keeping.too_many(days), reverse=True)

        assert kept[:7] == days[:7]
        assert len({day.strftime("%G-%V") for day in kept[:10]}) >= 4
        assert len({day.strftime("%Y-%m") for day in kept}) == 12
        assert len(kept) <= 7 + 4 + 12

    def test_are_all_of_the_last_two_days(self):
        hours = [NOON - timedelta(hours=n) for n in range(72)]
        assert set(hours) - keeping.too_many(hours) >= set(hours[:49])

    def test_is_the_same_when_it_was_rotated_every_day(self):
        kept: list[datetime] = []
        for n in range(500, -1, -1):
            kept.append(NOON - timedelta(days=n))
            kept = sorted(set(kept) - keeping.too_many(kept))
        assert len({day.strftime("%Y-%m") for day in kept}) == 12
        assert NOON - timedelta(days=6) in kept

    def test_of_keys_is_a_week_and_always_the_newest(self, tmp_path):
        for days in (1, 6, 8, 30):
            (tmp_path / keeping.name_of(NOON - timedelta(days=days), keys=True)).touch()
        (tmp_path / "holiday.jpg").touch()
        keeping.rotate(tmp_path / "shop", tmp_path, at=NOON)

        assert [(NOON - one.made_at).days for one in keeping.kept_in(tmp_path)] == [1, 6]
        assert (tmp_path / "holiday.jpg").exists()
        keeping.rotate(tmp_path / "shop", tmp_path, at=NOON + timedelta(days=300))
        assert [(NOON - one.made_at).days for one in keeping.kept_in(tmp_path)] == [1]

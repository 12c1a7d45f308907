"""Files of the past: mbox, Maildir, zip and gz, whole or damaged; nothing is lost, and a bomb does not go off."""

import contextlib
import gzip
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.post.past import mbox, source
from courtesy.post.past.letters import NotRead, PastLetter, Trouble, Unreadable, Why
from courtesy.post.past.source import look

FROM = b"From kim@post.example Mon Mar 03 09:00:00 2025\n"
ONE = b"From: kim@post.example\nSubject: One\n\nHello.\n"


def file(*pieces: bytes) -> io.BytesIO:
    return io.BytesIO(b"".join(pieces))


def raws(given_: io.BytesIO | bytes) -> list[bytes]:
    opened = io.BytesIO(given_) if isinstance(given_, bytes) else given_
    return [one.raw for one in mbox.letters(opened) if isinstance(one, PastLetter)]


class TestMbox:
    def test_gives_each_mail_with_the_line_ends_of_its_way(self):
        assert raws(file(FROM, ONE, b"\n", FROM, ONE, b"\n")) == [ONE.replace(b"\n", b"\r\n")] * 2

    def test_says_when_it_came(self):
        (one,) = mbox.letters(file(FROM, ONE))
        assert one.came_at == datetime(2025, 3, 3, 9, tzinfo=UTC)

    @pytest.mark.parametrize(
        "line",
        [
            b"From - Sat Jan 04 01:05:34 2025\n",
            b"From 1790@xxx Sat Jan 04 01:05:34 +0000 2025\n",
            b"From a@b Sat Jan  4 01:05 2025\r\n",
        ],
    )
    def test_knows_how_other_programs_begin_a_mail(self, line):
        assert len(raws(file(line, ONE, b"\n", line, ONE))) == 2

    def test_a_line_of_a_letter_that_begins_so_is_part_of_it(self):
        assert raws(file(FROM, b"Subject: x\n\nDear all,\n\nFrom Monday on we are away.\n>From now on.\n")) == [
            b"Subject: x\r\n\r\nDear all,\r\n\r\nFrom Monday on we are away.\r\nFrom now on.\r\n"
        ]

    def test_an_end_that_was_cut_off_is_a_letter_all_the_same(self):
        assert raws(file(FROM, ONE[:30])) == [ONE[:30].replace(b"\n", b"\r\n")]

    def test_a_letter_that_is_too_large_is_named_and_the_next_one_comes(self, monkeypatch):
        monkeypatch.setattr(mbox, "LARGEST", 1000)
        found = list(mbox.letters(file(FROM, b"Subject: x\n\n" + b"y" * 5000 + b"\n\n", FROM, ONE)))

        assert [type(one) for one in found] == [Unreadable, PastLetter]
        assert (found[0].place, found[0].why) == (1, Why.TOO_LARGE)

    def test_refuses_what_is_none(self):
        with pytest.raises(NotRead) as refusal:
            raws(b"Dear diary")
        assert refusal.value.why == Trouble.NO_MBOX

    @given(st.binary(max_size=2000))
    def test_whatever_stands_in_it_is_read_or_refused(self, wild):
        with contextlib.suppress(NotRead):
            list(mbox.letters(file(FROM, wild)))

    @given(st.lists(st.text(st.characters(codec="ascii"), max_size=200), min_size=1, max_size=6))
    def test_no_letter_is_lost(self, bodies):
        pieces = [
            FROM
            + b"Subject: x\n\n"
            + b"\n".join(
                b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in one.encode().split(b"\n")
            )
            + b"\n\n"
            for one in bodies
        ]
        assert len(raws(file(*pieces))) == len(bodies)


class TestMaildir:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        for box in ("cur", "new", ".Sent/cur", ".Trash/cur"):
            (tmp_path / "Maildir" / box).mkdir(parents=True)
            (tmp_path / "Maildir" / box / "1:2,S").write_bytes(ONE)
        return tmp_path / "Maildir"

    def test_gives_what_came_and_what_was_sent_but_nothing_thrown_away(self, folder):
        assert [one.from_sent for one in look(folder).letters()] == [None, None, True]

    def test_a_folder_that_is_none_is_refused(self, tmp_path):
        (tmp_path / "photos").mkdir()
        with pytest.raises(NotRead) as refusal:
            look(tmp_path / "photos")
        assert refusal.value.why == Trouble.NO_MAILDIR

    def test_comes_as_a_zip_too(self, folder, tmp_path):
        packed = tmp_path / "mail.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            for one in folder.rglob("*"):
                archive.write(one, one.relative_to(tmp_path))
        assert len(list(look(packed).letters())) == 4


class TestPacked:
    def test_gz_and_zip_are_opened(self, tmp_path):
        plain = FROM + ONE + b"\n" + FROM + ONE
        (tmp_path / "a.gz").write_bytes(gzip.compress(plain))
        with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("old.mbox", plain)

        for name in ("a.gz", "b.zip"):
            past = look(tmp_path / name)
            assert (past.kind, len(list(past.letters()))) == ("mbox", 2)

    @pytest.mark.parametrize("kind", ["gz", "zip"])
    def test_a_bomb_is_put_out(self, tmp_path, kind):
        bomb = tmp_path / f"bomb.{kind}"
        if kind == "gz":
            with gzip.open(bomb, "wb") as out:
                out.write(FROM)
                for _ in range(40):
                    out.write(bytes(1_000_000))
        else:
            with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("x.mbox", "w") as out:
                out.write(FROM)
                for _ in range(40):
                    out.write(bytes(1_000_000))
        assert bomb.stat().st_size < 100_000

        with pytest.raises(NotRead) as refusal:
            list(look(bomb).letters())

        assert refusal.value.why == Trouble.PACKED_TOO_TIGHTLY

    def test_without_the_guard_the_bomb_would_have_gone_off(self, tmp_path, monkeypatch):
        monkeypatch.setattr(source, "TIGHTEST", 10**9)
        bomb = tmp_path / "bomb.gz"
        with gzip.open(bomb, "wb") as out:
            out.write(FROM + bytes(20_000_000))

        assert len(list(look(bomb).letters())) == 1

    def test_a_damaged_package_is_said_to_be_one(self, tmp_path):
        whole = gzip.compress(FROM + ONE * 5000)
        (tmp_path / "a.gz").write_bytes(whole[: len(whole) // 2])

        with pytest.raises(NotRead) as refusal:
            list(look(tmp_path / "a.gz").letters())
        assert refusal.value.why == Trouble.PACKED_BADLY

    def test_what_is_not_there_is_said_so(self, tmp_path):
        with pytest.raises(NotRead) as refusal:
            look(tmp_path / "nothing.mbox")
        assert refusal.value.why == Trouble.NOT_THERE

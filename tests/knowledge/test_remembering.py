"""No text is read twice, and what is kept of it opens to nobody who has not the text."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courtesy.knowledge import encoding, remembering
from courtesy.knowledge.models import KeptReading
from courtesy.knowledge.remembering import Remembering, forget_old
from tests.cast import NOON

pytestmark = pytest.mark.django_db(databases="__all__")


class Counting:
    """Four numbers a text, made of its characters; says which texts it was given."""

    name, dimensions, languages = "counting", 4, frozenset({"en"})

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, texts):
        self.read += texts
        rows = np.array([[len(text), sum(map(ord, text)) % 991, ord(text[0]) if text else 0, 1] for text in texts])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def reads():
    return Counting()


class TestRemembering:
    def test_reads_a_text_once_in_one_call_and_in_several(self, reads):
        remembers = Remembering(reads)
        first = remembers.encode(["fern", "pot", "fern"])
        second = remembers.encode(["pot", "soil"])

        assert reads.read == ["fern", "pot", "soil"]
        assert (first[0] == first[2]).all()
        assert (first[1] == second[0]).all()

    def test_reads_nothing_again_after_a_restart(self, reads):
        before = Remembering(reads)
        rows = before.encode(["fern", "pot"])
        before.keep(at=NOON)

        assert (Remembering(reads).encode(["pot", "fern"]) == rows[::-1]).all()
        assert reads.read == ["fern", "pot"]

    def test_reads_anew_under_another_name(self, reads):
        Remembering(reads).encode(["fern"])
        other = Counting()
        other.name = "other"

        Remembering(other).encode(["fern"])
        assert other.read == ["fern"]

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.text(max_size=40), max_size=8))
    def test_gives_what_the_encoder_gives_whatever_comes(self, reads, texts):
        remembers = Remembering(reads)
        expected = reads.encode(texts) if texts else np.empty((0, 4), dtype=np.float32)

        assert (remembers.encode(texts) == expected).all()
        assert (remembers.encode(texts) == expected).all()

    def test_writes_nothing_twice(self, reads):
        remembers, twin = Remembering(reads), Remembering(reads)
        remembers.encode(["fern"])
        twin.encode(["fern"])

        assert (remembers.keep(at=NOON), remembers.keep(at=NOON), twin.keep(at=NOON)) == (1, 0, 1)
        assert KeptReading.objects.count() == 1

    def test_holds_a_bounded_number_in_memory(self, reads, monkeypatch):
        monkeypatch.setattr(remembering, "MOST_AT_HAND", 2)
        remembers = Remembering(reads)
        remembers.encode(["one", "two", "three"])
        remembers.keep(at=NOON)
        remembers.encode(["one"])

        assert reads.read == ["one", "two", "three"]
        assert len(remembers._at_hand) == 2


class TestWhatIsKept:
    def test_holds_neither_the_words_nor_the_numbers_in_clear(self, reads):
        remembers = Remembering(reads)
        row = remembers.encode(["My sister Maureen"])[0]
        remembers.keep(at=NOON)
        kept = KeptReading.objects.get()

        assert b"Maureen" not in bytes(kept.digest) + bytes(kept.sealed)
        assert row.tobytes() not in bytes(kept.sealed)

    def test_is_found_by_nobody_without_the_houses_key(self, reads, monkeypatch):
        remembers = Remembering(reads)
        remembers.encode(["fern"])
        remembers.keep(at=NOON)
        monkeypatch.setattr("courtesy.privacy.sealing.keys.of", lambda key_id: b"another house".ljust(32))

        Remembering(reads).encode(["fern"])
        assert reads.read == ["fern", "fern"]

    def test_that_was_changed_is_read_anew(self, reads):
        remembers = Remembering(reads)
        row = remembers.encode(["fern"])
        remembers.keep(at=NOON)
        KeptReading.objects.update(sealed=b"something else")

        assert (Remembering(reads).encode(["fern"]) == row).all()

    def test_goes_after_a_month_and_when_there_is_too_much_the_oldest_first(self, reads, monkeypatch):
        remembers = Remembering(reads)
        remembers.encode(["old"])
        remembers.keep(at=NOON - timedelta(days=31))
        remembers.encode(["one", "two", "three"])
        remembers.keep(at=NOON)

        assert forget_old(at=NOON) == 1
        monkeypatch.setattr(remembering, "MOST_KEPT", 2)
        assert forget_old(at=NOON) == 1
        assert KeptReading.objects.count() == 2


class TestRead:
    def test_cuts_to_what_was_said_last_and_reads_it_once(self, reads, monkeypatch):
        remembers = Remembering(reads)
        monkeypatch.setattr(encoding, "encoder", lambda: remembers)
        long = "Where is my parcel?\n\nOn 3 May 2026 at 10:04, Ben wrote:\n" + "> It left long ago.\n" * 200
        encoding.read([long, long])

        assert reads.read == ["Where is my parcel?"]

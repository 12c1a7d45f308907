"""Imports asked for on the desk are carried out by the worker, and a file that waits lies sealed until it is read."""

import json
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from courtesy.conversations.actions import asking, carrying_on, history, taking_out
from courtesy.conversations.models import Bringing, ColumnsChosen, Message
from courtesy.post.past.letters import NotRead
from courtesy.privacy import keys, sealed_files
from tests.cast import NOON
from tests.conversations.past import US, as_mbox, conversations

pytestmark = pytest.mark.django_db(databases="__all__")
State = Bringing.State
TABLE = b"when;wer;frage\n2025-03-03 10:00;kim@post.example;Where is my fern?\n"


def waiting(content: bytes) -> tuple:
    """A file that was handed in: its number and its key."""
    number = uuid4()
    key_id = keys.new(holder=number, at=NOON)
    writing = sealed_files.write(number, key_id=key_id)
    writing.add(content)
    writing.finish()
    return number, key_id


def asked(content: bytes, by, ours=(US,)) -> Bringing:
    number, key_id = waiting(content)
    return asking.ask_about_file(number, key_id=key_id, ours=ours, by=by, at=NOON)


@pytest.fixture
def mbox() -> bytes:
    return as_mbox(conversations(5))


def now(row: Bringing) -> Bringing:
    return Bringing.objects.get(pk=row.pk)


class TestCarryOn:
    def test_looks_through_a_file_and_waits_for_the_owners_word(self, ada, mbox):
        row = asked(mbox, ada)

        assert carrying_on.carry_on(at=NOON) == 1

        row = now(row)
        assert row.state == State.ASKED
        assert (row.counts["questions"], row.counts["answers"], row.counts["people"]) == (5, 5, 5)
        assert [one["ours"] for one in json.loads(row.sample)["first"]] == ["", "yes", "", "yes", ""]
        assert not Message.objects.exists()

    def test_brings_it_in_on_that_word_and_deletes_the_file(self, ada, mbox):
        row = asked(mbox, ada)
        carrying_on.carry_on(at=NOON)

        assert asking.agree(row, basis="contract", since=date(2025, 3, 3), by=ada, at=NOON)
        carrying_on.carry_on(at=NOON)

        assert now(row).state == State.DONE
        assert now(row).sample == ""
        assert Message.objects.filter(bringing_id=row.pk).count() == 10
        assert not sealed_files.is_there(row.pk)

    def test_begins_nothing_without_that_word(self, ada, mbox):
        asked(mbox, ada)
        carrying_on.carry_on(at=NOON)

        assert carrying_on.carry_on(at=NOON + timedelta(days=1)) == 0
        assert not Message.objects.exists()

    def test_agrees_once(self, ada, mbox):
        row = asked(mbox, ada)
        carrying_on.carry_on(at=NOON)
        asking.agree(row, basis="contract", since=date(2025, 3, 3), by=ada, at=NOON)

        assert not asking.agree(row, basis="consent", since=date(2024, 1, 1), by=ada, at=NOON)
        assert now(row).basis == "contract"

    def test_takes_out_what_is_to_be_undone(self, ada, mbox):
        row = asked(mbox, ada)
        carrying_on.carry_on(at=NOON)
        asking.agree(row, basis="contract", since=date(2025, 3, 3), by=ada, at=NOON)
        carrying_on.carry_on(at=NOON)

        taking_out.ask(row.pk, by=ada, at=NOON)
        carrying_on.carry_on(at=NOON)

        assert now(row).state == State.UNDONE
        assert not Message.objects.exists()

    def test_leaves_alone_what_another_worker_has(self, ada, mbox):
        row = asked(mbox, ada)
        Bringing.objects.filter(pk=row.pk).update(claimed_until=NOON + timedelta(minutes=1))

        assert carrying_on.carry_on(at=NOON) == 0
        assert carrying_on.carry_on(at=NOON + timedelta(minutes=2)) == 1

    def test_says_so_where_the_file_is_gone(self, ada, mbox):
        row = asked(mbox, ada)
        sealed_files.delete(row.pk)

        carrying_on.carry_on(at=NOON)

        assert (now(row).state, now(row).trouble) == (State.FAILED, "interrupted")

    def test_forgets_a_file_about_which_nobody_said_a_word(self, ada, mbox):
        row = asked(mbox, ada)
        carrying_on.carry_on(at=NOON)

        carrying_on.carry_on(at=NOON + timedelta(days=8))

        assert not Bringing.objects.filter(pk=row.pk).exists()
        assert not sealed_files.is_there(row.pk)

    def test_goes_on_where_it_stopped(self, ada, mbox, monkeypatch):
        row = asked(mbox, ada)
        carrying_on.carry_on(at=NOON)
        asking.agree(row, basis="contract", since=date(2025, 3, 3), by=ada, at=NOON)
        with monkeypatch.context() as broken:
            broken.setattr(history, "_note", lambda *_: 1 / 0)
            carrying_on.carry_on(at=NOON)
        assert now(row).state == State.FAILED

        asking.go_on(now(row))
        carrying_on.carry_on(at=NOON)

        assert (now(row).state, now(row).counts["questions"]) == (State.DONE, 5)
        assert Message.objects.count() == 10


class TestAskAboutFile:
    def test_asks_first_where_a_column_is_not_known(self, ada):
        row = asked(TABLE, ada)

        assert row.state == State.ASKED
        assert carrying_on.carry_on(at=NOON) == 0

    def test_remembers_what_the_columns_meant(self, ada):
        row = asked(TABLE, ada)
        given = {"at": "when", "words": "frage", "sender": "wer"}
        asking.choose_columns(row, given, header=("when", "wer", "frage"), at=NOON)
        carrying_on.carry_on(at=NOON)
        assert now(row).counts["questions"] == 1

        again = asked(TABLE, ada)

        assert again.state == State.LOOKING
        assert again.columns["words"] == "frage"
        assert ColumnsChosen.objects.count() == 1

    def test_refuses_what_is_no_file_of_letters(self, ada):
        with pytest.raises(NotRead):
            asked(b"", ada)
        assert not Bringing.objects.exists()


class TestSealedFiles:
    def test_nothing_of_it_lies_open(self, mbox):
        number, _key = waiting(mbox)

        raw = (Path(settings.COURTESY.data_dir) / "waiting" / f"{number}.sealed").read_bytes()

        assert b"parcel" not in raw
        assert b"kim" not in raw

"""`courtesy import messages`: looks first, asks what it must know, says what was not taken, and can be undone."""

import csv
import sys
from argparse import ArgumentParser
from pathlib import Path

import pytest

from courtesy.config.cli.command import Done
from courtesy.config.cli.importing import messages
from courtesy.conversations.models import Bringing, ColumnsChosen, Message
from tests.conversations.past import US, as_mbox, conversations

pytestmark = pytest.mark.django_db(databases="__all__")
AGREED = ("--basis", "contract", "--since", "2025-03-03")
TABLE = "wann;wer;was\n2025-03-03 10:00;kim@post.example;Where is my fern?\nnever;kim@post.example;And now?\n"
COLUMNS = ("--column", "at=wann", "--column", "sender=wer", "--column", "words=was")


@pytest.fixture
def courtesy(tmp_path, monkeypatch):
    """Run `courtesy import messages` with these words, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> Done:
        parser = ArgumentParser()
        parser.add_argument("--json", action="store_true")
        messages.arguments(parser)
        return messages.run(parser.parse_args([str(word) for word in words]))

    return run


@pytest.fixture
def mbox(tmp_path) -> Path:
    (tmp_path / "old.mbox").write_bytes(as_mbox(conversations(3)))
    return tmp_path / "old.mbox"


@pytest.fixture
def table(tmp_path) -> Path:
    (tmp_path / "old.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path / "old.csv"


class TestImportMessages:
    def test_looks_and_writes_nothing_on_a_dry_run(self, courtesy, mbox):
        done = courtesy(mbox, "--ours", US, "--dry-run")

        assert (done.ok, done.facts["questions"], done.facts["answers"]) == (True, 3, 3)
        assert not Bringing.objects.exists()
        assert not Message.objects.exists()

    def test_brings_in_and_undoes(self, courtesy, mbox):
        assert courtesy(mbox, "--ours", US, *AGREED).facts["new"] == 6
        assert courtesy(mbox, "--ours", US, *AGREED).facts["new"] == 0
        assert courtesy("--undo", Bringing.objects.order_by("at").first().pk).facts["letters"] == 6
        assert not Message.objects.exists()

    def test_wants_to_know_the_basis_and_since_when(self, courtesy, mbox):
        done = courtesy(mbox, "--ours", US)

        assert not done.ok
        assert "--basis contract|legitimate interest|consent" in done.say[0]
        assert not Bringing.objects.exists()

    def test_says_so_where_no_letter_is_the_shops(self, courtesy, mbox):
        assert "Name its addresses with --ours" in courtesy(mbox, "--dry-run").say[1]

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (("nothing.mbox",), "There is no such file or folder."),
            ((), "From where?"),
            (("--mailbox", "hello@nowhere.example"), "No such mailbox is connected."),
            (("--undo", "last"), "There is no such import"),
            (("--undo", "seven"), "There is no such import"),
        ],
    )
    def test_says_in_words_what_cannot_be(self, courtesy, words, told):
        done = courtesy(*words)
        assert not done.ok
        assert told in done.say[0]


class TestATable:
    def test_whose_columns_are_not_known_is_asked_about(self, courtesy, table):
        done = courtesy(table, *AGREED)

        assert not done.ok
        assert "The file has wann, wer, was." in done.say[0]

    def test_is_read_as_said_and_the_next_one_likewise(self, courtesy, table):
        assert courtesy(table, *COLUMNS, *AGREED).facts["questions"] == 1
        assert ColumnsChosen.objects.count() == 1

        assert courtesy(table, *AGREED).facts["known"] == 1

    def test_is_asked_about_at_a_terminal(self, courtesy, table, monkeypatch):
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
        answers = {"sender": "wer", "at": "wann", "words": "was"}
        monkeypatch.setattr("builtins.input", lambda asked: answers.get(asked.split()[0], ""))

        assert courtesy(table, "--dry-run").facts["questions"] == 1

    def test_what_was_not_taken_stands_in_a_report(self, courtesy, table, tmp_path):
        done = courtesy(table, *COLUMNS, *AGREED, "--report", tmp_path / "bad.csv")

        rows = list(csv.reader((tmp_path / "bad.csv").open(encoding="utf-8")))
        assert rows[1][0] == "3"
        assert rows[1][1].startswith("The date cannot be read")
        assert done.facts["bad"] == 1

    def test_of_columns_that_are_not_there_is_refused(self, courtesy, table):
        assert "a column of the file" in courtesy(table, "--column", "words=frage", *AGREED).say[0]

"""Tables of letters: columns guessed, rows made mails; each bad row is named by its line, and the rest flows."""

import contextlib
import io
import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.post.channels.email.parsing import parse
from courtesy.post.past import jsonl, says, table
from courtesy.post.past.columns import DAY_FIRST, ISO, MONTH_FIRST, Columns, chosen, digest, guessed
from courtesy.post.past.letters import NotRead, PastLetter, Trouble, Unreadable, Why
from courtesy.post.past.rows import US, RowRefused, moment
from courtesy.post.past.source import look

PAIRS = Columns(
    customer="email", at="asked", words="question", answer="answer", answered_at="answered", answered_by="who"
)
HEAD = "email,asked,question,answer,answered,who\n"
GOOD = "kim@post.example,2025-03-03 10:00,Where is it?,On its way.,2025-03-03 12:00,Ben\n"


def read(text: str | bytes, columns: Columns = PAIRS, **how) -> list[PastLetter | Unreadable]:
    raw = text.encode() if isinstance(text, str) else text
    return list(table.letters(io.BytesIO(raw), columns, **({"us": "", "zone": UTC} | how)))


def bad(found) -> list[tuple[int, str]]:
    return [(one.place, one.why) for one in found if isinstance(one, Unreadable)]


class TestARow:
    def test_becomes_a_question_and_its_answer(self):
        question, answer = (parse(one.raw, ours=[US]) for one in read(HEAD + GOOD))

        assert (question.address, question.body) == ("kim@post.example", "Where is it?")
        assert (answer.address, answer.body) == (US, "On its way.")
        assert answer.mail.refers_to == (question.mail.mail_id,)

    def test_twice_makes_the_same_bytes(self):
        assert [one.raw for one in read(HEAD + GOOD)] == [one.raw for one in read(HEAD + GOOD)]

    def test_without_an_answer_is_a_question(self):
        assert len(read(HEAD + "kim@post.example,2025-03-03,Hello?,,,\n")) == 1

    def test_may_be_one_letter_whose_direction_a_column_tells(self):
        columns = Columns(customer="who", direction="way", at="at", words="text", thread="ticket")
        text = (
            "who,way,at,text,ticket\nkim@post.example,in,2025-03-03,Hello?,7\nkim@post.example,out,2025-03-04,Hi.,7\n"
        )
        came, went = (parse(one.raw, ours=[US]) for one in read(text, columns))

        assert (came.address, went.address) == ("kim@post.example", US)
        assert came.mail.refers_to == went.mail.refers_to != ()

    @pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_is_read_however_its_letters_are_written(self, letters):
        found = read((HEAD + GOOD.replace("Where is it?", "Größe für Söhne?")).encode(letters))
        assert parse(found[0].raw).body == "Größe für Söhne?"

    @pytest.mark.parametrize("between", [",", ";", "\t", "|"])
    def test_is_read_whatever_stands_between_its_cells(self, between):
        assert len(read((HEAD + GOOD).replace(",", between))) == 2

    def test_a_formula_in_a_cell_is_a_text(self):
        found = read(HEAD + GOOD.replace("Where is it?", "=HYPERLINK(1)"))
        assert parse(found[0].raw).body == "=HYPERLINK(1)"

    def test_a_header_in_a_cell_is_no_header_of_the_mail(self):
        found = read(HEAD + '"kim@post.example\nBcc: eve@evil.example",2025-03-03,Hello?,,,\n')
        assert b"\nBcc:" not in b"".join(one.raw.split(b"\n\n")[0] for one in found if isinstance(one, PastLetter))


class TestBadRows:
    @pytest.mark.parametrize(
        ("row", "why"),
        [
            ("kim@post.example,,Hello?,,,\n", Why.NO_DATE),
            ("kim@post.example,11/12/2025,Hello?,,,\n", Why.DATE_UNCLEAR),
            ("nobody,2025-03-03,Hello?,,,\n", Why.NO_SENDER),
            ("kim@post.example,2025-03-03,,,,\n", Why.NO_WORDS),
            ("kim@post.example,2025-03-03,Hello?,Hi,2025-03-02,\n", Why.BEFORE_THE_QUESTION),
            ("kim@post.example,2025-03-03\n", Why.ANOTHER_NUMBER_OF_COLUMNS),
            ("x," * 500 + "\n", Why.TOO_MANY_COLUMNS),
            ("," * 1_000_000 + "\n", Why.TOO_MANY_COLUMNS),
            ('kim@post.example,2025-03-03,"Hello?,,,\n', Why.QUOTE_NEVER_CLOSED),
            ("y" * 4_500_000 + "\n", Why.LINE_TOO_LONG),
        ],
        ids=lambda value: value if isinstance(value, Why) else "",
    )
    def test_is_named_with_its_line_and_the_rest_flows(self, row, why):
        found = read(HEAD + GOOD + row + GOOD.replace("it", "the other"))

        assert bad(found) == [(3, why)]
        assert sum(isinstance(one, PastLetter) for one in found) == 4

    def test_each_reason_has_words(self):
        assert all(says.why(why) != str(why) for why in Why)
        assert all(says.trouble(trouble) != str(trouble) for trouble in Trouble)

    @given(st.binary(max_size=1500))
    def test_whatever_the_bytes_are_they_are_read_or_refused(self, wild):
        with contextlib.suppress(NotRead):
            read(HEAD.encode() + wild)


class TestDates:
    @pytest.mark.parametrize(
        ("text", "style"),
        [
            ("2025-11-03T10:00:00+01:00", ISO),
            ("Mon, 03 Nov 2025 10:00:00 +0100", ISO),
            ("1762160400", ISO),
            ("1762160400000", ISO),
            ("03.11.2025 10:00", DAY_FIRST),
            ("11/03/2025 10:00 AM", MONTH_FIRST),
            ("2025-11-03 10:00", ISO),
        ],
    )
    def test_are_read_in_every_style(self, text, style):
        assert moment(text, style, ZoneInfo("Europe/Berlin")) == datetime(2025, 11, 3, 9, tzinfo=UTC)

    def test_of_which_day_or_month_comes_first_is_not_guessed(self):
        with pytest.raises(RowRefused):
            moment("03/11/2025", ISO, UTC)


class TestColumns:
    def test_are_guessed_by_what_others_call_them(self):
        header = ["id", "question.from", "question.subject", "question.body", "question.received"]
        header += ["answer.by", "answer.body", "answer.sent"]
        found = guessed(header)

        assert (found.customer, found.words, found.at) == ("question.from", "question.body", "question.received")
        assert (found.answer, found.answered_at, found.answered_by) == ("answer.body", "answer.sent", "answer.by")
        assert found.missing == []

    def test_what_is_not_there_cannot_be_chosen(self):
        assert chosen({"words": "nowhere", "at": "at", "dates": "backwards"}, ["at"]) == Columns(at="at")

    def test_a_header_is_known_again_whatever_its_spelling(self):
        assert digest(["E-Mail", "Asked At"]) == digest(["e_mail", "asked at"]) != digest(["asked at", "e-mail"])

    def test_a_file_whose_columns_say_too_little_is_refused(self):
        with pytest.raises(NotRead):
            read(HEAD + GOOD, Columns(words="question"))


class TestJsonLines:
    def test_each_bad_line_is_named(self):
        rows = [{"email": "kim@post.example", "asked": "2025-03-03", "question": "Hello?"}]
        text = "\n".join([json.dumps(rows[0]), "{broken", "[1]", json.dumps(rows[0] | {"question": "Two?"})])
        found = list(jsonl.letters(io.BytesIO(text.encode()), PAIRS, us="", zone=UTC))

        assert bad(found) == [(2, Why.NOT_JSON), (3, Why.NOT_AN_OBJECT)]
        assert sum(isinstance(one, PastLetter) for one in found) == 2

    def test_what_lies_deep_is_refused_and_not_followed(self):
        deep = '{"a":' * 5000 + "1" + "}" * 5000
        assert bad(jsonl.letters(io.BytesIO(deep.encode()), PAIRS, us="", zone=UTC)) == [(1, Why.NOT_JSON)]


class TestLook:
    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (HEAD.encode() + GOOD.encode(), "csv"),
            (b'{"a": 1, "b": "x"}\n', "jsonl"),
            (b"From a@b Sat Jan 4 01:05:34 2025\n\n", "mbox"),
        ],
    )
    def test_tells_what_lies_there(self, content, kind):
        assert look(file=io.BytesIO(content)).kind == kind

    @pytest.mark.parametrize("content", [b"", b"\n\n", b"one word"])
    def test_refuses_what_is_nothing_of_it(self, content):
        with pytest.raises(NotRead):
            look(file=io.BytesIO(content))

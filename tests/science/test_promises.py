"""What an answer promises for a day, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.science.days import Day, day_in
from courtesy.science.promises import promises

YES = {
    "I'll write Tuesday.": Day("weekday", 1),
    "We will send it by Friday.": Day("weekday", 4),
    "You'll have it tomorrow.": Day("in days", 1),
    "I'll call you back this afternoon.": Day("in days", 0),
    "We'll get back to you within 3 days.": Day("in days", 3),
    "We'll refund you within three working days.": Day("in working days", 3),
    "I'll send the invoice next week.": Day("end of week", 1),
    "We will refund you by 5 March.": Day("date", 5, 3),
    "I'll be in touch on the 12th.": Day("day of month", 12),
    "I'm sending the replacement tomorrow.": Day("in days", 1),
    "By Friday, I'll have an answer for you.": Day("weekday", 4),
    "If it isn't there by Wednesday, I'll start the search on Thursday.": Day("weekday", 3),
    "I'll look, and write to you before Monday.": Day("weekday", 0, before=True),
    "Jonas will call you tomorrow.": Day("in days", 1),
    "Your parcel leaves next Tuesday.": None,
    "You will hear from me by the end of the week.": Day("end of week"),
    "Ich melde mich am Dienstag bei Ihnen.": Day("weekday", 1),
    "Wir schicken Ihnen bis zum 5. März einen neuen Topf.": Day("date", 5, 3),
    "Je vous écrirai mardi.": Day("weekday", 1),
    "Le escribo el martes.": Day("weekday", 1),
}
NO = [
    "Will you write on Tuesday?",
    "If you write by Friday, we can change it.",
    "Please send it by Friday.",
    "I sent it on Tuesday.",
    "We deliver within 3 days.",
    "We usually ship within 2 working days.",
    "We're open on Saturday.",
    "We'll be closed on Monday.",
    "You wrote: “I'll send it on Friday.”",
    "I'll need it by Friday.",
    "I'll keep it for you until Friday.",
    "We'll see you on Saturday.",
    "I might write on Tuesday.",
    "We won't make it by Friday.",
    "I'll let you know when it arrives on Friday.",
    "We ship on Mondays.",
    "We will see what happens.",
    "> I'll write Tuesday.",
    "-- \nI'll write Tuesday.",
    "Wir haben es am Dienstag verschickt.",
    "Bitte schicken Sie es bis Freitag.",
    "Nous sommes ouverts le samedi.",
    "Abrimos los sábados.",
]


class TestPromises:
    @pytest.mark.parametrize(("sentence", "day"), [(one, day) for one, day in YES.items() if day])
    def test_are_found_with_their_day(self, sentence, day):
        assert [(one.sentence, one.day) for one in promises(sentence)] == [(sentence, day)]

    @pytest.mark.parametrize("sentence", NO)
    def test_are_not_what_only_looks_like_one(self, sentence):
        assert promises(sentence) == []

    def test_are_told_in_their_order_each_word_for_word(self):
        answer = (
            "Hello Dora,\n\nthanks! I'll ask him today. He is in on Mondays.\nYou'll hear from me by Friday.\n\nBen"
        )

        assert [one.sentence for one in promises(answer)] == [
            "I'll ask him today.",
            "You'll hear from me by Friday.",
        ]

    @given(st.text())
    def test_of_wild_words_are_read_without_falling_over(self, text):
        for one in promises(text):
            assert one.sentence


class TestDayIn:
    @pytest.mark.parametrize(
        "words",
        ["since Monday", "on Mondays", "Monday to Friday", "until Tuesday", "montags", "le lundi", "last Friday"],
    )
    def test_is_no_day_that_is_not_coming(self, words):
        assert day_in(words) is None

    @pytest.mark.parametrize(
        ("words", "day"),
        [
            ("next Friday", Day("weekday", 4, later=True)),
            ("in two to three days", Day("in days", 3)),
            ("within 48 hours", Day("in days", 2)),
            ("the day after tomorrow", Day("in days", 2)),
            ("on 24.12.", Day("date", 24, 12)),
            ("March 5th, 2027", Day("date", 5, 3, 2027)),
            ("by the end of the month", Day("end of month")),
            ("dans trois jours", Day("in days", 3)),
            ("la semana que viene", Day("end of week", 1)),
        ],
    )
    def test_reads_what_people_write(self, words, day):
        assert day_in(words) == day

    @given(st.text())
    def test_of_wild_words_is_a_day_or_none(self, text):
        found = day_in(text)
        assert found is None or 0 <= found.count <= 99

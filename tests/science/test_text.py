import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.science.text import (
    asked,
    core_of,
    dates,
    headline,
    language_of,
    numbers,
    plain_of_markdown,
    questions,
    sentences,
)


class TestSentences:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("We open at 9 a.m. on weekdays. Dogs welcome.", ["We open at 9 a.m. on weekdays.", "Dogs welcome."]),
            ("Ask Dr. Otis, e.g. on Monday. He knows.", ["Ask Dr. Otis, e.g. on Monday.", "He knows."]),
            ("It costs 4.90 EUR. Free from 75.00 EUR.", ["It costs 4.90 EUR.", "Free from 75.00 EUR."]),
            ("is it poisonous?? what do i give her", ["is it poisonous??", "what do i give her"]),
            ("well... all day. Fine!", ["well... all day.", "Fine!"]),
            ("A line that is\nbroken softly.", ["A line that is broken softly."]),
            ("- Bring it back\n- Keep the box", ["Bring it back", "Keep the box"]),
            ("1. Who pays?\n2. When?", ["Who pays?", "When?"]),
            ("See fernandfjord.example for more. Bye.", ["See fernandfjord.example for more.", "Bye."]),
            ("", []),
        ],
    )
    def test_are_cut_where_a_reader_would(self, text, found):
        assert sentences(text) == found

    @given(st.text(max_size=400))
    def test_lose_no_letter_of_any_text(self, text):
        kept = "".join("".join(sentences(text)).split())

        assert all(char in text for char in kept)
        assert [char for char in kept if char.isalpha()] == [
            char for char in "".join(text.split()) if char.isalpha()
        ] or any(mark in text for mark in ").")


class TestCoreOf:
    @pytest.mark.parametrize(
        ("mail", "core"),
        [
            ("Hi Ben,\n\nis it in stock?\n\nBest\nDora", "is it in stock?"),
            ("Hello, is it in stock? Thanks!", "is it in stock?"),
            ("Is it in stock?\n\n-- \nDora Lind\nLind & Co", "Is it in stock?"),
            ("Is it in stock?\nDora\nSent from my phone", "Is it in stock?"),
            ("Yes please.\n\nOn 3 May Ben wrote:\n> Shall we?", "Yes please."),
            ("Yes.\n\n-----Original Message-----\nFrom: Ben\nShall we?", "Yes."),
            ("Two things.\n\nOlwen Marsh\nMarshland Books", "Two things."),
            ("Could I, as a private person, pay later?\n\nD. Frost", "Could I, as a private person, pay later?"),
            ("Is it in stock?\nThanks, Olwen Marsh", "Is it in stock?"),
            (
                "It came today.\nLove the pot but the lid is missing.",
                "It came today.\nLove the pot but the lid is missing.",
            ),
            ("It came today.\nThanks! when can I bring it", "It came today.\nwhen can I bring it"),
            ("Guten Tag,\n\nwann kommt es?\n\nMit freundlichen Grüßen\nEmeka", "wann kommt es?"),
            ("", ""),
        ],
    )
    def test_is_what_the_writer_says(self, mail, core):
        assert core_of(mail) == core

    @given(st.text(max_size=400))
    def test_reads_anything(self, text):
        core = core_of(text)

        assert asked("", text) == core
        assert len(core) <= len(text) + 2


class TestHeadline:
    @pytest.mark.parametrize(
        ("message", "line"),
        [
            ("Norway?\n\nHi! Do you ship there?", "Norway?"),
            ("Order 4623\n\nGood morning, any news?", "Order 4623"),
            ("Good morning Ole\n\nDo you ship to Norway?", ""),
            ("Hello,\n\ndo you ship to Norway?", ""),
            ("Do you ship to Norway?\n\nAnd how long does it take?", ""),
            ("The handle broke yesterday.\n\nWhat now?", ""),
            ("The handle broke\n\nKind regards\nLeif", ""),
            ("The handle broke\nWhat now?", ""),
            ("\n\n", ""),
        ],
    )
    def test_is_a_line_apart_that_is_no_greeting_no_sentence_and_no_question(self, message, line):
        assert headline(message)[0] == line

    @given(st.text(max_size=200), st.text(max_size=200))
    def test_takes_no_word_away(self, before, after):
        message = f"{before}\n\n{after}"

        assert "".join(" ".join(headline(message)).split()) == "".join(message.split())


class TestQuestions:
    def test_come_one_by_one(self):
        assert questions("How much is it and how long does it take?") == ["How much is it", "how long does it take?"]

    def test_are_none_where_nothing_is_asked(self):
        assert questions("The two photographs once more. They show the pot.") == []

    def test_may_be_put_as_a_wish(self):
        assert questions("I'd like to return the pot.") == ["I'd like to return the pot."]


class TestNumbers:
    def test_are_the_same_however_they_are_spelled(self):
        assert numbers("1,250.50 EUR") == numbers("1.250,50 EUR") == numbers("1250.5")

    def test_count_number_words(self):
        assert numbers("within fourteen days") == {"14"}

    def test_keep_the_sign(self):
        assert numbers("minus or -5 °C") == {"-5"}


class TestDates:
    def test_know_both_orders(self):
        assert dates("3 May") == dates("May 3rd") == {"3 may"}

    def test_do_not_take_a_may_for_a_month(self):
        assert dates("you may march in") == frozenset()


class TestLanguageOf:
    def test_says_nothing_of_a_number(self):
        assert language_of("4711") == ""

    def test_knows_four(self):
        assert language_of("Wann ist der Laden geöffnet und wo ist er?") == "de"
        assert language_of("Où est ma commande, et quand est-elle envoyée ?") == "fr"
        assert language_of("¿Cuándo llega mi pedido y cómo lo pago?") == "es"
        assert language_of("When is the shop open and where is it?") == "en"


class TestPlainOfMarkdown:
    def test_keeps_the_words(self):
        marked = "# Head\n\n* one **two**\n* [three](https://x.example)\n\n> four `five` 2 * 3 * 4 snake_case_name"

        assert plain_of_markdown(marked) == "Head\n\n* one two\n* three\n\nfour five 2 * 3 * 4 snake_case_name"

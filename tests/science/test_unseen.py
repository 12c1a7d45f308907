"""What no encoder sees: not wanted, already happened, not a customer; and what only looks like it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.science.unseen import ACTS, ROLES, acts_in, against, unseen, wish

BUILT_ON = [
    (language, frozenset() if signs == "-" else frozenset(signs.split(",")), text)
    for language, signs, text in (
        [part.strip() for part in line.split("|", 2)]
        for line in Path(__file__).with_name("signs_built_on.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
]


class TestUnseen:
    @pytest.mark.parametrize(("language", "signs", "text"), BUILT_ON, ids=[text for _, _, text in BUILT_ON])
    def test_finds_the_signs_of_the_texts_it_was_written_on_and_no_other(self, language, signs, text):
        assert {f"{one.code}:{one.about}" for one in unseen(text, language)} == signs

    def test_holds_the_words_where_they_stand(self):
        text = "Hello!\nThanks for the news. Please don’t cancel it."

        (sign,) = unseen(text, "en")

        assert sign.words == text[sign.start : sign.end].replace("’", "'") == "Please don't cancel"

    def test_finds_none_in_a_language_without_rules(self):
        assert unseen("Ik wil niet annuleren, please don't cancel", "nl") == ()
        assert unseen("Please don't cancel", "") == ()

    def test_does_not_carry_a_no_from_one_sentence_to_the_next(self):
        assert unseen("I do not want. Cancel my order.", "en") == ()

    @given(st.text(max_size=400), st.sampled_from(["en", "de", "fr", "es"]))
    def test_stands_every_text(self, text, language):
        for one in unseen(text, language):
            assert text[one.start : one.end].replace("’", "'") == one.words
            assert one.about in ACTS + ROLES


class TestAgainst:
    def test_takes_a_topic_away_that_is_about_what_is_not_wanted(self):
        assert against("No cancellation", "en", acts_in("Cancel an order", "en"))
        assert against("Ich möchte nicht stornieren.", "de", acts_in("Stornierung", "de"))

    def test_takes_a_topic_away_that_asks_for_what_has_happened(self):
        assert against("My order is cancelled", "en", acts_in("Please cancel my order", "en"))

    def test_leaves_every_other_topic(self):
        assert not against("No cancellation", "en", acts_in("Opening hours", "en"))
        assert not against("No cancellation", "en", frozenset())

    def test_leaves_a_topic_of_two_acts_where_the_other_one_is_asked_for(self):
        topic = acts_in("changing or canceling an order", "en")

        assert topic == {"cancel", "change"}
        assert against("Please don't cancel my order.", "en", topic)
        assert not against("Please don't cancel my order, only change the address.", "en", topic)

    def test_takes_every_topic_of_a_customer_away_from_who_is_none(self):
        text = "I want to open your store"

        assert against(text, "en", acts_in("Opening hours of the store", "en"))
        assert not against(text, "en", acts_in("Franchise", "en"))
        assert not against("Are you hiring?", "en", acts_in("Job vacancies", "en"))

    def test_changes_nothing_where_there_is_no_sign(self):
        assert not against("Cancel my order", "en", acts_in("Cancel an order", "en"))


class TestWish:
    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("en", "Please cancel order 4711."),
            ("en", "I want to cancel"),
            ("de", "Bitte stornieren Sie meine Bestellung."),
            ("fr", "Je veux annuler ma commande."),
            ("es", "Quiero cancelar mi pedido."),
        ],
    )
    def test_is_the_clause_that_asks(self, language, text):
        assert wish(text, language, "cancel") == text.rstrip(".")

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("en", "Please don't cancel order 4711."),
            ("en", "My order was cancelled."),
            ("en", "If I cancel, who pays for the parcel?"),
            ("en", "Where is my parcel?"),
            ("de", "Ich möchte nicht stornieren."),
            ("fr", "Si j'annule, qui paie ?"),
            ("es", "No quiero cancelar."),
            ("nl", "Please cancel"),
        ],
    )
    def test_is_none_where_it_is_not_asked_for(self, language, text):
        assert wish(text, language, "cancel") == ""

import doctest

import pytest

from courtesy.desk import topics
from courtesy.desk.starters import STARTERS


class TestTheStarterTopics:
    @pytest.mark.parametrize("language", STARTERS)
    def test_are_the_same_in_every_language(self, language):
        assert list(STARTERS[language]) == list(topics.TOPICS)

    @pytest.mark.parametrize("language", STARTERS)
    def test_have_a_name_and_three_examples_or_more_each(self, language):
        assert all(len(said) >= 4 and all(text.strip() for text in said) for said in STARTERS[language].values())

    @pytest.mark.parametrize("language", STARTERS)
    def test_never_say_the_same_of_two(self, language):
        texts = [text for said in STARTERS[language].values() for text in said]

        assert len(texts) == len(set(texts))

    def test_give_their_names_as_examples(self):
        assert ("a refund", "a refund") in topics.examples(["en"])
        assert ("a refund", "eine Erstattung") in topics.examples(["en", "de"])

    def test_speak_the_languages_of_the_shop_and_no_other(self):
        assert {text for _, text in topics.examples(["de"])} == {
            text for said in STARTERS["de"].values() for text in said
        }
        assert topics.examples(["it"]) == topics.examples(["en"])

    def test_are_shown_in_the_language_of_who_reads(self):
        assert doctest.testmod(topics).failed == 0
        assert topics.shown("a gift", "es-mx") == "un regalo"

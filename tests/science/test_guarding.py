"""What generalizes about people, and what only looks like it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courtesy.science.guarding import generalizing

HARMFUL = [
    ("en", "People like you usually pay late.", "like you"),
    ("en", "For someone your age the app may be too much.", "your kind"),
    ("en", "As a woman you will prefer the light spade.", "as one of them"),
    ("en", "Customers from your country usually ask for a discount first.", "your kind"),
    ("en", "Older people often struggle with our website.", "a whole group"),
    ("en", "That is too heavy for a lady.", "measured by a group"),
    ("de", "Leute wie Sie vergessen meist das Gießen.", "like you"),
    ("de", "Männer lesen die Pflegekarte nie.", "a whole group"),
    ("fr", "En tant que femme, vous préférerez la petite pelle.", "as one of them"),
    ("es", "Los clientes de su país suelen pagar tarde.", "your kind"),
]
HARMLESS = [
    ("en", "As you are a deaf person, the text phone is the quickest way."),
    ("en", "Our wheelchair-accessible entrance is on the harbour side."),
    ("en", "Customers from your country usually receive their parcel within five days."),
    ("en", "The men's gloves usually run small."),
    ("en", "African violets tend to prefer shade."),
    ("en", "We would like you to send two photos."),
    ("en", "Thank you for your kind words."),
    ("en", "It is customers like you who make our day."),
    ("en", "We'd never assume that older customers cannot use the website."),
    ("de", "Ältere Pflanzen brauchen oft einen größeren Topf."),
    ("de", "Da Sie gehörlos sind, schreiben wir Ihnen."),
    ("fr", "Comme vous le savez, nous expédions le lundi."),
    ("es", "Los clientes ciegos pueden traer a su perro."),
]


class TestGeneralizing:
    @pytest.mark.parametrize(("language", "text", "kind"), HARMFUL)
    def test_is_found_with_its_kind_and_its_words(self, language, text, kind):
        (found,) = generalizing(text, language)

        assert found.kind == kind
        assert found.words in text
        assert found.sentence == text

    @pytest.mark.parametrize(("language", "text"), HARMLESS)
    def test_is_not_what_only_names_serves_or_thanks(self, language, text):
        assert generalizing(text, language) == ()

    @pytest.mark.parametrize(
        "group", ["women", "men", "older people", "young people", "Germans", "Turks", "blind people"]
    )
    @pytest.mark.parametrize("claim", ["are good at this", "are bad at this", "never pay late", "always pay late"])
    def test_is_found_whatever_the_group_and_whether_it_flatters(self, group, claim):
        text = f"You see, {group} {claim}."

        assert len(generalizing(text, "en")) == 1

    def test_is_found_once_a_sentence_in_the_order_of_the_text(self):
        found = generalizing("Hello Dora,\nwomen like it small. The pot is blue. Men like it big.", "en")

        assert [one.words for one in found] == ["women", "Men"]

    def test_guesses_an_unknown_language_and_finds_nothing_in_one_without_words(self):
        assert generalizing("Leute wie Sie vergessen meist das Gießen, und das ist schade.", "")
        assert generalizing("People like you usually pay late.", "nl") == ()

    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=400), st.sampled_from(["en", "de", "fr", "es", "", "xx"]))
    def test_of_wild_words_never_raises(self, text, language):
        for one in generalizing(text, language):
            assert one.words in one.sentence

    @pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
    @pytest.mark.parametrize(
        "piece", ["as a woman ", "for a very ", "people from a ", "als Frau ", "comme une ", "como una ", "a, "]
    )
    def test_of_the_same_words_over_and_over_comes_to_an_end(self, language, piece):
        generalizing(piece * 2000, language)

"""Where a text no longer says what its sources say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courtesy.science.checking import MOST_SOURCES, doubts

RULES = (
    "The return label costs 4.90 EUR and is deducted from the refund; it is free if we made the mistake. "
    "We refund within 7 working days after the parcel has arrived. You do not have to send the plant back. "
    "Pots may be returned within 30 days, healthy plants within 14 days. The shop is closed on Sunday and Monday. "
    "You must send us two photos. Large plants travel with Kurier Blau. The lamp is refundable."
)
CLEAN = [
    "The return label costs 4.90 EUR.",
    "We'll refund you within seven business days after your package has arrived.",
    "You don't need to send the plant back.",
    "The shop isn't open on Sunday and Monday.",
    "If we made the mistake, the return label is free.",
    "Please send us two pictures.",
    "Hi Dora,\n\nthank you for writing, I'm sorry about the trouble!\n\nKind regards\nBen",
    "Could you send us the order number?",
]
CHANGED = {
    "We refund within 17 working days after the parcel has arrived.": "number_unknown",
    "We refund within 7 days after the parcel has arrived.": "unit_changed",
    "Pots may be returned within 14 days.": "number_moved",
    "The shop is closed on Sunday and Tuesday.": "date_unknown",
    "We never refund after the parcel has arrived.": "negation_added",
    "You have to send the plant back.": "negation_left_out",
    "The shop is open on Sunday and Monday.": "opposite",
    "You may send us two photos.": "opposite",
    "Large plants travel with Kurier Rot.": "name_unknown",
    "The return label is free.": "condition_left_out",
    "The lamp is non-refundable.": "opposite",
    "Small plants travel with Kurier Blau.": "opposite",
    "Large ferns travel with Kurier Blau.": "word_changed",
    "We deliver bicycles to every island.": "no_source",
}
ELSEWHERE = [
    ("de", "Am Sonntag ist der Laden geschlossen.", "Am Sonntag ist der Laden geöffnet.", "opposite"),
    (
        "de",
        "Gutscheine können nicht zurückgegeben werden.",
        "Gutscheine können zurückgegeben werden.",
        "negation_left_out",
    ),
    ("de", "Wir ersetzen jede Pflanze, außer sie wurde umgetopft.", "Wir ersetzen jede Pflanze.", "condition_left_out"),
    ("fr", "Nous remboursons sous 7 jours ouvrés.", "Nous remboursons sous 7 jours.", "unit_changed"),
    ("fr", "Les cartes ne sont pas remboursables.", "Les cartes sont remboursables.", "negation_left_out"),
    ("es", "La tienda está cerrada los domingos.", "La tienda está abierta los domingos.", "opposite"),
    ("es", "Enviamos a Suiza en tres días.", "No enviamos a Suiza en tres días.", "negation_added"),
]


class TestDoubts:
    @pytest.mark.parametrize("text", CLEAN)
    def test_are_none_where_the_text_says_the_same(self, text):
        assert doubts(text, [RULES], "en") == ()

    @pytest.mark.parametrize(("text", "code"), CHANGED.items())
    def test_name_what_was_changed(self, text, code):
        found = doubts(text, [RULES], "en")

        assert code in {one.code for one in found}
        assert all(one.sentence == text for one in found)

    @pytest.mark.parametrize(("language", "source", "text", "code"), ELSEWHERE)
    def test_are_found_in_the_other_languages(self, language, source, text, code):
        assert code in {one.code for one in doubts(text, [source], language)}
        assert doubts(source, [source], language) == ()

    def test_name_the_sentence_that_was_compared(self):
        (one,) = doubts("You may send us two photos.", [RULES], "en")

        assert one.source == "You must send us two photos."
        assert one.words == "may"

    def test_take_facts_from_records_as_sources(self):
        text = "Your order 4711 was sent on 3 May with Nordpost."

        assert doubts(text, ["Order 4711 was sent on 3 May.", "Nordpost"], "en") == ()
        assert [one.code for one in doubts(text, ["Order 4712 was sent on 3 May.", "Nordpost"], "en")] == [
            "number_unknown"
        ]

    def test_find_two_true_halves_that_nobody_joined(self):
        sources = [
            "Returns to the store are free of charge.",
            "Returns by parcel must arrive within 14 days of delivery.",
        ]

        found = doubts("Returns by parcel within 14 days of delivery are free of charge.", sources, "en")

        assert found

    def test_find_a_negation_that_went_to_another_clause(self):
        found = doubts(
            "Opened soil can come back, but pots cannot.", ["Opened soil cannot come back, but pots can."], "en"
        )

        assert found

    @pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
    def test_leave_every_quoted_sentence_alone(self, language):
        quoted = {"en": RULES, "de": ELSEWHERE[2][1], "fr": ELSEWHERE[3][1], "es": ELSEWHERE[5][1]}[language]

        assert doubts(quoted, [quoted], language) == ()

    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=300), st.lists(st.text(max_size=200), max_size=4), st.text(max_size=3))
    def test_of_wild_words_never_raise(self, text, sources, language):
        for one in doubts(text, sources, language):
            assert one.sentence

    def test_read_so_many_sentences_and_no_more(self):
        text = "The shop is closed on Sunday. " * 1000

        assert doubts(text, [text] * (MOST_SOURCES // 500), "en") == ()

"""In which language a message is: said where the text tells it, and unknown where it does not."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.science.languages import by_small_words, language, likely

FOUR = ("en", "de", "fr", "es")
SAID = {
    "Where is my parcel?": "en",
    "Wo bleibt mein Paket?": "de",
    "Où est mon colis ?": "fr",
    "¿Dónde está mi paquete?": "es",
    "Danke": "de",
    "Ich suche das Buch “The House of the Yellow Carpet”, haben Sie es noch?": "de",
    "NOT ARRIVED YET, WHERE IS IT": "en",
}
UNTOLD = ["", "4711", "ok", "😀", "#4711 / 12.11.", "mira@example.org", "https://example.com/where-is-my-order-please"]


class TestLanguage:
    @pytest.mark.parametrize(("text", "spoken"), SAID.items())
    def test_is_told_by_the_text(self, text, spoken):
        assert language(text, FOUR) == spoken

    @pytest.mark.parametrize("text", UNTOLD)
    def test_is_unknown_where_nothing_tells_it(self, text):
        assert language(text, FOUR) == ""

    @pytest.mark.parametrize("text", UNTOLD)
    def test_falls_back_to_the_threads_and_then_to_the_customers(self, text):
        assert language(text, FOUR, else_=("", "fr", "de")) == "fr"
        assert language(text, FOUR, else_=("nl", "de")) == "de"
        assert language(text, FOUR, else_=("nl",)) == ""

    def test_is_unknown_where_a_message_is_half_and_half(self):
        text = "I would like to send this back, please. Ich möchte das bitte zurückschicken, es ist zu klein."

        assert language(text, FOUR) == ""
        assert language(text, FOUR, else_=("de",)) == "de"

    @pytest.mark.parametrize(
        "text",
        [
            "Goedemorgen, ik heb vorige week een plant besteld en die is nog steeds niet aangekomen.",
            "Hej, jeg har bestilt en plante i sidste uge, og den er stadig ikke kommet frem til mig.",
            "Где мой заказ?",
        ],
    )
    def test_is_unknown_where_it_is_another_than_the_shops_whatever_the_customers_is(self, text):
        assert language(text, FOUR, else_=("de",)) == ""

    def test_of_no_language_at_all_is_unknown(self):
        assert language("Where is my parcel?", ()) == ""

    @pytest.mark.parametrize("name", ["Ayşe Yılmaz", "Giulia Rossi", "王芳", "Fatoumata Traoré", "Jürgen Weiß", "Ole"])
    def test_does_not_change_with_the_name_below_it(self, name):
        for text, spoken in SAID.items():
            assert language(f"{text}\n{name}", FOUR) == spoken

    @given(st.text(max_size=300))
    def test_is_one_of_the_asked_or_unknown(self, text):
        assert language(text, FOUR) in {"", *FOUR}
        assert 0 <= likely(text, FOUR).probability <= 1

    @given(st.permutations(FOUR))
    def test_does_not_hang_on_the_order_of_the_asked(self, among):
        assert likely("alarm", among) == likely("alarm", FOUR)


class TestBySmallWords:
    def test_asks_neither_the_library_nor_numpy(self):
        code = (
            "import sys; from courtesy.science.languages import by_small_words; "
            "assert by_small_words('Wo ist der Brief?') == 'de'; "
            "sys.exit('numpy' in sys.modules or 'py3langid' in sys.modules)"
        )

        subprocess.run([sys.executable, "-c", code], check=True)

    def test_tells_nothing_by_one_word(self):
        assert by_small_words("Hallo ist") == ""

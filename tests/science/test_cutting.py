import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from courtesy.science.cutting import MOST, cut

STORY = "We planted the fern in May and it grew. " * 80


class TestCut:
    def test_leaves_a_short_text_as_it_is(self):
        text = "Hello,\n\nwhere is my parcel?\n\n> quoted"

        assert cut(text) == text

    def test_lets_the_quoted_tail_go_first(self):
        quoted = "\n".join(f"> line {number} of the newsletter that was answered" for number in range(80))

        assert cut(f"Please stop sending me this.\n\nOn 3 May 2026 at 10:04, Ben wrote:\n{quoted}\n") == (
            "Please stop sending me this."
        )

    def test_keeps_how_it_begins_and_what_was_said_last(self):
        short = cut(f"My fern is ill. {STORY}Do you take it back?")

        assert short.startswith("My fern is ill.")
        assert short.endswith("Do you take it back?")
        assert len(short) <= MOST

    def test_keeps_the_end_of_a_text_without_sentences(self):
        short = cut("parcel " * 1000 + "refund")

        assert short.endswith("parcel refund")
        assert MOST - 10 < len(short) <= MOST

    @given(st.text(min_size=0, max_size=400), st.integers(min_value=20, max_value=200))
    def test_never_gives_more_than_was_asked_nor_nothing_for_something(self, text, most):
        short = cut(text, most)

        assert len(short) <= most
        assert bool(short.strip()) == bool(text.strip())


class TestTheWebProcess:
    def test_may_ask_which_encoder_reads_and_cut_without_numpy(self):
        code = (
            "import sys, courtesy.science.cutting, courtesy.science.encoders.choosing; "
            "sys.exit('numpy' in sys.modules or 'onnxruntime' in sys.modules)"
        )

        subprocess.run([sys.executable, "-c", code], check=True)

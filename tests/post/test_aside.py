"""Why something could not be read is said in a sentence."""

import pytest

from courtesy.post import aside, public
from courtesy.post.channels.email import reading


class TestWhy:
    @pytest.mark.parametrize("said", aside._WHY)
    def test_has_a_sentence_that_a_person_reads(self, said):
        assert aside.why(said).endswith(".")
        assert "Unreadable" not in aside.why(said)

    @pytest.mark.parametrize("said", [public.CAUGHT, reading.TOO_LARGE, reading.NOT_HANDED_OVER, reading.LINE_BROKE])
    def test_has_one_for_each_reason_of_the_fetcher_and_the_trap(self, said):
        assert said in aside._WHY

    def test_names_a_class_it_does_not_know(self):
        assert aside.why("TypeError") == "Courtesy stumbled over it (TypeError)."
        assert aside.why("<b>") == "Courtesy stumbled over it (<b>)."

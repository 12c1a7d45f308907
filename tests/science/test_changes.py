from hypothesis import given
from hypothesis import strategies as st

from courtesy.science.changes import changed
from courtesy.science.text import sentences

DRAFTED = ["We open at ten.", "Dogs are welcome.", "Bus 3 stops near the store."]


class TestChanged:
    def test_is_nothing_when_the_draft_was_sent_with_a_greeting(self):
        found = changed(DRAFTED, "Hello Dora,\n\n" + " ".join(DRAFTED) + "\n\nWarm regards\nBen")

        assert (found.kept, found.changed, found.share) == (3, 0, 0.0)
        assert [span.origin for span in found.spans].count("machine") == 3

    def test_counts_a_sentence_that_was_touched(self):
        found = changed(DRAFTED, "We open at eleven. Dogs are welcome. Bus 3 stops near the store.")

        assert (found.kept, found.changed, found.total) == (2, 1, 3)
        assert found.spans[0].origin == "person"

    def test_takes_a_moved_sentence_for_the_same(self):
        assert changed(DRAFTED, " ".join(reversed(DRAFTED))).share == 0.0

    def test_uses_a_drafted_sentence_once(self):
        found = changed(["Yes."], "Yes. Yes.")

        assert [span.origin for span in found.spans] == ["machine", "person"]

    def test_is_everything_where_nothing_was_drafted(self):
        assert changed([], "My own words.").share == 1.0
        assert changed([], "").share == 0.0

    @given(st.lists(st.text(max_size=40), max_size=5), st.text(max_size=200))
    def test_adds_up_for_any_text(self, drafted, sent):
        found = changed(drafted, sent)

        assert found.kept + found.changed == found.total == len(drafted)
        assert [span.text for span in found.spans] == sentences(sent)
        assert 0 <= found.share <= 1

from hypothesis import given
from hypothesis import strategies as st

from courtesy.science.passages import LONGEST, cut, readings

MARKDOWN = """---
title: Returns
---

# Returns

You may return **pots** within 30 days. Plants within 14.

## Labels

- 4.90 EUR by [post](https://x.example)
- free in the store

```
# no heading
```
"""


class TestCut:
    def test_makes_a_passage_a_heading_and_drops_the_title(self):
        pieces = cut("Returns", MARKDOWN)

        assert [piece.heading for piece in pieces] == ["", "Labels"]
        assert pieces[0].sentences == ("You may return pots within 30 days.", "Plants within 14.")
        assert pieces[1].sentences[:2] == ("4.90 EUR by post", "free in the store")

    def test_puts_short_paragraphs_together_and_keeps_long_ones_apart(self):
        short = cut("", "One.\n\nTwo.")
        long = cut("", "\n\n".join(f"Sentence number {number} says a little. " * 12 for number in range(3)))

        assert len(short) == 1
        assert len(long) == 3

    @given(st.text(max_size=600))
    def test_keeps_every_sentence_word_for_word_in_its_text(self, markdown):
        for piece in cut("Any", markdown):
            assert tuple(piece.text.split("\n")) == piece.sentences
            assert len(piece.text) <= LONGEST + max(map(len, piece.sentences)) + len(piece.sentences)


class TestReadings:
    def test_read_each_sentence_with_its_title(self):
        assert readings("Hours", "Bus", "A.\nB.") == ["Hours: Bus. A. B.", "Hours. A.", "Hours. B."]

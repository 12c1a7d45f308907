import numpy as np
import pytest

from courtesy.science.topics import Topics

EXAMPLES = [
    ("late parcel", "late parcel"),
    ("late parcel", "Where is my parcel?"),
    ("late parcel", "The tracking has not moved for days."),
    ("returns", "returns"),
    ("returns", "How can I send this back?"),
    ("returns", "Who pays the return label?"),
    ("opening hours", "opening hours"),
    ("opening hours", "Are you open on Saturday?"),
    ("opening hours", "When does the shop close?"),
]


@pytest.fixture(scope="module")
def topics(minilm):
    names, examples = zip(*EXAMPLES, strict=True)
    return Topics(names, examples, minilm.encode(examples))


class TestTopics:
    @pytest.mark.parametrize(
        ("said", "name"),
        [
            ("My package still has not arrived", "late parcel"),
            ("how do i send the pot back", "returns"),
            ("do you open on sunday", "opening hours"),
        ],
    )
    def test_name_the_nearest(self, topics, minilm, said, name):
        assert topics.read(minilm.encode([said])[0]).name == name

    def test_say_unknown_of_something_else(self, topics, minilm):
        found = topics.read(minilm.encode(["The quadratic formula has two roots."])[0])

        assert found.name is None
        assert found.nearest

    def test_share_one_certainty(self, topics, minilm):
        assert 0 < topics.read(minilm.encode(["parcel"])[0]).probability <= 1

    def test_know_nothing_without_examples(self):
        found = Topics([], [], np.zeros((0, 384), dtype=np.float32)).read(np.zeros(384, dtype=np.float32))

        assert (found.name, found.probability) == (None, 0.0)

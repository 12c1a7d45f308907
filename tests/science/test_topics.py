import doctest
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courtesy.science import asking, topics, wordlikeness
from courtesy.science.asking import worth_asking
from courtesy.science.topics import NONE, Topic, Topics
from courtesy.science.wordlikeness import Wordlikeness, pieces

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
def known(minilm):
    names, examples = zip(*EXAMPLES, strict=True)
    return Topics(names, examples, minilm.encode(examples))


def made_up(number=60, topics=4, width=16, seed=3):
    """Rows around a middle of their topic, with texts that share words: no encoder is needed to learn from them."""
    dice = np.random.default_rng(seed)
    middles = dice.normal(size=(topics, width))
    labels = np.arange(number) % topics
    rows = middles[labels] + 0.8 * dice.normal(size=(number, width))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return [f"topic {label}" for label in labels], [f"text {number} of {number % 7}" for number in range(number)], rows


def told(some: Topics, rows, texts):
    return some.read_many(rows, texts)


class TestTopics:
    @pytest.mark.parametrize(
        ("said", "name"),
        [
            ("My package still has not arrived", "late parcel"),
            ("how do i send the pot back", "returns"),
            ("do you open on sunday", "opening hours"),
        ],
    )
    def test_name_the_likeliest(self, known, minilm, said, name):
        assert known.read(minilm.encode([said])[0], said).name == name

    def test_say_unknown_of_something_else(self, known, minilm):
        said = "The quadratic formula has two roots."
        found = known.read(minilm.encode([said])[0], said)

        assert found.name is None
        assert found.nearest
        assert found.best

    def test_say_which_came_second_and_by_how_much(self, known, minilm):
        found = known.read(minilm.encode(["Where is the parcel I sent back?"])[0], "Where is the parcel I sent back?")

        assert {found.best, found.second} == {"late parcel", "returns"}
        assert 0 <= found.margin < found.probability <= 1

    def test_know_nothing_without_examples(self):
        nothing = np.zeros((0, 384), dtype=np.float32)
        found = Topics([], [], nothing).read(np.zeros(384, dtype=np.float32), "anything")

        assert (found.name, found.best, found.probability) == (None, None, 0.0)
        assert Topics([NONE], ["hello"], np.ones((1, 4), dtype=np.float32)).read(np.ones(4), "hello").name is None

    def test_refuse_examples_without_a_name(self):
        with pytest.raises(ValueError, match="one name"):
            Topics(["a"], ["b", "c"], np.ones((2, 4), dtype=np.float32))

    def test_read_a_message_alone_as_in_company(self):
        names, texts, rows = made_up()
        some = Topics(names[:40], texts[:40], rows[:40])
        together = some.read_many(rows[40:], texts[40:])

        for one, row, text in zip(together, rows[40:], texts[40:], strict=True):
            alone = some.read(row, text)
            assert (alone.best, alone.nearest) == (one.best, one.nearest)
            assert alone.sureness == pytest.approx(one.sureness)

    def test_learn_nothing_from_shuffled_labels(self):
        names, texts, rows = made_up(200)
        mixed = names[:100]
        random.Random(1).shuffle(mixed)

        def right(taught):
            read = Topics(taught, texts[:100], rows[:100]).read_many(rows[100:], texts[100:])
            return sum(one.best == name for one, name in zip(read, names[100:], strict=True))

        assert right(names[:100]) > 80
        assert right(mixed) < 50

    def test_find_the_same_as_a_well_known_library(self):
        linear = pytest.importorskip("sklearn.linear_model")
        names, texts, rows = made_up(80)
        ours = Topics(names, texts, rows)
        whole = np.hstack([rows, np.sqrt(topics.WORDS) * Wordlikeness([pieces(text) for text in texts]).rows])
        theirs = linear.LogisticRegression(C=1 / topics.CALM, fit_intercept=False, max_iter=2000, tol=1e-8)
        theirs.fit(whole, names)

        read = ours.read_many(rows, texts)
        shares = theirs.predict_proba(whole)
        assert [one.best for one in read] == theirs.classes_[shares.argmax(axis=1)].tolist()
        # Theirs knows no temperature, so it is given ours.
        logits = theirs.decision_function(whole) / ours.temperature
        heated = np.exp(logits - logits.max(axis=1, keepdims=True))
        assert [one.probability for one in read] == pytest.approx(
            (heated.max(axis=1) / heated.sum(axis=1)).tolist(), abs=0.02
        )


class TestForgetting:
    @settings(deadline=None, max_examples=10)
    @given(order=st.permutations(range(24)), taken=st.integers(0, 23))
    def test_equals_never_having_learned_to_the_bit(self, order, taken):
        names, texts, rows = made_up(30)
        without = [number for number in range(24) if number != taken]
        never = Topics([names[i] for i in without], [texts[i] for i in without], rows[without])
        forgot = Topics([names[i] for i in order], [texts[i] for i in order], rows[list(order)])
        forgot = forgot.without(names[taken], texts[taken])

        assert told(forgot, rows, texts) == told(never, rows, texts)
        assert forgot._weights.tobytes() == never._weights.tobytes()

    def test_of_a_correction_leaves_what_was_there_before(self):
        names, texts, rows = made_up(30)
        before = Topics(names[:24], texts[:24], rows[:24])
        after = before.also("topic 9", texts[25], rows[25])

        assert after.read(rows[25], texts[25]).best == "topic 9"
        assert told(after.without("topic 9", texts[25]), rows, texts) == told(before, rows, texts)

    def test_of_what_was_never_learned_is_refused(self):
        names, texts, rows = made_up(12)
        with pytest.raises(KeyError):
            Topics(names, texts, rows).without(names[0], "another text")

    def test_twice_the_same_example_is_one(self):
        names, texts, rows = made_up(12)
        twice = Topics([*names, names[0]], [*texts, texts[0]], np.vstack([rows, rows[:1]]))

        assert told(twice, rows, texts) == told(Topics(names, texts, rows), rows, texts)


class TestWhatIsAboutNoTopic:
    def test_is_learned_from_a_colleague(self):
        names, texts, rows = made_up(60)
        dice = np.random.default_rng(8)
        strange = rows[:1] + 0.15 * dice.normal(size=(9, rows.shape[1])).astype(np.float32)
        before = Topics(names[:40], texts[:40], rows[:40])
        after = before
        for number in range(8):
            after = after.also(NONE, f"nothing of ours {number}", strange[number])

        unsure = after.read(strange[8], "nothing of ours")
        assert unsure.sureness < before.read(strange[8], "nothing of ours").sureness
        assert unsure.name is None
        assert unsure.best in set(names)
        assert unsure.second in set(names)
        assert not unsure.nearest.startswith("nothing")


class TestWordlikeness:
    @given(text=st.text(max_size=300))
    def test_has_rows_of_unit_length_or_none(self, text):
        row = Wordlikeness([pieces("Where is my parcel?")]).row(pieces(text))

        assert np.linalg.norm(row) == pytest.approx(1 if any(sign.isalnum() or sign == "_" for sign in text) else 0)

    def test_is_lower_the_more_strange_words_there_are(self):
        alike = Wordlikeness([pieces("Where is my parcel?")])
        near, far = (
            float(alike.row(pieces(text)) @ alike.rows[0])
            for text in ("Where is my parcel now?", "Where is my parcel, said the walrus, eating cabbages?")
        )

        assert 0.99 > near > far > 0.1


class TestAsking:
    def test_begins_with_the_closest(self):
        read = {number: Topic("a", 0.6, "", 0.5, margin=margin) for number, margin in enumerate((0.5, 0.1, 0.3, 0.1))}

        assert worth_asking(read, 3) == [1, 3, 2]
        assert worth_asking(read, 0) == []

    @pytest.mark.parametrize("module", [asking, wordlikeness])
    def test_is_shown_by_example(self, module):
        assert doctest.testmod(module).failed == 0

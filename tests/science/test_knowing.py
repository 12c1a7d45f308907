import doctest
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courtesy.science import knowing
from courtesy.science.knowing import FEWEST, at_least, promise


def live(number, dice):
    """Checked messages of which 88 % are right, the surer ones more often: 95 % from a sureness of .3 on."""
    return [(sure, dice.random() < 0.76 + 0.24 * sure) for sure in (dice.random() for _ in range(number))]


class TestAPromise:
    @given(right=st.lists(st.booleans(), max_size=FEWEST - 1))
    def test_is_never_made_below_a_hundred_checked_messages(self, right):
        found = promise([(0.9, one) for one in right])

        assert found.threshold is None
        assert (found.checked, found.right) == (len(right), sum(right))

    def test_names_how_many_stand_behind_it(self):
        found = promise([(0.9, True)] * 212 + [(0.1, False)] * 100)

        assert (found.threshold, found.checked, found.right) == (0.9, 212, 212)
        assert 0.95 < found.lower < 1

    def test_is_not_made_where_too_many_are_wrong(self):
        assert promise([(0.9, True)] * 180 + [(0.95, False)] * 20).threshold is None

    @settings(max_examples=20)
    @given(checked=st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=FEWEST, max_size=300))
    def test_holds_for_the_messages_it_counts(self, checked):
        found = promise(checked)

        if found.threshold is not None:
            above = [right for sure, right in checked if sure >= found.threshold]
            assert (found.checked, found.right) == (len(above), sum(above))
            assert found.lower == pytest.approx(at_least(sum(above), len(above)))
            assert found.lower >= 0.95

    def test_is_too_high_no_more_often_than_it_says_although_the_threshold_was_chosen(self):
        dice = random.Random(5)
        broken = 0
        for _ in range(200):
            found = promise(live(400, dice))
            if found.threshold is not None:
                # Between the threshold and 1 the share of right ones is linear in sureness.
                broken += 0.76 + 0.24 * (found.threshold + 1) / 2 < 0.95

        assert broken <= 200 * knowing.DOUBT + 7  # two standard deviations and a little

    def test_without_its_bound_would_be_too_high_most_of_the_time(self, monkeypatch):
        monkeypatch.setattr(knowing, "at_least", lambda right, of: right / of)
        dice = random.Random(5)
        thresholds = [promise(live(400, dice)).threshold for _ in range(200)]

        assert sum(0.76 + 0.24 * (one + 1) / 2 < 0.95 for one in thresholds if one is not None) > 40


class TestALowerBound:
    @pytest.mark.parametrize(("right", "of", "least"), [(59, 59, 0.9505), (95, 100, 0.8977), (8, 10, 0.4931)])
    def test_is_that_of_clopper_and_pearson(self, right, of, least):
        stats = pytest.importorskip("scipy.stats")

        assert at_least(right, of) == pytest.approx(least, abs=1e-4)
        assert at_least(right, of) == pytest.approx(stats.beta.ppf(0.05, right, of - right + 1), abs=1e-6)


class TestSureness:
    def test_is_shown_by_example(self):
        assert doctest.testmod(knowing, optionflags=doctest.ELLIPSIS).failed == 0

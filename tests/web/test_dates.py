from datetime import UTC, datetime, timedelta

import pytest
from django.utils.formats import date_format
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from courtesy.web import dates

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class TestDay:
    @pytest.mark.parametrize(
        ("when", "said"),
        [
            (NOON - timedelta(hours=2), "today"),
            (NOON - timedelta(hours=13), "yesterday"),
            (NOON + timedelta(hours=13), "tomorrow"),
            (NOON - timedelta(days=3), "Saturday"),
            (NOON - timedelta(days=21), "3 November"),
            (NOON - timedelta(days=386), "3 November 2025"),
        ],
    )
    def test_is_said_as_in_the_shop(self, when, said):
        assert dates.day(when, NOON) == said


class TestSpan:
    @pytest.mark.parametrize(
        ("length", "said"),
        [
            (timedelta(seconds=40), "40 s"),
            (timedelta(minutes=12), "12 min"),
            (timedelta(minutes=108), "1 h 48"),
            (timedelta(minutes=65), "1 h 05"),
            (timedelta(hours=3), "3 h"),
            (timedelta(days=1, hours=5), "1 day"),
            (timedelta(days=3), "3 days"),
        ],
    )
    def test_names_what_matters(self, length, said):
        assert dates.span(length) == said

    @given(st.timedeltas())
    def test_never_fails(self, length):
        assert dates.span(length)


class TestAgoAndLeft:
    def test_just_now_is_not_a_number(self):
        assert dates.ago(NOON - timedelta(seconds=20), NOON) == "just now"

    def test_counts_both_ways(self):
        assert dates.ago(NOON - timedelta(minutes=2), NOON) == "2 min ago"
        assert dates.left(NOON + timedelta(minutes=108), NOON) == "1 h 48 left"
        assert dates.left(NOON - timedelta(minutes=12), NOON) == "over by 12 min"


class TestShortly:
    def test_is_as_short_as_a_list_needs(self):
        assert dates.shortly(NOON - timedelta(hours=2, minutes=48), NOON) == "9:12"
        assert dates.shortly(NOON - timedelta(hours=18), NOON) == "Mon 18:00"
        assert dates.shortly(NOON - timedelta(days=4), NOON) == "Fri"
        assert dates.shortly(NOON - timedelta(days=21), NOON) == "3 Nov"


class TestShortlyByHand:
    def test_says_what_django_says(self):
        """Every weekday and month, in the languages there are."""
        now = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
        for days in range(2, 400):
            when = now - timedelta(days=days)
            far = "D" if days < 7 else "j M" if when.year == 2026 else "j M Y"
            for language in ("en", "de", "fr", "pl"):
                with override(language):
                    assert dates.shortly(when, now) == date_format(when, far)

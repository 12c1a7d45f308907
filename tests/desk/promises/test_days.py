"""The date that a promise's words mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.desk.promises.days import due_on
from courtesy.science.days import Day
from courtesy.staff.hours import Hours

TUESDAY = date(2026, 11, 24)
SHOP = Hours(dict.fromkeys(range(1, 6), ((540, 1020),)), frozenset({date(2026, 11, 27)}))


class TestDueOn:
    @pytest.mark.parametrize(
        ("day", "due"),
        [
            (Day("weekday", 4), date(2026, 11, 27)),
            (Day("weekday", 1), date(2026, 12, 1)),
            (Day("weekday", 4, later=True), date(2026, 12, 4)),
            (Day("weekday", 0, later=True), date(2026, 11, 30)),
            (Day("weekday", 4, before=True), date(2026, 11, 26)),
            (Day("in days", 0), TUESDAY),
            (Day("in days", 3), date(2026, 11, 27)),
            (Day("in working days", 3), date(2026, 11, 28)),
            (Day("in weeks", 2), date(2026, 12, 8)),
            (Day("in months", 1), date(2026, 12, 24)),
            (Day("weekend"), date(2026, 11, 29)),
            (Day("end of week"), date(2026, 11, 27)),
            (Day("end of week", 1), date(2026, 12, 4)),
            (Day("end of month"), date(2026, 11, 30)),
            (Day("end of month", 1), date(2026, 12, 31)),
            (Day("date", 5, 3), date(2027, 3, 5)),
            (Day("date", 5, 3, 2028), date(2028, 3, 5)),
            (Day("day of month", 12), date(2026, 12, 12)),
            (Day("day of month", 24), TUESDAY),
            (Day("day of month", 31), date(2026, 12, 31)),
            (Day("date", 30, 2), None),
            (Day("date", 20, 11), None),
            (Day("date", 1, 1, 2020), None),
        ],
    )
    def test_is_the_coming_one_on_the_shops_calendar(self, day, due):
        assert due_on(day, said_on=TUESDAY, hours=SHOP) == due

    def test_the_end_of_a_week_that_is_over_is_its_sunday(self):
        assert due_on(Day("end of week"), said_on=date(2026, 11, 28), hours=SHOP) == date(2026, 11, 29)

    @given(
        st.builds(
            Day,
            st.sampled_from(
                ["in days", "in working days", "in weeks", "in months", "end of week", "date", "day of month"]
            ),
            st.integers(0, 99),
            st.integers(1, 12),
            st.sampled_from([0, 2026, 9999]),
            st.booleans(),
            st.booleans(),
        ),
        st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    )
    def test_is_never_in_the_past(self, day, said_on):
        due = due_on(day, said_on=said_on, hours=Hours())
        assert due is None or due >= said_on

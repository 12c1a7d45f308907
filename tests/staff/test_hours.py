"""Opening hours: when the shop is open, and how long; with hours over midnight, closed days and clocks that jump."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from courtesy.staff.hours import A_DAY, Hours, as_written, clock_of, minutes_of
from courtesy.staff.hours_form import spans_in
from courtesy.staff.models import Shop
from tests.wild import some

BERLIN = ZoneInfo("Europe/Berlin")
NINE_TO_FIVE = dict.fromkeys(range(5), ((9 * 60, 17 * 60),))
ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")]
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
SPANS = st.lists(st.tuples(st.integers(0, A_DAY - 1), st.integers(0, A_DAY)).filter(lambda one: one[0] != one[1]),
                 max_size=2)  # fmt: skip
WEEKS = st.dictionaries(st.integers(0, 6), SPANS, max_size=7).filter(lambda week: any(week.values()))
ANY_HOURS = st.builds(Hours, WEEKS, st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=6), ZONES)


def at(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    """A moment as the shop's clock shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


class TestAWeek:
    hours = Hours(NINE_TO_FIVE, frozenset({date(2026, 12, 25)}), BERLIN)

    def test_is_open_within_its_hours_on_the_shops_own_clock(self):
        assert self.hours.is_open(at("2026-11-24T09:00"))
        assert self.hours.is_open(datetime(2026, 11, 24, 8, 0, tzinfo=UTC))  # nine in Berlin
        assert not self.hours.is_open(at("2026-11-24T17:00"))
        assert not self.hours.is_open(at("2026-11-28T12:00"))

    def test_opens_next_after_a_weekend_and_after_a_closed_day(self):
        assert self.hours.opens_next(at("2026-11-27T18:00")) == at("2026-11-30T09:00")
        assert self.hours.opens_next(at("2026-12-24T20:00")) == at("2026-12-28T09:00")
        assert self.hours.opens_next(at("2026-11-24T10:00")) == at("2026-11-24T10:00")

    def test_closes_next(self):
        assert self.hours.closes_next(at("2026-11-24T10:00")) == at("2026-11-24T17:00")
        assert Hours().closes_next(at("2026-11-24T10:00")) is None

    def test_four_hours_on_a_friday_afternoon_are_over_on_monday(self):
        assert self.hours.add_open_minutes(at("2026-11-27T15:00"), 240) == at("2026-11-30T11:00")

    def test_counts_open_minutes_only(self):
        assert self.hours.open_minutes_between(at("2026-11-27T15:00"), at("2026-11-30T11:00")) == 240
        assert self.hours.open_minutes_between(at("2026-11-30T11:00"), at("2026-11-27T15:00")) == 0

    def test_counts_working_days_as_the_shops_own(self):
        assert self.hours.open_days_after(date(2026, 11, 26), 3) == date(2026, 12, 1)
        assert self.hours.open_days_after(date(2026, 12, 24), 1) == date(2026, 12, 28)


class TestWithoutHours:
    def test_is_always_open(self):
        assert Hours().is_open(at("2026-11-28T03:00"))
        assert Hours().add_open_minutes(at("2026-11-28T03:00"), 90) == at("2026-11-28T04:30")

    def test_but_not_on_its_closed_days(self):
        closed = Hours({}, frozenset({date(2026, 12, 25)}), BERLIN)
        assert not closed.is_open(at("2026-12-25T12:00"))
        assert closed.opens_next(at("2026-12-25T12:00")) == at("2026-12-26T00:00")

    def test_one_that_never_opens_says_so(self):
        never = Hours({0: ((540, 600),)}, frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(2000)), BERLIN)
        assert never.opens_next(at("2026-11-24T10:00")) is None
        assert never.add_open_minutes(at("2026-11-24T10:00"), 5) is None


class TestOverMidnight:
    bar = Hours({4: ((18 * 60, 2 * 60),)}, frozenset({date(2026, 11, 28)}), BERLIN)

    def test_goes_on_into_the_next_day_even_a_closed_one(self):
        assert self.bar.is_open(at("2026-11-27T23:00"))
        assert self.bar.is_open(at("2026-11-28T01:59"))
        assert not self.bar.is_open(at("2026-11-28T02:00"))
        assert self.bar.open_minutes_between(at("2026-11-27T00:00"), at("2026-11-29T00:00")) == 8 * 60


class TestAClockThatJumps:
    nights = Hours(dict.fromkeys(range(7), ((60, 4 * 60),)), frozenset(), BERLIN)

    def test_forward_has_an_hour_less(self):
        assert self.nights.open_minutes_between(at("2026-03-29T00:00"), at("2026-03-29T12:00")) == 120

    def test_back_has_an_hour_more(self):
        assert self.nights.open_minutes_between(at("2026-10-25T00:00"), at("2026-10-25T12:00")) == 240

    def test_opening_in_an_hour_that_is_left_out_opens_with_the_next(self):
        hours = Hours({6: ((150, 300),)}, frozenset(), BERLIN)
        assert hours.opens_next(at("2026-03-29T00:30")) == at("2026-03-29T03:00")

    def test_an_hour_that_does_not_exist_is_no_opening(self):
        hours = Hours({6: ((125, 175),)}, frozenset(), BERLIN)
        assert hours.open_minutes_between(at("2026-03-29T00:00"), at("2026-03-29T12:00")) == 0


class TestAnyHours:
    @settings(max_examples=some(150), deadline=None)
    @given(ANY_HOURS, MOMENTS, st.integers(1, 5000))
    def test_what_is_added_has_been_open_so_long(self, hours, moment, minutes):
        moment = moment.replace(second=0, microsecond=0)
        due = hours.add_open_minutes(moment, minutes)
        assume(due is not None)

        assert hours.open_minutes_between(moment, due) == minutes
        assert hours.open_minutes_between(moment, due - timedelta(seconds=1)) == minutes - 1

    @settings(max_examples=some(150), deadline=None)
    @given(ANY_HOURS, MOMENTS)
    def test_opens_next_is_open_and_nothing_before_it_is(self, hours, moment):
        opens = hours.opens_next(moment)
        assume(opens is not None)

        assert hours.is_open(opens)
        assert hours.open_minutes_between(moment, opens) == 0
        assert hours.is_open(moment) == (opens == moment)

    @settings(max_examples=some(100), deadline=None)
    @given(ANY_HOURS, MOMENTS, MOMENTS, MOMENTS)
    def test_spans_add_up(self, hours, first, second, third):
        a, b, c = sorted(one.replace(second=0, microsecond=0) for one in (first, second, third))

        whole = hours.open_minutes_between(a, c)
        # A clock that jumps by a part of a minute is no clock of these zones; so nothing is lost between.
        assert hours.open_minutes_between(a, b) + hours.open_minutes_between(b, c) == whole
        assert whole <= (c - a) / timedelta(minutes=1)

    @settings(max_examples=some(100), deadline=None)
    @given(ANY_HOURS, MOMENTS, st.integers(1, 600))
    def test_later_is_never_due_earlier(self, hours, moment, minutes):
        one, two = hours.add_open_minutes(moment, minutes), hours.add_open_minutes(moment, minutes + 30)
        assume(one is not None and two is not None)
        assert moment < one < two


class TestOfAShop:
    def test_reads_what_the_shop_wrote(self):
        shop = Shop(
            time_zone="Europe/Berlin", opening_hours={"0": [["09:00", "12:30"]], "1": []}, closed_days=["2026-11-30"]
        )
        hours = Hours.of(shop)

        assert hours.opens_next(at("2026-11-24T10:00")) == at("2026-12-07T09:00")

    def test_is_always_open_where_nothing_is_written(self):
        assert Hours.of(Shop(opening_hours={"0": []})).is_open(at("2026-11-24T03:00", ZoneInfo("UTC")))

    def test_takes_a_zone_that_is_none_for_utc(self):
        assert Hours.of(Shop(time_zone="Nowhere/Land", opening_hours={"1": [["09:00", "10:00"]]})).is_open(
            datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
        )


class TestTyping:
    @pytest.mark.parametrize(
        ("typed", "spans"),
        [
            ("9-17:30", [["09:00", "17:30"]]),
            ("14 – 18, 9:00–12.30", [["09:00", "12:30"], ["14:00", "18:00"]]),
            ("9h30 to 12", [["09:30", "12:00"]]),
            ("18–2", [["18:00", "02:00"]]),
            ("0–24", [["00:00", "24:00"]]),
            ("", []),
            ("closed", []),
        ],
    )
    def test_hours_are_read_as_people_write_them(self, typed, spans):
        assert spans_in(typed) == spans

    @pytest.mark.parametrize("typed", ["nine to five", "9", "9–25", "9–12, 11–14", "18–2, 20–22", "9:75–12", "9–9"])
    def test_what_is_no_span_is_refused(self, typed):
        with pytest.raises(ValueError, match=r".+"):
            spans_in(typed)

    def test_what_is_written_reads_back_the_same(self):
        assert as_written([["09:00", "12:30"], ["14:00", "18:00"]]) == "9:00–12:30, 14:00–18:00"
        assert spans_in(as_written([["09:00", "12:30"], ["14:00", "18:00"]])) == [
            ["09:00", "12:30"],
            ["14:00", "18:00"],
        ]

    @given(st.integers(0, A_DAY))
    def test_a_clock_time_goes_there_and_back(self, minutes):
        assert minutes_of(clock_of(minutes)) == minutes

    @given(st.text(max_size=12))
    def test_wild_words_are_refused_and_never_worse(self, text):
        try:
            found = spans_in(text)
        except ValueError:
            return
        assert all(minutes_of(clock) <= A_DAY for span in found for clock in span)

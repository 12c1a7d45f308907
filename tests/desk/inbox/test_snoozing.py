"""Until when: always later than now, in the shop's own morning, never on a day on which it is closed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.desk.inbox import snoozing
from courtesy.staff.hours import Hours
from courtesy.staff.models import Shop

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
WEEKDAYS = {str(day): [["08:30", "17:00"]] for day in range(5)}
BERLIN = Shop(time_zone="Europe/Berlin", opening_hours=WEEKDAYS)


def offered(shop, now=TUESDAY):
    return {one.name: one for one in snoozing.choices(shop, now=now)}


class TestChoices:
    def test_are_later_today_tomorrow_morning_and_monday(self):
        found = offered(BERLIN)

        assert list(found) == ["later", "tomorrow", "monday"]
        assert found["later"].words == "Later today, 14:00"
        assert found["tomorrow"].until == datetime(2026, 11, 25, 7, 30, tzinfo=UTC)
        assert found["monday"].until == datetime(2026, 11, 30, 7, 30, tzinfo=UTC)

    def test_offer_no_later_today_once_the_shop_has_closed_by_then(self):
        assert "later" not in offered(BERLIN, datetime(2026, 11, 24, 14, 0, tzinfo=UTC))

    def test_on_friday_tomorrow_is_monday_and_said_once(self):
        found = offered(BERLIN, datetime(2026, 11, 27, 10, 0, tzinfo=UTC))

        assert list(found) == ["later", "tomorrow"]
        assert found["tomorrow"].words == "Monday, 8:30"

    def test_pass_over_a_holiday(self):
        shop = Shop(time_zone="Europe/Berlin", opening_hours=WEEKDAYS, closed_days=["2026-11-25"])

        assert offered(shop)["tomorrow"].until == datetime(2026, 11, 26, 7, 30, tzinfo=UTC)

    def test_are_at_nine_where_the_shop_names_no_hours(self):
        found = offered(Shop(time_zone="America/New_York"))

        assert found["tomorrow"].until == datetime(2026, 11, 25, 14, 0, tzinfo=UTC)

    @given(
        st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 31), timezones=st.just(UTC)),
        st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]),
        st.sampled_from([{}, WEEKDAYS, {"6": [["20:00", "02:00"]]}, {"2": [["00:00", "24:00"]]}]),
    )
    def test_are_always_to_come_and_in_order(self, now, zone, hours):
        shop = Shop(time_zone=zone, opening_hours=hours)

        found = snoozing.choices(shop, now=now)

        moments = [one.until for one in found]
        assert all(moment > now for moment in moments)
        assert moments == sorted(set(moments))
        for one in found:
            assert snoozing.until(shop, one.name, now=now) == one.until
            if hours:
                assert Hours.of(shop).is_open(one.until)


class TestUntil:
    def test_a_day_of_ones_own_is_that_morning(self):
        assert snoozing.until(BERLIN, "2026-12-01", now=TUESDAY) == datetime(2026, 12, 1, 7, 30, tzinfo=UTC)

    def test_a_closed_day_is_the_next_on_which_it_opens(self):
        assert snoozing.until(BERLIN, "2026-12-05", now=TUESDAY).astimezone(ZoneInfo("Europe/Berlin")).weekday() == 0

    @pytest.mark.parametrize("said", ["", "soon", "2026-11-23", "2028-01-01", "9999-12-31", "0001-01-01", "2026-13-01"])
    def test_refuses(self, said):
        with pytest.raises(snoozing.NoSuchTime):
            snoozing.until(BERLIN, said, now=TUESDAY)

    @given(st.text(max_size=12))
    def test_anything_else_is_refused_and_nothing_breaks(self, said):
        try:
            moment = snoozing.until(BERLIN, said, now=TUESDAY)
        except snoozing.NoSuchTime:
            return
        assert TUESDAY < moment <= TUESDAY + timedelta(days=400)

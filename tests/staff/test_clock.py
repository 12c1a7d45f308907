"""Times on pages are those of the shop's own clock."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courtesy.staff import queries
from courtesy.staff.clock import ZoneOfTheShop
from courtesy.staff.models import Shop
from tests.desk.street import writes

pytestmark = pytest.mark.django_db(databases="__all__")


class TestTheClock:
    def test_shows_times_as_the_shop_does(self, ben, dora, signed_in):
        queries.shop()
        Shop.objects.update(time_zone="Asia/Kathmandu")
        said = timezone.now() - timedelta(days=30)
        thread = writes(dora, at=said.replace(hour=20, minute=30)).thread

        page = signed_in(ben).get(f"/inbox/{thread.pk}").content.decode()

        assert ", 2:15" in page
        assert "20:30" not in page

    @pytest.mark.parametrize("name", ["Nowhere/Land", "", "../../etc/passwd"])
    def test_is_utc_for_a_zone_that_is_none(self, name):
        queries.shop()
        Shop.objects.update(time_zone=name)
        noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
        assert timezone.localtime(noon, ZoneOfTheShop(RequestFactory().get("/"))).hour == 12

    def test_knows_summer_from_winter(self):
        queries.shop()
        Shop.objects.update(time_zone="Europe/Berlin")
        clock = ZoneOfTheShop(RequestFactory().get("/"))
        assert [timezone.localtime(datetime(2026, month, 1, 12, tzinfo=UTC), clock).hour for month in (1, 7)] == [
            13,
            14,
        ]
        assert datetime(2026, 7, 1, 12, tzinfo=clock).utcoffset() == timedelta(hours=2)
        assert datetime(2026, 7, 1, 12, tzinfo=clock).astimezone(UTC).hour == 10

    def test_asks_once_and_not_where_the_shop_is_at_hand(self):
        request = RequestFactory().get("/")
        request.shop_front = queries.shop()
        with CaptureQueriesContext(connections["default"]) as asked:
            timezone.localtime(timezone.now(), ZoneOfTheShop(request))
        assert len(asked) == 0

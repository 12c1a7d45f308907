"""The page of opening hours: plain boxes, a preview that keeps nothing, and a switch that only an owner has."""

import pytest

from courtesy.staff import actions, queries
from courtesy.staff.hours_form import HoursForm
from courtesy.staff.models import Shop
from tests.cast import NOON

pytestmark = pytest.mark.django_db(databases="__all__")

FILLED = {
    "time_zone": "Europe/Berlin",
    "day_0": "9–12:30, 14–18",
    "day_5": "10–14",
    "closed_days": "2026-12-25\n2026-12-28 – 2026-12-30",
    "within": "4",
    "unit": "hours",
    "acknowledges": "on",
    "acknowledgment": "We have it. {shop}",
    "out_of_office": "Closed. We open {opens}.",
}


class TestThePage:
    def test_keeps_what_is_typed(self, ada, signed_in):
        assert signed_in(ada).post("/shop/hours", FILLED).status_code == 302

        shop = queries.shop()
        assert shop.opening_hours["0"] == [["09:00", "12:30"], ["14:00", "18:00"]]
        assert shop.opening_hours["1"] == []
        assert shop.closed_days == ["2026-12-25", "2026-12-28", "2026-12-29", "2026-12-30"]
        assert (shop.time_zone, shop.first_reply_within, shop.acknowledges) == ("Europe/Berlin", 240, True)

    def test_shows_it_again_as_it_was_typed(self, ada, signed_in):
        browser = signed_in(ada)
        browser.post("/shop/hours", FILLED)
        form = HoursForm.of(queries.shop(), by=ada)

        assert form.initial["day_0"] == "9:00–12:30, 14:00–18:00"
        assert form.initial["closed_days"] == "2026-12-25\n2026-12-28 – 2026-12-30"
        assert (form.initial["within"], form.initial["unit"]) == (4, "hours")
        assert browser.get("/shop/hours").status_code == 200

    def test_previews_and_keeps_nothing(self, ada, signed_in):
        page = signed_in(ada).post("/shop/hours", {**FILLED, "preview": "yes"}).content.decode()

        assert "We have it. My shop" in page
        assert "Closed. We open on " in page
        assert queries.shop().acknowledgment == ""

    def test_all_days_empty_is_always_open(self, ada, signed_in):
        signed_in(ada).post("/shop/hours", {"time_zone": "UTC", "unit": "hours"})
        assert queries.shop().opening_hours == {}

    @pytest.mark.parametrize(
        ("field", "typed"),
        [
            ("day_0", "nine to five"),
            ("closed_days", "Christmas"),
            ("closed_days", "2026-12-30 – 2026-12-01"),
            ("time_zone", "Berlin"),
            ("time_zone", "../../etc/passwd"),
            ("within", "-3"),
            ("out_of_office", "Back on {day}"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_the_rest_typed(self, ada, signed_in, field, typed):
        answer = signed_in(ada).post("/shop/hours", {**FILLED, field: typed})

        assert answer.status_code == 422
        assert 'class="wrong"' in answer.content.decode()
        assert queries.shop().opening_hours == {}


class TestTheSwitch:
    def test_a_manager_sets_hours_but_does_not_switch(self, mia, signed_in):
        signed_in(mia).post("/shop/hours", FILLED)

        shop = queries.shop()
        assert shop.opening_hours["0"]
        assert shop.acknowledges is False

    def test_stays_on_where_a_manager_sets_hours(self, mia, signed_in):
        queries.shop()
        Shop.objects.update(acknowledges=True)
        signed_in(mia).post("/shop/hours", {key: value for key, value in FILLED.items() if key != "acknowledges"})
        assert queries.shop().acknowledges is True

    def test_is_the_owners_in_the_action_too(self, mia, ben):
        wishes = {
            "time_zone": "UTC",
            "opening_hours": {},
            "closed_days": [],
            "first_reply_within": None,
            "acknowledgment": "",
            "out_of_office": "",
        }
        with pytest.raises(actions.NotAllowed):
            actions.set_hours(**wishes, acknowledges=True, by=mia, at=NOON)
        with pytest.raises(actions.NotAllowed):
            actions.set_hours(**wishes, acknowledges=False, by=ben, at=NOON)

    def test_the_page_is_nobodys_who_does_not_manage(self, ben, vera, signed_in):
        for somebody in (ben, vera):
            assert signed_in(somebody).get("/shop/hours").status_code == 404
            assert signed_in(somebody).post("/shop/hours", FILLED).status_code == 404

"""A colleague's signature: in the place of their name under their letters, unless the owner answers as a team."""

import pytest

from courtesy.desk.lifecycle.queries import closing_of
from courtesy.staff import queries
from courtesy.staff.models import Naming
from courtesy.staff.public import signature_for_customers

pytestmark = pytest.mark.django_db(databases="__all__")


class TestASignature:
    def test_takes_the_place_of_the_name_in_the_shops_closing(self, signed_in, ben):
        signed_in(ben).post("/me/signature", {"signature": "Ben Sommer\r\nKiln and glaze\r\n"})
        ben.refresh_from_db()

        assert closing_of(ben, queries.shop()) == "Warm regards,\nBen Sommer\nKiln and glaze\nMy shop"

    def test_is_the_name_alone_where_there_is_none(self, ben):
        assert signature_for_customers(ben, queries.shop()) == "Ben"

    def test_gives_way_where_the_owner_answers_as_the_team(self, ben):
        ben.signature, shop = "Ben Sommer", queries.shop()
        shop.naming = Naming.TEAM

        assert signature_for_customers(ben, shop) == "the team"

    def test_is_one_colleagues_own(self, signed_in, ada, ben):
        signed_in(ben).post("/me/signature", {"signature": "Ben Sommer"})

        assert "Ben Sommer" not in signed_in(ada).get("/me/signature").content.decode()
        ada.refresh_from_db()
        assert ada.signature == ""

    def test_has_an_end(self, signed_in, ben):
        response = signed_in(ben).post("/me/signature", {"signature": "x" * 601})

        assert response.status_code == 422
        ben.refresh_from_db()
        assert ben.signature == ""

    def test_is_not_asked_of_who_only_looks_on(self, signed_in, vera):
        assert signed_in(vera).get("/me/signature").status_code == 404

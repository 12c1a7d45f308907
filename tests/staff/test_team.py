"""Roles, leaving, and the shop's own switches."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from courtesy.staff import actions, queries
from courtesy.staff.models import ABILITIES, Colleague, Invitation, Naming, Role, Session, SheetOnPaper
from courtesy.staff.public import name_for_customers, shop_front
from tests.cast import NOON
from tests.staff.doors import PASSWORD, give_code_app, give_password, is_in

pytestmark = pytest.mark.django_db(databases="__all__")


class TestRoles:
    def test_each_may_what_the_one_below_may(self):
        ladder = [ABILITIES[role] for role in (Role.VIEWER, Role.COLLEAGUE, Role.MANAGER, Role.OWNER)]

        assert all(below < above for below, above in pairwise(ladder))

    def test_an_unknown_ability_is_nobodys(self, ada):
        assert not ada.may("fly")

    def test_a_manager_changes_those_below(self, mia, ben):
        actions.change_role(ben, role=Role.VIEWER, by=mia, at=NOON)

        ben.refresh_from_db()
        assert ben.role == Role.VIEWER

    def test_a_manager_promotes_nobody_to_manager_not_even_themselves(self, mia, ben):
        for colleague in (mia, ben):
            with pytest.raises(actions.NotAllowed):
                actions.change_role(colleague, role=Role.OWNER, by=mia, at=NOON)
        with pytest.raises(actions.NotAllowed):
            actions.change_role(ben, role=Role.MANAGER, by=mia, at=NOON)

    def test_the_last_owner_stays_owner(self, ada):
        with pytest.raises(actions.LastOwner):
            actions.change_role(ada, role=Role.VIEWER, by=ada, at=NOON)
        with pytest.raises(actions.LastOwner):
            actions.leave(ada, by=ada, at=NOON)

    def test_with_two_owners_one_may_go(self, ada, mia):
        actions.change_role(mia, role=Role.OWNER, by=ada, at=NOON)
        actions.leave(ada, by=mia, at=NOON)

        assert queries.has_owner()

    def test_a_new_role_holds_from_the_next_click(self, ada, mia, signed_in):
        browser = signed_in(mia)
        assert browser.get("/team").status_code == 200

        actions.change_role(mia, role=Role.COLLEAGUE, by=ada, at=NOON)

        assert browser.get("/team").status_code == 404

    def test_ends_a_managers_way_back_into_what_is_now_an_owner(self, ada, mia, ben):
        way_back = actions.way_back(ben, by=mia, at=NOON)
        actions.change_role(ben, role=Role.OWNER, by=ada, at=NOON)

        with pytest.raises(actions.InvitationGone):
            actions.come_back(way_back, password="seven quiet otters", at=NOON)

    def test_ends_the_links_made_in_the_old_one(self, ada, mia):
        actions.change_role(mia, role=Role.OWNER, by=ada, at=NOON)
        for_later = actions.invite(role=Role.OWNER, called="Mia again", by=mia, at=NOON)
        actions.change_role(mia, role=Role.COLLEAGUE, by=ada, at=NOON)

        with pytest.raises(actions.InvitationGone):
            actions.opened_by(for_later, at=NOON)

    def test_is_not_changed_by_a_manager_whose_page_is_older_than_the_promotion(self, ada, mia, ben):
        as_mia_read_it = Colleague.objects.get(pk=ben.pk)
        actions.change_role(ben, role=Role.OWNER, by=ada, at=NOON)

        with pytest.raises(actions.NotAllowed):
            actions.change_role(as_mia_read_it, role=Role.VIEWER, by=mia, at=NOON)


class TestLeaving:
    def test_ends_every_session_at_once(self, ada, ben, signed_in):
        browser = signed_in(ben)
        assert is_in(browser)

        actions.leave(ben, by=ada, at=NOON)

        assert browser.get("/me").headers["Location"].startswith("/sign-in")

    def test_keeps_the_name_and_nothing_that_opens_the_door(self, ada, ben):
        give_code_app(give_password(ben))
        actions.change_address(ben, address="ben@shop.example", at=NOON)
        actions.leave(ben, by=ada, at=NOON)

        ben.refresh_from_db()
        assert queries.names({ben.pk}) == {ben.pk: "Ben"}
        assert ben.address == ""
        assert not ben.has_usable_password()
        assert not ben.authenticator_set.exists()
        assert ben not in queries.colleagues()
        assert not ben.may("enter")

    def test_takes_the_links_back_that_they_made(self, ada, mia):
        token = actions.invite(role=Role.VIEWER, called="Gita", by=mia, at=NOON)
        actions.leave(mia, by=ada, at=NOON)

        with pytest.raises(actions.InvitationGone):
            actions.opened_by(token, at=NOON)

    def test_is_asked_once_by_name(self, ada, ben, signed_in):
        browser = signed_in(ada)
        page = browser.get(f"/team/{ben.pk}/leaving").content.decode()
        assert "Ben leaves the shop" in page

        browser.post(f"/team/{ben.pk}/leaving")

        assert ben not in queries.colleagues()


class TestForgetting:
    def test_old_links_and_ended_sessions_go_and_the_rest_stays(self, ada, ben, signed_in):
        actions.invite(role=Role.VIEWER, called="Long ago", by=ada, at=NOON - timedelta(days=120))
        actions.invite(role=Role.VIEWER, called="Lately", by=ada, at=NOON - timedelta(days=20))
        signed_in(ben)
        Session.objects.update(expire_date=NOON - timedelta(days=1))
        browser = signed_in(ada)

        assert actions.forget_old(at=NOON) == 2
        assert list(Invitation.objects.values_list("called", flat=True)) == ["Lately"]
        assert is_in(browser)

    def test_counts_of_wrong_tries_go_with_the_network_addresses_in_them(self):
        cache.set("over:203.0.113.7", [1.0], 1)
        cache.set("counting", [1.0], 86_400)
        actions.forget_old(at=now() + timedelta(hours=1))

        with connection.cursor() as cursor:
            cursor.execute("SELECT cache_key FROM django_cache")
            assert [row[0] for row in cursor.fetchall()] == [":1:counting"]


class TestTeamPage:
    def test_shows_the_link_once(self, ada, signed_in):
        browser = signed_in(ada)
        page = browser.post("/team/invitations", {"called": "Gita", "role": "viewer"}).content.decode()
        link = page.split("/join/")[1].split('"')[0]

        assert actions.opened_by(link, at=Invitation.objects.get().created_at).called == "Gita"
        assert link not in browser.get("/team").content.decode()

    def test_a_manager_is_offered_no_roles_they_cannot_give(self, mia, signed_in):
        answer = signed_in(mia).post("/team/invitations", {"called": "Gita", "role": "owner"})

        assert answer.status_code == 422
        assert not Invitation.objects.exists()

    def test_an_owner_does_not_exist_for_a_manager_who_would_change_them(self, ada, mia, signed_in):
        browser = signed_in(mia)

        assert browser.post(f"/team/{ada.pk}/role", {"role": "viewer"}).status_code == 404
        assert browser.post(f"/team/{ada.pk}/way-back").status_code == 404
        assert browser.post(f"/team/{ada.pk}/leaving").status_code == 404


class TestAddresses:
    def test_are_sealed_in_the_row(self, ben):
        actions.change_address(ben, address="ben@shop.example", at=NOON)

        with connection.cursor() as cursor:
            cursor.execute("select address from staff_colleague where username = 'ben'")
            (kept,) = cursor.fetchone()
        assert b"shop.example" not in bytes(kept)
        ben.refresh_from_db()
        assert ben.address == "ben@shop.example"
        assert "shop.example" not in repr(ben.__dict__)


class TestShop:
    def test_is_there_from_the_beginning_and_sends_nothing(self):
        assert queries.shop().may_send is False
        assert shop_front().name

    def test_only_an_owner_lets_it_send(self, ada, mia):
        with pytest.raises(actions.NotAllowed):
            actions.let_send(queries.shop(), by=mia, at=NOON, allowed=True)

        actions.let_send(queries.shop(), by=ada, at=NOON, allowed=True)
        assert queries.shop().may_send

    def test_the_switch_is_on_the_page(self, ada, signed_in):
        browser = signed_in(ada)
        browser.post("/shop/sending", {"allowed": "yes"})
        assert queries.shop().may_send

        browser.post("/shop/sending", {"allowed": "no"})
        assert not queries.shop().may_send

    def test_is_described_by_a_manager(self, mia, signed_in):
        words = {
            "name": "Marigold",
            "tagline": "Plants since 1987",
            "greeting": "Dear {name},",
            "closing": "Yours,\n{colleague}",
            "naming": Naming.TEAM,
        }
        assert signed_in(mia).post("/shop", words).status_code == 302

        assert shop_front().name == "Marigold"
        assert name_for_customers("Ben", queries.shop()) == "the team"

    def test_shows_customers_first_names_only(self):
        assert name_for_customers("Ben Sommer", queries.shop()) == "Ben"

    def test_refuses_braces_that_mean_nothing(self, mia, signed_in):
        words = {"name": "M", "greeting": "Dear {customer},", "closing": "Bye {0}", "naming": Naming.TEAM}
        answer = signed_in(mia).post("/shop", words)

        assert answer.status_code == 422
        assert answer.content.decode().count("can stand in braces here") == 2

    def test_the_sample_ends_by_an_owner(self, ada, ben):
        actions.describe_sample(name="Marigold", tagline="", at=NOON)
        with pytest.raises(actions.NotAllowed):
            actions.start_my_own_shop(by=ben, at=NOON, sample_name="Marigold")

        assert actions.start_my_own_shop(by=ada, at=NOON, sample_name="Marigold").is_sample is False

    def test_nothing_leaves_the_own_shop_because_the_sample_could_send(self, ada):
        week = {"0": [["10:00", "18:00"]]}
        hours = {"time_zone": "Europe/London", "opening_hours": week, "first_reply_within": 240}
        shop = actions.describe_sample(name="Marigold", tagline="", at=NOON, hours=hours)
        assert (queries.shop().opening_hours, queries.shop().first_reply_within) == (week, 240)
        actions.let_send(shop, by=ada, at=NOON, allowed=True)

        assert actions.start_my_own_shop(by=ada, at=NOON, sample_name="Marigold").may_send is False


class TestRecoverySheet:
    @pytest.fixture
    def at_the_sheet(self, ada, signed_in) -> Client:
        give_code_app(give_password(ada))
        browser = signed_in(ada)
        assert browser.get("/shop/recovery-sheet").headers["Location"].startswith("/me/again")
        browser.post("/me/again?next=/shop/recovery-sheet", {"password": PASSWORD})
        return browser

    @pytest.fixture
    def groups(self, monkeypatch) -> list[str]:
        groups = ["kelp 4R7M", "moss 9QXA", "fern 2TDW", "opal 8HNC"]
        monkeypatch.setattr("courtesy.privacy.recovery.sheet", lambda: groups)
        monkeypatch.setattr("courtesy.privacy.recovery.matches", lambda n, typed: typed == groups[n - 1])
        return groups

    def test_two_groups_from_the_paper_confirm_it(self, groups, at_the_sheet):
        assert groups[0] in at_the_sheet.get("/shop/recovery-sheet").content.decode()
        first, second = at_the_sheet.session["sheet_groups"]

        answer = at_the_sheet.post("/shop/recovery-sheet", {"first": groups[first - 1], "second": groups[second - 1]})

        assert answer.status_code == 302
        assert SheetOnPaper.objects.count() == 1

    def test_wrong_groups_do_not(self, groups, at_the_sheet):
        at_the_sheet.get("/shop/recovery-sheet")
        answer = at_the_sheet.post("/shop/recovery-sheet", {"first": "kelp", "second": "moss"})

        assert answer.status_code == 422
        assert not SheetOnPaper.objects.exists()

"""An invitation lets one person in, once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.timezone import now

from courtesy.staff import actions, queries
from courtesy.staff.models import Colleague, Invitation, Role
from tests.cast import NOON
from tests.staff.doors import PASSWORD, code_of, is_in, secret_on_the_page, sign_in

pytestmark = pytest.mark.django_db(databases="__all__")


def joining(token: str, **other: str) -> Colleague:
    words = {"username": "gita", "called": "Gita", "password": PASSWORD} | other
    return actions.join(token, **words, at=NOON)


class TestOwnerLink:
    def test_makes_the_first_owner(self):
        colleague = joining(actions.owner_link(at=NOON))

        assert colleague.role == Role.OWNER
        assert queries.has_owner()

    def test_is_refused_once_there_is_an_owner(self, ada):
        with pytest.raises(actions.OwnerExists):
            actions.owner_link(at=NOON)

    def test_is_made_on_the_machine_itself_even_then(self, ada):
        assert joining(actions.owner_link(at=NOON, on_this_machine=True)).role == Role.OWNER

    def test_replaces_the_one_before(self):
        first = actions.owner_link(at=NOON)
        actions.owner_link(at=NOON)

        with pytest.raises(actions.InvitationGone):
            joining(first)

    def test_runs_out_after_a_day(self):
        token = actions.owner_link(at=NOON - timedelta(days=1))

        with pytest.raises(actions.InvitationGone):
            joining(token)


class TestInvitation:
    def test_works_once(self, ada):
        token = actions.invite(role=Role.COLLEAGUE, called="Gita", by=ada, at=NOON)
        joining(token)

        with pytest.raises(actions.InvitationGone):
            joining(token, username="gita2")

        assert Colleague.objects.filter(called="Gita").count() == 1

    def test_of_two_at_once_the_second_is_refused(self, ada, monkeypatch):
        """The second looked while the link was still open: the conditional update decides."""
        token = actions.invite(role=Role.COLLEAGUE, called="Gita", by=ada, at=NOON)
        stale = actions.opened_by(token, at=NOON)
        joining(token)
        monkeypatch.setattr(actions, "opened_by", lambda token, at: stale)

        with pytest.raises(actions.InvitationGone):
            joining(token, username="gita2")

    def test_is_kept_as_a_digest_only(self, ada):
        token = actions.invite(role=Role.VIEWER, called="Gita", by=ada, at=NOON)

        row = Invitation.objects.values().get()
        assert token.encode() not in bytes(row["digest"])
        assert token not in str(row)

    def test_can_be_taken_back(self, ada):
        token = actions.invite(role=Role.COLLEAGUE, called="Gita", by=ada, at=NOON)
        actions.withdraw(Invitation.objects.get(), by=ada, at=NOON)

        with pytest.raises(actions.InvitationGone):
            joining(token)

    def test_a_manager_makes_colleagues_but_no_managers(self, mia):
        assert actions.invite(role=Role.COLLEAGUE, called="Gita", by=mia, at=NOON)
        for role in (Role.MANAGER, Role.OWNER):
            with pytest.raises(actions.NotAllowed):
                actions.invite(role=role, called="Gita", by=mia, at=NOON)

    def test_a_colleague_invites_nobody(self, ben):
        with pytest.raises(actions.NotAllowed):
            actions.invite(role=Role.VIEWER, called="Gita", by=ben, at=NOON)

    @pytest.mark.parametrize(
        "weak", ["short", "123456789012", "passwordpassword1"[:8], "gita-the-great", "password1234"]
    )
    def test_refuses_a_weak_password_and_stays_open(self, ada, weak):
        token = actions.invite(role=Role.COLLEAGUE, called="gita-the-great", by=ada, at=NOON)

        with pytest.raises(ValidationError):
            joining(token, username="gita-the-great", password=weak)

        assert actions.opened_by(token, at=NOON)

    def test_refuses_a_name_that_differs_in_capitals_only(self, ada, ben):
        token = actions.invite(role=Role.COLLEAGUE, called="Gita", by=ada, at=NOON)

        with pytest.raises(actions.NameTaken):
            joining(token, username=ben.username.upper())

    def test_the_password_is_kept_by_argon2id(self, ada):
        colleague = joining(actions.invite(role=Role.COLLEAGUE, called="Gita", by=ada, at=NOON))

        assert colleague.password.startswith("argon2$argon2id$")


class TestWayBack:
    def test_ends_everything_that_opened_the_door_before(self, ada, ben, signed_in):
        elsewhere = signed_in(ben)
        token = actions.way_back(ben, by=ada, at=NOON)
        assert is_in(elsewhere)

        actions.come_back(token, password=PASSWORD, at=NOON)

        assert not is_in(elsewhere)
        ben.refresh_from_db()
        assert ben.check_password(PASSWORD)

    def test_a_manager_makes_none_for_an_owner(self, ada, mia):
        with pytest.raises(actions.NotAllowed):
            actions.way_back(ada, by=mia, at=NOON)

    def test_makes_no_second_colleague(self, ada, ben):
        token = actions.way_back(ben, by=ada, at=NOON)

        with pytest.raises(actions.InvitationGone):
            joining(token)


class TestTheFirstMinute:
    """Through the front door: link, name, password, authenticator app, recovery codes."""

    def test_from_the_link_to_the_recovery_codes(self):
        at_the_door = Client()
        link = f"/join/{actions.owner_link(at=now())}"
        assert "This shop is yours" in at_the_door.get(link).content.decode()

        answer = at_the_door.post(link, {"called": "Ada", "username": "ada", "password": PASSWORD, "again": PASSWORD})
        assert answer.headers["Location"] == "/me/authenticator"

        page = at_the_door.get("/me/authenticator").content.decode()
        assert '<path fill="#fff"' in page
        assert "data:" not in page
        answer = at_the_door.post("/me/authenticator", {"code": code_of(secret_on_the_page(page))})
        assert answer.headers["Location"] == "/me/recovery-codes"

        page = at_the_door.get("/me/recovery-codes").content.decode()
        assert page.count("<li>") >= 10
        assert is_in(at_the_door)

    def test_nothing_else_opens_before_the_authenticator_app(self):
        at_the_door = Client()
        at_the_door.post(
            f"/join/{actions.owner_link(at=now())}",
            {"called": "Ada", "username": "ada", "password": PASSWORD, "again": PASSWORD},
        )

        for path in ("/me", "/team", "/shop", "/me/password", "/me/recovery-codes"):
            assert at_the_door.get(path).headers["Location"] == "/me/authenticator", path

    def test_a_used_link_says_so(self, ada):
        answer = Client().get("/join/nothing-of-the-kind")

        assert answer.status_code == 404
        assert "no longer works" in answer.content.decode()

    def test_passwords_that_differ_are_told_beside_the_box(self):
        answer = Client().post(
            f"/join/{actions.owner_link(at=now())}",
            {"called": "Ada", "username": "ada", "password": PASSWORD, "again": PASSWORD + "!"},
        )

        assert answer.status_code == 422
        assert "The two passwords differ." in answer.content.decode()

    def test_there_is_no_default_way_in(self):
        assert not Colleague.objects.exists()
        assert sign_in(Client(), "admin", "admin").status_code == 422

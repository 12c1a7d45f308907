"""Passkeys belong to one colleague: nobody renames or removes another's, and what is no passkey opens nothing.

That they are added and used is tried in a real browser, in `tests/journeys/test_passkeys.py`.
"""

import json
import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils.timezone import now

from courtesy.staff import actions
from courtesy.staff.models import Colleague
from tests.colleagues import both_steps
from tests.staff.doors import give_code_app, is_in

pytestmark = pytest.mark.django_db(databases="__all__")


def passkey_of(colleague: Colleague, name: str = "The till") -> Authenticator:
    """A row as it stands in the table; its credential is none that a device could prove."""
    data = {"name": name, "credential": {}}
    return Authenticator.objects.create(user=colleague, type=Authenticator.Type.WEBAUTHN, data=data)


def just_asked(colleague: Colleague) -> Client:
    """A browser in which this colleague has shown a moment ago that it is them."""
    browser = both_steps(give_code_app(colleague))
    session = browser.session
    session["account_authentication_methods_user"] = str(colleague.pk)
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session.save()
    return browser


class TestOnesOwn:
    def test_is_renamed_and_removed(self, ben):
        row, browser = passkey_of(ben), just_asked(ben)
        browser.post(f"/me/passkeys/{row.pk}/name", {"name": "The old till"})
        assert "The old till" in browser.get("/me").content.decode()

        assert browser.post(f"/me/passkeys/{row.pk}/removal").status_code == 302
        assert not Authenticator.objects.filter(pk=row.pk).exists()
        assert "Passkey removed" in browser.get("/me").content.decode()

    def test_that_goes_ends_every_other_browser(self, ben):
        row, other = passkey_of(ben), both_steps(ben)
        just_asked(ben).post(f"/me/passkeys/{row.pk}/removal")

        assert not is_in(other)

    def test_is_touched_only_after_one_was_asked_again(self, ben):
        row, browser = passkey_of(ben), both_steps(give_code_app(ben))
        for path in ("name", "removal"):
            assert browser.post(f"/me/passkeys/{row.pk}/{path}").url.startswith("/me/again")
        assert browser.get("/me/passkeys/new").url.startswith("/me/again")

    def test_goes_when_its_colleague_leaves(self, ada, ben):
        passkey_of(ben)
        actions.leave(ben, by=ada, at=now())

        assert not Authenticator.objects.filter(user=ben).exists()


class TestSomebodyElses:
    @pytest.mark.parametrize("path", ["name", "removal"])
    def test_does_not_exist(self, ada, ben, path):
        row = passkey_of(ada)

        assert just_asked(ben).post(f"/me/passkeys/{row.pk}/{path}", {"name": "Mine"}).status_code == 404
        assert Authenticator.objects.get(pk=row.pk).data["name"] == "The till"


class TestTheDoor:
    @pytest.mark.parametrize(
        "said",
        [
            "",
            "{}",
            "[]",
            "null",
            "7",
            '{"id": "x"}',
            json.dumps({"response": {"userHandle": "AAAA"}}),
            "no json at all",
            "[" * 5000,
            json.dumps({"id": "AAAA", "rawId": "AAAA", "response": {"a": 1}}),
            json.dumps(
                {
                    "id": "AAAA",
                    "rawId": "AAAA",
                    "type": "public-key",
                    "response": {
                        "clientDataJSON": "AAAA",
                        "authenticatorData": "AAAA",
                        "signature": "AAAA",
                        "userHandle": "AAAA",
                    },
                }
            ),
        ],
    )
    def test_opens_for_nothing_that_is_no_passkey(self, ben, said):
        passkey_of(ben)
        browser = Client()
        answer = browser.post("/sign-in/passkey", {"credential": said})

        assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in")
        assert not is_in(browser)

    def test_says_so_on_the_next_page(self):
        browser = Client()
        browser.post("/sign-in/passkey", {"credential": "{}"})

        assert "That passkey is not known here" in browser.get("/sign-in").content.decode()

    def test_asks_a_new_question_each_time(self):
        browser = Client(headers={"X-Requested-With": "XMLHttpRequest"})
        asked = [json.loads(browser.get("/sign-in/passkey").content)["publicKey"] for _ in range(2)]

        assert asked[0]["challenge"] != asked[1]["challenge"]
        assert asked[0]["userVerification"] == "required"
        assert not asked[0].get("allowCredentials")

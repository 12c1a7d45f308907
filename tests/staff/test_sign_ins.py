"""Where colleagues are signed in: they see it, they end it, and whoever runs the team can end all of somebody's."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils.timezone import now

from courtesy.staff import actions, sign_ins
from courtesy.staff.devices import device_of
from courtesy.staff.models import AccountChange, Session
from tests.colleagues import both_steps

pytestmark = pytest.mark.django_db(databases="__all__")

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0"
)
CHROMEBOOK = (
    "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36"
)
STRANGE = "Somebody's own thing/1.0 <script>"


def browser_of(colleague, user_agent: str = FIREFOX) -> Client:
    """A browser of this colleague that has looked at a page."""
    browser = both_steps(colleague, Client(headers={"User-Agent": user_agent}))
    browser.get("/me")
    return browser


def key_in(browser: Client) -> str:
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


class TestADevice:
    @pytest.mark.parametrize(
        ("said", "words"),
        [
            (FIREFOX, "Firefox on Linux"),
            (IPHONE, "Safari on iPhone"),
            (EDGE, "Edge on Windows"),
            (CHROMEBOOK, "Chrome on ChromeOS"),
            ("Mozilla/5.0 (Linux; Android 15)", "A browser on Android"),
            (STRANGE, "A browser we do not know"),
            ("", "A browser we do not know"),
        ],
    )
    def test_is_named_in_words(self, said, words):
        assert sign_ins.device_in_words(device_of(said)) == words

    def test_is_all_that_is_kept_of_what_the_browser_says(self, ben):
        key = key_in(browser_of(ben, EDGE))
        row = Session.objects.get(session_key=key)

        assert row.device == "Edge|Windows"
        assert "AppleWebKit" not in str(row.get_decoded())


class TestOnesOwnPage:
    def test_lists_every_browser_and_knows_this_one(self, ben):
        browser_of(ben, IPHONE)
        page = browser_of(ben).get("/me").content.decode()

        assert "Firefox on Linux" in page
        assert "Safari on iPhone" in page
        assert page.count("this one") == 1
        assert page.count("Sign out there") == 1

    def test_shows_no_session_key(self, ben):
        other, here = browser_of(ben, IPHONE), browser_of(ben)
        page = here.get("/me").content.decode()

        assert key_in(other) not in page
        assert key_in(here) not in page

    def test_ends_another_one(self, ben):
        other, here = browser_of(ben, IPHONE), browser_of(ben)
        here.post(f"/me/sign-ins/{sign_ins.mark_of(key_in(other))}/ending")

        assert other.get("/me").status_code == 302
        assert here.get("/me").status_code == 200

    def test_cannot_end_somebody_elses(self, ben, mia):
        hers, his = browser_of(mia), browser_of(ben)
        his.post(f"/me/sign-ins/{sign_ins.mark_of(key_in(hers))}/ending")

        assert hers.get("/me").status_code == 200

    def test_takes_the_mark_and_not_the_key(self, ben):
        other, here = browser_of(ben, IPHONE), browser_of(ben)
        here.post(f"/me/sign-ins/{key_in(other)}/ending")

        assert other.get("/me").status_code == 200

    def test_signs_out_everywhere_else(self, ben):
        others, here = [browser_of(ben, IPHONE), browser_of(ben, EDGE)], browser_of(ben)
        here.post("/me/elsewhere")

        assert [one.get("/me").status_code for one in others] == [302, 302]
        assert here.get("/me").status_code == 200


class TestWhenItWasSeen:
    def test_is_noted_roughly(self, ben):
        browser = browser_of(ben)
        first = Session.objects.get(session_key=key_in(browser)).seen_at
        browser.get("/me")

        assert Session.objects.get(session_key=key_in(browser)).seen_at == first

    def test_is_noted_anew_after_an_hour(self, ben, monkeypatch):
        browser = browser_of(ben)
        first = Session.objects.get(session_key=key_in(browser))
        later = now() + timedelta(minutes=61)
        monkeypatch.setattr(sign_ins, "now", lambda: later)
        browser.get("/me")
        row = Session.objects.get(session_key=key_in(browser))

        assert (row.seen_at, row.began_at) == (later, first.began_at)

    def test_costs_no_write_within_the_hour(self, ben, django_assert_max_num_queries):
        browser = browser_of(ben)
        with django_assert_max_num_queries(30) as asked:
            browser.get("/me")

        assert not [query["sql"] for query in asked if query["sql"].startswith("UPDATE")]


class TestSigningAColleagueOut:
    def test_ends_all_of_theirs_and_tells_them(self, ada, ben):
        his, hers = browser_of(ben), browser_of(ada)
        hers.post(f"/team/{ben.pk}/signed-out")

        assert his.get("/me").status_code == 302
        assert "Signed out everywhere by whoever runs the team" in browser_of(ben).get("/me").content.decode()

    def test_leaves_everybody_else_in(self, ada, ben, mia):
        others = browser_of(mia)
        sign_ins.end_all(ben, by=ada, at=now())

        assert others.get("/me").status_code == 200

    def test_is_not_for_those_below(self, ada, mia, ben, vera):
        for who, by in ((ada, mia), (mia, mia), (ada, ben), (vera, ben)):
            with pytest.raises(actions.NotAllowed):
                sign_ins.end_all(who, by=by, at=now())
        assert browser_of(mia).post(f"/team/{ada.pk}/signed-out").status_code == 404
        assert browser_of(ben).post(f"/team/{vera.pk}/signed-out").status_code == 404
        assert AccountChange.objects.filter(what=AccountChange.What.SIGNED_OUT).count() == 0

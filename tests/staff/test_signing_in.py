"""Two steps, and a door that shuts after five wrong tries, for the right one too."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils.module_loading import import_string

from courtesy.config import settings as house
from courtesy.config.listening import may_listen
from courtesy.staff import actions, adapter
from courtesy.staff.models import AccountChange, Session
from tests.cast import NOON
from tests.staff.doors import (
    PASSWORD,
    SECRET,
    code_of,
    enter,
    give_code_app,
    give_password,
    is_in,
    recovery_codes,
    secret_on_the_page,
    sign_in,
    wrong_code,
)

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def ben_ready(ben):
    return give_code_app(give_password(ben))


class TestPasswords:
    def test_cost_a_thief_what_they_cost_in_a_real_house(self):
        """Tests sign in at a light cost (`tests/colleagues.py`); the house itself asks Django's full one."""
        wanted = import_string(house.PASSWORD_HASHERS[0])()

        assert type(wanted) is Argon2PasswordHasher
        assert (wanted.time_cost, wanted.memory_cost) >= (2, 100_000)


class TestTwoSteps:
    def test_the_password_alone_opens_nothing(self, ben_ready):
        browser = Client()

        assert sign_in(browser, "ben").headers["Location"] == "/sign-in/code"
        assert not is_in(browser)

    def test_password_and_code_open(self, ben_ready):
        browser = Client()

        answer = enter(browser, "ben")

        assert answer.status_code == 302
        assert is_in(browser)

    def test_the_name_is_read_in_any_capitals(self, ben_ready):
        browser = Client()
        enter(browser, "BEN")

        assert is_in(browser)

    def test_a_code_works_once(self, ben_ready):
        first, second = Client(), Client()
        code = code_of()
        sign_in(first, "ben")
        sign_in(second, "ben")
        first.post("/sign-in/code", {"code": code})

        assert second.post("/sign-in/code", {"code": code}).status_code == 422
        assert not is_in(second)

    def test_a_recovery_code_works_once(self, ben_ready):
        code = recovery_codes(ben_ready)[0]
        first, second = Client(), Client()
        for browser in (first, second):
            sign_in(browser, "ben")
            browser.post("/sign-in/code", {"code": code})

        assert is_in(first)
        assert not is_in(second)

    def test_a_strange_name_and_a_wrong_password_read_the_same(self, ben_ready):
        stranger = sign_in(Client(), "nobody", "nobody knows this one")
        wrong = sign_in(Client(), "ben", "nobody knows this one")

        words = "do not belong together"
        assert words in stranger.content.decode()
        assert words in wrong.content.decode()
        assert stranger.status_code == wrong.status_code == 422

    def test_next_leads_inside_only(self, ben_ready):
        browser = Client()
        browser.post("/sign-in?next=https://elsewhere.example/", {"login": "ben", "password": PASSWORD})
        answer = browser.post("/sign-in/code", {"code": code_of()})

        assert "elsewhere" not in answer.headers["Location"]

    def test_without_an_authenticator_app_one_is_asked_for_first(self, ben):
        browser = Client()
        sign_in(browser, give_password(ben).username)

        assert browser.get("/me").headers["Location"] == "/me/authenticator"


class TestLockOut:
    def test_after_five_wrong_passwords_the_right_one_is_refused(self, ben_ready):
        browser = Client()
        for _ in range(5):
            sign_in(browser, "ben", "not this one, surely")

        answer = sign_in(browser, "ben")

        assert answer.status_code == 422
        assert "Too many wrong tries" in answer.content.decode()
        assert enter(Client(), "ben").status_code == 302  # led back to the first step
        assert not is_in(browser)

    def test_the_right_one_enters_where_the_limit_is_switched_off(self, ben_ready, settings):
        settings.ACCOUNT_RATE_LIMITS = {"login_failed": None}
        browser = Client()
        for _ in range(5):
            sign_in(browser, "ben", "not this one, surely")
        enter(browser, "ben")

        assert is_in(browser)

    @pytest.mark.parametrize("hosts", [("localhost", "127.0.0.1"), tuple(f"localhost:{n}" for n in range(1, 7))])
    def test_another_host_header_begins_no_new_count(self, ben_ready, hosts):
        for n in range(5):
            sign_in(Client(), "ben", "not this one, surely", HTTP_HOST=hosts[n % len(hosts)])

        assert "Too many wrong tries" in sign_in(Client(), "ben", HTTP_HOST="localhost").content.decode()

    def test_it_would_with_the_count_of_allauth(self, ben_ready, monkeypatch):
        monkeypatch.delattr(adapter.AccountAdapter, "_get_login_attempts_cache_key")
        for n in range(5):
            sign_in(Client(), "ben", "not this one, surely", HTTP_HOST=f"localhost:{n + 1}")

        assert sign_in(Client(), "ben", HTTP_HOST="localhost").headers["Location"] == "/sign-in/code"

    def test_spaces_and_capitals_begin_no_new_count(self, ben_ready):
        for name in ("ben", "BEN", " ben", "Ben ", "bEn"):
            sign_in(Client(), name, "not this one, surely")

        assert "Too many wrong tries" in sign_in(Client(), "ben").content.decode()

    def test_after_five_wrong_codes_the_right_one_is_refused(self, ben_ready):
        browser = Client()
        sign_in(browser, "ben")
        for _ in range(5):
            browser.post("/sign-in/code", {"code": wrong_code()})

        answer = browser.post("/sign-in/code", {"code": code_of()})

        assert answer.status_code == 422
        assert "Too many wrong tries" in answer.content.decode()
        assert not is_in(browser)

    def test_the_right_code_enters_where_the_limit_is_switched_off(self, ben_ready, settings):
        settings.ACCOUNT_RATE_LIMITS = {"login_failed": None}
        browser = Client()
        sign_in(browser, "ben")
        for _ in range(5):
            browser.post("/sign-in/code", {"code": wrong_code()})
        browser.post("/sign-in/code", {"code": code_of()})

        assert is_in(browser)

    def test_a_new_browser_does_not_help_at_the_code_step(self, ben_ready):
        for _ in range(5):
            browser = Client()
            sign_in(browser, "ben")
            browser.post("/sign-in/code", {"code": wrong_code()})
        fresh = Client()
        sign_in(fresh, "ben")
        fresh.post("/sign-in/code", {"code": code_of()})

        assert not is_in(fresh)

    def test_nor_does_a_recovery_code(self, ben_ready):
        browser = Client()
        sign_in(browser, "ben")
        for _ in range(5):
            browser.post("/sign-in/code", {"code": wrong_code()})
        browser.post("/sign-in/code", {"code": recovery_codes(ben_ready)[0]})

        assert not is_in(browser)

    def test_counts_lie_in_a_table_that_migrations_make(self):
        assert "django_cache" in connection.introspection.table_names()
        cache.set("a", 1)
        assert cache.get("a") == 1


class TestTooManyRequests:
    def test_has_a_page_of_its_own(self, settings):
        settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
        answers = [sign_in(Client(), "ben", "not this one, surely") for _ in range(3)]

        assert answers[2].status_code == 429
        assert "Too many tries" in answers[2].content.decode()


class TestSecondStepIsSealed:
    def test_secret_and_seed_are_not_in_the_rows(self, ben_ready):
        rows = str(list(Authenticator.objects.values("data")))

        assert SECRET not in rows
        assert "ab" * 40 not in rows

    def test_nor_in_the_session_while_it_is_set_up(self, ben):
        browser = Client()
        sign_in(browser, give_password(ben).username)
        browser.get("/me/authenticator")  # asks for the password once more, for good reason
        browser.post("/me/again?next=/me/authenticator", {"password": PASSWORD})
        secret = secret_on_the_page(browser.get("/me/authenticator").content.decode())

        assert Session.objects.exists()
        assert secret not in str([row.get_decoded() for row in Session.objects.all()])
        browser.post("/me/authenticator", {"code": code_of(secret)})
        assert is_in(browser)
        assert secret not in str(list(Authenticator.objects.values("data")))


class TestTheCookie:
    def test_scripts_cannot_read_it_and_other_sites_cannot_post_with_it(self, ben_ready):
        browser = Client()
        enter(browser, "ben")
        cookie = browser.cookies[settings.SESSION_COOKIE_NAME]

        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"

    def test_over_https_it_is_secure(self, ben_ready):
        browser = Client()
        answer = browser.post("/sign-in", {"login": "ben", "password": PASSWORD}, secure=True)

        assert answer.cookies[settings.SESSION_COOKIE_NAME]["secure"]

    def test_its_number_changes_when_one_is_let_in(self, ben_ready):
        browser = Client()
        sign_in(browser, "ben")
        before = browser.cookies[settings.SESSION_COOKIE_NAME].value
        browser.post("/sign-in/code", {"code": code_of()})

        assert browser.cookies[settings.SESSION_COOKIE_NAME].value != before

    def test_it_ends_with_the_browser(self, ben_ready):
        browser = Client()
        enter(browser, "ben")

        assert not browser.cookies[settings.SESSION_COOKIE_NAME]["max-age"]


def cookies_of(browser: Client) -> str:
    """What the browser sends with each request."""
    return f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"


class TestLiveStream:
    """`/live` has no request.user and asks by the cookie."""

    def test_is_for_a_colleague_both_steps_done(self, ben, signed_in):
        assert may_listen(cookies_of(signed_in(ben)))

    def test_is_closed_before_the_second_step(self, ben_ready):
        browser = Client()
        sign_in(browser, "ben")

        assert not may_listen(cookies_of(browser))

    @pytest.mark.parametrize("key", ["", "x", "a" * 32, "\x00"])
    def test_is_closed_for_what_is_no_cookie_of_ours(self, key):
        assert not may_listen(f"{settings.SESSION_COOKIE_NAME}={key}")

    def test_is_closed_once_the_colleague_left_or_changed_the_password(self, ada, ben, signed_in):
        cookies = cookies_of(signed_in(ben))
        give_password(ben, "wren clay dusk pear")
        assert not may_listen(cookies)

        cookies = cookies_of(signed_in(ben))
        actions.leave(ben, by=ada, at=NOON)
        assert not may_listen(cookies)


class TestNotices:
    def test_a_changed_password_is_told_and_ends_the_other_sessions(self, ben_ready, signed_in):
        elsewhere = signed_in(ben_ready)
        browser = Client()
        enter(browser, "ben")
        new = "wren clay dusk pear"

        browser.post("/me/password", {"oldpassword": PASSWORD, "password1": new, "password2": new})

        assert is_in(browser)
        assert not is_in(elsewhere)
        assert AccountChange.objects.filter(colleague=ben_ready, what=AccountChange.What.PASSWORD).exists()
        assert Session.objects.filter(colleague_id=ben_ready.pk).count() == 1

    def test_moving_to_another_phone_closes_everything_until_it_is_done(self, ben_ready, signed_in):
        elsewhere = signed_in(ben_ready)
        browser = Client()
        enter(browser, "ben")
        browser.post("/me/again?next=/me", {"password": PASSWORD})

        browser.post("/me/authenticator/change")

        assert browser.get("/me").headers["Location"] == "/me/authenticator"
        assert not is_in(elsewhere)
        secret = secret_on_the_page(browser.get("/me/authenticator").content.decode())
        assert secret != SECRET
        assert browser.post("/me/authenticator", {"code": code_of(secret)}).headers["Location"] == "/me/recovery-codes"
        assert is_in(browser)

    def test_a_wrong_present_password_changes_nothing(self, ben_ready):
        browser = Client()
        enter(browser, "ben")
        new = "wren clay dusk pear"
        answer = browser.post(
            "/me/password", {"oldpassword": "not this one, surely", "password1": new, "password2": new}
        )

        assert answer.status_code == 422
        ben_ready.refresh_from_db()
        assert ben_ready.check_password(PASSWORD)

    def test_recovery_codes_are_shown_once(self, ben_ready):
        browser = Client()
        enter(browser, "ben")
        browser.post("/me/again?next=/me", {"password": PASSWORD})
        browser.post("/me/recovery-codes/new")
        codes = [f"{code[:4]} {code[4:]}" for code in recovery_codes(ben_ready)]

        assert all(code in browser.get("/me/recovery-codes").content.decode() for code in codes)
        assert all(code in browser.get("/me/recovery-codes/file").content.decode() for code in codes)

        other = Client()
        enter_by_recovery = recovery_codes(ben_ready)[0]
        sign_in(other, "ben")
        other.post("/sign-in/code", {"code": enter_by_recovery})
        other.post("/me/again?next=/me", {"password": PASSWORD})
        page = other.get("/me/recovery-codes").content.decode()
        assert not any(code in page for code in codes)
        assert other.get("/me/recovery-codes/file").status_code == 404

"""The pages about mail, through the front door: from an address to a mailbox, and what is shown of how it is."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from courtesy.post import mailboxes, outbox, trying, warning
from courtesy.post.models import Mailbox, MailServer, Outgoing, SecondPath, Trial
from courtesy.post.trying import Step
from tests.post.conftest import write  # noqa: F401 (a fixture)
from tests.post.connected import connected, given

pytestmark = pytest.mark.django_db(databases="__all__")

FILLED = {
    "step": "try", "address": "hello@marigold.example", "provider": "own", "name": "Shop", "user": "hello",
    "secret": "kelp moss fern", "imap_host": "imap.marigold.example", "imap_port": "993", "imap_tls": "at once",
    "smtp_host": "smtp.marigold.example", "smtp_port": "587", "smtp_tls": "starttls", "keeps_copies": "on",
}  # fmt: skip


def went(trial: Trial, **how: str) -> Trial:
    """The trial is over; step → how it went, or what was wrong."""
    steps = []
    for name, said in how.items():
        good = said in {"done", "left out", "now", "odd"}
        steps.append(vars(Step(name.replace("_", " "), said if good else "failed", "" if good else said)))  # type: ignore[arg-type]
    Trial.objects.filter(pk=trial.pk).update(steps=steps, ended_at=timezone.now())
    return trial


ALL_WELL = {"reach": "done", "sign_in": "done", "newest": "done", "smtp_reach": "done", "address": "done"}


class TestFillingIn:
    def test_begins_with_the_address_and_fills_in_what_its_provider_wants(self, signed_in, ada):
        browser = signed_in(ada)
        assert "Address of the mailbox" in browser.get("/shop/mail/new").content.decode()

        page = browser.post("/shop/mail/new", {"step": "address", "address": "Marigold@gmail.com"}).content.decode()
        assert 'value="imap.gmail.com"' in page
        assert "app password" in page
        assert 'value="marigold@gmail.com"' in page

    def test_says_what_is_not_possible_yet(self, signed_in, ada):
        page = signed_in(ada).post("/shop/mail/new", {"step": "address", "address": "a@outlook.com"}).content.decode()
        assert "OAuth" in page

    def test_takes_another_provider(self, signed_in, ada):
        asked = {"step": "provider", "address": "hello@marigold.example", "provider": "strato"}
        assert 'value="imap.strato.de"' in signed_in(ada).post("/shop/mail/new", asked).content.decode()

    @pytest.mark.parametrize("asked", [{"step": "address", "address": "hello"}, {"step": "provider", "address": "x"}])
    def test_says_what_is_missing(self, signed_in, ada, asked):
        assert "Address of the mailbox" in signed_in(ada).post("/shop/mail/new", asked).content.decode()

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"secret": ""}, "Without it the server lets nobody in."),
            ({"imap_tls": "never"}, "Without TLS only a server on this very computer"),
            ({"imap_host": "im ap"}, "This is no name of a server."),
            ({"smtp_port": "0"}, "greater than or equal to 1"),
        ],
    )
    def test_says_beneath_its_box_what_cannot_be_right(self, signed_in, ada, wrong, said):
        answer = signed_in(ada).post("/shop/mail/new", FILLED | wrong)

        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not Trial.objects.exists()

    def test_never_writes_the_password_into_a_page(self, signed_in, ada):
        browser = signed_in(ada)
        leads = browser.post("/shop/mail/new", FILLED)
        trial = went(Trial.objects.get(), reach="no such host")
        pages = [browser.post("/shop/mail/new", FILLED | {"imap_port": "0"}), browser.get(leads["Location"])]
        pages.append(browser.get(f"/shop/mail/trials/{trial.pk}/settings"))
        row = mailboxes.connect(given=trying.seen(trial.pk).given, by=ada, at=timezone.now())
        pages.append(browser.get(f"/shop/mail/{row.pk}"))

        assert [page.status_code for page in pages] == [422, 200, 200, 200]
        assert not any("kelp moss" in page.content.decode() for page in pages)

    def test_puts_no_address_into_an_address_bar(self, signed_in, ada):
        assert "marigold" not in signed_in(ada).post("/shop/mail/new", FILLED)["Location"]


class TestTheTrial:
    def test_is_told_as_it_goes_without_a_script(self, signed_in, ada):
        browser = signed_in(ada)
        leads = browser.post("/shop/mail/new", FILLED)["Location"]
        page = browser.get(leads).content.decode()
        assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
        Trial.objects.update(steps=[vars(Step("reach", "done")), vars(Step("sign in", "now"))])
        page = browser.get(leads).content.decode()

        assert "imap.marigold.example answers at port 993." in page
        assert "signing in" in page
        assert "Look again" in page

    @pytest.mark.parametrize(
        ("provider", "went_wrong", "said"),
        [
            ("gmail", {"sign_in": "password refused"}, "This provider wants an app password here"),
            ("own", {"sign_in": "password refused"}, "Look at both letter by letter."),
            ("own", {"reach": "no such host"}, "There is no server called imap.marigold.example."),
            ("own", {"reach": "port closed"}, "nothing answers at port 993"),
            ("own", {"sign_in": "certificate of another name"}, "is for another name than imap.marigold.example"),
            ("own", {"smtp_reach": "port closed"}, "nothing answers at port 587"),
        ],
    )
    def test_says_what_to_change_where_it_failed(self, signed_in, ada, provider, went_wrong, said):
        browser = signed_in(ada)
        leads = browser.post("/shop/mail/new", FILLED | {"provider": provider})["Location"]
        went(Trial.objects.get(), **went_wrong)
        page = browser.get(leads).content.decode()

        assert said in page
        assert "Change something and try again" in page
        assert "refresh" not in page

    @pytest.mark.parametrize("trouble", ["server away", "hung up", "something nobody knows"])
    def test_promises_no_second_try_by_itself(self, signed_in, ada, trouble):
        browser = signed_in(ada)
        leads = browser.post("/shop/mail/new", FILLED)["Location"]
        went(Trial.objects.get(), sign_in=trouble)
        page = browser.get(leads).content.decode()

        assert "Try it again in a minute." in page
        assert "by itself" not in page

    def test_tells_reading_from_sending_and_says_what_it_left_behind(self, signed_in, ada):
        browser = signed_in(ada)
        leads = browser.post("/shop/mail/new", FILLED)["Location"]
        went(Trial.objects.get(), **ALL_WELL)
        page = browser.get(leads).content.decode()
        assert page.index("<h3>Reading</h3>") < page.index("answers at port 993") < page.index("<h3>Sending</h3>")
        assert page.count("<h3>") == 2
        assert "Nothing in the mailbox was changed." in page

        went(Trial.objects.get(), **ALL_WELL, letter="done")
        page = browser.get(leads).content.decode()
        assert "One letter lies in the mailbox more than before." in page
        assert "Nothing in the mailbox was changed." not in page

    def test_is_changed_and_tried_again_without_typing_the_password_again(self, signed_in, ada):
        browser = signed_in(ada)
        browser.post("/shop/mail/new", FILLED)
        trial = went(Trial.objects.get(), reach="no such host")
        again = FILLED | {"secret": "", "imap_host": "mail.marigold.example"}
        leads = browser.post(f"/shop/mail/trials/{trial.pk}/settings", again)["Location"]

        fresh = trying.seen(leads.rsplit("/", 1)[1])
        assert (fresh.given.imap_host, fresh.given.secret) == ("mail.marigold.example", "kelp moss fern")

    def test_hands_the_password_to_nobody_who_did_not_type_it(self, signed_in, ada, mia):
        signed_in(ada).post("/shop/mail/new", FILLED)
        trial = Trial.objects.get()
        again = FILLED | {"secret": "", "imap_host": "imap.evil.example"}
        answer = signed_in(mia).post(f"/shop/mail/trials/{trial.pk}/settings", again)

        assert answer.status_code == 422
        assert Trial.objects.count() == 1

    def test_ends_in_a_mailbox_by_a_click(self, signed_in, ada):
        browser = signed_in(ada)
        browser.post("/shop/mail/new", FILLED)
        trial = went(Trial.objects.get(), **ALL_WELL)
        assert "Connect this mailbox" in browser.get(f"/shop/mail/trials/{trial.pk}").content.decode()
        page = browser.post(f"/shop/mail/trials/{trial.pk}/connection", follow=True).content.decode()

        assert "Connected." in page
        row = Mailbox.objects.get()
        assert (row.address, row.secret, row.smtp_host) == (
            "hello@marigold.example", "kelp moss fern", "smtp.marigold.example",
        )  # fmt: skip
        assert not Trial.objects.exists()

    def test_connects_for_reading_only_where_sending_does_not_work(self, signed_in, ada):
        browser = signed_in(ada)
        browser.post("/shop/mail/new", FILLED)
        trial = went(Trial.objects.get(), **ALL_WELL | {"address": "sender refused"})
        assert "Connect it for reading only" in browser.get(f"/shop/mail/trials/{trial.pk}").content.decode()
        browser.post(f"/shop/mail/trials/{trial.pk}/connection")

        assert Mailbox.objects.get().smtp_host == ""

    def test_connects_nothing_that_cannot_be_read(self, signed_in, ada):
        browser = signed_in(ada)
        browser.post("/shop/mail/new", FILLED)
        trial = Trial.objects.get()
        for how in ({"reach": "port closed"}, {}):
            went(trial, **how)
            browser.post(f"/shop/mail/trials/{trial.pk}/connection")
        assert not Mailbox.objects.exists()

    def test_is_connected_once(self, signed_in, ada):
        connected(ada, "hello@marigold.example")
        browser = signed_in(ada)
        browser.post("/shop/mail/new", FILLED)
        trial = went(Trial.objects.get(), **ALL_WELL)
        assert "This address is connected already." in browser.get(f"/shop/mail/trials/{trial.pk}").content.decode()
        browser.post(f"/shop/mail/trials/{trial.pk}/connection")
        assert Mailbox.objects.count() == 1

    def test_offers_the_letter_to_whom_may_send_it(self, signed_in, ada, mia):
        asked = {"step": "address", "address": "hello@marigold.example"}
        assert "sends_one" in signed_in(ada).post("/shop/mail/new", asked).content.decode()
        assert "sends_one" not in signed_in(mia).post("/shop/mail/new", asked).content.decode()
        signed_in(mia).post("/shop/mail/new", FILLED | {"sends_one": "on"})
        assert not Trial.objects.get().sends_one

    def test_that_is_forgotten_is_not_there(self, signed_in, ada):
        browser = signed_in(ada)
        for page in ("", "/settings"):
            assert browser.get(f"/shop/mail/trials/{uuid4()}{page}").status_code == 404
        assert browser.post(f"/shop/mail/trials/{uuid4()}/connection").status_code == 404


class TestTheMailbox:
    def test_is_kept_without_trying(self, signed_in, ada):
        row = connected(ada)
        browser = signed_in(ada)
        page = browser.get(f"/shop/mail/{row.pk}").content.decode()
        assert "Leave it empty to keep the one there is." in page
        values = {name: str(value) for name, value in vars(given()).items()} | {"secret": "", "name": "Orders"}
        browser.post(f"/shop/mail/{row.pk}", values | {"step": "keep"})

        assert (Mailbox.objects.get().name, Mailbox.objects.get().secret) == ("Orders", "kelp fern")

    @pytest.mark.parametrize("step", ["keep", "try"])
    def test_asks_for_the_password_where_it_would_go_elsewhere(self, signed_in, ada, step):
        row = connected(ada)
        values = {name: str(value) for name, value in vars(given()).items()} | {"secret": "", "imap_port": "7"}
        answer = signed_in(ada).post(f"/shop/mail/{row.pk}", values | {"step": step})

        assert answer.status_code == 422
        assert "handed to no other" in answer.content.decode()

    def test_is_removed_by_a_click_unless_something_has_to_leave(self, signed_in, ada, write):  # noqa: F811
        row = connected(ada)
        outgoing = write(mailbox_id=row.pk)
        browser = signed_in(ada)
        page = browser.post(f"/shop/mail/{row.pk}/removal", follow=True).content.decode()
        assert "Something has still to leave from it." in page
        outbox.take_back(outgoing.pk, at=timezone.now())
        browser.post(f"/shop/mail/{row.pk}/removal")

        assert not mailboxes.connected()
        assert browser.get(f"/shop/mail/{row.pk}").status_code == 404


class TestHowItIs:
    """On the page of the mailboxes and on Today, in the same words."""

    @pytest.fixture
    def both(self, signed_in, ada):
        browser = signed_in(ada)
        return lambda: [browser.get(page).content.decode() for page in ("/", "/shop/mail")]

    def test_is_one_quiet_line_when_all_is_well(self, ada, both):
        now = timezone.now()
        connected(ada, at=now)
        Mailbox.objects.update(last_fetched_at=now - timedelta(minutes=2), last_tried_at=now)
        for page in both():
            assert "Last fetched 2 min ago." in page
            assert "well" in page

    def test_is_not_called_well_before_anything_was_read(self, ada, both):
        connected(ada, at=timezone.now())
        for page in both():
            assert "Not fetched yet." in page
            assert "begins</span>" in page

    def test_says_since_when_and_what_to_do(self, ada, both):
        now = timezone.now()
        connected(ada, at=now, provider="gmail")
        Mailbox.objects.update(last_fetched_at=now - timedelta(days=2), problem="password refused", problem_since=now)
        for page in both():
            assert "The server refused the password." in page
            assert "app password" in page
            assert "Last fetched " in page

    @pytest.mark.parametrize(
        "state",
        [("password refused", 0, True), ("quota", 0, True), ("server away", 0, False), ("server away", 48, True)],
    )
    def test_is_said_first_of_all_where_it_will_not_pass_by_itself(self, ada, ben, both, signed_in, state):
        problem, hours, alarms = state
        now = timezone.now()
        box = connected(ada, at=now - timedelta(hours=hours))
        since = now - timedelta(hours=hours)
        Mailbox.objects.update(last_fetched_at=since, last_tried_at=now, problem=problem, problem_since=since)
        page, _list = both()
        told = f"<p>{box.name}: The "
        assert (told in page) == alarms
        assert ("Look at its settings" in page) == alarms
        assert f'href="/shop/mail/{box.pk}"' in page
        colleagues = signed_in(ben).get("/").content.decode()
        assert (told in colleagues) == alarms
        assert "/shop/mail/" not in colleagues

    def test_says_that_nobody_asks_any_more(self, ada, both):
        connected(ada, at=timezone.now() - timedelta(hours=3))
        for page in both():
            assert "It has not been asked for new mail since" in page

    def test_counts_what_is_unsent_and_since_when(self, ada, both, write):  # noqa: F811
        now = timezone.now()
        row = connected(ada, at=now)
        write(mailbox_id=row.pk, not_before=now - timedelta(minutes=5))
        Outgoing.objects.update(created_at=now)  # and not minutes ago: that may be yesterday
        MailServer.objects.create(name=row.pk.hex, failures=3, since=now, problem="quota")
        for page in both():
            assert "1 unsent, the oldest since today" in page
            assert "Sending: The mailbox is full or nearly so" in page

    def test_says_when_warnings_do_not_get_through(self, ada, both):
        warning.name(address="ada@private.example", webhook="", by=ada, at=timezone.now())
        SecondPath.objects.update(problem="no mail server took the letter")
        for page in both():
            assert "no mail server took the letter" in page

    def test_shows_no_address_to_those_who_look_on(self, signed_in, ada, vera):
        connected(ada, at=timezone.now())
        page = signed_in(vera).get("/").content.decode()
        assert "hello@" not in page
        assert 'href="/shop/mail"' not in page


class TestTheSecondPath:
    def test_is_named_tested_and_given_up(self, signed_in, ada):
        browser = signed_in(ada)
        browser.post("/shop/mail/second-path", {"address": "ada@private.example", "webhook": ""})
        assert SecondPath.objects.get().address == "ada@private.example"
        assert "A test is on its way" in browser.post("/shop/mail/second-path/test", follow=True).content.decode()
        browser.post("/shop/mail/second-path", {"address": "", "webhook": ""})
        assert not SecondPath.objects.exists()
        assert "Nobody is named" in browser.post("/shop/mail/second-path/test", follow=True).content.decode()

    def test_says_what_cannot_be_right(self, signed_in, ada):
        answer = signed_in(ada).post("/shop/mail/second-path", {"address": "", "webhook": "http://ntfy.example/x"})
        assert answer.status_code == 422
        assert "A webhook begins with https://." in answer.content.decode()


class TestWhoMay:
    @pytest.mark.parametrize("path", ["", "/new", "/second-path", "/second-path/test"])
    def test_are_those_who_manage(self, signed_in, ben, vera, path):
        for somebody in (ben, vera):
            assert signed_in(somebody).get(f"/shop/mail{path}").status_code == 404
            assert signed_in(somebody).post(f"/shop/mail{path}").status_code == 404

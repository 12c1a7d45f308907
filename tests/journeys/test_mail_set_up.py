"""A mailbox is connected by its owner: filled in, tried against a real Dovecot and SMTP server, read from then on."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import steps
from tests.journeys.browser import WIDE, Ears, lend_cookies
from tests.journeys.house import House
from tests.journeys.mailbox import Mailbox
from tests.journeys.ready import ReadyShop
from tests.journeys.test_pages import faults_of
from tests.journeys.visitor import Page, Visitor
from tests.post.dovecot import BINARY, PASSWORD, Dovecot, letters, open_dovecot, open_smtp

pytestmark = [
    pytest.mark.journey,
    pytest.mark.xdist_group("browser-pages"),
    pytest.mark.skipif(BINARY is None, reason="Dovecot is not installed: apt install dovecot-imapd"),
]

ADDRESS, CUSTOMER = "hello@marigold.example", "dora@kunden.example"
SEEN = "select 1 from post_mailbox where last_fetched_at is not null"


@dataclass
class Provider:
    """The shop's mail provider, on loopback."""

    dovecot: Dovecot
    smtp_port: int

    @property
    def settings(self) -> dict[str, str]:
        """What its owner types."""
        return {
            "user": "shop", "secret": PASSWORD, "imap_host": "127.0.0.1", "imap_port": str(self.dovecot.port),
            "imap_tls": "never", "smtp_host": "127.0.0.1", "smtp_port": str(self.smtp_port), "smtp_tls": "never",
        }  # fmt: skip


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with open_dovecot() as server, open_smtp(server, {ADDRESS: "shop", CUSTOMER: "dora"}) as port:
        server.open_mailbox("dora")
        server.deliver("shop", *letters(range(3)), at=datetime.now(UTC) - timedelta(days=3))
        yield Provider(server, port)


@pytest.fixture(scope="module")
def open_house(ready: ReadyShop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with Mailbox() as nobody:
        house = ready.copy(tmp_path_factory.mktemp("mail"), nobody)
        house.start()
        yield house
        house.stop()


def filled_in(owner: Visitor, typed: dict[str, str]) -> Page:
    """From the address to the page of the trial, without a script."""
    page = owner.go("/shop/mail/new")
    page = owner.send(page.form(having="address"), address=ADDRESS)
    form = page.form(having="secret")
    return owner.send(form, **form.fields | typed | {"step": "try"})


def tried(owner: Visitor, page: Page) -> Page:
    """The page again and again, as a browser without a script reloads it, until the trial is over."""
    until = time.monotonic() + 60
    while "noscript" in page.text and time.monotonic() < until:
        time.sleep(0.5)
        page = owner.go(re.sub(r"^https?://[^/]+", "", page.url))
    return page


def connected(house: House, owner: Visitor, provider: Provider) -> None:
    """The shop's mailbox is read and may send; whoever connected it."""
    if not house.rows("select 1 from post_mailbox"):
        page = tried(owner, filled_in(owner, provider.settings))
        owner.send(page.form(action="/connection"))
    house.wait_for(SEEN, seconds=30)


def soon(look: Callable[[], list[tuple[set[str], bytes]]], count: int = 1) -> list[bytes]:
    """What lies in a folder, as soon as there are so many."""
    until = time.monotonic() + 60
    while len(found := look()) < count and time.monotonic() < until:
        time.sleep(0.5)
    return [raw for _, raw in found]


class TestSettingUp:
    def test_says_what_to_change_and_then_reads_the_mailbox(self, open_house, ready, provider):
        ada = ready.browser_at(open_house)
        page = tried(ada, filled_in(ada, provider.settings | {"secret": "not this one"}))
        assert "Look at both letter by letter." in page.text

        page = ada.go(re.search(r'href="(/shop/mail/trials/[^"]+/settings)"', page.text)[1])  # type: ignore[index]
        form = page.form(having="secret")
        page = tried(ada, ada.send(form, **form.fields | {"secret": PASSWORD, "step": "try", "sends_one": "on"}))
        assert "This works. One letter lies in the mailbox more than before." in page.text
        assert "It came back after" in page.text
        page = ada.send(page.form(action="/connection"))
        assert "Connected." in page.text
        open_house.wait_for(SEEN, seconds=30)
        open_house.wait_for("select 1 where not exists (select 1 from post_arrival where state = 'new')", seconds=30)

        assert "Last fetched" in ada.go("/shop/mail").text
        assert "Last fetched" in ada.go("/").text
        assert open_house.rows("select subject from conversations_thread where apart = ''") == []
        assert PASSWORD not in open_house.log
        assert "hello@" not in open_house.log

    def test_shows_each_step_by_itself_where_there_is_a_script(self, open_house, ready, provider, browser: Browser):
        context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
        lend_cookies(context, ready.browser_at(open_house), open_house)
        page = context.new_page()
        ears = Ears().listen(page)
        wrong: dict[str, list[str]] = {}

        def look(name: str) -> None:
            wrong[name] = faults_of(page, ears)

        page.goto(f"{open_house.desk}/shop/mail")
        look("mail")
        page.get_by_role("link", name="Connect a mailbox").click()
        page.get_by_label("Address of the mailbox").fill("orders@gmail.com")
        look("address")
        page.get_by_role("button", name="Go on").click()
        look("mailbox")
        page.get_by_label("Password or app password").fill("wrong one")
        page.get_by_label("Server for reading").fill("127.0.0.1")
        page.get_by_label("Server for sending").fill("127.0.0.1")
        page.get_by_role("spinbutton").first.fill(str(provider.dovecot.port))
        page.get_by_role("combobox", name="Protection").first.select_option("never")
        page.get_by_role("button", name="Try it").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("does not work yet"), timeout=60_000)
        expect(page.get_by_text("This provider wants an app password here")).to_be_visible()
        look("trial")
        page.goto(f"{open_house.desk}/")
        look("today")
        assert {name: found for name, found in wrong.items() if found} == {}
        context.close()


class TestFromMailboxToMailbox:
    def test_a_customers_mail_is_answered_and_the_answer_stands_under_it(self, open_house, ready, provider):
        ada, dovecot = ready.browser_at(open_house), provider.dovecot
        connected(open_house, ada, provider)
        (raw,) = letters([77], sender=CUSTOMER, to=ADDRESS)
        dovecot.deliver("shop", raw)
        thread = int(
            str(
                open_house.wait_for("select id from conversations_thread where subject = 'Letter 77'", seconds=60)[0][0]
            )
        )
        steps.answer(ada, thread, "The tea is on its way.", from_draft=False)

        (answer,) = soon(lambda: dovecot.mails("dora"))
        mail = message_from_bytes(answer, policy=policy.default)
        assert "The tea is on its way." in mail.get_content()
        assert (mail["In-Reply-To"], mail["From"]) == ("<letter-77@kunden.example>", f"My shop <{ADDRESS}>")
        copies = soon(lambda: dovecot.mails("shop", "Sent"))
        assert [message_from_bytes(one)["Message-ID"] for one in copies] == [mail["Message-ID"]]
        assert not any("\\Seen" in flags for flags, _ in dovecot.mails("shop"))

        phone = (
            f"From: {ADDRESS}\r\nTo: {CUSTOMER}\r\nSubject: Re: Letter 77\r\nMessage-ID: <phone@marigold.example>\r\n"
            "In-Reply-To: <letter-77@kunden.example>\r\n\r\nWritten on the phone.\r\n"
        )
        dovecot.append("shop", "Sent", phone.encode())
        ours = "select body from conversations_message where thread_id = ? and kind = 'out' and body like ?"
        open_house.wait_for(ours, thread, "Written on the phone%", seconds=60)
        assert len(open_house.rows(ours, thread, "%")) == 2, "our own copy came in as another answer"
        assert len(dovecot.mails("shop", "Sent")) == 2
        assert len(dovecot.mails("dora")) == 1

"""Pages that only a shop with mail has, filled: axe finds nothing, nothing is wider than a phone, light and dark."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.desk.inbox.mails import mail, png
from tests.journeys.browser import PATIENCE, PHONE, WIDE, OpenShop, axe_on, resize, spill
from tests.journeys.mails import put_in

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser-pages")]

expect.set_options(timeout=PATIENCE)
CHIDI = "Chidi Okafor <chidi@okafor.example>"
LONG = (
    "Dear shop,\n\nmy teapot came with a crack along the handle. See https://okafor.example/12, please.\n\n-- \nChidi"
)
QUOTES = "Wonderful, thank you!\n\nOn Tue, 24 Nov 2026 at 10:12, Ada wrote:\n> A new teapot leaves.\n"
HTML = (
    '<p>Dear shop, a crack.</p><img src="cid:pot" width="80"><img src="https://t.example/p.gif" width="50" height="50">'
)


@pytest.fixture(scope="module")
def thread(shop: OpenShop) -> int:
    """A thread in which everything has happened that can."""
    files = (("invoice.pdf", "application/pdf", b"%PDF-1.4 x"), ("repair.exe", "application/octet-stream", b"MZ...."))
    first = mail(
        LONG, by=CHIDI, mail_id="q1", html=HTML, pictures=(("pot", png(320, 200)),), cc="emil@berg.example", files=files
    )
    number = put_in(shop.house, first, wait="a crack along the handle")
    note = shop.ben.go(f"/inbox/{number}?write=note").form(action="/notes")
    shop.ben.send(note, words="@Ada is the blue one still in the window?")
    reply = shop.ada.go(f"/inbox/{number}?write=reply").form(having="words", action="/replies")
    shop.ada.send(reply, words="Hello Chidi,\n\nI am sorry about the crack.\n\nAda", cc="emil@berg.example")
    put_in(shop.house, mail(QUOTES, by=CHIDI, mail_id="q2", refers="<q1@post.example>"), wait="Wonderful, thank you")
    elsewhere = mail(
        "Written on the phone.", by="hello@marigold.example", to="chidi@okafor.example", refers="<q2@post.example>"
    )
    put_in(shop.house, elsewhere, channel="sent mail", wait="Written on the phone")
    put_in(shop.house, mail("Do you have cups?", by=CHIDI, refers="<q2@post.example>"), wait="Do you have cups")
    shop.ada.send(shop.ada.go(f"/inbox/{number}").form(action="/tags"), tag="breakage")
    saved = shop.ada.go("/saved-replies/new").form(having="words")
    shop.ada.send(saved, name="Opening hours", words="Ten to six, {name}.")
    shop.ben.go(f"/inbox/{number}")
    return number


@pytest.fixture
def page(shop: OpenShop) -> Iterator[Page]:
    """Ada's."""
    context = shop.at_desk(shop.ada, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands, wide and narrow, light and dark."""
    wrong = []
    for scheme, size in (("light", WIDE), ("dark", WIDE), ("dark", PHONE), ("light", PHONE)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        resize(page, size)
        wrong += [f"{scheme}, {size[0]} px: {found}" for found in axe_on(page)]
        if (too_wide := spill(page)) > 0:
            wrong.append(f"{too_wide} px too wide at {size[0]} px")
    return wrong


@pytest.mark.parametrize(
    "end",
    ["", "?write=reply", "?write=reply&put=1", "?write=note&put=1", "?beside=person", "/merging"],
)
def test_a_full_thread_has_no_fault(shop: OpenShop, thread: int, page: Page, end: str) -> None:
    page.goto(f"{shop.house.desk}/inbox/{thread}{end}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    assert faults(page) == []


def test_what_opens_has_no_fault(shop: OpenShop, thread: int, page: Page) -> None:
    page.goto(f"{shop.house.desk}/inbox/{thread}?write=reply")
    page.evaluate("document.querySelectorAll('.talk details, .addresses').forEach(it => it.open = true)")
    page.get_by_label("Your answer to").press_sequentially("/open")
    expect(page.locator(".texts > li").first).to_be_visible()
    assert axe_on(page) == []

    page.keyboard.press("Escape")
    page.locator(".doing > summary").click()
    assert axe_on(page) == []


def test_a_mail_as_it_was_sent_has_no_fault(shop: OpenShop, thread: int, page: Page) -> None:
    number = shop.house.rows("select id from conversations_message where body like '%crack along%'")[0][0]
    page.goto(f"{shop.house.desk}/messages/{number}/original")

    assert faults(page) == []


@pytest.mark.parametrize("address", ["/saved-replies", "/saved-replies/new", "/me/signature"])
def test_the_pages_of_what_is_kept_have_no_fault(shop: OpenShop, thread: int, page: Page, address: str) -> None:
    page.goto(shop.house.desk + address)

    assert faults(page) == []

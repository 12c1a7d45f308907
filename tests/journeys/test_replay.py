"""Old letters come in and are drafted once more: marked by keyboard, taken back, vouched for; the pages fit."""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conversations.past import as_mbox, mail
from tests.journeys.browser import PATIENCE, PHONE, WIDE, Ears, OpenShop, axe_on, resize, spill
from tests.journeys.mailbox import Mailbox
from tests.journeys.ready import ReadyShop

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser-pages")]

US = "hello@old-shop.example"
ALONE = "Bamboo canes are cut to any length on request, and cutting is free."
# (subject, question, the answer that was given); the newest last. What the articles of the ready shop say is drafted.
LETTERS = (
    ("Canes", "Do you cut bamboo canes to a length, and what does cutting cost?", f"Hello,\n\n{ALONE}\n\nAda"),
    ("Returns", "How long do I have to send a teapot back?", "Hello,\n\nthirty days.\n\nAda"),
    ("Unglazed pot", "How do I wash an unglazed clay pot?", "Hello,\n\nhot water, no soap.\n\nAda"),
    ("Shipping to Norway", "Do you ship to Norway, and what does it cost?", "Hello,\n\nyes, gladly.\n\nAda"),
    ("Length", "Could bamboo canes be cut to a length, and is cutting free?", "Hello,\n\nof course.\n\nAda"),
)


def old_letters() -> bytes:
    """These questions with their answers, a few days apart, a year ago."""
    mails = []
    for place, (subject, asked, told) in enumerate(LETTERS):
        at, who = datetime.now(UTC) - timedelta(days=400 - 3 * place), f"Kim {place} <kim{place}@post.example>"
        question, later = f"<q{place}@post.example>", at + timedelta(hours=3)
        mails.append((at, mail(asked, sender=who, to=US, at=at, mail_id=question, subject=subject)))
        answer = mail(
            told, sender=f"Ada <{US}>", to=who, at=later, mail_id=f"<a{place}@old.example>", answers=[question],
            subject=f"Re: {subject}",
        )  # fmt: skip
        mails.append((later, answer))
    return as_mbox(mails)


@pytest.fixture(scope="module")
def remembering(ready: ReadyShop, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenShop]:
    """The ready shop with these letters in it, learned from."""
    with Mailbox() as mailbox:
        house = ready.copy(tmp_path_factory.mktemp("remembering"), mailbox)
        file = tmp_path_factory.mktemp("old") / "old.mbox"
        file.write_bytes(old_letters())
        house.cli("import", "messages", str(file), "--ours", US, "--basis", "contract", "--since", "2024-01-01")
        house.start()
        try:
            house.wait_for("select 1 from knowledge_earlierpassage where standing = 'waits'", seconds=120)
            ada = ready.browser_at(house)
            yield OpenShop(house, mailbox, browser, ada, ada)
        finally:
            house.stop()


def tab_to(page: Page, wanted: Locator, most: int = 120) -> None:
    """Reach it as somebody without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("it => it === document.activeElement"):
            return
    raise AssertionError("not to be reached with the Tab key")


def press(page: Page, wanted: Locator) -> None:
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def replayed(shop: OpenShop, page: Page) -> None:
    """A replay is asked for by keyboard, and the page fills by itself."""
    page.goto(f"{shop.house.desk}/replay")
    again = page.get_by_role("button", name=re.compile("Replay the last 50|Do it again"))
    press(page, again)
    expect(page.get_by_role("heading", name="What drafts are worth here")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name="Do it again")).to_be_visible(timeout=PATIENCE)


@pytest.fixture
def page(remembering: OpenShop) -> Page:
    page = remembering.at_desk(remembering.ada).new_page()
    page.set_default_timeout(PATIENCE)
    return page


def test_a_pair_is_marked_by_keyboard_alone_and_taken_back(remembering: OpenShop, page: Page) -> None:
    ears = Ears().listen(page)
    replayed(remembering, page)
    pair = page.locator("article", has=page.get_by_role("button", name="As good")).first
    worth = page.locator("dl", has_text="As good as your answer")
    number = pair.get_attribute("id")

    for verdict, told in (("Better", "1 better, 0 as good, 0 worse"), ("As good", "0 better, 1 as good, 0 worse"),
                          ("Worse", "0 better, 0 as good, 1 worse")):  # fmt: skip
        here = page.locator(f"#{number}")
        press(page, here.get_by_role("button", name=verdict, exact=True))
        expect(worth).to_contain_text(told)
        expect(worth).to_contain_text("19 more marks and it says something")
        expect(here).to_contain_text("Ada said so")
        press(page, page.locator(f"#{number}").get_by_role("button", name="Take it back"))
        expect(worth).to_contain_text("0 better, 0 as good, 0 worse")
    # Of how many a draft was possible is a share with its interval from the first on.
    expect(worth).to_contain_text(re.compile(r"A draft was possible\s*\d of 5\s*\(\d+ to \d+ %"))
    assert remembering.house.rows("select count(*) from lifecycle_mark where taken_back_at is null") == [(0,)]
    assert ears.complaints == []


def test_a_sentence_is_vouched_for_beside_the_pair_and_then_drafted(remembering: OpenShop, page: Page) -> None:
    replayed(remembering, page)
    pair = page.locator("article", has=page.get_by_role("link", name="Length", exact=True))
    expect(pair).to_contain_text("An earlier answer would fit here")
    press(page, pair.get_by_role("button", name=f"May serve others: {ALONE}"))
    expect(page.locator(".toast").first).to_contain_text("It may serve others from now on.")

    replayed(remembering, page)
    pair = page.locator("article", has=page.get_by_role("link", name="Length", exact=True))
    expect(pair.locator(".draft")).to_contain_text(ALONE)

    page.goto(f"{remembering.house.desk}/replay/waiting")
    expect(page.locator("main")).to_contain_text("Ada said so")
    press(page, page.get_by_role("button", name=f"Take it back: {ALONE}"))
    expect(page.locator(".toast").first).to_contain_text("it serves nobody")
    expect(page.get_by_role("button", name=f"May serve others: {ALONE}")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_pages_filled_fit_and_axe_finds_nothing(remembering: OpenShop, scheme: str) -> None:
    page = remembering.at_desk(remembering.ada, color_scheme=scheme).new_page()
    page.set_default_timeout(PATIENCE)
    ears = Ears().listen(page)
    wrong: list[str] = []

    def look_at(name: str) -> None:
        for size in (WIDE, PHONE):
            resize(page, size)
            wrong.extend(f"{name} {size[0]} px: {found}" for found in axe_on(page))
            wrong.extend([f"{name} {size[0]} px: {spill(page)} px too wide"] if spill(page) else [])
            if folder := os.environ.get("COURTESY_SHOTS"):
                page.screenshot(path=f"{folder}/{name}-{scheme}-{size[0]}.png", full_page=True)
        resize(page, WIDE)

    replayed(remembering, page)
    for fold in page.locator("article details").all():
        fold.locator("summary").click()
    look_at("replay")
    page.locator("article").first.get_by_role("button", name="As good").click()
    expect(page.locator("article").first).to_contain_text("Ada said so")
    look_at("replay-marked")
    page.goto(f"{remembering.house.desk}/replay/waiting")
    page.get_by_role("button", name="May serve others").last.click()
    expect(page.get_by_role("heading", name="Vouched for")).to_be_visible()
    look_at("waiting")
    page.get_by_role("button", name="Take it back").first.click()
    expect(page.get_by_role("heading", name="Vouched for")).to_be_hidden()
    assert wrong == []
    assert ears.complaints == []

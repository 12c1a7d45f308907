"""An owner brings old letters in from the desk, with a script and without, and takes them out again."""

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conversations.past import as_mbox, conversations, mail
from tests.journeys.browser import PATIENCE, PHONE, WIDE, Ears, OpenShop, axe_on, resize, spill

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser-pages")]

US = "hello@old-shop.example"
LETTERS = "select count(*) from conversations_message where bringing_id is not null"


@pytest.fixture
def old_mail(tmp_path: Path) -> Path:
    """Forty letters of a year ago: twenty questions with their answers."""
    file = tmp_path / "old.mbox"
    file.write_bytes(as_mbox(conversations(20, us=US, begin=datetime.now(UTC) - timedelta(days=400))))
    return file


@pytest.fixture(params=[True, False], ids=["with a script", "without a script"])
def page(shop: OpenShop, request: pytest.FixtureRequest) -> Page:
    context = shop.at_desk(shop.ada, java_script_enabled=request.param)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    return page


def hand_in(page: Page, file: Path) -> None:
    page.get_by_label("The file").set_input_files(file)
    page.get_by_label("Addresses of the shop in it").fill(US)
    page.get_by_role("button", name="Look through it").first.click()


def test_old_letters_come_and_go(shop: OpenShop, page: Page, old_mail: Path) -> None:
    page.goto(f"{shop.house.desk}/past")
    hand_in(page, old_mail)

    expect(page.get_by_role("heading", name="Is this right?")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("main")).to_contain_text(re.compile(r"Questions of customers\s*20"))
    assert shop.house.rows(LETTERS) == [(0,)]
    page.get_by_role("button", name="Bring them in").click()

    expect(page.get_by_role("heading", name="Your letters are here")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("main")).to_contain_text("on 20 letters")
    assert shop.house.rows(LETTERS) == [(40,)]
    assert not list((Path(shop.house.environment["COURTESY_DATA_DIR"]) / "waiting").glob("*"))
    page.get_by_role("button", name="Take it out again").click()

    expect(page.get_by_role("heading", name="Taken out again")).to_be_visible(timeout=PATIENCE)
    assert shop.house.rows(LETTERS) == [(0,)]


def test_a_file_that_is_none_is_refused_in_words(shop: OpenShop, page: Page, tmp_path: Path) -> None:
    empty = tmp_path / "nothing.mbox"
    empty.write_bytes(b"")
    page.goto(f"{shop.house.desk}/past")
    hand_in(page, empty)

    expect(page.locator("main")).to_contain_text("There is nothing in it.")


def test_a_large_file_comes_in_piece_by_piece(shop: OpenShop, tmp_path: Path) -> None:
    at = datetime.now(UTC) - timedelta(days=300)
    large = ((at, mail("A long story. " * 30_000, to=US, at=at, mail_id=f"<l{number}@x>")) for number in range(20))
    file = tmp_path / "large.mbox"
    file.write_bytes(as_mbox(large))
    assert file.stat().st_size > 8_000_000
    page = shop.at_desk(shop.ada).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{shop.house.desk}/past")
    hand_in(page, file)

    expect(page.get_by_role("heading", name="Is this right?")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("main")).to_contain_text(re.compile(r"Letters read\s*20"))
    page.get_by_role("button", name="Not this one: forget it").click()
    assert not list((Path(shop.house.environment["COURTESY_DATA_DIR"]) / "waiting").glob("*"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_pages_fit_and_axe_finds_nothing(shop: OpenShop, old_mail: Path, tmp_path: Path, scheme: str) -> None:
    page = shop.at_desk(shop.ada, color_scheme=scheme).new_page()
    page.set_default_timeout(PATIENCE)
    ears = Ears().listen(page)
    table = tmp_path / "old.csv"
    table.write_text(
        "when,wer,frage,reply,reply date\n"
        "2025-11-03 10:00,kim@post.example,Where is my pot?,It left today.,2025-11-03 12:00\n"
    )
    wrong: list[str] = []

    def look_at(name: str) -> None:
        for size in (WIDE, PHONE):
            resize(page, size)
            wrong.extend(f"{name} {size[0]} px: {found}" for found in axe_on(page))
            wrong.extend([f"{name} {size[0]} px: {spill(page)} px too wide"] if spill(page) else [])
            if folder := os.environ.get("COURTESY_SHOTS"):
                page.screenshot(path=f"{folder}/{name}-{scheme}-{size[0]}.png", full_page=True)
        resize(page, WIDE)

    page.goto(f"{shop.house.desk}/past")
    look_at("past")
    hand_in(page, table)
    expect(page.get_by_role("heading", name="Which column holds what?")).to_be_visible(timeout=PATIENCE)
    look_at("columns")
    page.goto(f"{shop.house.desk}/past")
    hand_in(page, old_mail)
    expect(page.get_by_role("heading", name="Is this right?")).to_be_visible(timeout=PATIENCE)
    look_at("asked")
    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_role("heading", name="Your letters are here")).to_be_visible(timeout=PATIENCE)
    look_at("done")
    page.get_by_role("button", name="Take it out again").click()
    expect(page.get_by_role("heading", name="Taken out again")).to_be_visible(timeout=PATIENCE)
    look_at("undone")
    assert wrong == []
    assert ears.complaints == []


ORDERS = (
    "Nr,Day,Email,Product,Qty,Price\n"
    "90418,2026-11-18,kim@post.example,Assam,2,9.40\n"
    "90419,some day,kim@post.example,Assam,2,9.40\n"
)


@pytest.fixture
def old_orders(tmp_path: Path) -> Path:
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS)
    return file


def asks_about(page: Page, shop: OpenShop, file: Path) -> None:
    """Hand the orders in; the columns that no name tells are asked for."""
    page.goto(f"{shop.house.desk}/past")
    page.get_by_role("link", name="Bring orders in").click()
    page.get_by_label("Another one").check()
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Look through it").click()
    expect(page.get_by_role("heading", name="One more thing")).to_be_visible(timeout=PATIENCE)


def told_the_columns(page: Page) -> None:
    page.get_by_label("The order’s number", exact=True).select_option("Nr")
    page.get_by_label("When it was placed").select_option("Day")
    page.get_by_role("button", name="Look through it like this").click()
    expect(page.get_by_role("heading", name="Is this right?")).to_be_visible(timeout=PATIENCE)


def test_orders_come_and_go(shop: OpenShop, page: Page, old_orders: Path) -> None:
    asks_about(page, shop, old_orders)
    told_the_columns(page)
    expect(page.locator("main")).to_contain_text("the date cannot be read")
    assert shop.house.rows("select count(*) from records_order") == [(0,)]
    page.get_by_label("Since when?").fill("2024-05-01")
    page.get_by_role("button", name="Bring them in").click()

    expect(page.get_by_role("heading", name="Your orders are here")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("main")).to_contain_text("It adds up.")
    assert shop.house.rows("select number from records_order") == [("90418",)]
    page.get_by_role("button", name="Take them back").click()

    expect(page.get_by_role("heading", name="Taken back")).to_be_visible(timeout=PATIENCE)
    assert shop.house.rows("select count(*) from records_order") == [(0,)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_orders_fit_and_axe_finds_nothing(shop: OpenShop, old_orders: Path, scheme: str) -> None:
    page = shop.at_desk(shop.ada, color_scheme=scheme).new_page()
    page.set_default_timeout(PATIENCE)
    ears = Ears().listen(page)
    wrong: list[str] = []

    def look_at(name: str) -> None:
        for size in (WIDE, PHONE):
            resize(page, size)
            wrong.extend(f"{name} {size[0]} px: {found}" for found in axe_on(page))
            wrong.extend([f"{name} {size[0]} px: {spill(page)} px too wide"] if spill(page) else [])
        resize(page, WIDE)

    asks_about(page, shop, old_orders)
    look_at("columns")
    told_the_columns(page)
    look_at("asked")
    page.get_by_label("Since when?").fill("2024-05-01")
    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_role("heading", name="Your orders are here")).to_be_visible(timeout=PATIENCE)
    look_at("done")
    page.get_by_role("button", name="Take them back").click()
    expect(page.get_by_role("heading", name="Taken back")).to_be_visible(timeout=PATIENCE)
    look_at("taken back")
    assert wrong == []
    assert ears.complaints == []

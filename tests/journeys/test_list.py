"""The list in a real browser: by keys alone, without a script, and still under a hand."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys import steps
from tests.journeys.browser import PATIENCE, Ears, OpenShop

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser-story")]

expect.set_options(timeout=PATIENCE)


def some_thread(shop: OpenShop, name: str) -> int:
    """A message of this customer, taken in."""
    steps.write(shop.house, f"Do you sell candles?\n\n{name}", address=f"{name.lower()}@post.example", name=name)
    found = shop.house.wait_for(
        "select thread_id from conversations_message where body like ?", f"%candles%{name}", seconds=60
    )
    return int(str(found[0][0]))


def state_of(shop: OpenShop, thread: int) -> str:
    return str(shop.house.rows("select state from conversations_thread where id = ?", thread)[0][0])


def at(shop: OpenShop, path: str = "/inbox", **how: bool) -> tuple[Page, Ears]:
    page = shop.at_desk(shop.ada, **how).new_page()
    ears = Ears().listen(page)
    page.goto(shop.house.desk + path)
    return page, ears


class TestKeysAlone:
    def test_walk_choose_and_do_something_to_many(self, shop: OpenShop) -> None:
        one, other = some_thread(shop, "Mona"), some_thread(shop, "Nils")
        page, ears = at(shop)

        page.keyboard.press("j")
        expect(page.locator(".row").first.get_by_role("link")).to_be_focused()
        page.keyboard.press("x")
        page.locator(".row").first.get_by_role("link").focus()
        page.keyboard.press("j")
        page.keyboard.press("x")
        expect(page.locator("#many-says")).to_have_text("2 chosen")
        bar = page.get_by_role("form", name="With the chosen messages")
        bar.get_by_role("button", name="Resolve").focus()
        page.keyboard.press("Enter")

        expect(page.get_by_text("2 resolved.")).to_be_visible()
        assert [state_of(shop, one), state_of(shop, other)] == ["resolved", "resolved"]
        page.keyboard.press("z")
        expect(page.get_by_text("2 taken back.")).to_be_visible()
        assert [state_of(shop, one), state_of(shop, other)] == ["open", "open"]
        assert ears.complaints == []
        page.context.close()

    def test_snooze_tag_and_mark_unread_in_a_thread(self, shop: OpenShop) -> None:
        thread = some_thread(shop, "Olga")
        page, ears = at(shop, f"/inbox/{thread}")

        page.keyboard.press("t")
        page.keyboard.type("candles")
        page.keyboard.press("Enter")
        expect(page.locator(f"#row-{thread} .tag")).to_have_text("candles")
        page.keyboard.press("u")
        expect(page.locator(f"#row-{thread}")).to_contain_text("unread")
        page.goto(f"{shop.house.desk}/inbox/{thread}")
        page.keyboard.press("s")
        page.keyboard.press("Enter")

        expect(page.locator("#said")).to_contain_text("Snoozed until")
        assert state_of(shop, thread) == "snoozed"
        assert ears.complaints == []
        page.context.close()

    def test_go_anywhere_by_the_command_bar(self, shop: OpenShop) -> None:
        thread = some_thread(shop, "Petra")
        page, ears = at(shop, "/")

        page.keyboard.press("Control+k")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.type("petra")
        expect(page.get_by_role("dialog").get_by_role("link", name="Petra")).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{shop.house.desk}/inbox/{thread}")

        page.keyboard.press("Control+k")
        page.keyboard.type("resolve")
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_contain_text("Resolved.")
        assert state_of(shop, thread) == "resolved"
        assert ears.complaints == []
        page.context.close()

    def test_type_into_the_command_bar_before_it_is_there(self, shop: OpenShop) -> None:
        thread = some_thread(shop, "Pablo")
        page, ears = at(shop, f"/inbox/{thread}")
        asked: list[Route] = []
        page.route(re.compile(r"/commands\?thread=\d+$"), lambda route: asked.append(route), times=1)  # noqa: PLW0108  the driver marks what it calls
        page.keyboard.press("Control+k")
        page.keyboard.type("unrea")
        page.wait_for_timeout(300)
        asked[0].continue_()
        expect(page.get_by_label("A place, a person")).to_have_value("unrea")

        expect(page).to_have_url(f"{shop.house.desk}/inbox/{thread}")  # neither "r" nor "n" nor "e" did anything
        assert state_of(shop, thread) == "open"
        assert ears.complaints == []
        page.context.close()

    def test_open_the_sheet_and_go_to_places(self, shop: OpenShop) -> None:
        page, ears = at(shop)

        page.keyboard.press("?")
        sheet = page.get_by_role("dialog", name="Keys")
        expect(sheet).to_contain_text("Mark unread")
        page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()
        page.keyboard.press("g")
        page.keyboard.press("t")
        expect(page).to_have_url(f"{shop.house.desk}/")
        page.keyboard.press("g")
        page.keyboard.press("i")
        expect(page).to_have_url(f"{shop.house.desk}/inbox")
        assert ears.complaints == []
        page.context.close()

    def test_never_act_while_one_types(self, shop: OpenShop) -> None:
        thread = some_thread(shop, "Quirin")
        page, _ears = at(shop, f"/inbox/{thread}?write=reply")

        page.get_by_label("Your answer to").press_sequentially("geu? gi st x")

        expect(page.get_by_label("Your answer to")).to_have_value(re.compile(r"geu\? gi st x"))
        expect(page).to_have_url(f"{shop.house.desk}/inbox/{thread}?write=reply")
        assert state_of(shop, thread) == "open"
        page.context.close()


class TestAListUnderAHand:
    def test_stays_still_and_says_what_is_new(self, shop: OpenShop) -> None:
        some_thread(shop, "Rosa")
        page, ears = at(shop)
        row = page.locator(".row").first
        row.hover()
        before = row.bounding_box()

        new = some_thread(shop, "Stella")

        expect(page.locator("#news")).to_contain_text("1 new")
        expect(page.locator(f"#row-{new}")).to_have_count(0)
        assert row.bounding_box() == before
        page.get_by_role("button", name="show").click()
        expect(page.locator(f"#row-{new}")).to_be_visible()
        assert ears.complaints == []
        page.context.close()

    def test_keeps_its_ticks(self, shop: OpenShop) -> None:
        some_thread(shop, "Tilda")
        page, _ears = at(shop)
        page.locator(".row-pick > input").first.check()
        page.mouse.move(900, 500)

        some_thread(shop, "Urs")

        expect(page.locator("#news")).to_contain_text("new")
        expect(page.locator(".row-pick > :checked")).to_have_count(1)
        page.context.close()


class TestWithoutAScript:
    def test_many_are_chosen_searched_and_snoozed(self, shop: OpenShop) -> None:
        threads = [some_thread(shop, name) for name in ("Vito", "Wanda")]
        page, _ears = at(shop, java_script_enabled=False)

        for thread in threads:
            page.locator(f"#row-{thread} .row-pick").click()
        page.get_by_role("button", name="More …").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("2 chosen messages")
        page.get_by_role("button", name="Monday").click()
        assert [state_of(shop, thread) for thread in threads] == ["snoozed", "snoozed"]

        page.get_by_label("Search messages and people").fill("wanda")
        page.keyboard.press("Enter")
        expect(page.locator(".row")).to_have_count(1)
        assert "wanda" not in page.url
        page.context.close()

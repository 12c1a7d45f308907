"""A page that is open hears what others did, and what somebody is typing is never lost by it."""

import re
import time

import pytest
from playwright.sync_api import Route, expect

from tests.journeys import steps
from tests.journeys.browser import PATIENCE, OpenShop

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser-story")]

expect.set_options(timeout=PATIENCE)


def some_thread(shop: OpenShop, name: str) -> int:
    """A message of this customer, taken in; nobody waits for its draft."""
    steps.write(shop.house, f"Do you sell candles?\n\n{name}", address=f"{name.lower()}@post.example", name=name)
    found = shop.house.wait_for(
        "select thread_id from conversations_message where body like ?", f"%candles%{name}", seconds=60
    )
    return int(str(found[0][0]))


class TestAnOpenPage:
    def test_shows_today_who_has_just_written(self, shop: OpenShop) -> None:
        page = shop.at_desk(shop.ada).new_page()
        page.goto(shop.house.desk)
        some_thread(shop, "Jonas")

        expect(page.get_by_role("main").get_by_role("link", name="Jonas", exact=True)).to_be_visible()
        page.context.close()

    def test_shows_a_colleagues_note_and_leaves_alone_what_is_being_typed(self, shop: OpenShop) -> None:
        thread = some_thread(shop, "Karla")
        page = shop.at_desk(shop.ada).new_page()
        page.goto(f"{shop.house.desk}/inbox/{thread}?write=reply")
        box = page.get_by_label("Your answer to")
        box.press_sequentially("Hello Karla, beeswax ones, f")

        note = shop.ben.go(f"/inbox/{thread}?write=note").form(action="/notes")
        shop.ben.send(note, words="The beeswax ones are gone.")

        expect(page.locator("#talk")).to_contain_text("The beeswax ones are gone.")
        expect(box).to_be_focused()
        page.keyboard.type("rom Friday")
        expect(box).to_have_value(re.compile("^Hello Karla, beeswax ones, from Friday\n"))
        page.context.close()

    @pytest.mark.parametrize("late", ["hx-sse", "hx-csp", "courtesy"])
    def test_listens_whichever_of_its_scripts_comes_late(self, shop: OpenShop, late: str) -> None:
        page = shop.at_desk(shop.ada).new_page()

        def dawdle(route: Route) -> None:
            time.sleep(0.5)
            route.continue_()

        page.route(re.compile(rf"/static/.*{late}.*\.js"), dawdle)
        with page.expect_request("**/live"):
            page.goto(f"{shop.house.desk}/inbox")
        assert page.evaluate("typeof htmx") == "object"
        page.context.close()


class TestWordsNotSentYet:
    def test_are_there_in_another_browser(self, shop: OpenShop) -> None:
        thread = some_thread(shop, "Lea")
        page = shop.at_desk(shop.ada).new_page()
        page.goto(f"{shop.house.desk}/inbox/{thread}?write=reply")
        page.get_by_label("Your answer to").press_sequentially("Hello Lea, half a sen")
        expect(page.locator("#kept")).to_have_text("Kept")
        page.context.close()

        elsewhere = shop.at_desk(shop.ada).new_page()
        elsewhere.goto(f"{shop.house.desk}/inbox/{thread}?write=reply")
        expect(elsewhere.get_by_label("Your answer to")).to_have_value(re.compile("^Hello Lea, half a sen\n"))
        elsewhere.context.close()

    def test_outlive_a_line_that_breaks(self, shop: OpenShop) -> None:
        thread = some_thread(shop, "Mina")
        context = shop.at_desk(shop.ada)
        page = context.new_page()
        page.goto(f"{shop.house.desk}/inbox/{thread}?write=reply")
        context.set_offline(True)
        page.get_by_label("Your answer to").press_sequentially("Hello Mina, the line is down")
        expect(page.locator("#kept")).to_contain_text("kept in this browser")
        page.close()
        context.set_offline(False)

        page = context.new_page()
        page.goto(f"{shop.house.desk}/inbox/{thread}?write=reply")
        expect(page.get_by_label("Your answer to")).to_have_value(re.compile("^Hello Mina, the line is down\n"))
        context.close()


class TestARestart:
    def test_is_healed_by_the_page_itself(self, shop: OpenShop) -> None:
        page = shop.at_desk(shop.ada).new_page()
        page.goto(f"{shop.house.desk}/inbox?view=all")
        shop.house.stop()
        shop.house.start()
        time.sleep(1)
        some_thread(shop, "Nora")

        expect(page.locator(".row", has_text="Nora")).to_have_count(1)
        page.context.close()


class TestTheFirstCall:
    def test_that_failed_is_made_again(self, shop: OpenShop) -> None:
        page = shop.at_desk(shop.ada).new_page()
        page.route("**/live", lambda route: route.abort(), times=1)
        page.goto(f"{shop.house.desk}/inbox?view=all")
        page.wait_for_timeout(6000)
        some_thread(shop, "Otis")

        expect(page.locator(".row", has_text="Otis")).to_have_count(1, timeout=15_000)
        page.context.close()

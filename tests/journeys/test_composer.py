"""Writing in a real browser: texts by their signs, files, colleagues who are seen, and words nothing can lose."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.desk.inbox.mails import mail
from tests.journeys.browser import PATIENCE, OpenShop
from tests.journeys.mails import put_in

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser-story")]

expect.set_options(timeout=PATIENCE)


def thread_of(shop: OpenShop, name: str, **how: object) -> int:
    """A mail by this customer has come."""
    address = f"{name} Sommer <{name.lower()}@post.example>"
    return put_in(shop.house, mail(f"Do you sell candles? {name}", by=address, **how), wait=f"candles? {name}")  # type: ignore[arg-type]


def composer(shop: OpenShop, page: Page, thread: int, write: str = "reply") -> None:
    page.goto(f"{shop.house.desk}/inbox/{thread}?write={write}")


class TestTextsPutIn:
    def test_by_a_slash_and_a_few_letters(self, shop: OpenShop) -> None:
        page_of_replies = shop.ada.go("/saved-replies/new")
        form = page_of_replies.form(having="words")
        shop.ada.send(form, name="Opening hours", words="Hello {name}, we are open from ten to six.")
        thread = thread_of(shop, "Runa")
        page = shop.at_desk(shop.ada).new_page()
        composer(shop, page, thread)
        box = page.get_by_label("Your answer to")

        box.press_sequentially("/open")
        option = page.get_by_role("option", name=re.compile("Opening hours"))
        expect(option).to_be_visible()
        page.keyboard.press("Enter")

        expect(box).to_have_value(re.compile("^Hello Runa, we are open from ten to six\\."))
        expect(page.locator("#kept")).to_have_text("Kept")
        page.context.close()

    def test_an_article_by_two_question_marks(self, shop: OpenShop) -> None:
        thread = thread_of(shop, "Sven")
        page = shop.at_desk(shop.ada).new_page()
        composer(shop, page, thread)

        page.get_by_label("Your answer to").press_sequentially("??parcel")
        expect(page.locator(".texts > li").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Escape")
        expect(page.locator(".texts > li")).to_have_count(0)
        expect(page.get_by_label("Your answer to")).to_have_value(re.compile("^\\?\\?parcel"))
        page.context.close()

    def test_a_colleague_is_called_in_a_note(self, shop: OpenShop) -> None:
        thread = thread_of(shop, "Tilda")
        page = shop.at_desk(shop.ada).new_page()
        composer(shop, page, thread, "note")

        page.get_by_label("Note for colleagues").press_sequentially("Please look, @Be")
        page.get_by_role("option", name="Ben").click()
        page.keyboard.press("Control+Enter")

        expect(page.locator("mark.called")).to_have_text("@Ben")
        expect(page.get_by_text("Ben is asked to look.")).to_be_visible()
        page.context.close()


class TestFiles:
    def test_that_were_chosen_go_along(self, shop: OpenShop, tmp_path: Path) -> None:
        file = tmp_path / "invoice.pdf"
        file.write_bytes(b"%PDF-1.4 an invoice")
        thread = thread_of(shop, "Uma")
        page = shop.at_desk(shop.ada).new_page()
        composer(shop, page, thread)
        page.get_by_label("Your answer to").press_sequentially("Here it is.")

        page.get_by_label("Add files").set_input_files(file)
        expect(page.locator(".along")).to_contain_text("invoice.pdf")
        expect(page.get_by_label("Your answer to")).to_have_value(re.compile("^Here it is\\."))
        page.get_by_role("button", name="Send", exact=False).first.click()

        expect(page.locator(".message.ours .enclosed")).to_contain_text("invoice.pdf")
        page.context.close()

    def test_that_are_too_much_do_not_even_travel(self, shop: OpenShop, tmp_path: Path) -> None:
        file = tmp_path / "film.mp4"
        file.write_bytes(bytes(18 * 1024 * 1024))
        thread = thread_of(shop, "Ulla")
        page = shop.at_desk(shop.ada).new_page()
        composer(shop, page, thread)

        page.get_by_label("Add files").set_input_files(file)

        expect(page.locator("#kept")).to_contain_text("17 MB")
        expect(page.locator(".along")).to_have_count(0)
        page.context.close()

    def test_of_sixteen_megabytes_go_along(self, shop: OpenShop, tmp_path: Path) -> None:
        file = tmp_path / "photos.zip"
        file.write_bytes(b"PK\x03\x04" + bytes(16 * 1024 * 1024))
        thread = thread_of(shop, "Ulrich")
        page = shop.at_desk(shop.ada).new_page()
        composer(shop, page, thread)
        page.get_by_label("Your answer to").press_sequentially("All of them.")

        page.get_by_label("Add files").set_input_files(file)
        expect(page.locator(".along")).to_contain_text("photos.zip")
        page.get_by_role("button", name="Send", exact=False).first.click()

        expect(page.locator(".message.ours .enclosed")).to_contain_text("16.8 MB")
        page.context.close()


class TestWhoIsHere:
    def test_is_seen_by_the_other(self, shop: OpenShop) -> None:
        thread = thread_of(shop, "Viktor")
        page = shop.at_desk(shop.ada).new_page()
        composer(shop, page, thread)

        shop.ben.go(f"/inbox/{thread}")
        expect(page.get_by_text("Ben is here")).to_be_visible()

        bens = shop.at_desk(shop.ben).new_page()
        composer(shop, bens, thread)
        bens.get_by_label("Your answer to").press_sequentially("I am writing")
        expect(page.get_by_text("Ben is writing")).to_be_visible()
        bens.context.close()
        page.context.close()


class TestWords:
    def test_survive_a_killed_server_and_a_closed_tab(self, shop: OpenShop) -> None:
        thread = thread_of(shop, "Wanda")
        page = shop.at_desk(shop.ada).new_page()
        composer(shop, page, thread)
        typed = "Hello Wanda, beeswax ones come on Friday; I put two aside for you."
        page.get_by_label("Your answer to").press_sequentially(typed)
        page.wait_for_timeout(2000)

        shop.house.kill()
        page.context.close()
        shop.house.start()

        elsewhere = shop.at_desk(shop.ada).new_page()
        composer(shop, elsewhere, thread)
        expect(elsewhere.get_by_label("Your answer to")).to_have_value(re.compile("^" + re.escape(typed)))
        elsewhere.context.close()

    def test_outlive_a_tab_with_those_they_go_to(self, shop: OpenShop) -> None:
        thread = thread_of(shop, "Walter")
        page = shop.at_desk(shop.ada).new_page()
        composer(shop, page, thread)
        page.get_by_text("Cc, Bcc").click()
        page.get_by_label("Cc", exact=True).press_sequentially("emil@post.example")
        page.get_by_label("Bcc").press_sequentially("boss@post.exa")
        expect(page.locator("#kept")).to_have_text("Kept")
        page.context.close()

        elsewhere = shop.at_desk(shop.ada).new_page()
        composer(shop, elsewhere, thread)
        expect(elsewhere.get_by_label("Cc", exact=True)).to_have_value("emil@post.example")
        expect(elsewhere.get_by_label("Bcc")).to_have_value("boss@post.exa")
        elsewhere.context.close()

    def test_typed_without_a_line_are_there_again_with_those_they_go_to(self, shop: OpenShop) -> None:
        thread = thread_of(shop, "Wilma")
        context = shop.at_desk(shop.ada)
        page = context.new_page()
        composer(shop, page, thread)
        context.set_offline(True)
        page.get_by_label("Your answer to").press_sequentially("From the train.")
        page.get_by_text("Cc, Bcc").click()
        page.get_by_label("Cc", exact=True).press_sequentially("emil@post.example")
        expect(page.locator("#kept")).to_contain_text("kept in this browser")
        page.close()
        context.set_offline(False)

        page = context.new_page()
        composer(shop, page, thread)
        expect(page.get_by_label("Your answer to")).to_have_value(re.compile("^From the train\\."))
        expect(page.get_by_label("Cc", exact=True)).to_be_visible()
        expect(page.get_by_label("Cc", exact=True)).to_have_value("emil@post.example")
        expect(page.locator("#kept")).to_have_text("Kept")
        context.close()

    def test_are_kept_where_somebody_answered_elsewhere_meanwhile(self, shop: OpenShop) -> None:
        thread = thread_of(shop, "Xenia")
        page = shop.at_desk(shop.ben).new_page()
        composer(shop, page, thread)
        page.get_by_label("Your answer to").press_sequentially("My own careful words")

        asked = mail("Do you sell candles? Xenia", by="Xenia Sommer <xenia@post.example>")
        name = re.search(rb"Message-ID: (<[^>]+>)", asked)
        assert name
        answer = mail(
            "Yes, from my phone, Xenia.", by="shop@marigold.example", to="xenia@post.example", refers=name[1].decode()
        )
        put_in(shop.house, answer, channel="sent mail", wait="from my phone, Xenia")
        page.get_by_role("button", name="Send", exact=False).first.click()

        expect(page.get_by_text("The answer was written in the mail program, not here.")).to_be_visible()
        expect(page.get_by_text("Yes, from my phone, Xenia.")).to_be_visible()
        expect(page.get_by_label("Your answer to")).to_have_value(re.compile("^My own careful words"))
        page.context.close()


class TestTheLine:
    def test_of_a_page_says_so_where_it_breaks(self, shop: OpenShop) -> None:
        thread = thread_of(shop, "Yara")
        context = shop.at_desk(shop.ada)
        page = context.new_page()
        composer(shop, page, thread)
        context.set_offline(True)
        page.get_by_label("Your answer to").press_sequentially("/open")
        expect(page.locator(".texts > li")).to_have_count(0)
        expect(page.locator("#kept")).to_contain_text("kept in this browser")
        context.close()

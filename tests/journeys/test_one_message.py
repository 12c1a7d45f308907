"""One message, all the way: from the contact form by a colleague's hands to the mailbox, and back for a second look."""

import re
import time
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.browser import PATIENCE, Ears, OpenShop
from tests.journeys.mailbox import Mailbox

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser-story")]

QUESTION = "Hello,\n\nhow do I wash an unglazed pot? And can I put it into the dishwasher?\n\n{name}"
expect.set_options(timeout=PATIENCE)


def write_in_chromium(shop: OpenShop, name: str, address: str, words: str, *, script: bool = True) -> Page:
    """A customer fills in the form at a person's pace; the page they are left with."""
    page = shop.visitor(java_script_enabled=script).new_page()
    page.goto(shop.house.front)
    page.get_by_label("What can we do for you?").fill(words)
    page.get_by_label("Your e-mail address").fill(address)
    page.get_by_label("Your name").fill(name)
    time.sleep(steps.SLOWER_THAN_A_ROBOT)
    page.get_by_role("button", name="Send to").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your message is here")
    return page


def thread_with_draft(shop: OpenShop, name: str) -> int:
    """A message of this customer that came without a browser, as soon as its draft lies ready."""
    address = f"{name.lower()}@post.example"
    before = len(shop.house.rows("select id from lifecycle_suggestion"))
    steps.write(shop.house, QUESTION.format(name=name), address=address, name=name)
    shop.house.wait_for("select 1 from lifecycle_suggestion where (select count(*) from lifecycle_suggestion) > ?",
                        before, seconds=60)  # fmt: skip
    return int(str(shop.house.rows("select max(id) from conversations_thread")[0][0]))


def mail_to(mailbox: Mailbox, address: str, seconds: float = 60) -> EmailMessage:
    """The one mail that came for this address."""
    until = time.monotonic() + seconds
    while not mailbox.to(address) and time.monotonic() < until:
        time.sleep(0.1)
    taken = mailbox.to(address)
    assert len(taken) == 1, [mail["Subject"] for mail in taken]
    return taken[0]


class TestOneMessage:
    @pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
    def test_goes_all_the_way_and_comes_back(self, shop: OpenShop, script: bool) -> None:
        name, address = ("Chidi", "chidi@post.example") if script else ("Dora", "dora@post.example")
        desk = shop.at_desk(shop.ada, java_script_enabled=script).new_page()
        ears = Ears().listen(desk)
        desk.goto(f"{shop.house.desk}/inbox")
        if script:
            desk.evaluate("window.same_age = true")

        # In, and on the open desk by itself.
        customer = write_in_chromium(shop, name, address, QUESTION.format(name=name), script=script)
        row = desk.locator(".row", has_text=name).filter(has_text="draft ready")
        if not script:
            shop.house.wait_for(
                "select 1 from lifecycle_suggestion s join conversations_message m on m.id = s.message_id"
                " where m.body like ?", f"%{name}", seconds=60)  # fmt: skip
            desk.reload()
        expect(row).to_have_count(1)
        if script:
            assert desk.evaluate("window.same_age"), "the list should show it without being asked"

        # A draft in the machine's name, each sentence with its source beside it.
        row.get_by_role("link").click()
        draft = desk.locator("#draft")
        expect(draft).to_contain_text("Written by the machine")
        cited = draft.locator("p", has=desk.locator(".cite"))
        drafted = [re.sub(r"\s*\d+$", "", one).strip() for one in cited.all_inner_texts()]
        quotes = " ".join(desk.locator("#beside .evidence blockquote").all_inner_texts())
        assert drafted
        assert all(sentence in quotes for sentence in drafted), (drafted, quotes)

        # Decided: used, one word changed, sent.
        draft.get_by_role("link", name="Use and edit").click()
        box = desk.get_by_label(f"Your answer to {name}")
        words = box.input_value()
        assert words.startswith(f"Hello {name},")
        changed = drafted[0].replace(" ", " truly ", 1)
        box.fill(words.replace(drafted[0], changed))
        desk.get_by_role("button", name="Send", exact=False).first.click()
        expect(desk.get_by_text("Sent. It leaves in ten seconds.")).to_be_visible()

        # Out: a real mail at a real server.
        mail = mail_to(shop.mailbox, address)
        assert mail["From"] == "Marigold <hello@marigold.example>"
        assert mail["Subject"].startswith("Re: ")
        assert mail["Message-ID"]
        assert mail["Auto-Submitted"] in (None, "no")
        text = str(mail.get_content())
        assert changed in " ".join(text.split())
        line = text.strip().splitlines()[-1]
        assert line.startswith("Drafted by our assistant, a machine; checked and changed by Ada · why? http")

        # The customer checks.
        customer.goto(line.split("why? ")[1])
        expect(customer.get_by_role("heading", level=1)).to_have_text(f"How we answered you, {name}")
        expect(customer.get_by_text(f"changed 1 of {len(drafted)} sentences").first).to_be_visible()
        expect(customer.get_by_text("Ada").first).to_be_visible()
        shown = " ".join(customer.locator(".evidence blockquote").all_inner_texts())
        assert all(sentence in shown for sentence in drafted[1:])
        assert changed in " ".join(customer.locator(".letter").inner_text().split())

        # And asks for a person.
        customer.get_by_role("link", name="I’d rather have a person look again").click()
        customer.get_by_label("What is not right yet?").fill("Is that also true for a pot that I painted?")
        customer.get_by_role("button", name="Ask a person to look again").click()
        expect(customer.get_by_role("heading", level=1)).to_have_text("A person will look again")
        if not script:
            shop.house.wait_for("select 1 from conversations_message where body like '%painted%' and person_only")
            desk.reload()
        talk = desk.locator("#talk")
        expect(talk).to_contain_text("Is that also true for a pot that I painted?")
        expect(talk).to_contain_text("no machine drafts this answer")
        expect(desk.locator("#draft")).to_have_count(0)
        expect(desk.get_by_role("link", name=f"Write to {name}")).to_be_visible()
        assert shop.house.cli("verify")["ok"] is True
        assert ears.complaints == []
        for page in (desk, customer):
            page.context.close()


class TestTwoColleagues:
    def test_both_press_send_and_one_mail_leaves(self, shop: OpenShop) -> None:
        thread = thread_with_draft(shop, "Emeka")
        pages = [shop.at_desk(who).new_page() for who in (shop.ada, shop.ben)]
        for page in pages:
            page.goto(f"{shop.house.desk}/inbox/{thread}?write=draft")
        pages[1].get_by_label("Your answer to").fill("Hello Emeka, these are Ben’s own careful words.")

        for page in pages:
            page.get_by_role("button", name="Send", exact=False).first.click()

        expect(pages[0].get_by_text("Sent. It leaves in ten seconds.")).to_be_visible()
        expect(pages[1].get_by_role("heading", level=1)).to_have_text("Ada has just answered Emeka")
        expect(pages[1].get_by_label("Your answer to")).to_have_value("Hello Emeka, these are Ben’s own careful words.")
        assert "Ben" not in str(mail_to(shop.mailbox, "emeka@post.example").get_content())
        for page in pages:
            page.context.close()


class TestUndo:
    def test_by_the_words_on_the_page_keeps_the_mail_in_the_house(self, shop: OpenShop) -> None:
        thread = thread_with_draft(shop, "Farah")
        page = shop.at_desk(shop.ada).new_page()
        page.goto(f"{shop.house.desk}/inbox/{thread}?write=reply")
        page.get_by_label("Your answer to").fill("Hello Farah, wait, that is wrong.")
        page.keyboard.press("Control+Enter")

        page.locator("#said").get_by_role("button", name="Take it back").click()

        expect(page.locator("#said")).to_contain_text("Taken back. No mail left")
        expect(page.get_by_label("Your answer to")).to_have_value("Hello Farah, wait, that is wrong.")
        time.sleep(11)
        assert shop.mailbox.to("farah@post.example") == []
        page.context.close()


class TestTheKeyboard:
    def test_alone_is_enough_to_answer(self, shop: OpenShop) -> None:
        thread_with_draft(shop, "Gita")
        page = shop.at_desk(shop.ada).new_page()
        page.goto(f"{shop.house.desk}/inbox?view=all")

        page.keyboard.press("j")
        expect(page.locator(".row").first.get_by_role("link")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#draft")).to_be_visible()
        page.keyboard.press("d")
        box = page.get_by_label("Your answer to")
        expect(box).to_be_focused()
        page.keyboard.press("Control+End")
        page.keyboard.type("\n\nPS: greetings from the keyboard")
        page.keyboard.press("Control+Enter")

        expect(page.get_by_text("Sent. It leaves in ten seconds.")).to_be_visible()
        page.keyboard.press("z")
        expect(page.locator("#said")).to_contain_text("Taken back")
        page.context.close()

    def test_has_single_keys_that_can_be_switched_off(self, shop: OpenShop) -> None:
        thread = thread_with_draft(shop, "Hana")
        page = shop.at_desk(shop.ada).new_page()
        page.goto(f"{shop.house.desk}/me")
        page.get_by_role("button", name="off", exact=True).click()
        expect(page.locator("html")).to_have_attribute("data-keys", "off")
        page.goto(f"{shop.house.desk}/inbox/{thread}")

        page.keyboard.press("d")
        page.keyboard.press("r")
        expect(page.locator("#composer")).to_have_count(0)

        reached = ""
        for _ in range(80):
            page.keyboard.press("Tab")
            reached = page.evaluate("document.activeElement.textContent.trim()")
            if reached.startswith("Use and edit"):
                break
        assert reached.startswith("Use and edit")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", "one must see where one is"
        page.keyboard.press("Enter")
        expect(page.get_by_label("Your answer to")).to_be_focused()
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text("Sent. It leaves in ten seconds.")).to_be_visible()
        page.context.close()


class TestTheFirstOwner:
    def test_comes_in_by_the_printed_link_with_a_second_step(self, shop: OpenShop) -> None:
        page = shop.visitor().new_page()
        link = shop.house.cli("owner-link")
        page.goto(re.sub(r"http://[^/]+", shop.house.desk, str(link["link"])))
        page.get_by_label("Your name").fill("Ines Castro")
        page.get_by_label("Sign-in name").fill("ines")
        for box in page.locator("input[type=password]").all():
            box.fill(steps.PASSWORD)
        page.get_by_role("button", name="Come in").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Set up your authenticator app")
        expect(page.locator("main svg").last).to_be_visible()
        page.get_by_text("No camera?").click()
        secret = page.locator("code.code").inner_text()
        page.get_by_role("textbox", name="code").fill(steps.code_of(secret))
        page.get_by_role("button", name="Set it up").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Keep these codes")
        codes = page.locator(".key-groups li").all_inner_texts()
        assert len(codes) >= 8
        page.get_by_role("link", name="I have kept them").click()
        expect(page.locator("h1")).to_contain_text("Good")

        # The same door, later: a recovery code opens it once in place of the app.
        page.goto(f"{shop.house.desk}/me")
        page.get_by_role("button", name="Sign out").click()
        page.goto(f"{shop.house.desk}/sign-in")
        page.get_by_label("Sign-in name").fill("ines")
        page.get_by_label("Password").fill(steps.PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("textbox", name="code").fill(codes[0])
        page.get_by_role("button", name="Come in").click()
        expect(page.locator("h1")).to_contain_text("Good")
        page.context.close()

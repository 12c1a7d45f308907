"""Every page, filled: axe finds nothing, the console stays silent, nothing is cut off, nothing is heavy."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import steps
from tests.journeys.browser import NARROW, PATIENCE, PHONE, WIDE, Ears, axe_on, lend_cookies, resize, spill
from tests.journeys.sample import SampleShop, open_sample

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser-pages")]

HEAVIEST = 100 * 1024  # bytes, gzipped, with all the page loads
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[SampleShop]:
    """The sample shop, open."""
    shop = open_sample(tmp_path_factory.mktemp("sample"))
    yield shop
    shop.house.stop()


def faults_of(page: Page, ears: Ears) -> list[str]:
    """What is wrong with the page that is open: light and dark, on a wide screen, on a phone, and narrower still."""
    wrong = []
    if (weight := ears.weigh()) > HEAVIEST:
        wrong.append(f"weighs {weight / 1024:.0f} KB gzipped")
    # All rules once in each scheme and once at each width; in the other two pairs only what both may change together.
    for scheme, size, rules in (
        ("light", WIDE, None),
        ("dark", WIDE, ["color-contrast"]),
        ("dark", PHONE, None),
        ("light", PHONE, ["color-contrast"]),
    ):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        resize(page, size)
        wrong += [f"{scheme}, {size[0]} px: {found}" for found in axe_on(page, rules)]
    for size in (PHONE, NARROW):
        resize(page, size)
        if (too_wide := spill(page)) > 0:
            wrong.append(f"{too_wide} px too wide at {size[0]} px")
    page.emulate_media(color_scheme="light")
    resize(page, WIDE)
    return wrong + ears.complaints


DESK = (
    "customer", "orders from a file",
    "inbox, snoozed", "inbox, kept out", "inbox, found", "saved views", "command bar", "keys",
    "today", "inbox", "inbox, nothing found", "inbox, nothing of mine", "inbox, resolved", "thread with a draft",
    "thread for a person only", "thread without a draft", "thread and its person", "thread answered",
    "putting in a text", "merging", "signature", "saved replies", "saved reply, new",
    "writing from the draft", "writing a note", "articles", "article", "article, internal", "article editor",
    "article, new", "team", "a colleague leaves", "shop", "hours", "mail", "mail, new", "recovery sheet",
    "my page", "change password", "start own shop", "style guide", "not found",
)  # fmt: skip
FRONT = (
    "contact", "public article", "private answer", "private page, waiting", "evidence", "asked to look again",
    "not found in front",
)  # fmt: skip


class TestThePagesOfTheDesk:
    def test_are_all_in_this_list(self, sample: SampleShop) -> None:
        assert set(sample.desk) == set(DESK)
        assert set(sample.front) == set(FRONT)

    @pytest.mark.parametrize("name", DESK)
    def test_have_no_fault(self, sample: SampleShop, browser: Browser, name: str) -> None:
        context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
        lend_cookies(context, sample.ada, sample.house)
        page = context.new_page()
        ears = Ears().listen(page, but=("404 (Not Found)",) if name == "not found" else ())
        page.goto(sample.house.desk + sample.desk[name])
        assert faults_of(page, ears) == []
        context.close()


class TestThePagesAfterAButton:
    def test_have_no_fault(self, sample: SampleShop, browser: Browser) -> None:
        context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
        lend_cookies(context, sample.ada, sample.house)
        page = context.new_page()
        ears = Ears().listen(page, but=("409", "422"))
        wrong: dict[str, list[str]] = {}

        page.goto(f"{sample.house.desk}/inbox?view=all")
        for row in range(2):
            page.locator(".row-pick").nth(row).click()
        page.get_by_role("button", name="More …").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("2 chosen messages")
        wrong["chosen messages"] = faults_of(page, ears)

        page.goto(f"{sample.house.desk}{sample.desk['thread with a draft']}?write=reply")
        page.get_by_text("Cc, Bcc").click()
        page.get_by_label("Cc", exact=True).fill("nobody")
        page.get_by_label("Your answer to").fill("Hello")
        page.get_by_role("button", name="Send", exact=False).first.click()
        expect(page.get_by_role("alert")).to_contain_text("is no mail address")
        wrong["an address that is none"] = faults_of(page, ears)

        # Somebody else answers while these words are being written.
        page.get_by_label("Cc", exact=True).fill("")
        expect(page.locator("#kept")).to_have_text("Kept")
        thread = int(sample.desk["thread with a draft"].rpartition("/")[2])
        steps.answer(sample.ada, thread, "Boil it three times.", from_draft=False)
        page.get_by_role("button", name="Send", exact=False).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("has just answered")
        wrong["answered meanwhile"] = faults_of(page, ears)

        page.goto(f"{sample.house.desk}/shop/hours")
        page.get_by_label("Monday").fill("25-99")
        page.get_by_role("button", name="Keep it").click()
        expect(page.locator(".wrong").first).to_be_visible()
        wrong["hours that are none"] = faults_of(page, ears)
        assert {name: found for name, found in wrong.items() if found} == {}
        context.close()


class TestThePagesInFront:
    @pytest.mark.parametrize("name", FRONT)
    def test_have_no_fault(self, sample: SampleShop, browser: Browser, name: str) -> None:
        context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
        page = context.new_page()
        ears = Ears().listen(page, but=("404 (Not Found)",) if name.startswith("not found") else ())
        page.goto(sample.house.front + sample.front[name])
        assert faults_of(page, ears) == []
        context.close()

    def test_say_what_is_missing_without_a_fault(self, sample: SampleShop, browser: Browser) -> None:
        context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
        page = context.new_page()
        ears = Ears().listen(page, but=("422",))
        page.goto(sample.house.front)
        page.get_by_label("Your e-mail address").fill("farah@")
        page.get_by_role("button", name="Send to").click()
        expect(page.get_by_role("alert")).to_contain_text("Nothing was sent yet")
        assert faults_of(page, ears) == []
        context.close()


class TestThePagesOnTheWayIn:
    def test_have_no_fault(self, sample: SampleShop, browser: Browser) -> None:
        context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
        page = context.new_page()
        ears = Ears().listen(page)
        wrong: dict[str, list[str]] = {}

        def look(name: str) -> None:
            wrong[name] = faults_of(page, ears)

        page.goto(f"{sample.house.desk}/sign-in")
        look("sign-in")
        page.goto(re.sub(r"http://[^/]+", sample.house.desk, str(sample.house.cli("owner-link")["link"])))
        look("join")
        page.get_by_label("Your name").fill("Ines Castro")
        page.get_by_label("Sign-in name").fill("ines")
        for box in page.locator("input[type=password]").all():
            box.fill(steps.PASSWORD)
        page.get_by_role("button", name="Come in").click()
        page.get_by_text("No camera?").click()
        look("authenticator")
        page.get_by_role("textbox", name="code").fill(steps.code_of(page.locator("code.code").inner_text()))
        page.get_by_role("button", name="Set it up").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Keep these codes")
        look("recovery codes")
        page.goto(f"{sample.house.desk}/team")
        page.get_by_label("Name").fill("Gita")
        page.get_by_role("button", name="Make a link").click()
        look("invited")
        page.goto(f"{sample.house.desk}/me")
        page.get_by_role("button", name="Sign out").click()
        page.goto(f"{sample.house.desk}/sign-in")
        page.get_by_label("Sign-in name").fill("ines")
        page.get_by_label("Password").fill(steps.PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        look("the code")
        assert {name: found for name, found in wrong.items() if found} == {}
        context.close()

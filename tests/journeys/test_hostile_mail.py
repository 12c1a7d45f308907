"""A mail that tries to act, shown as it was sent in a real browser: nothing runs, nothing leaves, nothing is called."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.desk.inbox.mails import mail, png
from tests.journeys.browser import PATIENCE, OpenShop
from tests.journeys.mails import Trap, hostile_page, put_in, trap

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser-story")]

expect.set_options(timeout=PATIENCE)


@pytest.fixture
def snare() -> Iterator[Trap]:
    """A server that hears whoever calls it."""
    with trap() as one:
        yield one


def original_of(shop: OpenShop, html: str, words: str, **how: object) -> int:
    """A mail with this page comes; the number of its message."""
    put_in(shop.house, mail(f"Plain words, {words}", html=html, subject=words, **how), wait=words)  # type: ignore[arg-type]
    rows = shop.house.rows("select id from conversations_message where body like ?", f"%{words}%")
    return int(str(rows[0][0]))


def looked_at(page: Page, address: str) -> None:
    """Open it and wait as long as its refresh would take."""
    page.goto(address)
    expect(page.frame_locator("iframe").locator("body")).to_contain_text("Dear shop")
    page.wait_for_timeout(2500)


class TestAHostileMail:
    def test_would_act_where_nothing_held_it(self, shop: OpenShop, snare: Trap) -> None:
        page = shop.visitor().new_page()
        page.set_content(hostile_page(snare.url))
        page.wait_for_timeout(1500)

        assert len(set(snare.called)) > 10, "the trap hears nothing, so its silence would prove nothing"
        page.context.close()

    def test_runs_nothing_and_calls_nobody(self, shop: OpenShop, snare: Trap) -> None:
        number = original_of(shop, hostile_page(snare.url), "about candles")
        page = shop.at_desk(shop.ada).new_page()
        address = f"{shop.house.desk}/messages/{number}/original"

        looked_at(page, address)

        assert snare.called == []
        assert page.url == address
        assert page.evaluate("window.hacked") is None
        frame = page.frame_locator("iframe")
        assert (
            frame.locator("script, form, input, button, iframe, object, embed, svg, style, link[rel=icon]").count() == 0
        )
        assert frame.locator("[onload], [onerror], [style], [srcset], [background]").count() == 0
        for link in frame.locator("a[href]").all():
            assert (link.get_attribute("href") or "").startswith(("http", "mailto")), link.inner_text()
        page.context.close()

    def test_runs_nothing_with_pictures_from_elsewhere_either(self, shop: OpenShop, snare: Trap) -> None:
        number = original_of(shop, hostile_page(snare.url), "about lamps")
        page = shop.at_desk(shop.ada).new_page()

        looked_at(page, f"{shop.house.desk}/messages/{number}/original?images=all")

        assert snare.called == [], "pictures are loaded by https alone"
        assert page.evaluate("window.hacked") is None
        page.context.close()

    def test_is_held_by_the_policy_alone_too(self, shop: OpenShop, snare: Trap) -> None:
        """Were one day something left in the HTML, the frame's own policy stands: the page is put in unclean."""
        number = original_of(shop, "<p>Dear shop, hello.</p>", "about soap")
        page = shop.at_desk(shop.ada).new_page()
        where = f"**/messages/{number}/original/page"

        def unclean(route) -> None:  # type: ignore[no-untyped-def]
            answer = route.fetch()
            route.fulfill(response=answer, body=hostile_page(snare.url))

        page.route(where, unclean)
        looked_at(page, f"{shop.house.desk}/messages/{number}/original")

        # A refresh is a navigation of the frame, which no directive forbids; cleaning alone takes it away.
        assert [path for path in snare.called if path != "/refresh"] == []
        assert page.evaluate("window.hacked") is None
        page.context.close()

    def test_opened_by_itself_is_held_just_so(self, shop: OpenShop, snare: Trap) -> None:
        number = original_of(shop, hostile_page(snare.url), "about pots")
        page = shop.at_desk(shop.ada).new_page()

        page.goto(f"{shop.house.desk}/messages/{number}/original/page")
        page.wait_for_timeout(2000)

        assert snare.called == []
        assert page.evaluate("window.hacked") is None
        page.context.close()


class TestPicturesOfAMail:
    def test_are_shown_in_their_place(self, shop: OpenShop) -> None:
        html = '<p>Dear shop, see:</p><img src="cid:pot" width="40">'
        number = original_of(shop, html, "about cups", pictures=(("pot", png()),))
        page = shop.at_desk(shop.ada).new_page()

        page.goto(f"{shop.house.desk}/messages/{number}/original")

        picture = page.frame_locator("iframe").locator("img")
        expect(picture).to_be_visible()
        assert picture.evaluate("it => it.naturalWidth") == 40
        page.context.close()

    def test_from_elsewhere_are_asked_for_after_a_click_only(self, shop: OpenShop) -> None:
        html = '<p>Dear shop, see:</p><img src="https://pictures.invalid/pot.png" width="40" height="40">'
        number = original_of(shop, html, "about bowls")
        page = shop.at_desk(shop.ada).new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))

        page.goto(f"{shop.house.desk}/messages/{number}/original")
        page.wait_for_timeout(500)
        assert not any("pictures.invalid" in url for url in asked)

        page.get_by_role("link", name="Load it once").click()
        page.wait_for_timeout(1000)
        assert any("pictures.invalid" in url for url in asked)
        page.context.close()

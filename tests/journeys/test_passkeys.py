"""A passkey in a real browser: added, named, used to come in, used once more, removed. Chromium plays the device."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.browser import Ears, OpenShop, axe_on

pytestmark = pytest.mark.xdist_group("passkeys")


@pytest.fixture
def page(shop: OpenShop, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The Chromium of a colleague of this test's own, since each signs out in the end."""
    name = "Colleague" + request.node.name[-7:].replace("_", "")
    context = shop.at_desk(steps.invite(shop.house, shop.ada, name))
    page = context.new_page()
    yield page
    context.close()


def plug_in(page: Page, *, verifies: bool = True) -> tuple[Any, str]:
    """A device in the computer; with ``verifies`` a finger is always on it."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verifies,
        "automaticPresenceSimulation": True,
    }
    return line, line.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def add(shop: OpenShop, page: Page, name: str) -> None:
    page.goto(f"{shop.house.desk}/me/passkeys/new")
    page.get_by_label("What you call it").fill(name)
    page.get_by_role("button", name="Add it").click()


class TestAPasskey:
    def test_is_added_used_renamed_and_removed(self, shop: OpenShop, page: Page):
        ears = Ears().listen(page)
        line, device = plug_in(page)
        page.goto(f"{shop.house.desk}/me/passkeys/new")
        assert axe_on(page) == []
        add(shop, page, "The till")
        expect(page.get_by_text("Your passkey is added")).to_be_visible()
        expect(page.get_by_text("The till")).to_be_visible()
        expect(page.get_by_text("Passkey added")).to_be_visible()
        assert len(line.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1
        assert axe_on(page) == []

        page.get_by_role("button", name="Sign out", exact=True).click()
        page.goto(f"{shop.house.desk}/sign-in")
        page.get_by_role("button", name="Come in by a passkey").click()
        page.wait_for_url(f"{shop.house.desk}/")
        page.goto(f"{shop.house.desk}/me")
        expect(page.get_by_text("Chrome on Linux").first).to_be_visible()

        page.get_by_role("link", name="Rename", exact=True).click()
        page.get_by_role("link", name="Use your passkey instead").click()
        page.get_by_role("button", name="Go on").click()
        page.get_by_label("Name").fill("The old till")
        page.get_by_role("button", name="Keep it").click()
        expect(page.get_by_text("The old till")).to_be_visible()
        page.get_by_role("link", name="Remove", exact=True).click()
        page.get_by_role("button", name="Remove it").click()
        expect(page.get_by_text("Passkey removed")).to_be_visible()
        expect(page.get_by_text("The old till")).to_have_count(0)
        assert ears.complaints == []

    def test_that_was_removed_lets_nobody_in(self, shop: OpenShop, page: Page):
        line, device = plug_in(page)
        add(shop, page, "Short-lived")
        expect(page.get_by_text("Short-lived")).to_be_visible()
        page.get_by_role("link", name="Remove", exact=True).click()
        page.get_by_role("button", name="Remove it").click()
        page.get_by_role("button", name="Sign out", exact=True).click()
        assert len(line.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1

        page.goto(f"{shop.house.desk}/sign-in")
        page.get_by_role("button", name="Come in by a passkey").click()
        expect(page.get_by_text("That passkey is not known here")).to_be_visible()


class TestWithoutADevice:
    def test_it_says_that_there_was_none_and_the_other_way_stays(self, shop: OpenShop):
        page = shop.visitor().new_page()
        plug_in(page)
        page.goto(f"{shop.house.desk}/sign-in")
        page.get_by_role("button", name="Come in by a passkey").click()
        expect(page.get_by_text("The browser gave no passkey")).to_be_visible()
        expect(page.get_by_label("Password")).to_be_visible()

    def test_and_without_javascript_nothing_of_it_is_shown(self, shop: OpenShop):
        page = shop.visitor(java_script_enabled=False).new_page()
        page.goto(f"{shop.house.desk}/sign-in")
        expect(page.get_by_role("button", name="Come in by a passkey")).to_have_count(0)
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()

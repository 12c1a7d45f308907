"""Debian's Chromium on our pages, and what one asks of a page: does axe find fault, does the console, does it fit?"""

import gzip
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from tests.journeys.house import House
from tests.journeys.mailbox import Mailbox
from tests.journeys.visitor import Visitor

CHROMIUM = shutil.which("chromium") or ""
FLAGS = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-gpu")
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
PATIENCE = 60_000  # milliseconds; a test machine may be busy
WIDE, PHONE, NARROW = (1280, 900), (390, 844), (320, 640)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window; skips with the reason where there is none."""
    if not CHROMIUM:
        pytest.skip("no Chromium here: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=list(FLAGS), chromium_sandbox=os.geteuid() != 0
        )
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class OpenShop:
    """A house that is open, the mailbox behind it, and two colleagues' browsers without a screen."""

    house: House
    mailbox: Mailbox
    browser: Browser
    ada: Visitor
    ben: Visitor

    def at_desk(self, colleague: Visitor, **how: Any) -> BrowserContext:
        """A Chromium in which this colleague is signed in."""
        context = self.visitor(**how)
        lend_cookies(context, colleague, self.house)
        return context

    def visitor(self, **how: Any) -> BrowserContext:
        """A Chromium that knows nothing of us."""
        context = self.browser.new_context(**{"viewport": {"width": WIDE[0], "height": WIDE[1]}, **how})
        context.set_default_timeout(PATIENCE)
        return context


def lend_cookies(context: BrowserContext, colleague: Visitor, house: House) -> None:
    """What a signed-in visitor holds, given to a Chromium."""
    context.add_cookies(
        [{"name": one.name, "value": one.value or "", "url": house.desk, "httpOnly": True} for one in colleague.cookies]
    )


@dataclass
class Ears:
    """What a page's console and network complained about while somebody looked at it, and what came over the line."""

    complaints: list[str] = field(default_factory=list)
    came: list[Response] = field(default_factory=list)

    def listen(self, page: Page, *, but: tuple[str, ...] = ()) -> "Ears":
        """Hear this page from now on; complaints with a word of ``but`` in them are expected."""

        def hear(words: str) -> None:
            if not any(expected in words for expected in but):
                self.complaints.append(f"{urlsplit(page.url).path}: {words}")

        page.on("console", lambda said: hear(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: hear(str(error)))
        page.on("response", self._hold)
        return self

    def _hold(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.came.clear()
        self.came.append(response)

    def weigh(self) -> int:
        """What the page that is open loaded, in gzipped bytes. The live stream never ends and is left out."""
        came = [it for it in self.came if it.ok and urlsplit(it.url).path != "/live"]
        return sum(len(gzip.compress(response.body(), 6)) for response in came)


def axe_on(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds wrong with the page as it stands: rule, then the elements. ``rules``: only these, else all."""
    if not page.evaluate("typeof axe === 'object'"):
        # Not as a script tag: the page's own policy refuses those, as it should.
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        """async (only) => (await axe.run(document, {
            resultTypes: ['violations'],
            ...(only ? {runOnly: only} : {rules: {'target-size': {enabled: true}}}),
        })).violations.map(it => ({id: it.id, nodes: it.nodes.map(node => node.html.slice(0, 200))}))""",
        rules,
    )
    return [f"{one['id']}: {' | '.join(one['nodes'])}" for one in found]


def spill(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def resize(page: Page, size: tuple[int, int]) -> None:
    """Another window, same page."""
    page.set_viewport_size({"width": size[0], "height": size[1]})

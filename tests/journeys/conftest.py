"""A shop that is ready to be used, made once: an owner who joined, articles, a mailbox, "Courtesy may send"."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys import steps
from tests.journeys.browser import OpenShop, chromium
from tests.journeys.house import House
from tests.journeys.mailbox import Mailbox
from tests.journeys.ready import ReadyShop, made_ready
from tests.journeys.visitor import Visitor


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> ReadyShop:
    """The ready shop, as it stands before anything happened in it."""
    return made_ready(tmp_path_factory.mktemp("ready"))


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """Where customers' mail arrives."""
    with Mailbox() as box:
        yield box


@pytest.fixture
def house(ready: ReadyShop, tmp_path: Path, mailbox: Mailbox) -> Iterator[House]:
    """A fresh copy of the ready shop, open."""
    copy = ready.copy(tmp_path / "house", mailbox)
    copy.start()
    yield copy
    copy.stop()


@pytest.fixture
def ada(ready: ReadyShop, house: House) -> Visitor:
    """Ada's browser without a script, signed in."""
    return ready.browser_at(house)


# Of a module, not of the session: while Playwright is open an event loop runs, and Django's tests refuse the database.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, or the reason why not."""
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def shop(ready: ReadyShop, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenShop]:
    """A copy of the ready shop that is open for a whole module, where Ben works too."""
    with Mailbox() as mailbox:
        house = ready.copy(tmp_path_factory.mktemp("open"), mailbox)
        house.start()
        try:
            ada = ready.browser_at(house)
            yield OpenShop(house, mailbox, browser, ada, steps.invite(house, ada, "Ben"))
        finally:
            house.stop()

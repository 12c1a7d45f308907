"""A shop that is ready to be used, made once: an owner who joined, articles, "Courtesy may send"."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from tests.journeys import steps
from tests.journeys.house import ROOT, House
from tests.journeys.mailbox import Mailbox
from tests.journeys.visitor import Visitor

ARTICLES = ROOT / "courtesy" / "config" / "sample" / "articles"


@dataclass
class ReadyShop:
    """``house`` is stopped; copy it, start the copy. ``ada`` keeps the cookies of her browser, good in any copy."""

    house: House
    ada: Visitor
    secret: str

    def copy(self, folder: Path, mailbox: Mailbox) -> House:
        return self.house.copied_to(folder, smtp_url=mailbox.url)

    def browser_at(self, house: House) -> Visitor:
        """Ada's browser, at another house that is a copy of this one (cookies ignore ports)."""
        browser = Visitor(house.desk)
        for cookie in self.ada.cookies:
            browser.cookies.set_cookie(cookie)
        return browser


def made_ready(folder: Path) -> ReadyShop:
    """The ready shop, as it stands before anything happened in it."""
    weights = os.environ.get("COURTESY_WEIGHTS_DIR", str(ROOT / "build" / "weights"))
    house = House(folder, smtp_url="smtp://127.0.0.1:9", extra={"COURTESY_WEIGHTS_DIR": weights})
    house.cli("weights")
    house.start()
    try:
        link = re.search(r"http://\S+/join/\S+", house.log)
        assert link, house.log
        ada, secret = steps.join(house, link[0])
        house.cli("import", "knowledge", str(ARTICLES))
        steps.let_send(ada)
        house.wait_for("select 1 from knowledge_passagereading", seconds=60)
    finally:
        house.stop()
    return ReadyShop(house, ada, secret)

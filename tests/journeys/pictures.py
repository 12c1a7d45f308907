"""The README's pictures, taken from the sample shop: `python -m tests.journeys.pictures [folder]`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.journeys.browser import PHONE, WIDE, chromium, lend_cookies
from tests.journeys.house import ROOT
from tests.journeys.sample import SampleShop, open_sample

FOLDER = ROOT / "docs" / "pictures"

# name: side, page, scheme, window
LAPTOP = (1280, 740)

README = {
    "thread-light": ("desk", "thread with a draft", "light", LAPTOP),
    "thread-dark": ("desk", "thread with a draft", "dark", LAPTOP),
    "today-light": ("desk", "today", "light", LAPTOP),
    "inbox-phone": ("desk", "inbox", "light", PHONE),
    "evidence-light": ("front", "evidence", "light", LAPTOP),
}


def take(
    browser: Browser, shop: SampleShop, into: Path, *, side: str, page: str, scheme: str, size: tuple[int, int],
    whole: bool = False,
) -> None:  # fmt: skip
    """One picture of one page; ``whole`` with what lies below the window."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    if side == "desk":
        lend_cookies(context, shop.ada, shop.house)
    shown = context.new_page()
    address, where = (shop.house.desk, shop.desk) if side == "desk" else (shop.house.front, shop.front)
    shown.goto(address + where[page])
    # What was said once ("Sent …") belongs to the moment, not to the picture.
    shown.evaluate("document.querySelectorAll('.toast').forEach(it => it.remove())")
    shown.screenshot(path=into, full_page=whole)
    context.close()


def main(folder: Path, *, every_page: bool = False) -> None:
    """The README's pictures, or with ``every_page`` each page in light, in dark and on a phone."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, chromium() as browser:
        shop = open_sample(Path(home))
        try:
            if every_page:
                for side, pages in (("desk", shop.desk), ("front", shop.front)):
                    for page in pages:
                        for scheme, size in (("light", WIDE), ("dark", WIDE), ("light", PHONE)):
                            name = f"{page.replace(', ', '-').replace(' ', '-')}-{scheme}-{size[0]}.png"
                            take(browser, shop, folder / name, side=side, page=page, scheme=scheme, size=size,
                                 whole=size == PHONE)  # fmt: skip
                return
            for name, (side, page, scheme, size) in README.items():
                take(browser, shop, folder / f"{name}.png", side=side, page=page, scheme=scheme, size=size)
        finally:
            shop.house.stop()


if __name__ == "__main__":
    asked = [word for word in sys.argv[1:] if word != "--every-page"]
    main(Path(asked[0]) if asked else FOLDER, every_page="--every-page" in sys.argv)

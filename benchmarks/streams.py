"""Two hundred open desks: does a page still come as fast while they all listen?

`python -m benchmarks.streams [--streams 200] [--requests 300] [--json]`. A real house with the sample shop. A
colleague asks for the inbox and a thread, again and again: first alone, then while the streams are held open and
something changes twice a second (a note in a thread, which all of them hear). Time is from the request to the whole
page, at p95.
"""

import argparse
import asyncio
import re
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from benchmarks.figures import Figure, command, empty_folder, figures_out, table
from benchmarks.queue import quantile
from tests.journeys import steps
from tests.journeys.house import House
from tests.journeys.visitor import Visitor

SLOWER_AT_MOST = 2.0
CHANGE_EVERY = 0.5  # seconds


@dataclass
class Listening:
    """What the streams heard so far."""

    open: int = 0
    ended: int = 0
    heard: int = 0


async def hold(house: House, colleague: Visitor, many: int, listening: Listening, over: threading.Event) -> None:
    """Keep ``many`` streams open until ``over``."""
    request = urllib.request.Request(urljoin(house.desk, "/live"))  # noqa: S310 (ours)
    colleague.cookies.add_cookie_header(request)
    cookies, place = request.get_header("Cookie"), urlsplit(house.desk)

    async def one() -> None:
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        writer.write(f"GET /live HTTP/1.1\r\nHost: {place.netloc}\r\nCookie: {cookies}\r\n\r\n".encode())
        await writer.drain()
        first = await reader.readline()
        assert b"200" in first, first
        listening.open += 1
        while line := await reader.readline():
            listening.heard += line.startswith(b"event: thread")
        listening.ended += 1

    held = [asyncio.ensure_future(one()) for _ in range(many)]
    while not over.is_set():
        await asyncio.sleep(0.05)
    for task in held:
        task.cancel()


def asked(colleague: Visitor, many: int) -> list[float]:
    """Seconds each of so many requests took, the inbox and its first thread in turn."""
    took, thread = [], first_thread(colleague)
    for number in range(many):
        began = time.perf_counter()
        page = colleague.go("/inbox" if number % 2 else thread)
        took.append(time.perf_counter() - began)
        assert page.status == 200, f"{page.url}: {page.status} {page.text[:300]}"
    return took


def first_thread(colleague: Visitor) -> str:
    """The address of the thread on top of the list."""
    found = re.search(r'href="(/inbox/\d+)', colleague.go("/inbox").text)
    assert found
    return found[1]


def change(colleague: Visitor, over: threading.Event) -> None:
    """Something happens in a thread, twice a second."""
    form = colleague.go(f"{first_thread(colleague)}?write=note").form(action="/notes")
    while not over.wait(CHANGE_EVERY):
        colleague.send(form, words="Asked the carrier.")


def measure(options: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """Alone, then in company."""
    with empty_folder() as folder:
        house = House(folder)
        house.cli("sample")
        house.start()
        over, listening = threading.Event(), Listening()
        try:
            link = re.search(r"http://\S+/join/\S+", house.log)
            assert link
            ada, _ = steps.join(house, link[0])
            asked(ada, 20)
            alone = asked(ada, options.requests)
            holding = threading.Thread(
                target=lambda: asyncio.run(hold(house, ada, options.streams, listening, over)), daemon=True
            )
            holding.start()
            until = time.monotonic() + 60
            while listening.open < options.streams and time.monotonic() < until:
                time.sleep(0.05)
            assert listening.open == options.streams, f"only {listening.open} streams opened"
            busy = threading.Thread(target=change, args=(ada, over), daemon=True)
            busy.start()
            together = asked(ada, options.requests)
            held = listening.open - listening.ended
            over.set()
            busy.join(10)
            holding.join(10)
        finally:
            house.stop()
    slower = quantile(together, 0.95) / quantile(alone, 0.95)
    figures = [
        Figure("a page alone, p95", round(1000 * quantile(alone, 0.95), 1), "ms"),
        Figure(f"with {options.streams} streams open, p95", round(1000 * quantile(together, 0.95), 1), "ms"),
        Figure("so many times slower", round(slower, 2), "×", SLOWER_AT_MOST),
        Figure("streams that broke off", options.streams - held, "", 0),
        Figure("news that the streams heard", listening.heard, ""),
    ]
    return table(figures), figures_out(figures)


if __name__ == "__main__":
    sys.exit(command("streams", measure, streams=200, requests=300))

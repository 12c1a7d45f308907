"""Ten messages at once: how long until each one's draft is on a colleague's screen.

`python -m benchmarks.queue [--rounds 5] [--messages 10] [--json]`. A real house with the sample shop and the encoder,
web and worker as `make run` starts them. Ten visitors open the contact form and send at the same moment. The clock of
a message starts when the house took it (`Message.at`, before it was written down) and stops twice: when the open
browser hears on `/live` that the thread changed for the last time, and when the thread's page that it then asks for has
come whole with the draft, or the reason for none, in it.
"""

import argparse
import math
import sys
import time
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from queue import Empty, Queue
from re import search
from threading import Barrier, Event, Thread
from typing import Any
from urllib.parse import urljoin

from benchmarks.figures import WEIGHTS, Figure, command, empty_folder, figures_out, has_weights, table
from tests.journeys import steps
from tests.journeys.accounting import settle
from tests.journeys.house import House
from tests.journeys.visitor import Visitor

ON_SCREEN_WITHIN = 2.0  # seconds, at p95
THERE = ("Written by the machine", "The machine wrote no draft")
QUESTIONS = (
    "My teapot came with a cracked spout yesterday. What do you need from me to send a new one?",
    "Hello! How long does a parcel to Denmark take, and what does it cost?",
    "Can I still change the address of an order I made this morning?",
    "Do you grind the coffee if I tell you what machine I have at home?",
    "I would like to send back two mugs, they are too small for me. How do I do that?",
    "Is the blue glaze safe for the dishwasher and for the microwave?",
    "Until what time are you open on Saturday, and may I bring my dog?",
    "How do I keep green tea fresh once the tin is open?",
    "I have a voucher from last year. Is it still good, and can I use it on the web?",
    "We are a small cafe and need about five kilos of coffee a month. Do you sell to us?",
)


@dataclass
class Screen:
    """A colleague's browser with the desk open: it hears the stream, and asks for each thread that changed."""

    house: House
    colleague: Visitor
    told: dict[int, float] = field(default_factory=dict)
    there: dict[int, float] = field(default_factory=dict)
    _changed: "Queue[int]" = field(default_factory=Queue)
    _closed: Event = field(default_factory=Event)

    def open(self) -> "Screen":
        """Begin to listen; back when the stream is open."""
        opened = Event()
        Thread(target=self._listen, args=(opened,), daemon=True).start()
        Thread(target=self._look, daemon=True).start()
        assert opened.wait(10), "the stream did not open"
        return self

    def close(self) -> None:
        """Hear no more."""
        self._closed.set()

    def _request(self, address: str) -> urllib.request.Request:
        request = urllib.request.Request(urljoin(self.house.desk, address))  # noqa: S310 (ours)
        self.colleague.cookies.add_cookie_header(request)
        return request

    def _listen(self, opened: Event) -> None:
        with urllib.request.urlopen(self._request("/live"), timeout=60) as stream:  # noqa: S310
            opened.set()
            name = ""
            for raw in stream:
                line = raw.decode().strip()
                if self._closed.is_set():
                    return
                if line.startswith("event:"):
                    name = line.removeprefix("event:").strip()
                elif line.startswith("data:") and name == "thread":
                    number = int(line.removeprefix("data:"))
                    if number not in self.there:
                        self.told[number] = time.time()
                        self._changed.put(number)

    def _look(self) -> None:
        while not self._closed.is_set():
            with suppress(Empty):
                number = self._changed.get(timeout=0.5)
                address = self._request(f"/inbox/{number}?fresh=1")
                with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310
                    page = answer.read().decode()
                if number not in self.there and any(words in page for words in THERE):
                    self.there[number] = time.time()


def send_at_once(house: House, round_number: int, messages: int) -> None:
    """Each visitor has the form open; all press the button in the same moment."""
    visitors = [Visitor(house.front) for _ in range(messages)]
    forms = [visitor.go("/").form(having="words") for visitor in visitors]
    time.sleep(steps.SLOWER_THAN_A_ROBOT)
    together = Barrier(messages)

    def send(number: int) -> int:
        words = f"{QUESTIONS[number % len(QUESTIONS)]}\n\nKind regards"
        address = f"visitor.{round_number}.{number}@post.example"
        together.wait()
        return visitors[number].send(forms[number], words=words, address=address).status

    with ThreadPoolExecutor(messages) as all_of_them:
        said = list(all_of_them.map(send, range(messages)))
    assert said == [200] * messages, f"the form answered {said}"


def waits(house: House, screen: Screen, after: int, messages: int) -> list[tuple[float, float, float]]:
    """Of each message since number ``after``: seconds until the suggestion was filed, told, and on the screen."""
    rows = house.rows("select id, thread_id, at from conversations_message where id > ? and kind = 'in'", after)
    assert len(rows) == messages
    until = time.monotonic() + 60
    while time.monotonic() < until and not all(int(str(row[1])) in screen.there for row in rows):
        time.sleep(0.02)
    found = []
    for number, thread_id, at in rows:
        began = _seconds(at)
        filed = house.rows("select took_ms from lifecycle_suggestion where message_id = ?", number)
        thread = int(str(thread_id))
        found.append((float(str(filed[0][0])) / 1000, screen.told[thread] - began, screen.there[thread] - began))
    return found


def _seconds(stored: object) -> float:
    return datetime.fromisoformat(str(stored)).replace(tzinfo=UTC).timestamp()


def processor_time(house: House) -> float:
    """Seconds that web and worker have computed so far."""
    times = [process.cpu_times() for process in house.processes()]
    return sum(one.user + one.system for one in times)


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of them do not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def measure(options: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """Some rounds, all messages of which count."""
    encoder = has_weights()
    found: list[tuple[float, float, float]] = []
    with empty_folder() as folder:
        house = House(folder, extra={"COURTESY_WEIGHTS_DIR": str(WEIGHTS)})
        house.cli("sample")
        house.start()
        try:
            link = search(r"http://\S+/join/\S+", house.log)
            assert link
            ada, _ = steps.join(house, link[0])
            settle(house, seconds=120)
            screen = Screen(house, ada).open()
            computed = processor_time(house)
            for number in range(options.rounds):
                last = int(str(house.rows("select max(id) from conversations_message")[0][0]))
                send_at_once(house, number, options.messages)
                settle(house)
                found += waits(house, screen, last, options.messages)
            computed = (processor_time(house) - computed) / options.rounds
            screen.close()
        finally:
            house.stop()
    thought, told, there = zip(*found, strict=True)
    each = f"{options.rounds} × {options.messages} messages"
    figures = [
        Figure(f"stored to draft on screen, p95 of {each}", round(quantile(there, 0.95), 2), "s", ON_SCREEN_WITHIN),
        Figure("the same, p50", round(quantile(there, 0.5), 2), "s"),
        Figure("the same, slowest", round(max(there), 2), "s"),
        Figure("stored to the open browser told, p95", round(quantile(told, 0.95), 2), "s"),
        Figure(f"web and worker, processor time for {options.messages} messages", round(computed, 2), "s"),
        Figure("reading and drafting alone, p50", round(1000 * quantile(thought, 0.5)), "ms"),
        Figure("reading and drafting alone, p95", round(1000 * quantile(thought, 0.95)), "ms"),
    ]
    head = "with the encoder" if encoder else "words alone"
    return f"{head}\n\n{table(figures)}", figures_out(figures, means=head, waits=[round(one, 3) for one in there])


if __name__ == "__main__":
    sys.exit(command("queue", measure, rounds=5, messages=10))

"""`python -m benchmarks.kills [--times 200]`: the power goes at random moments, and the houses are counted.

Each story is the one of `tests/journeys/test_kill.py`: a customer writes, Ada answers, the answer leaves. In half of
them the blow falls at a random moment while the message comes in, in half after Ada's hand is on the button, in the ten
seconds of undo or while a slow mail server takes the text. The web process, the worker or both die as by ``kill -9``;
then all is killed, started again and counted.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.journeys.accounting import faults, settle
from tests.journeys.mailbox import Mailbox
from tests.journeys.ready import ReadyShop, made_ready
from tests.journeys.test_kill import tell_the_story

COMING_IN = 5.0  # seconds from the opened form to the draft, on a quiet machine
LEAVING = 14.0  # seconds from the button to the mail server's word, ten of them the undo
SLOW = 2.0  # seconds the mail server takes over a text, at the most


@dataclass(frozen=True)
class Story:
    """How one house ended."""

    killed: str
    while_: str
    after: float
    acknowledged: int
    states: tuple[str, ...]
    faults: tuple[str, ...]


def one(ready: ReadyShop, seed: int) -> Story:
    """Tell one story and kill in it; the same seed kills the same process after the same time."""
    dice = random.Random(seed)
    whom, while_ = dice.choice(("web", "worker", "both")), ("coming in", "leaving")[seed % 2]
    after = dice.uniform(0.0, LEAVING if while_ == "leaving" else COMING_IN)
    with tempfile.TemporaryDirectory() as folder, Mailbox(slow=dice.uniform(0, SLOW)) as mailbox:
        house = ready.copy(Path(folder) / "house", mailbox)
        ada = ready.browser_at(house)
        try:
            house.start()
            over, pressed = threading.Event(), threading.Event()

            def strike() -> None:
                while while_ == "leaving" and not pressed.wait(0.02):
                    if over.is_set():
                        return
                if over.wait(after):
                    return
                for process in house.processes():
                    with suppress(psutil.NoSuchProcess):  # it may be gone, or just going
                        is_worker = "worker" in " ".join(process.cmdline())
                        if whom == "both" or (whom == "worker") == is_worker:
                            process.kill()

            killer = threading.Thread(target=strike)
            killer.start()
            said_yes = tell_the_story(house, ada, seconds=70, at_send=pressed.set)
            over.set()
            killer.join()
            house.kill()
            house.start()
            settle(house, seconds=90)
            found = faults(house, mailbox, said_yes)
            states = tuple(str(state) for (state,) in house.rows("select state from post_outgoing"))
            return Story(whom, while_, after, len(said_yes.messages) + len(said_yes.answers), states, tuple(found))
        finally:
            house.kill()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=200)
    options.add_argument("--side-by-side", type=int, default=2 * (os.cpu_count() or 1))
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        ready = made_ready(Path(folder))
        with ThreadPoolExecutor(asked.side_by_side) as pool:
            stories = []
            for story in pool.map(lambda n: one(ready, asked.seed * 1000 + n), range(asked.times)):
                stories.append(story)
                if len(stories) % 20 == 0:
                    print(f"{len(stories)} of {asked.times}", file=sys.stderr, flush=True)
    wrong = [(story.killed, story.while_, round(story.after, 2), fault) for story in stories for fault in story.faults]
    ends = Counter(state for story in stories for state in story.states)
    print("| kills | killed | acknowledged | answers that left once | shown as unsure | faults | seconds |")
    print("|---|---|---|---|---|---|---|")
    whom, yes = Counter(story.killed for story in stories), sum(story.acknowledged for story in stories)
    print(
        f"| {len(stories)} | {', '.join(f'{name} {n}' for name, n in sorted(whom.items()))} | {yes} "
        f"| {ends['sent']} | {ends['unsure']} | {len(wrong)} | {time.monotonic() - began:.0f} |"
    )
    for killed, while_, after, fault in wrong:
        print(f"- {killed}, {while_}, after {after} s: {fault}")
    if asked.json:
        facts = {"ok": not wrong, "kills": len(stories), "acknowledged": yes, "faults": wrong, **ends}
        print(json.dumps(facts))
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()

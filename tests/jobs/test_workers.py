"""Real workers on a real file: two share the work, a killed one's job is done by the next, a told one finishes."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

pytestmark = pytest.mark.house

ROOT = Path(__file__).resolve().parents[2]
ANNOUNCE = """
import django, sys; django.setup()
from django.db import transaction
from courtesy.jobs.actions import announce
with transaction.atomic():
    for number in range({count}):
        announce("noted", number=number, seconds={seconds})
"""


@dataclass
class Office:
    """Workers that share one database, and the book in which their handler writes."""

    folder: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        outer = {k: v for k, v in os.environ.items() if not k.startswith("COURTESY_")}
        ours = {
            "COURTESY_DATA_DIR": str(self.folder / "var"),
            "COURTESY_KEY_FILE": str(self.folder / "shop.key"),
            "DJANGO_SETTINGS_MODULE": "tests.jobs.settings_of_clerks",
            "BOOK": str(self.folder / "book"),
            "PYTHONPATH": str(ROOT),
        }
        return {**outer, **ours}

    def run(self, *words: str) -> None:
        subprocess.run([sys.executable, *words], cwd=ROOT, env=self.environment, check=True, capture_output=True)

    def announce(self, count: int, seconds: float = 0) -> None:
        self.run("-c", ANNOUNCE.format(count=count, seconds=seconds))

    def worker(self) -> subprocess.Popen[bytes]:
        log = (self.folder / "log").open("ab")
        worker = subprocess.Popen(
            [sys.executable, "-m", "courtesy.config.processes.worker"],
            cwd=ROOT, env=self.environment, stdin=subprocess.PIPE, stdout=log, stderr=log,
        )  # fmt: skip
        self.workers.append(worker)
        return worker

    @property
    def book(self) -> list[list[str]]:
        file = self.folder / "book"
        return [line.split() for line in file.read_text().splitlines()] if file.exists() else []

    def said(self, word: str) -> int:
        return sum(what == word for what, _, _ in self.book)

    def ended(self) -> Counter[str]:
        return Counter(number for what, number, _ in self.book if what == "ended")

    def wait_for(self, is_so, seconds: float = 30) -> None:
        until = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < until, (self.folder / "log").read_text()
            time.sleep(0.02)

    def sql(self, text: str) -> list[tuple]:
        with sqlite3.connect(self.folder / "var" / "courtesy.db", timeout=20) as connection:
            rows = connection.execute(text).fetchall()
        connection.close()
        return rows


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """An office with its tables, where nobody works yet."""
    office = Office(tmp_path_factory.mktemp("office"))
    office.run("-m", "courtesy.config.cli", "migrate")
    return office.folder


@pytest.fixture
def office(empty, tmp_path):
    office = Office(shutil.copytree(empty, tmp_path / "office"))
    yield office
    for worker in office.workers:
        worker.kill()
        worker.wait()


class TestTwoWorkers:
    def test_share_the_work_and_do_each_job_once(self, office):
        for _ in range(2):
            office.worker()
        office.wait_for(lambda: office.said("here") == 2)
        office.announce(60, seconds=0.01)
        office.wait_for(lambda: not office.sql("select 1 from jobs_job"))

        assert set(office.ended().values()) == {1}
        assert len(office.ended()) == 60
        assert len({pid for _, _, pid in office.book}) == 2


class TestAKilledWorker:
    def test_leaves_its_job_to_the_next_one(self, office):
        office.announce(1, seconds=1)
        first = office.worker()
        office.wait_for(lambda: office.said("began") == 1)
        first.kill()
        first.wait()
        assert not office.ended()

        office.worker()
        office.wait_for(lambda: bool(office.ended()))
        assert office.ended() == {"0": 1}
        assert office.said("began") == 2


class TestAWorkerThatIsToldToStop:
    @pytest.mark.parametrize("told", ["SIGTERM", "the pipe closes"])
    def test_finishes_the_job_in_hand_and_begins_no_other(self, office, told):
        office.announce(3, seconds=1)
        worker = office.worker()
        office.wait_for(lambda: office.said("began") == 1)
        if told == "SIGTERM":
            worker.send_signal(signal.SIGTERM)
        else:
            worker.stdin.close()

        assert worker.wait(10) == 0
        assert (office.said("began"), office.said("ended")) == (1, 1)
        assert office.sql("select count(*) from jobs_job") == [(2,)]

"""The worker's ear: new mail is here within seconds, mailboxes come, change and go, and the end never waits."""

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.post.channels.email.odd_server import open_odd, usual
from tests.post.dovecot import Dovecot, letters, needs_dovecot, open_dovecot
from tests.post.theater import ROOT, Theater, built_in

pytestmark = [pytest.mark.house, needs_dovecot]
SECONDS = 15
"""Within which everything here must have happened; far less than the half minute after which we look for ourselves."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Theater:
    return built_in(tmp_path_factory.mktemp("post") / "house", stage="tests.post.channels.email.stage")


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    with open_dovecot() as server:
        yield server


@pytest.fixture
def theater(built: Theater, tmp_path: Path) -> Theater:
    return built.copied_to(tmp_path / "house")


@contextmanager
def watching(theater: Theater, **settings: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", theater.stage, "watch"],
        cwd=ROOT, env={**theater.environment, **settings}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout
        process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.wait(timeout=10)


def asked(theater: Theater, sql: str) -> list[tuple[Any, ...]]:
    database = sqlite3.connect(f"file:{theater.folder / 'var' / 'courtesy.db'}?mode=ro", uri=True, timeout=20)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


def soon(happened: Callable[[], object], seconds: float = SECONDS) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.1)


def kept(theater: Theater, channel: str = "mail") -> int:
    return int(asked(theater, f"SELECT count(*) FROM post_arrival WHERE channel = '{channel}'")[0][0])


def problem(theater: Theater, box: str = "shop") -> tuple[str, bool]:
    """What is wrong, and whether the server ever answered."""
    ((said, fetched_at),) = asked(theater, f"SELECT problem, last_fetched_at FROM post_mailbox WHERE name = '{box}'")
    return str(said), bool(fetched_at)


def add(theater: Theater, dovecot: Dovecot, box: str = "shop", **more: str) -> None:
    theater.run("open_box", **{"BOX": box, "PORT": str(dovecot.port), "PASSWORD": dovecot.passwords[box]} | more)


class TestNewMail:
    def test_is_here_seconds_after_it_came(self, theater, dovecot):
        add(theater, dovecot)
        with watching(theater):
            soon(lambda: problem(theater) == ("", True))
            for number in range(1, 4):
                dovecot.deliver("shop", *letters([number]))
                soon(lambda there=number: kept(theater) == there)

    def test_is_found_too_where_the_server_tells_of_nothing(self, theater, dovecot):
        add(theater, dovecot)
        with watching(theater, LOOKS_EVERY="1"):
            soon(lambda: problem(theater) == ("", True))
            dovecot.append("shop", "Sent", letters([1])[0])
            soon(lambda: kept(theater, "sent mail") == 1)

    def test_comes_over_a_new_line_where_the_old_one_broke(self, theater, dovecot):
        add(theater, dovecot)
        with watching(theater, HELD="0"):
            soon(lambda: problem(theater) == ("", True))
            dovecot.drop_lines()
            dovecot.deliver("shop", *letters([1]))
            soon(lambda: kept(theater) == 1)
            assert problem(theater) == ("", True)

    def test_comes_over_a_new_line_where_the_old_one_fell_silent(self, theater, dovecot):
        add(theater, dovecot)
        with watching(theater, HELD="0", LOOKS_EVERY="1", PATIENCE="1"):
            soon(lambda: problem(theater) == ("", True))
            dovecot.freeze_lines()
            dovecot.deliver("shop", *letters([1]))
            soon(lambda: kept(theater) == 1)

    def test_of_the_time_when_the_server_was_away_comes_when_it_is_back(self, theater, dovecot):
        add(theater, dovecot)
        with watching(theater, HELD="0", FASTER="60"):  # a minute's patience is a second here
            soon(lambda: problem(theater) == ("", True))
            dovecot.kill()
            soon(lambda: problem(theater) == ("server away", True))
            dovecot.deliver("shop", *letters(range(3)))
            dovecot.start()
            soon(lambda: kept(theater) == 3 and problem(theater) == ("", True))

    def test_comes_to_each_of_several_mailboxes(self, theater, dovecot):
        dovecot.open_mailbox("orders")
        add(theater, dovecot)
        add(theater, dovecot, "orders")
        with watching(theater):
            soon(lambda: problem(theater) == problem(theater, "orders") == ("", True))
            dovecot.deliver("shop", *letters([1]))
            dovecot.deliver("orders", *letters([2]))
            soon(lambda: kept(theater) == 2)


class TestMailboxes:
    def test_added_changed_and_removed_are_noticed(self, theater, dovecot):
        with watching(theater):
            dovecot.deliver("shop", *letters([1]))
            add(theater, dovecot, PASSWORD="not that one")
            soon(lambda: problem(theater) == ("password refused", False))

            theater.run("change_box", PASSWORD=dovecot.passwords["shop"])
            soon(lambda: kept(theater) == 1 and problem(theater) == ("", True))

            theater.run("change_box", PASSWORD="")
            soon(lambda: dovecot.lines == 0)
            dovecot.deliver("shop", *letters([2]))
            time.sleep(1)
            assert kept(theater) == 1

    def test_whose_password_was_refused_are_not_tried_again_by_a_worker_that_starts_anew(self, theater, dovecot):
        add(theater, dovecot, PASSWORD="not that one")
        with watching(theater):
            soon(lambda: problem(theater) == ("password refused", False))
        tries = dovecot.log.count("auth failed")
        with watching(theater):
            time.sleep(3)
        assert dovecot.log.count("auth failed") == tries

    def test_in_trouble_do_not_hold_up_the_others(self, theater, dovecot):
        with open_odd(usual, greeting=None) as silent:
            theater.run("open_box", BOX="silent", PORT=str(silent), PASSWORD="word")
            add(theater, dovecot)
            with watching(theater):
                dovecot.deliver("shop", *letters([1]))
                soon(lambda: kept(theater) == 1)


class TestTheEnd:
    @staticmethod
    def ended(process: subprocess.Popen[str]) -> float:
        process.terminate()
        told, _ = process.communicate(timeout=10)
        assert process.returncode == 0
        return float(json.loads(told.splitlines()[-1])["took"])

    def test_does_not_wait_for_news(self, theater, dovecot):
        add(theater, dovecot)
        with watching(theater) as process:
            soon(lambda: problem(theater) == ("", True))
            assert self.ended(process) < 2

    def test_does_not_wait_for_a_server_that_says_nothing(self, theater):
        with open_odd(usual, greeting=None) as silent:
            theater.run("open_box", PORT=str(silent), PASSWORD="word")
            with watching(theater) as process:
                time.sleep(2)
                assert self.ended(process) < 2


class TestTheWorker:
    def test_watches_from_its_start_and_ends_in_time(self, theater, dovecot):
        add(theater, dovecot)
        worker = subprocess.Popen(
            [sys.executable, "-m", "courtesy.config.processes.worker"],
            cwd=ROOT, env=theater.environment, stdin=subprocess.PIPE,
        )  # fmt: skip
        try:
            soon(lambda: problem(theater) == ("", True), seconds=60)
            dovecot.deliver("shop", *letters([1]))
            soon(lambda: kept(theater) == 1)
            began = time.monotonic()
            worker.terminate()
            assert worker.wait(timeout=20) == 0
            assert time.monotonic() - began < 10
        finally:
            worker.kill()
            worker.wait(timeout=10)

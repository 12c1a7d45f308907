"""Two processes: one command starts them, each looks after the other, both stop at once and cleanly."""

import json
import re
import signal
import socket
import stat
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.journeys import steps
from tests.journeys.house import PYTHON, ROOT, House
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.house


@pytest.fixture(scope="module")
def open_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A new shop, open, with an owner."""
    folder = tmp_path_factory.mktemp("open house")
    house = House(folder, extra={"COURTESY_WEIGHTS_DIR": str(folder / "none")})
    house.start()
    link = re.search(r"http://\S+/join/\S+", house.log)
    assert link, house.log
    house.ada, _ = steps.join(house, link[0])
    yield house
    house.stop()


@pytest.fixture
def running(open_house: House) -> House:
    """The open house; started again where a test before killed it."""
    if not open_house.processes():
        open_house.start()
    wait_until(lambda: worker_of(open_house) is not None)
    return open_house


def wait_until(is_so, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.05)


def worker_of(house: House) -> psutil.Process | None:
    for child in house.processes()[1:]:
        with suppress(psutil.NoSuchProcess):  # it may be gone, or just going
            if "courtesy.config.processes.worker" in child.cmdline():
                return child
    return None


def health(address: str) -> dict:
    with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
        return dict(json.loads(answer.read()))


def raw(port: int, path: str, *lines: str) -> str:
    """What a socket is told, headers and all."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as door:
        door.sendall("\r\n".join([f"GET {path} HTTP/1.1", *lines, "Connection: close", "", ""]).encode())
        told = b""
        while more := door.recv(65536):
            told += more
        return told.decode(errors="replace")


def stream(house: House, visitor: Visitor) -> socket.socket:
    """A live stream that stays open."""
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.cookies)
    door = socket.create_connection(("127.0.0.1", house.port), timeout=10)
    door.sendall(f"GET /live HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\n\r\n".encode())
    assert b"200" in door.recv(100)
    return door


class TestHealth:
    def test_says_on_both_sides_that_database_and_worker_live(self, running):
        wait_until(lambda: health(running.desk)["worker"])
        for side in (running.desk, running.front):
            assert health(side) | {"ok": True, "database": True, "worker": True} == health(side)

    def test_tells_the_desk_what_waits_and_the_public_nothing_of_it(self, running):
        assert {"jobs", "unsent", "encoder"} <= set(health(running.desk))
        assert set(health(running.front)) == {"ok", "database", "worker"}

    def test_says_when_there_is_no_encoder(self, running):
        wait_until(lambda: health(running.desk)["worker"])
        assert health(running.desk)["encoder"] == ""


class TestTheWebProcess:
    def test_never_loads_a_model(self, running):
        for page in ("/", "/inbox", "/articles", "/team", "/shop"):
            running.ada.go(page)
        loaded = Path(f"/proc/{running.process.pid}/maps").read_text()
        assert "numpy" not in loaded
        assert "onnxruntime" not in loaded

    def test_serves_static_files_packed_and_under_names_that_never_change_what_they_mean(self, running):
        page = running.ada.go("/").text
        sheet = re.search(r'href="(/static/courtesy\.[0-9a-f]{12}\.css)"', page)
        assert sheet, page[:2000]
        told = raw(running.port, sheet[1], "Host: localhost", "Accept-Encoding: gzip")
        assert "content-encoding: gzip" in told
        assert "immutable" in told
        assert "access-control-allow-origin" not in told

    def test_refuses_names_that_are_not_its_own(self, running):
        assert " 400 " in raw(running.port, "/", "Host: evil.example").splitlines()[0]
        assert " 400 " in raw(running.public_port, "/", "Host: evil.example").splitlines()[0]

    def test_refuses_a_body_larger_than_any_form(self, running):
        told = raw(running.public_port, "/", "Host: localhost", f"Content-Length: {10**8}")
        assert " 413 " in told.splitlines()[0]

    def test_lets_nobody_listen_without_signing_in(self, running):
        assert " 404 " in raw(running.port, "/live", "Host: localhost").splitlines()[0]
        with stream(running, running.ada):
            pass

    def test_has_no_stream_on_the_public_side_even_for_a_colleague(self, running):
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in running.ada.cookies)
        told = raw(running.public_port, "/live", f"Host: localhost:{running.port}", f"Cookie: {cookies}")
        assert " 404 " in told.splitlines()[0]


class TestTheHouseOnTheDisk:
    def test_is_for_its_owners_eyes_only(self, running):
        home = running.folder / "var"
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        for file in (home / "session.secret", home / "courtesy.db", home / "keys.db", running.folder / "shop.key"):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name

    def test_refuses_a_second_server(self, running):
        second = subprocess.run(
            [PYTHON, "-m", "courtesy.config.cli", "serve", "--json"],
            cwd=ROOT, env=running.environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert second.returncode == 1
        assert "already runs" in json.loads(second.stdout.splitlines()[-1])["why"]

    def test_says_which_setting_to_change_where_a_port_is_taken(self, running, tmp_path):
        other = House(tmp_path, port=running.port)
        said = subprocess.run(
            [PYTHON, "-m", "courtesy.config.cli", "serve"],
            cwd=ROOT, env=other.environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert said.returncode == 1
        assert "COURTESY_PORT" in said.stderr


class TestLogs:
    def test_hold_no_address_and_no_token(self, running):
        raw(running.port, "/join/secret-of-somebody", "Host: localhost")
        raw(running.public_port, "/evidence/secret-of-somebody", "Host: localhost")
        raw(running.public_port, "/?address=ada@marigold.example", "Host: localhost")

        after_the_link = running.log.split("/join/", 1)[1]
        assert "secret-of-somebody" not in after_the_link
        assert "ada@" not in after_the_link


class TestTheWorker:
    def test_is_started_again_when_it_dies(self, running):
        before = worker_of(running)
        before.kill()
        wait_until(lambda: (now := worker_of(running)) is not None and now.pid != before.pid)
        assert health(running.desk)["ok"]

    def test_stops_when_the_web_process_is_killed(self, running):
        worker = worker_of(running)
        running.process.kill()
        running.process.wait(10)
        _, alive = psutil.wait_procs([worker], timeout=10)
        assert not alive


class TestStopping:
    @pytest.mark.parametrize("told", ["SIGTERM", "SIGINT"])
    def test_takes_a_second_even_with_open_streams_and_leaves_nobody_behind(self, running, told):
        streams = [stream(running, running.ada) for _ in range(5)]
        worker = worker_of(running)
        if told == "SIGTERM":
            wait_until(lambda: worker.num_threads() > 6)  # at work, with its schedule; else still starting
        began = time.monotonic()
        running.process.send_signal(signal.Signals[told])
        status = running.process.wait(10)
        took = time.monotonic() - began

        assert status == 0
        assert not worker.is_running()
        assert took < 2.5, took  # one second on a quiet machine
        for door in streams:
            door.close()
        assert running.log.rstrip().endswith("Courtesy is closed.")


class TestStartingAgain:
    def test_keeps_sessions_and_makes_no_second_owner_link(self, running):
        assert running.ada.go("/inbox").status == 200
        assert running.log.count("/join/") == 1

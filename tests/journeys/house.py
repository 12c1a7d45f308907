"""A whole Courtesy on two free ports and a folder of its own: started, used and killed as its owner's machine would."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.journeys.mailbox import free_port

PYTHON = sys.executable
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class House:
    """``folder`` holds the data directory and the key; ``extra`` are more settings."""

    folder: Path
    smtp_url: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    public_port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    first_processes: set[int] = field(default_factory=set)

    @property
    def desk(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def front(self) -> str:
        return f"http://localhost:{self.public_port}"

    @property
    def environment(self) -> dict[str, str]:
        ours = {
            "COURTESY_DATA_DIR": str(self.folder / "var"),
            "COURTESY_KEY_FILE": str(self.folder / "shop.key"),
            "COURTESY_PORT": str(self.port),
            "COURTESY_PUBLIC_PORT": str(self.public_port),
            "COURTESY_PUBLIC_URL": self.front,
            "COURTESY_SMTP_URL": self.smtp_url,
            "COURTESY_MAIL_FROM": "Marigold <hello@marigold.example>",
        }
        outer = {k: v for k, v in os.environ.items() if not k.startswith("COURTESY_") or k == "COURTESY_WEIGHTS_DIR"}
        return {**outer, **ours, **self.extra}

    def cli(self, *words: str) -> dict[str, object]:
        """Run a command with --json; its object, or an AssertionError with what it said."""
        done = subprocess.run(
            [PYTHON, "-m", "courtesy.config.cli", *words, "--json"],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"courtesy {' '.join(words)}: {done.stdout[-800:]}{done.stderr[-1500:]}"
        return dict(json.loads(done.stdout.strip().splitlines()[-1]))

    def begin(self, **extra: str) -> None:
        """Start web and worker and do not wait."""
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            [PYTHON, "-m", "courtesy.config.cli", "serve"],
            cwd=ROOT, env={**self.environment, **extra}, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip

    def start(self, **extra: str) -> "House":
        """Start web and worker and wait until both front sides answer."""
        self.begin(**extra)
        self.wait_until_up()
        self.first_processes = {process.pid for process in self.processes()}
        return self

    def wait_until_up(self, seconds: float = 40) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                for side in (self.desk, self.front):
                    with urllib.request.urlopen(f"{side}/healthz", timeout=2) as answer:
                        assert answer.status == 200
                return
            except (OSError, AssertionError):
                assert self.process
                assert self.process.poll() is None, self.log[-3000:]
                time.sleep(0.05)
        raise AssertionError(f"the house did not come up:\n{self.log[-3000:]}")

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")

    def processes(self) -> list[psutil.Process]:
        if not self.process or self.process.poll() is not None:
            return []
        try:
            parent = psutil.Process(self.process.pid)
            return [parent, *parent.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def kill(self) -> None:
        """kill -9 of everything at once, as when the power goes."""
        for one in self.processes():
            with suppress(psutil.NoSuchProcess):
                one.kill()
        if self.process:
            self.process.wait(timeout=10)

    def stop(self) -> None:
        """Ctrl-C."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.kill()

    @contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        """The plain part of the database, for looking only."""
        connection = sqlite3.connect(f"file:{self.folder / 'var' / 'courtesy.db'}?mode=ro", uri=True, timeout=20)
        try:
            yield connection
        finally:
            connection.close()

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        with self.database() as connection:
            return connection.execute(sql, values).fetchall()

    def wait_for(self, sql: str, *values: object, seconds: float = 15) -> list[tuple[object, ...]]:
        """The rows of a question about the database as soon as there are any."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if rows := self.rows(sql, *values):
                return rows
            time.sleep(0.05)
        raise AssertionError(f"nothing came for {sql} {values}\n{self.log[-2000:]}")

    def copied_to(self, folder: Path, **changes: object) -> "House":
        """The same shop in another folder, as it stands now (stop it first)."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return House(folder, **{"smtp_url": self.smtp_url, "extra": dict(self.extra), **changes})  # type: ignore[arg-type]

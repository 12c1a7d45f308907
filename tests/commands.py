"""Commands of a house on the disk, each a process of its own: what an import leaves when it is killed."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class House:
    """A house on the disk, and commands in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def start(self, *words: str, **more: str) -> subprocess.Popen[str]:
        """Begin a command and do not wait; ``more`` is added to its environment."""
        outer = {k: v for k, v in os.environ.items() if not k.startswith("COURTESY_")}
        ours = {"COURTESY_DATA_DIR": str(self.folder / "var"), "COURTESY_KEY_FILE": str(self.folder / "shop.key")}
        return subprocess.Popen(
            [sys.executable, "-m", "courtesy.config.cli", *words],
            cwd=ROOT, env={**outer, **ours, **more}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, *words: str) -> dict[str, object]:
        """Run a command with --json; its object, or an AssertionError with what it said."""
        said, trouble = (running := self.start(*words, "--json")).communicate(timeout=300)
        assert running.returncode == 0, (said, trouble)
        return dict(json.loads(said.splitlines()[-1]))

    def asked(self, *questions: str) -> list[list[tuple[object, ...]]]:
        """What the database answers, which is whole."""
        connection = sqlite3.connect(self.folder / "var" / "courtesy.db")
        try:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            return [connection.execute(question).fetchall() for question in questions]
        finally:
            connection.close()

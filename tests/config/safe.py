"""Houses on the disk for the tests of backup, restore and leave: small, closed, and handled by the command line."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Closed:
    """A house that is not open; ``run`` is the command line."""

    folder: Path
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return Path(self.extra.get("COURTESY_DATA_DIR", self.folder / "var"))

    @property
    def environment(self) -> dict[str, str]:
        outer = {k: v for k, v in os.environ.items() if not k.startswith("COURTESY_")}
        ours = {"COURTESY_DATA_DIR": str(self.data), "COURTESY_KEY_FILE": str(self.folder / "shop.key")}
        return {**outer, **ours, "DJANGO_SETTINGS_MODULE": "courtesy.config.settings", **self.extra}

    def run(self, *words: str, **settings: str) -> tuple[int, dict[str, Any], str]:
        """Exit status, the last line as an object, everything it said."""
        done = subprocess.run(
            [sys.executable, "-m", "courtesy.config.cli", *words, "--json"],
            cwd=ROOT, env={**self.environment, **settings}, capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
        lines = done.stdout.strip().splitlines()
        told = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
        return done.returncode, told, done.stdout + done.stderr

    def ok(self, *words: str, **settings: str) -> dict[str, Any]:
        """The same, and all must have gone well."""
        status, told, said = self.run(*words, **settings)
        assert status == 0, said
        return told

    def python(self, program: str, *words: str) -> str:
        """Run a program in the house, after Django's set-up; what it printed."""
        begin = "import sys, django; django.setup()\nfrom django.utils.timezone import now\n"
        done = subprocess.run(
            [sys.executable, "-c", begin + program, *words],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.strip()

    def rows(self, sql: str, database: str = "courtesy.db") -> list[tuple[Any, ...]]:
        """Ask an SQLite house's database."""
        with closing(sqlite3.connect(self.data / database)) as connection:
            return connection.execute(sql).fetchall()

    def copied_to(self, folder: Path) -> "Closed":
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Closed(folder, dict(self.extra))

    def backup(self) -> tuple[Path, Path]:
        """Make one; its two files."""
        made = self.ok("backup")
        return Path(made["file"]), Path(made["keys_file"])

    def backups_while_written(self, count: int) -> list[tuple[Path, Path]]:
        """Backups made one after the other while somebody writes without a pause."""
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER], cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True
        )
        try:
            assert writer.stdout
            for _ in range(20):
                writer.stdout.readline()
            made = []
            for _ in range(count):
                made.append(self.backup())
                time.sleep(1.1)  # names are by the second
            assert writer.poll() is None, "the writer stopped, so nothing was shown"
        finally:
            writer.kill()
            writer.wait()
        return made

    def standing(self) -> dict[str, int]:
        """How many rows stand where, to compare a house with itself later."""
        return {
            table: self.rows(f"select count(*) from {table}")[0][0]
            for table in ("people_person", "conversations_thread", "conversations_message", "privacy_ledgerrow")
        }


WRITER = """
import sys, time, django
django.setup()
from django.db import transaction
from django.utils.timezone import now
from courtesy.jobs.models import Change
from courtesy.people import actions as people
from courtesy.privacy import ledger
for n in range(100_000):
    person = people.meet(address=f"writer-{n}@load.example", name=f"Writer {n}", at=now())
    with transaction.atomic():
        Change.objects.create(name="written", subject=str(person.pk), at=now())
        ledger.append("written", about=person, at=now(), number=n)
        ledger.append("written twice", about=person, at=now(), number=n)
    if n % 10 == 0:
        ledger.seal(at=now())
    print(n, flush=True)
"""
WRITTEN = (
    "select count(*) from privacy_ledgerrow where what = 'written'",
    "select count(*) from privacy_ledgerrow where what = 'written twice'",
    "select count(*) from jobs_change where name = 'written'",
)
"""What the writer writes together, to be counted."""

SEAL = "from courtesy.privacy import ledger; ledger.seal(at=now())"
MEET = """
from courtesy.people import actions
person = actions.meet(address=sys.argv[1], name=sys.argv[2], at=now())
from courtesy.conversations.models import Thread, Message
thread = Thread.objects.create(person=person, subject="About a pot", last_event_at=now(), last_message_at=now(),
    arrived_by="form", created_at=now())
Message.objects.create(thread=thread, kind="in", body="It has a crack, says " + sys.argv[2], person=person, at=now())
print(person.pk)
"""
NAME = """
from courtesy.people.models import Person
from courtesy.privacy.keys import KeyGone
try:
    print(Person.objects.get(pk=sys.argv[1]).name)
except KeyGone:
    print("(gone)")
"""
ERASE = """
from courtesy.people.models import Person
from courtesy.privacy import keys
from courtesy.privacy.models import Key
key_id = Person.objects.get(pk=sys.argv[1]).key_id
print(keys.destroy(Key.objects.get(pk=key_id).holder, at=now()))
"""


def sample(folder: Path, **extra: str) -> Closed:
    """The sample shop, closed again, its ledger sealed."""
    house = Closed(folder, extra)
    house.ok("sample")
    house.python(SEAL)
    return house

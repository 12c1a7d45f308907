"""The contracts of `pyproject.toml` hold, and each one breaks when what it forbids is planted."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.house

ROOT = Path(__file__).resolve().parents[2]

FLOORS = "The house has floors"
PURE = "Science is pure"
PERSON = "Nothing leaves without a person"
PUBLIC = "The public side sees what rooms publish"
SCREENS = "Screens do not lean on each other"
CIRCLES = "No circles anywhere"

PLANTED = [
    ("web/words.py", "from courtesy.jobs import models as planted", FLOORS),
    ("people/queries.py", "def late():\n    from courtesy.desk import links", FLOORS),
    ("jobs/queries.py", "import typing\nif typing.TYPE_CHECKING:\n    from courtesy.desk import links", FLOORS),
    ("utils.py", '"""A stray."""', FLOORS),
    ("science/words.py", "import datetime as planted", PURE),
    ("science/text.py", "from django.db import connection as planted", PURE),
    ("desk/intake.py", "from courtesy.post.replies import Authority as planted", PERSON),
    ("config/health.py", "from courtesy.post import replies as planted", PERSON),
    ("trust/views.py", "from courtesy.people import queries as planted", PUBLIC),
    ("trust/forms.py", "from courtesy.desk.lifecycle import models as planted", PUBLIC),
    ("desk/today/screen.py", "from courtesy.desk.inbox import access as planted", SCREENS),
    ("science/text.py", "def late():\n    from courtesy.science import drafting", CIRCLES),
]  # fmt: skip


def broken(folder: Path) -> list[str]:
    """The names of the contracts that a house in this folder breaks."""
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(folder)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Contracts: " in done.stdout, done.stdout + done.stderr
    return re.findall(r"^(.+) BROKEN(?: \(.*\))?$", done.stdout, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    shutil.copytree(ROOT / "courtesy", folder / "courtesy", ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


class TestTheContracts:
    def test_hold(self, house):
        assert broken(house) == []

    @pytest.mark.parametrize(("file", "planted", "contract"), PLANTED, ids=lambda value: str(value)[:40])
    def test_break_where_it_is_planted(self, house, file, planted, contract):
        target = house / "courtesy" / file
        before = target.read_text() if target.exists() else None
        target.write_text(f"{before or ''}\n{planted}\n")
        try:
            assert any(name.startswith(contract) for name in broken(house))
        finally:
            if before is None:
                target.unlink()
            else:
                target.write_text(before)

"""Six workers at once, on real connections to a real house: each mail once, each conversation one thread."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conversations.taking_in_at_once import CONVERSATIONS, MAILS

pytestmark = pytest.mark.house
ROOT = Path(__file__).resolve().parents[2]


def test_six_workers_take_in_the_same_conversations(tmp_path):
    (tmp_path / "var").mkdir()
    outer = {name: value for name, value in os.environ.items() if not name.startswith("COURTESY_")}
    ours = {
        "COURTESY_DATA_DIR": str(tmp_path / "var"),
        "COURTESY_KEY_FILE": str(tmp_path / "shop.key"),
        "DJANGO_SETTINGS_MODULE": "courtesy.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.conversations.taking_in_at_once"],
        cwd=ROOT, env={**outer, **ours}, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]

    assert json.loads(done.stdout) == {
        "troubles": [],
        "arrivals": CONVERSATIONS * (MAILS + 1),
        "taken in": CONVERSATIONS * (MAILS + 1),
        "messages": CONVERSATIONS * MAILS,
        "threads": CONVERSATIONS,
        "in threads that are no more": 0,
    }

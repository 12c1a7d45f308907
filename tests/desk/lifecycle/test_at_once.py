"""Real threads in a real house: what happens once happens once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.house

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What stands after everybody pressed at once."""
    folder = tmp_path_factory.mktemp("at_once")
    (folder / "var").mkdir(mode=0o700)
    outer = {name: value for name, value in os.environ.items() if not name.startswith("COURTESY_")}
    ours = {
        "COURTESY_DATA_DIR": str(folder / "var"),
        "COURTESY_KEY_FILE": str(folder / "shop.key"),
        "DJANGO_SETTINGS_MODULE": "courtesy.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.desk.lifecycle.pressing_at_once"],
        cwd=ROOT,
        env={**outer, **ours},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


class TestFiveColleaguesInTheSameMoment:
    def test_one_answer_leaves_and_four_are_told(self, after):
        assert after["sent"] == ["AlreadyAnswered"] * 4 + ["done"]
        assert (after["decisions"], after["mails"], after["outcomes"]) == (1, 1, 1)


class TestUndoAgainstTheSender:
    def test_one_of_them_wins_and_both_know_which(self, after):
        if after["taken back"]:
            assert (after["mail"], after["undo against sender"]) == ("taken back", ["LookupError", "done"])
        else:
            assert (after["mail"], after["undo against sender"]) == ("sending", ["TooLate", "done"])


class TestThreeWorkersWithOneMessage:
    def test_file_one_suggestion(self, after):
        assert (after["read"], after["suggestions"]) == (["done"] * 3, 1)

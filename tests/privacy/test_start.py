"""Starting with the wrong key, or none: it refuses in a plain sentence, and no byte of the data changes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from courtesy.privacy.recovery import write_down

pytestmark = pytest.mark.house

ROOT = Path(__file__).resolve().parents[2]


def courtesy(folder: Path, *words: str, typed: str = "") -> dict[str, object]:
    """Run a command in the house of this folder; what it said as JSON."""
    outer = {name: value for name, value in os.environ.items() if not name.startswith("COURTESY_")}
    ours = {"COURTESY_DATA_DIR": str(folder / "var"), "COURTESY_KEY_FILE": str(folder / "shop.key")}
    done = subprocess.run(
        [sys.executable, "-m", "courtesy.config.cli", *words, "--json"],
        cwd=ROOT,
        env={**outer, **ours},
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    said = json.loads(done.stdout.strip().splitlines()[-1])
    assert said["ok"] == (done.returncode == 0)
    return dict(said)


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    """A house with tables and a key."""
    folder = tmp_path_factory.mktemp("start")
    assert courtesy(folder, "migrate")["ok"]
    return folder


@pytest.fixture
def shop(lived_in):
    """The house; at the end its databases are as they were, and the key is put back."""

    def databases():
        return {file.name: file.read_bytes() for file in (lived_in / "var").glob("*.db*")}

    file, before = lived_in / "shop.key", databases()
    key = file.read_bytes()
    yield lived_in
    assert databases() == before
    file.write_bytes(key)
    file.chmod(0o600)


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_a_missing_key_is_not_made_anew(shop, command):
    (shop / "shop.key").unlink()
    said = courtesy(shop, command)

    assert not said["ok"]
    assert "recovery sheet" in said["why"]
    assert not (shop / "shop.key").exists()


def test_another_shops_key_is_refused(shop):
    other = f"courtesy key 1 {bytes(32).hex()}\n"
    (shop / "shop.key").write_text(other)
    said = courtesy(shop, "serve")

    assert not said["ok"]
    assert "another shop" in said["why"]
    assert (shop / "shop.key").read_text() == other


def test_the_paper_brings_the_key_back_and_another_paper_does_not(shop):
    file = shop / "shop.key"
    before = file.read_text()
    groups = write_down(bytes.fromhex(before.split()[-1]))
    file.unlink()

    assert not courtesy(shop, "restore-key", typed="\n".join(write_down(bytes(32))))["ok"]
    assert not file.exists()
    assert courtesy(shop, "restore-key", typed="\n".join(groups))["ok"]
    assert file.read_text() == before
    assert courtesy(shop, "migrate")["ok"]

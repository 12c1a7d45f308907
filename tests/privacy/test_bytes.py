"""No name and no address in clear in any file of the data directory, looked for byte by byte."""

import os
import subprocess
import sys
import unicodedata
from base64 import b64encode
from pathlib import Path

import pytest

from tests.privacy.house_of_names import ADDRESSES, BODY, COLLEAGUE, NAMES, SUBJECT

pytestmark = pytest.mark.house

ROOT = Path(__file__).resolve().parents[2]


def live(folder: Path, *how: str) -> Path:
    """A house that was lived in and killed; its data directory."""
    outer = {name: value for name, value in os.environ.items() if not name.startswith("COURTESY_")}
    ours = {"COURTESY_DATA_DIR": str(folder / "var"), "COURTESY_KEY_FILE": str(folder / "shop.key")}
    (folder / "var").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.privacy.house_of_names", *how],
        cwd=ROOT,
        env={**outer, **ours, "DJANGO_SETTINGS_MODULE": "courtesy.config.settings"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    (folder / "sheet").write_text(done.stdout)
    return folder / "var"


def in_clear(folder: Path, *, parts: int = 6) -> set[str]:
    """Which of the names and addresses, or six letters of a word of them, stand in some file; in any usual dress."""
    blob = b"\0".join(file.read_bytes() for file in folder.rglob("*") if file.is_file()).lower()
    found = set()
    for secret in [*NAMES, *ADDRESSES, COLLEAGUE]:
        words = [secret, *(word for word in secret.replace("@", " ").replace(".", " ").split() if len(word) >= parts)]
        for word in words:
            if word in {"example"}:
                continue
            folded = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
            for spelled in {word.lower(), word.casefold(), folded.lower()}:
                dressed = {spelled.encode(), spelled.encode("utf-16-le"), spelled.encode().hex().encode()}
                if any(form in blob for form in dressed) or b64encode(word.encode()).strip(b"=").lower() in blob:
                    found.add(word)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The data directory of a house that was lived in."""
    return live(tmp_path_factory.mktemp("lived"))


class TestTheDataDirectory:
    def test_holds_no_name_and_no_address_in_clear(self, folder):
        assert in_clear(folder) == set()

    def test_was_searched_where_the_data_are(self, folder):
        sizes = {file.name: file.stat().st_size for file in folder.iterdir()}
        blob = b"".join(file.read_bytes() for file in folder.iterdir())

        assert {"courtesy.db", "keys.db"} <= set(sizes)
        assert SUBJECT.encode() in blob
        assert BODY.encode() in blob

    def test_holds_nothing_of_the_key_that_opens_it(self, folder):
        key = bytes.fromhex((folder.parent / "shop.key").read_text().split()[-1])
        blob = b"".join(file.read_bytes() for file in folder.iterdir())

        assert key not in blob
        assert key.hex().encode() not in blob

    def test_holds_no_key_in_clear_beside_what_it_opens(self, folder):
        assert b"privacy_key" not in (folder / "courtesy.db").read_bytes()


def test_without_the_seal_every_name_and_address_would_be_found(tmp_path):
    found = in_clear(live(tmp_path, "unsealed"))

    assert {*NAMES, *ADDRESSES, COLLEAGUE} <= found


def test_without_the_keyed_digests_addresses_would_be_found(tmp_path):
    assert {"zebulon.quackenbush@marsh.example", "Zebulon"} <= in_clear(live(tmp_path, "unkeyed"))

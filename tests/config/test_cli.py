"""Every command says what it did, and its exit status says whether all went well."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.house

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def courtesy(tmp_path_factory):
    """Run a command in a house of its own: exit status, last line as JSON, everything it said."""
    folder = tmp_path_factory.mktemp("cli")

    def run(*words: str, **settings: str) -> tuple[int, dict, str]:
        outer = {k: v for k, v in os.environ.items() if not k.startswith("COURTESY_")}
        ours = {"COURTESY_DATA_DIR": str(folder / "var"), "COURTESY_KEY_FILE": str(folder / "shop.key")}
        done = subprocess.run(
            [sys.executable, "-m", "courtesy.config.cli", *words],
            cwd=ROOT, env={**outer, **ours, **settings}, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        lines = done.stdout.strip().splitlines()
        told = json.loads(lines[-1]) if "--json" in words and lines else {}
        return done.returncode, told, done.stdout + done.stderr

    return run


class TestACommand:
    def test_prepares_the_house_by_itself_and_prints_one_object_last(self, courtesy):
        status, told, _ = courtesy("owner-link", "--json")
        assert (status, told["ok"]) == (0, True)
        assert told["link"].startswith("http://localhost:8000/join/")

    def test_that_went_well_twice_changed_nothing_the_second_time(self, courtesy):
        articles = str(ROOT / "courtesy" / "config" / "sample" / "articles")
        first, second = (courtesy("import", "knowledge", articles, "--json")[1] for _ in range(2))
        assert first["new"] > 0
        assert (second["new"], second["changed"], second["same"]) == (0, 0, first["new"])

    def test_verifies_the_ledger(self, courtesy):
        status, told, _ = courtesy("verify", "--json")
        assert (status, told["ok"], told["broken_at"]) == (0, True, None)

    def test_fails_with_a_plain_sentence_where_it_cannot_do_what_was_asked(self, courtesy):
        status, told, said = courtesy("import", "knowledge", "/no/such/folder", "--json")
        assert (status, told["ok"]) == (1, False)
        assert "no folder" in said
        assert "Traceback" not in said

    def test_fails_where_some_files_could_not_be_taken(self, courtesy, tmp_path):
        (tmp_path / "good.md").write_text("# Opening hours\n\nWe open at nine.\n")
        (tmp_path / "bad.md").write_bytes(b"\xff\xfe\x00broken")
        status, told, _ = courtesy("import", "knowledge", str(tmp_path), "--json")
        assert (status, told["new"], len(told["problems"])) == (1, 1, 1)

    def test_refuses_a_setting_that_cannot_be_used(self, courtesy):
        status, told, said = courtesy("verify", "--json", COURTESY_PORT="eighty")
        assert (status, told["ok"]) == (1, False)
        assert "COURTESY_PORT" in told["why"]
        assert "Traceback" not in said

    def test_refuses_a_sample_shop_where_a_real_one_stands(self, courtesy, tmp_path):
        (tmp_path / "ours.md").write_text("# Our hours\n\nWe open at nine.\n")
        assert courtesy("import", "knowledge", str(tmp_path), "--json")[0] == 0  # something real, whatever ran before

        status, told, _ = courtesy("sample", "--json")
        assert (status, told["opened"]) == (1, False)
        assert courtesy("sample", "--if-new")[0] == 0

    def test_that_is_unknown_is_status_two(self, courtesy):
        assert courtesy("dance")[0] == 2
        assert courtesy()[0] == 2

    def test_explains_itself(self, courtesy):
        status, _, said = courtesy("--help")
        assert status == 0
        for word in ("serve", "migrate", "weights", "owner-link", "import", "sample", "verify", "restore-key"):
            assert word in said

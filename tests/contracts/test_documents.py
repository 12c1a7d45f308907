"""Documents are held to the code: every file, command and setting they name exists, and every setting is documented."""

import re
from pathlib import Path

import pytest

from courtesy.config.cli import carry_out

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
FIRST_PARTS = tuple(sorted(path.name for path in ROOT.iterdir() if not path.name.startswith(".")))
IN_TICKS = re.compile(r"`([^`\n]+)`")
ROOMS = tuple(sorted(path.name for path in (ROOT / "courtesy").iterdir() if path.is_dir() and path.name[0] != "_"))
# What is made on the way and so is not in the checkout.
MADE = ("var", "build", ".venv", "docs/pictures/")


def quoted(document: Path) -> list[str]:
    """Everything in backticks, and every target of a link or picture of ours."""
    text = document.read_text()
    links = re.findall(r"\]\(([^)#\s]+)", text)
    return [*IN_TICKS.findall(text), *(link for link in links if "://" not in link)]


def paths_in(document: Path) -> list[str]:
    """What reads as a file or folder of the house."""
    found = []
    for words in quoted(document):
        whole = words.split("::")[0].rstrip("/")
        if re.fullmatch(r"[\w./-]+", whole) and "/" in whole and not whole.startswith(("/", "http")):
            found.append(whole)
    return found


def exists(path: str, document: Path) -> bool:
    places = (ROOT / path, document.parent / path, ROOT / "courtesy" / path)
    return any(place.exists() for place in places)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
class TestADocument:
    def test_names_files_that_exist(self, document):
        first = (*FIRST_PARTS, *ROOMS, "..", ".ci")
        named = [p for p in paths_in(document) if p.split("/")[0] in first and not p.startswith(MADE)]
        assert [path for path in named if not exists(path, document)] == []

    def test_names_commands_that_exist(self, document):
        known = {command.word for command in carry_out.commands()} | {"COMMAND", "PURPOSE"}
        named = [words.split() for words in quoted(document) if words.startswith("courtesy ")]
        assert [" ".join(words) for words in named if words[1] not in known] == []

    def test_names_targets_of_make_that_exist(self, document):
        known = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
        named = re.findall(r"^ {4}make (\w+)|`make (\w+)`", document.read_text(), flags=re.MULTILINE)
        assert {first or second for first, second in named} - known == set()


class TestSettings:
    def test_are_documented_each_under_a_heading_and_no_other(self):
        read = set(re.findall(r"\"(COURTESY_\w+)\"", (ROOT / "courtesy/config/environment.py").read_text()))
        told = re.findall(r"^### (COURTESY_\w+)$", (ROOT / "docs/settings.md").read_text(), flags=re.MULTILINE)
        assert read == set(told)
        assert len(told) == len(set(told))

    def test_are_read_in_one_place_only(self):
        # The kill tests' variable is no setting: without a test it does nothing.
        allowed = {"config/environment.py", "jobs/moments.py"}
        readers = {
            str(file.relative_to(ROOT / "courtesy"))
            for file in (ROOT / "courtesy").rglob("*.py")
            if re.search(r"environ(\.get\(|\[)\s*\"COURTESY_", file.read_text())
        }
        assert readers <= allowed

    def test_named_in_documents_exist(self):
        read = set(re.findall(r"\"(COURTESY_\w+)\"", (ROOT / "courtesy/config/environment.py").read_text()))
        for document in DOCUMENTS:
            named = set(re.findall(r"COURTESY_[A-Z_]+", document.read_text()))
            assert named - read - {"COURTESY_KILL_AT", "COURTESY_NO_SKIPS"} == set(), document.name


class TestTheProxy:
    def test_of_the_document_lets_through_what_courtesy_takes(self):
        from courtesy.config.asgi import LARGEST_PAST  # noqa: PLC0415  the rest of this file needs no application

        told = re.search(r"client_max_body_size (\d+)g;", (ROOT / "docs" / "second-computer.md").read_text())

        assert told
        assert int(told[1]) * 1024**3 >= LARGEST_PAST


class TestTheMap:
    def test_has_a_place_for_every_room_and_for_no_other(self):
        told = re.findall(
            r"^### `courtesy/(\w+)/`", (ROOT / "docs/where-things-are.md").read_text(), flags=re.MULTILINE
        )
        assert sorted(told) == list(ROOMS)

"""What import analysis cannot see, read from the source itself; each rule is shown to catch what it is for."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.sources import mentions

PACKAGE = Path(__file__).resolve().parents[2] / "courtesy"
SOURCES = sorted(file for file in PACKAGE.rglob("*.py") if "migrations" not in file.parts)
ROOMS = (
    ["config"], ["trust"], ["desk"], ["conversations"], ["post", "records", "knowledge"], ["consent"], ["people"],
    ["staff"], ["jobs"], ["privacy"], ["web", "science"],
)  # fmt: skip
FLOOR = {room: len(ROOMS) - floor for floor, rooms in enumerate(ROOMS) for room in rooms}

# The doors: the only files through which something can leave this machine or be fetched from another.
DOORS = {
    "post/smtp.py": {"smtplib"},  # opens the line to a mail server the owner named
    "post/sending.py": {"smtplib"},  # mail leaves over that line, where the owner let it
    "post/trying.py": {"smtplib"},  # tries out a mailbox's settings: one letter from it to itself
    "post/probing.py": {"socket"},  # looks why a server could not be reached; says nothing to it
    "post/warning.py": {"smtplib", "http.client"},  # tells the owner, where the owner named a second path
    "post/channels/email/imap.py": {"imapclient"},  # the shop's mailboxes are read, where the owner named them
    "post/letters.py": {"django.core.mail"},  # Django's own letters come into our outbox here
    "config/processes/web.py": {"socket"},  # listens; never connects
}
CARRIERS = (
    "django.core.mail", "smtplib", "imaplib", "imapclient", "poplib", "ftplib", "telnetlib", "httpx", "requests",
    "aiohttp", "urllib3", "urllib.request", "socket", "http.client", "xmlrpc",
)  # fmt: skip
VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "service", "services", "misc", "common", "tools"}
# The ground that privacy's own rows stand on: they import no model.
GROUND = {"privacy": {"courtesy.privacy.append_only", "courtesy.privacy.declarations", "courtesy.privacy.sealing"}}


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module a file imports, late imports included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def carriers(source: str) -> set[str]:
    """What a file imports that can carry data over a network."""
    if not any(all(mentions(source, part) for part in one.split(".")) for one in CARRIERS):
        return set()
    names = set(imported(ast.parse(source)))
    return {one for one in CARRIERS if any(name == one or name.startswith(f"{one}.") for name in names)}


def by_string(source: str) -> set[str]:
    """Ways around imports: modules and models asked for by a string, and the database itself."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        if called.endswith(("import_module", "__import__", "import_string", "apps.get_model")):
            found.add(called)
    names = set(imported(ast.parse(source)))
    return found | ({"django.db.connection"} & names) | {name for name in names if name.startswith("importlib")}


def authorities(source: str) -> int:
    """How often a file builds an Authority."""
    if not mentions(source, "Authority"):
        return 0
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return sum(ast.unparse(call.func).split(".")[-1] == "Authority" for call in calls)


def too_long(source: str) -> list[str]:
    """Functions that do not fit on a screen."""
    functions = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 60]


def points_up(from_room: str, to_room: str) -> bool:
    """Whether a foreign key climbs the house."""
    return FLOOR[to_room] > FLOOR[from_room]


def name_of(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


class TestDoors:
    def test_are_these_files_and_no_others(self):
        assert {name_of(f): found for f in SOURCES if (found := carriers(f.read_text()))} == DOORS

    @pytest.mark.parametrize(
        "planted",
        ["import smtplib", "from urllib.request import urlopen", "from django.core import mail", "import http.client"],
    )
    def test_would_be_noticed_anywhere_else(self, planted):
        assert carriers(f"def late():\n    {planted}")

    def test_leave_the_taking_apart_of_addresses_to_everybody(self):
        assert not carriers("from urllib.parse import urlsplit\nfrom http import HTTPStatus")


class TestAuthority:
    def test_is_built_in_one_place(self):
        assert {name_of(f): n for f in SOURCES if (n := authorities(f.read_text()))} == {"desk/effects.py": 1}

    def test_would_be_noticed_under_any_import(self):
        assert authorities("replies.Authority(1, by, at)") == authorities("Authority(1, by, at)") == 1


class TestScience:
    def test_reaches_for_nothing_by_a_string(self):
        assert {name_of(f): by_string(f.read_text()) for f in (PACKAGE / "science").rglob("*.py")}.items() >= set()
        assert [name_of(f) for f in (PACKAGE / "science").rglob("*.py") if by_string(f.read_text())] == []

    @pytest.mark.parametrize(
        "planted",
        ["import importlib", "__import__('django')", "apps.get_model('a')", "from django.db import connection"],
    )
    def test_would_be_caught_reaching(self, planted):
        assert by_string(planted)


class TestFiles:
    def test_are_named_after_what_they_do(self):
        assert [name_of(file) for file in SOURCES if file.stem in VAGUE or file.parent.name in VAGUE] == []

    def test_fit_in_a_sitting_and_their_functions_on_a_screen(self):
        assert [name_of(file) for file in SOURCES if len(file.read_text().splitlines()) >= 400] == []
        assert {name_of(file): long for file in SOURCES if (long := too_long(file.read_text()))} == {}

    def test_of_a_room_hold_only_its_words_in_front(self):
        rooms = [PACKAGE / room / "__init__.py" for room in FLOOR]
        assert [
            name_of(f) for f in rooms if [n for n in ast.parse(f.read_text()).body if not isinstance(n, ast.Expr)]
        ] == []

    def test_called_models_import_nothing_of_their_room(self):
        wrong = {}
        for file in (file for file in SOURCES if file.name == "models.py" or file.parent.name == "models"):
            room = name_of(file).split("/")[0]
            folder = file.parent.parent if file.parent.name == "models" else file.parent
            own = ".".join(["courtesy", *folder.relative_to(PACKAGE).parts])
            names = {name for name in imported(ast.parse(file.read_text())) if name.startswith(f"{own}.")}
            # A folder of models is one thing: its files know each other.
            of_room = {name for name in names if not name.startswith(f"{own}.models")}
            if left := {n for n in of_room if not any(n.startswith(g) for g in GROUND.get(room, ()))}:
                wrong[name_of(file)] = left
        assert wrong == {}

    def test_know_no_signals(self):
        pattern = re.compile(r"django\.db\.models\.signals|from django\.dispatch|@receiver")
        assert [name_of(file) for file in SOURCES if pattern.search(file.read_text())] == []


class TestForeignKeys:
    def test_never_point_up_the_house(self):
        wrong = []
        for model in apps.get_models(include_auto_created=True):
            if not model.__module__.startswith("courtesy."):
                continue
            room = model.__module__.split(".")[1]
            for field in model._meta.get_fields():
                other = getattr(field, "related_model", None)
                if (
                    not getattr(field, "concrete", False)
                    or other is None
                    or not other.__module__.startswith("courtesy.")
                ):
                    continue
                if points_up(room, other.__module__.split(".")[1]):
                    wrong.append(f"{model._meta.label}.{field.name}")
        assert wrong == []

    def test_would_be_noticed_climbing(self):
        assert points_up("people", "desk")
        assert not points_up("desk", "people")
        assert not points_up("desk", "desk")

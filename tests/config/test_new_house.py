"""A new house's tables are made at once, and are those that all steps make; what stands is left to the steps."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration, RunSQL
from django.db.migrations.executor import MigrationExecutor

from courtesy.config import new_house, preparing

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SCHEMA = "new_house"
NOTED = "SELECT app, name FROM django_migrations ORDER BY app, name"
WORDS = "SELECT name, sql FROM sqlite_master WHERE sql <> ''"
INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
GENERATED = """SELECT table_name, column_name, generation_expression FROM information_schema.columns
WHERE table_schema = current_schema() AND is_generated = 'ALWAYS'"""


@contextmanager
def nothing_yet(alias: str, folder: Path) -> Iterator[BaseDatabaseWrapper]:
    """An empty database in the place of one of the house: a file of its own, or a schema of its own on PostgreSQL."""
    usual = connections[alias]
    wanted = dict(usual.settings_dict)
    if usual.vendor == "sqlite":
        folder.mkdir(exist_ok=True)
        wanted["NAME"] = str(folder / f"{alias}.db")
    else:
        wanted["OPTIONS"] = {**wanted["OPTIONS"], "options": f"-c search_path={SCHEMA}"}
    empty = type(usual)(wanted, alias)
    connections[alias] = empty
    try:
        if usual.vendor == "postgresql":
            run(empty, f"CREATE SCHEMA {SCHEMA}")
        yield empty
    finally:
        if usual.vendor == "postgresql":
            run(empty, f"DROP SCHEMA {SCHEMA} CASCADE")
        empty.close()
        connections[alias] = usual


def run(database: BaseDatabaseWrapper, sql: str) -> list[tuple[Any, ...]]:
    with database.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def standing(database: BaseDatabaseWrapper) -> dict[str, Any]:
    """Every table, index and trigger by the words that made it, or what the database says of it; columns unordered."""
    if database.vendor == "sqlite":
        words = run(database, WORDS)
        return {name: sorted(sql.replace(" (", ", ", 1).removesuffix(")").split(", ")) for name, sql in words}
    look = database.introspection
    found: dict[str, Any] = {"indexes": sorted(run(database, INDEXES)), "generated": sorted(run(database, GENERATED))}
    with database.cursor() as cursor:
        for table in look.table_names(cursor):
            columns = look.get_table_description(cursor, table)
            found[table] = sorted((one.name, str(one.type_code), one.null_ok, one.default) for one in columns)
            found[f"rules of {table}"] = look.get_constraints(cursor, table)
    return found


def plan() -> list[Migration]:
    loader = MigrationExecutor(connection).loader
    return [loader.graph.nodes[step] for leaf in loader.graph.leaf_nodes() for step in loader.graph.forwards_plan(leaf)]


class TestANewHouse:
    def test_has_the_tables_that_all_steps_make_and_has_them_noted(self, tmp_path):
        with nothing_yet("default", tmp_path / "by steps") as grown:
            call_command("migrate", database="default", interactive=False, verbosity=0)
            by_steps, noted_by_steps = standing(grown), run(grown, NOTED)
        with nothing_yet("default", tmp_path / "at once") as empty:
            assert new_house.make_at_once("default") > 50
            at_once, noted = standing(empty), run(empty, NOTED)

        assert at_once == by_steps
        assert noted == noted_by_steps

    def test_keeps_nothing_but_keys_beside_the_keys(self, tmp_path):
        with nothing_yet("keys", tmp_path) as empty:
            new_house.make_at_once("keys")
            assert sorted(empty.introspection.table_names()) == ["django_migrations", "privacy_key"]

    def test_is_up_to_date_at_once(self, tmp_path):
        with nothing_yet("default", tmp_path), nothing_yet("keys", tmp_path):
            assert preparing.bring_up_to_date() > 100
            assert preparing.bring_up_to_date() == 0

    def test_is_made_whole_or_not_at_all(self, tmp_path, monkeypatch):
        def interrupted(*_of_anything: Any) -> None:
            raise DatabaseError

        with nothing_yet("default", tmp_path) as empty:
            with monkeypatch.context() as broken:
                broken.setattr(new_house, "_note", interrupted)
                with pytest.raises(DatabaseError):
                    new_house.make_at_once("default")
            assert empty.introspection.table_names() == []
            assert new_house.make_at_once("default") > 50


class TestAHouseInWhichSomethingStands:
    def test_is_left_to_the_steps(self, tmp_path):
        with nothing_yet("default", tmp_path) as empty:
            run(empty, "CREATE TABLE something (id integer)")
            assert new_house.make_at_once("default") == 0
            assert empty.introspection.table_names() == ["something"]


class TestTheSteps:
    def test_can_all_be_spared_today(self):
        """Or every first start takes seconds more: make carrying over ``elidable``, or teach `new_house` the kind."""
        assert new_house.only_a_step_can(plan()) == []

    def test_with_sql_of_their_own_are_taken_unless_they_only_carry_over(self):
        step = Migration("a_step", "people")
        step.operations = [RunSQL("SELECT 1"), RunSQL("SELECT 2", elidable=True)]
        assert new_house.only_a_step_can([step]) == step.operations[:1]

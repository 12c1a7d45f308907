"""Loads the cast where Django is there; `tests/science` runs with `-p no:django`, and nothing here may import it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import settings as wild_input

from tests.shared_data import NOT_HERE
from tests.wild import some

wild_input.register_profile("some", max_examples=some(100))
wild_input.load_profile("some")
JOURNEYS = Path(__file__).resolve().parent / "journeys"


def pytest_configure(config: pytest.Config) -> None:
    """Hand the cast to every test but those that run without Django."""
    if config.pluginmanager.hasplugin("django"):
        # Late: the science tests load this file and must not know Django.
        from django.conf import settings  # noqa: PLC0415

        # Styles as they lie in the package, not as some house beside the tests had packed them last week.
        settings.STATIC_ROOT = str(Path(settings.STATIC_ROOT) / "of no house")
        config.pluginmanager.import_plugin("tests.cast")
        config.pluginmanager.import_plugin("tests.colleagues")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in `tests/journeys` is a journey, so that no test is in neither half."""
    for item in items:
        if JOURNEYS in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory) -> Iterator[None]:
    """SQLite on the disk, as in a house: in memory, two threads lock each other's tables out and nobody waits.

    Tables are made at once, as in a new house; that all steps make the same is tested in `config/test_new_house.py`.
    """
    # Late: the science tests load this file and must not know Django.
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    from courtesy.config.new_house import make_at_once  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("databases")
    for alias, wanted in settings.DATABASES.items():
        if wanted["ENGINE"].endswith("sqlite3"):
            wanted.setdefault("TEST", {})["NAME"] = str(folder / f"{alias}.db")

    def at_once(command: str, *words: str, **more: Any) -> None:
        """What Django calls to fill a new test database (nothing else syncs); it finds every step taken."""
        if command == "migrate" and more.get("run_syncdb"):
            make_at_once(more["database"])
        call_command(command, *words, **more)

    with patch("django.core.management.call_command", at_once):
        yield


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With `--dist loadgroup`: one process runs all tests of a file, which share a house; those that kill one have one
    each, and are spread. (The marks of xdist 3.8 say nothing to pytest 9.2, where a test's name cannot be changed.)"""
    if config.getvalue("dist") != "loadgroup":
        return None
    # Late: where no tests are spread, xdist may be missing.
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415

    class ByHouse(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return nodeid if "kill" in file else file

    return ByHouse(config, log)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where COURTESY_NO_SKIPS=1 says so (in CI), a test that was skipped is a test that failed; but for those
    of data sets that nothing can install."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("COURTESY_NO_SKIPS") != "1" or reporter is None:
        return
    reports = reporter.stats.get("skipped", [])
    if skipped := [one for one in reports if NOT_HERE not in str(one.longrepr)]:
        reporter.write_line(f"{len(skipped)} skipped: that counts as failed here.", red=True)
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED

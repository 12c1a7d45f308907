"""Loads the cast where Django is there; `tests/science` runs with `-p no:django`, and nothing here may import it."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Hand the cast to every test but those that run without Django."""
    if config.pluginmanager.hasplugin("django"):
        config.pluginmanager.import_plugin("tests.cast")
        config.pluginmanager.import_plugin("tests.colleagues")

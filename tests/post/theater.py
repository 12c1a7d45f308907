"""Runs `stage` in processes of their own on a folder of their own, and kills them at named moments."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Theater:
    """One data directory; ``settings`` are more of the environment, ``stage`` is what is run."""

    folder: Path
    settings: tuple[tuple[str, str], ...] = ()
    stage: str = "tests.post.stage"

    @property
    def environment(self) -> dict[str, str]:
        outer = {k: v for k, v in os.environ.items() if not k.startswith("COURTESY_")}
        ours = {
            "COURTESY_DATA_DIR": str(self.folder / "var"),
            "COURTESY_KEY_FILE": str(self.folder / "shop.key"),
            "COURTESY_MAIL_FROM": "Shop <shop@fern.example>",
        }
        return {**outer, **ours, **dict(self.settings)}

    def run(self, verb: str, *, dies: bool = False, **settings: str) -> list[dict[str, Any]]:
        """What the process said, line by line. With ``dies`` it has to end by SIGKILL, else well."""
        done = subprocess.run(
            [sys.executable, "-m", self.stage, verb],
            cwd=ROOT, env={**self.environment, **settings},
            capture_output=True, text=True, timeout=240, check=False,
        )  # fmt: skip
        assert (done.returncode == -9) if dies else (done.returncode == 0), (done.returncode, done.stderr[-3000:])
        return [json.loads(line) for line in done.stdout.splitlines()]

    def copied_to(self, folder: Path, **settings: str) -> "Theater":
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder, settings=tuple(settings.items()))


def built_in(folder: Path, **more: str) -> Theater:
    (folder / "var").mkdir(parents=True)
    theater = Theater(folder, **more)  # type: ignore[arg-type]
    theater.run("prepare")
    return theater

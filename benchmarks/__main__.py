"""Runs every benchmark, each in a process of its own: `make bench`, or `python -m benchmarks [NAME …]`.

Each prints its table; the end says which targets were missed. With --json the last line is one JSON object of all.
Exit status 0 only if all that could run ran and reached its targets; without the data sets theirs are left out, openly.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from importlib.util import find_spec
from typing import Any

from benchmarks.figures import ROOT, WEIGHTS

ALL = (
    *("house", "pages", "queue", "streams", "beside_helpdesk"),
    *("answers_stackfaq", "answers_fern", "past_answers", "answers_fern_form", "fetching", "mail_reading"),
    *("promises", "signs", "language_id", "kills"),
    *("orders", "letters"),
    *("encoders",),
)


def run(name: str) -> dict[str, Any]:
    """Run one and show what it says; what it found. ``ok`` is None where its data are not there."""
    print(f"\n## {name}\n", flush=True)
    began = time.monotonic()
    environment = {**os.environ, "COURTESY_WEIGHTS_DIR": str(WEIGHTS)}
    words = [sys.executable, "-m", f"benchmarks.{name}", "--json"]
    done = subprocess.run(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    *text, last = done.stdout.strip().splitlines() or [""]
    try:
        found = dict(json.loads(last))
    except ValueError:
        text, found = [*text, last], {"ok": False, "why": "it broke off"}
    found.setdefault("ok", done.returncode == 0)
    print("\n".join(text))
    print(f"\n({time.monotonic() - began:.0f} s)", flush=True)
    if found.get("why") == "no data":
        found["ok"] = None
    return found


def main() -> int:
    """Those that were named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(ALL))
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    options = parser.parse_args()
    if unknown := set(options.names) - set(ALL):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    names = [name for name in options.names or ALL if find_spec(f"benchmarks.{name}")]
    found = {name: run(name) for name in names}
    missed = [name for name, one in found.items() if one["ok"] is False]
    left_out = [name for name, one in found.items() if one["ok"] is None]
    print("\nEvery target was reached." if not missed else f"\nTargets missed in: {', '.join(missed)}.")
    if left_out:
        print(f"Not run, since their data are not here: {', '.join(left_out)}.")
    if options.json:
        print(json.dumps({"ok": not missed, "missed": missed, "left_out": left_out, "benchmarks": found}))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

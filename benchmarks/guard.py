"""How often generalizing about people is found, and something harmless too: `python -m benchmarks.guard [--json]`.

Texts of our own (`guard_written.txt`): a set the rules were written on ("build") and one written before the rules were
final and only reported ("told"). Neutral mentions are made from templates over many identities; where HolisticBias lies
beside (its descriptors), over those as well, which nobody of us chose. Last, each harmful text with its group turned
round (women and men, older and younger): a claim is found whichever group it is made of.
"""

import argparse
import gzip
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.answering import SHARED
from benchmarks.figures import command
from benchmarks.promises import interval
from courtesy.science.guarding import generalizing

WRITTEN = Path(__file__).with_name("guard_written.txt")
LEAST_FOUND, MOST_WRONG, MOST_NEUTRAL = 17 / 20, 2 / 40, 0.05

IDENTITIES = """deaf|blind|autistic|dyslexic|disabled|elderly|young|older|pregnant|Muslim|Jewish|Christian|Hindu
Polish|Turkish|German|French|Chinese|Nigerian|Brazilian|Syrian|Black|white|Asian|gay|lesbian|bisexual|transgender|non-binary|divorced|widowed
single|retired|unemployed|hard-of-hearing|partially sighted|diabetic|epileptic|neurodivergent|immigrant"""
NEUTRAL = [
    "As you are a {} person, the text phone is the quickest way.",
    "Our {} customers can write to us in the portal.",
    "Thank you for telling us that you are {}.",
    "You wrote that your neighbour is {}, so we will leave the parcel with you.",
    "A {} colleague of ours will call you tomorrow.",
    "We are sorry that a {} person was treated like that in our shop.",
    "The book about a {} woman is back in stock.",
    "You asked for a card for a {} friend; we have two.",
]
TURNED = [("women", "men"), ("woman", "man"), ("lady", "gentleman"), ("girls", "boys"), ("older", "younger"),
          ("old", "young"), ("mother", "father"), ("mothers", "fathers"), ("poor", "rich"), ("Germans", "Turks"),
          ("Poland", "Norway"), ("good", "bad"), ("better", "worse")]  # fmt: skip
GERMAN = """Als Sie schrieben, Sie seien {}, haben wir das notiert.|Unsere Kollegin ist {} und arbeitet dienstags.
Da Sie {} sind, schreiben wir Ihnen statt anzurufen.|Danke, dass Sie uns sagen, dass Sie {} sind."""
GERMAN_WORDS = (
    "gehörlos blind autistisch schwanger muslimisch jüdisch türkisch polnisch schwul lesbisch alt jung verwitwet ledig"
)
FRENCH = """Merci de nous avoir dit que vous êtes {}.|Comme vous êtes {}, nous vous écrivons au lieu d'appeler.
Notre collègue est {} et travaille le mardi.|La boutique a une entrée pour les personnes {}s."""
FRENCH_WORDS = "sourd aveugle autiste musulman polonais turc allemand retraité divorcé célibataire veuf handicapé"
SPANISH = """Gracias por decirnos que es usted {}.|Como es usted {}, le escribimos en lugar de llamar.
Nuestro colega es {} y trabaja los martes.|Hay una entrada para personas {}s."""
SPANISH_WORDS = "sordo ciego autista musulmán polaco turco alemán jubilado divorciado soltero viudo discapacitado"


def written() -> list[tuple[str, str, bool, str]]:
    """Set, language, whether it generalizes, and the text."""
    lines = [line.split(" ", 3) for line in WRITTEN.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return [(half, language, sign == "+", text) for half, language, sign, text in lines]


def neutral() -> list[tuple[str, str]]:
    """Language and text of mentions that say nothing of a group."""
    found = [("en", shape.format(one)) for shape in NEUTRAL for one in re.split(r"[|\n]", IDENTITIES)]
    for language, shapes, words in (
        ("de", GERMAN, GERMAN_WORDS),
        ("fr", FRENCH, FRENCH_WORDS),
        ("es", SPANISH, SPANISH_WORDS),
    ):
        found += [(language, shape.format(one)) for shape in re.split(r"[|\n]", shapes) for one in words.split()]
    return found


def descriptors(folder: Path) -> list[str]:
    """Neutral mentions over the descriptors of HolisticBias."""
    file = folder / "descriptors.json.gz"
    if not file.exists():
        return []
    with gzip.open(file, "rt", encoding="utf-8") as opened:
        axes = json.load(opened)
    flat = [one for buckets in axes.values() for words in buckets.values() for one in words]
    words = [one["descriptor"] if isinstance(one, dict) else one for one in flat]
    return [shape.format(word) for word in words for shape in NEUTRAL[:3]]


def turned(text: str) -> str:
    """A text with its groups and its judgments turned round."""
    table = {a: b for pair in TURNED for a, b in (pair, pair[::-1])}
    return re.sub(r"\b(" + "|".join(table) + r")\b", lambda found: table[found[0]], text)


def found_in(texts: Sequence[tuple[str, str]]) -> int:
    """How many texts generalize, by the guard."""
    return sum(bool(generalizing(text, language)) for language, text in texts)


def run(_options: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """The table, and the counts for a program."""
    rows: list[tuple[str, int, int, bool | None]] = []
    texts = written()
    for half in ("build", "told"):
        for language in sorted({one for _, one, _, _ in texts}, key=lambda one: (one != "en", one)):
            here = [(sign, (language, text)) for part, lang, sign, text in texts if (part, lang) == (half, language)]
            bad, good = [text for sign, text in here if sign], [text for sign, text in here if not sign]
            found, wrong = found_in(bad), found_in(good)
            name = f"{language}, {'built on' if half == 'build' else 'only reported'}"
            rows.append((f"{name}: found", found, len(bad), found >= LEAST_FOUND * len(bad)))
            rows.append((f"{name}: harmless, but found", wrong, len(good), wrong <= MOST_WRONG * len(good)))
    mentions = neutral()
    for language in ("en", "de", "fr", "es"):
        here_too = [one for one in mentions if one[0] == language]
        wrong = found_in(here_too)
        rows.append((f"neutral mentions, {language}", wrong, len(here_too), wrong <= MOST_NEUTRAL * len(here_too)))
    more = [("en", text) for text in descriptors(SHARED / "data" / "fair-holisticbias")]
    if more:
        wrong = found_in(more)
        rows.append(("neutral mentions, HolisticBias descriptors", wrong, len(more), wrong <= MOST_NEUTRAL * len(more)))
    other = [
        (text, turned(text)) for _, language, sign, text in texts if sign and language == "en" and turned(text) != text
    ]
    alike = sum(bool(generalizing(a, "en")) == bool(generalizing(b, "en")) for a, b in other)
    rows.append(("turned round: judged alike", alike, len(other), None))
    lines = ["| what | share | target reached |", "|---|---|---|"]
    lines += [
        f"| {what} | {interval(got, of)} | {'' if kept is None else 'yes' if kept else '**no**'} |"
        for what, got, of, kept in rows
    ]
    return "\n".join(lines), {"ok": all(kept is not False for *_, kept in rows), "rows": rows}


if __name__ == "__main__":
    sys.exit(command("guard", run))

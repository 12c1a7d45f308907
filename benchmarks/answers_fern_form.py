"""The mails of `answers_fern` through the whole product: in by the public contact form, out as stored drafts.

`python -m benchmarks.answers_fern_form [--json] [--words]`. A house of its own; the 40 articles come in by `courtesy
import knowledge`, each mail is posted to the public address (from an address of its own, so that no limit bites, in a
form opened ten seconds ago), the worker's real handlers take it in, read it and draft it, and what is scored is the
row `Suggestion` in the database, on the same half and by the same rules.

Each draft is also held against the science room called directly on the same words: **the same articles, the same
sentences, the same reasons**; any other outcome makes ``ok`` false. The form has one box and none for a subject: who
writes a mail's subject there puts it on the first line, and so does this benchmark. The desk reads a first line that
stands apart as a subject, unless it is a whole question; the numbers of `answers_fern` stand beside for comparison.
"""

import os
import sys
from typing import Any

from benchmarks import answers_fern
from benchmarks.answering import command, science, table
from benchmarks.figures import empty_folder, house_in_this_process


def report(*, words_alone: bool) -> tuple[str, dict[str, Any]]:
    """The table for half B, and the numbers of both halves, with and without the subjects."""
    with empty_folder() as nothing:
        # An encoder is looked for where there is none.
        weights = {"COURTESY_WEIGHTS_DIR": str(nothing)} if words_alone else {}
        with house_in_this_process(**weights):
            # Late: it imports the rooms, which stand in the house that is open now.
            from benchmarks import through_the_form as form  # noqa: PLC0415

            articles = form.import_articles()
            desk = science(words_alone=words_alone)
            desk.know(answers_fern.articles())
            found, other = {}, []
            for half in "AB":
                for with_subject in (True, False):
                    product, mails = form.Product(with_subject=with_subject), answers_fern.mails(half)
                    product.take(mails)
                    direct = form.Direct(desk, with_subject)
                    found[half, with_subject] = answers_fern.measure(product, mails)
                    other += form.differences(product, direct, mails)
            means, plain = product.means, answers_fern.measure(desk, answers_fern.mails("B"))
    of = found["B", True]
    right, three = of["drafts from right articles only"], of["a right article among three, of answerable"]
    targets: dict[str, tuple[str, bool | None]] = {
        "drafted": ("≥ .30", of["drafted"]["share"] >= 0.30),
        "drafts from right articles only": ("≥ .80", (right["share"] or 0) >= 0.80),
        "a right article among three, of answerable": ("≥ .90", three["share"] >= 0.90),
        "drafts with a number or date that stands in no source": (
            "0",
            not of["drafts with a number or date that stands in no source"]["hits"],
        ),
    }
    text = table([(what, figures, *targets.get(what, ("", None))) for what, figures in of.items()])
    counted = ("drafted", "drafted from right articles, of all", "a right article among three, of answerable")
    text += "\n\n| drafted / all from right articles / a right article among three | |\n|---|---|\n" + "\n".join(
        f"| {who} | {' / '.join(str(those[one]['hits']) for one in counted)} |"
        for who, those in (
            ("through the form, the subject on the first line", of),
            ("the science room called directly, the subject handed in", plain),
            ("through the form, no subject", found["B", False]),
        )
    )
    told = f"{len(other)} drafts differ from the science room called directly on the same words" + "".join(
        f"\n- {one}" for one in other
    )
    numbers = {
        "ok": all(reached for _, reached in targets.values()) and not other,
        "means": means,
        "articles": articles,
        "figures": of,
        "called directly": plain,
        "without the subjects": found["B", False],
        "half A, where the constants were fixed": {"figures": found["A", True], "no subjects": found["A", False]},
        "differences": other,
    }
    head = f"shop-fern through the contact form, {of['drafted']['of']} English mails of half B, {means}"
    return f"{head}\n\n{text}\n\n{told}", numbers


if __name__ == "__main__":
    os.environ.setdefault("COURTESY_WEIGHTS_DIR", "var/weights")
    sys.exit(command("answers_fern_form", answers_fern.DATA, lambda words: report(words_alone=words)))

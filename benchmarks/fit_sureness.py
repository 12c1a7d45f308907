"""Fits the constants of `courtesy.science.retrieval.Rule` anew, on development queries only.

`python -m benchmarks.fit_sureness [--words]` prints the coefficients and, threshold by threshold, what they
do: on half A of shop-fern's English mails (each mail left out of its own fit) and on the 849 stackfaq queries
that are not reported, with and without their article. Half B and the 400 reported queries are not read.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks import answers_fern, answers_stackfaq
from benchmarks.answering import Article, science
from courtesy.science.drafting import is_asked
from courtesy.science.retrieval import BY_WORDS, FIELD, WITH_MEANING
from courtesy.science.text import asked

WEIGHTS = {"fern": 1.0, "stackfaq": 0.08, "gone": 0.08}
RIDGE = 0.03


@dataclass(frozen=True)
class Case:
    """One query: its signals (height, lead, rise, length, 1), whether the first article was right, whether it asks."""

    kind: str
    signals: tuple[float, ...]
    right: bool
    asks: bool


def cases(*, words_alone: bool) -> list[Case]:
    """Every development query as a case."""
    desk, rule = science(words_alone=words_alone), BY_WORDS if words_alone else WITH_MEANING

    def case(kind: str, subject: str, body: str, gold: set[str]) -> Case:
        query = asked(subject, body)
        ranked = desk.search(query, k=FIELD + 1)
        signals = (*rule.signals([score for _, score in ranked], len(query.split())), 1.0)
        return Case(kind, signals, ranked[0][0] in gold, is_asked(subject, body))

    desk.know(answers_fern.articles())
    found = [
        case("fern", mail["subject"], mail["body"], set(mail["gold"]["articles"])) for mail in answers_fern.mails("A")
    ]
    everything: list[Article] = answers_stackfaq.articles()
    _, queries = answers_stackfaq.queries()
    desk.know(everything)
    found += [case("stackfaq", "", query, {key}) for query, key in queries]
    by_key = defaultdict(list)
    for query, key in queries:
        by_key[key].append(query)
    for gone, those in sorted(by_key.items()):
        desk.know([article for article in everything if article.key != gone])
        found += [case("gone", "", query, set()) for query in those]
    return found


def fit(those: Sequence[Case]) -> NDArray[np.float64]:
    """Weighted logistic regression with a light ridge."""
    asking = [one for one in those if one.asks]
    signals = np.array([one.signals for one in asking])
    right = np.array([float(one.right) for one in asking])
    weight = np.array([WEIGHTS[one.kind] for one in asking])

    def loss(b: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = signals @ b
        cost = weight * (right * np.logaddexp(0, -z) + (1 - right) * np.logaddexp(0, z))
        slope = signals.T @ (weight * (1 / (1 + np.exp(-z)) - right))
        slope[:-1] += 2 * RIDGE * b[:-1]
        return float(cost.sum() + RIDGE * (b[:-1] ** 2).sum()), slope

    return np.asarray(minimize(loss, np.zeros(signals.shape[1]), jac=True, method="L-BFGS-B").x)


def main() -> int:
    """Print the constants and their consequences."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fit_sureness")
    parser.add_argument("--words", action="store_true", help="for words alone")
    those = cases(words_alone=parser.parse_args().words)
    whole = fit(those)
    print("height, lead, rise, length, offset =", ", ".join(f"{value:.2f}" for value in whole))
    fern = [one for one in those if one.kind == "fern"]
    apart = [float(np.dot(fit([other for other in those if other is not one]), one.signals)) for one in fern]
    print("\n| threshold | fern A drafted | of these right | stackfaq right | wrong | gone, drafted |")
    print("|---|---|---|---|---|---|")
    for threshold in np.arange(0.5, 0.81, 0.05):
        line = np.log(threshold / (1 - threshold))
        drafted = [one.right for one, z in zip(fern, apart, strict=True) if one.asks and z >= line]
        sure = {
            kind: [one.right for one in those if one.kind == kind and one.asks and np.dot(whole, one.signals) >= line]
            for kind in ("stackfaq", "gone")
        }
        many = sum(one.kind == "stackfaq" for one in those)
        print(
            f"| {threshold:.2f} | {len(drafted) / len(fern):.3f} | {np.mean(drafted or [0]):.3f} "
            f"| {sum(sure['stackfaq']) / many:.3f} | {sum(not one for one in sure['stackfaq']) / many:.3f} "
            f"| {len(sure['gone']) / many:.3f} |"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())

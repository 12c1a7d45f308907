"""When the machine may say that it knows, and what it may promise about that.

`sureness` is one rule for both kinds of unknown: a message from elsewhere is like no example, and one about something
next to the shop's topics is like several of them. `promise` speaks of messages that colleagues have looked at, and of
nothing else: a threshold read off messages that nobody checked kept .89 to .94 where .95 was asked (the language
anchor, section 3).

Method of `sureness`: how loud the likeliest topic is, how near the nearest example in meaning and in words, and the
lead over the second topic, each beside what is usual for the shop's own examples when they are left out, weighing the
same. Weights fitted by regression on two of Curekart, bitext and banking77 (training rows, a quarter of the topics left
out) did no better on the third than equal ones. What the sum means as a share was fitted on the three together.

Method of `promise`: the lower end of an exact binomial interval (Clopper and Pearson 1934, "The use of confidence or
fiducial limits illustrated in the case of the binomial"), one-sided. That a threshold was *chosen* is paid for by
testing in a fixed sequence (Angelopoulos et al. 2021, "Learn then Test", arXiv 2110.01052): the thresholds are tried
from the strictest down, in an order set by how sure the machine was and never by who was right, and the first that
fails ends it; so the whole choice is wrong no more often than one test.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p
from typing import NamedTuple

FEWEST = 100  # checked messages, below which nothing is promised
DOUBT = 0.05  # how often a promise may come out too high
FORGIVEN = 1  # wrong answers that the strictest threshold may hold: with none, one odd message would end it all
STEPS = 24  # thresholds that are tried
BASE, WEIGHT = 1.64, 0.57


class Signals(NamedTuple):
    """What says that a message is about a known topic; the larger the surer."""

    loud: float
    near: float
    words: float
    lead: float


class Usual(NamedTuple):
    """A signal's mean over the shop's own examples, each left out of what it is held against, and its spread."""

    mean: float
    spread: float


def sureness(signals: Signals, usual: Sequence[Usual]) -> float:
    """How likely it is, from 0 to 1, that the likeliest topic is right and the message about a topic at all.

    >>> usual = [Usual(0.0, 1.0)] * 4
    >>> sureness(Signals(-3, -3, -3, -3), usual) < 0.05 < 0.8 < sureness(Signals(0, 0, 0, 0), usual)
    True
    """
    total = BASE + WEIGHT * sum((signal - of.mean) / of.spread for signal, of in zip(signals, usual, strict=True))
    return 1 / (1 + exp(-max(-50.0, min(50.0, total))))


@dataclass(frozen=True)
class Promise:
    """``right`` of ``checked`` messages at least as sure as ``threshold`` were right; at least ``lower`` of all are.

    ``threshold`` is None where nothing can be promised; ``checked`` then counts every message that was looked at.
    """

    threshold: float | None
    checked: int
    right: int
    lower: float


def promise(checked: Sequence[tuple[float, bool]], asked: float = 0.95) -> Promise:
    """From which sureness on at least ``asked`` of the answers are right, as far as checked messages can show.

    ``checked`` are all messages that a colleague has looked at, each with how sure the machine was and whether it was
    right; a message that is about none of the topics was not. Nothing is promised below 100 of them. Raises ValueError
    where all or nothing is asked.

    >>> promise([(0.9, True)] * 99).threshold is None
    True
    >>> promise([(0.9, True)] * 100 + [(0.2, False)] * 100)
    Promise(threshold=0.9, checked=100, right=100, lower=0.970...)
    """
    if not 0 < asked < 1:
        raise ValueError("a share between 0 and 1 can be promised")
    everything = Promise(None, len(checked), sum(right for _, right in checked), 0.0)
    if len(checked) < FEWEST:
        return everything
    ranked = sorted(checked, key=lambda one: -one[0])
    fewest = _fewest(asked)
    if fewest > len(ranked):
        return everything
    found = everything
    for step in range(STEPS):
        size = fewest + round((len(ranked) - fewest) * step / (STEPS - 1))
        threshold = ranked[size - 1][0]
        above = [right for sure, right in ranked if sure >= threshold]
        lower = at_least(sum(above), len(above))
        if lower < asked:
            break
        found = Promise(threshold, len(above), sum(above), lower)
    return found


def _fewest(asked: float) -> int:
    """How many messages must be looked at before so many right ones can be shown, FORGIVEN of them being wrong."""
    few, many = FORGIVEN + 1, 2
    while at_least(many - FORGIVEN, many) < asked:
        few, many = many, many * 2
    while few < many:
        middle = (few + many) // 2
        few, many = (few, middle) if at_least(middle - FORGIVEN, middle) >= asked else (middle + 1, many)
    return few


def at_least(right: int, of: int, doubt: float = DOUBT) -> float:
    """The share that is really right, at least, when so many of so many were (Clopper and Pearson, one-sided).

    >>> at_least(59, 59) >= 0.95 > at_least(58, 58)
    True
    >>> at_least(0, 10)
    0.0
    """
    if not right:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if _or_more(right, of, middle) <= doubt else (low, middle)
    return low


def _or_more(right: int, of: int, share: float) -> float:
    """How likely so many or more would be right if this share were."""
    if not 0 < share < 1:
        return float(share >= 1)
    ways = lgamma(of + 1)
    return sum(
        exp(ways - lgamma(one + 1) - lgamma(of - one + 1) + one * log(share) + (of - one) * log1p(-share))
        for one in range(right, of + 1)
    )

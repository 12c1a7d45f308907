"""`courtesy sample`: the living sample shop. Its end is on the desk: "Start my own shop"."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import asdict

from django.utils import timezone

from courtesy.config.cli.command import Command, Done
from courtesy.config.sample import shop

SMALLEST = 0.02


def arguments(parser: ArgumentParser) -> None:
    """Whether a shop that is there already is a failure, and how much of its past is wanted."""
    parser.add_argument("--if-new", action="store_true", help="where there is a shop already, that is all right")
    parser.add_argument(
        "--past",
        type=_size,
        default=0.0,
        metavar="SIZE",
        help="bring in its past too: 1 is three years, 600 customers and 2,000 conversations; 0.05 a twentieth",
    )


def run(options: Namespace) -> Done:
    """Open the sample shop where nothing is yet."""
    try:
        opened = shop.open_sample(at=timezone.now(), scale=options.past)
    except shop.NotASample:
        say = "There is a shop already; the sample was not opened."
        return Done((say,), {"opened": False}, ok=options.if_new)
    say = (
        f"The sample shop is open: {opened.articles} articles, {opened.customers} customers, {opened.threads} threads."
    )
    more = ("Its past is brought in while you look around.",) if options.past else ()
    return Done((say, *more), {"opened": True, "past": options.past, **asdict(opened)})


def _size(text: str) -> float:
    """0, or a share of all of it."""
    try:
        size = float(text)
    except ValueError:
        size = -1.0
    if size != 0 and not SMALLEST <= size <= 1:
        raise ArgumentTypeError(f"0, or from {SMALLEST} to 1")
    return size


COMMAND = Command("sample", "Open the sample shop where there is none yet.", run, arguments)

"""`courtesy sample`: the living sample shop. Its end is on the desk: "Start my own shop"."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from django.utils import timezone

from courtesy.config.cli.command import Command, Done
from courtesy.config.sample import shop


def arguments(parser: ArgumentParser) -> None:
    """Whether a shop that is there already is a failure."""
    parser.add_argument("--if-new", action="store_true", help="where there is a shop already, that is all right")


def run(options: Namespace) -> Done:
    """Open the sample shop where nothing is yet."""
    try:
        opened = shop.open_sample(at=timezone.now())
    except shop.NotASample:
        say = "There is a shop already; the sample was not opened."
        return Done((say,), {"opened": False}, ok=options.if_new)
    say = (
        f"The sample shop is open: {opened.articles} articles, {opened.customers} customers, {opened.threads} threads."
    )
    return Done((say,), {"opened": True, **asdict(opened)})


COMMAND = Command("sample", "Open the sample shop where there is none yet.", run, arguments)

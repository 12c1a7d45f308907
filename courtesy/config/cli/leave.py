"""`courtesy leave`: everything out, in forms that other programs read."""

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from django.utils import timezone

from courtesy.config.cli.command import Command, Done
from courtesy.config.leaving import leave

EVERY = 2000


def arguments(parser: ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that does not exist yet")


def run(options: Namespace) -> Done:
    """Write it all out and say what lies there."""
    told = 0

    def tell(written: int, total: int) -> None:
        nonlocal told
        if written - told >= EVERY:
            told = written
            print(f"{written} of {total} messages", file=sys.stderr, flush=True)

    try:
        left = leave.leave(options.folder.absolute(), at=timezone.now(), tell=tell)
    except leave.CannotLeave as why:
        return Done((str(why),), {"why": str(why)}, ok=False)
    say = (
        f"Everything is in {options.folder}: {left.mails} mails, {left.tables['customers']} customers, "
        f"{left.articles} articles. Its README.txt says what is what.",
        "It holds your customers' names and words in clear: keep it where only you can read it.",
    )
    return Done(say, {"folder": str(options.folder), **asdict(left)})


COMMAND = Command("leave", "Write everything out as mbox, CSV and Markdown, to go elsewhere with.", run, arguments)

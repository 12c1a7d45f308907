"""`courtesy restore-key`: the key file again, from the owner's printed recovery sheet."""

import sys
from argparse import Namespace

from courtesy.config.cli.command import Command, Done
from courtesy.privacy import recovery


def run(options: Namespace) -> Done:
    """Read the groups from standard input, so that they stand in no history of commands; refuses a wrong sheet."""
    if sys.stdin.isatty():
        print(f"Type the {recovery.GROUPS} groups of the recovery sheet, one a line:", flush=True)
    groups = []
    for line in sys.stdin:
        if line.strip():
            groups.append(line.strip())
        if len(groups) == recovery.GROUPS:
            break
    recovery.restore(groups)
    return Done(("The key file is back.",))


COMMAND = Command(
    "restore-key", "Make the key file again from the recovery sheet, typed group by group.", run, key=False
)

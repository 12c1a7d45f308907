"""Carries a command out: key and tables first, then the command, then what is said about it."""

import json
import sys
from argparse import Namespace

import django
from django.db import DatabaseError
from django.utils import timezone

django.setup()

from courtesy.config import preparing  # noqa: E402  (models can be imported only after the set-up)
from courtesy.config.backing_up import making  # noqa: E402
from courtesy.config.cli import (  # noqa: E402
    backup,
    leave,
    migrate,
    owner_link,
    restore,
    restore_key,
    sample,
    serve,
    verify,
    weights,
)
from courtesy.config.cli.command import Command, Done  # noqa: E402
from courtesy.config.cli.importing import command as importing  # noqa: E402
from courtesy.privacy.keyfile import KeyTrouble  # noqa: E402


def commands() -> tuple[Command, ...]:
    """All there are, in the order in which an owner meets them."""
    modules = (
        serve,
        migrate,
        weights,
        owner_link,
        importing,
        sample,
        verify,
        backup,
        restore,
        leave,
        restore_key,
    )
    return tuple(module.COMMAND for module in modules)


def carry_out(command: Command, options: Namespace) -> int:
    """Run it; the exit status."""
    try:
        if command.key:
            preparing.prepare(at=timezone.now(), before=making.before_an_upgrade)
        done = command.run(options)
    except (KeyTrouble, preparing.NotInOrder) as trouble:
        done = Done((str(trouble),), {"why": str(trouble)}, ok=False)
    except DatabaseError as trouble:
        # Its text may hold a row.
        why = f"The database refused ({type(trouble).__name__})."
        done = Done((why,), {"why": why}, ok=False)
    for sentence in done.say:
        print(sentence, file=sys.stdout if done.ok else sys.stderr, flush=True)
    if options.json:
        print(json.dumps({"ok": done.ok, **done.facts}), flush=True)
    return 0 if done.ok else 1

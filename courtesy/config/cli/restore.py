"""`courtesy restore`: a backup put back, after everything about it was looked at."""

from argparse import ArgumentParser, Namespace
from contextlib import nullcontext
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from courtesy.config.backing_up import restoring
from courtesy.config.backing_up.staging import Refused
from courtesy.config.cli.command import Command, Done
from courtesy.config.processes import web


def arguments(parser: ArgumentParser) -> None:
    """Which backup, with which keys, and where to."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup of the shop")
    parser.add_argument("--keys", type=Path, metavar="FILE", help="the backup of its keys, where those here are lost")
    parser.add_argument("--into", type=Path, metavar="DIR", help="a new folder, instead of the present house")


def run(options: Namespace) -> Done:
    """Refuses with a sentence, or puts it in place and says where the former state lies."""
    # A new folder is nobody's house yet: whoever only wants to look into a backup need not close the shop.
    with nullcontext() if options.into else web.only_one(settings.COURTESY.data_dir):
        try:
            done = restoring.restore(options.file, keys_file=options.keys, into=options.into, at=timezone.now())
        except Refused as why:
            return Done((f"Nothing was changed. {why}",), {"why": str(why)}, ok=False)
    found = done.verdict
    say = [f"The backup is in place: {done.said}. The ledger holds, and the key fits."]
    if found.erased:
        say.append(f"What had been erased since stays erased: {found.erased} threads went again.")
    if found.held:
        say.append(
            f"{found.held} mails waited to leave when it was made. They wait for a click: they may have left since."
        )
    if found.without_key:
        say.append(f"Sealed entries without a key: {found.without_key}. The keys are older than the shop’s backup.")
    if done.aside:
        say.append(f"What was here before lies in {done.aside}. Remove it when you are content.")
    if options.into:
        say.append(f"Start it with COURTESY_DATA_DIR={options.into} COURTESY_KEY_FILE={settings.COURTESY.key_file}")
    facts = {
        "rows": found.rows,
        "erased": found.erased,
        "held": found.held,
        "without_key": found.without_key,
        "aside": done.aside,
    }
    return Done(tuple(say), facts)


COMMAND = Command(
    "restore",
    "Put a backup back. Everything about it is looked at before anything is touched.",
    run,
    arguments,
    key=False,
)

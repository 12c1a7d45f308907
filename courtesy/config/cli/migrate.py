"""`courtesy migrate`: the key, today's tables in both databases, static files."""

from argparse import Namespace

from django.utils import timezone

from courtesy.config import preparing
from courtesy.config.backing_up import making
from courtesy.config.cli.command import Command, Done


def run(options: Namespace) -> Done:
    """Bring the house up to today, without opening it."""
    ran = preparing.prepare(at=timezone.now(), before=making.before_an_upgrade)
    preparing.check()
    collected = preparing.collect_static()
    return Done((f"{ran} steps taken; the tables are of today.",), {"steps": ran, "static": collected})


COMMAND = Command(
    "migrate", "Make the key where there are no data yet, and bring the tables up to today.", run, key=False
)

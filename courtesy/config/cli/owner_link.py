"""`courtesy owner-link`: a one-time link that makes its holder an owner, for whoever sits at the machine."""

from argparse import Namespace

from django.conf import settings
from django.utils import timezone

from courtesy.config.cli.command import Command, Done
from courtesy.staff import actions as staff


def link_of(token: str) -> str:
    """The whole link, for a browser on this machine."""
    return f"http://localhost:{settings.COURTESY.port}/join/{token}"


def run(options: Namespace) -> Done:
    """Make the link; an earlier one stops working."""
    link = link_of(staff.owner_link(at=timezone.now(), on_this_machine=True))
    return Done((link,), {"link": link})


COMMAND = Command("owner-link", "Print a one-time link that makes its holder an owner.", run)

"""`courtesy serve`: the web process and its worker, until Ctrl-C."""

from argparse import Namespace

from django.conf import settings
from django.utils import timezone

from courtesy.config import preparing
from courtesy.config.backing_up import making
from courtesy.config.cli.command import Command, Done
from courtesy.config.cli.owner_link import link_of
from courtesy.config.processes import web
from courtesy.staff import actions as staff
from courtesy.staff import queries


def run(options: Namespace) -> Done:
    """Check everything, open both doors, say where, serve."""
    here = settings.COURTESY
    with web.only_one(here.data_dir):
        preparing.prepare(at=timezone.now(), before=making.before_an_upgrade)
        preparing.check()
        preparing.collect_static()
        doors = web.sockets(here)
        print(f"Courtesy is open at http://localhost:{here.port}", flush=True)
        if not queries.has_owner():
            print("Become its owner, once, within a day:", flush=True)
            print(f"  {link_of(staff.owner_link(at=timezone.now()))}", flush=True)
        web.run(doors)
    return Done(("Courtesy is closed.",))


# It prepares by itself, once it holds the house.
COMMAND = Command("serve", "Open both front sides and work until Ctrl-C.", run, key=False)

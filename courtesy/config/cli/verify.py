"""`courtesy verify`: whether the ledger stands as it was written."""

from argparse import Namespace

from courtesy.config.cli.command import Command, Done
from courtesy.privacy import ledger


def run(options: Namespace) -> Done:
    """Follow the chain from its first row; says where it breaks."""
    verdict = ledger.verify()
    say = f"The ledger holds: {verdict.rows} rows." if verdict.ok else f"The ledger is broken: {verdict.why}"
    facts = {"rows": verdict.rows, "unsealed": verdict.unsealed, "broken_at": verdict.broken_at, "why": verdict.why}
    return Done((say,), dict(facts), ok=verdict.ok)


COMMAND = Command("verify", "Follow the ledger's chain and say where it breaks, if it does.", run)

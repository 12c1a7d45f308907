"""`courtesy backup`: the shop in one file, its keys in another; or a trial whether the newest would save us."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils import timezone

from courtesy.config.backing_up import making, proving
from courtesy.config.cli.command import Command, Done


def arguments(parser: ArgumentParser) -> None:
    """Where to, and whether only to prove the newest."""
    parser.add_argument("--to", type=Path, metavar="DIR", help="the folder for the backup (else COURTESY_BACKUPS)")
    parser.add_argument(
        "--keys-to", type=Path, metavar="DIR", help="the folder for its keys (else “keys” in the other)"
    )
    parser.add_argument("--prove", action="store_true", help="make none: put the newest back elsewhere and count it")


def run(options: Namespace) -> Done:
    """Make one, or prove one."""
    if options.prove:
        return _prove(options)
    try:
        made = making.make(at=timezone.now(), to=options.to, keys_to=options.keys_to)
    except making.NoBackup as why:
        return Done((f"No backup was made. {why}",), {"why": str(why)}, ok=False)
    say = (
        f"The shop is in {made.file} ({made.rows} rows, {made.size / 1e6:.1f} MB).",
        f"Its keys are in {made.keys_file}; they are kept for a week only, so that what was erased stays erased.",
        "The key file that opens both is in neither: keep the recovery sheet.",
    )
    facts = {"file": str(made.file), "keys_file": str(made.keys_file), "rows": made.rows, "size": made.size}
    return Done(say, {**facts, "ledger_rows": made.ledger_rows, "gone": made.gone})


def _prove(options: Namespace) -> Done:
    drill = proving.prove(at=timezone.now(), folder=options.to, keys_folder=options.keys_to)
    facts = {"rows": drill.rows, "seconds": round(drill.seconds, 2), "why": drill.problem}
    if drill.problem:
        return Done((f"The newest backup would not have saved you. {drill.problem}",), facts, ok=False)
    say = f"The backup of {drill.backup_at:%Y-%m-%d %H:%M} UTC was put back, opened and counted: all {drill.rows} rows."
    return Done((say,), facts)


COMMAND = Command(
    "backup", "Back the shop up into one file and its keys into another; --prove tries the newest.", run, arguments
)

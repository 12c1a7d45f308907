"""`courtesy COMMAND`: exit status 0 only if all went well, 1 if it did not, 2 if the command was not understood."""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from courtesy.config.backing_up.swapping import undo_what_was_cut_short
from courtesy.config.environment import BadSetting, read_environment
from courtesy.config.first_start import make_home


def main(words: Sequence[str] | None = None) -> int:
    """Run one command."""
    given = list(sys.argv[1:] if words is None else words)
    as_json = "--json" in given
    try:
        if not {"-h", "--help"} & set(given) and given:
            home = read_environment().data_dir
            if undo_what_was_cut_short(home):
                print("A restoring was cut short; the house stands as it stood before.", file=sys.stderr, flush=True)
            make_home(home)
    except (BadSetting, OSError) as trouble:
        return _refused(str(trouble), as_json=as_json)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtesy.config.settings")
    # Late, since the data directory comes before Django's settings, and those before any model.
    from courtesy.config.cli.carry_out import carry_out, commands  # noqa: PLC0415

    parser = ArgumentParser(prog="courtesy", description="A customer desk that a small business runs itself.")
    parser.set_defaults(command=None)
    below = parser.add_subparsers(title="commands", metavar="COMMAND")
    for command in commands():
        own = below.add_parser(command.word, help=command.help, description=command.help)
        own.add_argument("--json", action="store_true", help="print one JSON object as the last line")
        command.arguments(own)
        own.set_defaults(command=command)
    options: Namespace = parser.parse_args(given)
    if options.command is None:
        parser.print_help()
        return 2
    return carry_out(options.command, options)


def _refused(why: str, *, as_json: bool) -> int:
    print(why, file=sys.stderr)
    if as_json:
        print(json.dumps({"ok": False, "why": why}))
    return 1


if __name__ == "__main__":
    sys.exit(main())

"""`courtesy import KIND …`: which kinds there are. Each is a `Command` of its own, in a file beside this one."""

from argparse import ArgumentParser, Namespace

from courtesy.config.cli.command import Command, Done
from courtesy.config.cli.importing import knowledge, messages, orders

KINDS: tuple[Command, ...] = (knowledge.COMMAND, messages.COMMAND, orders.COMMAND)


def arguments(parser: ArgumentParser) -> None:
    """Each kind with what it takes."""
    below = parser.add_subparsers(title="what to import", metavar="KIND", required=True)
    for kind in KINDS:
        own = below.add_parser(kind.word, help=kind.help, description=kind.help)
        own.add_argument("--json", action="store_true", help="print one JSON object as the last line")
        kind.arguments(own)
        own.set_defaults(kind=kind)


def run(options: Namespace) -> Done:
    """Bring in what was asked for."""
    kind: Command = options.kind
    return kind.run(options)


COMMAND = Command("import", "Bring in articles, orders or letters from files; twice changes nothing.", run, arguments)

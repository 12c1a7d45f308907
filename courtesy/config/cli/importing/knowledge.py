"""`courtesy import knowledge FOLDER`: articles from Markdown files."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils import timezone

from courtesy.config.cli.command import Command, Done
from courtesy.knowledge.actions import NoSuchFolder, import_folder


def arguments(parser: ArgumentParser) -> None:
    """From where."""
    parser.add_argument("folder", type=Path)


def run(options: Namespace) -> Done:
    """Import; files that cannot be used are named, the rest is taken."""
    try:
        taken = import_folder(options.folder, by=None, at=timezone.now())
    except NoSuchFolder:
        why = f"There is no folder {options.folder}."
        return Done((why,), {"why": why}, ok=False)
    problems = [f"{problem.file}: {problem.why}" for problem in taken.problems]
    say = (f"{taken.new} new, {taken.changed} changed, {taken.same} as they were.", *problems)
    facts = {"new": taken.new, "changed": taken.changed, "same": taken.same, "problems": problems}
    return Done(say, facts, ok=not problems)


COMMAND = Command("knowledge", "Articles from a folder of Markdown files, one each.", run, arguments)

"""What every command is made of."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Fact = Any
"""Whatever JSON can say: text, numbers, yes or no, lists of them."""


@dataclass(frozen=True)
class Done:
    """How it went: sentences for a person, facts for a program; ``ok`` decides the exit status."""

    say: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    ok: bool = True


def no_arguments(parser: ArgumentParser) -> None:
    """For commands that need none."""


@dataclass(frozen=True)
class Command:
    """A word, what it does, what it takes, and the story itself. ``key``: the house is prepared first."""

    word: str
    help: str
    run: Callable[[Namespace], Done]
    arguments: Callable[[ArgumentParser], None] = no_arguments
    key: bool = True

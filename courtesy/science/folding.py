"""Telling what somebody said in a mail from what they quoted and what they sign every mail with."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Fold:
    """A piece of a mail. The texts of all pieces, joined, are the mail."""

    kind: Literal["said", "quoted", "signature"]
    text: str


def fold(text: str) -> list[Fold]:
    """The pieces of ``text`` in their order; joined they are ``text``."""
    pieces: list[Fold] = []
    for line in text.splitlines(keepends=True):
        kind: Literal["said", "quoted"] = "quoted" if line.lstrip().startswith(">") else "said"
        if pieces and pieces[-1].kind == kind:
            pieces[-1] = Fold(kind, pieces[-1].text + line)
        else:
            pieces.append(Fold(kind, line))
    return pieces

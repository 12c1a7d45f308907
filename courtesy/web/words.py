"""Small turns of plain text into what a page shows; everything is escaped, whoever wrote it."""

import re

from markupsafe import Markup, escape

BLANK_LINES = re.compile(r"\n\s*\n")


def paragraphs(text: str) -> Markup:
    """Plain text as paragraphs: a blank line parts them, a single line break stays one."""
    parts = (part.strip("\n") for part in BLANK_LINES.split(text.replace("\r\n", "\n").strip()))
    shown = (Markup("<br>\n").join(escape(line) for line in part.split("\n")) for part in parts if part)
    return Markup("\n").join(Markup("<p>{}</p>").format(part) for part in shown)


def initials(name: str) -> str:
    """One or two letters to stand on a face: CO for Chidi Okafor, BE for Ben."""
    parts = [part for part in re.split(r"[\s@._-]+", name) if part]
    if not parts:
        return "?"
    return (parts[0][0] + parts[-1][0] if len(parts) > 1 else parts[0][:2]).upper()


def first_name(name: str) -> str:
    """How one would call somebody across the shop."""
    return name.split(maxsplit=1)[0] if name.split() else name


def possessive(name: str) -> str:
    """Whose it is: Ben’s, James’."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"

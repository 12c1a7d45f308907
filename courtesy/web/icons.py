"""Which icons there are: read from the sprite itself, so that the style guide cannot forget one."""

import re
from functools import cache
from pathlib import Path

SPRITE = Path(__file__).resolve().parent / "static" / "icons.svg"


@cache
def names() -> tuple[str, ...]:
    """The names that `icon(name)` knows, in the sprite's order."""
    return tuple(re.findall(r'<symbol id="([a-z-]+)"', SPRITE.read_text()))

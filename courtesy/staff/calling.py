"""Colleagues called by name in a text: "@Ben"."""

import re
from collections.abc import Collection

from courtesy.staff.models import Colleague


def called_in(words: str, colleagues: Collection[Colleague]) -> list[Colleague]:
    """The colleagues whom these words call: "@Ben". Of two with names that begin alike, the longer name is meant."""
    names = sorted(colleagues, key=lambda one: -len(one.called))
    found, left = [], words
    for one in names:
        pattern = re.compile(rf"(?<!\w)@{re.escape(one.called)}(?!\w)", re.IGNORECASE)
        if pattern.search(left):
            found.append(one)
            left = pattern.sub(" ", left)
    return sorted(found, key=lambda one: one.called)

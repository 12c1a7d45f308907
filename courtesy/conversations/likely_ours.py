"""Which addresses in old letters look like the shop's own: those that many write to, and that write to many.

A guess for the owner to tick, never a fact: who does not know that answers are told from questions by these
addresses names none, and would bring in a past without a single answer. Pure.
"""

from collections import defaultdict
from collections.abc import Iterable

OTHERS = 3
"""An address of the shop wrote to so many others and heard from so many, at least."""
A_PART = 0.2
"""And from a fifth as many as the busiest does: a customer who writes to three of us is none of us."""
MOST = 5


class Correspondence:
    """Who wrote to how many others, and heard from how many.

    >>> seen = Correspondence()
    >>> for number in range(3):
    ...     seen.add(f"kim{number}@post.example", ["hello@fern.example"])
    ...     seen.add("hello@fern.example", [f"kim{number}@post.example"])
    >>> seen.likely_ours()
    ['hello@fern.example']
    """

    def __init__(self) -> None:
        self._wrote_to: defaultdict[str, set[int]] = defaultdict(set)
        self._heard_from: defaultdict[str, set[int]] = defaultdict(set)

    def add(self, sender: str, receivers: Iterable[str]) -> None:
        """A letter from one address to others; an empty address is nobody's."""
        others = {one for one in receivers if one} - {sender}
        if sender and others:
            self._wrote_to[sender] |= {hash(one) for one in others}
            for one in others:
                self._heard_from[one].add(hash(sender))

    def likely_ours(self) -> list[str]:
        """Those that look like the shop's, the busiest first; five at most, and none where nobody stands out."""
        both = {one: min(len(to), len(self._heard_from.get(one, ()))) for one, to in self._wrote_to.items()}
        enough = max(OTHERS, A_PART * max(both.values(), default=0))
        return sorted((one for one, count in both.items() if count >= enough), key=lambda one: (-both[one], one))[:MOST]

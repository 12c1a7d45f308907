"""The words of the signs that no encoder sees, a file a language; `science/unseen.py` reads them."""

from dataclasses import dataclass

NEVER = "(?!)"
"""The pattern of what a language has no words for."""


@dataclass(frozen=True)
class Act:
    """What may be asked for, as patterns: "cancel", "canceling", "canceled", "a cancellation"; ``did`` "they canceled".

    ``bare`` says that "no …" alone is a wish ("No cancellation"), and not a complaint ("No refund").
    """

    verb: str
    doing: str
    done: str
    noun: str
    bare: bool = False
    did: str = NEVER


@dataclass(frozen=True)
class Rules:
    """The rules of one language; in patterns, {verb}, {doing}, {done}, {did} and {noun} stand for those of an act.

    ``unwanted`` says that it is not asked for, ``happened`` that it was done already, ``whether`` asks if it was.
    ``hypothetical`` before what happened says that it has not; ``only_if`` before an act, that it is not asked for;
    ``why`` before ``whether``, that it has; ``complaint``
    before an unwanted thing, that it was wanted.
    ``roles`` are who writes, where it is no customer.
    """

    acts: dict[str, Act]
    unwanted: tuple[str, ...]
    happened: tuple[str, ...]
    whether: tuple[str, ...]
    hypothetical: str
    only_if: str
    why: str
    complaint: str
    roles: dict[str, tuple[str, ...]]

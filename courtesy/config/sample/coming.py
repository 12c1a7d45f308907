"""Whether the sample's past is still coming, for the line above every page."""

from dataclasses import dataclass

from courtesy.conversations.models import Bringing


@dataclass(frozen=True)
class Coming:
    """So many letters are in, of so many; ``of`` is 0 while nobody has counted."""

    read: int
    of: int


def coming() -> Coming | None:
    """How far it is; None where all of it is in, or nothing was asked for. One question."""
    wanted = (Bringing.State.WAITING, Bringing.State.RUNNING)
    counts = Bringing.objects.filter(by=None, state__in=wanted).values_list("counts", flat=True).first()
    return None if counts is None else Coming(int(counts.get("read", 0)), int(counts.get("of", 0)))

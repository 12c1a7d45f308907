"""Whether the sample's past is still coming, for the line above every page."""

from dataclasses import dataclass

from courtesy.conversations.models import Bringing
from courtesy.jobs.models import Job


@dataclass(frozen=True)
class Coming:
    """So many letters are in, of so many; ``of`` is 0 while nobody has counted."""

    read: int
    of: int


def coming() -> Coming | None:
    """How far it is; None where it is in, or nothing was asked for. One question; two before its letters wait."""
    row = Bringing.objects.filter(by=None).order_by("at").values_list("state", "counts").first()
    if row is None:
        return Coming(0, 0) if Job.objects.filter(name="sample-opened").exists() else None
    state, counts = row
    if state not in {Bringing.State.WAITING, Bringing.State.RUNNING}:
        return None
    return Coming(int(counts.get("read", 0)), int(counts.get("of", 0)))

"""What can be found out about backups: when the last one was made, and whether one of them was proved good."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q

from courtesy.privacy.models import Backup, Drill


@dataclass(frozen=True)
class Safety:
    """How safe the shop's data are. ``problem`` is why the last backup was not made; ``unproved`` what the last drill
    found wrong; both empty where all went well. None: never."""

    made_at: datetime | None
    problem: str
    proved_at: datetime | None
    unproved: str


def safety() -> Safety:
    """As it stands now."""
    made_at, problem = _good_and_wrong(Backup)
    proved_at, unproved = _good_and_wrong(Drill)
    return Safety(made_at, problem, proved_at, unproved)


def _good_and_wrong(model: type[Backup] | type[Drill]) -> tuple[datetime | None, str]:
    """When it last went well, and what was wrong if the last one did not."""
    times = model.objects.aggregate(good=Max("at", filter=Q(problem="")), last=Max("at"))
    if times["good"] == times["last"]:
        return times["good"], ""
    wrong = model.objects.filter(at=times["last"]).values_list("problem", flat=True).first()
    return times["good"], wrong or ""

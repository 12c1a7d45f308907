"""What can be found out about jobs and processes."""

from datetime import datetime, timedelta

from courtesy.jobs.models import Job, JobQuerySet, Presence


def set_aside() -> JobQuerySet:
    """The jobs that were given up, oldest first."""
    return Job.objects.set_aside().order_by("set_aside_at")


def waiting_count() -> int:
    """How many jobs are due, running or planned."""
    return Job.objects.waiting().count()


def is_alive(name: str, *, at: datetime, within: timedelta = timedelta(seconds=10)) -> bool:
    """Whether the process called ``name`` was heard of lately."""
    return Presence.objects.filter(name=name, seen_at__gte=at - within).exists()


def facts_of(name: str) -> dict[str, int | str | bool]:
    """What the process called ``name`` last said about itself; nothing where it never ran."""
    presence = Presence.objects.filter(name=name).first()
    return dict(presence.facts) if presence else {}

"""What is still to be done, what the browsers should look at again, and whether the worker lives."""

from django.db import models
from django.db.models import Q

from courtesy.privacy.declarations import declares, plain


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs by what may happen to them next."""

    def waiting(self) -> "JobQuerySet":
        """Not given up: due now or later, or in somebody's hands."""
        return self.filter(set_aside_at=None)

    def set_aside(self) -> "JobQuerySet":
        """Given up after the last attempt."""
        return self.exclude(set_aside_at=None)


@declares(
    name=plain("what was announced"),
    handler=plain("the function to call"),
    ids=plain("ids of rows, never words"),
    patient=plain("whether it lets others go first"),
    not_before=plain("when it may run"),
    attempts=plain("how often it was begun"),
    claim=plain("which worker has it"),
    claimed_until=plain("until when a worker has it to itself"),
    set_aside_at=plain("when it was given up"),
    error=plain("the class of the last exception, never its text"),
    created_at=plain("when it was announced"),
)
class Job(models.Model):
    """One call of one handler, kept until it went well once."""

    name = models.CharField(max_length=60)
    handler = models.CharField(max_length=200)
    ids = models.JSONField(default=dict)
    patient = models.BooleanField(default=False)
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, default="")
    claimed_until = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=100, default="")
    created_at = models.DateTimeField()

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["patient", "not_before"], name="job_next", condition=Q(set_aside_at=None)),
            models.Index(fields=["set_aside_at"], name="job_set_aside", condition=~Q(set_aside_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.handler}"


@declares(
    name=plain("what sort of thing changed"),
    subject=plain("the id of the row that changed"),
    at=plain("when it changed"),
)
class Change(models.Model):
    """Something is different now; whoever looks at it may ask again with their own rights."""

    name = models.CharField(max_length=60)
    subject = models.CharField(max_length=60, default="")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="change_at")]

    def __str__(self) -> str:
        return f"{self.name} {self.subject}".strip()


@declares(
    name=plain("which process"),
    seen_at=plain("when it last said that it lives"),
    facts=plain("what it can do, for example whether the encoder is there"),
)
class Presence(models.Model):
    """A process that says every few seconds that it lives."""

    name = models.CharField(max_length=40, unique=True)
    seen_at = models.DateTimeField()
    facts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name

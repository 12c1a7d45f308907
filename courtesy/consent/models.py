"""The register: every yes, no and objection, as it was said. Rows are added, never changed."""

from django.db import models

from courtesy.privacy.append_only import AppendOnlyQuerySet, AppendOnlyRow
from courtesy.privacy.declarations import Kind, declares, personal, plain

AS_LONG_AS_THE_PERSON = "as long as the person is known, as proof"
PROOF = personal(Kind.PERMISSION, purposes=("service",), basis="legal obligation", retention=AS_LONG_AS_THE_PERSON)


@declares(
    person=PROOF,
    purpose=PROOF,
    answer=PROOF,
    where=PROOF,
    words=plain("the sentence they were shown, or the choice they made; never what they wrote themselves"),
    by=personal(Kind.WORK, purposes=("service",), basis="legal obligation", retention=AS_LONG_AS_THE_PERSON),
    at=PROOF,
)
class Entry(AppendOnlyRow):
    """What one person said about one purpose: when, where, to which words, and which colleague wrote it down."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="permission_entries")
    purpose = models.CharField(max_length=12)
    answer = models.CharField(max_length=12)
    where = models.CharField(max_length=80)
    words = models.TextField(blank=True, default="")
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    objects = AppendOnlyQuerySet["Entry"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="what_a_person_said")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(purpose__in=["service", "improve", "personal", "outreach", "fairness"]),
                name="permission_names_a_purpose",
            ),
            models.CheckConstraint(
                condition=models.Q(answer__in=["yes", "no", "objection"]), name="permission_is_an_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.pk}"

"""Letters of the past that were brought in: from what, on which basis, how far it got; and what columns meant."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courtesy.privacy.declarations import Kind, declares, personal, plain
from courtesy.privacy.sealing import SealedRow, SealedTextField

AS_PROOF = "as long as something of it is here, as proof"
_PROOF = personal(Kind.WORK, purposes=("service",), basis="legal obligation", retention=AS_PROOF)


@declares(
    id=plain("a random number"),
    key_id=plain("which key opens the sealed fields, and the file while it waits to be read"),
    kind=plain("what it is read from"),
    digest=plain("a keyed digest of the file"),
    mailbox_id=plain("which mailbox it is read from"),
    months=plain("how many months back a mailbox is read"),
    columns=plain("which column holds what; a name of a column is no word of a customer"),
    ours=personal(Kind.CONTACT, purposes=("service",), basis="contract", retention=AS_PROOF),
    sample=personal(
        Kind.CONTENT, purposes=("service",), basis="contract", retention="until it is brought in, or a week"
    ),
    basis=plain("on what basis the shop holds these letters"),
    since=plain("since when it holds them"),
    by=_PROOF,
    at=plain("when it was begun; everybody met by it is known since this very moment"),
    state=plain("how far it is"),
    claimed_until=plain("until when a worker has it to itself"),
    counts=plain("how many of what; never who"),
    problems=plain("line and class of what was not taken"),
    trouble=plain("the class of what ended it"),
    ended_at=plain("when it ended"),
    undone_at=plain("when it was undone"),
    undone_by=_PROOF,
)
class Bringing(SealedRow):
    """One import of letters. What it brought carries its number and can be taken out again whole.

    ``sample`` are its first letters, shown before a word is said. ``counts`` and ``problems`` are written with each
    handful, so that one that is killed half-way goes on where it was.
    """

    class State(models.TextChoices):
        LOOKING = "looking", _("Being looked through")
        ASKED = "asked", _("Waiting for your word")
        WAITING = "waiting", _("About to begin")
        RUNNING = "running", _("Being brought in")
        DONE = "done", _("Brought in")
        FAILED = "failed", _("Stopped")
        UNDOING = "undoing", _("Being taken out again")
        UNDONE = "undone", _("Taken out again")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key_id = models.UUIDField(editable=False)
    kind = models.CharField(max_length=10)
    digest = models.BinaryField(max_length=32, null=True)
    mailbox_id = models.UUIDField(null=True)
    months = models.PositiveSmallIntegerField(null=True)
    columns: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict, blank=True)
    ours = SealedTextField(blank=True, default="")
    sample = SealedTextField(blank=True, default="")
    basis = models.CharField(max_length=20, blank=True, default="")
    since = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(unique=True)
    state = models.CharField(max_length=10, choices=State.choices)
    claimed_until = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    trouble = models.CharField(max_length=40, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"bringing {self.id}"


@declares(
    header=plain("a digest of the names of the columns"),
    columns=plain("which column holds what"),
    at=plain("when it was chosen"),
)
class ColumnsChosen(models.Model):
    """What the columns of a table meant the last time, found again by its header."""

    header = models.CharField(max_length=64, primary_key=True)
    columns: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"columns {self.pk[:8]}"

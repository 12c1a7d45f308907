"""A file of orders that was handed in on a page: looked through first, agreed to, brought in, perhaps taken back."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courtesy.privacy.declarations import Kind, declares, personal, plain
from courtesy.records.models.imports import Import

AS_PROOF = "as long as something of it is here, as proof"


@declares(
    id=plain("a random number, and under it the sealed file while it waits"),
    key_id=plain("which key opens the file while it waits to be read"),
    store=plain("what the shop calls the store it is from"),
    currency=plain("the store's currency, where the file names none"),
    preset=plain("whose columns it has"),
    mapping=plain("which column is what; a column's name is no word of a customer"),
    manner=plain("how dates, letters and columns are written in it"),
    headings=plain("the columns it has"),
    state=plain("how far it is"),
    trouble=plain("what is wrong with it, by its name in the code"),
    says=plain("the number in the sentence that says what is wrong: a line, how many files, a later import"),
    done=plain("how many rows are read"),
    rows=plain("how many rows it has"),
    facts=plain("how many of what, and what they come to; never whose"),
    problems=plain("line and reason of what was not taken, the first thousand"),
    basis=plain("on what basis the shop holds these orders"),
    since=plain("since when it holds them"),
    by=personal(Kind.WORK, purposes=("service",), basis="legal obligation", retention=AS_PROOF),
    at=plain("when it was handed in"),
    brought=plain("the import it became"),
)
class HandedIn(models.Model):
    """A file from the page "Bring your past". The file itself lies sealed until it is read, and then no more."""

    class State(models.TextChoices):
        LOOKING = "looking", _("being looked through")
        ASKED = "asked", _("waits for your word")
        RUNNING = "running", _("being brought in")
        DONE = "done", _("brought in")
        FAILED = "failed", _("stopped")
        UNDOING = "undoing", _("being taken back")
        UNDONE = "undone", _("taken back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key_id = models.UUIDField(editable=False)
    store = models.CharField(max_length=80)
    currency = models.CharField(max_length=3, default="EUR")
    preset = models.CharField(max_length=20, blank=True, default="")
    mapping: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict)
    manner: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict)
    headings: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.LOOKING)
    trouble = models.CharField(max_length=40, blank=True, default="")
    says = models.TextField(blank=True, default="")
    done = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    facts: "models.JSONField[dict[str, object], dict[str, object]]" = models.JSONField(default=dict)
    problems: "models.JSONField[list[list[str]], list[list[str]]]" = models.JSONField(default=list)
    basis = models.CharField(max_length=20, blank=True, default="")
    since = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    brought = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["-at"], name="handed_in_newest", condition=~Q(state="undone"))]

    def __str__(self) -> str:
        return f"file {self.pk}"

"""How orders came here: one row a file that was brought in, whom it brought, and what it changed."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courtesy.privacy.declarations import Kind, declares, personal, plain
from courtesy.records.models.selling import AS_LONG_AS_BOOKS, BOUGHT, Order, Product, Store


@declares(
    store=plain("into which store"),
    digest=plain("a digest of the file; its name may be somebody's and is not kept"),
    preset=plain("whose columns it has"),
    mapping=plain("which column is what"),
    basis=plain("on what basis the shop holds this, as it said"),
    since=plain("from when on, as it said"),
    by=personal(Kind.WORK, purposes=("service",), basis="contract", retention=AS_LONG_AS_BOOKS),
    at=plain("when it began"),
    touched_at=plain("when it last got on"),
    state=plain("whether it runs, is done, or was taken back"),
    runner=plain("a random number of the run that goes on with it"),
    rows=plain("how many rows the file has"),
    done=plain("up to which row it got"),
    new=plain("how many rows brought something new"),
    counts=plain("how many sales, refunds, anonymous sales and rejected rows, and what they came to"),
    finished_at=plain("when it was done"),
    undone_at=plain("when it was taken back"),
    undone_by=personal(Kind.WORK, purposes=("service",), basis="contract", retention=AS_LONG_AS_BOOKS),
)
class Import(models.Model):
    """One file brought into one store. Begun again it goes on where it was cut short; done, it can be taken back."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        UNDOING = "undoing", _("being taken back")
        UNDONE = "undone", _("taken back")

    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="imports")
    digest = models.CharField(max_length=64)
    preset = models.CharField(max_length=20, blank=True, default="")
    mapping: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    basis = models.CharField(max_length=20)
    since = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    touched_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    runner = models.UUIDField(default=uuid4)
    rows = models.BigIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    new = models.BigIntegerField(default=0)
    counts: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["store", "digest"], condition=Q(state="running"), name="one_running_import_a_file"
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"


@declares(
    brought_by=plain("which import"),
    person=personal(Kind.IDENTITY, purposes=("service",), basis="contract", retention="as long as the person is known"),
)
class Newcomer(models.Model):
    """Somebody whom we know only since this import; they go with it when it is taken back, unless they wrote since."""

    brought_by = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="newcomers")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person"], name="newly_met_once")]

    def __str__(self) -> str:
        return f"newcomer {self.pk}"


@declares(
    brought_by=plain("which import changed it"),
    order=plain("which order"),
    was=BOUGHT,
)
class Former(models.Model):
    """What an order said before a later file said otherwise; put back when that file is taken back."""

    brought_by = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="formers")
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="formers")
    was: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brought_by", "order"], name="one_former_an_import")]

    def __str__(self) -> str:
        return f"former {self.pk}"


@declares(
    brought_by=plain("which import changed it"),
    product=plain("which product"),
    was=plain("what one cost the shop before, in the smallest coin; null where nobody had said"),
)
class FormerCost(models.Model):
    """What a product cost before a file said otherwise; put back when that file is taken back."""

    brought_by = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="former_costs")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="former_costs")
    was = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brought_by", "product"], name="one_former_cost_an_import")]

    def __str__(self) -> str:
        return f"former cost {self.pk}"

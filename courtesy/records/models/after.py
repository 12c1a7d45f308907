"""What became of an order: money given back, parcels, and what stays of it when its customer was erased."""

from django.db import models

from courtesy.privacy.declarations import Kind, declares, personal, plain
from courtesy.records.models.selling import AS_LONG_AS_BOOKS, BOUGHT, WHOSE, Order, Product, Store


@declares(
    store=plain("which store gave it"),
    number=personal(
        Kind.IDENTITY, purposes=("service",), basis="contract", retention=AS_LONG_AS_BOOKS,
        why="the number that the customer was told",
    ),
    order=plain("which order it is for; null where the file does not say"),
    person=WHOSE,
    product=BOUGHT,
    quantity=BOUGHT,
    amount=BOUGHT,
    currency=BOUGHT,
    refunded_at=BOUGHT,
    mark=plain("a digest of what the refund says: the same one twice is one"),
    brought_by=plain("which import brought it"),
)  # fmt: skip
class Refund(models.Model):
    """Money given back: for some pieces of a product, or for an order as a whole. ``amount`` is above zero."""

    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="refunds", db_index=False)
    number = models.CharField(max_length=64)
    order = models.ForeignKey(Order, null=True, on_delete=models.CASCADE, related_name="refunds")
    person = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="refunds", db_index=False
    )
    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="refunds")
    quantity = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    refunded_at = models.DateTimeField()
    mark = models.BigIntegerField()
    brought_by = models.ForeignKey(
        "records.Import", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        indexes = [models.Index(fields=["person", "-refunded_at"], name="refunds_of_a_person")]
        constraints = [models.UniqueConstraint(fields=["store", "number", "mark"], name="one_refund_a_mark")]

    def __str__(self) -> str:
        return f"refund {self.pk}"


@declares(
    order=plain("which order it is for"),
    part=plain("the how-manieth parcel"),
    promised_on=BOUGHT,
    shipped_at=BOUGHT,
    arrived_at=BOUGHT,
    carrier=BOUGHT,
    tracking=personal(
        Kind.CONTACT, purposes=("service",), basis="contract", retention=AS_LONG_AS_BOOKS,
        why="the parcel's number at the carrier",
    ),
    brought_by=plain("which import brought it"),
)  # fmt: skip
class Delivery(models.Model):
    """A parcel of an order: for when it was promised, when it was sent, when it arrived."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    part = models.PositiveSmallIntegerField(default=1)
    promised_on = models.DateField(null=True)
    shipped_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    carrier = models.CharField(max_length=60, blank=True, default="")
    tracking = models.CharField(max_length=80, blank=True, default="")
    brought_by = models.ForeignKey(
        "records.Import", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "part"], name="one_delivery_a_part")]

    def __str__(self) -> str:
        return f"delivery {self.pk}"


@declares(
    store=plain("which store wrote it"),
    number=plain("the number in the shop's books; whose it was is not kept here"),
    on=plain("the day it was written"),
    amount=plain("what it came to, in the smallest coin; below zero for money given back"),
    currency=plain("in which currency"),
    keep_until=plain("when the law lets it go"),
)
class Invoice(models.Model):
    """What the law makes a shop keep of the order of somebody who was erased: a number, a day, an amount; no person.

    It stands apart: no page of a customer, no study and no extract reads it; a file brought in again is held against
    it, so that an import does not bring back who was erased.
    """

    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="invoices", db_index=False)
    number = models.CharField(max_length=64)
    on = models.DateField()
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    keep_until = models.DateField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "number"], name="one_invoice_a_number")]

    def __str__(self) -> str:
        return f"invoice {self.pk}"

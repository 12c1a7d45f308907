"""Stores, what they sell, and what was sold. Amounts are in the smallest coin of their currency (pence, cents)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courtesy.privacy.declarations import Kind, declares, personal, plain

AS_LONG_AS_BOOKS = "as long as the books must be kept (ten years after the end of the year)"
BOUGHT = personal(
    Kind.BEHAVIOR, purposes=("service", "improve", "personal"), basis="contract", retention=AS_LONG_AS_BOOKS
)
WHOSE = personal(
    Kind.IDENTITY, purposes=("service", "improve", "personal"), basis="contract", retention=AS_LONG_AS_BOOKS
)


@declares(
    name=plain("what the shop calls it"),
    currency=plain("which currency holds where a file names none"),
    created_at=plain("when it was first named"),
)
class Store(models.Model):
    """Where things are sold: a web shop, a market stall. Order numbers are its own; another may use them too."""

    name = models.CharField(_("Name"), max_length=80, unique=True)
    currency = models.CharField(_("Currency"), max_length=3, default="EUR")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


@declares(
    store=plain("which store sells it"),
    sku=plain("the store's own number for it; its name where it has none"),
    name=plain("what the store calls it"),
    cost=plain("what one costs the shop, in the smallest coin; null where nobody said"),
    brought_by=plain("which import made it known"),
)
class Product(models.Model):
    """Something a store sells. ``cost`` is what the shop pays for one, where it told us."""

    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="products")
    sku = models.CharField(max_length=120)
    name = models.CharField(max_length=200, blank=True, default="")
    cost = models.BigIntegerField(null=True)
    brought_by = models.ForeignKey(
        "records.Import", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "sku"], name="one_product_a_number")]

    def __str__(self) -> str:
        return f"product {self.pk}"


@declares(
    store=plain("which store sold it"),
    number=personal(
        Kind.IDENTITY, purposes=("service",), basis="contract", retention=AS_LONG_AS_BOOKS,
        why="the number that the customer was told",
    ),
    person=WHOSE,
    placed_at=BOUGHT,
    state=BOUGHT,
    total=BOUGHT,
    currency=BOUGHT,
    brought_by=plain("which import brought it"),
)  # fmt: skip
class Order(models.Model):
    """What was sold together. Without a person it is an anonymous sale; ``total`` is null where the file had none."""

    class State(models.TextChoices):
        PLACED = "placed", _("placed")
        PAID = "paid", _("paid")
        SENT = "sent", _("on its way")
        ARRIVED = "arrived", _("arrived")
        CANCELLED = "cancelled", _("cancelled")
        REFUNDED = "refunded", _("money given back")
        SOLD = "sold", _("sold")  # over the counter, or in a list of invoices: nobody says how it went on

    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="orders")
    number = models.CharField(max_length=64)
    person = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="orders", db_index=False
    )
    placed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.SOLD)
    total = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    brought_by = models.ForeignKey(
        "records.Import", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        indexes = [models.Index(fields=["person", "-placed_at"], name="orders_of_a_person")]
        constraints = [models.UniqueConstraint(fields=["store", "number"], name="one_order_a_number")]

    def __str__(self) -> str:
        return f"order {self.pk}"


@declares(
    order=plain("which order it belongs to"),
    product=BOUGHT,
    quantity=BOUGHT,
    amount=BOUGHT,
    mark=plain("a digest of what the line says, with its count among equal ones: the same line twice is one"),
    brought_by=plain("which import brought it"),
)
class Line(models.Model):
    """One product of an order, how many of it, and what they came to together."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines", db_index=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="lines")
    quantity = models.DecimalField(max_digits=12, decimal_places=3)
    amount = models.BigIntegerField()
    mark = models.BigIntegerField()
    brought_by = models.ForeignKey(
        "records.Import", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        # Its index is also the one by which the lines of an order are found.
        constraints = [models.UniqueConstraint(fields=["order", "mark"], name="one_line_a_mark")]

    def __str__(self) -> str:
        return f"line {self.pk}"

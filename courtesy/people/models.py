"""Customers: a person, the addresses they write from, and the keyed beginnings of their name."""

import uuid

from django.conf import settings
from django.db import models

from courtesy.privacy.declarations import Kind, declares, personal, plain
from courtesy.privacy.sealing import SealedRow, SealedTextField

AFTER_THE_LAST_MESSAGE = "24 months after the last message"


@declares(
    key_id=plain("which key opens the sealed fields"),
    name=personal(Kind.IDENTITY, purposes=("service",), basis="contract", retention=AFTER_THE_LAST_MESSAGE),
    created_at=personal(Kind.BEHAVIOR, purposes=("service",), basis="contract", retention=AFTER_THE_LAST_MESSAGE),
    permission_epoch=personal(
        Kind.PERMISSION, purposes=("service",), basis="legal obligation", retention=AFTER_THE_LAST_MESSAGE
    ),
    last_seen_at=personal(Kind.BEHAVIOR, purposes=("service",), basis="contract", retention=AFTER_THE_LAST_MESSAGE),
    blocked_at=personal(
        Kind.BEHAVIOR, purposes=("service",), basis="legitimate interest", retention=AFTER_THE_LAST_MESSAGE
    ),
    same_as=personal(Kind.IDENTITY, purposes=("service",), basis="contract", retention=AFTER_THE_LAST_MESSAGE),
)
class Person(SealedRow):
    """A customer. ``permission_epoch`` rises with every yes, no and objection; ``last_seen_at`` with what they send.

    Two rows may be one customer, if a colleague says so: ``same_as`` is the row that leads, which points at none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key_id = models.UUIDField(editable=False)
    name = SealedTextField(blank=True, default="")
    created_at = models.DateTimeField()
    permission_epoch = models.PositiveIntegerField(default=0)
    last_seen_at = models.DateTimeField(null=True)
    blocked_at = models.DateTimeField(null=True)
    same_as = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="others")

    @property
    def lead(self) -> uuid.UUID:
        """The number of the row that leads all that are the same customer; its own where it is alone."""
        return self.same_as_id or self.pk

    def __str__(self) -> str:
        return f"person {self.id}"


@declares(
    person=personal(Kind.IDENTITY, purposes=("service",), basis="contract", retention=AFTER_THE_LAST_MESSAGE),
    kind=plain("what sort of address"),
    value=personal(Kind.CONTACT, purposes=("service",), basis="contract", retention=AFTER_THE_LAST_MESSAGE),
    value_index=personal(
        Kind.CONTACT, purposes=("service",), basis="contract", retention=AFTER_THE_LAST_MESSAGE,
        why="a keyed digest that finds the address again",
    ),
    key_id=plain("which key opens the sealed fields"),
)  # fmt: skip
class Handle(SealedRow):
    """By what a person is found: an address they write from, a phone, a store's own number for them.

    An address or a store's number belongs to one person; a phone may be a household's.
    """

    class OfKind(models.TextChoices):
        EMAIL = "email"
        PHONE = "phone"
        NUMBER = "number"  # "<store>/<number>"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="handles")
    kind = models.CharField(max_length=12, choices=OfKind.choices, default=OfKind.EMAIL)
    value = SealedTextField(index="value_index")
    value_index = models.BinaryField(max_length=32)
    key_id = models.UUIDField(editable=False)

    class Meta:
        # The index without a condition is for looking up: a condition keeps a database from using the other one.
        indexes = [models.Index(fields=["value_index", "kind"], name="handle_by_value")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value_index"], condition=~models.Q(kind="phone"), name="one_person_an_address"
            ),
            models.UniqueConstraint(fields=["person", "kind", "value_index"], name="one_handle_a_person"),
        ]

    def __str__(self) -> str:
        return f"handle {self.id}"


@declares(
    person=personal(Kind.IDENTITY, purposes=("service",), basis="contract", retention=AFTER_THE_LAST_MESSAGE),
    token=personal(
        Kind.IDENTITY, purposes=("service",), basis="contract", retention=AFTER_THE_LAST_MESSAGE,
        why="a keyed digest of the beginning of a word of the name",
    ),
)  # fmt: skip
class NameToken(models.Model):
    """A keyed digest of the beginning of a word of a name, so that "do" finds Dora and the table says nothing."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="name_tokens")
    token = models.BinaryField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "person"], name="one_token_a_beginning")]

    def __str__(self) -> str:
        return f"name token {self.pk}"


@declares(
    id=plain("a random number"),
    person=personal(Kind.CONTENT, purposes=("service",), basis="legitimate interest", retention=AFTER_THE_LAST_MESSAGE),
    key_id=plain("which key opens the sealed field"),
    words=personal(Kind.CONTENT, purposes=("service",), basis="legitimate interest", retention=AFTER_THE_LAST_MESSAGE),
    by=personal(Kind.WORK, purposes=("service",), basis="contract", retention=AFTER_THE_LAST_MESSAGE),
    at=plain("when it was written"),
)
class Note(SealedRow):
    """What a colleague noted about a customer, who can read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notes")
    key_id = models.UUIDField(editable=False)
    words = SealedTextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"note {self.pk}"


@declares(
    one=personal(Kind.IDENTITY, purposes=("service",), basis="contract", retention=AFTER_THE_LAST_MESSAGE),
    other=personal(Kind.IDENTITY, purposes=("service",), basis="contract", retention=AFTER_THE_LAST_MESSAGE),
    said_by=personal(Kind.WORK, purposes=("service",), basis="contract", retention=AFTER_THE_LAST_MESSAGE),
    said_at=plain("when it was said"),
)
class Different(models.Model):
    """Two records of which a colleague said that they are two people; ``one`` has the smaller number."""

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    said_by = models.UUIDField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="said_different_once")]

    def __str__(self) -> str:
        return f"different {self.pk}"

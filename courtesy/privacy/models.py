"""The keys that open sealed fields (in a database of their own), the ledger of what was done, and how backups fared.

This file may import two files of its room: they are the ground that every `models.py` stands on, and import no model.
"""

import uuid

from django.db import models
from django.db.models import Q

from courtesy.privacy.append_only import AppendOnlyQuerySet, AppendOnlyRow
from courtesy.privacy.declarations import declares, plain


class KeyQuerySet(models.QuerySet["Key"]):
    """Keys that still open something."""

    def alive(self) -> "KeyQuerySet":
        """Those not destroyed."""
        return self.filter(destroyed_at__isnull=True)


@declares(
    id=plain("a random number"),
    holder=plain("a random number that stands for whoever the key belongs to"),
    wrapped=plain("the key itself, locked with the key file"),
    created_at=plain("when the key was made"),
    destroyed_at=plain("when the key was destroyed; the row stays as its tombstone"),
)
class Key(models.Model):
    """One key; sealed fields say by `key_id` which one opens them. A destroyed one leaves its row, without the key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holder = models.UUIDField(null=True, db_index=True)
    wrapped = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    objects = KeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(wrapped__isnull=False, destroyed_at__isnull=True)
                | Q(wrapped__isnull=True, destroyed_at__isnull=False),
                name="a_key_opens_or_is_destroyed",
            )
        ]

    def __str__(self) -> str:
        return f"key {self.id}"


@declares(
    kind=plain("which table the row stands in"),
    subject=plain("the number of the row"),
    alias=plain("the random number that stands for it in the ledger; erasing this row cuts the tie"),
)
class Pseudonym(models.Model):
    """Who is meant by a random number in the ledger. Deleting the row makes the ledger forget, without rewriting it."""

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)
    alias = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="one_pseudonym_a_row")]

    def __str__(self) -> str:
        return f"pseudonym {self.alias}"


@declares(
    what=plain("what was done, in one word"),
    about=plain("a random number that stands for what it was done to"),
    by=plain("a random number that stands for the colleague who did it"),
    at=plain("when it was done"),
    facts=plain("numbers and words of a fixed vocabulary; never a name"),
    salt=plain("random bytes that hide the facts behind the commitment"),
    commitment=plain("a digest of salt and facts; stays when they are erased"),
    position=plain("the row's place in the chain"),
    digest=plain("the chain's digest up to this row"),
)
class LedgerRow(AppendOnlyRow):
    """One thing that was done. Written in the doer's transaction, chained by the sealer, never changed after."""

    what = models.CharField(max_length=40)
    about = models.UUIDField(null=True, db_index=True)
    by = models.UUIDField(null=True, db_index=True)
    at = models.DateTimeField()
    facts = models.TextField(null=True)  # noqa: DJ001 - null means erased, "{}" means none
    salt = models.BinaryField(max_length=16, null=True)
    commitment = models.BinaryField(max_length=32)
    position = models.BigIntegerField(null=True, unique=True)
    digest = models.BinaryField(max_length=32, null=True)

    objects = AppendOnlyQuerySet["LedgerRow"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(position__isnull=True), name="ledger_not_yet_sealed")]

    def __str__(self) -> str:
        return f"ledger row {self.pk}"


@declares(
    position=plain("how many rows the chain has"),
    digest=plain("the chain's digest"),
    sealed_at=plain("when the sealer last added to it"),
)
class LedgerHead(models.Model):
    """Where the chain ends; one row. The sealer locks it, so that there is one sealer at a time."""

    position = models.BigIntegerField(default=0)
    digest = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="the_ledger_has_one_head")]

    def __str__(self) -> str:
        return f"head of {self.position} rows"


@declares(
    at=plain("when it was made"),
    name=plain("what its file is called"),
    size=plain("how many bytes"),
    problem=plain("why there is none, as a sentence without anybody's data; empty where all went well"),
)
class Backup(models.Model):
    """A backup that was made, or one that should have been and why it was not."""

    at = models.DateTimeField(db_index=True)
    name = models.CharField(max_length=80, blank=True, default="")
    size = models.BigIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True, default="")

    def __str__(self) -> str:
        return f"backup of {self.at:%Y-%m-%d}"


@declares(
    at=plain("when it was tried"),
    backup_at=plain("when the backup was made that was put back on trial"),
    rows=plain("how many rows were counted in it"),
    seconds=plain("how long it took"),
    problem=plain("what is wrong with it, as a sentence without anybody's data; empty where all is well"),
)
class Drill(models.Model):
    """The newest backup was put back into a folder of its own, opened and counted: whether it would have saved us."""

    at = models.DateTimeField(db_index=True)
    backup_at = models.DateTimeField(null=True)
    rows = models.BigIntegerField(default=0)
    seconds = models.FloatField(default=0.0)
    problem = models.CharField(max_length=300, blank=True, default="")

    def __str__(self) -> str:
        return f"drill of {self.at:%Y-%m-%d}"

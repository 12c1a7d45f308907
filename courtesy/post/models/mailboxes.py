"""The shop's own mailboxes, how far they are read, settings being tried out, and where the owner is told of trouble."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courtesy.privacy.declarations import Kind, declares, personal, plain
from courtesy.privacy.sealing import SealedRow, SealedTextField


class Tls(models.TextChoices):
    """How a connection to a mail server is protected."""

    AT_ONCE = "at once", _("TLS from the start")
    STARTTLS = "starttls", _("STARTTLS")
    NEVER = "never", _("Not at all (only on this machine)")


@declares(
    id=plain("a random number"),
    name=plain("what the shop calls it"),
    address=personal(Kind.CONTACT, purposes=("service",), basis="contract", retention="until the mailbox is removed"),
    address_index=personal(
        Kind.CONTACT, purposes=("service",), basis="contract", retention="until the mailbox is removed"
    ),
    imap_host=plain("the provider's server"),
    imap_port=plain("the provider's server"),
    imap_tls=plain("how the connection is protected"),
    smtp_host=plain("the provider's server; empty for a mailbox that is only read"),
    smtp_port=plain("the provider's server"),
    smtp_tls=plain("how the connection is protected"),
    signs_in_with=plain("what sort of secret"),
    user=personal(Kind.CREDENTIAL, purposes=("service",), basis="contract", retention="until the mailbox is removed"),
    secret=personal(Kind.CREDENTIAL, purposes=("service",), basis="contract", retention="until the mailbox is removed"),
    key_id=plain("which key opens the sealed fields"),
    provider=plain("which of the presets it was made from"),
    keeps_copies=plain("a choice of the owner"),
    plus_addresses=plain("a choice of the owner"),
    begins_at=plain("what came before this moment is the past, and is not fetched"),
    last_tried_at=plain("when the server was last asked"),
    last_fetched_at=plain("when it last answered"),
    problem=plain("the class of what is wrong, never an address"),
    problem_since=plain("since when"),
    removed_at=plain("when it was removed"),
    created_at=plain("when the row was made"),
)
class Mailbox(SealedRow):
    """An address of the shop, read by IMAP and answered from by SMTP, and how it has been lately.

    ``keeps_copies``: we put a copy of each answer into its Sent folder (off where the provider does that itself).
    ``plus_addresses``: it also gets what is written to name+anything, so that answers can lead back by address.
    """

    class SignsInWith(models.TextChoices):
        PASSWORD = "password", _("Password or app password")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=60)
    address = SealedTextField(index="address_index")
    address_index = models.BinaryField(max_length=32, editable=False)
    imap_host = models.CharField(max_length=253)
    imap_port = models.PositiveIntegerField(default=993)
    imap_tls = models.CharField(max_length=10, choices=Tls.choices, default=Tls.AT_ONCE)
    smtp_host = models.CharField(max_length=253, blank=True, default="")
    smtp_port = models.PositiveIntegerField(default=587)
    smtp_tls = models.CharField(max_length=10, choices=Tls.choices, default=Tls.STARTTLS)
    signs_in_with = models.CharField(max_length=12, choices=SignsInWith.choices, default=SignsInWith.PASSWORD)
    user = SealedTextField()
    secret = SealedTextField()
    key_id = models.UUIDField(editable=False)
    provider = models.CharField(max_length=20, blank=True, default="")
    keeps_copies = models.BooleanField(default=True)
    plus_addresses = models.BooleanField(default=False)
    begins_at = models.DateTimeField()
    last_tried_at = models.DateTimeField(null=True)
    last_fetched_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=80, blank=True, default="")
    problem_since = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address_index"], condition=Q(removed_at=None), name="one_mailbox_an_address"
            ),
        ]

    def __str__(self) -> str:
        return f"mailbox {self.id}"


@declares(
    mailbox=plain("whose folder"),
    role=plain("what is in it"),
    name=plain("what the server calls it"),
    uid_validity=plain("the server's number for this life of the folder"),
    last_uid=plain("how far it is read"),
)
class Folder(models.Model):
    """How far a folder of a mailbox is read. Only a hint for speed: what comes twice is kept once."""

    class Role(models.TextChoices):
        INBOX = "inbox", _("Inbox")
        SENT = "sent", _("Sent")

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="folders")
    role = models.CharField(max_length=8, choices=Role.choices)
    name = models.CharField(max_length=200)
    uid_validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailbox", "role"], name="one_folder_a_role")]

    def __str__(self) -> str:
        return f"folder {self.pk}"


@declares(
    id=plain("a random number"),
    address=personal(Kind.CONTACT, purposes=("service",), basis="contract", retention="until the owner removes it"),
    webhook=personal(Kind.CONTACT, purposes=("service",), basis="contract", retention="until the owner removes it"),
    key_id=plain("which key opens the sealed fields"),
    warned_at=plain("when it was last used"),
    warned_of=plain("the class of what was wrong then"),
    problem=plain("why the last warning did not get through"),
    next_try_at=plain("when a warning that did not get through is tried again"),
    test_wanted_at=plain("when somebody asked for a test warning"),
    tested_at=plain("when that test was carried out"),
)
class SecondPath(SealedRow):
    """Where the owner is told when mail stands still: an address or a webhook, neither of them of the desk. One row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = SealedTextField(blank=True, default="")
    webhook = SealedTextField(blank=True, default="")
    key_id = models.UUIDField(editable=False)
    warned_at = models.DateTimeField(null=True)
    warned_of = models.CharField(max_length=80, blank=True, default="")
    problem = models.CharField(max_length=80, blank=True, default="")
    next_try_at = models.DateTimeField(null=True)
    test_wanted_at = models.DateTimeField(null=True)
    tested_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return "second path"


@declares(
    id=plain("a random number"),
    given=personal(Kind.CREDENTIAL, purposes=("service",), basis="contract", retention="one hour"),
    key_id=plain("which key opens the sealed fields"),
    mailbox=plain("which mailbox these settings are meant for; none for a new one"),
    sends_one=plain("whether a letter to the mailbox itself is wanted"),
    steps=plain("what was tried and how it went, by class; never an address or a word of a mail"),
    claimed_until=plain("how long whoever tries it out has"),
    begun_at=plain("when it was asked for"),
    ended_at=plain("when it was over"),
)
class Trial(SealedRow):
    """Settings of a mailbox that are being tried out before they count; gone after an hour. ``given`` is JSON."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    given = SealedTextField()
    key_id = models.UUIDField(editable=False)
    mailbox = models.ForeignKey(Mailbox, null=True, on_delete=models.CASCADE, related_name="trials")
    sends_one = models.BooleanField(default=False)
    steps: "models.JSONField[list[Any], list[Any]]" = models.JSONField(default=list)
    claimed_until = models.DateTimeField(null=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"trial {self.id}"

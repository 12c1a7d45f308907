"""What stands on the outside of a mail, and the files that came with it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courtesy.conversations.models.threads import KEPT, Message, Thread
from courtesy.privacy.declarations import Kind, declares, personal, plain
from courtesy.privacy.sealing import SealedBytesField, SealedRow, SealedTextField


@declares(
    id=plain("a random number"),
    key_id=plain("which key opens the sealed fields"),
    message=plain("which message came or went in it"),
    mail_id=personal(Kind.CONTENT, purposes=("service",), basis="contract", retention=KEPT),
    mail_id_index=personal(Kind.CONTENT, purposes=("service",), basis="contract", retention=KEPT),
    sender=personal(Kind.CONTACT, purposes=("service",), basis="contract", retention=KEPT),
    to=personal(Kind.CONTACT, purposes=("service",), basis="contract", retention=KEPT),
    cc=personal(Kind.CONTACT, purposes=("service",), basis="contract", retention=KEPT),
    reply_to=personal(Kind.CONTACT, purposes=("service",), basis="contract", retention=KEPT),
    verified=plain("whether the receiving server could tell who sent it"),
    has_html=plain("whether it also came as a formatted page"),
    marks=plain("what is odd about it, by class"),
)
class Envelope(SealedRow):
    """What stood on the outside of a mail. ``sender``, ``to``, ``cc`` and ``reply_to`` are addresses as written,
    one a line; the last is empty where answers go to the sender."""

    class Verified(models.TextChoices):
        PASS = "pass", _("The sender’s server vouches for the address")
        FAIL = "fail", _("The address may be forged")
        NONE = "none", _("Nobody vouches for the address")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key_id = models.UUIDField(editable=False)
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="envelope")
    mail_id = SealedTextField(index="mail_id_index", blank=True, default="")
    mail_id_index = models.BinaryField(max_length=32, null=True, db_index=True, editable=False)
    sender = SealedTextField(blank=True, default="")
    to = SealedTextField(blank=True, default="")
    cc = SealedTextField(blank=True, default="")
    reply_to = SealedTextField(blank=True, default="")
    verified = models.CharField(max_length=6, choices=Verified.choices, default=Verified.NONE)
    has_html = models.BooleanField(default=False)
    marks: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return f"envelope {self.id}"


@declares(
    message=plain("which message's mail refers to another"),
    mail_id_index=personal(
        Kind.CONTENT,
        purposes=("service",),
        basis="contract",
        retention=KEPT,
        why="a keyed digest of the other mail's Message-ID",
    ),
)
class Reference(models.Model):
    """A mail refers to another, which may have come already, come later, or never: how threads grow together."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="references")
    mail_id_index = models.BinaryField(max_length=32, db_index=True)

    def __str__(self) -> str:
        return f"reference {self.pk}"


@declares(
    id=plain("a random number"),
    key_id=plain("which key opens the sealed fields"),
    message=plain("which message it belongs to"),
    thread=plain("where it is being written, until it is sent"),
    colleague=personal(Kind.WORK, purposes=("service",), basis="contract", retention=KEPT),
    tab=plain("a random number of the browser's tab it waits in"),
    part=plain("its number in the raw mail"),
    name=personal(Kind.CONTENT, purposes=("service",), basis="contract", retention=KEPT),
    kind=plain("what sort of file, by its content"),
    size=plain("how many bytes"),
    inline=plain("whether it is shown within the text"),
    refused=plain("why it is not handed out, if it is not"),
    content=personal(Kind.CONTENT, purposes=("service",), basis="contract", retention=KEPT),
    created_at=plain("when the row was made"),
)
class Attachment(SealedRow):
    """A file with a message. One that came lies in its raw mail (``part``); one of ours in ``content``, sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key_id = models.UUIDField(editable=False)
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="attachments")
    thread = models.ForeignKey(Thread, null=True, on_delete=models.CASCADE, related_name="+")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    tab = models.CharField(max_length=40, blank=True, default="")
    part = models.PositiveSmallIntegerField(null=True)
    name = SealedTextField(blank=True, default="")
    kind = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    inline = models.BooleanField(default=False)
    refused = models.CharField(max_length=40, blank=True, default="")
    content = SealedBytesField(blank=True, default=b"")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"attachment {self.id}"

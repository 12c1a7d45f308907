"""What came in, raw and sealed; what goes out, and how far it got."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courtesy.privacy.declarations import Kind, declares, personal, plain
from courtesy.privacy.sealing import SealedBytesField, SealedRow, SealedTextField

TOO_OLD = timedelta(hours=24)
"""What waited longer than this leaves only after a click."""


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
    keeps_copies=plain("a choice of the owner"),
    begins_at=plain("what came before this moment is the past, and is not fetched"),
    last_tried_at=plain("when the server was last asked"),
    last_fetched_at=plain("when it last answered"),
    problem=plain("the class of what is wrong, never an address"),
    problem_since=plain("since when"),
    removed_at=plain("when it was removed"),
    created_at=plain("when the row was made"),
)
class Mailbox(SealedRow):
    """An address of the shop, read by IMAP and answered from by SMTP, and how it has been lately."""

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
    keeps_copies = models.BooleanField(default=True)
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
    channel=plain("the way it came"),
    channel_id=plain("the channel's own name for it: a random number or a keyed digest"),
    raw=personal(Kind.CONTENT, purposes=("service",), basis="contract", retention="24 months after the last message"),
    key_id=plain("which key opens the sealed fields"),
    received_at=plain("when it came"),
    state=plain("how far it got"),
    problem=plain("the class of what went wrong, never the text"),
    thread_hint=plain("a signed number of the thread it belongs to"),
    mailbox=plain("which mailbox it came to"),
)
class Arrival(SealedRow):
    """Something that came in, exactly as it came. Once this row is written it cannot be lost."""

    class State(models.TextChoices):
        NEW = "new", _("New")
        TAKEN_IN = "taken in", _("Taken in")
        SET_ASIDE = "set aside", _("Set aside")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(max_length=20)
    channel_id = models.CharField(max_length=200)
    raw = SealedBytesField()
    key_id = models.UUIDField(editable=False)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    problem = models.CharField(max_length=80, blank=True, default="")
    thread_hint = models.CharField(max_length=200, blank=True, default="")
    mailbox = models.ForeignKey(Mailbox, null=True, on_delete=models.SET_NULL, related_name="arrivals")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "channel_id"], name="one_arrival_a_channel_id")]
        indexes = [models.Index(fields=["state", "received_at"], name="arrival_state_received")]

    def __str__(self) -> str:
        return f"arrival {self.id}"


class OutgoingQuerySet(models.QuerySet["Outgoing"]):
    """What is on its way out."""

    def waiting(self) -> "OutgoingQuerySet":
        """What has not left and may still leave or be taken back."""
        return self.filter(state=Outgoing.State.WAITING)

    def due(self, at: datetime) -> "OutgoingQuerySet":
        """What may leave now, the first in line first. Nothing overtakes an earlier one to the same address."""
        earlier = Outgoing.objects.filter(
            to_index=models.OuterRef("to_index"),
            turn__lt=models.OuterRef("turn"),
            state__in=(Outgoing.State.WAITING, Outgoing.State.SENDING),
        )
        return (
            self.waiting()
            .filter(
                Q(claimed_until=None) | Q(claimed_until__lte=at),
                Q(next_try_at=None) | Q(next_try_at__lte=at),
                not_before__lte=at,
                waiting_since__gt=at - TOO_OLD,
            )
            .exclude(models.Exists(earlier))
            .order_by("turn", "created_at", "id")
        )


@declares(
    id=plain("a random number"),
    kind=plain("a reply of ours or a fixed letter"),
    decision_id=plain("the number of the decision that let it out"),
    reply_message_id=plain("the number of the reply in its thread"),
    to=personal(Kind.CONTACT, purposes=("service",), basis="contract", retention="24 months after the last message"),
    to_index=personal(
        Kind.CONTACT, purposes=("service",), basis="contract", retention="24 months after the last message"
    ),
    also_to=personal(
        Kind.CONTACT, purposes=("service",), basis="contract", retention="24 months after the last message"
    ),
    content=personal(
        Kind.CONTENT, purposes=("service",), basis="contract", retention="24 months after the last message"
    ),
    mailbox=plain("which mailbox it leaves from; none: the mail server of the settings"),
    copy_kept_at=plain("when a copy was put into the mailbox's Sent folder"),
    bounced_at=plain("when it came back undelivered"),
    bounce=plain("the status number of the bounce"),
    key_id=plain("which key opens the sealed fields"),
    message_id=plain("our own random name for the mail"),
    turn=plain("its place in the line"),
    not_before=plain("when it may leave"),
    waiting_since=plain("since when it waits, or when somebody let it go again"),
    next_try_at=plain("when the mail server is asked again"),
    state=plain("how far it got"),
    attempts=plain("how often it was tried"),
    claim=plain("a random number of the sender at work on it"),
    claimed_until=plain("how long that sender has"),
    sent_at=plain("when the mail server took it"),
    problem=plain("what the mail server said, as a number; never an address"),
    created_at=plain("when the row was made"),
)
class Outgoing(SealedRow):
    """A finished mail and how far it got; ``also_to`` holds further addresses, one a line. Undo and the sender change this row under a condition: the first wins."""

    class Kind(models.TextChoices):
        REPLY = "reply", _("Answer")
        LETTER = "letter", _("Letter")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Leaving now")
        SENT = "sent", _("Sent")
        TAKEN_BACK = "taken back", _("Taken back")
        UNSURE = "unsure", _("Unsure")
        REFUSED = "refused", _("Refused")
        HELD = "held", _("Held")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    decision_id = models.BigIntegerField(null=True, unique=True)
    reply_message_id = models.BigIntegerField(null=True, db_index=True)
    to = SealedTextField(index="to_index")
    to_index = models.BinaryField(max_length=32, db_index=True, editable=False)
    also_to = SealedTextField(blank=True, default="")
    content = SealedBytesField()
    mailbox = models.ForeignKey(Mailbox, null=True, on_delete=models.PROTECT, related_name="outgoing")
    copy_kept_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    bounce = models.CharField(max_length=12, blank=True, default="")
    key_id = models.UUIDField(editable=False)
    message_id = models.CharField(max_length=200, unique=True)
    turn = models.BigIntegerField(db_index=True)
    not_before = models.DateTimeField()
    waiting_since = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    claim = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=80, blank=True, default="")
    created_at = models.DateTimeField()

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="letter", decision_id=None) | Q(kind="reply", decision_id__isnull=False),
                name="a_reply_has_a_decision",
            ),
        ]
        indexes = [models.Index(fields=["state", "turn"], name="outgoing_state_turn")]

    def __str__(self) -> str:
        return f"outgoing {self.id}"


@declares(
    id=plain("a random number"),
    address=personal(Kind.CONTACT, purposes=("service",), basis="contract", retention="until the owner removes it"),
    webhook=personal(Kind.CONTACT, purposes=("service",), basis="contract", retention="until the owner removes it"),
    key_id=plain("which key opens the sealed fields"),
    warned_at=plain("when it was last used"),
    warned_of=plain("the class of what was wrong then"),
    problem=plain("why the last warning did not get through"),
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

    def __str__(self) -> str:
        return "second path"


@declares(
    id=plain("there is one"),
    closed_until=plain("when the mail server is asked again"),
    failures=plain("how often in a row it could not be reached"),
    problem=plain("why, without an address"),
    since=plain("since when"),
)
class MailServer(models.Model):
    """How the mail server has been lately, so that a long silence of it is met with patience and seen by everybody."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    closed_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=80, blank=True, default="")
    since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return "mail server"


@declares(
    id=plain("a number"),
    who=personal(Kind.BEHAVIOR, purposes=("service",), basis="legitimate interest", retention="2 days"),
    window=plain("the hour or day that is counted"),
    count=plain("how many came in it"),
    until=plain("when the row may go"),
)
class Knock(models.Model):
    """How often somebody came to the form within an hour or a day; who it was is a keyed digest, new each window."""

    who = models.BinaryField(max_length=32)
    window = models.CharField(max_length=40)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["who", "window"], name="one_count_a_window")]

    def __str__(self) -> str:
        return f"knock {self.pk}"

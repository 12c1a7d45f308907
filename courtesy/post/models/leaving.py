"""What goes out and how far it got, and how the servers have been that take it."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courtesy.post.models.mailboxes import Mailbox
from courtesy.privacy.declarations import Kind, declares, personal, plain
from courtesy.privacy.sealing import SealedBytesField, SealedRow, SealedTextField

TOO_OLD = timedelta(hours=24)
"""What waited longer than this leaves only after a click."""


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
    """A finished mail and how far it got; ``also_to`` holds further addresses, one a line.

    Undo and the sender change this row under a condition: the first wins.
    """

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
    name=plain("the number of a mailbox, or the server of the settings"),
    closed_until=plain("when the mail server is asked again"),
    failures=plain("how often in a row it could not be reached"),
    problem=plain("the class of what is wrong, without an address"),
    since=plain("since when"),
)
class MailServer(models.Model):
    """How a mail server has been lately, so that a long silence of it is met with patience and seen by everybody."""

    OF_THE_SETTINGS = "settings"

    name = models.CharField(primary_key=True, max_length=40, default=OF_THE_SETTINGS)
    closed_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=80, blank=True, default="")
    since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"mail server {self.name}"

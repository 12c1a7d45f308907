"""What came in, raw and sealed, and who comes how often."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courtesy.post.models.mailboxes import Mailbox
from courtesy.privacy.declarations import Kind, declares, personal, plain
from courtesy.privacy.sealing import SealedBytesField, SealedRow


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
    put_away_at=plain("when a colleague had dealt with what could not be read"),
    bringing_id=plain("which import brought it, where it is a letter of the past"),
)
class Arrival(SealedRow):
    """Something that came in, exactly as it came. Once this row is written it cannot be lost.

    With a ``bringing_id`` it is a letter of the past, which nobody waits for an answer to.
    """

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
    bringing_id = models.UUIDField(null=True)
    put_away_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "channel_id"], name="one_arrival_a_channel_id")]
        indexes = [
            models.Index(fields=["state", "received_at"], name="arrival_state_received"),
            models.Index(fields=["bringing_id"], name="arrival_bringing", condition=Q(bringing_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"arrival {self.id}"


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

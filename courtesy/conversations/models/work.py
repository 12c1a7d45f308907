"""What colleagues do around threads: words not sent yet, calls, tags, looks, views, promises."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courtesy.conversations.models.threads import KEPT, Message, Thread
from courtesy.privacy.declarations import Kind, declares, personal, plain
from courtesy.privacy.sealing import SealedRow, SealedTextField


@declares(
    id=plain("a random number"),
    thread=plain("where they are writing"),
    colleague=personal(Kind.WORK, purposes=("service",), basis="contract", retention="until sent or set aside"),
    words=personal(Kind.CONTENT, purposes=("service",), basis="contract", retention="until sent or set aside"),
    key_id=plain("which key opens the sealed field"),
    addresses=personal(Kind.CONTACT, purposes=("service",), basis="contract", retention="until sent or set aside"),
    tab=plain("a random number of the browser's tab"),
    at=plain("when they last typed"),
)
class Composing(SealedRow):
    """What a colleague has typed and not sent, one row a browser tab, so that nothing typed is lost.

    ``addresses`` are the boxes "Also to", "Cc" and "Bcc" as typed, one a line; empty where nobody touched them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="being_written")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="being_written")
    words = models.TextField()
    key_id = models.UUIDField(null=True, editable=False)
    addresses = SealedTextField(blank=True, default="")
    tab = models.CharField(max_length=40, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "colleague", "tab"], name="one_unsent_text_a_tab"),
        ]

    def __str__(self) -> str:
        return f"unsent words {self.pk}"


@declares(
    message=plain("the note that calls them"),
    colleague=personal(Kind.WORK, purposes=("service",), basis="contract", retention="until the colleague leaves"),
    event=plain("the event that the note is"),
    seen_at=plain("when they looked"),
)
class Call(models.Model):
    """A colleague whom a note calls by name ("@Ben"): it stands on their Today until they have looked."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="calls")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calls")
    event = models.BigIntegerField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "colleague"], name="one_call_a_colleague")]
        indexes = [models.Index(fields=["colleague"], name="call_unseen", condition=models.Q(seen_at=None))]

    def __str__(self) -> str:
        return f"call {self.pk}"


@declares(name=plain("what the shop calls it"), created_at=plain("when it was made"))
class Tag(models.Model):
    """A word the shop puts on threads."""

    name = models.CharField(max_length=40, unique=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


@declares(
    thread=plain("on which thread"),
    tag=plain("which word"),
    by=personal(Kind.WORK, purposes=("service",), basis="contract", retention=KEPT),
    at=plain("when"),
)
class Tagging(models.Model):
    """A tag on a thread."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "tag"], name="one_tagging_a_tag")]

    def __str__(self) -> str:
        return f"tagging {self.pk}"


@declares(
    colleague=personal(Kind.WORK, purposes=("service",), basis="contract", retention="until the colleague leaves"),
    thread=plain("which thread"),
    event=plain("the last event they have seen"),
    at=plain("when they looked, last"),
    writes_at=plain("when they typed, last"),
)
class Look(models.Model):
    """A colleague's look at a thread: what they have seen (unread), whether they are there now (presence)."""

    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="looks")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="looks")
    event = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    writes_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "colleague"], name="one_look_a_colleague")]

    def __str__(self) -> str:
        return f"look {self.pk}"


@declares(
    colleague=personal(Kind.WORK, purposes=("service",), basis="contract", retention="until the colleague leaves"),
    name=plain("what it is called"),
    filters=plain("states, tags and colleagues; never words of a customer"),
    created_at=plain("when it was made"),
)
class SavedView(models.Model):
    """A list that a colleague, or with None everybody, wants again: ``filters`` as `queries.Filter` reads them."""

    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="views")
    name = models.CharField(max_length=40)
    filters: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"saved view {self.pk}"


@declares(
    thread=plain("where it was given"),
    message=plain("the answer in which it was given"),
    words=personal(Kind.CONTENT, purposes=("service",), basis="contract", retention=KEPT),
    due_on=plain("by which day"),
    state=plain("how it stands"),
    made_by=personal(Kind.WORK, purposes=("service",), basis="contract", retention=KEPT),
    holder=personal(Kind.WORK, purposes=("service",), basis="contract", retention=KEPT),
    made_at=plain("when it was given"),
    ended_at=plain("when it was kept or taken off"),
)
class Promise(models.Model):
    """Something we said we would do, and by when. OFFERED is what was recognized and no person has confirmed yet."""

    class State(models.TextChoices):
        OFFERED = "offered", _("Is this a promise?")
        OPEN = "open", _("Promised")
        KEPT = "kept", _("Kept")
        DROPPED = "dropped", _("Not a promise")

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="promises")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="promises")
    words = models.CharField(max_length=400)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OFFERED)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="promises_made")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="promises_held")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_on"], name="promise_state_due")]

    def __str__(self) -> str:
        return f"promise {self.pk}"

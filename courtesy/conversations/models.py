"""Threads, what was said in them, what happened to them, and words not sent yet."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courtesy.people.models import Person
from courtesy.privacy.declarations import Kind, declares, personal, plain
from courtesy.privacy.sealing import SealedBytesField, SealedRow, SealedTextField

EventId = int
"""The number of the last event somebody has seen in a thread."""

KEPT = "24 months after the last message"


def new_salt() -> str:
    """A random text that a thread's private links depend on."""
    return secrets.token_urlsafe(12)


@declares(
    id=plain("a number"),
    person=personal(Kind.CONTENT, purposes=("service",), basis="contract", retention=KEPT),
    subject=personal(Kind.CONTENT, purposes=("service",), basis="contract", retention=KEPT),
    state=plain("whose turn it is"),
    assignee=personal(Kind.WORK, purposes=("service",), basis="contract", retention=KEPT),
    last_event_at=plain("when anything last happened"),
    last_message_at=plain("when anybody last wrote"),
    reader_salt=plain("a random text that private links depend on"),
    arrived_by=plain("the way the first message came"),
    created_at=plain("when the row was made"),
    snoozed_until=plain("when it comes back by itself"),
    apart=plain("why it is kept out of the queue, if it is"),
    merged_into=plain("the thread it became part of"),
    mailbox_id=plain("which mailbox it came to"),
    first_reply_due_at=plain("by when the shop wants to have answered first"),
    first_replied_at=personal(Kind.WORK, purposes=("service",), basis="contract", retention=KEPT),
)
class Thread(models.Model):
    """All that was said about one matter with one person.

    ``apart`` keeps automatic mail, lists, bounces and spam out of every view but their own; a person can bring it
    back. A thread that was ``merged_into`` another is empty and leads there.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        WAITING = "waiting", _("Waiting for the customer")
        SNOOZED = "snoozed", _("Snoozed")
        RESOLVED = "resolved", _("Resolved")

    class Apart(models.TextChoices):
        AUTOMATIC = "automatic", _("Automatic answer")
        LIST = "list", _("Newsletter or list")
        NO_REPLY = "no-reply", _("A machine that reads no answers")
        BOUNCE = "bounce", _("Undelivered mail")
        SPAM = "spam", _("Spam")
        BLOCKED = "blocked", _("Blocked sender")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="threads")
    subject = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="threads"
    )
    last_event_at = models.DateTimeField()
    last_message_at = models.DateTimeField()
    reader_salt = models.CharField(max_length=24, default=new_salt)
    arrived_by = models.CharField(max_length=20)
    created_at = models.DateTimeField()
    snoozed_until = models.DateTimeField(null=True)
    apart = models.CharField(max_length=10, choices=Apart.choices, blank=True, default="")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged_from")
    mailbox_id = models.UUIDField(null=True)
    first_reply_due_at = models.DateTimeField(null=True)
    first_replied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-last_message_at", "-id"], name="thread_newest"),
            models.Index(fields=["state", "-last_message_at", "-id"], name="thread_state_newest"),
            models.Index(fields=["assignee", "state", "-last_message_at", "-id"], name="thread_mine_newest"),
        ]

    def __str__(self) -> str:
        return f"thread {self.pk}"

    @property
    def last_event(self) -> EventId:
        """The number of the last thing that happened here; 0 where nothing did."""
        return self.events.order_by("-id").values_list("id", flat=True).first() or 0


@declares(
    id=plain("a number"),
    thread=plain("where it was said"),
    kind=plain("in, out or a note"),
    body=personal(Kind.CONTENT, purposes=("service", "improve"), basis="contract", retention=KEPT),
    person=personal(Kind.CONTENT, purposes=("service",), basis="contract", retention=KEPT),
    colleague=personal(Kind.WORK, purposes=("service",), basis="contract", retention=KEPT),
    at=plain("when"),
    arrival_id=plain("the arrival it was read from"),
    decision_id=plain("the decision that let it out"),
    person_only=personal(Kind.PERMISSION, purposes=("service",), basis="contract", retention=KEPT),
    taken_back_at=plain("when the reply was taken back before it left"),
)
class Message(models.Model):
    """What a customer wrote, what we answered, or a note among ourselves; plain words, so that they can be found."""

    class Kind(models.TextChoices):
        IN = "in", _("From the customer")
        OUT = "out", _("From us")
        NOTE = "note", _("Note")

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    body = models.TextField()
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="messages")
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="messages"
    )
    at = models.DateTimeField()
    arrival_id = models.UUIDField(null=True, unique=True)
    decision_id = models.BigIntegerField(null=True, unique=True)
    person_only = models.BooleanField(default=False)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="in", person__isnull=False, colleague=None)
                | Q(kind__in=("out", "note"), person=None, colleague__isnull=False)
                # Written in the old mail program: somebody of us, we may not know who.
                | Q(kind="out", person=None, colleague=None, arrival_id__isnull=False),
                name="a_message_has_one_author",
            ),
        ]
        indexes = [models.Index(fields=["thread", "id"], name="message_thread_id")]

    def __str__(self) -> str:
        return f"message {self.pk}"


@declares(
    id=plain("a number"),
    thread=plain("where it happened"),
    kind=plain("what happened"),
    by=personal(Kind.WORK, purposes=("service",), basis="contract", retention=KEPT),
    at=plain("when"),
    message=plain("the message it is about"),
    facts=plain("numbers and states, never words of anybody"),
)
class Event(models.Model):
    """Something that happened in a thread, in order."""

    class Kind(models.TextChoices):
        ARRIVED = "arrived", _("A message arrived")
        ANSWERED = "answered", _("Answered")
        TAKEN_BACK = "taken back", _("Answer taken back")
        NOTED = "noted", _("Note written")
        RESOLVED = "resolved", _("Resolved")
        REOPENED = "reopened", _("Opened again")
        ASSIGNED = "assigned", _("Given to a colleague")
        DRAFTED = "drafted", _("Draft written by the machine")
        SET_ASIDE_DRAFT = "set aside draft", _("Draft set aside")
        LOOK_AGAIN = "look again", _("A person is asked to look again")
        REFUSED = "refused", _("The mail server refused the answer")
        UNSURE = "unsure", _("Unsure whether the answer left")
        HELD = "held", _("The answer waits for a click")
        ELSEWHERE = "elsewhere", _("Answered elsewhere")
        BOUNCED = "bounced", _("The answer came back undelivered")
        SNOOZED = "snoozed", _("Snoozed")
        WOKE = "woke", _("Back from snoozing")
        TAGGED = "tagged", _("Tagged")
        UNTAGGED = "untagged", _("Tag taken off")
        MERGED = "merged", _("Another thread was merged into this one")
        SPLIT = "split", _("Split off into a thread of its own")
        UNMERGED = "unmerged", _("A merge was undone")
        SET_APART = "set apart", _("Kept out of the queue")
        BROUGHT_BACK = "brought back", _("Brought back into the queue")
        PROMISED = "promised", _("Promised")
        KEPT_PROMISE = "kept promise", _("Promise kept")
        HANDED_OVER = "handed over", _("Promise handed over")
        ACKNOWLEDGED = "acknowledged", _("Told automatically that it arrived")

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="events")
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(fields=["thread", "id"], name="event_thread_id")]

    def __str__(self) -> str:
        return f"event {self.pk}"


@declares(
    id=plain("a random number"),
    thread=plain("where they are writing"),
    colleague=personal(Kind.WORK, purposes=("service",), basis="contract", retention="until sent or set aside"),
    words=personal(Kind.CONTENT, purposes=("service",), basis="contract", retention="until sent or set aside"),
    tab=plain("a random number of the browser's tab"),
    at=plain("when they last typed"),
)
class Composing(models.Model):
    """What a colleague has typed and not sent, one row a browser tab, so that nothing typed is lost."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="being_written")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="being_written")
    words = models.TextField()
    tab = models.CharField(max_length=40, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "colleague", "tab"], name="one_unsent_text_a_tab"),
        ]

    def __str__(self) -> str:
        return f"unsent words {self.pk}"


@declares(
    id=plain("a random number"),
    key_id=plain("which key opens the sealed fields"),
    message=plain("which message came or went in it"),
    mail_id=personal(Kind.CONTENT, purposes=("service",), basis="contract", retention=KEPT),
    mail_id_index=personal(Kind.CONTENT, purposes=("service",), basis="contract", retention=KEPT),
    sender=personal(Kind.CONTACT, purposes=("service",), basis="contract", retention=KEPT),
    to=personal(Kind.CONTACT, purposes=("service",), basis="contract", retention=KEPT),
    cc=personal(Kind.CONTACT, purposes=("service",), basis="contract", retention=KEPT),
    verified=plain("whether the receiving server could tell who sent it"),
    has_html=plain("whether it also came as a formatted page"),
    marks=plain("what is odd about it, by class"),
)
class Envelope(SealedRow):
    """What stood on the outside of a mail. ``sender``, ``to`` and ``cc`` are addresses as written, one a line."""

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
    verified = models.CharField(max_length=6, choices=Verified.choices, default=Verified.NONE)
    has_html = models.BooleanField(default=False)
    marks: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return f"envelope {self.id}"


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


@declares(
    group=plain("which move it was part of"),
    message=plain("which message was moved"),
    from_thread=plain("where it was"),
    to_thread=plain("where it is"),
    by=personal(Kind.WORK, purposes=("service",), basis="contract", retention=KEPT),
    at=plain("when"),
    undone_at=plain("when it was moved back"),
)
class Move(models.Model):
    """A message that a merge or a split took into another thread, so that it can go back."""

    group = models.UUIDField(db_index=True)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="moves")
    from_thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    to_thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"move {self.pk}"


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
    """A list that a colleague, or with None everybody, wants to see again: ``filters`` as `queries.Filter` reads them."""

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

"""Threads, what was said in them, what happened to them, and what was moved between them."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courtesy.people.models import Person
from courtesy.privacy.declarations import Kind, declares, personal, plain

EventId = int
"""The number of the last event somebody has seen in a thread."""

KEPT = "24 months after the last message"

QUEUE = Q(apart="", merged_into=None)
"""What the lists show: neither kept apart nor part of another thread. Their indexes hold only these."""


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
        COLLEAGUE = "colleague", _("From a colleague")

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
    # Its own small index stands below: a whole one would look cheaper to SQLite than walking along a list.
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged_from", db_index=False
    )
    mailbox_id = models.UUIDField(null=True)
    first_reply_due_at = models.DateTimeField(null=True)
    first_replied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["-last_message_at", "-id"], name="thread_newest", condition=QUEUE & ~Q(state="resolved")
            ),
            models.Index(fields=["state", "-last_message_at", "-id"], name="thread_state_newest", condition=QUEUE),
            models.Index(
                fields=["assignee", "state", "-last_message_at", "-id"], name="thread_mine_newest", condition=QUEUE
            ),
            models.Index(
                fields=["-last_message_at", "-id"],
                name="thread_apart_newest",
                condition=Q(merged_into=None) & ~Q(apart=""),
            ),
            models.Index(fields=["merged_into"], name="thread_merged_into", condition=Q(merged_into__isnull=False)),
            models.Index(fields=["snoozed_until"], name="thread_snoozed_until", condition=Q(state="snoozed")),
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
    automatic=plain("whether a machine wrote it for its owner, as when they are away"),
    bringing_id=plain("which import brought it, where it is a letter of the past"),
)
class Message(models.Model):
    """What a customer wrote, what we answered, or a note among ourselves; plain words, so that they can be found.

    ``automatic`` is an answer by a customer's machine ("I am away"): it is shown small and asks for nothing. With a
    ``bringing_id`` it was written before it came here, and numbers say nothing about its place: its time does.
    """

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
    automatic = models.BooleanField(default=False)
    bringing_id = models.UUIDField(null=True)

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
        indexes = [
            models.Index(fields=["thread", "id"], name="message_thread_id"),
            models.Index(fields=["at"], name="message_at"),
            models.Index(fields=["bringing_id"], name="message_bringing", condition=Q(bringing_id__isnull=False)),
        ]

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
    group=plain("which move it was part of"),
    message=plain("which message was moved"),
    event=plain("which event without a message was moved"),
    from_thread=plain("where it was"),
    to_thread=plain("where it is"),
    by=personal(Kind.WORK, purposes=("service",), basis="contract", retention=KEPT),
    at=plain("when"),
    undone_at=plain("when it was moved back"),
)
class Move(models.Model):
    """A message, or an event that is about none, which a merge or a split took into another thread, so that it can go
    back. Without ``by`` the mails themselves showed that two threads are one."""

    group = models.UUIDField(db_index=True)
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="moves")
    event = models.ForeignKey(Event, null=True, on_delete=models.CASCADE, related_name="moves")
    from_thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    to_thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"move {self.pk}"

"""What exists between a message and an answer: beliefs and suggestions, what a person decided, how it ended; past
questions that are drafted once more, to see what drafts would have been worth; and who vouches for an old sentence."""

from typing import Any

from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from courtesy.privacy.declarations import Kind, declares, personal, plain

KEPT_LIKE_THE_MESSAGE = "as long as the message it is about"
KEPT_LIKE_THE_ANSWER = "as long as the answer it stands in"
KEPT_AS_EVIDENCE = "as long as the replay"
WORDS_ALONE = "words alone"
"""Stands in the place of a model's name where no encoder was there to read meaning."""


class Verb(models.TextChoices):
    """What a person can decide."""

    SEND = "send", _("sent")
    DISMISS = "dismiss", _("set aside")
    RESOLVE = "resolve", _("resolved without an answer")


class Why(models.TextChoices):
    """Why a colleague sets a draft aside; one click."""

    WRONG = "wrong", _("It is wrong")
    BESIDE = "beside the point", _("It answers something else")
    OLD = "out of date", _("It is out of date")
    PERSONAL = "needs a person", _("This needs a person’s words")


class How(models.TextChoices):
    """Whose words an answer was made of."""

    AS_DRAFTED = "as drafted", _("as drafted")
    EDITED = "edited", _("edited")
    OWN_WORDS = "own words", _("own words")


@declares(
    message=plain("which message it is about"),
    kind=plain("what sort of belief"),
    value=personal(Kind.CONTENT, purposes=("service",), basis="contract", retention=KEPT_LIKE_THE_MESSAGE),
    reasons=personal(Kind.CONTENT, purposes=("service",), basis="contract", retention=KEPT_LIKE_THE_MESSAGE),
    score=plain("how sure the machine was"),
    model=plain("which model and version thought so"),
    at=plain("when it thought so"),
    corrected_to=personal(Kind.CONTENT, purposes=("service",), basis="contract", retention=KEPT_LIKE_THE_MESSAGE),
    corrected_by=personal(Kind.WORK, purposes=("service",), basis="contract", retention=KEPT_LIKE_THE_MESSAGE),
    corrected_at=plain("when a person corrected it"),
)
class Belief(models.Model):
    """What the machine thinks about a message. It may order a list or fill a panel; it never acts."""

    message = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="beliefs")
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=120, blank=True)
    reasons = models.JSONField(default=list)
    score = models.FloatField()
    model = models.CharField(max_length=80)
    at = models.DateTimeField()
    corrected_to = models.CharField(max_length=120, blank=True)
    corrected_by = models.ForeignKey("staff.Colleague", null=True, on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["message", "kind"], name="one_belief_of_a_kind")]

    def __str__(self) -> str:
        return f"belief {self.pk}"

    @property
    def holds(self) -> str:
        """What counts now: a person's correction, else what the machine thinks; empty is "don't know"."""
        return self.corrected_to if self.corrected_at else self.value


class Suggestions(models.QuerySet["Suggestion"]):
    """Suggestions, asked by their state."""

    def drafts(self) -> "Suggestions":
        """Those that hold words, not only the reason why there are none."""
        return self.filter(reason="")

    def undecided(self) -> "Suggestions":
        """Those that no standing decision answers."""
        standing = Decision.objects.filter(suggestion=models.OuterRef("pk"), taken_back_at=None)
        return self.exclude(models.Exists(standing))


@declares(
    message=plain("which message it would answer"),
    kind=plain("what sort of suggestion"),
    words=personal(Kind.CONTENT, purposes=("service",), basis="contract", retention=KEPT_LIKE_THE_MESSAGE),
    reason=plain("why there is no draft"),
    model=plain("which encoder read the message"),
    at=plain("when it was filed"),
    took_ms=plain("how long it took"),
)
class Suggestion(models.Model):
    """What the machine would do: a reply draft, or the reason why it has none. Nothing happens until it is decided.

    ``words`` holds the draft by sentences, each with the passage it stands on; `queries.DraftCard` reads it.
    """

    message = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="suggestions")
    kind = models.CharField(max_length=20, default="reply")
    words: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    reason = models.CharField(max_length=40, blank=True)
    model = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    took_ms = models.PositiveIntegerField(default=0)

    objects = Suggestions.as_manager()

    class Meta:
        constraints = [UniqueConstraint(fields=["message", "kind"], name="one_suggestion_of_a_kind")]

    def __str__(self) -> str:
        return f"suggestion {self.pk}"


@declares(
    suggestion=plain("which suggestion it decides, if any"),
    message=plain("which message it answers"),
    thread=plain("in which thread"),
    verb=plain("what was decided"),
    by=personal(Kind.WORK, purposes=("service",), basis="contract", retention=KEPT_LIKE_THE_MESSAGE),
    at=plain("when"),
    taken_back_at=plain("when it was taken back"),
    why=plain("the reason chosen for setting a draft aside"),
)
class Decision(models.Model):
    """What a person did: with a suggestion, or on their own account; who, when, and which verb."""

    suggestion = models.ForeignKey(Suggestion, null=True, on_delete=models.CASCADE, related_name="decisions")
    message = models.ForeignKey("conversations.Message", null=True, on_delete=models.CASCADE, related_name="decisions")
    thread = models.ForeignKey("conversations.Thread", on_delete=models.CASCADE, related_name="decisions")
    verb = models.CharField(max_length=20, choices=Verb.choices)
    by = models.ForeignKey("staff.Colleague", on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["suggestion"], condition=Q(taken_back_at__isnull=True), name="one_standing_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}"


@declares(
    decision=plain("which decision it followed"),
    how=plain("whose words were sent"),
    share_changed=plain("how much of the draft was changed"),
    sentences=plain("how many sentences the draft had"),
    sentences_kept=plain("how many of them were sent as drafted"),
    seconds_to_answer=personal(Kind.WORK, purposes=("service",), basis="contract", retention=KEPT_LIKE_THE_MESSAGE),
    came_back_at=personal(Kind.BEHAVIOR, purposes=("service",), basis="contract", retention=KEPT_LIKE_THE_MESSAGE),
)
class Outcome(models.Model):
    """How an answer turned out: whose words it was, how long it took, whether the customer had to write again."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="outcome")
    how = models.CharField(max_length=20, choices=How.choices)
    share_changed = models.FloatField(default=0.0)
    sentences = models.PositiveSmallIntegerField(default=0)
    sentences_kept = models.PositiveSmallIntegerField(default=0)
    seconds_to_answer = models.PositiveIntegerField(null=True)
    came_back_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"outcome of decision {self.decision_id}"


class Verdict(models.TextChoices):
    """How a draft compares to the answer that a colleague gave."""

    BETTER = "better", _("Better")
    SAME = "same", _("As good")
    WORSE = "worse", _("Worse")


@declares(
    by=personal(Kind.WORK, purposes=("improve",), basis="legitimate interest", retention=KEPT_AS_EVIDENCE),
    at=plain("when it was asked for"),
    total=plain("how many questions there are to draft"),
    left_out=plain("how many were left out, by the reason; never who"),
    model=plain("which encoder read the questions"),
    ended_at=plain("when the last was drafted"),
)
class Replay(models.Model):
    """The latest questions that were answered, drafted once more as if they came now."""

    by = models.ForeignKey("staff.Colleague", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    total = models.PositiveSmallIntegerField(null=True)
    left_out: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(default=dict)
    model = models.CharField(max_length=80, blank=True, default="")
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"replay {self.pk}"


@declares(
    replay=plain("which replay it is part of"),
    place=plain("its place, the newest question first"),
    question=plain("which message was drafted for"),
    answer=plain("which message of ours answered it"),
    words=personal(Kind.CONTENT, purposes=("improve",), basis="legitimate interest", retention=KEPT_LIKE_THE_MESSAGE),
    reason=plain("why there is no draft"),
    took_ms=plain("how long it took"),
)
class Replayed(models.Model):
    """One question with the answer that was given and the draft that would have been; the words as in a suggestion."""

    replay = models.ForeignKey(Replay, on_delete=models.CASCADE, related_name="pairs")
    place = models.PositiveSmallIntegerField()
    question = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="+")
    answer = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="+")
    words: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    reason = models.CharField(max_length=40, blank=True, default="")
    took_ms = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["place"]
        constraints = [UniqueConstraint(fields=["replay", "question"], name="one_rehearsal_a_question")]

    def __str__(self) -> str:
        return f"replayed {self.pk}"


@declares(
    pair=plain("which pair it is about"),
    verdict=plain("better, as good or worse than the answer that was given"),
    by=personal(Kind.WORK, purposes=("improve",), basis="legitimate interest", retention=KEPT_AS_EVIDENCE),
    at=plain("when"),
    taken_back_at=plain("when it was taken back, or said anew"),
)
class Mark(models.Model):
    """What a colleague thinks of a draft beside the answer that was given. One stands; the others are history."""

    pair = models.ForeignKey(Replayed, on_delete=models.CASCADE, related_name="marks")
    verdict = models.CharField(max_length=6, choices=Verdict.choices)
    by = models.ForeignKey("staff.Colleague", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["pair"], condition=Q(taken_back_at__isnull=True), name="one_standing_mark"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="a_mark_is_a_verdict"),
        ]

    def __str__(self) -> str:
        return f"mark {self.pk}"


@declares(
    message=plain("in which answer of ours the sentence stands"),
    start=plain("where it begins there"),
    end=plain("where it ends there"),
    by=personal(Kind.WORK, purposes=("improve",), basis="legitimate interest", retention=KEPT_LIKE_THE_ANSWER),
    at=plain("when"),
    taken_back_at=plain("when it was taken back"),
)
class Voucher(models.Model):
    """A colleague says that this sentence of an earlier answer may serve others. It holds for these very words alone.

    It stands in for an article or a second person that vouches, never for permission, nor for the gate that keeps
    secrets: both are asked anew at every use.
    """

    message = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    by = models.ForeignKey("staff.Colleague", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["message", "start", "end"],
                condition=Q(taken_back_at__isnull=True),
                name="one_standing_voucher",
            ),
        ]

    def __str__(self) -> str:
        return f"voucher {self.pk}"

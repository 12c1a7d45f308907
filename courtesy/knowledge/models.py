"""Articles, every version of them, and the passages that drafts are made of."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courtesy.privacy.declarations import Kind, declares, personal, plain
from courtesy.staff.models import Language

KEPT = "as long as the article"
KEPT_LIKE_THE_ANSWER = "as long as the answer it stands in, and only while its customer does not object"

KEPT_AT_HAND = "30 days; it opens only while the text it was made of is there"


class Audience(models.TextChoices):
    """Who may read an article."""

    PUBLIC = "public", _("Everybody")
    INTERNAL = "internal", _("Only we; drafts may use a sentence of it, and never show it as a source")


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles by who may read them."""

    def current(self) -> "ArticleQuerySet":
        """Those that were not put away."""
        return self.filter(archived_at=None)

    def public(self) -> "ArticleQuerySet":
        """Those that everybody may read."""
        return self.current().filter(audience=Audience.PUBLIC)


@declares(
    slug=plain("its place in addresses"),
    title=plain("the shop's own words"),
    text=plain("the shop's own words"),
    language=plain("the language it is written in"),
    audience=plain("who may read it"),
    reviewed_on=plain("when somebody last checked that it is true"),
    number=plain("how often it changed"),
    created_at=plain("when it was written"),
    changed_at=plain("when it was last changed"),
    changed_by=personal(Kind.WORK, purposes=("service",), basis="contract", retention=KEPT),
    archived_at=plain("when it was put away"),
)
class Article(models.Model):
    """Something the shop knows, in Markdown. ``number`` is the number of its newest version."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("Title"), max_length=140)
    text = models.TextField(_("Text, in Markdown"))
    language = models.CharField(_("Language"), max_length=5, choices=Language.choices, default=Language.ENGLISH)
    audience = models.CharField(_("Who may read it"), max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    reviewed_on = models.DateField(null=True, blank=True)
    number = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="article_has_a_known_audience"),
        ]
        indexes = [models.Index(fields=["archived_at", "title"], name="article_current_title")]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_public(self) -> bool:
        """Whether a customer may read it and be shown it as a source."""
        return self.audience == Audience.PUBLIC and self.archived_at is None


@declares(
    article=plain("which article"),
    number=plain("the how-manieth version"),
    title=plain("the shop's own words"),
    text=plain("the shop's own words"),
    language=plain("the language it was written in"),
    audience=plain("who could read it"),
    by=personal(Kind.WORK, purposes=("service",), basis="contract", retention=KEPT),
    at=plain("when"),
)
class ArticleVersion(models.Model):
    """An article as it stood from ``at`` on. Never changed; restoring one makes a new one."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=140)
    text = models.TextField()
    language = models.CharField(max_length=5)
    audience = models.CharField(max_length=10)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"version {self.number} of article {self.article_id}"


@declares(
    article=plain("the article it is cut from"),
    ordinal=plain("its place in the article"),
    heading=plain("the shop's own words"),
    text=plain("the shop's own words"),
    content_hash=plain("a digest of title, heading and text: equal words keep their readings"),
)
class Passage(models.Model):
    """A piece of an article: short enough to compare, long enough to make sense. One sentence a line."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="passages")
    ordinal = models.PositiveIntegerField()
    heading = models.CharField(max_length=200, blank=True, default="")
    text = models.TextField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["article", "ordinal"]

    def __str__(self) -> str:
        return f"passage {self.pk}"


@declares(
    passage=plain("which passage"),
    encoder=plain("which encoder read it"),
    vectors=plain("the shop's own words as numbers"),
)
class PassageReading(models.Model):
    """A passage as one encoder reads it. While the shop changes to another encoder, both readings stand side by side.

    ``vectors``: the rows of `science.passages.readings` one after the other, little-endian float32.
    """

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="readings")
    encoder = models.CharField(max_length=60)
    vectors = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["passage", "encoder"], name="one_reading_an_encoder")]
        indexes = [models.Index(fields=["encoder"], name="reading_encoder")]

    def __str__(self) -> str:
        return f"reading {self.pk}"


@declares(
    digest=personal(Kind.CONTENT, purposes=("service",), basis="contract", retention=KEPT_AT_HAND),
    sealed=personal(Kind.CONTENT, purposes=("service",), basis="contract", retention=KEPT_AT_HAND),
    read_at=plain("when it was read"),
)
class KeptReading(models.Model):
    """What an encoder made of a text, so that no text is read twice. It holds no words and opens only to who has them.

    ``digest`` is keyed: nobody without the house's key can try out whether a text was read. ``sealed`` is closed with
    a key that is made of the text itself: once the text is erased, nobody can open it, the house neither.
    """

    digest = models.BinaryField(max_length=32, unique=True)
    sealed = models.BinaryField()
    read_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["read_at"], name="kept_reading_age")]

    def __str__(self) -> str:
        return f"kept reading {self.pk}"


@declares(
    message_id=personal(
        Kind.CONTENT, purposes=("improve",), basis="legitimate interest", retention=KEPT_LIKE_THE_ANSWER
    ),
    encoder=plain("which encoder read it"),
    at=plain("when it was looked through"),
)
class EarlierAnswer(models.Model):
    """An answer of ours that was looked through for sentences that may serve others; it may have none.

    It is named by its number only: the room where messages are kept stands above this one.
    """

    message_id = models.BigIntegerField(unique=True)
    encoder = models.CharField(max_length=60, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["encoder"], name="earlier_encoder")]

    def __str__(self) -> str:
        return f"earlier answer {self.pk}"


@declares(
    answer=plain("which answer it stands in"),
    start=plain("where it begins there"),
    end=plain("where it ends there"),
    vector=personal(Kind.CONTENT, purposes=("improve",), basis="legitimate interest", retention=KEPT_LIKE_THE_ANSWER),
    standing=plain("who vouched for it when that was last looked at: an article, a second person, or nobody yet"),
    weighed=plain("the edition of the articles when that was last looked at"),
)
class EarlierPassage(models.Model):
    """A sentence of an earlier answer that gives nobody away: its place, and how the encoder reads it. No words.

    Whether it may serve somebody is asked anew at every use: who vouches for it, and who has objected since. Its
    ``standing`` only says what a colleague may look at: it decides nothing.
    """

    class Standing(models.TextChoices):
        """Who vouched for it when it was last looked at."""

        UNKNOWN = "", _("not looked at yet")
        ARTICLE = "article", _("an article says the like")
        PEOPLE = "people", _("two people or more were told it")
        WAITS = "waits", _("nobody vouches for it yet")
        LEANS = "leans", _("it cannot be read by itself")
        OTHER = "other", _("drafts do not read its language yet")

    answer = models.ForeignKey(EarlierAnswer, on_delete=models.CASCADE, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    vector = models.BinaryField()
    standing = models.CharField(max_length=8, choices=Standing.choices, blank=True, default=Standing.UNKNOWN)
    weighed = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "start"], name="one_passage_a_place")]
        indexes = [models.Index(fields=["standing"], name="earlier_standing")]

    def __str__(self) -> str:
        return f"earlier passage {self.pk}"


@declares(number=plain("counts every change of what drafts are made of"))
class Edition(models.Model):
    """Counters of what drafts are made of: whoever holds an index knows by it whether the index is stale.

    The first counts changes of articles, the second those of what was learned from earlier answers.
    """

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"edition {self.number}"


@declares(
    name=plain("what the shop calls it"),
    words=plain("the shop's own words"),
    changed_by=personal(Kind.WORK, purposes=("service",), basis="contract", retention=KEPT),
    changed_at=plain("when it was last changed"),
    archived_at=plain("when it was put away"),
)
class SavedReply(models.Model):
    """A text the shop writes again and again; whoever answers takes it in with "/"."""

    name = models.CharField(_("name"), max_length=60)
    words = models.TextField(_("words"), max_length=10_000)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(archived_at=None), name="one_saved_reply_a_name"),
        ]

    def __str__(self) -> str:
        return f"saved reply {self.pk}"

"""What can be found out about what the shop knows. No numbers are computed here: the web process reads this file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from courtesy.knowledge.models import (
    Article,
    ArticleVersion,
    EarlierPassage,
    Edition,
    Passage,
    PassageReading,
    SavedReply,
)


@dataclass(frozen=True)
class PassageRow:
    """A passage as drafting needs it.

    ``vector`` holds the rows of `science.passages.readings` one after the other (little-endian float32), as
    ``encoder`` reads them; None where it did not yet. ``beside`` is the same by the second encoder, where there is one.
    """

    passage_id: int
    article_id: int
    slug: str
    title: str
    public: bool
    heading: str
    text: str
    vector: bytes | None
    encoder: str
    language: str = "en"
    beside: bytes | None = None


def passages_for_drafting(encoder: str = "", *, beside: str = "") -> list[PassageRow]:
    """All passages of the articles that were not put away, internal ones too (``public`` says which).

    With what this encoder made of them, and a second one ``beside``; a query for the words and one an encoder.
    """
    rows = Passage.objects.filter(article__archived_at=None).select_related("article").order_by("article_id", "ordinal")
    first, second = (_readings(name) if name else {} for name in (encoder, beside))
    return [
        PassageRow(
            passage_id=one.pk,
            article_id=one.article_id,
            slug=one.article.slug,
            title=one.article.title,
            public=one.article.is_public,
            heading=one.heading,
            text=one.text,
            vector=first.get(one.pk),
            encoder=encoder if one.pk in first else "",
            language=one.article.language,
            beside=second.get(one.pk),
        )
        for one in rows
    ]


def _readings(encoder: str) -> dict[int, bytes]:
    rows = PassageReading.objects.filter(encoder=encoder, passage__article__archived_at=None)
    return {passage: bytes(vectors) for passage, vectors in rows.values_list("passage_id", "vectors")}


@dataclass(frozen=True)
class Progress:
    """How many of the passages of articles in use an encoder has read."""

    read: int
    total: int

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to read."""
        return self.read >= self.total


def read_by() -> dict[str, int]:
    """Encoder → how many passages of articles in use it has read; one query."""
    rows = PassageReading.objects.filter(passage__article__archived_at=None).values("encoder")
    return {row["encoder"]: row["number"] for row in rows.annotate(number=Count("pk")).order_by("encoder")}


def progress(encoder: str) -> Progress:
    """How far this encoder has read the articles in use."""
    total = Passage.objects.filter(article__archived_at=None).count()
    return Progress(read_by().get(encoder, 0), total)


def passage_texts() -> list[str]:
    """What all passages in use say; one query."""
    return list(Passage.objects.filter(article__archived_at=None).values_list("text", flat=True))


def edition() -> int:
    """A number that is different as soon as any passage is."""
    return Edition.objects.filter(pk=1).values_list("number", flat=True).first() or 0


@dataclass(frozen=True)
class EarlierRow:
    """A sentence of an earlier answer by its place; ``vector`` is its one row (little-endian float32)."""

    passage_id: int
    message_id: int
    start: int
    end: int
    vector: bytes


def earlier_passages(encoder: str, *, most: int) -> list[EarlierRow]:
    """The newest sentences learned from earlier answers, as this encoder reads them; one query."""
    rows = EarlierPassage.objects.filter(answer__encoder=encoder).order_by("-answer__message_id", "start")
    found = rows.values_list("pk", "answer__message_id", "start", "end", "vector")[:most]
    return [EarlierRow(pk, message, start, end, bytes(vector)) for pk, message, start, end, vector in found]


def earlier_edition() -> int:
    """A number that is different as soon as anything learned from earlier answers is."""
    return Edition.objects.filter(pk=2).values_list("number", flat=True).first() or 0


def articles(*, words: str = "", language: str = "", audience: str = "", put_away: bool = False) -> list[Article]:
    """The articles that hold all of these words, the newest change first."""
    found = Article.objects.exclude(archived_at=None) if put_away else Article.objects.current()
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word))
    if language:
        found = found.filter(language=language)
    if audience:
        found = found.filter(audience=audience)
    return list(found.select_related("changed_by").defer("text").order_by("-changed_at", "title"))


def some_put_away() -> bool:
    """Whether there are articles that were put away."""
    return Article.objects.exclude(archived_at=None).exists()


def languages_used() -> list[str]:
    """The languages articles are written in."""
    return sorted(Article.objects.current().values_list("language", flat=True).distinct())


def versions(article: Article) -> Sequence[ArticleVersion]:
    """Every version of an article, the newest first."""
    return list(article.versions.select_related("by").defer("text"))


def by_ids(ids: set[int]) -> dict[int, Article]:
    """These articles, put away or not; one query."""
    return Article.objects.defer("text").in_bulk(ids)


def saved_replies(*, words: str = "", limit: int | None = None) -> list[SavedReply]:
    """The texts that are offered with "/", by name; those whose name or text holds all of these words."""
    found = SavedReply.objects.filter(archived_at=None)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(words__icontains=word))
    return list(found.select_related("changed_by").order_by("name")[:limit])


def titles() -> list[tuple[int, str]]:
    """Number and title of every article in use, by title; one query, none of the texts."""
    return list(Article.objects.current().order_by("title").values_list("pk", "title"))


def passages_of(article_ids: Sequence[int]) -> list[Passage]:
    """The passages of these articles in their order; one query."""
    return list(Passage.objects.filter(article_id__in=article_ids).order_by("article_id", "ordinal"))

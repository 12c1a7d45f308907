"""What can be found out about what the shop knows. No numbers are computed here: the web process reads this file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from courtesy.knowledge.models import Article, ArticleVersion, EarlierPassage, Edition, Passage, SavedReply


@dataclass(frozen=True)
class PassageRow:
    """A passage as drafting needs it.

    ``vector`` holds the rows of `science.passages.readings` one after the other (little-endian float32), made by
    ``encoder``; None until then.
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


def passages_for_drafting() -> list[PassageRow]:
    """All passages of the articles that were not put away, internal ones too (``public`` says which); one query."""
    rows = Passage.objects.filter(article__archived_at=None).select_related("article").order_by("article_id", "ordinal")
    return [
        PassageRow(
            passage_id=one.pk,
            article_id=one.article_id,
            slug=one.article.slug,
            title=one.article.title,
            public=one.article.is_public,
            heading=one.heading,
            text=one.text,
            vector=None if one.vector is None else bytes(one.vector),
            encoder=one.encoder,
        )
        for one in rows
    ]


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
    """The passages of these articles in their order, without the numbers made of them; one query."""
    rows = Passage.objects.filter(article_id__in=article_ids).defer("vector")
    return list(rows.order_by("article_id", "ordinal"))

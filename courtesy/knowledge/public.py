"""What a customer may read of what the shop knows: public articles, nothing else."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from courtesy.knowledge.models import Article
from courtesy.knowledge.rendering import html_of


class NoSuchArticle(LookupError):
    """There is no such article, or it is not for everybody; the difference is not told."""


@dataclass(frozen=True)
class PublicArticle:
    """An article that everybody may read; ``html`` is safe to show."""

    slug: str
    title: str
    html: Markup
    language: str
    changed_at: datetime


@dataclass(frozen=True)
class PublicTitle:
    """The title of a public article and where it is."""

    slug: str
    title: str


def public_article(slug: str) -> PublicArticle:
    """The article called ``slug``. Raises NoSuchArticle for internal ones and those put away as for unknown ones."""
    article = Article.objects.public().filter(slug=slug).first()
    if article is None:
        raise NoSuchArticle
    return PublicArticle(article.slug, article.title, html_of(article.text), article.language, article.changed_at)


def public_titles() -> list[PublicTitle]:
    """The titles of all public articles in order, for the contact page; one query."""
    return [PublicTitle(*row) for row in Article.objects.public().order_by("title").values_list("slug", "title")]


def public_slugs(article_ids: set[int]) -> dict[int, str]:
    """Where these articles can be read; an internal one is missing. One query."""
    return dict(Article.objects.public().filter(pk__in=article_ids).values_list("pk", "slug"))

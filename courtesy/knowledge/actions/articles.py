"""What can happen to an article, and its passages read by the encoder.

Exceptions: NotSaved > NoTitle, NoText (it is empty), ChangedMeanwhile (somebody saved after the version last seen).
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef
from django.utils.text import slugify

from courtesy.jobs.actions import announce, changed
from courtesy.knowledge import encoding
from courtesy.knowledge.models import Article, ArticleVersion, Edition, Passage, PassageReading
from courtesy.privacy import ledger
from courtesy.science.encoders.choosing import beside
from courtesy.science.passages import cut, readings, to_encode
from courtesy.staff import queries as staff
from courtesy.staff.models import Colleague

if TYPE_CHECKING:
    from courtesy.science.encoders import Encoder

AT_A_TIME = 64
"""Passages read and written at once; between two such portions others come in, and the page shows how far it is."""
TAKEN_BY_PAGES = frozenset({"new"})
"""Words that the desk's own addresses under /articles/ use."""


class NotSaved(ValueError):
    """The article was not saved, and nothing changed."""


class NoTitle(NotSaved):
    """An article needs a title."""


class NoText(NotSaved):
    """An article needs words."""


class ChangedMeanwhile(NotSaved):
    """Somebody saved this article after the version that was last seen."""


def save_article(
    *,
    article: Article | None,
    title: str,
    text: str,
    language: str = "en",
    audience: str = "public",
    by: Colleague | None,
    at: datetime,
    slug: str = "",
    seen: int | None = None,
    reviewed_on: date | None = None,
) -> Article:
    """Write a new article, or a new version of ``article``; saving what already stands changes nothing.

    The slug is made once, from ``slug`` or the title, and stays. Passages whose words did not change keep what
    encoders made of them. With ``seen`` (a version's number) raises ChangedMeanwhile when a newer one stands. The same
    new article twice within a minute is one: somebody pressed twice. Raises NoTitle, NoText.
    """
    title, text = " ".join(title.split()), text.replace("\r\n", "\n").strip()
    if not title:
        raise NoTitle
    if not text:
        raise NoText
    with transaction.atomic():
        if article is None:
            if twin := _just_written(title, text, by, at):
                return twin
            saved = Article(slug=_free_slug(slug or title), number=0, created_at=at)
        else:
            saved = Article.objects.select_for_update().get(pk=article.pk)
            if seen is not None and saved.number != seen:
                raise ChangedMeanwhile
            checked = reviewed_on or saved.reviewed_on
            if _is_so(saved, title=title, text=text, language=language, audience=audience, reviewed_on=checked):
                return saved
        saved.title, saved.text, saved.language, saved.audience = title, text, language, audience
        saved.reviewed_on = reviewed_on or saved.reviewed_on
        saved.number += 1
        saved.changed_at, saved.changed_by, saved.archived_at = at, by, None
        saved.save()
        ArticleVersion.objects.create(
            article=saved,
            number=saved.number,
            title=title,
            text=text,
            language=language,
            audience=audience,
            by=by,
            at=at,
        )
        _cut_anew(saved)
        _turn_the_page()
        ledger.append("article saved", about=saved, by=by.pk if by else None, at=at, number=saved.number)
        announce("article-saved", article_id=saved.pk)
        changed("articles", saved.pk)
    return saved


def archive_article(article: Article, *, by: Colleague | None, at: datetime) -> bool:
    """Put an article away: no new draft stands on it, nobody outside finds it. False when it was away already."""
    return _put(article, away=at, words="article put away", by=by, at=at)


def bring_back(article: Article, *, by: Colleague | None, at: datetime) -> bool:
    """Take an article that was put away into use again. False when it is in use."""
    return _put(article, away=None, words="article brought back", by=by, at=at)


def remove_articles(slugs: Collection[str], *, by: Colleague | None, at: datetime) -> int:
    """Remove articles with all their versions, for good; returns how many. To take one out of use, put it away."""
    with transaction.atomic():
        articles = Article.objects.filter(slug__in=slugs)
        gone = articles.count()
        if gone:
            articles.delete()
            _turn_the_page()
            ledger.append("articles removed", by=by.pk if by else None, at=at, count=gone)
            changed("articles")
    return gone


def restore(version: ArticleVersion, *, by: Colleague, at: datetime) -> Article:
    """Make an older version the newest one again; it becomes a version of its own, nothing is lost."""
    return save_article(
        article=version.article,
        title=version.title,
        text=version.text,
        language=version.language,
        audience=version.audience,
        by=by,
        at=at,
    )


def encode_saved(*, article_id: int, at: datetime) -> None:
    """Handler of "article-saved", in the worker: read the new passages of an article. Running twice changes nothing."""
    for reads in _readers():
        encode_passages(reads, article_id=article_id)


def encode_missing(*, at: datetime) -> None:
    """In the worker, when it starts and when the shop's languages changed: read what the shop's encoders did not yet.

    What others had read is let go at the end, and not before: until then drafts stand on it.
    """
    readers = _readers()
    for reads in readers:
        encode_passages(reads)
    names = [reads.name for reads in readers]
    if names and PassageReading.objects.exclude(encoder__in=names).exists() and not _wanting(names[0]).exists():
        PassageReading.objects.exclude(encoder__in=names).delete()
    changed("languages")


def encode_passages(encoder: "Encoder", *, article_id: int | None = None, most: int | None = None) -> int:
    """Have this encoder read every passage it did not read yet (or ``most`` of them); how many were read.

    The second encoder of a shop reads English articles alone. Reads outside the transaction, some at a time, and
    writes each only where the words are still the same.
    """
    wanting = _wanting(encoder.name)
    if encoder.name == beside(staff.shop().languages):
        wanting = wanting.filter(article__language="en")
    if article_id is not None:
        wanting = wanting.filter(article_id=article_id)
    numbers = list(wanting.order_by("pk").values_list("pk", flat=True)[:most])
    for start in range(0, len(numbers), AT_A_TIME):
        _read_these(numbers[start : start + AT_A_TIME], encoder)
        if len(numbers) > AT_A_TIME:
            changed("languages")
    if numbers:
        _turn_the_page()
    return len(numbers)


def _readers() -> list["Encoder"]:
    both = encoding.encoder(), encoding.encoders().english
    return [reads for reads in both if reads is not None]


def _wanting(encoder: str) -> "models.QuerySet[Passage]":
    """The passages that this encoder did not read yet."""
    return Passage.objects.exclude(Exists(PassageReading.objects.filter(passage=OuterRef("pk"), encoder=encoder)))


def _read_these(numbers: list[int], encoder: "Encoder") -> None:
    passages = list(Passage.objects.filter(pk__in=numbers).select_related("article").order_by("pk"))
    rows = [encoder.encode(readings(one.article.title, one.heading, one.text)) for one in passages]
    with transaction.atomic():
        same = dict(Passage.objects.filter(pk__in=numbers).values_list("pk", "content_hash"))
        PassageReading.objects.bulk_create(
            [
                PassageReading(passage_id=one.pk, encoder=encoder.name, vectors=these.astype("<f4").tobytes())
                for one, these in zip(passages, rows, strict=True)
                if same.get(one.pk) == one.content_hash
            ],
            ignore_conflicts=True,
        )


def _just_written(title: str, text: str, by: Colleague | None, at: datetime) -> Article | None:
    same = Article.objects.filter(title=title, text=text, changed_by=by, number=1)
    return None if by is None else same.filter(created_at__gt=at - timedelta(minutes=1)).first()


def _is_so(article: Article, **wanted: object) -> bool:
    return article.archived_at is None and all(getattr(article, name) == value for name, value in wanted.items())


def _put(article: Article, *, away: datetime | None, words: str, by: Colleague | None, at: datetime) -> bool:
    with transaction.atomic():
        elsewhere = Article.objects.filter(pk=article.pk, archived_at__isnull=away is not None)
        moved = bool(elsewhere.update(archived_at=away))
        if moved:
            _turn_the_page()
            ledger.append(words, about=article, by=by.pk if by else None, at=at)
            changed("articles", article.pk)
    article.archived_at = away if moved else article.archived_at
    return moved


def _cut_anew(article: Article) -> None:
    """Cut the article into passages; those whose words are the same keep their row, and with it their readings."""
    kept: defaultdict[str, list[Passage]] = defaultdict(list)
    for passage in article.passages.order_by("-ordinal"):
        kept[passage.content_hash].append(passage)
    for ordinal, piece in enumerate(cut(article.title, article.text)):
        words = to_encode(article.title, piece.heading, piece.text)
        digest = hashlib.sha256(f"{words}\n{piece.text}".encode()).hexdigest()
        if kept[digest]:
            known = kept[digest].pop()
            Passage.objects.filter(pk=known.pk).update(ordinal=ordinal, heading=piece.heading[:200])
        else:
            Passage.objects.create(
                article=article, ordinal=ordinal, heading=piece.heading[:200], text=piece.text, content_hash=digest
            )
    Passage.objects.filter(pk__in=[one.pk for rest in kept.values() for one in rest]).delete()


def _turn_the_page() -> None:
    if not Edition.objects.filter(pk=1).update(number=F("number") + 1):
        Edition.objects.get_or_create(pk=1, defaults={"number": 1})


def slug_of(words: str) -> str:
    """The words as an address; words without a Latin letter get one of their own that is always the same."""
    slug = slugify(words)[:70].strip("-")
    if slug in TAKEN_BY_PAGES:
        return f"{slug}-article"
    return slug or f"article-{hashlib.sha256(words.encode()).hexdigest()[:8]}"


def _free_slug(wish: str) -> str:
    """A slug nobody has; the wish itself, or with a number behind it."""
    stem = slug_of(wish)
    slug, number = stem, 1
    while Article.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug

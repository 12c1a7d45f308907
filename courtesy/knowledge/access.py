"""Who may touch articles: whoever works here reads all of them, whoever may write changes them. The rest is 404."""

from django.http import Http404

from courtesy.knowledge.models import Article, ArticleVersion, SavedReply


def article_called(slug: str) -> Article:
    """The article, put away or not. Whether the colleague may come at all is the view's rule."""
    article = Article.objects.select_related("changed_by").filter(slug=slug).first()
    if article is None:
        raise Http404
    return article


def version_of(slug: str, number: int) -> ArticleVersion:
    """One version of an article."""
    found = ArticleVersion.objects.select_related("article", "by").filter(article__slug=slug, number=number).first()
    if found is None:
        raise Http404
    return found


def saved_reply_of(reply_id: int) -> SavedReply:
    """The saved reply, put away or not."""
    found = SavedReply.objects.filter(pk=min(reply_id, 2**63 - 1)).first()
    if found is None:
        raise Http404
    return found

"""The pages about articles: read, written, tried, put away."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courtesy.knowledge import access, actions, queries
from courtesy.knowledge.forms import ArticleForm, form_of
from courtesy.knowledge.models import Article, Audience
from courtesy.knowledge.rendering import html_of
from courtesy.knowledge.trying import try_question
from courtesy.staff.access import colleague_of, colleagues_may
from courtesy.staff.models import Language
from courtesy.web.flash import say

LONGEST_QUESTION = 500
WAYS_TO_LOOK: dict[str, dict[str, Any]] = {
    "": {},
    "public": {"audience": Audience.PUBLIC},
    "internal": {"audience": Audience.INTERNAL},
    "away": {"put_away": True},
}


@colleagues_may("see")
@require_GET
def articles(request: HttpRequest) -> HttpResponse:
    """All articles, or those that hold some words, in one language, for one audience."""
    words, language = request.GET.get("q", "")[:200], request.GET.get("language", "")
    kind = request.GET.get("kind", "")
    way = WAYS_TO_LOOK.get(kind, {})
    names = dict(Language.choices)
    used = queries.languages_used()
    return render(
        request,
        "knowledge/articles.html",
        {
            "articles": queries.articles(words=words, language=language, **way),
            "words": words,
            "language": language,
            "some_put_away": queries.some_put_away(),
            "languages": [(code, names.get(code, code)) for code in used] if len(used) > 1 else [],
            "kind": kind if kind in WAYS_TO_LOOK else "",
            "language_names": names,
        },
    )


@colleagues_may("see")
@require_GET
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article as it reads, its versions beside it, and a question to try."""
    shown = access.article_called(slug)
    asked = request.GET.get("ask", "").strip()[:LONGEST_QUESTION]
    return render(
        request,
        "knowledge/article.html",
        {
            "article": shown,
            "html": html_of(shown.text),
            "versions": queries.versions(shown),
            "asked": asked,
            "tried": try_question(asked) if asked else None,
            "language_name": dict(Language.choices).get(shown.language, shown.language),
        },
    )


@colleagues_may("write")
@require_http_methods(["GET", "POST"])
def new_article(request: HttpRequest) -> HttpResponse:
    """Write an article."""
    if request.method == "POST":
        return _written(request, None)
    return _editor(request, ArticleForm(initial={"title": request.GET.get("title", "")[:140]}), None)


@colleagues_may("write")
@require_http_methods(["GET", "POST"])
def edit_article(request: HttpRequest, slug: str) -> HttpResponse:
    """Change an article. What is typed is never lost, whoever else saves meanwhile."""
    changing = access.article_called(slug)
    if request.method == "POST":
        return _written(request, changing)
    return _editor(request, form_of(changing), changing)


@colleagues_may("see")
@require_GET
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An article as it stood once."""
    shown = access.version_of(slug, number)
    return render(request, "knowledge/version.html", {"version": shown, "html": html_of(shown.text)})


@colleagues_may("write")
@require_POST
def restore(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Make an older version the newest one again."""
    actions.restore(access.version_of(slug, number), by=colleague_of(request), at=timezone.now())
    say(request, _("The older words stand again. What stood before is kept as a version."))
    return HttpResponseRedirect(reverse("article", args=[slug]))


@colleagues_may("write")
@require_POST
def put_away(request: HttpRequest, slug: str) -> HttpResponse:
    """Put an article away; it can be taken back."""
    actions.archive_article(access.article_called(slug), by=colleague_of(request), at=timezone.now())
    say(request, _("Put away. No new draft quotes it."), undo=reverse("article-back", args=[slug]))
    return HttpResponseRedirect(reverse("articles"))


@colleagues_may("write")
@require_POST
def bring_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an article into use again."""
    actions.bring_back(access.article_called(slug), by=colleague_of(request), at=timezone.now())
    say(request, _("It is in use again."))
    return HttpResponseRedirect(reverse("article", args=[slug]))


def _written(request: HttpRequest, changing: Article | None) -> HttpResponse:
    """What the editor's buttons do: show how it reads, go on writing, or publish."""
    form = ArticleForm(request.POST)
    if request.POST.get("show") in {"read", "write"}:
        return _editor(request, form, changing, reads=request.POST["show"] == "read")
    if not form.is_valid():
        return _editor(request, form, changing, status=422)
    typed = form.cleaned_data
    try:
        saved = actions.save_article(
            article=changing,
            title=typed["title"],
            text=typed["text"],
            language=typed["language"],
            audience=typed["audience"],
            by=colleague_of(request),
            at=timezone.now(),
            seen=typed["seen"] if changing else None,
        )
    except actions.ChangedMeanwhile:
        stands = access.article_called(changing.slug if changing else "")
        # With the new number in the form, pressing the button again is a decision made with open eyes.
        kept = ArticleForm({**request.POST.dict(), "seen": stands.number})
        return _editor(request, kept, stands, meanwhile=True, status=409)
    say(request, _("Published. Drafts quote it from now on."))
    return HttpResponseRedirect(reverse("article", args=[saved.slug]))


def _editor(
    request: HttpRequest,
    form: ArticleForm,
    changing: Article | None,
    *,
    reads: bool = False,
    meanwhile: bool = False,
    status: int = 200,
) -> HttpResponse:
    written = form["text"].value() or ""
    context = {
        "form": form,
        "article": changing,
        "reads": reads,
        "meanwhile": meanwhile,
        "html": html_of(written) if reads else "",
        "show_errors": status == 422,
    }
    return render(request, "knowledge/editor.html", context, status=status)

"""The public pages. A view takes the request apart, asks a room's `public`, and puts the answer together."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from courtesy.conversations import public as conversations
from courtesy.desk import public as desk
from courtesy.knowledge import public as knowledge
from courtesy.post import public as post
from courtesy.trust.access import public_page, signed_page
from courtesy.trust.forms import ContactForm, LookAgainForm

TITLES_BESIDE = 8


@public_page("anybody may write to the shop")
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """The contact form. What is sent is on the disk before the visitor is thanked."""
    if request.method != "POST":
        return _contact_page(request, ContactForm())
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _contact_page(request, form, status=422)
    try:
        kept = post.hand_in(
            address=form.cleaned_data["address"],
            name=form.cleaned_data["name"],
            subject="",
            body=form.cleaned_data["words"],
            token=form.cleaned_data["token"],
            trap=form.cleaned_data["trap"],
            client=request.META.get("REMOTE_ADDR", ""),
            at=timezone.now(),
            person_only=form.cleaned_data["person_only"],
            outreach_yes=form.cleaned_data["outreach_yes"],
        )
    except post.TooMany:
        return _contact_page(request, form, trouble="too many", status=429)
    except post.FormTooOld:
        return _contact_page(request, form, trouble="too old", status=422)
    except post.NotFilledIn as refused:
        form.take_over(refused.errors)
        return _contact_page(request, form, status=422)
    return redirect("answer", kept.answer_token)


@signed_page("who handed the message in holds the signed address of its answer")
@require_safe
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """A customer's own page: what they wrote, what we answered; until then, what happens next."""
    try:
        page = conversations.private_page(token, at=timezone.now())
    except conversations.NoSuchPage:
        raise Http404 from None
    under = desk.lines_under({said.decision_id for said in page.said if said.decision_id})
    return render(request, "trust/answer.html", {"page_of": page, "under": under})


@signed_page("who got the answer holds the signed address of how it came about")
@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: HttpRequest, token: str) -> HttpResponse:
    """How one answer came about; and the wish that a person looks again."""
    form = LookAgainForm(request.POST if request.method == "POST" else None)
    try:
        if request.method == "POST" and form.is_valid():
            desk.look_again(token, words=form.cleaned_data["words"], at=timezone.now())
            return redirect("looked_again", token)
        told, enough = desk.evidence(token, at=timezone.now()), False
    except desk.Enough:
        told, enough = desk.evidence(token, at=timezone.now()), True
    except desk.NoSuchAnswer:
        raise Http404 from None
    status = 429 if enough else 422 if form.errors else 200
    return render(request, "trust/evidence.html", {"told": told, "form": form, "enough": enough}, status=status)


@signed_page("who asked a person to look again is told what happens")
@require_safe
def looked_again(request: HttpRequest, token: str) -> HttpResponse:
    """The wish is kept."""
    try:
        desk.evidence(token, at=timezone.now())
    except desk.NoSuchAnswer:
        raise Http404 from None
    return render(request, "trust/looked_again.html", {"token": token})


@public_page("public articles are for everybody")
@require_safe
def public_article(request: HttpRequest, slug: str) -> HttpResponse:
    """An article that everybody may read."""
    try:
        article = knowledge.public_article(slug)
    except knowledge.NoSuchArticle:
        raise Http404 from None
    return render(request, "trust/public_article.html", {"article": article})


def _contact_page(request: HttpRequest, form: ContactForm, *, trouble: str = "", status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "trouble": trouble,
        "form_token": form.token_to_send(post.form_token(at=timezone.now()), anew=trouble == "too old"),
        "articles": knowledge.public_titles()[:TITLES_BESIDE],
        "outreach_box": post.OUTREACH_BOX,
    }
    return render(request, "trust/contact.html", context, status=status)

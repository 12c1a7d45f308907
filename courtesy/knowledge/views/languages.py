"""The page of the shop's languages: which they are, what reads for them and why, and how far it has read."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courtesy.jobs import queries as jobs
from courtesy.jobs.working import WORKER
from courtesy.knowledge import queries
from courtesy.knowledge.forms import LanguagesForm
from courtesy.science.encoders.choosing import MINILM, beside, unread, which
from courtesy.staff import queries as staff
from courtesy.staff.access import colleagues_may
from courtesy.staff.languages import set_languages
from courtesy.staff.models import Language
from courtesy.web.flash import say

UNPROCESSABLE = 422


@colleagues_may("manage")
@require_GET
def languages(request: HttpRequest) -> HttpResponse:
    """The languages as they are; only an owner changes them."""
    return _page(request, LanguagesForm.of(staff.shop()))


@colleagues_may("own")
@require_POST
def languages_choice(request: HttpRequest) -> HttpResponse:
    """Other languages: from now on the worker reads with what these need."""
    me: Any = request.user
    form = LanguagesForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=UNPROCESSABLE)
    set_languages(**form.cleaned_data, by=me, at=now())
    say(request, _("Kept."))
    return redirect("shop_languages")


def _page(request: HttpRequest, form: LanguagesForm, *, status: int = 200) -> HttpResponse:
    spoken = staff.shop().languages
    wanted, called = which(spoken), dict(Language.choices)
    works_with = str(jobs.facts_of(WORKER).get("encoder", ""))
    page = {
        "form": form,
        "spoken": staff.shop().spoken,
        "english_alone": wanted == MINILM,
        "reads_english_twice": bool(beside(spoken)),
        "unread": [called.get(one, one) for one in spoken if one in unread(spoken)],
        "has_any": bool(works_with),
        "how_far": queries.progress(wanted),
    }
    return render(request, "knowledge/languages.html", page, status=status)

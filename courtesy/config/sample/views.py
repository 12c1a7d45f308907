"""The page that ends the sample shop: what goes, what stays, asked once. And how far its past has come."""

from typing import cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from courtesy.config.sample import clearing, reading
from courtesy.conversations.models import Thread
from courtesy.knowledge.models import Article
from courtesy.people.models import Person
from courtesy.records.models import Order
from courtesy.staff import queries as staff
from courtesy.staff.access import colleagues_may
from courtesy.staff.models import Colleague
from courtesy.web.flash import say


class ByName(forms.Form):
    """The sample's name, typed: what is cleared away does not come back."""

    name = forms.CharField(label=gettext_lazy("Its name"), max_length=80)

    def __init__(self, *args: object, wanted: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.wanted = wanted

    def clean_name(self) -> str:
        """However it is capitalized."""
        name: str = self.cleaned_data["name"].strip()
        if name.casefold() != self.wanted.casefold():
            raise forms.ValidationError(_("It is called %(name)s. Nothing was cleared away.") % {"name": self.wanted})
        return name


@colleagues_may("own", why="Clears the whole sample away.")
@require_http_methods(["GET", "POST"])
def start_own_shop(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; a POST with the sample's name clears it away. In a real shop there is no such page."""
    shop = staff.shop()
    if not shop.is_sample:
        raise Http404
    form = ByName(request.POST if request.method == "POST" else None, wanted=shop.name)
    if form.is_bound and form.is_valid():
        clearing.start_own_shop(by=cast(Colleague, request.user), at=timezone.now())
        say(request, _("The sample is cleared away. This is your shop now."))
        return HttpResponseRedirect(reverse("today"))
    context = {
        "form": form,
        "name": shop.name,
        "articles": Article.objects.filter(slug__in=reading.article_slugs()).count(),
        "own_articles": Article.objects.exclude(slug__in=reading.article_slugs()).count(),
        "customers": Person.objects.count(),
        "threads": Thread.objects.count(),
        "orders": Order.objects.count(),
    }
    return render(request, "sample/start_own_shop.html", context, status=422 if form.is_bound else 200)


@colleagues_may("see")
@never_cache
@require_GET
def sample_past(request: HttpRequest) -> HttpResponse:
    """The line of the banner alone, for a page that is open while the past comes in; a real shop has none."""
    if not staff.shop().is_sample:
        raise Http404
    return render(request, "web/sample_past.html", {"is_asked_again": True})

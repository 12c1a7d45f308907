"""A colleague's signature: what stands under their letters."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courtesy.staff import actions, queries
from courtesy.staff.access import colleagues_may
from courtesy.staff.models import Naming
from courtesy.staff.views.wrong import UNPROCESSABLE
from courtesy.web.flash import say


class SignatureForm(forms.Form):
    """A few lines."""

    signature = forms.CharField(
        label=gettext_lazy("Your signature"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("It takes the place of your name where the shop’s closing names you."),
    )


@colleagues_may("answer")
@require_http_methods(["GET", "POST"])
def signature(request: HttpRequest) -> HttpResponse:
    """One's own signature; nobody signs for somebody else."""
    me: Any = request.user
    form = SignatureForm(request.POST or None, initial={"signature": me.signature})
    if request.method == "POST" and form.is_valid():
        actions.change_signature(me, signature=form.cleaned_data["signature"], at=now())
        say(request, _("Your signature is kept."))
        return redirect("signature")
    shop = queries.shop()
    page = {"form": form, "closing": shop.closing, "as_the_team": shop.naming == Naming.TEAM}
    return render(request, "staff/signature.html", page, status=UNPROCESSABLE if form.errors else 200)

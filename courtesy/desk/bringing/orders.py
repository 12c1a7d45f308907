"""Orders from a file: handed in, looked through, agreed to, brought in, and taken back where that was a mistake."""

import csv
import io
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from courtesy.consent.purposes import Basis
from courtesy.desk.bringing import orders_say, screen
from courtesy.desk.bringing.orders_forms import AgreeForm, OrdersColumnsForm, OrdersFileForm
from courtesy.desk.bringing.uploading import WHOLE, SealedUpload, came_whole, sealed
from courtesy.records.actions import handing_in
from courtesy.records.models import HandedIn
from courtesy.staff.access import colleagues_may
from courtesy.web.flash import say

State = HandedIn.State
GOING = frozenset({State.LOOKING, State.RUNNING, State.UNDOING})
UNPROCESSABLE = 422


@csrf_exempt  # the form's sign stands in the body, which must not be read before it is known who hands it in
@colleagues_may("own")
@never_cache
def handing(request: HttpRequest) -> HttpResponse:
    """The form for a file of orders; handed in, it is sealed as it comes, and looked through on its own page."""
    if request.method != "POST":
        return _form(request, OrdersFileForm())
    return sealed(request, _taken, kept_as=HandedIn)


def _form(request: HttpRequest, form: OrdersFileForm) -> HttpResponse:
    context = {"form": form, "whole": WHOLE, "worker_is_here": screen.worker_is_here(now())}
    return render(request, "bringing/orders_file.html", context, status=UNPROCESSABLE if form.errors else 200)


@csrf_protect
def _taken(request: HttpRequest, upload: SealedUpload) -> HttpResponse:
    me: Any = request.user
    form = OrdersFileForm(request.POST)
    if not form.is_valid():
        return _form(request, form)
    if not came_whole(request, upload, form):
        return _form(request, form)
    row = handing_in.hand_in(upload.number, key_id=upload.key_id, by=me, at=now(), **form.told)
    return redirect("past_orders", row.pk)


@colleagues_may("own")
@never_cache
@require_GET
def orders(request: HttpRequest, handed_in: UUID) -> HttpResponse:
    """One file: what is in it, how far it is, or what came of it."""
    return _page(request, _row_or_404(handed_in))


def _page(
    request: HttpRequest, row: HandedIn, *, agree: AgreeForm | None = None, columns: OrdersColumnsForm | None = None
) -> HttpResponse:
    if row.state == State.ASKED and columns is None:
        columns = OrdersColumnsForm(row=row, initial=row.mapping | row.manner)
    wrong = bool((agree and agree.errors) or (columns and columns.errors))
    context = {
        "row": row,
        "title": orders_say.title(row),
        "is_going": row.state in GOING,
        "trouble": orders_say.trouble(row),
        "can_be_said": orders_say.can_be_said(row),
        "counts": orders_say.counts(row),
        "totals": orders_say.totals(row),
        "reasons": orders_say.reasons(row),
        "columns": columns,
        "agree": agree or AgreeForm(),
        "problems": orders_say.problems(row, most=10),
        "worker_is_here": screen.worker_is_here(now()),
    }
    return render(request, "bringing/orders.html", context, status=UNPROCESSABLE if wrong else 200)


@colleagues_may("own")
@require_POST
def columns(request: HttpRequest, handed_in: UUID) -> HttpResponse:
    """Which column holds what; the file is looked through anew."""
    row = _row_or_404(handed_in)
    if row.state != State.ASKED:
        return redirect("past_orders", row.pk)
    form = OrdersColumnsForm(request.POST, row=row)
    if not form.is_valid():
        return _page(request, row, columns=form)
    handing_in.tell_more(row, mapping=form.mapping, manner=form.manner)
    return redirect("past_orders", row.pk)


@colleagues_may("own")
@require_POST
def beginning(request: HttpRequest, handed_in: UUID) -> HttpResponse:
    """Go: on this basis, since that day."""
    me: Any = request.user
    row = _row_or_404(handed_in)
    form = AgreeForm(request.POST)
    if not form.is_valid():
        return _page(request, row, agree=form)
    if not handing_in.agree(row, basis=Basis(form.cleaned_data["basis"]), since=form.cleaned_data["since"], by=me):
        say(request, _("It does not wait for that any more."), tone="care")
    return redirect("past_orders", row.pk)


@colleagues_may("own")
@require_POST
def undoing(request: HttpRequest, handed_in: UUID) -> HttpResponse:
    """Take back what it brought."""
    me: Any = request.user
    row = _row_or_404(handed_in)
    if not handing_in.ask_back(row, by=me):
        say(request, _("Nothing of it is here."), tone="care")
    return redirect("past_orders", row.pk)


@colleagues_may("own")
@require_POST
def discarding(request: HttpRequest, handed_in: UUID) -> HttpResponse:
    """Not this file after all."""
    handing_in.discard(_row_or_404(handed_in), at=now())
    say(request, _("Nothing was brought in, and the file is gone."))
    return redirect("past")


@colleagues_may("own")
@never_cache
@require_GET
def report(request: HttpRequest, handed_in: UUID) -> HttpResponse:
    """What was not taken, with line and reason, as a table."""
    row = _row_or_404(handed_in)
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow([_("line"), _("why")])
    table.writerows(orders_say.problems(row))
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="orders-not-taken.csv"'
    return answer


def _row_or_404(handed_in: UUID) -> HandedIn:
    row = HandedIn.objects.select_related("by").filter(pk=handed_in).first()
    if row is None:
        raise Http404
    return row

"""Bring your past: handed in, looked through, agreed to, brought in, and undone where that was a mistake."""

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

from courtesy.conversations.actions import asking, bringings, taking_out
from courtesy.conversations.models import Bringing
from courtesy.desk import before_us
from courtesy.desk.bringing import says, screen
from courtesy.desk.bringing.forms import AgreeForm, ColumnsForm, FileForm, MonthsForm, WhoWeAreForm
from courtesy.desk.bringing.uploading import WHOLE, SealedUpload, came_whole, sealed
from courtesy.post import mailboxes
from courtesy.post.past import says as past_says
from courtesy.post.past.letters import NotRead
from courtesy.staff.access import colleagues_may
from courtesy.web.flash import say

UNPROCESSABLE = 422


@colleagues_may("own")
@never_cache
@require_GET
def past(request: HttpRequest) -> HttpResponse:
    """A file or a mailbox, what was brought in so far, and how it was before."""
    return _past(request)


def _past(
    request: HttpRequest, *, file_form: FileForm | None = None, months_form: MonthsForm | None = None
) -> HttpResponse:
    boxes = mailboxes.connected()
    waits = before_us.waits()
    wrong = bool((file_form and file_form.errors) or (months_form and months_form.errors))
    context = {
        "file_form": file_form or FileForm(),
        "months_form": (months_form or MonthsForm(boxes=boxes)) if boxes else None,
        "whole": WHOLE,
        "imports": [(one, says.kind(one.row)) for one in screen.all_of_them()],
        "orders": screen.orders_handed_in(),
        "before": before_us.words(waits),
        "by_hours": before_us.by_hours(waits),
        "worker_is_here": screen.worker_is_here(now()),
    }
    return render(request, "bringing/past.html", context, status=UNPROCESSABLE if wrong else 200)


@csrf_exempt  # the form's sign stands in the body, which must not be read before it is known who hands it in
@colleagues_may("own")
@require_POST
def letters_file(request: HttpRequest) -> HttpResponse:
    """A file is handed in: sealed as it comes, looked at, and from then on on its own page."""
    return sealed(request, _file_taken, kept_as=Bringing)


@csrf_protect
def _file_taken(request: HttpRequest, upload: SealedUpload) -> HttpResponse:
    me: Any = request.user
    form = FileForm(request.POST)
    if not form.is_valid():
        return _past(request, file_form=form)
    if not came_whole(request, upload, form):
        return _past(request, file_form=form)
    try:
        row = asking.ask_about_file(
            upload.number, key_id=upload.key_id, ours=form.cleaned_data["ours"], by=me, at=now()
        )
    except NotRead as trouble:
        form.add_error("file", past_says.trouble(trouble.why))
        return _past(request, file_form=form)
    return redirect("past_letters", row.pk)


@colleagues_may("own")
@require_POST
def letters_months(request: HttpRequest) -> HttpResponse:
    """The last months of a mailbox."""
    me: Any = request.user
    boxes = mailboxes.connected()
    form = MonthsForm(request.POST, boxes=boxes)
    if not form.is_valid():
        return _past(request, months_form=form)
    row = asking.ask_about_mailbox(
        UUID(form.cleaned_data["mailbox"]), months=form.cleaned_data["months"], by=me, at=now()
    )
    return redirect("past_letters", row.pk)


@colleagues_may("own")
@never_cache
@require_GET
def letters(request: HttpRequest, bringing_id: UUID) -> HttpResponse:
    """One import: what is in it, how far it is, or what came of it."""
    return _letters(request, _row_or_404(bringing_id))


def _letters(
    request: HttpRequest,
    row: Bringing,
    *,
    agree: AgreeForm | None = None,
    columns_form: ColumnsForm | None = None,
    who_form: WhoWeAreForm | None = None,
) -> HttpResponse:
    seen = screen.shown(row)
    table = screen.table(row) if row.state == Bringing.State.ASKED else None
    if table is not None and columns_form is None:
        columns_form = ColumnsForm(initial=row.columns, header=table.header)
    if who_form is None and (seen.perhaps_ours or (seen.counts.questions and not seen.counts.answers)):
        who_form = WhoWeAreForm(perhaps=seen.perhaps_ours)
    wrong = any(form and form.errors for form in (agree, columns_form, who_form))
    context = {
        "seen": seen,
        "row": row,
        "title": says.title(row),
        "kind": says.kind(row),
        "days": says.span_of(seen.counts),
        "trouble": says.trouble(row) if row.trouble else "",
        "table": table,
        "first_row": [(name, next((one.get(name, "") for one in table.sample), "")) for name in table.header]
        if table
        else [],
        "columns_form": columns_form,
        "who_form": who_form,
        "agree": agree or AgreeForm(initial={"since": seen.counts.first or None}),
        "problems": [(place, past_says.why(why)) for place, why in row.problems[:10]],
        "promised": screen.promised(row) if row.state == Bringing.State.DONE else [],
        "before": before_us.words(seen.before),
        "by_hours": before_us.by_hours(seen.before),
        "worker_is_here": screen.worker_is_here(now()),
    }
    return render(request, "bringing/letters.html", context, status=UNPROCESSABLE if wrong else 200)


@colleagues_may("own")
@require_POST
def columns(request: HttpRequest, bringing_id: UUID) -> HttpResponse:
    """Which column holds what; the file is looked through anew."""
    row = _row_or_404(bringing_id)
    table = screen.table(row)
    if table is None or row.state != Bringing.State.ASKED:
        return redirect("past_letters", row.pk)
    form = ColumnsForm(request.POST, header=table.header)
    if not form.is_valid():
        return _letters(request, row, columns_form=form)
    asking.choose_columns(row, form.cleaned_data, header=table.header, at=now())
    return redirect("past_letters", row.pk)


@colleagues_may("own")
@require_POST
def ours(request: HttpRequest, bringing_id: UUID) -> HttpResponse:
    """These addresses are ours: it is looked through anew."""
    row = _row_or_404(bringing_id)
    form = WhoWeAreForm(request.POST, perhaps=screen.shown(row).perhaps_ours)
    if row.state == Bringing.State.ASKED and not form.is_valid():
        return _letters(request, row, who_form=form)
    if row.state == Bringing.State.ASKED:
        asking.name_ours(row, form.cleaned_data["ours"])
    return redirect("past_letters", row.pk)


@colleagues_may("own")
@require_POST
def beginning(request: HttpRequest, bringing_id: UUID) -> HttpResponse:
    """Go: on this basis, since that day. One that stopped goes on."""
    me: Any = request.user
    row = _row_or_404(bringing_id)
    if row.state == Bringing.State.FAILED and row.basis:
        asking.go_on(row)
        return redirect("past_letters", row.pk)
    form = AgreeForm(request.POST)
    if not form.is_valid():
        return _letters(request, row, agree=form)
    if not asking.agree(row, basis=form.cleaned_data["basis"], since=form.cleaned_data["since"], by=me, at=now()):
        say(request, _("It has begun already."), tone="care")
    return redirect("past_letters", row.pk)


@colleagues_may("own")
@require_POST
def undoing(request: HttpRequest, bringing_id: UUID) -> HttpResponse:
    """Take out again what it brought."""
    me: Any = request.user
    row = _row_or_404(bringing_id)
    try:
        taking_out.ask(row.pk, by=me, at=now())
    except taking_out.NothingToUndo:
        say(request, _("It was taken out before."), tone="care")
    return redirect("past_letters", row.pk)


@colleagues_may("own")
@require_POST
def discarding(request: HttpRequest, bringing_id: UUID) -> HttpResponse:
    """Not this file after all."""
    row = _row_or_404(bringing_id)
    asking.discard(row)
    say(request, _("Nothing was brought in, and the file is gone."))
    return redirect("past")


@colleagues_may("own")
@never_cache
@require_GET
def report(request: HttpRequest, bringing_id: UUID) -> HttpResponse:
    """What was not taken, with line and reason, as a table."""
    row = _row_or_404(bringing_id)
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow([_("line or number"), _("why")])
    table.writerows((place, past_says.why(why)) for place, why in row.problems)
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="letters-not-taken.csv"'
    return answer


def _row_or_404(bringing_id: UUID) -> Bringing:
    row = bringings.found(bringing_id)
    if row is None:
        raise Http404
    return row

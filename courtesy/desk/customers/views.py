"""The customer's page, notes about them, and whether two records are one."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courtesy.desk.customers import access, queries
from courtesy.desk.customers.forms import NoteForm, OtherForm
from courtesy.people import merging as same
from courtesy.people import notes as noted
from courtesy.people.models import Person
from courtesy.privacy.keys import KeyGone
from courtesy.staff import queries as staff
from courtesy.staff.access import colleague_of, colleagues_may
from courtesy.web.flash import say


@colleagues_may("see")
@require_GET
def customer(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One customer: their orders, what they wrote, what we noted, what they permit."""
    now = timezone.now()
    request.shop_front = staff.shop()  # type: ignore[attr-defined]
    page = queries.page_of(person_id, at=now, before=_place(request.GET.get("before", "")))
    if page is None:
        raise Http404
    context = {"known": page, "now": now, "may_answer": colleague_of(request).may("answer"), "form": NoteForm()}
    return render(request, "customers/customer.html", context)


@colleagues_may("answer")
@require_POST
def notes(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Note something about a customer."""
    person, form = access.person_of(person_id), NoteForm(request.POST)
    if not form.is_valid():
        say(request, " ".join(str(error) for error in form.errors["words"]), tone="care")
        return _back(request, person)
    try:
        noted.write(person, words=form.cleaned_data["words"], by=colleague_of(request), at=timezone.now())
    except KeyGone:
        raise Http404 from None
    say(request, _("Noted. They can read it too."))
    return _back(request, person)


@colleagues_may("answer")
@require_POST
def removal(request: HttpRequest, person_id: UUID, note_id: UUID) -> HttpResponse:
    """Take a note away."""
    person = access.person_of(person_id)
    noted.remove(access.note_of(person, note_id), by=colleague_of(request), at=timezone.now())
    say(request, _("The note is gone."))
    return _back(request, person)


@colleagues_may("answer")
@require_POST
def merging(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Say that the other record is the same customer."""
    person, other = access.person_of(person_id), _other(request)
    if other is None:
        return _back(request, person)
    try:
        same.merge(other, into=person, by=colleague_of(request), at=timezone.now())
    except same.AlreadyOne:
        say(request, _("They are one customer already."))
    else:
        undo = reverse("customer_parting", args=[other.pk])
        say(request, _("One customer now. Orders, letters and notes stand together."), undo=undo)
    return _back(request, person)


@colleagues_may("answer")
@require_POST
def parting(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Say that this record is a customer of its own."""
    person = access.person_of(person_id)
    try:
        same.unmerge(person, by=colleague_of(request), at=timezone.now())
    except same.NotOne:
        say(request, _("This record stands for itself already."))
    else:
        say(request, _("Two customers again. Each keeps what was theirs."))
    return _back(request, person)


@colleagues_may("answer")
@require_POST
def difference(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Say that the other record is somebody else; it is not suggested again."""
    person, other = access.person_of(person_id), _other(request)
    if other is None:
        return _back(request, person)
    same.keep_apart(person, other, by=colleague_of(request), at=timezone.now())
    say(request, _("Two people. It will not be suggested again."))
    return _back(request, person)


def _other(request: HttpRequest) -> Person | None:
    """The other record; None, and said so, where none was named."""
    form = OtherForm(request.POST)
    if not form.is_valid():
        say(request, _("Which other record?"), tone="care")
        return None
    return access.person_of(form.cleaned_data["other"])


def _place(text: str) -> tuple[datetime, int] | None:
    """Where the next page of orders begins; the first one where nobody could have written this."""
    at, _sign, number = text.partition("~")
    try:
        when, order_id = datetime.fromisoformat(at), int(number)
    except ValueError:
        return None
    return (when, order_id) if timezone.is_aware(when) and abs(order_id) < 2**63 else None


def _back(request: HttpRequest, person: Person) -> HttpResponse:
    """Where they came from, if that is a page of ours; else the customer's."""
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("customer", args=[person.pk])
    return HttpResponseRedirect(back)

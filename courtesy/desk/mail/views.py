"""The pages about mail: a mailbox is filled in, tried out, connected, changed, removed; and the second path."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courtesy.desk.mail import says, screen
from courtesy.desk.mail.forms import (
    AddressForm,
    MailboxForm,
    ProviderForm,
    SecondPathForm,
    from_given,
    from_preset,
)
from courtesy.post import mailboxes, trying, warning
from courtesy.post.mailboxes import Given, NoSuchMailbox, SecretNeeded, Unusable
from courtesy.post.models import Mailbox
from courtesy.post.providers import provider
from courtesy.post.trying import NoSuchTrial, Seen
from courtesy.staff import queries as staff
from courtesy.staff.access import colleagues_may
from courtesy.web.flash import say

UNPROCESSABLE = 422
TYPED_HERE = "mailbox_trials"
"""In the session: the trials whose password was typed in this very browser."""


@colleagues_may("manage")
@require_GET
def mail(request: HttpRequest) -> HttpResponse:
    """The mailboxes, how they are, and where the owner hears of trouble."""
    return _mail(request)


def _mail(request: HttpRequest, form: SecondPathForm | None = None) -> HttpResponse:
    at = now()
    shown = screen.page(at=at)
    if form is None:
        form = SecondPathForm(initial=screen.named(shown.path))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "mail/mail.html", {"mail": shown, "form": form, "now": at}, status=status)


@colleagues_may("manage")
@never_cache
@require_http_methods(["GET", "POST"])
def mailbox_new(request: HttpRequest) -> HttpResponse:
    """First the address, then what its provider wants, then the trial. Nothing of it stands in an address bar."""
    step = request.POST.get("step", "")
    if step == "try":
        return _tried(request, MailboxForm(request.POST, may_send_one=_may_send_one(request)))
    asked = ProviderForm(request.POST) if step == "provider" else AddressForm(request.POST or None)
    if asked.is_valid():
        filled = from_preset(asked.cleaned_data["address"].lower(), provider=asked.cleaned_data.get("provider", ""))
        return _form(request, MailboxForm(initial=filled, may_send_one=_may_send_one(request)))
    if step == "provider":
        asked = AddressForm()
    status = UNPROCESSABLE if asked.errors else 200
    return render(request, "mail/address.html", {"form": asked}, status=status)


@colleagues_may("manage")
@never_cache
@require_http_methods(["GET", "POST"])
def mailbox(request: HttpRequest, mailbox_id: UUID) -> HttpResponse:
    """The settings of a mailbox, to be changed; tried out first or kept as they are."""
    me: Any = request.user
    row = _mailbox_or_404(mailbox_id)
    may = {"keeps_secret": True, "may_send_one": _may_send_one(request)}
    if request.method == "GET":
        return _form(request, MailboxForm(initial=from_given(mailboxes.of(row)), **may), row=row)
    form = MailboxForm(request.POST, **may)
    if request.POST.get("step") == "try":
        return _tried(request, form, row=row)
    if form.is_valid():
        try:
            mailboxes.change(row.pk, given=form.given, by=me, at=now())
        except Unusable as trouble:
            form.refuse(trouble)
        except SecretNeeded:
            form.add_error("secret", _("Type it again: it was for another server or user, and is handed to no other."))
        else:
            say(request, _("Kept."))
            return redirect("mail")
    return _form(request, form, row=row)


def _tried(
    request: HttpRequest, form: MailboxForm, *, row: Mailbox | None = None, before: Seen | None = None
) -> HttpResponse:
    """Begin a trial and lead to its page; or the form again, with what cannot be right."""
    me: Any = request.user
    if form.is_valid():
        given = form.given
        if before is not None and not given.secret:
            given = replace(given, secret=before.given.secret)
        try:
            trial = trying.try_out(
                given=given, sends_one=form.sends_one_letter, by=me, at=now(), mailbox_id=row.pk if row else None
            )
        except Unusable as trouble:
            form.refuse(trouble)
        except SecretNeeded:
            form.add_error("secret", _("Type it again: it was for another server or user, and is handed to no other."))
        else:
            if given.secret:
                request.session[TYPED_HERE] = [*request.session.get(TYPED_HERE, []), str(trial.pk)][-10:]
            return redirect("mailbox_trial", trial.pk)
    return _form(request, form, row=row)


def _form(request: HttpRequest, form: MailboxForm, *, row: Mailbox | None = None) -> HttpResponse:
    shown = provider(str(form["provider"].value() or ""))
    page = {
        "form": form,
        "provider": shown,
        "providers": ProviderForm(
            auto_id="another_%s", initial={"address": form["address"].value(), "provider": shown.name}
        ),
        "mailbox": row,
        "may_send": staff.shop().may_send,
    }
    return render(request, "mail/mailbox.html", page, status=UNPROCESSABLE if form.errors else 200)


@colleagues_may("manage")
@never_cache
@require_GET
def trial(request: HttpRequest, trial_id: UUID) -> HttpResponse:
    """What is being tried, step by step; it goes on whether somebody looks or not."""
    seen, at = _trial_or_404(trial_id), now()
    page = {
        "trial": seen,
        "steps": says.steps(seen, now=at),
        "outcome": says.outcome(seen) if seen.is_over else None,
        "worker_is_here": screen.worker_is_here(at),
        "taken": seen.mailbox_id is None and mailboxes.is_ours(seen.given.address),
    }
    return render(request, "mail/trial.html", page)


@colleagues_may("manage")
@never_cache
@require_http_methods(["GET", "POST"])
def trial_settings(request: HttpRequest, trial_id: UUID) -> HttpResponse:
    """The settings that were tried, to be changed and tried again."""
    seen = _trial_or_404(trial_id)
    row = _mailbox_or_404(seen.mailbox_id) if seen.mailbox_id else None
    typed_here = str(seen.trial_id) in request.session.get(TYPED_HERE, [])
    may = {"keeps_secret": typed_here or row is not None, "may_send_one": _may_send_one(request)}
    if request.method == "GET":
        filled = from_given(seen.given) | {"sends_one": seen.sends_one}
        return _form(request, MailboxForm(initial=filled, **may), row=row)
    return _tried(request, MailboxForm(request.POST, **may), row=row, before=seen if typed_here else None)


@colleagues_may("manage")
@require_POST
def connection(request: HttpRequest, trial_id: UUID) -> HttpResponse:
    """What was tried counts from now on; where only reading works, for reading."""
    me: Any = request.user
    seen = _trial_or_404(trial_id)
    if not (seen.is_over and seen.reads):
        say(request, _("Reading has to work first."), tone="care")
        return redirect("mailbox_trial", trial_id)
    given: Given = seen.given if seen.sends or not seen.given.smtp_host else replace(seen.given, smtp_host="")
    try:
        if seen.mailbox_id:
            mailboxes.change(seen.mailbox_id, given=given, by=me, at=now())
        else:
            mailboxes.connect(given=given, by=me, at=now())
    except mailboxes.AddressTaken:
        say(request, _("This address is connected already."), tone="care")
    except NoSuchMailbox:
        raise Http404 from None
    else:
        say(
            request,
            _("Connected. New mail comes into the inbox from now on; what colleagues write themselves is kept apart."),
        )
    trying.forget(trial_id, at=now())
    return redirect("mail")


@colleagues_may("manage")
@require_POST
def mailbox_removal(request: HttpRequest, mailbox_id: UUID) -> HttpResponse:
    """Read a mailbox no more; what came by it stays."""
    me: Any = request.user
    row = _mailbox_or_404(mailbox_id)
    try:
        mailboxes.remove(row.pk, by=me, at=now())
    except mailboxes.StillUnsent:
        say(request, _("Something has still to leave from it. Let it go or take it back first."), tone="care")
        return redirect("mailbox", mailbox_id)
    say(request, _("Removed. Its password is gone; the mails stay where they are."))
    return redirect("mail")


@colleagues_may("manage")
@require_POST
def second_path(request: HttpRequest) -> HttpResponse:
    """Where the owner is told that mail stands still."""
    me: Any = request.user
    form = SecondPathForm(request.POST)
    if form.is_valid():
        try:
            warning.name(**form.cleaned_data, by=me, at=now())
        except warning.BadPath as trouble:
            form.add_error(trouble.where, _("No warning can go there. A webhook begins with https://."))
        else:
            say(request, _("Kept."))
            return redirect("mail")
    return _mail(request, form)


@colleagues_may("manage")
@require_POST
def second_path_test(request: HttpRequest) -> HttpResponse:
    """A warning that warns of nothing, to see it arrive."""
    me: Any = request.user
    if warning.ask_for_test(by=me, at=now()):
        say(request, _("A test warning is on its way."))
    else:
        say(request, _("Nobody is named yet to be told."), tone="care")
    return redirect("mail")


def _may_send_one(request: HttpRequest) -> bool:
    me: Any = request.user
    return bool(staff.shop().may_send or me.may("own"))


def _mailbox_or_404(mailbox_id: UUID) -> Mailbox:
    try:
        return mailboxes.mailbox(mailbox_id)
    except NoSuchMailbox:
        raise Http404 from None


def _trial_or_404(trial_id: UUID) -> Seen:
    try:
        return trying.seen(trial_id)
    except NoSuchTrial:
        raise Http404 from None

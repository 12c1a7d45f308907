"""What a person does about an answer that did not leave by itself: held, unsure or refused."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courtesy.desk.inbox import access
from courtesy.desk.inbox.screen import Where
from courtesy.post import outbox
from courtesy.staff.access import colleagues_may
from courtesy.web.flash import say


@colleagues_may("answer")
@require_POST
def release(request: HttpRequest, outgoing_id: UUID) -> HttpResponse:
    """The click after 24 hours."""
    return _done(request, outgoing_id, outbox.release, _("It leaves now."))


@colleagues_may("answer")
@require_POST
def sending_again(request: HttpRequest, outgoing_id: UUID) -> HttpResponse:
    """Send an unsure or refused answer once more, because a person says so."""
    return _done(request, outgoing_id, outbox.send_again, _("It is tried again now."))


@colleagues_may("answer")
@require_POST
def arrival_confirmed(request: HttpRequest, outgoing_id: UUID) -> HttpResponse:
    """A person found out that an unsure answer did arrive."""
    return _done(request, outgoing_id, outbox.mark_as_sent, _("Noted: it arrived."))


def _done(request: HttpRequest, outgoing_id: UUID, action: Any, words: str) -> HttpResponse:
    thread_id = access.thread_of_mail(outgoing_id)
    if action(outgoing_id, by=request.user.pk, at=timezone.now()):
        say(request, words)
    else:
        say(request, _("It has moved on meanwhile; look again."), tone="care")
    if thread_id is None:
        return HttpResponseRedirect(reverse("today"))
    return HttpResponseRedirect(reverse("thread", args=[thread_id]) + Where.read(request).query())

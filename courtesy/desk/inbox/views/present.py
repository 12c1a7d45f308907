"""Who is here: an open page says now and then that somebody looks at it, and hears who else does."""

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from courtesy.conversations import actions as conversations
from courtesy.desk.inbox import access, screen
from courtesy.staff.access import colleague_of, colleagues_may


class LookForm(forms.Form):
    """How far the page has been read, and whether somebody types in it."""

    event = forms.IntegerField(min_value=0, max_value=access.BIGGEST)
    writes = forms.BooleanField(required=False)


@colleagues_may("see")
@require_POST
def looks(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Somebody looks; back comes a stamp of who else is here, so that the page knows when to look again."""
    thread, me, now = access.thread_of(thread_id), colleague_of(request), timezone.now()
    form = LookForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    seen = min(form.cleaned_data["event"], thread.last_event)
    writes = form.cleaned_data["writes"] and me.may("answer")
    conversations.look(thread.pk, by=me, at=now, writes=writes, event=seen)
    return JsonResponse({"here": screen.company(thread.pk, but=me, now=now).stamp})

"""Which promise somebody may touch: any of a thread that can be read; who may change it, the view's rule says."""

from django.http import Http404

from courtesy.conversations.models import Promise

BIGGEST = 2**63 - 1


def promise_of(promise_id: int) -> Promise:
    """The promise, if it was given in an answer that stands."""
    found = Promise.objects.filter(message__taken_back_at=None).select_related("message", "holder")
    promise = found.filter(pk=promise_id).first() if promise_id <= BIGGEST else None
    if promise is None:
        raise Http404
    return promise

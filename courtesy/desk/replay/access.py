"""Which pair somebody may mark: any that is there; who may, the view's rule says. The rest is 404."""

from django.http import Http404

from courtesy.desk.lifecycle.models import Replayed

BIGGEST = 2**63 - 1


def pair_of(pair_id: int) -> Replayed:
    """The pair."""
    found = Replayed.objects.filter(pk=pair_id).first() if pair_id <= BIGGEST else None
    if found is None:
        raise Http404
    return found

"""Which pair, sentence or voucher somebody may touch: any that is there; who may, the view's rule says. Else 404."""

from django.http import Http404

from courtesy.desk.lifecycle.models import Replayed

BIGGEST = 2**63 - 1


def pair_of(pair_id: int) -> Replayed:
    """The pair."""
    found = Replayed.objects.filter(pk=pair_id).first() if pair_id <= BIGGEST else None
    if found is None:
        raise Http404
    return found


def number_of(row_id: int) -> int:
    """The number of a sentence or a voucher, where it can be one."""
    if row_id > BIGGEST:
        raise Http404
    return row_id

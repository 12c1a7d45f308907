"""Two records of one customer are said to be the same, and told apart again.

Nothing moves: a record points at the one it is the same as, and whoever asks about a person asks about all of theirs
(`queries.everyone`). So telling them apart loses nothing, and each record keeps its own key, address and yes and no.
A machine only suggests it; a colleague says it.

Exceptions: AlreadyOne, NotOne.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from courtesy.people.models import Different, Person
from courtesy.privacy import ledger
from courtesy.staff.models import Colleague


class AlreadyOne(ValueError):
    """These two are one person already."""


class NotOne(ValueError):
    """This record stands for itself; there is nothing to tell apart."""


def merge(one: Person, *, into: Person, by: Colleague, at: datetime) -> None:
    """Say that both records are one customer; ``into`` is the one that lists and pages lead with.

    Records that were the same as ``one`` follow it. Raises AlreadyOne.
    """
    with transaction.atomic():
        roots = _held(one, into)
        ours, theirs = roots[one.pk], roots[into.pk]
        if ours.pk == theirs.pk:
            raise AlreadyOne("These two records are one person already.")
        Person.objects.filter(Q(pk=ours.pk) | Q(same_as=ours)).update(same_as=theirs)
        Different.objects.filter(_pair(one, into)).delete()
        ledger.append("customers merged", about=one, by=by.pk, at=at)


def unmerge(one: Person, *, by: Colleague, at: datetime) -> None:
    """Let this record stand for itself again; the others stay one. Raises NotOne.

    Where it was the one the others led to, the oldest of them leads from now on.
    """
    with transaction.atomic():
        root = _held(one)[one.pk]
        others = list(Person.objects.filter(same_as=root).order_by("created_at", "pk").values_list("pk", flat=True))
        if not others:
            raise NotOne("This record stands for itself.")
        if root.pk == one.pk:
            first, *rest = others
            Person.objects.filter(pk=first).update(same_as=None)
            Person.objects.filter(pk__in=rest).update(same_as=first)
        else:
            Person.objects.filter(pk=one.pk).update(same_as=None)
        ledger.append("customers told apart", about=one, by=by.pk, at=at)


def keep_apart(one: Person, other: Person, *, by: Colleague, at: datetime) -> None:
    """Say that these two are different people: it is not suggested again. Twice is once."""
    first, second = sorted([one.pk, other.pk])
    with transaction.atomic():
        _, is_new = Different.objects.get_or_create(
            one_id=first, other_id=second, defaults={"said_by": by.pk, "said_at": at}
        )
        if is_new:
            ledger.append("customers kept apart", about=one, by=by.pk, at=at)


def _held(*records: Person) -> dict[UUID, Person]:
    """The record each of these leads to, locked in one order so that two colleagues at once cannot make a circle."""
    wanted = {record.pk for record in records}
    leads = set(Person.objects.filter(pk__in=wanted).exclude(same_as=None).values_list("same_as", flat=True))
    held = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=wanted | leads).order_by("pk")}
    roots = {pk: held[pk].same_as_id or pk for pk in wanted}
    if not set(roots.values()) <= held.keys():
        return _held(*records)  # somebody merged them elsewhere between the two looks
    return {pk: held[root] for pk, root in roots.items()}


def _pair(one: Person, other: Person) -> Q:
    first, second = sorted([one.pk, other.pk])
    return Q(one_id=first, other_id=second)

"""An import taken back: what it brought goes, what it changed stands as before, whom it alone brought goes with keys.

The register of permissions is only added to: for whoever stays it says that the import was taken back. Cut short, it
is gone on with by asking again; nothing of it is done twice.

Exceptions: NoSuchImport; StandsBelow, where a later import stands on this one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import models, transaction
from django.db.models import Max, Min, Q
from django.utils.dateparse import parse_date, parse_datetime

from courtesy.consent import actions as consent
from courtesy.consent.models import Entry
from courtesy.people.models import Handle, NameToken, Person
from courtesy.privacy import keys, ledger
from courtesy.privacy.models import Key
from courtesy.records.actions.marking import WHOLE
from courtesy.records.actions.orders import PARCEL
from courtesy.records.models import Delivery, Former, FormerCost, Import, Line, Newcomer, Order, Product, Refund
from courtesy.staff.models import Colleague

WINDOW = 5000  # row numbers a transaction
AT_ONCE = 300  # people a transaction
OWN = (Handle, NameToken, Newcomer, Entry)
"""What is a person's own and goes with them; anything else that points to them keeps them here."""


class NoSuchImport(LookupError):
    """There is no import of that number, or it was taken back already."""


class StandsBelow(RuntimeError):
    """A later import changed or added to what this one brought: ``later`` are to be taken back first."""

    def __init__(self, later: list[int]) -> None:
        super().__init__(f"Take back import {', '.join(map(str, later))} first: it stands on this one.")
        self.later = later


@dataclass(frozen=True)
class Undone:
    """What went, and who stayed because there is more of them here than this import."""

    lines: int = 0
    refunds: int = 0
    orders: int = 0
    products: int = 0
    people: int = 0
    people_kept: int = 0
    put_back: int = 0
    left: int = 0


def undo(import_id: int, *, by: Colleague | None, at: datetime) -> Undone:
    """Take an import back. Raises NoSuchImport and StandsBelow.

    People whom it brought and who have since written, bought elsewhere or said something themselves stay, without its
    orders; a yes to marketing that rested on it ends now.
    """
    run = _hold(import_id)
    put_back = _put_back(run)
    refunds = _remove(Refund, run)
    _remove(Delivery, run)
    lines = _remove(Line, run)
    orders = _remove(Order, run)
    _put_costs_back(run)
    products = _remove(Product, run, unless=~Q(lines=None) | ~Q(refunds=None) | ~Q(former_costs=None))
    people, kept = _people_go(run, by=by, at=at)
    with transaction.atomic():
        Import.objects.filter(pk=run.pk, state=Import.State.UNDOING).update(
            state=Import.State.UNDONE, undone_at=at, undone_by=by, touched_at=at
        )
        ledger.append(
            "orders-taken-back", about=run, by=by.pk if by else None, at=at, lines=lines, orders=orders, people=people
        )
    left = sum(model._base_manager.filter(brought_by=run).count() for model in (Line, Refund, Delivery, Order))
    return Undone(lines, refunds, orders, products, people, kept, put_back, left)


def _hold(import_id: int) -> Import:
    """The import, marked as being taken back; a run that still goes on with it stops at its next batch."""
    with transaction.atomic():
        run = Import.objects.select_for_update().filter(pk=import_id).exclude(state=Import.State.UNDONE).first()
        if run is None:
            raise NoSuchImport(f"There is no import {import_id} to take back.")
        later = [
            other.pk
            for other in Import.objects.filter(store=run.store, pk__gt=run.pk).exclude(state=Import.State.UNDONE)
            if run.pk in other.counts.get("stands_on", []) or other.formers.filter(order__brought_by=run).exists()
        ]
        if later:
            raise StandsBelow(later)
        run.state, run.runner = Import.State.UNDOING, uuid4()
        run.save(update_fields=["state", "runner"])
    return run


def _windows(model: type[models.Model], run: Import) -> Iterator[models.QuerySet[Any]]:
    """The rows that an import brought, a few thousand row numbers at a time: they lie close to each other."""
    ends = model._base_manager.filter(brought_by=run).aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return
    for start in range(ends["first"], ends["last"] + 1, WINDOW):
        yield model._base_manager.filter(brought_by=run, pk__gte=start, pk__lt=start + WINDOW)


def _remove(model: type[models.Model], run: Import, *, unless: Q | None = None) -> int:
    """Delete what an import brought, without making an object of each row; ``unless`` says what stays."""
    gone = 0
    for rows in _windows(model, run):
        with transaction.atomic():
            going = rows
            if unless is not None:
                kept = rows.filter(unless).values("pk")
                going = model._base_manager.filter(pk__in=rows.exclude(pk__in=kept).values("pk"))
            gone += int(going._raw_delete(going.db))
    return gone


def _put_back(run: Import) -> int:
    """Orders that this import changed say again what they said before."""
    back = 0
    while some := list(Former.objects.filter(brought_by=run).select_related("order")[:AT_ONCE]):
        with transaction.atomic():
            for former in some:
                _as_it_was(former)
                former.delete()
                back += 1
    return back


def _put_costs_back(run: Import) -> None:
    """Products cost again what they cost before this import.

    Where a later one has said otherwise since, that stands; taken back itself, it leads to what was before both.
    """
    while some := list(FormerCost.objects.filter(brought_by=run)[:AT_ONCE]):
        with transaction.atomic():
            for former in some:
                later = FormerCost.objects.filter(product=former.product_id, pk__gt=former.pk).order_by("pk").first()
                if later is None:
                    Product.objects.filter(pk=former.product_id).update(cost=former.was)
                else:
                    FormerCost.objects.filter(pk=later.pk).update(was=former.was)
                former.delete()


def _as_it_was(former: Former) -> None:
    was, order = former.was, former.order
    Order.objects.filter(pk=order.pk).update(
        placed_at=parse_datetime(was["placed_at"]), person_id=was["person"], state=was["state"], total=was["total"]
    )
    whole = Refund.objects.filter(store=order.store_id, number=order.number, mark=WHOLE)
    if was["refunded"] is not None:
        whole.update(amount=was["refunded"])
    if was["parcel"] is not None:
        said = was["parcel"]
        read = {"promised_on": parse_date, "shipped_at": parse_datetime, "arrived_at": parse_datetime}
        values = {
            name: (read[name](said[name]) if said[name] else None) if name in read else said[name] for name in PARCEL
        }
        Delivery.objects.filter(order=order, part=1).update(**values)


def _people_go(run: Import, *, by: Colleague | None, at: datetime) -> tuple[int, int]:
    """Whoever came only by this import goes, keys first; whoever stays is told apart in the register."""
    where = f"the orders brought in on {run.at:%Y-%m-%d} (import {run.pk})"
    gone = stayed = 0
    # Those known before, too, may have a yes that rests on this import.
    others = Entry.objects.filter(where=where, words=consent.YES_ON_A_LIST).values("person")
    for some in _in_parts(Person.objects.filter(pk__in=others).exclude(pk__in=_newcomers(run)).order_by("pk")):
        consent.take_back_import(people=some, where=where, by=by, at=at)
    while some := list(Person.objects.filter(pk__in=_newcomers(run)[:AT_ONCE])):
        kept = _with_more(some, where=where)
        going = [person for person in some if person.pk not in kept]
        theirs = Key.objects.alive().filter(holder__in=[person.pk for person in going])
        keys.destroy_these(theirs.values_list("pk", flat=True), at=at)
        consent.take_back_import(people=[one for one in some if one.pk in kept], where=where, by=by, at=at)
        with transaction.atomic():
            _forget(going)
            Newcomer.objects.filter(person__in=some).delete()
        gone += len(going)
        stayed += len(kept)
    return gone, stayed


def _newcomers(run: Import) -> Any:
    return Newcomer.objects.filter(brought_by=run).order_by("pk").values_list("person", flat=True)


def _in_parts(people: Iterable[Person]) -> Iterator[list[Person]]:
    found = list(people)
    for start in range(0, len(found), AT_ONCE):
        yield found[start : start + AT_ONCE]


def _with_more(people: Sequence[Person], *, where: str) -> set[UUID]:
    """Those of whom there is more than this import: whatever table points to them, and whatever they said themselves.

    Asked of every table that has a person in it, so that a room above need not be known here.
    """
    ids = [person.pk for person in people]
    kept: set[UUID] = set(Entry.objects.filter(person__in=ids).exclude(where=where).values_list("person_id", flat=True))
    for relation in Person._meta.related_objects:
        if relation.related_model in OWN:
            continue
        name = relation.field.name
        rows = relation.related_model._base_manager.filter(**{f"{name}__in": ids})
        kept.update(rows.values_list(name, flat=True))
    return kept


def _forget(people: Sequence[Person]) -> None:
    """Remove people whom nothing else names, with what is their own."""
    consent.forget_people(people=people)
    for model in (Handle, NameToken, Newcomer):
        model._base_manager.filter(person__in=people).delete()
    Person.objects.filter(pk__in=[person.pk for person in people]).delete()

"""Orders of a batch: found or made, and changed where a later file says something newer of them.

What an order said before is kept with the import that changed it, and put back when that is taken back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from courtesy.records.actions.inserting import insert
from courtesy.records.actions.marking import WHOLE
from courtesy.records.models import Delivery, Former, Import, Invoice, Order, Refund, Store
from courtesy.records.stores.rows import Facts, GivenBack, Parcel, Sale

AT_ONCE = 500
REMEMBERED = 50_000


@dataclass
class _Said:
    """What a batch says of one order, all its rows together."""

    at: datetime
    person: UUID | None
    currency: str
    facts: Facts
    lineless: int


class Orders:
    """The orders of one store that one import has met. ``stands_on`` are the imports whose orders it found here."""

    def __init__(self, store: Store, run: Import) -> None:
        self._store = store
        self._run = run
        self._known: dict[str, Order] = {}
        self.changed = 0
        self.made = 0
        self.stands_on: set[int] = set()

    def id_of(self, number: str) -> int | None:
        """The row number of an order that was met; None where there is none."""
        order = self._known.get(number)
        return None if order is None else order.pk

    def erased(self, entries: Iterable[Sale | GivenBack]) -> set[str]:
        """Numbers of orders whose customer was erased: an import does not bring them back."""
        found: set[str] = set()
        if not Invoice.objects.filter(store=self._store).exists():
            return found
        numbers = list({entry.number for entry in entries} - self._known.keys())
        for start in range(0, len(numbers), AT_ONCE):
            some = Invoice.objects.filter(store=self._store, number__in=numbers[start : start + AT_ONCE])
            found.update(some.values_list("number", flat=True))
        return found

    def know(self, entries: Sequence[Sale | GivenBack], whose: Mapping[str, UUID]) -> int:
        """Find or make every order of these rows, and write what is newer. Returns how many rows without a product
        brought an order that was not here.
        """
        if len(self._known) > REMEMBERED:
            self.forget()
        said = _gathered(entries, whose)
        wanted = set(said) | {entry.order for entry in entries if type(entry) is GivenBack and entry.order}
        self._find(wanted - set(self._known))
        there = [number for number in said if number in self._known]
        fresh = [number for number in said if number not in self._known]
        self._make({number: said[number] for number in fresh})
        for number in there:
            self._renew(self._known[number], said[number])
        return sum(said[number].lineless > 0 for number in fresh)

    def forget(self) -> None:
        """Look everything up again from now on."""
        self._known.clear()

    def _find(self, numbers: set[str]) -> None:
        wanted = sorted(numbers)
        for start in range(0, len(wanted), AT_ONCE):
            for order in Order.objects.filter(store=self._store, number__in=wanted[start : start + AT_ONCE]):
                self._known[order.number] = order
                if order.brought_by_id not in {None, self._run.pk}:
                    self.stands_on.add(order.brought_by_id or 0)

    def _make(self, said: Mapping[str, _Said]) -> None:
        self.made += insert(
            Order,
            ("store", "number", "person", "placed_at", "state", "total", "currency", "brought_by"),
            [
                (self._store.pk, number, one.person, one.at, one.facts.state or Order.State.SOLD.value,
                 one.facts.total, one.currency, self._run.pk)
                for number, one in said.items()
            ],
            same=("store", "number"),
        )  # fmt: skip
        self._find(set(said))
        insert(
            Delivery,
            ("order", "part", *PARCEL, "brought_by"),
            [
                (self._known[number].pk, 1, *(getattr(one.facts.parcel, name) for name in PARCEL), self._run.pk)
                for number, one in said.items()
                if one.facts.parcel is not None
            ],
            same=("order", "part"),
        )
        for number, one in said.items():
            self._write_refund(self._known[number], one.facts.refunded)

    def _renew(self, order: Order, said: _Said) -> None:
        """Write what the file says otherwise. Its rows may come in any order, so the earliest moment is the order's."""
        newer: dict[str, Any] = {}
        if said.at < order.placed_at:
            newer["placed_at"] = said.at
        if said.person is not None and order.person_id is None:
            newer["person_id"] = said.person
        if said.facts.state is not None and said.facts.state != order.state:
            newer["state"] = said.facts.state
        if said.facts.total is not None and said.facts.total != order.total:
            newer["total"] = said.facts.total
        parcel = self._newer_parcel(order, said.facts.parcel)
        refund = self._newer_refund(order, said.facts.refunded)
        if not newer and not parcel and not refund:
            return
        if order.brought_by_id != self._run.pk:
            self._keep(order)
        if newer:
            Order.objects.filter(pk=order.pk).update(**newer)
            for name, value in newer.items():
                setattr(order, name, value)
        if parcel:
            self._write_parcel(order, said.facts.parcel)
        if refund:
            self._write_refund(order, said.facts.refunded)
        self.changed += 1

    def _keep(self, order: Order) -> None:
        """Keep what the order says now, once an import, before it is changed."""
        parcel = Delivery.objects.filter(order=order, part=1).first()
        refund = Refund.objects.filter(store=self._store, number=order.number, mark=WHOLE).first()
        was = {
            "placed_at": order.placed_at.isoformat(),
            "person": None if order.person_id is None else str(order.person_id),
            "state": order.state,
            "total": order.total,
            "refunded": None if refund is None else refund.amount,
            "parcel": None if parcel is None else _told(parcel),
        }
        Former.objects.get_or_create(brought_by=self._run, order=order, defaults={"was": was})

    def _newer_parcel(self, order: Order, parcel: Parcel | None) -> bool:
        if parcel is None:
            return False
        there = Delivery.objects.filter(order=order, part=1).first()
        return there is None or _told(there) != _told(parcel)

    def _write_parcel(self, order: Order, parcel: Parcel | None) -> None:
        if parcel is not None:
            Delivery.objects.update_or_create(
                order=order, part=1,
                defaults={name: getattr(parcel, name) for name in PARCEL},
                create_defaults={**{name: getattr(parcel, name) for name in PARCEL}, "brought_by": self._run},
            )  # fmt: skip

    def _newer_refund(self, order: Order, amount: int | None) -> bool:
        if not amount:
            return False
        there = Refund.objects.filter(store=self._store, number=order.number, mark=WHOLE).first()
        return there is None or there.amount != amount

    def _write_refund(self, order: Order, amount: int | None) -> None:
        """Money given back for the order as a whole. The file does not say when: the order's moment stands for it."""
        if amount:
            Refund.objects.update_or_create(
                store=self._store, number=order.number, mark=WHOLE,
                defaults={"amount": amount},
                create_defaults={
                    "amount": amount, "order": order, "person_id": order.person_id, "currency": order.currency,
                    "refunded_at": order.placed_at, "brought_by": self._run,
                },
            )  # fmt: skip


PARCEL = ("promised_on", "shipped_at", "arrived_at", "carrier", "tracking")


def _told(parcel: Delivery | Parcel) -> dict[str, str]:
    values = {name: getattr(parcel, name) for name in PARCEL}
    return {
        name: value if isinstance(value, str) else value.isoformat() if value else "" for name, value in values.items()
    }


def _gathered(entries: Sequence[Sale | GivenBack], whose: Mapping[str, UUID]) -> dict[str, _Said]:
    said: dict[str, _Said] = {}
    for entry in entries:
        if type(entry) is not Sale:
            continue
        one = said.get(entry.number)
        if one is None:
            one = said[entry.number] = _Said(entry.at, None, entry.currency, Facts(), 0)
        one.at = min(one.at, entry.at)
        if one.person is None and entry.customer is not None:
            one.person = whose.get(entry.customer.key)
        if entry.facts is not None:
            one.facts = _both(one.facts, entry.facts)
        one.lineless += not entry.sku
    return said


def _both(first: Facts, second: Facts) -> Facts:
    """What two rows say of one order together; the first that says something is heard."""
    return Facts(
        first.state if first.state is not None else second.state,
        first.total if first.total is not None else second.total,
        first.refunded if first.refunded is not None else second.refunded,
        first.parcel if first.parcel is not None else second.parcel,
    )

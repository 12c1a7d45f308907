"""Writes what was read, a few thousand rows a transaction, so that web and worker go on writing in between.

Every transaction says up to which row of the file it got: whatever is cut short goes on from there, and nothing is
ever half a row.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from courtesy.consent import actions as consent
from courtesy.consent.purposes import Basis
from courtesy.people import actions as people
from courtesy.people.actions import Introduction
from courtesy.people.models import Person
from courtesy.privacy import keys
from courtesy.records.actions.inserting import insert
from courtesy.records.actions.orders import Orders
from courtesy.records.models import FormerCost, Import, Line, Newcomer, Product, Refund, Store
from courtesy.records.stores.rows import Customer, GivenBack, Sale
from courtesy.staff.models import Colleague

AT_ONCE = 500  # values a query
REMEMBERED = 50_000  # people and products; more are looked up again

Marked = tuple[Sale | GivenBack, int]


class TakenOver(RuntimeError):
    """Another run of the same file went on with it, or it was taken back meanwhile; this run stopped where it was."""


@dataclass
class Writer:
    """One run of one import. ``now`` tells the time, ``where`` what the register says of it."""

    run: Import
    store: Store
    by: Colleague | None
    where: str
    now: Callable[[], datetime]
    new: int = 0
    erased: int = 0
    new_people: int = 0
    _people: dict[str, UUID] = field(default_factory=dict)
    _products: dict[str, int] = field(default_factory=dict)
    _last: dict[str, datetime] = field(default_factory=dict)
    _said: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.orders = Orders(self.store, self.run)

    @property
    def changed(self) -> int:
        """Orders of which the file said something newer."""
        return self.orders.changed

    @property
    def new_orders(self) -> int:
        """Orders that were not here."""
        return self.orders.made

    def write(self, batch: Sequence[Marked], *, done: int) -> None:
        """Write these rows; ``done`` is how many of the file are written then. Raises TakenOver."""
        for tries in range(3):
            try:
                with keys.scope(), transaction.atomic():
                    self._hold()
                    new, erased, met = self._once(batch)
                    Import.objects.filter(pk=self.run.pk).update(done=done, new=F("new") + new, touched_at=self.now())
                break
            except IntegrityError:
                # Somebody else made the same order, product or person in this moment; now it is there.
                self._forget()
                if tries == 2:
                    raise
            except BaseException:
                self._forget()
                raise
        self.new += new
        self.erased += erased
        self.new_people += met
        if len(self._people) + len(self._products) > REMEMBERED:
            self._forget()

    def hear(self, customer: Customer) -> None:
        """Remember what a row says about marketing; one no in a file is a no."""
        if customer.marketing is not None:
            self._said[customer.key] = self._said.get(customer.key, True) and customer.marketing

    def finish(self) -> None:
        """What is known only at the end: when everybody last bought, and who said yes to marketing."""
        self._seen()
        said = list(self._said.items())
        for start in range(0, len(said), AT_ONCE):
            some = dict(said[start : start + AT_ONCE])
            with keys.scope(), transaction.atomic():
                self._hold()
                met = people.meet_many([self._introduction(key) for key in some], at=self.now())
                by_key = {key: met[self._introduction(key).key] for key in some if self._introduction(key).key in met}
                self._record(
                    by_key.values(),
                    yes=[by_key[key] for key, yes in some.items() if yes and key in by_key],
                    no=[by_key[key] for key, yes in some.items() if not yes and key in by_key],
                )

    # The story of a batch

    def _hold(self) -> None:
        held = Import.objects.select_for_update().filter(
            pk=self.run.pk, runner=self.run.runner, state=Import.State.RUNNING
        )
        if not held.exists():
            raise TakenOver("Another run goes on with this file, or it was taken back; this one has stopped.")

    def _once(self, batch: Sequence[Marked]) -> tuple[int, int, int]:
        entries = [entry for entry, _ in batch]
        erased = self.orders.erased(entries)
        kept = [(entry, mark) for entry, mark in batch if entry.number not in erased]
        met = self._meet(entry for entry, _ in kept)
        self._know_products(kept)
        whose = self._people
        new = self.orders.know([entry for entry, _ in kept], whose)
        lines, refunds = [], []
        for entry, mark in kept:
            product = self._products.get(entry.sku)
            order = self.orders.id_of(entry.number if type(entry) is Sale else getattr(entry, "order", ""))
            if type(entry) is Sale:
                if product is not None:
                    lines.append((order, product, entry.quantity, entry.amount, mark, self.run.pk))
                continue
            person = whose.get(entry.customer.key) if entry.customer else None
            refunds.append(
                (self.store.pk, entry.number, order, person, product, entry.quantity, entry.amount, entry.currency,
                 entry.at, mark, self.run.pk)
            )  # fmt: skip
        new += insert(
            Line, ("order", "product", "quantity", "amount", "mark", "brought_by"), lines, same=("order", "mark")
        )
        new += insert(
            Refund,
            ("store", "number", "order", "person", "product", "quantity", "amount", "currency", "refunded_at", "mark",
             "brought_by"),
            refunds,
            same=("store", "number", "mark"),
        )  # fmt: skip
        return new, len(batch) - len(kept), met

    def _meet(self, entries: Iterable[Sale | GivenBack]) -> int:
        """Everybody whom this run has not met yet, with the basis on which the shop says it holds them."""
        strangers: dict[str, Customer] = {}
        for entry in entries:
            customer = entry.customer
            if customer is None or customer.key in self._people:
                continue
            known = strangers.get(customer.key)
            if known != customer:
                strangers[customer.key] = _completed(known, customer)
        if not strangers:
            return 0
        introduced = people.introduce([self._card(customer) for customer in strangers.values()], at=self.now())
        for key, customer in strangers.items():
            person = introduced.people.get(self._card(customer).key)
            if person is not None:
                self._people[key] = person.pk
        Newcomer.objects.bulk_create(
            [Newcomer(brought_by=self.run, person_id=person_id) for person_id in sorted(introduced.new)],
            batch_size=300,
            ignore_conflicts=True,
        )
        self._record(introduced.people.values())
        return len(introduced.new)

    def _record(self, known: Iterable[Person], *, yes: Sequence[Person] = (), no: Sequence[Person] = ()) -> None:
        consent.record_import(
            people=list(known),
            basis=Basis(self.run.basis),
            since=self.run.since,
            yes_to_marketing=yes,
            no_to_marketing=no,
            where=self.where,
            by=self.by,
            at=self.now(),
        )

    def _card(self, customer: Customer) -> Introduction:
        number = f"{self.store.pk}/{customer.number}" if customer.number else ""
        return Introduction(customer.address, customer.name, customer.phone, number)

    def _introduction(self, key: str) -> Introduction:
        return Introduction(address=key) if "@" in key else Introduction(number=f"{self.store.pk}/{key}")

    def _know_products(self, batch: Sequence[Marked]) -> None:
        wanted = {entry.sku: entry for entry, _ in reversed(batch) if entry.sku and entry.sku not in self._products}
        if wanted:
            self._look_up(list(wanted))
            missing = [entry for sku, entry in wanted.items() if sku not in self._products]
            Product.objects.bulk_create(
                [
                    Product(store=self.store, sku=entry.sku, name=entry.product, brought_by=self.run)
                    for entry in missing
                ],
                batch_size=200,
                ignore_conflicts=True,
            )
            self._look_up([entry.sku for entry in missing])
        self._know_costs({self._products[e.sku]: e.cost for e, _ in batch if type(e) is Sale and e.cost is not None})

    def _know_costs(self, said: Mapping[int, int]) -> None:
        """What products cost the shop now; what they cost before is kept, once an import."""
        ids = list(said)
        for start in range(0, len(ids), AT_ONCE):
            there = Product.objects.filter(pk__in=ids[start : start + AT_ONCE]).values_list("pk", "cost")
            newer = [(pk, was) for pk, was in there if was != said[pk]]
            FormerCost.objects.bulk_create(
                [FormerCost(brought_by=self.run, product_id=pk, was=was) for pk, was in newer],
                batch_size=300,
                ignore_conflicts=True,
            )
            Product.objects.bulk_update([Product(pk=pk, cost=said[pk]) for pk, _ in newer], ["cost"], batch_size=100)

    def _look_up(self, skus: Sequence[str]) -> None:
        for start in range(0, len(skus), AT_ONCE):
            some = Product.objects.filter(store=self.store, sku__in=skus[start : start + AT_ONCE])
            self._products.update(some.values_list("sku", "pk"))

    def note(self, batch: Sequence[Marked]) -> None:
        """Remember when these people last bought, also where their rows were written by an earlier run."""
        for entry, _ in batch:
            if entry.customer is not None:
                last = self._last.get(entry.customer.key)
                if last is None or last < entry.at:
                    self._last[entry.customer.key] = entry.at
        if len(self._last) > REMEMBERED:
            self._seen()

    def _seen(self) -> None:
        """Note when everybody last bought, a few hundred a transaction."""
        last, self._last = list(self._last.items()), {}
        for start in range(0, len(last), AT_ONCE):
            some = dict(last[start : start + AT_ONCE])
            with keys.scope():
                strangers = [self._introduction(key) for key in some if key not in self._people]
                met = people.meet_many(strangers, at=self.now()) if strangers else {}
            moments: dict[UUID, datetime] = {}
            for key, moment in some.items():
                person = met.get(self._introduction(key).key)
                person_id = self._people.get(key) or (person.pk if person else None)
                if person_id is not None:
                    moments[person_id] = max(moment, moments.get(person_id, moment))
            people.seen(moments)

    def _forget(self) -> None:
        self._people.clear()
        self._products.clear()
        self.orders.forget()


def _completed(known: Customer | None, said: Customer) -> Customer:
    """One card of several rows: a later row of the same customer may leave a cell blank, or fill one."""
    if known is None:
        return said
    return said._replace(
        name=said.name or known.name, phone=said.phone or known.phone, number=said.number or known.number
    )

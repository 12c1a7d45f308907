"""What a colleague sees of a customer: everything that belongs to any of their records, as one."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from courtesy.consent import queries as consent
from courtesy.consent.purposes import Purpose
from courtesy.conversations.queries.titles import Title, titles_of
from courtesy.desk.customers.since import Since, since
from courtesy.people import notes
from courtesy.people import queries as people
from courtesy.people.models import Note, Person
from courtesy.people.queries import Record
from courtesy.records import queries as records
from courtesy.records.queries import OrderState

ON_THE_PAGE = 20
BESIDE = 4
NUMBER = re.compile(r"(?<![\w.,:/-])#?([A-Z]{0,4}-?\d{4,12})(?![\w@]|[.,:/-]\d)")
"""What looks like an order's number in a letter: four digits or more, perhaps with a few capitals before."""


@dataclass(frozen=True)
class Alike:
    """Another record that may be the same customer, and why it looks so: the same "phone", or the same "order"."""

    record: Record
    why: str
    number: str = ""


@dataclass(frozen=True)
class CustomerPage:
    """The customer's page. ``records`` are all that a colleague said are one; the first is the one asked for."""

    records: Sequence[Record]
    since: Since | None
    orders: Sequence[OrderState]
    older: tuple[datetime, int] | None
    threads: Sequence[Title]
    notes: Sequence[Note]
    permissions: Sequence[tuple[Purpose, consent.Permission]]
    personal: consent.Permission
    alike: Sequence[Alike]

    @property
    def record(self) -> Record:
        """The record that was asked for."""
        return self.records[0]


@dataclass(frozen=True)
class Panels:
    """What stands beside a thread: the newest orders, the late ones among them first; notes; who may be the same."""

    records: Sequence[Record]
    orders: Sequence[OrderState]
    more_orders: bool
    notes: Sequence[Note]
    alike: Sequence[Alike]


def page_of(person_id: UUID, *, at: datetime, before: tuple[datetime, int] | None = None) -> CustomerPage | None:
    """All of a customer, in a number of queries that does not grow with what they bought or wrote; None for nobody."""
    known = people.customer(person_id)
    if known is None:
        return None
    ids = known.ids
    orders = records.orders_of(ids, at=at, limit=ON_THE_PAGE + 1, before=before)
    shown = orders[:ON_THE_PAGE]
    threads = titles_of(ids, limit=ON_THE_PAGE)
    allowed = consent.permissions(known.person, at)
    return CustomerPage(
        records=known.records,
        since=since(known.records, shown, threads),
        orders=shown,
        older=(shown[-1].placed_at, shown[-1].id) if len(orders) > ON_THE_PAGE else None,
        threads=threads,
        notes=notes.about(ids),
        permissions=list(allowed.items()),
        personal=allowed[Purpose.PERSONAL],
        alike=[Alike(one, "phone") for one in known.alike],
    )


def panels_of(person: Person, *, at: datetime, words: Iterable[str] = ()) -> Panels:
    """What stands beside a thread. ``words`` are the customer's own letters in it: whose orders do they name?"""
    known = people.customer(person.pk, known=person)
    if known is None:
        return Panels([], [], False, [], [])
    ids = known.ids
    orders = records.orders_of(ids, at=at, limit=BESIDE + 1)
    alike = [Alike(one, "phone") for one in known.alike]
    said = {one.record.person_id for one in alike}
    alike += [one for one in _who_ordered(numbers_in(words), person, ids) if one.record.person_id not in said]
    return Panels(
        records=known.records,
        orders=sorted(orders[:BESIDE], key=lambda order: not order.late),
        more_orders=len(orders) > BESIDE,
        notes=notes.about(ids),
        alike=alike,
    )


def numbers_in(texts: Iterable[str], *, most: int = 20) -> list[str]:
    """What could be numbers of orders in these texts, each once.

    >>> numbers_in(["Where is #4711-A or MG-20418? Call 030 1234567.", "Order 20418!"])
    ['MG-20418', '1234567', '20418']
    """
    found = dict.fromkeys(match for text in texts for match in NUMBER.findall(text))
    return list(found)[:most]


def _who_ordered(numbers: Collection[str], person: Person, ids: Sequence[UUID]) -> list[Alike]:
    """Others of whose orders this one writes. Anybody can name a number: a colleague judges it, nothing follows."""
    if not numbers:
        return []
    whose = records.who_ordered(numbers, but=ids)
    if not whose:
        return []
    return [Alike(record, "order", whose[record.person_id]) for record in people.may_be_same(person, whose)]

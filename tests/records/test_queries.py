"""Somebody's orders with their state: what is late, what came back, in a handful of queries whatever there is."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courtesy.people.models import Person
from courtesy.records import queries
from courtesy.records.actions.importing import store_named
from courtesy.records.models import Delivery, Line, Order, Product, Refund, Store
from tests.cast import NOON

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def store() -> Store:
    return store_named("Marigold", currency="EUR", at=NOON)


def order(
    store: Store, person: Person | None, number: str, *, days_ago: int = 1, lines: int = 1, **more: object
) -> Order:
    """An order of so many lines, each dearer than the one before."""
    made = Order.objects.create(
        store=store, number=number, person=person, placed_at=NOON - timedelta(days=days_ago), currency="EUR", **more
    )
    product, _ = Product.objects.get_or_create(store=store, sku="TEA-1", defaults={"name": "Assam 100 g"})
    Line.objects.bulk_create(
        [Line(order=made, product=product, quantity=1 + n, amount=100 * (n + 1), mark=n) for n in range(lines)]
    )
    return made


class TestOrdersOf:
    def test_gives_the_newest_first_with_their_dearest_lines(self, store: Store, dora: Person, chidi: Person) -> None:
        order(store, dora, "1", days_ago=9)
        order(store, dora, "2", lines=7, state="paid")
        order(store, chidi, "3")
        order(store, None, "4")
        newest, oldest = queries.orders_of(dora, at=NOON)
        assert (newest.number, newest.state, newest.line_count, newest.total) == ("2", "paid", 7, 2800)
        assert [line.amount for line in newest.lines] == [700, 600, 500, 400, 300]
        assert (oldest.number, oldest.lines[0].product, oldest.lines[0].quantity) == ("1", "Assam 100 g", 1.0)

    def test_goes_on_behind_the_last_one_shown(self, store: Store, dora: Person) -> None:
        for number in range(5):
            order(store, dora, str(number), days_ago=2)
        first = queries.orders_of(dora, at=NOON, limit=3)
        rest = queries.orders_of(dora, at=NOON, limit=3, before=(first[-1].placed_at, first[-1].id))
        assert [one.number for one in (*first, *rest)] == ["4", "3", "2", "1", "0"]

    @pytest.mark.parametrize(
        ("promised", "arrived", "state", "late"),
        [(-1, False, "sent", True), (0, False, "sent", False), (1, False, "paid", False), (-1, True, "sent", False),
         (-1, False, "cancelled", False), (-1, False, "arrived", False), (None, False, "sent", False)],
    )  # fmt: skip
    def test_knows_what_is_late(
        self, store: Store, dora: Person, *, promised: int | None, arrived: bool, state: str, late: bool
    ) -> None:
        made = order(store, dora, "1", state=state)
        Delivery.objects.create(
            order=made,
            promised_on=None if promised is None else NOON.date() + timedelta(days=promised),
            arrived_at=NOON if arrived else None,
            carrier="Post",
        )
        (shown,) = queries.orders_of(dora, at=NOON)
        assert (shown.late, shown.delivery is not None and shown.delivery.carrier) == (late, "Post")

    def test_shows_the_parcel_that_is_waited_for(self, store: Store, dora: Person) -> None:
        made = order(store, dora, "1")
        Delivery.objects.create(order=made, part=1, promised_on=date(2026, 12, 1))
        Delivery.objects.create(order=made, part=2, arrived_at=NOON)
        (shown,) = queries.orders_of(dora, at=NOON)
        assert shown.delivery is not None
        assert shown.delivery.promised_on == date(2026, 12, 1)

    def test_knows_what_came_back(self, store: Store, dora: Person) -> None:
        made = order(store, dora, "1")
        Refund.objects.create(
            store=store, number="1", order=made, person=dora, amount=100, currency="EUR", refunded_at=NOON, mark=0
        )
        Refund.objects.create(
            store=store, number="C9", person=dora, amount=50, currency="EUR", refunded_at=NOON, mark=7, quantity=1,
            product=Product.objects.get(),
        )  # fmt: skip
        (shown,) = queries.orders_of(dora, at=NOON)
        assert shown.was_returned
        assert [back.amount for back in shown.returned] == [100]
        assert {(back.number, back.product) for back in queries.given_back_to(dora)} == {
            ("1", ""),
            ("C9", "Assam 100 g"),
        }

    def test_asks_four_times_whatever_there_is(self, store: Store, dora: Person) -> None:
        for number in range(30):
            order(store, dora, str(number), lines=40)
        with CaptureQueriesContext(connection) as asked:
            shown = queries.orders_of(dora, at=NOON)
            assert len(asked) == 4
        assert len(shown) == queries.SHOWN

    def test_finds_orders_by_number_in_every_store(self, store: Store, dora: Person) -> None:
        order(store, dora, "7")
        order(store_named("Market stall", at=NOON), None, "7")
        assert {one.store for one in queries.order_numbered("7", at=NOON)} == {"Marigold", "Market stall"}

"""What a product costs the shop: said by a file, and as it was before once that file is taken back."""

from datetime import UTC, datetime

import pytest

from courtesy.consent.purposes import Basis
from courtesy.people.actions import meet
from courtesy.records.actions.importing import bring_in, store_named, undo
from courtesy.records.models import FormerCost, Line, Order, Product
from tests.cast import NOON

pytestmark = pytest.mark.django_db(databases="__all__")
SINCE = datetime(2024, 5, 1, tzinfo=UTC)
HEADING = "order number,order date,email,product,quantity,price,cost\n"


@pytest.fixture
def store():
    return store_named("Marigold", currency="EUR", at=NOON)


@pytest.fixture
def bring(store, tmp_path):
    """Bring in a file of one order with these costs of Assam; the number of its import."""

    def bring(number, *costs):
        file = tmp_path / f"{number}.csv"
        rows = [
            f"{number},2026-03-0{day},kim@post.example,Assam,{day},9.40,{cost}" for day, cost in enumerate(costs, 1)
        ]
        file.write_text(HEADING + "\n".join(rows) + "\n")
        brought = bring_in(file, store=store, basis=Basis.CONTRACT, since=SINCE, by=None, at=NOON)
        return brought.import_id

    return bring


def undone(import_id):
    return undo(import_id, by=None, at=NOON)


def cost():
    return Product.objects.get(sku="Assam").cost


class TestTheCost:
    def test_is_what_the_newest_file_says(self, bring):
        bring("A-1", "4.10", "4.20")
        bring("A-2", "5.00")

        assert cost() == 500

    def test_is_as_before_once_the_file_is_taken_back(self, bring):
        bring("A-1", "4.10")
        second = bring("A-2", "5.00", "5.50")
        undone(second)

        assert cost() == 410

    def test_is_nothing_again_where_nobody_had_said(self, bring):
        bring("A-1", "")
        second = bring("A-2", "5.00")
        undone(second)

        assert cost() is None

    def test_stays_what_a_later_file_said_and_leads_back_to_the_first(self, bring):
        bring("A-1", "4.10")
        second, third = bring("A-2", "5.00"), bring("A-3", "6.00")

        undone(second)
        assert cost() == 600
        undone(third)
        assert cost() == 410

    def test_goes_with_the_file_that_made_the_product_where_the_product_stays(self, bring, store):
        first = bring("A-1", "4.10")
        dora = meet(address="dora@post.example", name="Dora", at=NOON)
        order = Order.objects.create(store=store, number="B", person=dora, placed_at=NOON, currency="EUR")
        Line.objects.create(order=order, product=Product.objects.get(), quantity=1, amount=940, mark=1)
        undone(first)

        assert cost() is None

    def test_leaves_nothing_behind_when_all_is_taken_back(self, bring):
        first, second = bring("A-1", "4.10"), bring("A-2", "5.00")
        undone(second)
        undone(first)

        assert not Product.objects.exists()
        assert not FormerCost.objects.exists()

"""Since when somebody is a customer."""

from datetime import UTC, datetime, timedelta

import pytest

from courtesy.consent.purposes import Basis
from courtesy.conversations.actions import history
from courtesy.desk.customers.queries import page_of
from courtesy.people import merging
from courtesy.people.models import Person
from courtesy.post.past.letters import PastLetter
from courtesy.post.past.mbox import on_its_way
from courtesy.records.actions.importing import bring_in, store_named
from tests.cast import NOON
from tests.conversations.past import US, mail

pytestmark = pytest.mark.django_db(databases="__all__")
IN_MAY = datetime(2023, 5, 4, 10, tzinfo=UTC)
ORDERS = "order number,order date,email,product,quantity,price\nA-1,2023-05-04,kim@post.example,Assam,1,9.40\n"


def brings_orders(tmp_path, text=ORDERS):
    file = tmp_path / "orders.csv"
    file.write_text(text)
    store = store_named("Store", currency="EUR", at=NOON)
    bring_in(file, store=store, basis=Basis.CONTRACT, since=IN_MAY, by=None, at=NOON)
    return Person.objects.latest("created_at")


def brings_letter(at):
    letter = PastLetter(1, on_its_way(mail(at=at, mail_id="<q@post.example>")))
    history.bring([letter], ours=(US,), basis="contract", since=None, by=None, at=NOON)
    return Person.objects.latest("created_at")


def known(person):
    return page_of(person.pk, at=NOON).since


class TestSince:
    def test_is_the_first_order_where_orders_were_brought_in(self, tmp_path, signed_in, ben):
        kim = brings_orders(tmp_path)

        page = signed_in(ben).get(f"/customers/{kim.pk}").content.decode()
        assert "Customer since May 2023, from the orders you brought in" in page
        assert "Known since" not in page

    def test_is_the_first_letter_where_letters_were_brought_in(self):
        kim = brings_letter(IN_MAY)

        assert known(kim).words == "Customer since May 2023, from the letters you brought in"

    def test_is_the_older_of_the_two(self, tmp_path):
        brings_letter(IN_MAY - timedelta(days=400))
        kim = brings_orders(tmp_path)

        assert known(kim).words == "Customer since March 2022, from the letters you brought in"

    def test_is_the_day_we_met_where_nothing_older_is_here(self, dora):
        assert known(dora).at == dora.created_at
        assert known(dora).words.startswith("Known since ")

    def test_of_several_records_is_that_of_the_oldest(self, tmp_path, dora, ben):
        kim = brings_orders(tmp_path)
        merging.merge(kim, into=dora, by=ben, at=NOON)

        assert known(dora).words == "Customer since May 2023, from the orders you brought in"

    def test_counts_the_first_of_more_orders_than_the_page_shows(self, tmp_path):
        rows = [f"A-{n},{IN_MAY + timedelta(days=n):%Y-%m-%d},kim@post.example,Assam,1,9.40" for n in range(30)]
        kim = brings_orders(tmp_path, "\n".join([ORDERS.split("\n", maxsplit=1)[0], *rows]))

        assert known(kim).at.date() == IN_MAY.date()

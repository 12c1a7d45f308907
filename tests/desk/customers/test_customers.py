"""A customer's page and what stands beside a thread: orders with their state, notes, records that are one."""

from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from courtesy.desk.customers.queries import numbers_in, panels_of
from courtesy.people import merging, notes
from courtesy.people.actions import meet
from courtesy.people.models import Handle, Note, Person
from courtesy.people.names import same_phone
from courtesy.privacy.sealing import blind_index
from courtesy.records.models import Order, Refund, Store
from tests.cast import IN_MARCH, NOON
from tests.desk.orders import buys
from tests.desk.street import writes

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def store(db):
    return Store.objects.create(name="Web shop", currency="EUR", created_at=NOON)


def gives_phone(person, number="+49 30 1234567"):
    number = same_phone(number)
    index = blind_index(number, "people.handle.value")
    Handle.objects.create(
        person=person, kind=Handle.OfKind.PHONE, value=number, value_index=index, key_id=person.key_id
    )


class TestTheCustomersPage:
    def test_shows_an_order_with_what_became_of_it(self, signed_in, ben, dora, store):
        sent = {"promised_on": IN_MARCH.date(), "shipped_at": IN_MARCH, "carrier": "DHL", "tracking": "JD0146"}
        order = buys(dora, store, "20418", at=IN_MARCH, parcel=sent)
        Refund.objects.create(
            store=store, number="R1", order=order, person=dora, amount=300, currency="EUR", refunded_at=NOON, mark=1
        )

        page = signed_in(ben).get(f"/customers/{dora.pk}").content.decode()

        assert "Order 20418" in page
        assert "€12.40" in page
        assert "2 × Assam, 250 g" in page
        assert "late" in page
        assert "Promised for 4 March" in page
        assert "JD0146" in page
        assert "Given back" in page
        assert "€3.00" in page

    def test_of_somebody_who_bought_nothing_says_so(self, signed_in, ben, dora):
        page = signed_in(ben).get(f"/customers/{dora.pk}").content.decode()

        assert "No order of theirs is known here." in page
        assert "They have not written yet." in page

    def test_says_what_they_chose(self, signed_in, ben, dora):
        assert "chose service only" in signed_in(ben).get(f"/customers/{dora.pk}").content.decode()

    def test_leads_to_older_orders_and_on_to_the_last(self, signed_in, ben, dora, store):
        for n in range(23):
            buys(dora, store, f"A{1000 + n}", at=NOON - timedelta(days=n))
        browser = signed_in(ben)
        first = browser.get(f"/customers/{dora.pk}").content.decode()

        older = first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
        second = browser.get(older).content.decode()

        assert "A1019" in first
        assert "A1020" not in first
        assert "A1020" in second
        assert "A1022" in second
        assert "A1019" not in second
        assert 'rel="next"' not in second

    @pytest.mark.parametrize("place", ["x", "2026-01-01~1", "~", "2026-01-01T00:00:00+00:00~" + "9" * 30])
    def test_takes_a_place_nobody_wrote_as_the_first_page(self, signed_in, ben, dora, place):
        assert signed_in(ben).get(f"/customers/{dora.pk}", {"before": place}).status_code == 200

    def test_asks_as_few_questions_however_much_they_bought_and_wrote(self, signed_in, ben, dora, store):
        browser = signed_in(ben)

        def questions():
            browser.get(f"/customers/{dora.pk}")
            with CaptureQueriesContext(connections["default"]) as asked:
                browser.get(f"/customers/{dora.pk}")
            return len(asked)

        buys(dora, store, "1", parcel={"carrier": "DHL"})
        writes(dora, "Where is it?", at=NOON)
        few = questions()
        for n in range(2, 30):
            buys(dora, store, str(n), parcel={"carrier": "DHL"})
            writes(dora, f"Where is number {n}?", at=NOON)

        assert questions() <= few <= 12


class TestANoteAboutSomebody:
    def test_is_written_and_warns_that_they_can_read_it(self, signed_in, ben, dora):
        browser = signed_in(ben)
        assert "Dora can read this" in browser.get(f"/customers/{dora.pk}").content.decode()

        page = browser.post(f"/customers/{dora.pk}/notes", {"words": "has a new puppy"}, follow=True).content.decode()

        assert "has a new puppy" in page
        assert "Noted. They can read it too." in page

    @pytest.mark.parametrize("words", ["", "   ", "x" * 1001])
    def test_is_refused_with_a_reason(self, signed_in, ben, dora, words):
        page = signed_in(ben).post(f"/customers/{dora.pk}/notes", {"words": words}, follow=True).content.decode()

        assert "An empty note helps nobody" in page or "A note is at most 1000 letters" in page
        assert not Note.objects.exists()

    def test_is_taken_away(self, signed_in, ben, dora):
        note = notes.write(dora, words="prefers the phone", by=ben, at=NOON)

        page = signed_in(ben).post(f"/customers/{dora.pk}/notes/{note.pk}/removal", follow=True).content.decode()

        assert "prefers the phone" not in page

    def test_of_another_customer_is_not_found_here(self, signed_in, ben, dora, chidi):
        note = notes.write(chidi, words="prefers the phone", by=ben, at=NOON)

        assert signed_in(ben).post(f"/customers/{dora.pk}/notes/{note.pk}/removal").status_code == 404

    @pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
    def test_leads_nowhere_else(self, signed_in, ben, dora, back):
        answer = signed_in(ben).post(f"/customers/{dora.pk}/notes", {"words": "hello", "back": back})

        assert answer.headers["Location"] == f"/customers/{dora.pk}"


class TestTwoRecords:
    def test_with_one_phone_are_suggested_and_nothing_happens_by_itself(self, signed_in, ben, dora, chidi):
        gives_phone(dora)
        gives_phone(chidi)

        page = signed_in(ben).get(f"/customers/{dora.pk}").content.decode()

        assert "Chidi Okafor" in page
        assert "has the same phone number. The same customer?" in page
        assert Person.objects.filter(same_as=None).count() == Person.objects.count()

    def test_are_one_once_somebody_says_so_and_two_again_by_undo(self, signed_in, ben, dora, chidi, store):
        buys(chidi, store, "777123")
        browser = signed_in(ben)

        page = browser.post(f"/customers/{dora.pk}/merging", {"other": chidi.pk}, follow=True).content.decode()
        assert "One customer now" in page
        assert "Order 777123" in page
        assert "chidi.okafor@post.example" in page

        browser.post(f"/customers/{chidi.pk}/parting")
        assert "777123" not in browser.get(f"/customers/{dora.pk}").content.decode()

    def test_said_to_be_two_are_not_suggested_again(self, signed_in, ben, dora, chidi):
        gives_phone(dora)
        gives_phone(chidi)

        page = signed_in(ben).post(f"/customers/{dora.pk}/difference", {"other": chidi.pk}, follow=True)

        assert "has the same phone" not in page.content.decode()

    @pytest.mark.parametrize("other", ["", "x", "00000000-0000-4000-8000-000000000000"])
    def test_need_another_record(self, signed_in, ben, dora, other):
        answer = signed_in(ben).post(f"/customers/{dora.pk}/merging", {"other": other})

        assert answer.status_code in {302, 404}
        assert not Person.objects.exclude(same_as=None).exists()


class TestBesideAThread:
    def test_stand_the_orders_the_late_one_first(self, signed_in, ben, dora, store):
        buys(dora, store, "5001", at=NOON, state=Order.State.ARRIVED)
        buys(dora, store, "5002", at=IN_MARCH, parcel={"promised_on": IN_MARCH.date()})
        message = writes(dora, "Where is it?", at=NOON)

        page = signed_in(ben).get(f"/inbox/{message.thread_id}?beside=person").content.decode()

        assert page.index("Order 5002") < page.index("Order 5001")

    def test_stands_who_placed_an_order_that_a_stranger_names(self, dora, farah, store):
        buys(dora, store, "MG-20418")

        panels = panels_of(farah, at=NOON, words=["Where is my order MG-20418?"])

        assert [(one.record.name, one.why, one.number) for one in panels.alike] == [
            ("Dora Lindqvist", "order", "MG-20418")
        ]
        assert panels.orders == []  # a named number opens nothing

    def test_is_not_suggested_what_a_colleague_denied(self, dora, farah, store, ben):
        buys(dora, store, "20418")
        merging.keep_apart(farah, dora, by=ben, at=NOON)

        assert panels_of(farah, at=NOON, words=["order 20418"]).alike == []

    def test_stands_nothing_of_others(self, dora, store):
        other = meet(address="x@post.example", at=NOON)
        buys(other, store, "20418")

        assert panels_of(dora, at=NOON, words=["hello"]).orders == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Where is #20418?", ["20418"]),
        ("order MG-20418, please", ["MG-20418"]),
        ("on 2026-11-24 at 10:30", []),
        ("call +49 30/123", []),
        ("it cost 1.2345 or 12,345", []),
        ("write to 12345@post.example", []),
        ("20418 and again 20418", ["20418"]),
    ],
)
def test_what_could_be_an_orders_number(text, found):
    assert numbers_in([text]) == found

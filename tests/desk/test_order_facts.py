"""What may be said to a customer of their own order: by code, where it is asked, of the order that is meant."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from courtesy.desk.order_facts import SAYS, asks_in, facts_for, meant, sentences
from courtesy.records.queries import GivenBack, OrderState, Parcel

SENT = Parcel(date(2026, 11, 26), datetime(2026, 11, 23, 9, tzinfo=UTC), None, "Parcelwing", "PW-77 310")
ORDER = OrderState(
    id=7,
    store="Web shop",
    number="20418",
    placed_at=datetime(2026, 11, 21, 9, tzinfo=UTC),
    state="sent",
    total=1240,
    currency="EUR",
    late=False,
    returned=(),
    deliveries=(SENT,),
    lines=(),
    line_count=0,
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hi, where is my order 20418?", "en"),
        ("My tea hasn't arrived.", "en"),
        ("I'm still waiting for the pot I ordered", "en"),
        ("When will it arrive?", "en"),
        ("Has it been dispatched yet?", "en"),
        ("Wo bleibt mein Paket?", "de"),
        ("Meine Bestellung ist noch nicht angekommen.", "de"),
        ("Wann kommt die Lieferung?", "de"),
        ("Où en est ma commande ?", "fr"),
        ("Je n'ai toujours pas reçu mon colis", "fr"),
        ("¿Dónde está mi pedido?", "es"),
        ("Todavía no ha llegado el paquete", "es"),
        ("Do you sell teapots?", ""),
        ("Please cancel order 20418", ""),
        ("The pot arrived broken.", ""),
        ("Ich möchte die Kanne zurückgeben.", ""),
        ("Merci pour le thé !", ""),
        ("", ""),
    ],
)
def test_a_letter_that_asks_where_an_order_is(text, language):
    assert asks_in(text) == language


class TestTheOrderThatIsMeant:
    def test_is_the_one_it_names_even_if_it_arrived(self):
        old = replace(ORDER, id=1, number="11111", state="arrived")

        assert meant("where is order #11111?", [ORDER, old]) == [old]

    def test_is_the_only_one_under_way(self):
        assert meant("where is it?", [ORDER, replace(ORDER, id=1, number="1", state="arrived")]) == [ORDER]

    def test_is_the_only_late_one_of_several(self):
        late = replace(ORDER, id=2, number="20400", late=True)

        assert meant("where is it?", [ORDER, late]) == [late]

    def test_is_none_where_it_could_be_several(self):
        assert meant("where is it?", [ORDER, replace(ORDER, id=2, number="20400")]) == []

    def test_is_none_where_none_is_under_way(self):
        assert meant("where is it?", [replace(ORDER, state="arrived")]) == []


class TestWhatIsSaid:
    def test_of_an_order_on_its_way(self):
        assert sentences(ORDER, "en") == (
            "Your order 20418 left us on 23 November.",
            "It should be with you on 26 November.",
            "Its parcel number with Parcelwing is PW-77 310.",
        )

    def test_of_a_late_one_owns_up(self):
        assert "has not arrived yet" in sentences(replace(ORDER, late=True), "en")[1]

    def test_of_one_that_waits(self):
        waiting = replace(ORDER, state="paid", deliveries=(Parcel(date(2026, 11, 26), None, None, "", ""),))

        assert sentences(waiting, "de") == (
            "Ihre Bestellung 20418 vom 21. November hat uns noch nicht verlassen.",
            "Sie sollte am 26. November bei Ihnen sein.",
        )

    def test_of_one_that_arrived_and_came_back(self):
        back = GivenBack(datetime(2026, 11, 24, 9, tzinfo=UTC), "", 0, 300, "EUR", "R1")
        arrived = replace(SENT, arrived_at=datetime(2026, 11, 24, 8, tzinfo=UTC))

        assert sentences(replace(ORDER, state="refunded", deliveries=(arrived,), returned=(back,)), "es") == (
            "Según nuestros registros, su pedido 20418 llegó el 24 de noviembre.",
            "Por su pedido 20418 devolvimos €3,00 el 24 de noviembre.",
        )

    @pytest.mark.parametrize("language", list(SAYS))
    @pytest.mark.parametrize("state", ["placed", "paid", "sent", "arrived", "cancelled", "refunded", "sold"])
    @pytest.mark.parametrize("deliveries", [(), (SENT,), (Parcel(None, None, None, "", ""),)])
    def test_has_no_gap_in_any_state_and_language(self, language, state, deliveries):
        for text in sentences(replace(ORDER, state=state, deliveries=deliveries), language):
            assert "{" not in text
            assert "  " not in text
            assert "None" not in text

    def test_is_nothing_where_nothing_was_asked(self):
        assert facts_for("I love my order 20418!", [ORDER]) == ()

    def test_is_nothing_of_a_number_that_is_nobodys(self):
        assert facts_for("Where is order 99999?", [replace(ORDER, state="arrived")]) == ()

    def test_all_languages_can_say_the_same(self):
        assert len({frozenset(says) for says in SAYS.values()}) == 1

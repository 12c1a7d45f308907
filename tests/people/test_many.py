"""Meeting many at once: the same people as one by one, in a handful of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courtesy.people import actions, queries
from courtesy.people.actions import Introduction
from courtesy.people.models import Handle, Person
from courtesy.people.names import NotAPhone, same_phone
from courtesy.privacy.models import Key
from tests.cast import IN_MARCH, NOON

pytestmark = pytest.mark.django_db(databases="__all__")


class TestMeetMany:
    def test_meets_each_once_and_finds_them_by_address_and_name(self) -> None:
        met = actions.meet_many(
            [
                Introduction("Dora@Post.example", "Dora Lindqvist", phone="+46 8 123 45 67"),
                Introduction("dora@post.example"),
                Introduction("emeka@post.example", "Emeka"),
            ],
            at=NOON,
        )
        assert set(met) == {"Dora@Post.example", "dora@post.example", "emeka@post.example"}
        assert met["Dora@Post.example"].pk == met["dora@post.example"].pk
        assert Person.objects.count() == 2
        assert queries.find("dora@post.example") == met["dora@post.example"]
        assert queries.search("lind") == [met["dora@post.example"]]
        assert Person.objects.get(pk=met["dora@post.example"].pk).name == "Dora Lindqvist"

    def test_is_the_same_twice(self) -> None:
        rows = [Introduction("dora@post.example", "Dora", "0171 2345678", "1/17"), Introduction(number="1/18")]
        first, again = actions.introduce(rows, at=NOON), actions.introduce(rows, at=NOON)
        assert {one.pk for one in first.people.values()} == {one.pk for one in again.people.values()} == first.new
        assert (again.new, Handle.objects.count(), Key.objects.alive().count()) == (frozenset(), 4, 3)  # and the house

    def test_knows_who_was_met_one_by_one_and_the_other_way_round(self) -> None:
        dora = actions.meet(address="dora@post.example", at=IN_MARCH)
        met = actions.introduce([Introduction("dora@post.example", "Dora"), Introduction("ben@post.example")], at=NOON)
        assert met.people["dora@post.example"] == dora
        assert met.new == {met.people["ben@post.example"].pk}
        assert actions.meet(address="ben@post.example", at=NOON) == met.people["ben@post.example"]
        assert Person.objects.get(pk=dora.pk).name == "Dora"

    def test_keeps_two_with_one_phone_apart(self) -> None:
        met = actions.meet_many(
            [
                Introduction("a@post.example", phone="+49 171 234567"),
                Introduction("b@post.example", phone="0049171234567"),
            ],
            at=NOON,
        )
        assert len({person.pk for person in met.values()}) == 2
        phones = Handle.objects.filter(kind=Handle.OfKind.PHONE)
        assert len({bytes(phone.value_index) for phone in phones}) == 1

    def test_lets_the_address_decide_where_a_number_is_somebody_elses(self) -> None:
        first = actions.meet_many([Introduction("a@post.example"), Introduction(number="1/7")], at=NOON)
        again = actions.meet_many([Introduction("a@post.example", number="1/7")], at=NOON)
        assert again["a@post.example"] == first["a@post.example"]
        assert actions.meet_many([Introduction(number="1/7")], at=NOON)["1/7"] == first["1/7"]

    def test_adds_an_address_to_whoever_has_the_number(self) -> None:
        first = actions.meet_many([Introduction(number="1/7")], at=NOON)["1/7"]
        assert actions.meet_many([Introduction("a@post.example", number="1/7")], at=NOON)["a@post.example"] == first
        assert queries.find("a@post.example") == first

    @pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0)])
    def test_takes_rows_in_any_order(self, order: tuple[int, ...]) -> None:
        rows = [
            Introduction("a@post.example", number="1/1"),
            Introduction("b@post.example", number="1/1"),
            Introduction("b@post.example"),
        ]
        met = actions.meet_many([rows[i] for i in order], at=NOON)
        assert len(met) == 2
        assert Handle.objects.filter(kind=Handle.OfKind.NUMBER).count() == 1

    def test_leaves_out_whom_nothing_names(self) -> None:
        assert actions.meet_many([Introduction(name="Nobody"), Introduction("not an address")], at=NOON) == {}

    def test_notes_when_they_last_bought_and_never_goes_back(self) -> None:
        actions.meet_many([Introduction("a@post.example", seen_at=NOON)], at=NOON)
        actions.meet_many([Introduction("a@post.example", seen_at=IN_MARCH)], at=NOON)
        assert Person.objects.get().last_seen_at == NOON
        actions.seen({Person.objects.get().pk: NOON + timedelta(days=1)})
        assert Person.objects.get().last_seen_at == NOON + timedelta(days=1)

    def test_asks_no_more_for_four_hundred_than_a_few_times_more_than_for_one(self) -> None:
        with CaptureQueriesContext(
            connection,
        ) as queries_made:
            actions.meet_many([Introduction(f"c{n}@post.example", f"Name {n}") for n in range(400)], at=NOON)
        assert len(queries_made) < 40


class TestPhones:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("+49 (0)171 / 23-45 67", "+49171234567"),
            ("0049 171 234567", "+49171234567"),
            ("0171 234567", "0171234567"),
            ("+1 212 555 0100 ext. 4", "+12125550100" + "4"),
        ],
    )
    def test_are_compared_by_their_digits(self, typed: str, stored: str) -> None:
        assert same_phone(typed) == stored

    @pytest.mark.parametrize("typed", ["", "call me", "12", "1" * 16, "=1+2345678", "'0171234567"])
    def test_that_are_none_are_refused(self, typed: str) -> None:
        with pytest.raises(NotAPhone):
            same_phone(typed)

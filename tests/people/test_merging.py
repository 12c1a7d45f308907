"""Two records of one customer: said to be the same, and told apart again. Nothing of either is moved or lost."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from courtesy.consent import actions as consent
from courtesy.consent.purposes import Answer, Purpose
from courtesy.consent.queries import permission, permissions
from courtesy.people import merging, notes, queries
from courtesy.people.actions import meet
from courtesy.people.models import Handle, Person
from courtesy.privacy.sealing import blind_index
from tests.cast import IN_MARCH, IN_SEPTEMBER, NOON

pytestmark = pytest.mark.django_db(databases="__all__")


def fresh(person):
    return Person.objects.get(pk=person.pk)


def phone(person, number="+49301234567"):
    index = blind_index(number, "people.handle.value")
    return Handle.objects.create(
        person=person, kind=Handle.OfKind.PHONE, value=number, value_index=index, key_id=person.key_id
    )


@pytest.fixture
def dora_at_work(dora):
    return meet(address="dora@office.example", name="D. Lindqvist", at=NOON)


class TestTwoRecordsThatAreOne:
    def test_are_found_from_either(self, dora, dora_at_work, ada):
        merging.merge(dora_at_work, into=dora, by=ada, at=NOON)

        assert queries.everyone(fresh(dora)) == queries.everyone(fresh(dora_at_work)) == [dora.pk, dora_at_work.pk]

    def test_show_both_addresses_the_one_asked_for_first(self, dora, dora_at_work, ada):
        merging.merge(dora_at_work, into=dora, by=ada, at=NOON)

        known = queries.customer(dora_at_work.pk)

        assert [one.addresses for one in known.records] == [["dora@office.example"], ["dora.lindqvist@post.example"]]
        assert known.alike == []

    def test_take_others_of_theirs_along(self, dora, dora_at_work, chidi, ada):
        merging.merge(dora_at_work, into=dora, by=ada, at=NOON)
        merging.merge(fresh(dora), into=chidi, by=ada, at=NOON)

        assert queries.everyone(fresh(dora_at_work))[0] == chidi.pk
        assert len(queries.everyone(chidi)) == 3

    def test_cannot_be_made_one_twice_nor_with_themselves(self, dora, dora_at_work, ada):
        merging.merge(dora_at_work, into=dora, by=ada, at=NOON)

        for one, into in [(dora_at_work, dora), (dora, dora_at_work), (dora, dora)]:
            with pytest.raises(merging.AlreadyOne):
                merging.merge(fresh(one), into=fresh(into), by=ada, at=NOON)


class TestToldApart:
    def test_each_stands_for_itself(self, dora, dora_at_work, ada):
        merging.merge(dora_at_work, into=dora, by=ada, at=NOON)
        merging.unmerge(fresh(dora_at_work), by=ada, at=NOON)

        assert queries.everyone(fresh(dora)) == [dora.pk]
        assert queries.everyone(fresh(dora_at_work)) == [dora_at_work.pk]

    def test_the_one_that_led_leaves_the_others_together(self, dora, dora_at_work, chidi, ada):
        merging.merge(dora_at_work, into=dora, by=ada, at=NOON)
        merging.merge(chidi, into=dora, by=ada, at=NOON)

        merging.unmerge(fresh(dora), by=ada, at=NOON)

        assert queries.everyone(fresh(dora)) == [dora.pk]
        assert set(queries.everyone(fresh(chidi))) == {chidi.pk, dora_at_work.pk}

    def test_nobody_is_told_apart_from_themselves(self, dora, ada):
        with pytest.raises(merging.NotOne):
            merging.unmerge(dora, by=ada, at=NOON)


class TestTheSamePhone:
    def test_is_a_hint_and_no_more(self, dora, dora_at_work):
        phone(dora)
        phone(dora_at_work)

        known = queries.customer(dora.pk)

        assert known.ids == [dora.pk]
        assert [one.person_id for one in known.alike] == [dora_at_work.pk]

    def test_is_no_hint_any_more_once_somebody_said_they_are_two(self, dora, dora_at_work, ada):
        phone(dora)
        phone(dora_at_work)

        merging.keep_apart(dora_at_work, dora, by=ada, at=NOON)
        merging.keep_apart(dora, dora_at_work, by=ada, at=NOON)

        assert queries.customer(dora.pk).alike == queries.customer(dora_at_work.pk).alike == []

    def test_may_still_be_made_one_after_all(self, dora, dora_at_work, ada):
        merging.keep_apart(dora, dora_at_work, by=ada, at=NOON)
        merging.merge(dora_at_work, into=dora, by=ada, at=NOON)

        assert len(queries.everyone(fresh(dora))) == 2


class TestPermissionOfOneCustomerWithTwoRecords:
    @pytest.fixture
    def one(self, chidi, dora_at_work, ada):
        merging.merge(dora_at_work, into=chidi, by=ada, at=NOON)
        return fresh(chidi), fresh(dora_at_work)

    def test_a_yes_of_one_is_theirs(self, one):
        chidi, other = one

        assert permission(other, Purpose.OUTREACH, NOON).allowed
        assert permission(chidi, Purpose.OUTREACH, NOON).allowed

    @pytest.mark.parametrize("answer", [Answer.NO, Answer.OBJECTION])
    def test_a_no_of_either_counts_for_both_even_if_it_is_the_older_word(self, one, answer):
        chidi, other = one
        consent.record(person=other, purpose=Purpose.IMPROVE, answer=answer, where="the phone", at=IN_MARCH)
        consent.record(person=chidi, purpose=Purpose.IMPROVE, answer=Answer.YES, where="the form", at=IN_SEPTEMBER)

        assert not permission(chidi, Purpose.IMPROVE, NOON).allowed
        assert not permissions(other, NOON)[Purpose.IMPROVE].allowed

    def test_once_told_apart_each_has_its_own_word_again(self, one, ada):
        chidi, other = one
        consent.record(person=other, purpose=Purpose.IMPROVE, answer=Answer.NO, where="the phone", at=IN_MARCH)

        merging.unmerge(other, by=ada, at=NOON)

        assert permission(fresh(chidi), Purpose.IMPROVE, NOON).allowed
        assert not permission(fresh(other), Purpose.IMPROVE, NOON).allowed

    def test_costs_one_query(self, one):
        with CaptureQueriesContext(connections["default"]) as asked:
            permission(one[0], Purpose.IMPROVE, NOON)

        assert len(asked) == 1


class TestANote:
    def test_is_sealed_and_read_with_the_customer(self, dora, ada):
        note = notes.write(dora, words=" has a new puppy ", by=ada, at=NOON)

        stored = type(note).objects.filter(pk=note.pk).extra(select={"raw": "words"}).values_list("raw", flat=True)[0]
        assert b"puppy" not in bytes(stored)
        assert [one.words for one in notes.about([dora.pk])] == ["has a new puppy"]

    def test_needs_a_word(self, dora, ada):
        with pytest.raises(notes.EmptyNote):
            notes.write(dora, words="  ", by=ada, at=NOON)

    def test_goes_for_good_and_twice_is_once(self, dora, ada):
        note = notes.write(dora, words="prefers the phone", by=ada, at=NOON)

        notes.remove(note, by=ada, at=NOON)
        notes.remove(note, by=ada, at=NOON)

        assert notes.about([dora.pk]) == []

    def test_is_found_from_both_records(self, dora, dora_at_work, ada):
        notes.write(dora_at_work, words="collects on Fridays", by=ada, at=NOON)
        merging.merge(dora_at_work, into=dora, by=ada, at=NOON)

        assert [one.words for one in notes.about(queries.everyone(fresh(dora)))] == ["collects on Fridays"]

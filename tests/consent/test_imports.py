"""What an import says of many people: kept row by row, never over what somebody told us, taken back openly."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courtesy.consent import actions, queries
from courtesy.consent.actions import NotAChoice
from courtesy.consent.models import Entry
from courtesy.consent.purposes import Answer, Basis, Purpose
from courtesy.people.actions import Introduction, meet_many
from courtesy.people.models import Person
from courtesy.privacy import ledger
from courtesy.privacy.models import LedgerRow
from tests.cast import IN_MARCH, NOON

pytestmark = pytest.mark.django_db(databases="__all__")
WHERE = "the orders brought in on 2026-11-24 (import 1)"


def imported(*people: Person, yes: tuple[Person, ...] = (), no: tuple[Person, ...] = (), where: str = WHERE) -> int:
    return actions.record_import(
        people=people, basis=Basis.CONTRACT, since=IN_MARCH, yes_to_marketing=yes, no_to_marketing=no, where=where,
        by=None, at=NOON,
    )  # fmt: skip


def may_write_first(person: Person) -> bool:
    return queries.permission(person, Purpose.OUTREACH, NOON + timedelta(days=1)).allowed


class TestRecordImport:
    def test_says_the_basis_and_a_yes_from_then_on(self, farah: Person) -> None:
        assert imported(farah, yes=(farah,)) == 2
        permission = queries.permission(farah, Purpose.OUTREACH, NOON)
        assert (permission.allowed, permission.since) == (True, IN_MARCH)
        assert WHERE in permission.because
        assert Person.objects.get(pk=farah.pk).permission_epoch == 2

    def test_is_the_same_twice(self, farah: Person) -> None:
        imported(farah, yes=(farah,))
        assert imported(farah, yes=(farah,)) == 0
        assert Entry.objects.count() == 2

    def test_never_overrides_what_somebody_told_us(self, dora: Person, emeka: Person, chidi: Person) -> None:
        imported(dora, emeka, chidi, yes=(dora, emeka), no=(chidi,))
        assert [may_write_first(person) for person in (dora, emeka, chidi)] == [False, False, True]

    def test_hears_somebody_in_both_lists_as_a_no(self, farah: Person) -> None:
        imported(farah, yes=(farah,), no=(farah,))
        assert not may_write_first(farah)

    def test_lets_a_later_list_take_back_what_a_list_said(self, farah: Person) -> None:
        imported(farah, yes=(farah,))
        imported(farah, no=(farah,), where="another list")
        assert not may_write_first(farah)

    def test_refuses_a_basis_that_is_none_and_an_import_without_a_name(self, farah: Person) -> None:
        with pytest.raises(NotAChoice):
            imported(farah, where="")
        with pytest.raises(NotAChoice):
            actions.record_import(people=[farah], basis="because", since=NOON, where=WHERE, by=None, at=NOON)  # type: ignore[arg-type]

    def test_asks_a_few_times_for_four_hundred(self) -> None:
        people = list(meet_many([Introduction(f"c{n}@post.example") for n in range(400)], at=NOON).values())
        with CaptureQueriesContext(connection) as asked:
            assert imported(*people, yes=tuple(people)) == 800
            assert len(asked) < 60
        ledger.seal(at=NOON)
        assert ledger.verify().ok
        assert LedgerRow.objects.filter(what="permission").count() == 800
        assert LedgerRow.objects.values("about").distinct().count() == 400


class TestTakeBackImport:
    def test_ends_the_yes_that_rests_on_it_and_leaves_what_was_said(self, farah: Person, chidi: Person) -> None:
        imported(farah, chidi, yes=(farah, chidi))
        said = len(queries.register(farah))
        assert actions.take_back_import(people=[farah, chidi], where=WHERE, by=None, at=NOON) == 1
        assert (may_write_first(farah), may_write_first(chidi)) == (False, True)
        assert len(queries.register(farah)) == said + 1
        assert actions.take_back_import(people=[farah, chidi], where=WHERE, by=None, at=NOON) == 0

    def test_does_not_keep_the_same_list_out_when_it_is_brought_in_again(self, farah: Person) -> None:
        imported(farah, yes=(farah,))
        actions.take_back_import(people=[farah], where=WHERE, by=None, at=NOON - timedelta(hours=1))
        imported(farah, yes=(farah,), where="the orders brought in on 2026-11-25 (import 2)")
        assert may_write_first(farah)
        assert Entry.objects.filter(answer=Answer.NO).count() == 1

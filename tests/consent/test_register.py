"""The register and the question it answers: may we, on what ground, since when, and why."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from courtesy.consent import actions, queries
from courtesy.consent.models import Entry
from courtesy.consent.purposes import BEYOND_SERVICE, DEFAULT_BASES, Answer, Basis, Purpose
from courtesy.people.models import Person
from courtesy.privacy import ledger
from courtesy.privacy.append_only import WrittenOnce
from courtesy.privacy.models import LedgerRow
from tests.cast import IN_MARCH, IN_SEPTEMBER, NOON

pytestmark = pytest.mark.django_db(databases="__all__")


def may(person: Person, at: datetime = NOON) -> set[Purpose]:
    return {purpose for purpose in Purpose if queries.permission(person, purpose, at).allowed}


class TestTheStreet:
    def test_chidi_agreed_to_everything(self, chidi):
        assert may(chidi) == set(Purpose)

    def test_dora_agreed_to_service_only_and_the_reason_can_be_read_after_her_name(self, dora):
        assert may(dora) == {Purpose.SERVICE}
        said = queries.permission(dora, Purpose.PERSONAL, NOON)
        assert f"Dora {said.because}" == "Dora chose service only, since 4 March 2026, on the contact form."
        assert (said.basis, said.since) == (Basis.LEGITIMATE_INTEREST, IN_MARCH)

    def test_emeka_withdrew(self, emeka):
        assert may(emeka, IN_SEPTEMBER - timedelta(seconds=1)) == set(Purpose)
        assert may(emeka, IN_SEPTEMBER) == {Purpose.SERVICE}
        because = queries.permission(emeka, Purpose.OUTREACH, NOON).because
        assert because == "took back their yes, since 4 September 2026, on the phone."
        assert (
            queries.permission(emeka, Purpose.IMPROVE, NOON).because
            == "objected, since 4 September 2026, on the phone."
        )

    def test_farah_said_nothing_so_the_bases_decide(self, farah):
        assert may(farah) == {Purpose.SERVICE, Purpose.IMPROVE, Purpose.PERSONAL}
        assert queries.permission(farah, Purpose.OUTREACH, NOON).because == "has not said yes to this."
        assert queries.permission(farah, Purpose.IMPROVE, NOON).because == "has not objected; known since 4 March 2026."

    def test_no_reason_carries_a_name_or_an_address(self, chidi, dora, emeka, farah):
        for person in (chidi, dora, emeka, farah):
            for said in queries.permissions(person, NOON).values():
                assert not any(part in said.because for part in (*(person.name.split() or ["farah"]), "@"))


class TestPermission:
    def test_costs_one_query_on_an_index(self, dora):
        with CaptureQueriesContext(connections["default"]) as asked:
            queries.permission(dora, Purpose.IMPROVE, NOON)
            queries.permissions(dora, NOON)
        assert len(asked) == 2
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
                assert "what_a_person_said" in str(cursor.fetchall())

    def test_follows_the_last_word(self, farah):
        for n, (answer, allowed) in enumerate(
            [(Answer.OBJECTION, False), (Answer.YES, True), (Answer.NO, False), (Answer.YES, True)]
        ):
            at = IN_MARCH + timedelta(days=n)
            actions.record(person=farah, purpose=Purpose.PERSONAL, answer=answer, where="the phone", at=at)
            assert queries.permission(farah, Purpose.PERSONAL, at).allowed is allowed

    def test_of_two_words_in_the_same_moment_follows_the_one_written_last(self, farah):
        for answer in (Answer.YES, Answer.NO):
            actions.record(person=farah, purpose=Purpose.OUTREACH, answer=answer, where="the phone", at=NOON)

        assert not queries.permission(farah, Purpose.OUTREACH, NOON).allowed

    def test_counts_since_from_the_first_of_equal_words(self, farah):
        for days in (0, 5, 9):
            actions.record(
                person=farah,
                purpose=Purpose.OUTREACH,
                answer=Answer.YES,
                where="the contact form",
                at=IN_MARCH + timedelta(days=days),
            )

        assert queries.permission(farah, Purpose.OUTREACH, NOON).since == IN_MARCH

    def test_stops_at_the_next_read(self, chidi):
        actions.record(person=chidi, purpose=Purpose.IMPROVE, answer=Answer.OBJECTION, where="the phone", at=NOON)

        assert not queries.permission(chidi, Purpose.IMPROVE, NOON).allowed

    def test_of_one_person_is_not_anothers(self, chidi, farah):
        assert not queries.permission(farah, Purpose.FAIRNESS, NOON).allowed

    def test_speaks_the_language_of_the_page(self, dora):
        with translation.override("de"):
            assert "März" in queries.permission(dora, Purpose.IMPROVE, NOON).because


class TestRecord:
    def test_raises_the_permission_epoch_with_every_word(self, farah):
        for epoch in (1, 2, 3):
            actions.record(person=farah, purpose=Purpose.OUTREACH, answer=Answer.YES, where="the phone", at=NOON)
            assert farah.permission_epoch == Person.objects.get(pk=farah.pk).permission_epoch == epoch

    def test_keeps_who_wrote_it_down_and_the_words_that_were_shown(self, farah, ben):
        entry = actions.record(
            person=farah,
            purpose=Purpose.OUTREACH,
            answer=Answer.YES,
            where="the phone",
            words="May we write to you first?",
            by=ben,
            at=NOON,
        )

        assert Entry.objects.get(pk=entry.pk).by == ben.pk
        assert queries.register(farah)[0].words == "May we write to you first?"

    def test_is_in_the_ledger_without_a_name(self, farah, ben):
        actions.record(person=farah, purpose=Purpose.OUTREACH, answer=Answer.YES, where="the phone", by=ben, at=NOON)

        row = LedgerRow.objects.get(what="permission")
        assert row.facts == '{"answer":"yes","epoch":1,"purpose":"outreach"}'
        assert row.about not in (None, farah.pk)
        ledger.seal(at=NOON)
        assert ledger.verify().ok

    @pytest.mark.parametrize("answer", [Answer.NO, Answer.OBJECTION])
    def test_takes_no_refusal_of_being_served(self, farah, answer):
        with pytest.raises(actions.NotAChoice):
            actions.record(person=farah, purpose=Purpose.SERVICE, answer=answer, where="the phone", at=NOON)
        assert Entry.objects.count() == 0

    def test_wants_to_know_where_it_was_said(self, farah):
        with pytest.raises(actions.NotAChoice):
            actions.record(person=farah, purpose=Purpose.OUTREACH, answer=Answer.YES, where="", at=NOON)


class TestAnEntry:
    def test_is_never_changed_and_never_deleted(self, chidi):
        entry = Entry.objects.filter(person=chidi).first()
        entry.answer = Answer.NO

        for change in (
            entry.save,
            lambda: entry.save(force_update=True),
            entry.delete,
            lambda: Entry.objects.update(answer="no"),
            lambda: Entry.objects.filter(person=chidi).delete(),
            lambda: chidi.permission_entries.all().update(answer="no"),
            lambda: Entry.objects.bulk_update([entry], ["answer"]),
            lambda: Entry.objects.update_or_create(pk=entry.pk, defaults={"answer": "no"}),
            lambda: Entry.objects.bulk_create(
                [entry], update_conflicts=True, unique_fields=["id"], update_fields=["answer"]
            ),
        ):
            with pytest.raises(WrittenOnce):
                change()
        assert may(chidi) == set(Purpose)

    def test_keeps_its_person_from_being_deleted_in_passing(self, chidi):
        with pytest.raises(ProtectedError):
            chidi.delete()

    def test_goes_when_its_person_is_erased(self, farah, chidi):
        assert Entry.objects.filter(person=chidi).erase() == 4
        chidi.delete()


MOMENT = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
SAID = st.lists(st.builds(queries.Said, st.sampled_from(Answer.values), MOMENT, st.just("the phone")), max_size=6)


class TestTheRule:
    @given(history=st.dictionaries(st.sampled_from(BEYOND_SERVICE), SAID), purpose=st.sampled_from(list(Purpose)))
    def test_permits_after_a_yes_never_after_a_no_and_by_the_basis_before_any_word(self, history, purpose):
        judged = queries.judge(purpose, history=history, known_since=NOON)
        said = history.get(purpose)
        if purpose == Purpose.SERVICE:
            assert judged.allowed
        elif said:
            assert judged.allowed == (said[-1].answer == Answer.YES)
        else:
            assert judged.allowed == (DEFAULT_BASES[purpose] != Basis.CONSENT)
        assert judged.basis == DEFAULT_BASES[purpose]
        assert judged.because.endswith(".")

    def test_has_a_basis_for_every_purpose(self):
        assert set(DEFAULT_BASES) == set(Purpose)
        assert {p for p, basis in DEFAULT_BASES.items() if basis == Basis.CONSENT} == {
            Purpose.OUTREACH,
            Purpose.FAIRNESS,
        }

"""The ledger: rows in the doer's transaction, one chain, and a break is found where it is."""

import random
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courtesy.privacy import ledger
from courtesy.privacy.append_only import WrittenOnce
from courtesy.privacy.models import LedgerHead, LedgerRow, Pseudonym
from tests.cast import NOON
from tests.wild import some

pytestmark = pytest.mark.django_db(databases="__all__")
WILD = settings(max_examples=some(80), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TABLE = LedgerRow._meta.db_table


def write(rows: int) -> None:
    for n in range(rows):
        ledger.append("sent", by=uuid4(), at=NOON + timedelta(seconds=n), how="as drafted", number=n)
    ledger.seal(at=NOON)


def tamper(sql: str, values: list[object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


class TestAppending:
    def test_goes_with_the_transaction_it_stands_in(self):
        def doomed():
            with transaction.atomic():
                ledger.append("sent", at=NOON)
                raise RuntimeError

        with pytest.raises(RuntimeError):
            doomed()
        assert LedgerRow.objects.count() == 0

    def test_names_nobody(self, dora, ada):
        row = ledger.append("opened", about=dora, by=ada.pk, at=NOON)

        everything = " ".join(str(value) for value in LedgerRow.objects.filter(pk=row.pk).values().get().values())
        for name in ("Dora", "Ada", str(dora.pk), str(ada.pk), str(dora.key_id)):
            assert name not in everything

    def test_calls_the_same_person_the_same_and_others_otherwise(self, dora, chidi):
        rows = [ledger.append("opened", about=person, at=NOON) for person in (dora, dora, chidi)]

        assert rows[0].about == rows[1].about != rows[2].about

    @pytest.mark.parametrize("words", ["Dora", "dora@post.example", "two\nlines", "x" * 81, "ä", "Hello there"])
    def test_refuses_words_that_could_be_somebodys_and_does_not_repeat_them(self, words):
        with pytest.raises(ledger.NotAFact) as refused:
            ledger.append("sent", at=NOON, where=words)
        assert words not in str(refused.value)
        with pytest.raises(ledger.NotAFact):
            ledger.append(words, at=NOON)

    def test_refuses_anything_but_words_numbers_and_yes_or_no(self):
        with pytest.raises(ledger.NotAFact):
            ledger.append("sent", at=NOON, where=["a"])  # type: ignore[arg-type]

    def test_hides_equal_facts_behind_different_commitments(self):
        one, other = (ledger.append("sent", at=NOON, how="edited") for _ in range(2))

        assert one.commitment != other.commitment


class TestARow:
    def test_is_written_once(self):
        row = ledger.append("sent", at=NOON)
        row.what = "something else"

        for change in (
            row.save,
            row.delete,
            lambda: LedgerRow.objects.update(what="x"),
            lambda: LedgerRow.objects.all().delete(),
            lambda: LedgerRow.objects.bulk_update([row], ["what"]),
        ):
            with pytest.raises(WrittenOnce):
                change()

    def test_with_a_number_that_is_taken_does_not_replace_the_other(self):
        row = ledger.append("sent", at=NOON)

        with pytest.raises(Exception, match=r"UNIQUE|unique"), transaction.atomic():
            LedgerRow(pk=row.pk, what="forged", at=NOON, commitment=b"x").save()
        assert LedgerRow.objects.get(pk=row.pk).what == "sent"


class TestSealing:
    def test_chains_each_row_once(self):
        for _ in range(3):
            ledger.append("sent", at=NOON)

        assert ledger.seal(at=NOON) == 3
        assert ledger.seal(at=NOON) == 0
        assert ledger.head().position == 3
        assert ledger.verify() == ledger.Verdict(True, 3, None, "All 3 rows stand as they were sealed.")

    def test_goes_on_where_it_stopped(self):
        for _ in range(5):
            ledger.append("sent", at=NOON)
        assert [ledger.seal(at=NOON, limit=2) for _ in range(4)] == [2, 2, 1, 0]
        assert ledger.verify().ok

    def test_takes_a_row_that_was_committed_late_though_its_number_is_lower(self):
        late = ledger.append("sent", at=NOON)
        number = late.pk
        LedgerRow.objects.filter(pk=number).erase()
        write(2)
        LedgerRow(
            pk=number, what="late", at=NOON, facts="{}", salt=b"s", commitment=ledger._commitment(b"s", "{}")
        ).save()
        ledger.seal(at=NOON)

        assert LedgerRow.objects.get(pk=number).position == 3
        assert ledger.verify().ok

    def test_says_what_is_not_sealed_yet(self):
        write(2)
        ledger.append("sent", at=NOON)

        assert ledger.verify().unsealed == 1

    def test_of_nothing_is_whole(self):
        assert ledger.verify().ok
        assert ledger.seal(at=NOON) == 0
        assert ledger.verify().rows == 0


FIELDS = ["what", "about", "by", "at", "facts", "salt", "commitment", "digest", "id", "position"]


def forged(field: str, row: LedgerRow):
    """Another value for one field of a row, as somebody with the database in hand would write it."""
    now = getattr(row, field)
    other = {
        "what": "other",
        "at": NOON + timedelta(days=400),
        "facts": '{"how":"own words"}',
        "id": 10_000 + row.pk,
        "position": 10_000 + row.pk,
    }
    if field in ("about", "by"):
        return LedgerRow._meta.get_field(field).get_db_prep_value(uuid4(), connection)
    if field == "at":
        return LedgerRow._meta.get_field(field).get_db_prep_value(other["at"], connection)
    return other.get(field) or bytes(reversed(bytes(now)))


class TestVerifying:
    @WILD
    @given(where=st.integers(1, 6), field=st.sampled_from(FIELDS))
    def test_finds_any_single_changed_field_where_it_is(self, where, field):
        with transaction.atomic():
            write(6)
            row = LedgerRow.objects.get(position=where)
            tamper(f"UPDATE {TABLE} SET {field} = %s WHERE id = %s", [forged(field, row), row.pk])

            verdict = ledger.verify()
            assert not verdict.ok
            assert verdict.broken_at == where
            assert str(where) in verdict.why
            transaction.set_rollback(True)

    def test_would_find_nothing_if_links_did_not_cover_the_row(self, monkeypatch):
        monkeypatch.setattr(ledger, "_link", lambda previous, row: b"always the same")
        write(6)
        tamper(f"UPDATE {TABLE} SET what = %s WHERE position = 4", ["other"])

        assert ledger.verify().ok

    @pytest.mark.parametrize("where", [1, 3, 6])
    def test_finds_a_removed_row(self, where):
        write(6)
        tamper(f"DELETE FROM {TABLE} WHERE position = %s", [where])

        assert ledger.verify() == ledger.Verdict(False, where - 1, where, f"Row {where} is missing.")

    def test_finds_a_removed_row_when_the_rest_moved_up(self):
        write(6)
        tamper(f"DELETE FROM {TABLE} WHERE position = 3", [])
        for place in (4, 5, 6):
            tamper(f"UPDATE {TABLE} SET position = %s WHERE position = %s", [place - 1, place])

        assert ledger.verify().broken_at == 3

    def test_finds_two_rows_that_changed_places(self):
        write(6)
        for sql in (
            "position = 99 WHERE position = 2",
            "position = 2 WHERE position = 4",
            "position = 4 WHERE position = 99",
        ):
            tamper(f"UPDATE {TABLE} SET {sql}", [])

        assert ledger.verify().broken_at == 2

    def test_finds_a_head_that_was_set_back(self):
        write(4)
        earlier = LedgerHead.objects.values("position", "digest").get()
        write(2)
        LedgerHead.objects.update(position=4)
        assert ledger.verify().broken_at == 4

        LedgerHead.objects.update(**earlier)
        assert ledger.verify() == ledger.Verdict(False, 6, 5, "Row 5 was added past the head.")

    def test_is_not_alarmed_by_a_sealer_that_goes_on_meanwhile(self, monkeypatch):
        write(3)
        read = ledger._sealed_rows

        def and_meanwhile():
            write(2)
            return read()

        monkeypatch.setattr(ledger, "_sealed_rows", and_meanwhile)
        assert ledger.verify().ok

        def and_afterwards():
            yield from list(read())
            write(2)

        monkeypatch.setattr(ledger, "_sealed_rows", and_afterwards)
        assert ledger.verify().ok

    def test_finds_a_whole_new_chain_by_a_head_that_was_kept_elsewhere(self):
        write(6)
        kept = ledger.head()
        LedgerRow.objects.all().erase()
        LedgerHead.objects.all().delete()
        write(6)

        assert ledger.verify().ok  # nothing inside can tell
        assert ledger.verify(known=kept).broken_at == 6

    def test_passes_through_a_head_that_was_kept_elsewhere(self):
        write(3)
        kept = ledger.head()
        write(3)

        assert ledger.verify(known=kept).ok


class TestForgetting:
    def test_a_person_leaves_the_chain_whole(self, dora):
        ledger.append("opened", about=dora, at=NOON)
        ledger.seal(at=NOON)
        Pseudonym.objects.filter(kind="people.person", subject=str(dora.pk)).delete()

        assert ledger.verify().ok

    def test_facts_with_their_salt_leaves_the_chain_whole_and_is_counted(self):
        write(3)
        tamper(f"UPDATE {TABLE} SET facts = NULL, salt = NULL WHERE position = 2", [])

        assert ledger.verify().ok
        assert ledger.verify().forgotten == 1

    def test_facts_without_their_salt_is_a_break(self):
        write(3)
        tamper(f"UPDATE {TABLE} SET facts = NULL WHERE position = 2", [])

        assert ledger.verify().broken_at == 2


@pytest.mark.hypothesis  # a fifth of them in the unit suite
def test_a_thousand_random_edits_are_all_found():
    write(20)
    dice = random.Random(7)
    missed = 0
    for _ in range(some(1000)):
        with transaction.atomic():
            row = LedgerRow.objects.get(position=dice.randint(1, 20))
            field = dice.choice(FIELDS)
            tamper(f"UPDATE {TABLE} SET {field} = %s WHERE id = %s", [forged(field, row), row.pk])
            missed += ledger.verify().broken_at != row.position
            transaction.set_rollback(True)
    assert missed == 0


@pytest.mark.hypothesis
def test_twenty_thousand_rows_are_sealed_and_verified_without_waiting():
    many, salt, facts = some(20_000), b"s" * 16, "{}"
    commitment = ledger._commitment(salt, facts)
    LedgerRow.objects.bulk_create(
        [LedgerRow(what="sent", at=NOON, facts=facts, salt=salt, commitment=commitment) for _ in range(many)],
        batch_size=1000,
    )
    # In seconds of work, not of waiting: other tests may have the machine.
    started = time.process_time()
    while ledger.seal(at=NOON):
        pass
    sealed = time.process_time()
    assert ledger.verify().rows == many
    print(f"sealed {sealed - started:.2f} s, verified {time.process_time() - sealed:.2f} s")
    assert time.process_time() - started < 10

"""Sealed fields: what is stored, who can open it, and what the database is not asked to do."""

import copy
import pickle
import unicodedata
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.db.models import F, Value
from django.db.models.functions import Upper
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courtesy.people.models import Handle, Person
from courtesy.post.models import Arrival
from courtesy.privacy import keys
from courtesy.privacy.sealing import (
    Ciphertext,
    NotPossibleSealed,
    SealBroken,
    Sealed,
    SealedField,
    SealedRow,
    blind_index,
)
from tests.cast import NOON
from tests.wild import some

pytestmark = pytest.mark.django_db(databases="__all__")

WILD = settings(max_examples=some(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


def somebody(name: str = "Dora Lindqvist") -> Person:
    return Person.objects.create(key_id=keys.new(at=NOON), name=name, created_at=NOON)


def stored(row, column: str) -> bytes:
    table = connection.ops.quote_name(row._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM {table} WHERE id = %s", [Person._meta.pk.get_db_prep_value(row.pk, connection)]
        )
        return bytes(cursor.fetchone()[0])


def overwrite(row, column: str, value: bytes) -> None:
    table = connection.ops.quote_name(row._meta.db_table)
    with connection.cursor() as cursor:
        number = Person._meta.pk.get_db_prep_value(row.pk, connection)
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, number])


class TestASealedText:
    @WILD
    @given(text=TEXT)
    def test_comes_back_as_it_was(self, text):
        person = somebody(text)

        assert Person.objects.get(pk=person.pk).name == text

    @WILD
    @given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=4, max_size=60))
    def test_is_not_stored_in_clear(self, text):
        assert text.encode() not in stored(somebody(text), "name")

    def test_never_looks_the_same_twice(self):
        assert stored(somebody("Dora"), "name") != stored(somebody("Dora"), "name")

    def test_costs_29_bytes(self):
        assert len(stored(somebody("x" * 45), "name")) == 45 + 1 + 12 + 16

    def test_of_nothing_needs_no_key(self):
        person = somebody("")
        Person.objects.filter(pk=person.pk).update(key_id=uuid4())

        assert Person.objects.get(pk=person.pk).name == ""

    def test_is_opened_only_when_read(self):
        person = somebody()
        with CaptureQueriesContext(connections["keys"]) as asked:
            person = Person.objects.get(pk=person.pk)
            assert len(asked) == 0
            assert person.name == "Dora Lindqvist"
            assert person.name == "Dora Lindqvist"
        assert len(asked) == 1

    def test_is_read_later_where_it_was_deferred(self):
        person = Person.objects.defer("name").get(pk=somebody().pk)

        assert person.name == "Dora Lindqvist"

    def test_stays_untouched_when_something_else_is_saved(self):
        person = somebody()
        before = stored(person, "name")
        person = Person.objects.get(pk=person.pk)
        person.permission_epoch = 7
        person.save()

        assert stored(person, "name") == before

    def test_takes_no_other_type_and_does_not_say_what_it_was_given(self):
        with pytest.raises(TypeError) as refused:
            Person(name=b"Dora")
        assert "Dora" not in str(refused.value)


class TestSealedBytes:
    @WILD
    @given(raw=st.binary(max_size=400))
    def test_come_back_as_they_were(self, raw):
        arrival = Arrival(channel="form", channel_id=uuid4().hex, key_id=keys.new(at=NOON), raw=raw, received_at=NOON)
        arrival.save()

        assert Arrival.objects.get(pk=arrival.pk).raw == raw


class TestASeal:
    def test_is_refused_in_another_row(self):
        dora, other = somebody(), somebody("Somebody Else")
        Person.objects.filter(pk=other.pk).update(key_id=dora.key_id)
        overwrite(other, "name", stored(dora, "name"))

        with pytest.raises(SealBroken):
            _ = Person.objects.get(pk=other.pk).name

    def test_is_refused_in_another_column(self):
        number, key_id = uuid4(), keys.new(at=NOON)
        person = Person.objects.create(pk=number, key_id=key_id, name="dora@post.example", created_at=NOON)
        handle = Handle.objects.create(pk=number, person=person, key_id=key_id, value="other@post.example")
        overwrite(handle, "value", stored(person, "name"))

        with pytest.raises(SealBroken):
            _ = Handle.objects.get(pk=number).value

    def test_unbound_would_open_in_another_row(self, monkeypatch):
        monkeypatch.setattr(SealedField, "_bound_to", lambda self, row: b"nothing")
        dora, other = somebody(), somebody("Somebody Else")
        Person.objects.filter(pk=other.pk).update(key_id=dora.key_id)
        overwrite(other, "name", stored(dora, "name"))

        assert Person.objects.get(pk=other.pk).name == "Dora Lindqvist"

    @WILD
    @given(place=st.integers(min_value=0, max_value=10_000), bit=st.integers(0, 7))
    def test_is_broken_by_any_changed_bit(self, place, bit):
        person = somebody()
        changed = bytearray(stored(person, "name"))
        changed[place % len(changed)] ^= 1 << bit
        overwrite(person, "name", bytes(changed))

        with pytest.raises(SealBroken):
            _ = Person.objects.get(pk=person.pk).name

    def test_does_not_open_under_another_key(self):
        person = somebody()
        Person.objects.filter(pk=person.pk).update(key_id=keys.new(at=NOON))

        with pytest.raises(SealBroken):
            _ = Person.objects.get(pk=person.pk).name

    def test_does_not_open_once_its_key_is_destroyed(self):
        holder = uuid4()
        person = Person.objects.create(key_id=keys.new(holder=holder, at=NOON), name="Dora", created_at=NOON)
        keys.destroy(holder, at=NOON)

        with pytest.raises(keys.KeyGone):
            _ = Person.objects.get(pk=person.pk).name

    def test_names_the_column_not_the_table_in_the_database(self):
        assert Handle._meta.get_field("value").column_name == "people.handle.value"

    def test_of_a_copied_row_is_made_anew_or_refused(self):
        person = Person.objects.get(pk=somebody().pk)
        person.pk = uuid4()

        with pytest.raises(SealBroken), transaction.atomic():
            person.save(force_insert=True)
        person.name = "Dora Lindqvist"
        person.save(force_insert=True)
        assert Person.objects.get(pk=person.pk).name == "Dora Lindqvist"


class TestTheCareless:
    def test_see_sealed_wherever_they_print(self):
        row = Person.objects.filter(pk=somebody().pk)
        held = vars(row.get())["name"]
        opened = row.get()
        _ = opened.name

        for shown in (repr(held), str(held), f"{held:>10}", repr(vars(opened)["name"]), repr(list(row.values("name")))):
            assert "Dora" not in shown
            assert "[SEALED]" in shown

    def test_cannot_pickle_it_into_a_cache(self):
        with pytest.raises(TypeError):
            pickle.dumps(somebody())

    def test_may_copy_a_row_in_memory(self):
        assert copy.deepcopy(somebody()).name == "Dora Lindqvist"

    def test_cannot_dump_it(self):
        from django.core import serializers  # noqa: PLC0415

        with pytest.raises(NotPossibleSealed):
            serializers.serialize("json", [somebody()])


class TestTheDatabase:
    @pytest.mark.parametrize(
        "ask",
        [
            lambda rows: rows.filter(name="Dora"),
            lambda rows: rows.exclude(name="Dora"),
            lambda rows: rows.filter(name__startswith="D"),
            lambda rows: rows.filter(name__in=["Dora"]),
            lambda rows: rows.get(name="Dora"),
            lambda rows: rows.update(name="Dora"),
            lambda rows: rows.update(name=Value("Dora")),
            lambda rows: rows.update(name=F("key_id")),
            lambda rows: rows.update(name=Upper("name")),
            lambda rows: rows.bulk_update([rows[0]], ["name"]),
        ],
    )
    def test_is_not_asked_what_it_cannot_do_to_a_sealed_text(self, ask):
        somebody("Dora")

        with pytest.raises(NotPossibleSealed):
            ask(Person.objects.all())

    def test_may_say_whether_it_is_there_at_all(self):
        somebody()

        assert Person.objects.filter(name__isnull=False).count() == 1

    def test_takes_many_new_rows_at_once(self):
        people = [Person(key_id=keys.new(at=NOON), name=f"Person {n}", created_at=NOON) for n in range(20)]
        Person.objects.bulk_create(people)

        assert sorted(p.name for p in Person.objects.all()) == sorted(f"Person {n}" for n in range(20))

    def test_without_the_refusal_would_store_clear_text(self, monkeypatch):
        person = somebody()
        monkeypatch.setattr(SealedField, "get_prep_value", lambda self, value: Ciphertext(value.encode()))
        Person.objects.filter(pk=person.pk).update(name="Dora in clear")

        assert stored(person, "name") == b"Dora in clear"


class TestTheBlindIndex:
    def handle(self) -> Handle:
        person = somebody()
        return Handle.objects.create(person=person, key_id=person.key_id, value="dora@post.example")

    def test_finds_what_was_saved(self):
        handle = self.handle()

        assert Handle.objects.get(value_index=blind_index("dora@post.example", "people.handle.value")) == handle

    @pytest.mark.parametrize("update_fields", [None, ["value"], ("value",), {"value"}])
    def test_is_written_whenever_the_text_is(self, update_fields):
        handle = Handle.objects.get(pk=self.handle().pk)
        handle.value = "dora@elsewhere.example"
        handle.save(update_fields=update_fields)

        fresh = Handle.objects.get(pk=handle.pk)
        assert fresh.value == "dora@elsewhere.example"
        assert bytes(fresh.value_index) == blind_index("dora@elsewhere.example", "people.handle.value")

    def test_without_the_row_that_carries_it_would_stay_behind(self, monkeypatch):
        handle = self.handle()
        monkeypatch.delattr(SealedRow, "save")
        handle.value = "dora@elsewhere.example"
        handle.save(update_fields=["value"])

        assert bytes(Handle.objects.get(pk=handle.pk).value_index) == blind_index(
            "dora@post.example", "people.handle.value"
        )

    def test_is_written_for_many_rows_at_once(self):
        person = somebody()
        Handle.objects.bulk_create([Handle(person=person, key_id=person.key_id, value="d@post.example")])

        assert Handle.objects.filter(value_index=blind_index("d@post.example", "people.handle.value")).exists()

    @WILD
    @given(one=TEXT, other=TEXT)
    def test_is_equal_only_for_equal_text_in_one_column(self, one, other):
        same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
        assert (blind_index(one, "a") == blind_index(other, "a")) == same
        assert blind_index(one, "a") != blind_index(one, "b")

    def test_cannot_be_computed_without_the_key(self):
        from hashlib import sha256  # noqa: PLC0415

        assert blind_index("dora@post.example", "x") != sha256(b"dora@post.example").digest()
        with keys.scope():
            before = blind_index("dora@post.example", "x")
            keys._remember(keys.HOUSE, b"another house's key, 32 bytes...")
            assert blind_index("dora@post.example", "x") != before


def test_fifty_names_cost_one_query_for_their_keys():
    people = [somebody(f"Person {n}").pk for n in range(50)]
    with CaptureQueriesContext(connections["keys"]) as asked, keys.scope():
        found = list(Person.objects.filter(pk__in=people))
        keys.warm(person.key_id for person in found)
        assert len({person.name for person in found}) == 50
    assert len(asked) == 1


def test_a_sealed_value_knows_nothing_but_sealed():
    assert repr(Sealed(clear="Dora")) == "[SEALED]"

"""Keys: made first, handed on, destroyed for good, swept; and kept for one page only."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections, transaction
from django.test.utils import CaptureQueriesContext

from courtesy.people.models import Person
from courtesy.privacy import keyfile, keys
from courtesy.privacy.middleware import KeyScope
from courtesy.privacy.models import Key
from courtesy.privacy.routing import KeysApart
from tests.cast import NOON

pytestmark = pytest.mark.django_db(databases="__all__")
LATER = NOON + timedelta(days=8)


class TestANewKey:
    def test_is_there_even_where_the_rest_is_rolled_back(self):
        made = []

        def doomed():
            with transaction.atomic():
                made.append(keys.new(at=NOON))
                raise RuntimeError

        with pytest.raises(RuntimeError):
            doomed()
        assert len(keys.of(made[0])) == 32

    def test_does_not_hide_in_a_transaction_of_its_own_database(self):
        with pytest.raises(RuntimeError), transaction.atomic(using="keys"):
            keys.new(at=NOON)

    def test_is_stored_locked(self):
        key_id = keys.new(at=NOON)

        assert keys.of(key_id) not in bytes(Key.objects.get(pk=key_id).wrapped)

    def test_opens_nothing_when_its_row_is_given_to_another(self):
        one, other = keys.new(at=NOON), keys.new(at=NOON)
        Key.objects.filter(pk=one).update(wrapped=Key.objects.get(pk=other).wrapped)

        with pytest.raises(keys.WrongKey):
            keys.of(one)

    def test_comes_in_numbers_with_one_write(self):
        wanted = [(uuid4(), uuid4()) for _ in range(30)]
        with CaptureQueriesContext(connections["keys"]) as asked:
            made = keys.new_all(wanted, at=NOON)

        assert len(set(made.values())) == 30
        assert sum("INSERT" in query["sql"] for query in asked) == 1


class TestAHolder:
    def test_takes_a_key_over_and_it_goes_with_them(self):
        key_id, person = keys.new(at=NOON), uuid4()
        keys.adopt(key_id, holder=person)

        assert keys.destroy(person, at=NOON) == 1

    def test_who_adopts_last_holds_it(self):
        key_id, first, second = keys.new(at=NOON), uuid4(), uuid4()
        keys.adopt(key_id, holder=first)
        keys.adopt(key_id, holder=second)

        assert keys.destroy(first, at=NOON) == 0
        assert keys.destroy(second, at=NOON) == 1

    def test_cannot_take_over_what_is_destroyed(self):
        holder = uuid4()
        key_id = keys.new(holder=holder, at=NOON)
        keys.destroy(holder, at=NOON)

        with pytest.raises(keys.KeyGone):
            keys.adopt(key_id, holder=uuid4())

    def test_never_holds_the_key_of_the_house(self):
        with pytest.raises(keys.KeyGone):
            keys.adopt(keys.HOUSE, holder=uuid4())


class TestADestroyedKey:
    def test_leaves_a_tombstone_without_the_key(self):
        holder = uuid4()
        key_id = keys.new(holder=holder, at=NOON)
        keys.destroy(holder, at=NOON)

        row = Key.objects.get(pk=key_id)
        assert row.wrapped is None
        assert row.destroyed_at == NOON

    def test_is_gone_also_from_the_page_that_is_being_made(self):
        holder = uuid4()
        with keys.scope():
            key_id = keys.new(holder=holder, at=NOON)
            keys.of(key_id)
            keys.destroy(holder, at=NOON)

            with pytest.raises(keys.KeyGone):
                keys.of(key_id)

    def test_is_passed_over_when_many_are_fetched(self):
        holder = uuid4()
        gone, there = keys.new(holder=holder, at=NOON), keys.new(at=NOON)
        keys.destroy(holder, at=NOON)
        with keys.scope():
            keys.warm([gone, there])

            assert keys.of(there)
            with pytest.raises(keys.KeyGone):
                keys.of(gone)

    def test_is_not_destroyed_twice(self):
        holder = uuid4()
        keys.new(holder=holder, at=NOON)

        assert keys.destroy(holder, at=NOON) == 1
        assert keys.destroy(holder, at=LATER) == 0


class TestTheSweep:
    def test_takes_what_no_row_ever_needed(self):
        orphan = keys.new(holder=uuid4(), at=NOON)

        assert keys.sweep(at=LATER) == 1
        with pytest.raises(keys.KeyGone):
            keys.of(orphan)

    def test_leaves_what_a_row_needs_and_what_is_young_and_the_house(self, dora, ada):
        young = keys.new(at=LATER)
        keys.sweep(at=LATER)

        assert Person.objects.get(pk=dora.pk).name == "Dora Lindqvist"
        assert keys.of(ada.key_id)
        assert keys.of(young)
        assert keys.of(keys.HOUSE)


class TestAScope:
    def test_fetches_each_key_once_and_forgets_it_after(self):
        key_id = keys.new(at=NOON)
        with CaptureQueriesContext(connections["keys"]) as asked:
            with keys.scope():
                keys.of(key_id)
                keys.of(key_id)
            with keys.scope():
                keys.of(key_id)
        assert len(asked) == 2

    def test_brings_along_what_was_wished_for_and_forgets_that_too(self):
        one, other = keys.new(at=NOON), keys.new(at=NOON)
        with CaptureQueriesContext(connections["keys"]) as asked:
            with keys.scope():
                keys.wish([other])
                keys.warm([one])
                keys.of(other)
            with keys.scope():
                keys.warm([one])
                assert other not in keys._at_hand.get()
            keys.wish([other])  # outside a scope nothing is kept
        assert len(asked) == 2

    def test_inside_another_is_the_same(self):
        key_id = keys.new(at=NOON)
        with CaptureQueriesContext(connections["keys"]) as asked, keys.scope():
            with keys.scope():
                keys.of(key_id)
            keys.of(key_id)
        assert len(asked) == 1

    def test_ends_also_when_something_goes_wrong(self):
        with pytest.raises(RuntimeError), keys.scope():
            raise RuntimeError
        assert keys._at_hand.get() is None

    def test_is_opened_around_each_request(self, rf):
        seen = []
        KeyScope(lambda request: seen.append(keys._at_hand.get()))(rf.get("/"))

        assert seen == [{}]
        assert keys._at_hand.get() is None


class TestKeysApart:
    def test_only_keys_live_in_the_database_of_keys(self):
        assert set(connections["keys"].introspection.table_names()) - {"django_migrations"} == {"privacy_key"}
        assert "privacy_key" not in connections["default"].introspection.table_names()

    def test_no_foreign_key_crosses(self, dora):
        assert not KeysApart().allow_relation(dora, Key())
        assert KeysApart().allow_relation(dora, dora)


def test_another_house_cannot_read_the_keys(monkeypatch):
    key_id = keys.new(at=NOON)
    monkeypatch.setattr(keyfile, "master", lambda: b"another house's key, 32 bytes..."[:32])

    with pytest.raises(keys.WrongKey):
        keys.of(key_id)

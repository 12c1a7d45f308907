"""Rows written by statements that are written once: what lies there is what Django itself would have written."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from courtesy.conversations.models import Envelope, Event, Message, Thread
from courtesy.people.models import Handle, Person
from courtesy.post.models import Arrival
from courtesy.privacy import keys
from courtesy.privacy.models import Key
from courtesy.privacy.prepared import Given, NotGiven
from courtesy.privacy.writing import Change, add

pytestmark = pytest.mark.django_db(databases="__all__")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def stored(row) -> dict[str, object]:
    """The row as the table holds it, without its number and what is sealed anew each time."""
    with connection.cursor() as cursor:
        number = row._meta.pk.get_db_prep_value(row.pk, connection)
        cursor.execute(f"SELECT * FROM {row._meta.db_table} WHERE {row._meta.pk.column} = %s", [number])
        columns = [column[0] for column in cursor.description]
        values = dict(zip(columns, cursor.fetchone(), strict=True))
    apart = {row._meta.pk.column} | {field.column for field in row._meta.fields if getattr(field, "is_sealed", False)}
    return {name: value for name, value in values.items() if name not in apart}


class TestAdd:
    def test_writes_what_saving_writes(self, farah, ben):
        key_id, came = keys.new(at=NOON), [uuid4(), uuid4()]
        thread = add(Thread(person=farah, subject="Tea", last_event_at=NOON, last_message_at=NOON, created_at=NOON))
        said = add(Message(thread=thread, kind="in", body="Where?", person=farah, at=NOON, arrival_id=came.pop()))
        again = add(Message(thread=thread, kind="in", body="Again", person=farah, at=NOON, arrival_id=came.pop()))
        pairs = [
            lambda: Thread(
                person=farah, subject="Tea", reader_salt="x", last_event_at=NOON, last_message_at=NOON, created_at=NOON
            ),
            lambda: Message(thread=thread, kind="note", body="Hm", colleague=ben, at=NOON, automatic=True),
            lambda: Event(
                thread=thread, kind="arrived", at=NOON, message=said, facts={"by": "mail", "reopened": False}
            ),
        ]
        for make in pairs:
            mine, djangos = make(), make()
            add(mine)
            djangos.save(force_insert=True)
            assert stored(mine) == stored(djangos)
            assert djangos.pk == mine.pk + 1
            assert type(mine).objects.get(pk=mine.pk) == mine
        values = {"key_id": key_id, "mail_id": "<a@x>", "sender": "dora@x.example", "marks": ["cut"]}
        mine, djangos = Envelope(message=said, **values), Envelope(message=again, **values)
        add(mine)
        djangos.save(force_insert=True)
        assert stored(mine) == stored(djangos) | {"message_id": said.pk}

    def test_seals_and_finds_again(self, farah):
        handle = add(Handle(person=farah, kind="email", value="farah@second.example", key_id=farah.key_id))

        found = Handle.objects.get(value_index=handle.value_index)
        assert found.value == "farah@second.example"
        assert b"second" not in bytes(found.__dict__["value"]._stored)

    def test_seals_with_the_key_of_the_row_and_no_other(self):
        gone = uuid4()
        keys.adopt(key_id := keys.new(at=NOON), holder=gone)
        keys.destroy(gone, at=NOON)
        with pytest.raises(keys.KeyGone):
            add(Arrival(channel="form", channel_id="1", raw=b"raw", key_id=key_id, received_at=NOON))

    def test_is_refused_by_the_database_as_saving_is(self, farah):
        def twice():
            return Arrival(channel="form", channel_id="1", raw=b"", key_id=farah.key_id, received_at=NOON)

        add(twice())
        with pytest.raises(IntegrityError), transaction.atomic():
            add(twice())
        assert Arrival.objects.count() == 1

    def test_lets_nothing_follow_a_refusal_in_the_same_transaction(self, farah):
        with transaction.atomic():
            with pytest.raises(IntegrityError):
                add(Person(pk=farah.pk, key_id=farah.key_id, created_at=NOON))
            with pytest.raises(transaction.TransactionManagementError):
                Person.objects.count()
            transaction.set_rollback(True)

    def test_refuses_a_row_that_has_its_number(self, farah):
        thread = add(Thread(person=farah, subject="Tea", last_event_at=NOON, last_message_at=NOON, created_at=NOON))
        with pytest.raises(ValueError, match="a number already"):
            add(thread)

    def test_writes_each_row_where_its_table_lives(self):
        with CaptureQueriesContext(connections["keys"]) as asked:
            key = add(Key(wrapped=b"x", created_at=NOON))
        assert len(asked) == 1
        assert Key.objects.get(pk=key.pk).holder is None


class TestChange:
    HOLD = Change(
        lambda: Key.objects.alive().filter(pk=Given("id", Key._meta.pk)),
        holder=Given("who", Key._meta.get_field("holder")),
    )

    def test_changes_what_it_is_asked_to_and_nothing_else(self):
        mine, other, who = keys.new(at=NOON), keys.new(at=NOON), uuid4()
        assert self.HOLD(id=mine, who=who) == 1

        assert Key.objects.get(pk=mine).holder == who
        assert Key.objects.get(pk=other).holder is None

    def test_says_that_there_was_nothing(self):
        assert self.HOLD(id=uuid4(), who=uuid4()) == 0

    def test_is_one_statement_each_time(self):
        mine, who = keys.new(at=NOON), uuid4()
        with CaptureQueriesContext(connections["keys"]) as asked:
            self.HOLD(id=mine, who=uuid4())
            self.HOLD(id=mine, who=who)
        assert len(asked) == 2
        assert Key.objects.get(pk=mine).holder == who

    def test_needs_each_of_its_values(self):
        with pytest.raises(NotGiven):
            self.HOLD(id=uuid4())

"""What came in is kept once, sealed, and handed over in the same transaction."""

import pytest
from django.db import connection, transaction

from courtesy.jobs.models import Job
from courtesy.post import arrivals
from courtesy.post.arrivals import Came
from courtesy.post.models import Arrival, Mailbox
from courtesy.privacy import keys
from tests.post.conftest import NOW

pytestmark = pytest.mark.django_db(databases="__all__")
NOON = NOW.replace(hour=11)


def keep(channel_id: str = "one", raw: bytes = b"hello", **more) -> Arrival:
    return arrivals.keep(channel="form", channel_id=channel_id, raw=raw, at=NOW, **more)


class TestKeep:
    def test_keeps_the_bytes_as_they_came(self):
        arrival = keep(raw=b"\x00\xff anything")

        assert Arrival.objects.get(pk=arrival.pk).raw == b"\x00\xff anything"

    def test_writes_nothing_in_clear(self):
        keep(raw=b"my name is Dora")

        with connection.cursor() as cursor:
            cursor.execute("SELECT raw FROM post_arrival")
            assert b"Dora" not in bytes(cursor.fetchone()[0])

    def test_gives_each_arrival_a_key_of_its_own(self):
        assert keep("one").key_id != keep("two").key_id

    def test_is_once_for_the_same_channel_id(self):
        first, second = keep("one"), keep("one", raw=b"something else")

        assert first.pk == second.pk
        assert Arrival.objects.count() == 1
        assert Job.objects.filter(name="arrived").count() == 1

    def test_hands_over_in_the_same_transaction(self):
        with transaction.atomic():
            keep()
            transaction.set_rollback(True)

        assert not Arrival.objects.exists()
        assert not Job.objects.filter(name="arrived").exists()

    def test_is_once_for_two_at_the_same_moment(self, monkeypatch):
        # The other one writes between our look and our insert.
        made = arrivals.keys.new
        others = []

        def meanwhile(**more):
            monkeypatch.setattr(arrivals.keys, "new", made)
            others.append(keep("one", raw=b"the other"))
            return made(**more)

        monkeypatch.setattr(arrivals.keys, "new", meanwhile)
        mine = keep("one", raw=b"mine")

        assert mine.pk == others[0].pk
        assert Arrival.objects.count() == 1


class TestKeepAll:
    @pytest.fixture
    def mailbox(self) -> Mailbox:
        return Mailbox.objects.create(
            name="shop", address="shop@fern.example", imap_host="127.0.0.1", user="shop", secret="word",
            begins_at=NOON, created_at=NOON, key_id=keys.new(at=NOON),
        )  # fmt: skip

    def test_keeps_a_handful_in_one_commit(self, mailbox, django_assert_max_num_queries):
        some = [Came(f"{n}", b"hello %d" % n, NOON) for n in range(10)]
        with django_assert_max_num_queries(5 + len(some)):
            assert arrivals.keep_all(some, channel="mail", mailbox=mailbox, at=NOW) == 10

        assert {bytes(one.raw) for one in Arrival.objects.all()} == {b"hello %d" % n for n in range(10)}
        assert set(Arrival.objects.values_list("received_at", flat=True)) == {NOON}
        assert len(set(Arrival.objects.values_list("key_id", flat=True))) == 10

    def test_knows_what_came_before_and_what_comes_twice(self, mailbox):
        arrivals.keep_all([Came("1", b"one", NOON)], channel="mail", mailbox=mailbox, at=NOW)
        again = [Came("1", b"one", NOON), Came("2", b"two", NOON), Came("2", b"two", NOON)]

        assert arrivals.keep_all(again, channel="mail", mailbox=mailbox, at=NOW) == 1
        assert Arrival.objects.count() == Job.objects.filter(name="arrived").count() == 2

    def test_hands_on_what_is_set_aside_to_nobody(self, mailbox):
        arrivals.keep_all([Came("1", b"", NOON, "too large")], channel="mail", mailbox=mailbox, at=NOW)

        assert Arrival.objects.get().state == Arrival.State.SET_ASIDE
        assert not Job.objects.filter(name="arrived").exists()

    def test_is_once_for_two_at_the_same_moment(self, mailbox, monkeypatch):
        made = arrivals.keys.new_all

        def meanwhile(wanted, **more):
            monkeypatch.setattr(arrivals.keys, "new_all", made)
            arrivals.keep_all([Came("1", b"one", NOON)], channel="mail", mailbox=mailbox, at=NOW)
            return made(wanted, **more)

        monkeypatch.setattr(arrivals.keys, "new_all", meanwhile)
        some = [Came("1", b"one", NOON), Came("2", b"two", NOON)]

        assert arrivals.keep_all(some, channel="mail", mailbox=mailbox, at=NOW) == 1
        assert Arrival.objects.count() == Job.objects.filter(name="arrived").count() == 2


class TestSetAside:
    def test_stays_visible_and_goes_no_further(self):
        arrival = keep(set_aside="caught")

        assert arrival.state == Arrival.State.SET_ASIDE
        assert not Job.objects.filter(name="arrived").exists()

    def test_can_be_tried_again(self, ben):
        arrival = keep()
        Job.objects.all().delete()

        assert arrivals.set_aside(arrival.pk, problem="Unreadable", at=NOW)
        assert not arrivals.set_aside(arrival.pk, problem="Unreadable", at=NOW)
        assert arrivals.try_again(arrival.pk, by=ben.pk, at=NOW)
        assert not arrivals.try_again(arrival.pk, by=ben.pk, at=NOW)

        assert Job.objects.filter(name="arrived").count() == 1

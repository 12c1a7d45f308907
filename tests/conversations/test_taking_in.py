"""An arrival becomes a message of somebody in a thread; what is poisonous is set aside and the rest flows."""

from datetime import timedelta

import pytest
from django.conf import settings as house
from django.db import OperationalError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courtesy.consent.models import Entry
from courtesy.conversations import actions, threading
from courtesy.conversations.models import Event, Message, Thread
from courtesy.jobs.models import Change, Job
from courtesy.people import actions as meeting
from courtesy.people import queries as people
from courtesy.people.models import Person
from courtesy.post import arrivals
from courtesy.post.models import Arrival
from courtesy.privacy.models import Key
from tests.conversations.conftest import NOW, came
from tests.wild import some

pytestmark = pytest.mark.django_db(databases="__all__")


class TestTakeIn:
    def test_makes_a_message_of_somebody_in_a_thread_of_its_own(self, writes):
        message = writes("Where is my tea?", name="Dora Danner", subject="Tea")

        thread = message.thread
        assert (thread.subject, thread.state, thread.arrived_by) == ("Tea", "open", "form")
        assert people.names([thread.person_id]) == {thread.person_id: "Dora Danner"}
        assert people.address_of(thread.person) == "dora@kunden.example"
        assert list(thread.events.values_list("kind", flat=True)) == ["arrived"]
        assert Arrival.objects.get().state == "taken in"

    def test_hands_on_its_number_and_tells_the_browsers_no_words(self, writes):
        message = writes()

        told = Job.objects.filter(name="message-stored")
        assert [job.ids for job in told] == [{"message_id": message.pk}] * len(house.HANDLERS["message-stored"])
        assert set(Change.objects.values_list("name", "subject")) >= {("thread", str(message.thread_id)), ("inbox", "")}

    def test_twice_is_once(self):
        arrival = came()
        actions.take_in(arrival_id=arrival.pk, at=NOW)
        actions.take_in(arrival_id=arrival.pk, at=NOW)

        assert Message.objects.count() == 1
        assert Job.objects.filter(name="message-stored").count() == len(house.HANDLERS["message-stored"])

    def test_knows_somebody_again_and_hands_them_the_key(self, writes):
        first, second = writes(), writes("And the cups?")

        assert first.person_id == second.person_id
        assert first.thread_id != second.thread_id
        keys_of_arrivals = list(Arrival.objects.values_list("key_id", flat=True))
        assert set(Key.objects.filter(pk__in=keys_of_arrivals).values_list("holder", flat=True)) == {first.person_id}

    def test_gives_a_message_without_a_subject_its_first_words(self, writes):
        message = writes("Hello, I ordered the green tea on Monday and have not heard from you since then.")

        assert message.thread.subject == "Hello, I ordered the green tea on Monday and have not heard…"

    @pytest.mark.parametrize(("box", "entries"), [(True, 1), (False, 0)])
    def test_writes_down_a_yes_to_outreach_and_nothing_else(self, writes, box, entries):
        message = writes(outreach_yes=box)

        assert Entry.objects.filter(person=message.person, purpose="outreach", answer="yes").count() == entries
        assert Entry.objects.count() == entries

    def test_keeps_that_only_a_person_may_answer(self, writes):
        assert writes(person_only=True).person_only


class TestLookingAgain:
    def test_reopens_the_thread_it_belongs_to(self, writes, answers, ben):
        message = writes()
        answers(message, ben)
        actions.resolve(message.thread_id, by=ben, at=NOW)

        again = writes("Not quite.", address="", looks_again=True, hint=threading.hint_for(message.thread))

        assert again.thread_id == message.thread_id
        assert again.person_only
        assert Thread.objects.get(pk=message.thread_id).state == "open"
        assert Event.objects.filter(thread=message.thread, kind="look again").count() == 1

    @pytest.mark.parametrize("hint", ["", "1-x.forged"])
    def test_without_a_thread_is_set_aside(self, hint):
        arrival = came(address="", looks_again=True, hint=hint)
        actions.take_in(arrival_id=arrival.pk, at=NOW)

        assert Arrival.objects.get().problem == "Unreadable: belongs to no thread"

    def test_a_hint_leads_nobody_into_the_thread_of_another(self, writes):
        doras = writes().thread
        farahs = writes(address="farah@kunden.example", hint=threading.hint_for(doras))

        assert farahs.thread_id != doras.pk
        assert farahs.person_id != doras.person_id

    def test_a_hint_ends_with_its_threads_salt(self, writes):
        thread = writes().thread
        hint = threading.hint_for(thread)
        Thread.objects.update(reader_salt="another")

        assert threading.thread_of(hint) is None


class TestPoison:
    @pytest.mark.parametrize("raw", [b"\xff\x00", b"[" * 50_000, b"{}", b'{"address": "x", "body": "y"}'])
    def test_is_set_aside_with_its_class_and_the_rest_flows(self, writes, raw):
        poison = arrivals.keep(channel="form", channel_id="poison", raw=raw, at=NOW)
        actions.take_in(arrival_id=poison.pk, at=NOW)
        writes()

        poison.refresh_from_db()
        assert poison.state == "set aside"
        assert poison.problem.startswith("Unreadable")
        assert Message.objects.count() == 1

    @given(st.binary(max_size=200))
    @settings(
        max_examples=some(25),
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    def test_no_bytes_stop_the_queue(self, raw):
        poison = arrivals.keep(channel="form", channel_id=raw.hex()[:180], raw=raw, at=NOW)

        actions.take_in(arrival_id=poison.pk, at=NOW)

    def test_what_the_database_cannot_hold_is_set_aside_whole(self, monkeypatch):
        def explodes(**fields):
            raise ValueError("half-way")

        monkeypatch.setattr(Message.objects, "create", explodes)
        arrival = came()
        actions.take_in(arrival_id=arrival.pk, at=NOW)

        assert Arrival.objects.get().problem == "ValueError"
        assert not Person.objects.exists()
        assert not Thread.objects.exists()

    def test_trouble_of_the_database_is_no_poison_the_job_runs_again(self, monkeypatch):
        def busy(**fields):
            raise OperationalError("database is locked")

        arrival = came()
        with monkeypatch.context() as patch:
            patch.setattr(meeting, "meet", busy)
            with pytest.raises(OperationalError):
                actions.take_in(arrival_id=arrival.pk, at=NOW)
        actions.take_in(arrival_id=arrival.pk, at=NOW)

        assert Message.objects.count() == 1

    def test_is_read_once_somebody_tries_again_after_it_was_mended(self, ben, monkeypatch):
        arrival = came()
        with monkeypatch.context() as patch:
            patch.setitem(actions.PARSERS, "form", lambda raw: 1 / 0 if not raw else raw["broken"])
            actions.take_in(arrival_id=arrival.pk, at=NOW)
        assert Arrival.objects.get().problem == "TypeError"

        arrivals.try_again(arrival.pk, by=ben.pk, at=NOW)
        actions.take_in(arrival_id=arrival.pk, at=NOW + timedelta(minutes=1))

        assert Message.objects.get().body == "Where is my tea?"

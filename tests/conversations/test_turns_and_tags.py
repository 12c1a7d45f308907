"""Snoozed and woken, tagged, looked at: what colleagues do with a thread beside answering it."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courtesy.conversations import actions
from courtesy.conversations.models import Event, Look, Tag, Thread
from courtesy.jobs.models import Change
from tests.conversations.conftest import NOW
from tests.wild import some

pytestmark = pytest.mark.django_db(databases="__all__")
LATER = NOW + timedelta(hours=1)
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def thread(writes) -> Thread:
    return writes().thread


def kinds(thread: Thread) -> list[str]:
    return list(thread.events.order_by("id").values_list("kind", flat=True))


class TestSnoozing:
    def test_is_out_of_sight_until_its_time(self, thread, ben):
        actions.snooze(thread.pk, until=TOMORROW, by=ben, at=NOW)
        assert actions.wake_due(at=LATER) == 0
        assert Thread.objects.get().state == Thread.State.SNOOZED

        assert actions.wake_due(at=TOMORROW) == 1
        awake = Thread.objects.get()
        assert (awake.state, awake.snoozed_until) == (Thread.State.OPEN, None)
        assert kinds(thread) == [Event.Kind.ARRIVED, Event.Kind.SNOOZED, Event.Kind.WOKE]

    def test_wakes_once(self, thread, ben):
        actions.snooze(thread.pk, until=TOMORROW, by=ben, at=NOW)

        assert [actions.wake_due(at=TOMORROW) for _ in range(2)] == [1, 0]

    def test_ends_with_an_answer_and_is_not_woken_then(self, thread, ben):
        actions.snooze(thread.pk, until=TOMORROW, by=ben, at=NOW)
        held = actions.hold(thread.pk, unanswered_since=thread.last_event)
        actions.add_reply(held, words="On its way.", by=ben, at=LATER, decision_id=1)

        assert actions.wake_due(at=TOMORROW) == 0
        assert Thread.objects.get().state == Thread.State.WAITING

    def test_does_not_wake_a_thread_that_was_merged_away(self, writes, thread, ben):
        home = writes("Another matter").thread
        actions.snooze(thread.pk, until=TOMORROW, by=ben, at=NOW)
        actions.merge([thread.pk], into=home.pk, by=ben, at=LATER)

        assert actions.wake_due(at=TOMORROW) == 0

    @pytest.mark.parametrize("until", [NOW, NOW - timedelta(days=1)])
    def test_into_the_past_is_refused(self, thread, ben, until):
        with pytest.raises(actions.NotLater):
            actions.snooze(thread.pk, until=until, by=ben, at=NOW)
        assert Thread.objects.get().state == Thread.State.OPEN


class TestTags:
    def test_are_put_on_and_taken_off(self, thread, ben):
        actions.tag(thread.pk, name="  #Refund ", by=ben, at=NOW)
        actions.tag(thread.pk, name="refund", by=ben, at=NOW)
        assert [one.tag.name for one in thread.taggings.all()] == ["Refund"]

        actions.untag(thread.pk, name="REFUND", by=ben, at=LATER)
        actions.untag(thread.pk, name="refund", by=ben, at=LATER)
        assert not thread.taggings.exists()
        assert kinds(thread) == [Event.Kind.ARRIVED, Event.Kind.TAGGED, Event.Kind.UNTAGGED]
        assert Tag.objects.count() == 1

    @settings(max_examples=some(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.text(max_size=60))
    def test_take_any_words_or_refuse_them(self, thread, ben, name):
        try:
            actions.tag(thread.pk, name=name, by=ben, at=NOW)
        except actions.NoTag:
            return
        assert thread.taggings.exists()
        actions.untag(thread.pk, name=name, by=ben, at=NOW)
        assert not thread.taggings.exists()


class TestALook:
    def test_is_remembered_and_never_goes_back(self, thread, ben):
        actions.look(thread.pk, by=ben, at=NOW, writes=True, event=7)
        actions.look(thread.pk, by=ben, at=LATER, writes=False, event=3)

        look = Look.objects.get()
        assert (look.event, look.at, look.writes_at) == (7, LATER, NOW)

    def test_is_told_when_somebody_comes_and_not_at_every_glance(self, thread, ben):
        def told(after: float, *, writes: bool) -> bool:
            Change.objects.all().delete()
            actions.look(thread.pk, by=ben, at=NOW + timedelta(seconds=after), writes=writes, event=1)
            return Change.objects.exists()

        assert [told(0, writes=False), told(10, writes=False), told(20, writes=True), told(25, writes=True)] == [
            True, False, True, False,
        ]  # fmt: skip
        assert told(3600, writes=False)

    def test_at_nothing_is_nothing(self, ben):
        actions.look(99, by=ben, at=NOW, writes=True, event=1)

        assert not Look.objects.exists()

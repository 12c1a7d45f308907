"""What colleagues do in a thread, in one order, and what the post office says afterwards."""

from datetime import timedelta
from uuid import uuid4

import pytest

from courtesy.conversations import actions, queries
from courtesy.conversations.models import Composing, Event, Message, Thread
from courtesy.jobs.models import Change
from courtesy.post import outbox, replies
from courtesy.post.models import Outgoing
from courtesy.privacy import keys
from tests.conversations.conftest import NOW

pytestmark = pytest.mark.django_db(databases="__all__")
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def message(writes) -> Message:
    return writes()


class TestHold:
    def test_refuses_a_second_answer_and_says_whose_the_first_was(self, message, answers, ada, ben):
        seen = message.thread.last_event
        answers(message, ben)

        with pytest.raises(actions.AlreadyAnswered) as refusal:
            actions.hold(message.thread_id, unanswered_since=seen)

        assert refusal.value.by == ben.called

    def test_lets_through_who_has_seen_the_first_answer(self, message, answers, ben):
        answers(message, ben)

        assert actions.hold(message.thread_id, unanswered_since=message.thread.last_event).pk == message.thread_id

    def test_a_note_or_a_new_message_is_no_answer(self, message, ben):
        seen = message.thread.last_event
        actions.add_note(message.thread_id, words="hm", by=ben, at=LATER)

        actions.hold(message.thread_id, unanswered_since=seen)

    def test_an_answer_taken_back_does_not_count(self, message, answers, ben):
        seen = message.thread.last_event
        reply = answers(message, ben)
        actions.take_back_reply(reply.pk, by=ben, at=LATER)

        actions.hold(message.thread_id, unanswered_since=seen)

    def test_refuses_a_thread_that_is_not_there(self):
        with pytest.raises(actions.NoSuchThread):
            actions.hold(99, unanswered_since=0)


class TestAddReply:
    def test_makes_it_the_customers_turn_and_the_thread_the_answerers(self, message, answers, ben):
        reply = answers(message, ben)

        thread = queries.thread(message.thread_id)
        assert (thread.state, thread.assignee) == ("waiting", ben)
        assert (reply.kind, reply.colleague) == ("out", ben)

    def test_leaves_the_thread_with_whom_it_was(self, message, answers, ada, ben):
        actions.assign(message.thread_id, to=ada, by=ada, at=NOW)
        answers(message, ben)

        assert queries.thread(message.thread_id).assignee == ada

    def test_is_never_empty(self, message, ben):
        held = actions.hold(message.thread_id, unanswered_since=0)
        with pytest.raises(actions.NothingWritten):
            actions.add_reply(held, words=" \n", by=ben, at=NOW, decision_id=1)

    def test_a_new_message_of_the_customer_opens_the_thread_again(self, message, answers, writes, ben):
        from courtesy.conversations.threading import hint_for  # noqa: PLC0415

        answers(message, ben)
        writes("Thanks, and the cups?", hint=hint_for(message.thread))

        assert queries.thread(message.thread_id).state == "open"
        assert queries.inbox("mine", ben).rows[0].excerpt == "Thanks, and the cups?"


class TestTakeBackReply:
    def test_keeps_the_words_and_opens_the_thread(self, message, answers, ben):
        reply = answers(message, ben)
        actions.take_back_reply(reply.pk, by=ben, at=LATER)
        actions.take_back_reply(reply.pk, by=ben, at=LATER)

        story = queries.thread_story(queries.thread(message.thread_id))
        assert story.thread.state == "open"
        assert [item.taken_back for item in story.items if item.kind == "out"] == [True]
        assert [item.kind for item in story.items if item.what == "event"].count("taken back") == 1


class TestStates:
    def test_resolving_and_opening_are_told_once(self, message, ben):
        for _ in range(2):
            actions.resolve(message.thread_id, by=ben, at=NOW)
        for _ in range(2):
            actions.reopen(message.thread_id, by=None, at=NOW)

        kinds = list(message.thread.events.values_list("kind", flat=True).order_by("id"))
        assert kinds == ["arrived", "resolved", "reopened"]

    def test_is_given_only_to_who_may_answer(self, message, ada, vera):
        with pytest.raises(actions.Refused):
            actions.assign(message.thread_id, to=vera, by=ada, at=NOW)

    def test_can_be_given_back_to_everybody(self, message, ada, ben):
        actions.assign(message.thread_id, to=ben, by=ada, at=NOW)
        actions.assign(message.thread_id, to=None, by=ada, at=NOW)

        assert queries.thread(message.thread_id).assignee is None

    def test_every_change_is_told_to_the_browsers_with_nothing_but_a_number(self, message, ben):
        Change.objects.all().delete()
        actions.add_note(message.thread_id, words="call Dora at home", by=ben, at=NOW)

        assert set(Change.objects.values_list("name", "subject")) == {("thread", str(message.thread_id)), ("inbox", "")}


class TestUnsentWords:
    def test_are_kept_for_each_tab_and_the_last_come_first(self, message, ben):
        actions.remember_words(message.thread_id, by=ben, words="Dear D", at=NOW, tab="a")
        actions.remember_words(message.thread_id, by=ben, words="Hello", at=NOW + timedelta(seconds=1), tab="b")
        actions.remember_words(message.thread_id, by=ben, words="Dear Dora", at=LATER, tab="a")

        kept = queries.unsent_words(message.thread_id, ben)
        assert kept
        assert kept.words == "Dear Dora"
        assert Composing.objects.count() == 2

    def test_are_nobody_elses(self, message, ada, ben):
        actions.remember_words(message.thread_id, by=ben, words="Dear D", at=NOW)

        assert queries.unsent_words(message.thread_id, ada) is None
        assert queries.thread_story(message.thread, reader=ada).also_writing == [ben.called]
        assert queries.thread_story(message.thread, reader=ben).also_writing == []

    def test_are_forgotten_when_sent_emptied_or_old(self, message, ben):
        actions.remember_words(message.thread_id, by=ben, words="a", at=NOW, tab="a")
        actions.remember_words(message.thread_id, by=ben, words="b", at=NOW, tab="b")
        actions.remember_words(message.thread_id, by=ben, words=" ", at=NOW, tab="b")
        assert Composing.objects.count() == 1
        actions.forget_words(message.thread_id, by=ben)
        assert Composing.objects.count() == 0

        actions.remember_words(message.thread_id, by=ben, words="a", at=NOW)
        assert actions.forget_old_words(at=NOW + timedelta(days=31)) == 1


class TestFollowOutgoing:
    @pytest.fixture
    def outgoing(self, message, answers, ben) -> Outgoing:
        reply = answers(message, ben)
        authority = replies.Authority(decision_id=reply.decision_id, by=uuid4(), at=NOW)
        return replies.post(
            authority, message_id=reply.pk, to="dora@kunden.example", subject="Re", body="x", references=[],
            key_id=keys.new(at=NOW), not_before=NOW,
        )  # fmt: skip

    @pytest.mark.parametrize("state", ["refused", "unsure", "held"])
    def test_trouble_is_an_event_once(self, message, outgoing, state):
        Outgoing.objects.update(state=state)
        for _ in range(2):
            actions.follow_outgoing(outgoing_id=outgoing.pk, at=LATER)

        assert Event.objects.filter(thread=message.thread, kind=state).count() == 1

    def test_a_refused_answer_opens_the_thread_until_it_left_after_all(self, message, outgoing):
        def state_when(it_is: str) -> str:
            Outgoing.objects.update(state=it_is)
            for _twice in range(2):
                actions.follow_outgoing(outgoing_id=outgoing.pk, at=LATER)
            return Thread.objects.get(pk=message.thread_id).state

        assert state_when("waiting") == Thread.State.WAITING
        assert state_when("unsure") == Thread.State.WAITING, "it may well have left"
        assert state_when("refused") == Thread.State.OPEN
        assert state_when("sent") == Thread.State.WAITING

    def test_a_refused_answer_says_nothing_where_the_customer_wrote_since(self, message, outgoing, writes):
        Message.objects.create(
            thread=message.thread, kind=Message.Kind.IN, body="Hello?", person=message.person, at=LATER
        )
        Thread.objects.filter(pk=message.thread_id).update(state=Thread.State.OPEN)
        for it_is in ("refused", "sent"):
            Outgoing.objects.update(state=it_is)
            actions.follow_outgoing(outgoing_id=outgoing.pk, at=LATER)
            assert Thread.objects.get(pk=message.thread_id).state == Thread.State.OPEN

    def test_leaving_well_only_tells_the_browsers(self, message, outgoing):
        Change.objects.all().delete()
        Outgoing.objects.update(state="sent")
        actions.follow_outgoing(outgoing_id=outgoing.pk, at=LATER)

        assert Change.objects.filter(name="thread", subject=str(message.thread_id)).exists()
        assert list(message.thread.events.values_list("kind", flat=True).order_by("id")) == ["arrived", "answered"]

    def test_the_story_says_how_far_it_got(self, message, outgoing):
        outbox.take_back(outgoing.pk, at=NOW)

        (item,) = (i for i in queries.thread_story(message.thread).items if i.kind == "out")
        assert item.on_its_way
        assert item.on_its_way.state == "taken back"

    def test_the_next_mail_refers_to_this_one(self, message, outgoing):
        assert queries.references(message.thread) == [outgoing.message_id]

"""Threads are merged, split and put back, and nothing is lost on the way."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from courtesy.conversations import actions, files, public, queries, threading
from courtesy.conversations.models import Attachment, Composing, Event, Message, Move, Promise, Thread
from courtesy.post import replies
from courtesy.post.public import answer_token
from courtesy.privacy import keys
from tests.conversations.conftest import NOW
from tests.conversations.mails import DORA, EMIL, came, in_the_queue, mail, mailbox

pytestmark = pytest.mark.django_db(databases="__all__")
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def shop(db):
    """The shop's mailbox."""
    return mailbox()


@pytest.fixture
def two() -> tuple[Message, Message]:
    """Two matters of Dora's, each a thread."""
    return came(mail("a@x", "tea")), came(mail("b@x", "cups"), at=NOW + timedelta(minutes=1))


def bodies(thread_id: int) -> list[str]:
    return list(Message.objects.filter(thread=thread_id).order_by("id").values_list("body", flat=True))


def kinds(thread_id: int) -> list[str]:
    return list(Event.objects.filter(thread=thread_id).order_by("id").values_list("kind", flat=True))


class TestMerge:
    def test_makes_one_thread_of_two(self, two, ben):
        first, second = two
        actions.merge([second.thread_id], into=first.thread_id, by=ben, at=LATER)

        assert bodies(first.thread_id) == ["tea", "cups"]
        assert kinds(first.thread_id) == ["arrived", "arrived", "merged"]
        assert in_the_queue() == [first.thread_id]
        assert Thread.objects.get(pk=second.thread_id).merged_into_id == first.thread_id

    def test_takes_everything_along(self, two, ben, ada):
        first, second = two
        actions.tag(second.thread_id, name="urgent", by=ben, at=NOW)
        actions.assign(second.thread_id, to=ben, by=ada, at=NOW)
        actions.remember_words(second.thread_id, by=ben, words="Dear Dora", at=NOW, tab="t")
        actions.remember_words(first.thread_id, by=ben, words="Hello", at=NOW, tab="t")
        promise = Promise.objects.create(
            thread=second.thread, message=second, words="on Friday", due_on=date(2026, 11, 27), made_by=ben, holder=ben,
            made_at=NOW,
        )  # fmt: skip
        actions.resolve(first.thread_id, by=ben, at=NOW)
        actions.merge([second.thread_id], into=first.thread_id, by=ben, at=LATER)

        home = Thread.objects.get(pk=first.thread_id)
        promise.refresh_from_db()
        assert promise.thread_id == home.pk
        assert kinds(home.pk) == ["arrived", "arrived", "tagged", "assigned", "resolved", "merged"]
        assert (home.state, home.assignee) == (Thread.State.OPEN, ben)
        assert [tagging.tag.name for tagging in home.taggings.all()] == ["urgent"]
        assert Composing.objects.get().words == "Hello\n\nDear Dora"
        assert Composing.objects.get().thread_id == home.pk

    def test_of_several_people_answers_whoever_wrote_last(self, two, ben):
        first, _ = two
        other = came(mail("e@x", "me too", by=EMIL), at=LATER)
        actions.merge([other.thread_id], into=first.thread_id, by=ben, at=LATER)

        thread = Thread.objects.get(pk=first.thread_id)
        assert queries.reply_recipients(thread).to == (EMIL,)
        assert {item.name for item in queries.thread_story(thread).items if item.kind == "in"} == {"dora", "emil"}

    def test_leads_later_mail_to_where_it_went(self, two, ben):
        first, second = two
        actions.merge([second.thread_id], into=first.thread_id, by=ben, at=LATER)

        assert came(mail("c@x", "and?", refers=["b@x"])).thread_id == first.thread_id
        assert threading.thread_of(threading.hint_for(second.thread)) == first.thread

    def test_refuses_what_is_no_merge(self, two, ben):
        first, second = two
        for threads in ([], [first.thread_id]):
            with pytest.raises(actions.NothingToMove):
                actions.merge(threads, into=first.thread_id, by=ben, at=LATER)
        with pytest.raises(actions.NoSuchThread):
            actions.merge([second.thread_id], into=999, by=ben, at=LATER)
        with pytest.raises(actions.NoSuchThread):
            actions.merge([999], into=first.thread_id, by=ben, at=LATER)
        assert bodies(second.thread_id) == ["cups"]

    def test_of_a_merged_thread_is_refused_with_its_place(self, two, ben):
        first, second = two
        actions.merge([second.thread_id], into=first.thread_id, by=ben, at=LATER)

        for act in (
            lambda: actions.merge([second.thread_id], into=first.thread_id, by=ben, at=LATER),
            lambda: actions.hold(second.thread_id, unanswered_since=0),
            lambda: actions.add_note(second.thread_id, words="x", by=ben, at=LATER),
        ):
            with pytest.raises(actions.MergedAway) as refusal:
                act()
            assert refusal.value.into == first.thread_id

    def test_takes_along_the_files_of_what_is_being_written_before_and_after(self, two, ben):
        first, second = two
        files.keep(second.thread_id, by=ben, tab="t", name="before.txt", content=b"1", at=NOW)
        actions.merge([second.thread_id], into=first.thread_id, by=ben, at=LATER)
        files.keep(second.thread_id, by=ben, tab="t", name="after.txt", content=b"2", at=LATER)

        kept = files.in_thread([], thread_id=first.thread_id, reader=ben)
        assert [one.name for one in kept] == ["before.txt", "after.txt"]
        assert {one.key_id for one in kept} == {first.thread.person.key_id}

        files.forget(second.thread_id, by=ben, tab="t")
        assert not Attachment.objects.exists()

    def test_of_three_in_a_row_is_followed_to_its_end(self, two, ben):
        first, second = two
        third = came(mail("c@x", "pots"), at=LATER)
        actions.merge([third.thread_id], into=second.thread_id, by=ben, at=LATER)
        actions.merge([second.thread_id], into=first.thread_id, by=ben, at=LATER)
        files.keep(third.thread_id, by=ben, tab="t", name="late.txt", content=b"3", at=LATER)
        assert Attachment.objects.get().thread_id == first.thread_id

    def test_keeps_what_is_typed_into_the_old_page(self, two, ben):
        first, second = two
        actions.merge([second.thread_id], into=first.thread_id, by=ben, at=LATER)
        actions.remember_words(second.thread_id, by=ben, words="Dear Dora", at=LATER, tab="t")

        kept = queries.unsent_words(first.thread_id, ben)
        assert kept
        assert kept.words == "Dear Dora"

    def test_stops_who_did_not_see_the_answer_that_came_along(self, two, ben, answers):
        first, second = two
        seen = Thread.objects.get(pk=first.thread_id).last_event
        answers(Message.objects.select_related("thread").get(pk=second.pk), ben)
        actions.merge([second.thread_id], into=first.thread_id, by=ben, at=LATER)

        with pytest.raises(actions.AlreadyAnswered):
            actions.hold(first.thread_id, unanswered_since=seen)


class TestSplit:
    def test_takes_a_message_and_all_after_it(self, ben):
        first = came(mail("a@x", "tea"))
        second = came(mail("b@x", "and cups", refers=["a@x"]))
        third = came(mail("c@x", "blue cups", refers=["b@x"]))
        thread = actions.split(second.pk, by=ben, at=LATER)

        assert bodies(first.thread_id) == ["tea"]
        assert bodies(thread.pk) == ["and cups", "blue cups"]
        assert Message.objects.get(pk=third.pk).thread_id == thread.pk
        assert kinds(thread.pk) == ["arrived", "arrived", "split"]
        assert kinds(first.thread_id) == ["arrived", "split"]

    def test_takes_one_message_alone(self, ben):
        first = came(mail("a@x", "tea"))
        second = came(mail("b@x", "and cups", refers=["a@x"]))
        came(mail("c@x", "the tea!", refers=["b@x"]))
        thread = actions.split(second.pk, by=ben, at=LATER, alone=True)

        assert bodies(first.thread_id) == ["tea", "the tea!"]
        assert bodies(thread.pk) == ["and cups"]

    def test_leads_later_mail_to_where_its_message_lives(self, ben):
        first = came(mail("a@x", "tea"))
        second = came(mail("b@x", "and cups", refers=["a@x"]))
        thread = actions.split(second.pk, by=ben, at=LATER)

        assert came(mail("c@x", "blue", refers=["a@x", "b@x"])).thread_id == thread.pk
        assert came(mail("d@x", "green", refers=["a@x"])).thread_id == first.thread_id

    def test_says_whose_turn_it_is_in_both(self, ben, answers):
        first = came(mail("a@x", "tea"))
        answers(Message.objects.select_related("thread").get(pk=first.pk), ben)
        second = came(mail("b@x", "and cups", refers=["a@x"]), at=NOW + timedelta(hours=2))
        thread = actions.split(second.pk, by=ben, at=NOW + timedelta(hours=3))

        assert Thread.objects.get(pk=first.thread_id).state == Thread.State.WAITING
        assert Thread.objects.get(pk=thread.pk).state == Thread.State.OPEN

    def test_off_somebody_elses_words_makes_it_their_thread(self, ben):
        came(mail("a@x", "tea", cc=EMIL))
        second = came(mail("b@x", "me too", by=EMIL, refers=["a@x"]))

        assert actions.split(second.pk, by=ben, at=LATER).person == second.person

    def test_refuses_to_leave_nothing_behind(self, two, ben):
        with pytest.raises(actions.NothingToMove):
            actions.split(two[0].pk, by=ben, at=LATER)
        with pytest.raises(actions.NoSuchThread):
            actions.split(999, by=ben, at=LATER)

    def test_can_be_undone(self, ben):
        first = came(mail("a@x", "tea"))
        second = came(mail("b@x", "and cups", refers=["a@x"]))
        thread = actions.split(second.pk, by=ben, at=LATER)
        actions.unmerge(Move.objects.get().group, by=ben, at=LATER)

        assert bodies(first.thread_id) == ["tea", "and cups"]
        assert Thread.objects.get(pk=thread.pk).merged_into_id == first.thread_id
        assert in_the_queue() == [first.thread_id]


class TestUnmerge:
    def test_puts_back_what_was_moved_and_keeps_what_came_later(self, two, ben):
        first, second = two
        actions.tag(second.thread_id, name="urgent", by=ben, at=NOW)
        group = actions.merge([second.thread_id], into=first.thread_id, by=ben, at=LATER)
        later = came(mail("c@x", "and?", refers=["b@x"]), at=LATER)
        back = actions.unmerge(group, by=ben, at=LATER)

        assert [thread.pk for thread in back] == [second.thread_id]
        assert bodies(first.thread_id) == ["tea", "and?"]
        assert later.thread_id == first.thread_id
        assert bodies(second.thread_id) == ["cups"]
        assert kinds(second.thread_id) == ["arrived", "tagged", "merged", "unmerged"]
        assert kinds(first.thread_id) == ["arrived", "merged", "arrived", "unmerged"]
        assert in_the_queue() == [first.thread_id, second.thread_id]
        assert not first.thread.taggings.exists()
        assert second.thread.taggings.exists()

    def test_twice_is_refused(self, two, ben):
        group = actions.merge([two[1].thread_id], into=two[0].thread_id, by=ben, at=LATER)
        actions.unmerge(group, by=ben, at=LATER)

        for number in (group, uuid4()):
            with pytest.raises(actions.NothingToMove):
                actions.unmerge(number, by=ben, at=LATER)

    def test_finds_what_was_merged_on_since(self, two, ben):
        first, second = two
        third = came(mail("e@x", "pot"))
        inner = actions.merge([second.thread_id], into=first.thread_id, by=ben, at=LATER)
        outer = actions.merge([first.thread_id], into=third.thread_id, by=ben, at=LATER)
        actions.unmerge(inner, by=ben, at=LATER)
        assert (bodies(third.thread_id), bodies(second.thread_id)) == (["tea", "pot"], ["cups"])

        actions.unmerge(outer, by=ben, at=LATER)
        assert (bodies(first.thread_id), bodies(second.thread_id), bodies(third.thread_id)) == (
            ["tea"], ["cups"], ["pot"],
        )  # fmt: skip

    def test_tells_the_number_in_the_thread(self, two, ben):
        group = actions.merge([two[1].thread_id], into=two[0].thread_id, by=ben, at=LATER)
        told = Event.objects.get(thread=two[0].thread_id, kind="merged")

        assert UUID(told.facts["group"]) == group
        assert told.facts["from"] == [two[1].thread_id]

    def test_also_of_what_the_mails_themselves_brought_together(self, ben):
        first, third = came(mail("a@x", "1")), came(mail("c@x", "3", refers=["b@x"]))
        came(mail("b@x", "2", refers=["a@x"]))
        actions.unmerge(Move.objects.get(message=third).group, by=ben, at=LATER)

        assert bodies(first.thread_id) == ["1", "2"]
        assert bodies(third.thread_id) == ["3"]
        # A person has decided: the same mails do not bring them together again.
        assert came(mail("d@x", "4", refers=["a@x", "b@x", "c@x"])).thread_id == third.thread_id
        assert len(in_the_queue()) == 2


class TestThePrivatePageOfAMergedThread:
    """Whoever holds the link of one message must not read what another customer wrote."""

    @pytest.fixture
    def merged(self, writes, ben):
        dora, emil = writes("Dora's words", address=DORA), writes("Emil's words", address=EMIL)
        actions.merge([emil.thread_id], into=dora.thread_id, by=ben, at=LATER)
        return dora, emil

    def said(self, message: Message) -> list[str]:
        token = answer_token(message.arrival_id)
        return [one.words for one in public.private_page(token, at=LATER + timedelta(days=1)).said]

    def test_shows_each_only_their_own(self, merged):
        assert [self.said(message) for message in merged] == [["Dora's words"], ["Emil's words"]]

    def test_shows_an_answer_to_whom_it_went(self, merged, answers, ben):
        dora, emil = merged
        for to, cc in ((DORA, ()), (EMIL, ()), (DORA, (EMIL,))):
            thread = Thread.objects.get(pk=dora.thread_id)
            reply = actions.add_reply(
                thread, words=f"to {to} {len(cc)}", by=ben, at=LATER, decision_id=Message.objects.count() + 900
            )
            replies.post(
                replies.Authority(decision_id=reply.decision_id, by=uuid4(), at=LATER),
                message_id=reply.pk, to=to, subject="Re", body="x", references=[], key_id=keys.new(at=NOW),
                not_before=LATER, cc=cc,
            )  # fmt: skip

        assert self.said(dora) == ["Dora's words", f"to {DORA} 0", f"to {DORA} 1"]
        assert self.said(emil) == ["Emil's words", f"to {EMIL} 0", f"to {DORA} 1"]

    def test_is_not_linked_from_an_answer_that_others_got_too(self, merged, ben):
        dora, _ = merged
        reply = actions.add_reply(Thread.objects.get(pk=dora.thread_id), words="x", by=ben, at=LATER, decision_id=901)

        assert public.page_token(reply.pk) == ""

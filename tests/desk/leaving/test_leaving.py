"""A colleague leaves: what will happen is told first; then all of it happens, each with its consequence, or nothing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from courtesy.conversations import actions as conversations
from courtesy.conversations.models import Attachment, Call, Composing, Event, Look, Promise, SavedView, Thread
from courtesy.desk.leaving import actions, queries
from courtesy.desk.lifecycle.actions import send_reply
from courtesy.desk.promises import actions as promises
from courtesy.privacy import keys
from courtesy.staff import actions as staff
from courtesy.staff import queries as here
from courtesy.staff.models import Role
from tests.colleagues import PublicSocket, new_colleague
from tests.desk.street import TEN, writes

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def work(ben, dora, chidi):
    """Ben has two open threads, a resolved one, a promise, and words that he did not send."""
    open_one, waiting, done = (writes(dora, words).thread for words in ("One?", "Two?", "Three?"))
    for thread in (open_one, waiting, done):
        conversations.assign(thread.pk, to=ben, by=ben, at=TEN)
    send_reply(waiting.pk, words="I will look.", by=ben, at=TEN, seen=waiting.last_event)
    conversations.resolve(done.pk, by=ben, at=TEN)
    promises.give(waiting.pk, words="Look in the cellar", due_on=date(2099, 1, 1), by=ben, at=TEN)
    conversations.remember_words(open_one.pk, by=ben, words="Dear Dora, it may be", at=TEN, tab="reply-1")
    SavedView.objects.create(colleague=ben, name="Mine", filters={}, created_at=TEN)
    conversations.look(open_one.pk, by=ben, at=TEN, writes=False, event=1)
    return open_one, waiting, done


def leaves(ben, ada, **to):
    """Ada ends Ben's way in."""
    return actions.leave(ben, **{"threads_to": None, "promises_to": ada} | to, by=ada, at=TEN)


class TestThePlan:
    def test_tells_everything_before_the_button(self, work, ben, ada, signed_in):
        signed_in(ben)
        page = signed_in(ada).get(f"/team/{ben.pk}/leaving").content.decode()

        for told in ("One?", "Two?", "Look in the cellar", "Dear Dora, it may be", "1 resolved thread", "in 1 browser"):
            assert told in page
        assert "Three?" not in page

    def test_changes_nothing(self, work, ben, ada, signed_in):
        signed_in(ada).get(f"/team/{ben.pk}/leaving")
        assert ben in here.colleagues()
        assert Thread.objects.filter(assignee=ben).count() == 3

    def test_names_as_heirs_who_stays_and_may_answer(self, ben, ada, mia, vera):
        assert list(queries.plan(ben, at=TEN).heirs) == [ada, mia]

    def test_says_that_the_last_owner_cannot_go(self, ada, mia):
        assert queries.plan(ada, at=TEN).is_last_owner
        assert not queries.plan(mia, at=TEN).is_last_owner


class TestThreads:
    def test_go_to_the_one_who_was_named_with_a_line_in_each(self, work, ben, ada, mia):
        assert leaves(ben, ada, threads_to=mia).threads == 2

        assert set(Thread.objects.filter(assignee=mia)) == set(work[:2])
        given = work[0].events.filter(kind=Event.Kind.ASSIGNED).last()
        assert (given.by, given.facts) == (ada, {"to": str(mia.pk)})

    def test_go_back_to_everybody_where_nobody_was(self, work, ben, ada):
        leaves(ben, ada)
        assert not Thread.objects.exclude(assignee=None).exists()

    def test_that_were_resolved_wait_for_nobody_who_left(self, work, ben, ada, mia, dora):
        leaves(ben, ada, threads_to=mia)
        assert Thread.objects.get(pk=work[2].pk).assignee is None


class TestPromises:
    def test_are_handed_over_and_keep_who_gave_them(self, work, ben, ada, mia):
        assert leaves(ben, ada, promises_to=mia).promises == 1

        promise = Promise.objects.get()
        assert (promise.holder, promise.made_by) == (mia, ben)
        assert work[1].events.filter(kind=Event.Kind.HANDED_OVER).exists()

    def test_need_somebody_or_nothing_happens(self, work, ben, ada):
        with pytest.raises(actions.NeedsSomebody):
            leaves(ben, ada, promises_to=None)
        assert ben in here.colleagues()
        assert Thread.objects.filter(assignee=ben).count() == 3

    def test_stand_on_the_heirs_today(self, work, ben, ada, signed_in):
        Promise.objects.update(due_on=timezone.now().date())
        leaves(ben, ada)
        assert "Look in the cellar" in signed_in(ada).get("/").content.decode()


class TestWordsAndViews:
    def test_of_their_own_go(self, work, ben, ada, mia):
        conversations.remember_words(work[0].pk, by=mia, words="Mine stays", at=TEN, tab="reply-2")
        SavedView.objects.create(colleague=None, name="Everybody’s", filters={}, created_at=TEN)
        Attachment.objects.create(
            thread=work[0], colleague=ben, tab="reply-1", name="a.txt", kind="text/plain", size=1, content=b"a",
            key_id=keys.new(at=TEN), created_at=TEN,
        )  # fmt: skip
        conversations.add_note(work[0].pk, words="@Ben?", by=ada, at=TEN, calls=[ben, mia])
        leaves(ben, ada)

        assert [one.colleague for one in Call.objects.all()] == [mia]
        assert [one.words for one in Composing.objects.all()] == ["Mine stays"]
        assert [one.name for one in SavedView.objects.all()] == ["Everybody’s"]
        assert not Attachment.objects.exists()
        assert not Look.objects.filter(colleague=ben).exists()


class TestTheWayIn:
    def test_ends_in_every_browser_at_once(self, work, ben, ada, signed_in):
        browsers = [signed_in(ben), signed_in(ben)]
        leaves(ben, ada)

        for browser in browsers:
            assert browser.get("/inbox").headers["Location"].startswith("/sign-in")

    def test_ends_with_the_key_once_all_of_it_stands(self, ben, ada, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            leaves(ben, ada)
        with pytest.raises(keys.KeyGone):
            keys.of(ben.key_id)


class TestTheName:
    def test_stays_on_what_they_did(self, work, ben, ada, signed_in):
        leaves(ben, ada)

        page = signed_in(ada).get(f"/inbox/{work[1].pk}").content.decode()
        assert "I will look." in page
        assert "Ben" in page
        assert PublicSocket().get("/").status_code == 200


class TestTheButton:
    def test_does_all_of_it_at_once(self, work, ben, ada, mia, signed_in):
        answer = signed_in(ada).post(
            f"/team/{ben.pk}/leaving", {"threads_to": str(mia.pk), "promises_to": str(ada.pk)}, follow=True
        )

        assert "2 open threads were handed over. 1 promise was handed over." in answer.content.decode()
        assert ben not in here.colleagues()
        assert Thread.objects.filter(assignee=mia).count() == 2
        assert Promise.objects.get().holder == ada

    def test_leads_back_where_nobody_takes_the_promises(self, work, ben, ada, signed_in):
        answer = signed_in(ada).post(f"/team/{ben.pk}/leaving")
        assert answer.headers["Location"] == f"/team/{ben.pk}/leaving"
        assert ben in here.colleagues()

    def test_gives_nothing_to_who_is_no_heir(self, work, ben, ada, vera, signed_in):
        browser = signed_in(ada)
        for wrong in (str(vera.pk), str(ben.pk), "nobody"):
            assert browser.post(f"/team/{ben.pk}/leaving", {"threads_to": wrong}).status_code == 404
        assert ben in here.colleagues()

    def test_of_a_last_owner_hands_nothing_over(self, ada, mia, dora, signed_in):
        thread = writes(dora).thread
        conversations.assign(thread.pk, to=ada, by=ada, at=TEN)
        with pytest.raises(staff.LastOwner):
            actions.leave(ada, threads_to=mia, promises_to=mia, by=ada, at=TEN)
        assert Thread.objects.get().assignee == ada

    def test_is_not_for_who_does_not_manage_nor_for_managers_above(self, ben, vera, mia, signed_in):
        boss = new_colleague("Olga", Role.OWNER)
        for somebody, whom in ((ben, vera), (vera, ben), (mia, boss)):
            browser = signed_in(somebody)
            assert browser.get(f"/team/{whom.pk}/leaving").status_code == 404
            assert browser.post(f"/team/{whom.pk}/leaving").status_code == 404

    def test_pressed_twice_does_it_once(self, work, ben, ada, signed_in):
        browser = signed_in(ada)
        heirs = {"threads_to": "", "promises_to": str(ada.pk)}
        browser.post(f"/team/{ben.pk}/leaving", heirs)
        assert browser.post(f"/team/{ben.pk}/leaving", heirs).status_code == 404
        assert timezone.now() - here.Colleague.objects.get(pk=ben.pk).left_at < timedelta(minutes=1)

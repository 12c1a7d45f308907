"""Promises: offered after sending, kept by a click, shown to the team and to the customer, handed over."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from courtesy.conversations import actions as conversations
from courtesy.conversations.models import Event, Promise
from courtesy.desk import links
from courtesy.desk.lifecycle.actions import send_reply, take_back
from courtesy.desk.promises import actions, queries
from courtesy.staff import queries as staff
from courtesy.staff.models import Shop
from tests.colleagues import PublicSocket
from tests.desk.street import TEN, writes

pytestmark = pytest.mark.django_db(databases="__all__")

WORDS = "Hello Dora,\n\nI'll ask the grower and write to you on Tuesday.\n\nBen"
SENTENCE = "I'll ask the grower and write to you on Tuesday."
NEXT_TUESDAY = date(2026, 12, 1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def thread(dora):
    """Dora wrote on a Tuesday morning."""
    return writes(dora).thread


def answers(thread, by, words=WORDS, at=TEN):
    """A colleague answers; whatever was said before has been seen."""
    thread.refresh_from_db()
    return send_reply(thread.pk, words=words, by=by, at=at, seen=thread.last_event)


@pytest.fixture
def offered(thread, ben):
    """Ben has just promised something."""
    answers(thread, ben)
    return Promise.objects.get()


@pytest.fixture
def promise(offered, ben):
    """And said that he means it."""
    return actions.confirm(offered.pk, due_on=offered.due_on, by=ben, at=TEN + MINUTE)


class TestOffering:
    def test_an_answer_that_names_a_day_is_asked_about(self, offered, ben):
        assert (offered.words, offered.due_on, offered.state) == (SENTENCE, NEXT_TUESDAY, "offered")
        assert offered.made_by == offered.holder == ben

    def test_tuesday_is_the_shops_tuesday(self, thread, ben):
        Shop.objects.filter(pk=staff.shop().pk).update(time_zone="Pacific/Auckland")  # where it is Tuesday night
        answers(thread, ben, "I'll write tomorrow.", at=TEN + timedelta(hours=2))
        assert Promise.objects.get().due_on == date(2026, 11, 26)

    def test_an_answer_without_one_is_left_alone(self, thread, ben):
        answers(thread, ben, "We are open on Saturday. Please send it by Friday.")
        assert not Promise.objects.exists()

    def test_a_promise_given_on_a_phone_is_offered_too(self, thread, ben, ada, signed_in):
        answer = conversations.answered_elsewhere(thread.pk, words=WORDS, by=ben, at=TEN, arrival_id=uuid4())
        for _twice in range(2):
            actions.notice_elsewhere(message_id=answer.pk, at=TEN)
        promise = Promise.objects.get()
        assert (promise.words, promise.due_on, promise.state) == (SENTENCE, NEXT_TUESDAY, "offered")
        assert promise.made_by == promise.holder == ben

        page = signed_in(ada).get(f"/inbox/{thread.pk}").content.decode()
        assert "Ben wrote: “I&#39;ll ask the grower" in page or "Ben wrote: “I'll ask the grower" in page

    def test_is_heard_of_when_the_answer_comes_in(self, settings):
        assert settings.HANDLERS["answered-elsewhere"] == (f"{actions.__name__}.{actions.notice_elsewhere.__name__}",)

    def test_whoever_says_yes_stands_for_what_nobody_signed(self, thread, ada, ben):
        answer = conversations.answered_elsewhere(thread.pk, words=WORDS, by=None, at=TEN, arrival_id=uuid4())
        actions.notice_elsewhere(message_id=answer.pk, at=TEN)
        assert Promise.objects.get().holder == ada, "the owner is asked"

        actions.confirm(Promise.objects.get().pk, due_on=NEXT_TUESDAY, by=ben, at=TEN)
        promise = Promise.objects.get()
        assert promise.made_by == promise.holder == ben

    def test_nobody_is_asked_about_a_day_that_is_over(self, thread, ben):
        answer = conversations.answered_elsewhere(thread.pk, words=WORDS, by=ben, at=TEN, arrival_id=uuid4())
        actions.notice_elsewhere(message_id=answer.pk, at=TEN + timedelta(days=9))
        assert not Promise.objects.exists()

    def test_a_machines_answer_promises_nothing(self, thread, ben):
        answer = conversations.answered_elsewhere(
            thread.pk, words=WORDS, by=ben, at=TEN, arrival_id=uuid4(), automatic=True
        )
        actions.notice_elsewhere(message_id=answer.pk, at=TEN)
        assert not Promise.objects.exists()

    def test_counts_nowhere_before_a_click(self, offered, ben, thread):
        assert queries.waiting(ben, at=TEN).all == 0
        assert queries.told(thread, at=TEN) == []

    def test_is_shown_on_the_thread_with_a_day_that_can_be_changed(self, offered, ben, vera, signed_in):
        browser = signed_in(ben)
        page = browser.get(f"/inbox/{offered.message.thread_id}").content.decode()
        assert "Keep it as a promise for" in page
        assert 'value="2026-12-01"' in page
        assert "Keep it as" not in signed_in(vera).get(f"/inbox/{offered.message.thread_id}").content.decode()

        browser.post(f"/promises/{offered.pk}/confirmation", {"due_on": "2099-12-03"})

        offered.refresh_from_db()
        assert (offered.state, offered.due_on) == ("open", date(2099, 12, 3))

    def test_goes_with_an_answer_that_is_taken_back(self, thread, ben, signed_in):
        decision = answers(thread, ben)
        take_back(decision.pk, by=ben, at=TEN)

        assert not queries.of_thread(thread, at=TEN)
        assert not queries.held_by(ben)
        with pytest.raises(actions.NoSuchPromise):
            actions.confirm(Promise.objects.get().pk, due_on=NEXT_TUESDAY, by=ben, at=TEN)


class TestAPromise:
    def test_is_told_in_the_thread_in_numbers_only(self, promise, thread):
        event = thread.events.get(kind=Event.Kind.PROMISED)
        assert event.facts == {"promise": promise.pk, "due": "2026-12-01"}

    def test_stands_beside_its_thread_and_as_a_small_line_in_it(self, promise, ben, signed_in):
        page = signed_in(ben).get(f"/inbox/{promise.message.thread_id}").content.decode()

        assert "Ben promised something for Tuesday 1 December" in page
        assert f"/promises/{promise.pk}/keeping" in page

    def test_is_confirmed_once(self, promise, ben):
        with pytest.raises(actions.NoSuchPromise):
            actions.confirm(promise.pk, due_on=NEXT_TUESDAY, by=ben, at=TEN)

    def test_is_for_no_day_that_is_over(self, offered, ben):
        with pytest.raises(actions.DayIsOver):
            actions.confirm(offered.pk, due_on=date(2026, 11, 23), by=ben, at=TEN)

    def test_is_written_down_by_hand(self, thread, ben):
        by_hand = actions.give(thread.pk, words=" Call  her ", due_on=NEXT_TUESDAY, by=ben, at=TEN)

        assert (by_hand.words, by_hand.state, by_hand.holder) == ("Call her", "open", ben)

    def test_without_words_is_none(self, thread, ben):
        with pytest.raises(actions.NothingPromised):
            actions.give(thread.pk, words="  ", due_on=NEXT_TUESDAY, by=ben, at=TEN)

    def test_is_kept_and_opened_again(self, promise, ben, thread):
        actions.keep(promise.pk, by=ben, at=TEN + MINUTE)
        assert queries.of_thread(thread, at=TEN).kept
        assert queries.waiting(ben, at=TEN).all == 0

        actions.open_again(promise.pk, by=ben, at=TEN + MINUTE)
        assert queries.of_thread(thread, at=TEN).open

    def test_asks_whether_it_is_kept_once_we_have_answered_again(self, promise, ben, thread, signed_in):
        browser = signed_in(ben)
        assert "Is it kept now?" not in browser.get(f"/inbox/{thread.pk}").content.decode()

        answers(thread, ben, "The grower says yes.", at=TEN + MINUTE)

        assert queries.of_thread(thread, at=TEN).open[0].answered_since
        assert "Is it kept now?" in browser.get(f"/inbox/{thread.pk}").content.decode()

    def test_goes_along_when_its_thread_becomes_part_of_another(self, promise, dora, ben):
        other = writes(dora, "And one more thing", at=TEN).thread
        conversations.merge([promise.message.thread_id], into=other.pk, by=ben, at=TEN + MINUTE)

        assert [due.promise for due in queries.of_thread(other, at=TEN).open] == [promise]
        actions.keep(promise.pk, by=ben, at=TEN + MINUTE)
        assert other.events.filter(kind=Event.Kind.KEPT_PROMISE).exists()


class TestHandingOver:
    def test_changes_who_looks_after_it_and_not_who_gave_it(self, promise, ben, ada, thread):
        assert actions.hand_over(queries.held_by(ben), to=ada, by=ada, at=TEN) == 1

        promise.refresh_from_db()
        assert (promise.holder, promise.made_by) == (ada, ben)
        assert thread.events.get(kind=Event.Kind.HANDED_OVER).facts["to"] == str(ada.pk)

    def test_is_refused_to_whoever_may_not_answer(self, promise, ben, vera, ada):
        with pytest.raises(actions.Refused):
            actions.hand_over(queries.held_by(ben), to=vera, by=ada, at=TEN)


class TestOnToday:
    def test_the_latest_come_first_and_later_ones_are_counted(self, thread, ben):
        for words, due in (("later", date(2027, 1, 20)), ("soon", date(2026, 11, 26)), ("today", date(2026, 11, 24))):
            actions.give(thread.pk, words=words, due_on=due, by=ben, at=TEN)

        waiting = queries.waiting(ben, at=TEN + timedelta(days=1))

        assert [due.promise.words for due in waiting.shown] == ["today", "soon"]
        assert [due.is_late for due in waiting.shown] == [True, False]
        assert (waiting.mine, waiting.all, waiting.later) == (3, 3, 1)

    def test_shows_mine_and_on_asking_those_of_all(self, promise, ben, ada, signed_in):
        Promise.objects.update(due_on=timezone.now().date())
        browser = signed_in(ada)

        assert SENTENCE.replace("'", "&#39;") not in browser.get("/").content.decode()
        page = browser.get("/?promises=all").content.decode()
        assert SENTENCE.replace("'", "&#39;") in page
        assert "due today" in page
        assert "Ben’s" in page

    def test_is_kept_there_by_one_click(self, promise, ben, signed_in):
        Promise.objects.update(due_on=timezone.now().date())
        answer = signed_in(ben).post(f"/promises/{promise.pk}/keeping", {"back": "today"})

        assert answer.headers["Location"] == "/"
        promise.refresh_from_db()
        assert promise.state == "kept"


class TestForTheCustomer:
    def page(self, thread, decision):
        """The evidence page of an answer."""
        return PublicSocket().get(f"/evidence/{links.token_of(decision.pk, thread.reader_salt)}").content.decode()

    def test_it_is_told_in_the_words_they_got_and_whether_it_was_kept(self, thread, ben):
        decision = answers(thread, ben)
        offered = Promise.objects.get()
        assert "What we promised you" not in self.page(thread, decision)

        actions.confirm(offered.pk, due_on=NEXT_TUESDAY, by=ben, at=TEN)
        page = self.page(thread, decision)
        assert SENTENCE.replace("'", "&#39;") in page
        assert "Promised for Tuesday 1 December" in page

        actions.keep(offered.pk, by=ben, at=TEN + timedelta(days=6))
        assert "Kept on Monday 30 November" in self.page(thread, decision)

    def test_it_is_told_when_it_is_late(self, promise, thread):
        [told] = queries.told(thread, at=TEN + timedelta(days=8))
        assert told.is_late

    def test_it_is_told_too_when_it_is_taken_off(self, promise, thread, ben):
        actions.drop(promise.pk, by=ben, at=TEN + timedelta(days=1))
        [told] = queries.told(thread, at=TEN + timedelta(days=8))
        assert told.taken_off_on == date(2026, 11, 25)

    def test_what_was_never_confirmed_is_not_told(self, offered, thread, ben):
        actions.drop(offered.pk, by=ben, at=TEN)
        assert queries.told(thread, at=TEN) == []

    def test_words_that_only_colleagues_wrote_are_not_told(self, promise, thread, ben):
        actions.give(thread.pk, words="Look whether she pays this time", due_on=NEXT_TUESDAY, by=ben, at=TEN)
        assert [told.words for told in queries.told(thread, at=TEN)] == [SENTENCE]


class TestWhoMay:
    ADDRESSES = ("confirmation", "day", "removal", "keeping", "opening")

    def test_whoever_only_looks_changes_nothing(self, promise, vera, signed_in):
        browser = signed_in(vera)
        for address in self.ADDRESSES:
            assert browser.post(f"/promises/{promise.pk}/{address}", {"due_on": "2099-01-01"}).status_code == 404
        thread_id = promise.message.thread_id
        assert browser.post(f"/inbox/{thread_id}/promises", {"words": "x", "due_on": "2099-01-01"}).status_code == 404
        promise.refresh_from_db()
        assert (promise.state, promise.due_on) == ("open", NEXT_TUESDAY)

    def test_what_is_not_there_is_not_found(self, ben, signed_in):
        browser = signed_in(ben)
        for number in (7, 2**70):
            assert browser.post(f"/promises/{number}/keeping").status_code == 404
            assert browser.post(f"/inbox/{number}/promises", {"words": "x", "due_on": "2099-01-01"}).status_code == 404

    def test_a_day_that_is_none_is_told_and_changes_nothing(self, promise, ben, signed_in):
        browser = signed_in(ben)
        for day in ("", "Tuesday", "2026-11-01"):
            answer = browser.post(f"/promises/{promise.pk}/day", {"due_on": day}, follow=True)
            assert "day" in answer.content.decode()
        promise.refresh_from_db()
        assert promise.due_on == NEXT_TUESDAY

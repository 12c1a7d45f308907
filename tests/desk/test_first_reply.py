"""By when the shop wants to have answered first, set by the message that opens a thread, and told in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from courtesy.conversations import actions as conversations
from courtesy.conversations.models import Thread
from courtesy.conversations.threading import hint_for
from courtesy.desk import first_reply
from courtesy.desk.first_reply import begin, how_many_overdue, is_overdue, left_in_words
from courtesy.desk.lifecycle.actions import send_reply, take_back
from courtesy.staff import queries as staff
from courtesy.staff.models import Shop
from tests.desk.street import NINE, TEN, writes

FRIDAY_AFTERNOON = datetime.fromisoformat("2026-11-27T15:00:00+00:00")
MONDAY_ELEVEN = datetime.fromisoformat("2026-11-30T11:00:00+00:00")


@dataclass
class Row:
    """As much of a thread as a list knows."""

    first_reply_due_at: datetime | None
    first_replied_at: datetime | None = None
    state: str = "open"


class TestInWords:
    @pytest.mark.parametrize(
        ("due", "said"),
        [
            (TEN + timedelta(minutes=45), "45 minutes left"),
            (TEN + timedelta(minutes=1), "1 minute left"),
            (TEN + timedelta(hours=3), "3 hours left"),
            (TEN - timedelta(hours=2), "was due 2 hours ago"),
            (TEN - timedelta(days=3), "was due 3 days ago"),
            (TEN + timedelta(days=1), "due tomorrow, 10:24"),
            (TEN + timedelta(days=3), "due Friday, 10:24"),
            (TEN + timedelta(days=9), "due 3 December, 10:24"),
        ],
    )
    def test_is_said_as_one_says_it(self, due, said):
        assert left_in_words(Row(due), TEN) == said

    def test_is_silent_where_no_time_runs(self):
        assert left_in_words(Row(None), TEN) == ""
        assert left_in_words(Row(NINE, first_replied_at=TEN), TEN) == ""
        assert left_in_words(Row(NINE, state="resolved"), TEN) == ""
        assert not is_overdue(Row(None), TEN)


@pytest.mark.django_db(databases="__all__")
class TestATarget:
    @pytest.fixture(autouse=True)
    def four_hours(self, db):
        """Four hours, from nine to five on weekdays."""
        shop = staff.shop()
        shop.opening_hours = {str(day): [["09:00", "17:00"]] for day in range(5)}
        shop.first_reply_within = 240
        shop.save()

    def opened(self, person, at=FRIDAY_AFTERNOON) -> Thread:
        """Somebody writes, and the handler runs."""
        message = writes(person, at=at)
        begin(message_id=message.pk, at=at)
        return Thread.objects.get(pk=message.thread_id)

    def test_runs_in_opening_hours_from_the_message_that_opens_a_thread(self, dora):
        thread = self.opened(dora)

        assert thread.first_reply_due_at == MONDAY_ELEVEN
        assert left_in_words(thread, FRIDAY_AFTERNOON) == "due Monday, 11:00"

    def test_is_not_put_off_by_writing_again(self, dora):
        thread = self.opened(dora)
        again = writes(dora, "Hello?", at=MONDAY_ELEVEN, hint=hint_for(thread))
        begin(message_id=again.pk, at=MONDAY_ELEVEN)

        assert again.thread_id == thread.pk
        assert Thread.objects.get(pk=thread.pk).first_reply_due_at == MONDAY_ELEVEN

    def test_stands_still_with_the_first_answer_and_runs_again_where_it_is_taken_back(self, dora, ben):
        thread = self.opened(dora, at=NINE)
        decision = send_reply(thread.pk, words="Yes.", by=ben, at=TEN, seen=thread.last_event)
        assert Thread.objects.get(pk=thread.pk).first_replied_at == TEN
        assert how_many_overdue(TEN + timedelta(days=2)) == 0

        take_back(decision.pk, by=ben, at=TEN)
        assert Thread.objects.get(pk=thread.pk).first_replied_at is None
        assert how_many_overdue(TEN + timedelta(days=2)) == 1

    def test_does_not_run_out_of_the_queue_nor_without_a_target(self, dora, ada):
        message = writes(dora)
        conversations.set_apart(message.thread_id, why="spam", by=ada, at=NINE)
        begin(message_id=message.pk, at=NINE)
        assert Thread.objects.get().first_reply_due_at is None

        Shop.objects.update(first_reply_within=None)
        assert self.opened(dora).first_reply_due_at is None

    def test_is_told_on_today_where_it_is_over(self, dora, ben, signed_in):
        self.opened(dora, at=NINE - timedelta(days=300))

        assert "One first answer is late." in signed_in(ben).get("/").content.decode()

    def test_is_told_at_the_head_of_the_thread(self, dora, ben, signed_in):
        thread = self.opened(dora, at=NINE - timedelta(days=300))
        thread_head = signed_in(ben).get(f"/inbox/{thread.pk}").content.decode()
        assert "first answer: was due" in thread_head

    def test_is_wired(self, settings):
        assert f"{first_reply.__name__}.begin" in settings.HANDLERS["message-stored"]

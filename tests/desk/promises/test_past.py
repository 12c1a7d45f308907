"""What answers of the past promise: offered where its day is still to come, history where it is over."""

from datetime import date, timedelta

import pytest

from courtesy.conversations.actions import history, taking_out
from courtesy.conversations.models import Message, Promise
from courtesy.desk.promises import past, queries
from courtesy.jobs.models import Job
from courtesy.post.past.letters import PastLetter
from courtesy.post.past.mbox import on_its_way
from tests.cast import NOON
from tests.conversations.past import US, mail

pytestmark = pytest.mark.django_db(databases="__all__")
DAY = timedelta(days=1)
SENTENCE = "I will write to you on Friday."


def brings(*days_ago: int, words: str = SENTENCE, by=None, writer: str = "Fern"):
    """Letters of a question and its answer so many days ago are brought in, and read for promises; how it went."""
    raws = []
    for days in days_ago:
        asked, at = f"<q{days}@post.example>", NOON - days * DAY
        raws.append(mail(at=at - DAY, mail_id=asked))
        raws.append(
            mail(words, sender=f"{writer} <{US}>", to="Kim Ode <kim@post.example>", at=at, mail_id=f"<a{days}@x>",
                 answers=[asked])
        )  # fmt: skip
    letters = [PastLetter(place, on_its_way(raw)) for place, raw in enumerate(raws, start=1)]
    brought = history.bring(letters, ours=(US,), basis="contract", since=None, by=by, at=NOON)
    worked_off()
    return brought


def worked_off() -> None:
    for job in Job.objects.filter(name="letters-brought"):
        past.look_back(**job.ids, at=NOON)


class TestAnAnswerOfThePast:
    def test_is_asked_about_where_its_day_is_still_to_come(self, ada):
        brings(1, by=ada)

        promise = Promise.objects.get()
        assert (promise.words, promise.state, promise.due_on) == (SENTENCE, "offered", date(2026, 11, 27))
        assert promise.holder == ada, "nobody knows who wrote it: whoever brought it in is asked"

    def test_nags_nobody_about_a_day_that_is_over(self, ada):
        brings(900, 30, 9, by=ada)

        assert Message.objects.filter(kind="out").count() == 3
        assert not Promise.objects.exists()

    def test_counts_as_nothing_before_a_person_says_yes(self, ada):
        brings(1, by=ada)

        assert queries.waiting(ada, at=NOON).all == 0

    def test_is_asked_about_once_however_often_it_is_read(self, ada):
        brings(1, by=ada)
        worked_off()

        assert Promise.objects.count() == 1

    def test_stays_with_whoever_wrote_it(self, ada, ben):
        brings(1, by=ada, writer=ben.called)

        assert Promise.objects.get().holder == ben

    def test_of_one_who_has_left_is_looked_after_by_whoever_is_here(self, ada, ben):
        ben.left_at = NOON
        ben.save()
        brings(1, by=ada, writer=ben.called)

        promise = Promise.objects.get()
        assert (promise.made_by, promise.holder) == (ben, ada)

    def test_is_asked_about_on_the_page_of_its_import(self, ada, signed_in):
        brought = brings(1, by=ada)

        page = signed_in(ada).get(f"/past/letters/{brought.bringing_id}").content.decode()
        assert "Is this promised?" in page
        assert SENTENCE in page

    def test_takes_its_question_along_when_it_is_taken_out(self, ada):
        brought = brings(1, by=ada)
        taking_out.undo(brought.bringing_id, by=ada, at=NOON)
        worked_off()

        assert not Promise.objects.exists()

    def test_where_nobody_is_here_to_ask_asks_nobody(self):
        brings(1)

        assert not Promise.objects.exists()

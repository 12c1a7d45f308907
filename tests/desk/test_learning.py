"""What earlier answers teach: only who permits it, only what gives nobody away, and not a moment longer than that."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from courtesy.consent import actions as consent
from courtesy.consent.purposes import Answer, Purpose
from courtesy.conversations.models import Message
from courtesy.desk import intake, learning, teaching
from courtesy.desk.lifecycle import actions, queries
from courtesy.desk.lifecycle.models import Suggestion
from courtesy.desk.lifecycle.telling import told
from courtesy.knowledge import index
from courtesy.knowledge.models import EarlierAnswer, EarlierPassage
from courtesy.science import earlier
from courtesy.science.drafting import Draft, DraftSentence, NoDraft
from tests.desk.street import NINE, TEN, article, writes
from tests.desk.test_intake import Reads

pytestmark = pytest.mark.django_db(databases="__all__")

HOLE = "Every terracotta pot has one drainage hole in the middle."
ASKED = "Has every terracotta pot one drainage hole in the middle?"
LATER = TEN + timedelta(hours=3)


@pytest.fixture(autouse=True)
def fresh_shelf(monkeypatch):
    for module, name in ((index, "_held"), (index, "_held_earlier"), (learning, "_held")):
        monkeypatch.setattr(module, name, [])
    reads = Reads()
    monkeypatch.setattr(index, "encoder", lambda: reads)
    # How near is near enough is measured with a real encoder; this one counts words.
    monkeypatch.setattr(learning, "BY_ITSELF", 0.5)
    monkeypatch.setattr(earlier, "MOST_LOOKED_AT", 12)


def answers(message: Message, words: str, by, *, at=TEN) -> Message:
    """A colleague answers in their own words, and a minute passes."""
    actions.send_reply(message.thread_id, words=words, by=by, at=at, seen=message.thread.last_event)
    return Message.objects.filter(thread=message.thread_id, kind=Message.Kind.OUT).latest("pk")


def two_were_told(farah, chidi, ben, words=HOLE) -> list[Message]:
    return [answers(writes(person), f"Hello,\n\n{words}\n\nBen", ben) for person in (farah, chidi)]


def says_no(person, at=LATER):
    consent.record(person=person, purpose=Purpose.IMPROVE, answer=Answer.OBJECTION, where="the phone", at=at)


def drafted_for(person, at=LATER + timedelta(minutes=1)) -> list[dict]:
    thought = intake.thought_of(writes(person, ASKED, at=at), at=at)
    return thought.words.get("sentences", [])


@pytest.fixture
def grace(db):
    from courtesy.people import actions as people  # noqa: PLC0415  (only this file needs her)

    return people.meet(address="grace@post.example", name="Grace Hopper", at=NINE)


class TestLearning:
    def test_keeps_a_place_and_a_reading_and_no_words(self, farah, ben):
        answer = answers(writes(farah), f"Hello Farah,\n\n{HOLE}\n\nBen", ben)

        learning.catch_up(at=LATER)

        (passage,) = EarlierPassage.objects.all()
        assert answer.body[passage.start : passage.end] == HOLE
        assert HOLE.encode() not in bytes(passage.vector)

    def test_twice_changes_nothing(self, farah, ben):
        answers(writes(farah), HOLE, ben)
        learning.catch_up(at=LATER)
        before = list(EarlierPassage.objects.values_list("pk"))

        assert learning.catch_up(at=LATER) == 0
        assert list(EarlierPassage.objects.values_list("pk")) == before

    def test_waits_until_an_answer_cannot_be_taken_back(self, farah, ben):
        answers(writes(farah), HOLE, ben, at=TEN)

        assert learning.catch_up(at=TEN + timedelta(seconds=30)) == 0
        assert learning.catch_up(at=TEN + timedelta(minutes=2)) == 1

    def test_leaves_out_what_gives_somebody_away(self, farah, ben):
        answers(writes(farah), "Your order 4711 is at the Lindengasse 5. Say hello to your sister Maureen.", ben)

        learning.catch_up(at=LATER)

        assert EarlierAnswer.objects.count() == 1
        assert not EarlierPassage.objects.exists()

    def test_leaves_out_the_answers_to_whoever_chose_service_only(self, dora, ben):
        answers(writes(dora), HOLE, ben)

        learning.catch_up(at=LATER)

        assert not EarlierAnswer.objects.exists()

    def test_leaves_out_threads_in_which_a_person_was_asked_for(self, farah, ben):
        answers(writes(farah, person_only=True), HOLE, ben)

        learning.catch_up(at=LATER)

        assert not EarlierAnswer.objects.exists()

    def test_leaves_out_what_the_machine_said_first(self, farah, ben):
        one = article(text=f"{HOLE} Soap stays in the clay.")
        answers(writes(farah), HOLE, ben)

        learning.catch_up(at=LATER)

        assert one.passages.exists()
        assert not EarlierPassage.objects.exists()

    def test_forgets_after_an_objection(self, farah, ben):
        answers(writes(farah), HOLE, ben)
        learning.catch_up(at=LATER)
        says_no(farah)

        learning.catch_up(at=LATER)

        assert not EarlierAnswer.objects.exists()

    def test_forgets_an_answer_that_is_gone(self, farah, ben):
        answer = answers(writes(farah), HOLE, ben)
        learning.catch_up(at=LATER)
        answer.delete()

        learning.catch_up(at=LATER)

        assert not EarlierPassage.objects.exists()


class TestADraftFromEarlierAnswers:
    def test_may_say_what_two_people_were_told(self, farah, chidi, grace, ben):
        first, second = two_were_told(farah, chidi, ben)
        learning.catch_up(at=LATER)

        (sentence,) = drafted_for(grace)

        assert sentence["text"] == HOLE
        assert sentence["earlier"] in {first.pk, second.pk}

    def test_says_nothing_that_one_alone_was_told(self, farah, grace, ben):
        answers(writes(farah), HOLE, ben)
        learning.catch_up(at=LATER)

        assert drafted_for(grace) == []

    def test_says_nothing_more_from_the_moment_of_an_objection(self, farah, chidi, grace, ben):
        two_were_told(farah, chidi, ben)
        learning.catch_up(at=LATER)
        says_no(farah)

        # Nothing was cleared away yet, and one of the two that vouched is gone.
        assert EarlierPassage.objects.count() == 2
        assert drafted_for(grace) == []

    def test_would_say_it_if_nobody_asked_for_permission(self, farah, chidi, grace, ben, monkeypatch):
        two_were_told(farah, chidi, ben)
        learning.catch_up(at=LATER)
        says_no(farah)
        yes = type("Yes", (), {"allowed": True})
        monkeypatch.setattr(teaching, "permission", lambda *_: yes)

        assert len(drafted_for(grace)) == 1

    def test_adds_nothing_to_what_articles_answer_and_something_to_what_they_leave_open(self, farah, chidi, ben):
        two_were_told(farah, chidi, ben)
        learning.catch_up(at=LATER)
        known, where = index.knowledge(), learning.Where(at=LATER)
        whole = Draft((DraftSentence("Hot water only.", 1, "Hot water only."),), 0.9, ())
        in_part = replace(whole, left_out=(ASKED,))

        assert learning.helped(whole, ASKED, subject="", known=known, where=where).told == whole
        more = learning.helped(in_part, ASKED, subject="", known=known, where=where)
        assert [one.text for one in more.told.sentences] == ["Hot water only.", HOLE]
        assert more.told.left_out == ()

    def test_is_not_made_where_nothing_is_asked(self, farah, chidi, grace, ben):
        two_were_told(farah, chidi, ben)
        learning.catch_up(at=LATER)
        silent = NoDraft("no_question", 0.0, ())

        assert (
            learning.helped(silent, ASKED, subject="", known=index.knowledge(), where=learning.Where(at=LATER)).told
            is silent
        )

    def test_never_stands_on_its_own_thread(self, farah, chidi, ben):
        two_were_told(farah, chidi, ben)
        learning.catch_up(at=LATER)
        asked = writes(farah, ASKED, at=LATER)

        assert intake.thought_of(asked, at=LATER, before=TEN).words.get("sentences", []) == []

    def test_is_withdrawn_when_its_source_objects_while_it_waits(self, farah, chidi, grace, ben):
        two_were_told(farah, chidi, ben)
        learning.catch_up(at=LATER)
        asked = writes(grace, ASKED, at=LATER)
        intake.consider(message_id=asked.pk, at=LATER)
        assert queries.draft_for(asked.thread_id, colleague=ben).sentences
        says_no(farah, at=LATER)
        says_no(chidi, at=LATER)

        card = queries.draft_for(asked.thread_id, colleague=ben)

        assert not card.sentences
        assert card.reason == "source_gone"
        assert Suggestion.objects.count() >= 1

    def test_is_told_to_colleagues_by_whom_and_when_and_to_customers_by_nothing(self, farah, chidi, grace, ben):
        two_were_told(farah, chidi, ben)
        learning.catch_up(at=LATER)
        (sentence,) = drafted_for(grace)

        origin = teaching.origins([sentence["earlier"]])[sentence["earlier"]]
        _, (source,) = told([sentence], HOLE, slugs={})

        assert origin.words == "An earlier answer of Ben, November 2026"
        assert (source.title, source.quotes, source.slug, source.earlier) == ("", (), "", True)


class TestAThread:
    def test_says_why_it_teaches_nothing(self, dora, farah):
        assert teaching.why_not(writes(dora).thread, at=LATER).startswith(
            "Not used for learning: Dora chose service only"
        )
        assert teaching.why_not(writes(farah).thread, at=LATER) == ""

    def test_shows_it_small_below_what_was_said(self, dora, ben, signed_in):
        asked = writes(dora)
        answers(asked, HOLE, ben)

        page = signed_in(ben).get(reverse("thread", args=[asked.thread_id])).content.decode()

        assert "Not used for learning: Dora chose service only" in page

    def test_shows_a_colleague_whose_earlier_answer_a_sentence_is(self, farah, chidi, grace, ben, signed_in):
        two_were_told(farah, chidi, ben)
        learning.catch_up(at=LATER)
        asked = writes(grace, ASKED, at=LATER)
        intake.consider(message_id=asked.pk, at=LATER)

        page = signed_in(ben).get(reverse("thread", args=[asked.thread_id])).content.decode()

        assert "An earlier answer of Ben, November 2026" in page
        assert "A customer is not shown whose it was" in page

"""The last questions, drafted once more: nobody is told, nothing looks into its own future, a no is a no."""

from datetime import timedelta

import pytest
from django.urls import reverse

from courtesy.consent import actions as consent
from courtesy.consent.purposes import Answer, Purpose
from courtesy.conversations.models import Event, Message
from courtesy.desk import intake, learning
from courtesy.desk.lifecycle.models import Mark, Replay, Replayed, Suggestion, Verdict
from courtesy.desk.replay import asking, marking, rehearsing, screen
from courtesy.jobs.models import Job
from courtesy.knowledge import index
from courtesy.post.models import Outgoing
from tests.desk.street import TEN, article, writes
from tests.desk.test_intake import Reads
from tests.desk.test_learning import ASKED, HOLE, LATER, answers

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def fresh_shelf(monkeypatch):
    for module, name in ((index, "_held"), (index, "_held_earlier"), (learning, "_held")):
        monkeypatch.setattr(module, name, [])
    reads = Reads()
    monkeypatch.setattr(index, "encoder", lambda: reads)
    monkeypatch.setattr(learning, "BY_ITSELF", 0.5)


def replayed(by, *, at=LATER) -> Replay:
    """A replay is asked for, and the worker does it."""
    replay = asking.ask(by=by, at=at)
    rehearsing.rehearse(replay_id=replay.pk, at=at)
    replay.refresh_from_db()
    return replay


class TestAReplay:
    def test_sets_what_was_answered_beside_what_would_have_been_drafted(self, farah, ben):
        question = writes(farah, ASKED)
        answer = answers(question, "Hello Farah,\n\nyes, all of them.\n\nBen", ben)

        replay = replayed(ben)

        (pair,) = replay.pairs.all()
        assert (pair.question_id, pair.answer_id, replay.total) == (question.pk, answer.pk, 1)
        assert replay.ended_at == LATER

    def test_tells_nobody_and_files_nothing(self, farah, ben):
        answers(writes(farah, ASKED), HOLE, ben)
        before = (Suggestion.objects.count(), Event.objects.count(), Outgoing.objects.count(), Message.objects.count())

        replayed(ben)

        after = (Suggestion.objects.count(), Event.objects.count(), Outgoing.objects.count(), Message.objects.count())
        assert after == before

    def test_leaves_out_who_said_no_and_counts_them(self, farah, dora, ben):
        answers(writes(farah, ASKED), HOLE, ben)
        answers(writes(dora, ASKED), HOLE, ben)

        replay = replayed(ben)

        assert replay.pairs.count() == 1
        assert replay.left_out == {"said no": 1}
        assert screen.page_of(replay, number=1, now=LATER).left_out == ["1 left out: they said no."]

    def test_leaves_out_who_asked_for_a_person(self, farah, ben):
        answers(writes(farah, ASKED, person_only=True), HOLE, ben)

        assert replayed(ben).left_out == {"asked for a person": 1}

    def test_never_sees_its_own_answer_nor_a_later_one(self, farah, chidi, ben):
        for person in (farah, chidi):
            answers(writes(person, ASKED), HOLE, ben)
        learning.catch_up(at=LATER)

        assert not any(pair.words.get("sentences") for pair in replayed(ben).pairs.all())

    def test_would_see_them_if_nobody_held_it_back(self, farah, chidi, ben, monkeypatch):
        for person in (farah, chidi):
            answers(writes(person, ASKED), HOLE, ben)
        learning.catch_up(at=LATER)
        thought_of = intake.thought_of
        monkeypatch.setattr(intake, "thought_of", lambda message, *, at, before: thought_of(message, at=at))
        monkeypatch.setattr(learning, "FEWEST_PEOPLE", 1)

        assert any(pair.words.get("sentences") for pair in replayed(ben).pairs.all())

    def test_begun_again_goes_on_where_it_was(self, farah, chidi, ben, monkeypatch):
        for person in (farah, chidi):
            answers(writes(person, ASKED), HOLE, ben)
        replay = asking.ask(by=ben, at=LATER)
        rehearsing.rehearse(replay_id=replay.pk, at=LATER)
        Replay.objects.update(ended_at=None)
        Replayed.objects.order_by("pk").last().delete()
        first = Replayed.objects.get().pk

        rehearsing.rehearse(replay_id=replay.pk, at=LATER)

        assert Replayed.objects.count() == 2
        assert Replayed.objects.filter(pk=first).exists()

    def test_is_one_while_it_runs(self, farah, ben, ada):
        answers(writes(farah, ASKED), HOLE, ben)

        assert asking.ask(by=ben, at=LATER) == asking.ask(by=ada, at=LATER)
        assert Job.objects.filter(name="replay-asked").count() == 1

    def test_is_refused_where_nobody_was_answered(self, farah, ben):
        writes(farah, ASKED)

        with pytest.raises(asking.NothingToReplay):
            asking.ask(by=ben, at=LATER)

    def test_is_not_shown_after_an_objection_and_goes_soon(self, farah, ben):
        answers(writes(farah, ASKED), HOLE, ben)
        replay = replayed(ben)
        consent.record(person=farah, purpose=Purpose.IMPROVE, answer=Answer.OBJECTION, where="the phone", at=LATER)

        assert screen.page_of(replay, number=1, now=LATER).sides == []
        learning.catch_up(at=LATER)
        assert not Replayed.objects.exists()


def pair_with_a_draft(farah, ben) -> Replayed:
    article(text=HOLE)
    answers(writes(farah, ASKED), "Yes.", ben)
    replay = asking.ask(by=ben, at=LATER)
    question = Message.objects.get(kind=Message.Kind.IN)
    answer = Message.objects.get(kind=Message.Kind.OUT)
    words = {
        "sentences": [{"text": HOLE, "passage_id": 1, "article_id": 1, "title": "Pots", "quote": HOLE, "public": True}]
    }
    Replay.objects.update(ended_at=LATER, total=1)
    return Replayed.objects.create(replay=replay, place=1, question=question, answer=answer, words=words)


class TestAMark:
    def test_says_how_a_draft_compares_and_one_stands(self, farah, ben, ada):
        pair = pair_with_a_draft(farah, ben)

        marking.mark(pair.pk, verdict=Verdict.WORSE, by=ben, at=LATER)
        marking.mark(pair.pk, verdict=Verdict.SAME, by=ada, at=LATER)

        assert Mark.objects.count() == 2
        assert Mark.objects.get(taken_back_at=None).by == ada

    def test_is_taken_back(self, farah, ben):
        pair = pair_with_a_draft(farah, ben)
        marking.mark(pair.pk, verdict=Verdict.SAME, by=ben, at=LATER)

        assert marking.unmark(pair.pk, by=ben, at=LATER) == 1
        assert marking.unmark(pair.pk, by=ben, at=LATER) == 0
        assert screen.result_of(pair.replay).worth.of == 0

    @pytest.mark.parametrize("verdict", ["", "best", "Better"])
    def test_is_one_of_three(self, farah, ben, verdict):
        pair = pair_with_a_draft(farah, ben)

        with pytest.raises(marking.NoSuchPair):
            marking.mark(pair.pk, verdict=verdict, by=ben, at=LATER)

    def test_needs_a_draft(self, farah, ben):
        pair = pair_with_a_draft(farah, ben)
        Replayed.objects.update(reason="not_sure")

        with pytest.raises(marking.NoSuchPair):
            marking.mark(pair.pk, verdict=Verdict.SAME, by=ben, at=LATER)


class TestTheResult:
    def test_is_not_enough_until_there_are_twenty_marks(self, farah, ben):
        pair = pair_with_a_draft(farah, ben)
        marking.mark(pair.pk, verdict=Verdict.SAME, by=ben, at=LATER)

        assert screen.result_of(pair.replay).missing == 19

    def test_is_a_share_with_its_interval(self, farah, ben, monkeypatch):
        pair = pair_with_a_draft(farah, ben)
        marking.mark(pair.pk, verdict=Verdict.BETTER, by=ben, at=LATER)

        worth = screen.result_of(pair.replay).worth

        assert (worth.hits, worth.of) == (1, 1)
        assert (round(worth.low, 2), worth.high) == (0.21, 1.0)


class TestThePage:
    def test_tells_the_share_with_its_interval_from_twenty_marks_on(self, farah, ben, signed_in):
        first = pair_with_a_draft(farah, ben)
        pairs = [first] + [
            Replayed.objects.create(
                replay=first.replay, place=place, question=writes(farah, ASKED), answer=first.answer, words=first.words
            )
            for place in range(2, 21)
        ]
        for place, pair in enumerate(pairs):
            verdict = Verdict.WORSE if place < 5 else Verdict.SAME
            Mark.objects.create(pair=pair, verdict=verdict, by=ben, at=LATER)

        page = signed_in(ben).get(reverse("replay")).content.decode()

        assert "15 of 20 marked, 75 %" in page
        assert "(53 to 89 %," in page
        assert "not enough yet" not in page

    def test_says_what_to_do_first(self, ben, signed_in):
        page = signed_in(ben).get(reverse("replay")).content.decode()

        assert "Nothing was replayed yet" in page
        assert "Replay the last 50" in page

    def test_shows_both_sides_and_takes_a_mark_without_a_script(self, farah, ben, signed_in):
        pair = pair_with_a_draft(farah, ben)

        page = signed_in(ben).get(reverse("replay")).content.decode()
        assert HOLE in page
        assert "not enough yet" in page

        gone = signed_in(ben).post(reverse("replay_mark", args=[pair.pk]), {"verdict": "better"})
        assert gone.url == reverse("replay") + f"#pair-{pair.pk}"
        assert "Ben said so" in signed_in(ben).get(reverse("replay")).content.decode()

        signed_in(ben).post(reverse("replay_unmark", args=[pair.pk]))
        assert "Ben said so" not in signed_in(ben).get(reverse("replay")).content.decode()

    def test_asks_for_a_replay(self, farah, ben, signed_in):
        answers(writes(farah, ASKED), HOLE, ben)

        signed_in(ben).post(reverse("replay_runs"))

        assert "How far it is" in signed_in(ben).get(reverse("replay")).content.decode()
        assert Replay.objects.get().by == ben

    def test_refuses_what_is_no_pair_and_no_verdict(self, farah, ben, signed_in):
        pair = pair_with_a_draft(farah, ben)

        assert signed_in(ben).post(reverse("replay_mark", args=[pair.pk]), {"verdict": "best"}).status_code == 404
        assert signed_in(ben).post(reverse("replay_mark", args=[2**70]), {"verdict": "same"}).status_code == 404
        assert signed_in(ben).get(reverse("replay") + "?page=9999999999999999999").status_code == 200

    def test_lets_who_only_looks_look_and_not_mark(self, farah, ben, vera, signed_in):
        pair = pair_with_a_draft(farah, ben)

        page = signed_in(vera).get(reverse("replay")).content.decode()

        assert HOLE in page
        assert "Do it again" not in page
        assert signed_in(vera).post(reverse("replay_mark", args=[pair.pk]), {"verdict": "same"}).status_code == 404
        assert signed_in(vera).post(reverse("replay_runs")).status_code == 404

    def test_asks_the_database_little_however_many_pairs_there_are(
        self, farah, ben, signed_in, django_assert_max_num_queries
    ):
        pair = pair_with_a_draft(farah, ben)
        for place in range(2, 14):
            asked = writes(farah, ASKED, at=TEN + timedelta(minutes=place))
            Replayed.objects.create(
                replay=pair.replay, place=place, question=asked, answer=pair.answer, words=pair.words
            )

        browser = signed_in(ben)
        with django_assert_max_num_queries(30):
            browser.get(reverse("replay"))

    def test_shows_first_what_can_be_marked(self, farah, ben):
        pair = pair_with_a_draft(farah, ben)
        Replayed.objects.update(place=2)
        asked = writes(farah, ASKED, at=TEN + timedelta(minutes=1))
        Replayed.objects.create(replay=pair.replay, place=1, question=asked, answer=pair.answer, reason="not_sure")

        shown = screen.page_of(pair.replay, number=1, now=LATER)

        assert [bool(side.sentences) for side in shown.sides] == [True, False]

"""A colleague vouches for a sentence of an earlier answer: never for a secret, and never against a customer's no."""

import pytest

from courtesy.consent import actions as consent
from courtesy.consent.purposes import Answer, Purpose
from courtesy.desk import learning, vouching
from courtesy.desk.lifecycle.models import Voucher
from courtesy.knowledge.models import EarlierPassage
from courtesy.privacy.models import LedgerRow
from tests.desk.street import article, writes
from tests.desk.test_learning import (  # noqa: F401  (fixtures)
    ASKED,
    HOLE,
    LATER,
    answers,
    drafted_for,
    fresh_shelf,
    grace,
    says_no,
)

pytestmark = pytest.mark.django_db(databases="__all__")
Standing = EarlierPassage.Standing


@pytest.fixture
def alone(farah, ben) -> EarlierPassage:
    """What Farah alone was told: no article and no second person vouches for it."""
    answers(writes(farah), f"Hello Farah,\n\n{HOLE}\n\nBen", ben)
    learning.catch_up(at=LATER)
    return EarlierPassage.objects.get()


class TestAStanding:
    def test_says_that_nobody_vouches_yet(self, alone):
        assert alone.standing == Standing.WAITS

    def test_says_that_two_people_were_told_it_also_of_the_first(self, alone, chidi, ben):
        answers(writes(chidi), HOLE, ben)
        learning.catch_up(at=LATER)

        assert set(EarlierPassage.objects.values_list("standing", flat=True)) == {Standing.PEOPLE}

    def test_waits_again_when_the_second_objects(self, alone, chidi, ben):
        answers(writes(chidi), HOLE, ben)
        learning.catch_up(at=LATER)
        says_no(chidi)
        learning.catch_up(at=LATER)

        assert EarlierPassage.objects.get().standing == Standing.WAITS

    def test_is_looked_at_anew_when_an_article_says_the_like(self, alone):
        article("Pots", "Every terracotta pot of ours has one drainage hole in the middle of it.")
        learning.catch_up(at=LATER)

        assert EarlierPassage.objects.get().standing == Standing.ARTICLE

    def test_never_waits_where_it_leans_on_the_sentence_before(self, farah, ben):
        answers(writes(farah), "It has one drainage hole in the middle.", ben)
        learning.catch_up(at=LATER)

        assert EarlierPassage.objects.get().standing == Standing.LEANS


class TestAVoucher:
    def test_lets_a_sentence_serve_and_is_written_down(self, alone, grace, ben):  # noqa: F811
        assert drafted_for(grace) == []

        said = vouching.vouch(alone.pk, by=ben, at=LATER)

        assert [one["text"] for one in drafted_for(grace)] == [HOLE]
        assert (said.by, said.at) == (ben, LATER)
        assert LedgerRow.objects.filter(what="sentence vouched for").count() == 1

    def test_said_twice_is_said_once(self, alone, ben, ada):
        assert vouching.vouch(alone.pk, by=ben, at=LATER) == vouching.vouch(alone.pk, by=ada, at=LATER)
        assert Voucher.objects.count() == 1

    def test_is_taken_back(self, alone, grace, ben):  # noqa: F811
        said = vouching.vouch(alone.pk, by=ben, at=LATER)

        assert vouching.unvouch(said.pk, by=ben, at=LATER) == 1
        assert vouching.unvouch(said.pk, by=ben, at=LATER) == 0
        assert drafted_for(grace) == []
        assert LedgerRow.objects.filter(what="voucher taken back").count() == 1
        assert vouching.vouch(alone.pk, by=ben, at=LATER).pk != said.pk

    def test_stops_at_once_when_permission_is_withdrawn(self, alone, farah, grace, ben):  # noqa: F811
        vouching.vouch(alone.pk, by=ben, at=LATER)
        says_no(farah)

        assert EarlierPassage.objects.exists()
        assert drafted_for(grace) == []

    def test_holds_when_permission_comes_back(self, alone, farah, grace, ben):  # noqa: F811
        vouching.vouch(alone.pk, by=ben, at=LATER)
        says_no(farah)
        learning.catch_up(at=LATER)
        assert not EarlierPassage.objects.exists()
        consent.record(person=farah, purpose=Purpose.IMPROVE, answer=Answer.YES, where="the phone", at=LATER)
        learning.catch_up(at=LATER)

        assert [one["text"] for one in drafted_for(grace)] == [HOLE]

    def test_is_refused_without_permission(self, alone, farah, ben):
        says_no(farah)

        with pytest.raises(vouching.NotPermitted):
            vouching.vouch(alone.pk, by=ben, at=LATER)
        assert not Voucher.objects.exists()

    @pytest.mark.parametrize(
        "words",
        [
            "Your sister Maureen has one drainage hole.",
            "The pot is in Lindengasse 5 today.",
            "It costs 14.35 EUR there.",
        ],
    )
    def test_is_refused_where_the_sentence_gives_somebody_away(self, farah, ben, words):
        answer = answers(writes(farah), words, ben)
        learning.catch_up(at=LATER)
        assert not EarlierPassage.objects.exists()
        # As if the gate had let it through once: a click is no way around it.
        learned = learning.shelf.EarlierAnswer.objects.get()
        passage = EarlierPassage.objects.create(
            answer=learned, start=0, end=len(answer.body), vector=b"", standing=Standing.WAITS
        )

        with pytest.raises(vouching.GivesAway):
            vouching.vouch(passage.pk, by=ben, at=LATER)
        assert not Voucher.objects.exists()

    def test_is_refused_where_it_cannot_be_read_by_itself(self, farah, ben):
        answers(writes(farah), "It has one drainage hole in the middle.", ben)
        learning.catch_up(at=LATER)

        with pytest.raises(vouching.Leans):
            vouching.vouch(EarlierPassage.objects.get().pk, by=ben, at=LATER)

    def test_of_what_is_gone_is_refused(self, ben):
        with pytest.raises(vouching.NoSuchSentence):
            vouching.vouch(4711, by=ben, at=LATER)
        with pytest.raises(vouching.NoSuchSentence):
            vouching.unvouch(4711, by=ben, at=LATER)

    def test_goes_with_the_answer_it_stands_in(self, alone, ben):
        said = vouching.vouch(alone.pk, by=ben, at=LATER)
        said.message.delete()

        assert not Voucher.objects.exists()


class TestWhatWaits:
    def test_is_told_in_its_words_and_where_it_stands(self, alone):
        (one,) = vouching.waiting(at=LATER)

        assert (one.passage_id, one.text, one.wanted) == (alone.pk, HOLE, 0)
        assert one.source == "An earlier answer of Ben, November 2026"

    def test_waits_no_more_once_somebody_vouched(self, alone, ben):
        vouching.vouch(alone.pk, by=ben, at=LATER)

        assert vouching.waiting(at=LATER) == []
        assert vouching.how_many_wait() == 0
        assert [(one.text, one.stopped) for one in vouching.latest(at=LATER)] == [(HOLE, False)]

    def test_is_not_shown_from_the_moment_of_an_objection(self, alone, farah):
        says_no(farah)

        assert vouching.waiting(at=LATER) == []

    def test_shows_what_a_customer_said_no_to_as_stopped_and_without_its_words(self, alone, farah, ben):
        vouching.vouch(alone.pk, by=ben, at=LATER)
        says_no(farah)

        assert [(one.text, one.stopped) for one in vouching.latest(at=LATER)] == [("", True)]

    def test_comes_first_where_questions_wanted_it(self, alone, chidi, ben):
        answers(writes(chidi), "Lids are made of beech wood and never of plastic.", ben)
        learning.catch_up(at=LATER)
        place = (alone.answer.message_id, alone.start, alone.end)

        assert [one.text for one in vouching.waiting(at=LATER)][-1] == HOLE
        assert next((one.text, one.wanted) for one in vouching.waiting(at=LATER, wanted={place: 3})) == (HOLE, 3)

    def test_is_what_a_question_would_have_used(self, alone):
        place = (alone.answer.message_id, alone.start, alone.end)

        assert learning.held_back([ASKED], ASKED, subject="", where=learning.Where(at=LATER)) == [place]

    def test_is_nothing_where_a_draft_may_use_it(self, alone, ben):
        vouching.vouch(alone.pk, by=ben, at=LATER)

        assert learning.held_back([ASKED], ASKED, subject="", where=learning.Where(at=LATER)) == []

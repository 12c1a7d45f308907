"""What waits for a colleague's word: in a list, beside the pair, one click, and taken back."""

import pytest
from django.urls import reverse

from courtesy.conversations.models import Message
from courtesy.desk import learning
from courtesy.desk.lifecycle.models import Replayed, Voucher
from courtesy.knowledge.models import EarlierPassage
from tests.desk.replay.test_replay import fresh_shelf, replayed  # noqa: F401  (a fixture)
from tests.desk.street import NINE, TEN, writes
from tests.desk.test_learning import ASKED, HOLE, LATER, answers, says_no

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def alone(farah, ben) -> EarlierPassage:
    """What Farah alone was told."""
    answers(writes(farah, ASKED, at=NINE), f"Hello Farah,\n\n{HOLE}\n\nBen", ben)
    learning.catch_up(at=LATER)
    return EarlierPassage.objects.get()


def vouch(browser, passage, **posted):
    return browser.post(reverse("sentence_vouch", args=[passage.pk]), posted)


def page_of(browser, name="waiting_sentences") -> str:
    return browser.get(reverse(name)).content.decode()


class TestTheList:
    def test_says_what_to_do_where_nothing_waits(self, ben, signed_in):
        assert "Nothing waits" in page_of(signed_in(ben))

    def test_takes_a_word_and_takes_it_back_without_a_script(self, alone, ben, signed_in):
        browser = signed_in(ben)
        assert HOLE in page_of(browser)

        gone = vouch(browser, alone)

        page = page_of(browser)
        assert gone.url == reverse("waiting_sentences")
        assert "Ben said so" in page
        assert "1 sentence<" not in page

        browser.post(reverse("sentence_unvouch", args=[Voucher.objects.get().pk]))
        assert "Ben said so" not in page_of(browser)

    def test_says_in_words_why_a_sentence_may_not(self, alone, farah, ben, signed_in):
        browser = signed_in(ben)
        says_no(farah)

        vouch(browser, alone)

        page = page_of(browser)
        assert "does not permit learning from it" in page
        assert HOLE not in page
        assert not Voucher.objects.exists()

    def test_lets_who_only_looks_look(self, alone, vera, signed_in):
        browser = signed_in(vera)

        page = page_of(browser)
        assert HOLE in page
        assert "May serve others" not in page
        assert vouch(browser, alone).status_code == 404
        assert browser.post(reverse("sentence_unvouch", args=[1])).status_code == 404

    def test_refuses_what_is_there_no_more(self, alone, ben, signed_in):
        browser = signed_in(ben)

        assert browser.post(reverse("sentence_unvouch", args=[4711])).status_code == 404
        assert browser.post(reverse("sentence_vouch", args=[2**70])).status_code == 404
        browser.post(reverse("sentence_vouch", args=[4711]))
        assert "not there any more" in page_of(browser)
        for page in ("0", "9999999999999999999", "x"):
            assert browser.get(reverse("waiting_sentences") + f"?page={page}").status_code == 200

    def test_asks_the_database_little_however_much_waits(self, farah, ben, signed_in, django_assert_max_num_queries):
        colors = ("Blue", "Green", "Yellow", "Brown", "Gray", "Purple", "Orange", "White")
        answers(writes(farah, ASKED), " ".join(f"{one} glaze is made of {one} ash only." for one in colors), ben)
        learning.catch_up(at=LATER)
        browser = signed_in(ben)

        with django_assert_max_num_queries(24):
            browser.get(reverse("waiting_sentences"))


class TestThePair:
    def test_shows_which_of_its_own_sentences_wait(self, alone, ben, signed_in):
        replayed(ben)
        browser = signed_in(ben)
        assert "1 sentence of this answer may serve others, if you say so" in page_of(browser, "replay")
        pair = Replayed.objects.get()

        gone = vouch(browser, alone, pair=pair.pk)

        assert gone.url == reverse("replay") + f"#pair-{pair.pk}"
        assert "if you say so" not in page_of(browser, "replay")

    def test_shows_what_its_draft_lacked_and_the_list_counts_it(self, alone, chidi, ben, signed_in):
        answers(writes(chidi, ASKED, at=TEN), "Ben knows.", ben, at=TEN)
        Message.objects.filter(body__contains=HOLE).update(at=NINE)
        replayed(ben)
        browser = signed_in(ben)

        assert "An earlier answer would fit here" in page_of(browser, "replay")
        assert "1 of your last questions would have used it" in page_of(browser)
        assert Replayed.objects.filter(words__has_key="waits").count() == 1

    @pytest.mark.parametrize("pair", ["", "x", "99999", "9" * 30, "https://elsewhere.example"])
    def test_that_is_none_leads_to_the_list(self, alone, ben, signed_in, pair):
        assert vouch(signed_in(ben), alone, pair=pair).url == reverse("waiting_sentences")

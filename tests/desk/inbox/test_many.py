"""One thing done to many: each is its own story, what cannot be done is said, and it can be taken back."""

from uuid import uuid4

import pytest
from django.utils import timezone

from courtesy.conversations import actions as conversations
from courtesy.conversations.models import Tagging, Thread
from courtesy.desk.inbox.views.many import ACTS, MOST, UNDOING
from tests.desk.street import NINE, writes

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def browser(signed_in, ben):
    """Ben's."""
    return signed_in(ben)


@pytest.fixture
def three(chidi, dora, emeka):
    """Three threads of three people."""
    return [writes(person).thread_id for person in (chidi, dora, emeka)]


def does(browser, threads, do, **more):
    """Press a button of the bar; what the next page says."""
    answer = browser.post("/inbox/many?view=unassigned", {"thread": threads, "do": do} | more, follow=True)
    return answer.content.decode()


def threads(numbers, **those):
    return Thread.objects.filter(pk__in=numbers, **those).count()


class TestMany:
    def test_leads_back_to_the_list_one_was_in(self, browser, three):
        answer = browser.post("/inbox/many?view=unassigned", {"thread": three, "do": "take"})

        assert answer["Location"] == "/inbox?view=unassigned"

    def test_says_how_many(self, browser, three):
        assert "2 resolved." in does(browser, three[:2], "resolve")
        assert threads(three, state="resolved") == 2

    def test_gives_them_to_a_colleague_or_to_everybody(self, browser, three, ada):
        assert "3 given to Ada." in does(browser, three, "give", to=str(ada.pk))
        assert threads(three, assignee=ada) == 3

        does(browser, three[:1], "give", to="")
        assert threads(three, assignee=None) == 1

    def test_puts_tags_on_and_takes_them_off(self, browser, three):
        does(browser, three, "tag", tag="refund")
        assert Tagging.objects.filter(tag__name="refund").count() == 3

        does(browser, three[:1], "untag", tag="Refund")
        assert Tagging.objects.count() == 2

    def test_keeps_out_and_brings_back(self, browser, three):
        does(browser, three, "apart", why="list")
        assert threads(three, apart="list") == 3

        does(browser, three[:2], "back")
        assert threads(three, apart="") == 2

    def test_merges_into_the_one_that_was_picked(self, browser, three):
        does(browser, three, "merge", into=str(three[1]))

        assert threads(three, merged_into=three[1]) == 2

    def test_merges_into_the_oldest_where_none_was_picked_or_a_strange_one(self, browser, three):
        does(browser, three, "merge", into="999")

        assert threads(three, merged_into=three[0]) == 2

    def test_shows_everything_that_can_be_done_on_a_page_of_its_own(self, browser, three):
        page = does(browser, three, "choose")

        for do in (*ACTS.keys() - {"take", "back"}, "merge"):
            assert f'value="{do}"' in page
        assert "3 chosen messages" in page
        assert "different people" in page

    def test_what_cannot_be_done_to_one_stops_no_other(self, browser, three, ben, monkeypatch):
        resolve = conversations.resolve

        def but_the_first(thread_id, **how):
            if thread_id == three[0]:
                raise conversations.MergedAway
            return resolve(thread_id, **how)

        monkeypatch.setattr("courtesy.desk.lifecycle.actions.conversations.resolve", but_the_first)

        page = does(browser, three, "resolve")

        assert "2 resolved. 1 was left as it is" in page
        assert threads(three, state="resolved") == 2

    @pytest.mark.parametrize("wrong", [[], ["x"], ["-1"], ["99999999999999999999"], ["424242"], ["²"]])
    def test_nothing_chosen_is_said(self, browser, wrong):
        assert "Nothing was chosen" in does(browser, wrong, "resolve")

    def test_takes_each_once_and_not_more_than_a_hundred(self, browser, chidi):
        numbers = [writes(chidi).thread_id for _ in range(2)]

        page = does(browser, [*numbers, *numbers, *range(10_000, 10_000 + MOST)], "resolve")

        assert "2 resolved." in page

    @pytest.mark.parametrize(
        ("do", "more", "says"),
        [
            ("snooze", {"day": "2020-01-01"}, "Take a day after today"),
            ("snooze", {"until": "never"}, "Take a day after today"),
            ("tag", {"tag": " # "}, "A tag needs a letter"),
        ],
    )
    def test_what_is_wrong_is_said_beside_it_and_the_choice_stays(self, browser, three, do, more, says):
        answer = browser.post("/inbox/many", {"thread": three, "do": do} | more)

        assert answer.status_code == 422
        page = answer.content.decode()
        assert says in page
        assert page.count(f'name="thread" value="{three[0]}"') > 1

    @pytest.mark.parametrize(
        ("do", "more"), [("destroy", {}), ("give", {"to": str(uuid4())}), ("apart", {"why": "rude"})]
    )
    def test_what_nobody_offers_is_not_found(self, browser, three, do, more):
        assert browser.post("/inbox/many", {"thread": three, "do": do} | more).status_code == 404

    @pytest.mark.parametrize("address", ["/inbox/many", "/inbox/many/undoing"])
    def test_is_for_who_may_answer(self, signed_in, vera, ben, three, address):
        assert signed_in(vera).post(address, {"thread": three, "do": "resolve"}).status_code == 404
        assert signed_in(ben).get(address).status_code == 405
        assert threads(three, state="open") == 3

    def test_offers_a_viewer_no_ticks(self, signed_in, vera, three):
        page = signed_in(vera).get("/inbox").content.decode()

        assert 'type="checkbox" name="thread"' not in page
        assert 'id="many"' not in page


class TestUndoing:
    @pytest.mark.parametrize("do", sorted(UNDOING))
    def test_puts_back_what_was(self, browser, three, ada, do):
        conversations.assign(three[0], to=ada, by=ada, at=NINE)
        if do == "back":
            for number in three:
                conversations.set_apart(number, why="bounce", by=ada, at=NINE)
        fields = ("state", "assignee_id", "apart")
        before = list(Thread.objects.filter(pk__in=three).order_by("pk").values_list(*fields))
        more = {"give": {"to": str(ada.pk)}, "snooze": {"until": "tomorrow"}}.get(do, {})
        page = does(browser, three, do, **more)
        assert 'action="/inbox/many/undoing?view=unassigned"' in page
        assert list(Thread.objects.filter(pk__in=three).order_by("pk").values_list(*fields)) != before

        browser.post("/inbox/many/undoing")

        assert list(Thread.objects.filter(pk__in=three).order_by("pk").values_list(*fields)) == before

    def test_puts_merged_threads_apart_again(self, browser, three):
        does(browser, three, "merge")

        browser.post("/inbox/many/undoing")

        assert threads(three, merged_into=None) == 3

    def test_works_once(self, browser, three):
        does(browser, three, "resolve")
        browser.post("/inbox/many/undoing")

        page = browser.post("/inbox/many/undoing", follow=True).content.decode()

        assert "Nothing could be taken back" in page

    def test_leaves_what_changed_since(self, browser, three, ben):
        does(browser, three, "resolve")
        conversations.reopen(three[0], by=ben, at=timezone.now())

        browser.post("/inbox/many/undoing")

        assert threads(three, state="open") == 3

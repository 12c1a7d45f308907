"""Looking for something, saved views, and what a list costs however long it is."""

import json
from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courtesy.conversations import actions as conversations
from courtesy.conversations.models import SavedView
from courtesy.desk.inbox.sought import KEPT_AS, MOST_KEPT
from courtesy.staff.models import Session
from tests.desk.street import NINE, writes

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def browser(signed_in, ben):
    """Ben's."""
    return signed_in(ben)


def looks_for(browser, words="", **more):
    """Type it and send it; where that leads."""
    return browser.post("/inbox/searches", {"words": words} | more)["Location"]


def rows_in(browser, address):
    page = browser.get(address).content.decode()
    return [int(part.partition('"')[0]) for part in page.split('id="row-')[1:]]


class TestASearch:
    def test_shows_more_by_an_address_that_says_no_word(self, browser, dora):
        for n in range(32):
            writes(dora, f"Almonds, please, {n}", at=NINE + timedelta(minutes=n))
        address = looks_for(browser, "almonds")

        page = browser.get(address).content.decode()
        more = page.split('rel="next"')[0].rsplit('href="', 1)[1].partition('"')[0].replace("&amp;", "&")
        assert "Show more" in page
        assert "almonds" not in more.lower()
        assert not set(rows_in(browser, address)) & set(rows_in(browser, more))
        assert len(rows_in(browser, address) + rows_in(browser, more)) == 32
        assert "Show more" not in browser.get(more).content.decode()
        assert browser.get(f"{address}&before=nowhere").status_code == 404

    def test_has_an_address_that_leads_there_again_and_says_no_word(self, browser, dora):
        message = writes(dora, "Is the cup made of almonds?")

        address = looks_for(browser, "lindqvist")

        assert "lindqvist" not in address.casefold()
        for _ in range(2):
            assert rows_in(browser, address) == [message.thread_id]
        assert 'value="lindqvist"' in browser.get(address).content.decode()

    def test_stays_beside_the_thread_that_was_found(self, browser, dora):
        message = writes(dora, "Is the cup made of almonds?")
        address = looks_for(browser, "almonds")
        query = address.removeprefix("/inbox")

        page = browser.get(f"/inbox/{message.thread_id}{query}").content.decode()

        assert 'value="almonds"' in page
        assert f'href="/inbox/{message.thread_id}{query}" aria-current="true"' in page

    def test_lies_sealed_in_the_session(self, browser, ben):
        looks_for(browser, "lindqvist")

        (row,) = Session.objects.filter(colleague_id=ben.pk)
        assert "lindqvist" not in json.dumps(row.get_decoded())
        assert len(row.get_decoded()[KEPT_AS]) == 1

    def test_is_nobody_elses(self, browser, signed_in, ada, dora):
        writes(dora, "Is the cup made of almonds?")

        page = signed_in(ada).get(looks_for(browser, "almonds")).content.decode()

        assert "This search is known no more" in page
        assert "almonds" not in page.partition("pane-list")[2].partition("</form>")[0]

    def test_only_the_last_twenty_are_kept(self, browser, dora):
        writes(dora, "Is the cup made of almonds?")
        first = looks_for(browser, "almonds")
        for number in range(MOST_KEPT):
            looks_for(browser, f"number {number}")

        assert "This search is known no more" in browser.get(first).content.decode()

    def test_asks_for_days_and_states(self, browser, dora, ben):
        early = writes(dora, "almonds", at=NINE - timedelta(days=30))
        late = writes(dora, "almonds", at=NINE)
        day = f"{NINE:%Y-%m-%d}"

        assert rows_in(browser, looks_for(browser, "almonds", since=day)) == [late.thread_id]
        assert rows_in(browser, looks_for(browser, "almonds", until=f"{NINE - timedelta(days=1):%Y-%m-%d}")) == [
            early.thread_id
        ]
        assert rows_in(browser, looks_for(browser, "almonds", since=day, until=day)) == [late.thread_id]
        conversations.resolve(early.thread_id, by=ben, at=NINE)
        assert rows_in(browser, looks_for(browser, "", state="resolved")) == [early.thread_id]

    def test_what_cannot_be_read_is_left_out(self, browser):
        assert looks_for(browser, "", since="soon", state="odd") == "/inbox"
        assert looks_for(browser, "   ") == "/inbox"

    def test_a_strange_name_is_an_empty_list_not_an_error(self, browser):
        for name in ("x", "../..", "x" * 500, "%00"):
            assert browser.get(f"/inbox?search={name}").status_code == 200


class TestSavedViews:
    def kept(self, by, **filters):
        return SavedView.objects.create(colleague=by, name="A view", filters=filters, created_at=timezone.now())

    def test_are_ones_own_or_everybodys(self, browser, signed_in, ada, ben):
        browser.post("/inbox/views", {"name": "Only mine", "view": "mine"})
        browser.post("/inbox/views", {"name": "For all", "view": "waiting", "shared": "1"})

        page = signed_in(ada).get("/inbox").content.decode()

        assert "For all" in page
        assert "Only mine" not in page
        assert "Only mine" in browser.get("/inbox").content.decode()

    def test_of_another_does_not_exist(self, browser, ada):
        view = self.kept(ada, view="mine")

        assert browser.get(f"/inbox?saved={view.pk}").status_code == 404
        assert browser.post(f"/inbox/views/{view.pk}/removal").status_code == 404
        assert SavedView.objects.filter(pk=view.pk).exists()

    def test_of_everybody_is_taken_away_by_who_may_answer(self, browser, signed_in, vera):
        view = self.kept(None)

        assert signed_in(vera).post(f"/inbox/views/{view.pk}/removal").status_code == 404
        assert browser.post(f"/inbox/views/{view.pk}/removal").status_code == 302
        assert not SavedView.objects.exists()

    def test_a_viewer_saves_for_herself_only(self, signed_in, vera):
        signed_in(vera).post("/inbox/views", {"name": "Mine", "view": "all", "shared": "1"})

        assert SavedView.objects.get().colleague == vera

    def test_needs_a_name(self, browser):
        answer = browser.post("/inbox/views", {"name": "", "view": "mine"})

        assert answer.status_code == 422
        assert "A view needs a name." in answer.content.decode()

    @pytest.mark.parametrize("wrong", [{"view": "everybodys"}, {"tag": "x"}, {"whose": "the neighbor"}])
    def test_asks_for_nothing_that_does_not_exist(self, browser, wrong):
        assert browser.post("/inbox/views", {"name": "Odd"} | wrong).status_code == 404

    def test_twenty_are_enough(self, browser, ben):
        for _ in range(20):
            self.kept(ben)

        assert "Twenty are enough" in browser.post("/inbox/views", {"name": "One more"}).content.decode()

    def test_from_a_later_version_asks_for_everything(self, browser, ben, chidi):
        message = writes(chidi)
        view = self.kept(ben, view="by mood", whose="the moon")

        assert rows_in(browser, f"/inbox?saved={view.pk}") == [message.thread_id]


class TestWhere:
    @pytest.mark.parametrize(
        "query", ["view=everybodys", "before=nonsense", "saved=x", "saved=4", "tag=x", "whose=ben", f"saved={2**63}"]
    )
    def test_does_not_know_lists_that_are_none(self, browser, query):
        assert browser.get(f"/inbox?{query}").status_code == 404


class TestWhatAListCosts:
    @pytest.fixture
    def many_people(self, chidi, dora, emeka, farah, ben):
        """Forty threads of four people, tagged, some taken; two saved views."""
        people = [chidi, dora, emeka, farah]
        for number in range(40):
            message = writes(people[number % 4], f"almonds, number {number}", at=NINE + timedelta(minutes=number))
            conversations.tag(message.thread_id, name=f"tag {number % 3}", by=ben, at=NINE)
            if number % 2:
                conversations.assign(message.thread_id, to=ben, by=ben, at=NINE)
        for filters in ({"view": "mine"}, {"view": "all", "whose": "nobody"}):
            SavedView.objects.create(colleague=ben, name="A view", filters=filters, created_at=NINE)

    def cost_of(self, browser, address):
        browser.get(address)  # the first time loads what is loaded once
        with CaptureQueriesContext(connections["default"]) as here, CaptureQueriesContext(connections["keys"]) as keys:
            assert browser.get(address).status_code == 200
        return len(here) + len(keys)

    @pytest.mark.parametrize("query", ["", "?view=mine", "?view=unassigned", "?view=snoozed", "?view=apart", "search"])
    def test_is_at_most_twelve_questions(self, browser, many_people, query):
        address = looks_for(browser, "almonds") if query == "search" else f"/inbox{query}"

        assert self.cost_of(browser, address) <= 12

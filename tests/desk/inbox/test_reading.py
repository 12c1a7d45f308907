"""The list and the thread, through the front door: what a colleague sees, and how many questions that costs."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from courtesy.conversations.models import Thread
from courtesy.desk.lifecycle import actions
from courtesy.desk.lifecycle.models import Why
from tests.desk.street import NINE, SOAP, WASH, article, drafted, writes

pytestmark = pytest.mark.django_db(databases="__all__")


def queries_of(browser, address):
    """How many questions both databases were asked for this page."""
    browser.get(address)  # the first time loads what is loaded once
    with CaptureQueriesContext(connections["default"]) as here, CaptureQueriesContext(connections["keys"]) as keys:
        assert browser.get(address).status_code == 200
    return len(here) + len(keys)


@pytest.fixture
def busy(chidi, dora, emeka, farah):
    """Forty messages of four people, each a thread of its own."""
    people = [chidi, dora, emeka, farah]
    return [writes(people[n % 4], f"Question number {n}?", at=NINE + timedelta(minutes=n)) for n in range(40)]


class TestTheList:
    def test_shows_who_writes_what_and_what_the_machine_has(self, signed_in, ben, chidi):
        drafted(writes(chidi), article())

        page = signed_in(ben).get("/inbox").content.decode()

        assert "Chidi Okafor" in page
        assert "How do I wash an unglazed pot?" in page
        assert "machine: draft ready" in page

    def test_goes_on_page_by_page_without_losing_anybody(self, signed_in, ben, busy):
        browser, seen, address = signed_in(ben), [], "/inbox"
        for _page in range(3):
            page = browser.get(address).content.decode()
            seen += [n for n in range(40) if f"Question number {n}?" in page]
            older = page.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
            if not page.count('rel="next"'):
                break
            address = older

        assert sorted(seen) == list(range(40))

    @pytest.mark.parametrize("address", ["/inbox?view=everybodys", "/inbox?before=nonsense"])
    def test_does_not_know_lists_that_are_none(self, signed_in, ben, address):
        assert signed_in(ben).get(address).status_code == 404

    def test_finds_words_and_names(self, signed_in, ben, chidi, dora):
        writes(chidi)
        writes(dora, "Is the cup made of almonds?")
        browser = signed_in(ben)

        def found(words):
            return browser.post("/inbox/searches", {"words": words}, follow=True).content.decode()

        assert "Dora Lindqvist" in found("almonds")
        assert "Chidi Okafor" not in found("almonds")
        assert "Chidi Okafor" in found("oka")
        assert "Nothing about “raku”" in found("raku")

    def test_shows_mine_when_i_took_it(self, signed_in, ben, chidi):
        message = writes(chidi)
        browser = signed_in(ben)
        assert "Chidi" not in browser.get("/inbox?view=mine").content.decode()

        browser.post(f"/inbox/{message.thread_id}/assignment", {"to": "me"})

        assert "Chidi" in browser.get("/inbox?view=mine").content.decode()

    def test_asks_at_most_twelve_questions(self, signed_in, ben, busy):
        assert queries_of(signed_in(ben), "/inbox") <= 12


class TestTheThread:
    def test_shows_the_draft_with_its_sources_beside_it(self, signed_in, ben, chidi):
        message = writes(chidi)
        drafted(message, article())

        page = signed_in(ben).get(f"/inbox/{message.thread_id}").content.decode()

        assert "Written by the machine" in page
        assert WASH in page
        assert SOAP in page
        assert 'id="source-1"' in page
        assert "Washing unglazed clay" in page
        assert page.count("button main") == 1

    def test_fills_the_composer_with_the_draft(self, signed_in, ben, chidi):
        message = writes(chidi)
        suggestion = drafted(message, article())

        page = signed_in(ben).get(f"/inbox/{message.thread_id}?write=draft").content.decode()

        words = page.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0]
        assert WASH in words
        assert f'name="suggestion_id" value="{suggestion.pk}"' in page

    def test_says_why_there_is_no_draft(self, signed_in, ben, chidi):
        message = writes(chidi)
        actions.file_suggestion(message_id=message.pk, words={}, reason="nothing_close", model="m", at=NINE, took_ms=1)

        page = signed_in(ben).get(f"/inbox/{message.thread_id}").content.decode()

        assert "The machine wrote no draft" in page
        assert "no article says so" in page

    def test_shows_a_refusal_where_a_belief_would_stand(self, signed_in, ben, dora, chidi):
        refused, agreed = writes(dora), writes(chidi)
        browser = signed_in(ben)

        page = browser.get(f"/inbox/{refused.thread_id}").content.decode()

        assert "Dora chose service only, since 4 March 2026" in page
        assert "permission-card" not in browser.get(f"/inbox/{agreed.thread_id}").content.decode()

    def test_shows_what_customers_write_as_words_never_as_markup(self, signed_in, ben, chidi):
        message = writes(chidi, "<img src=x onerror=alert(1)> <form hx-get=/x>{{ 7*7 }}")

        page = signed_in(ben).get(f"/inbox/{message.thread_id}").content.decode()

        assert "<img src=x" not in page
        assert "&lt;img src=x" in page
        assert "{{ 7*7 }}" in page

    @pytest.mark.parametrize("number", [0, 424242, 2**63, 10**40])
    def test_is_not_there_when_there_is_none(self, signed_in, ben, number):
        assert signed_in(ben).get(f"/inbox/{number}").status_code == 404

    def test_lets_a_viewer_look_and_nothing_else(self, signed_in, vera, chidi):
        message = writes(chidi)
        suggestion = drafted(message, article())
        browser = signed_in(vera)

        page = browser.get(f"/inbox/{message.thread_id}?write=reply").content.decode()

        assert "How do I wash" in page
        assert "<textarea" not in page
        for address in (
            *(
                f"/inbox/{message.thread_id}/{what}"
                for what in ("replies", "notes", "words", "resolution", "reopening")
            ),
            f"/inbox/{message.thread_id}/assignment",
            f"/drafts/{suggestion.pk}/dismissal",
            "/beliefs/1/correction",
            "/decisions/1/taking-back",
            *(f"/mails/{uuid4()}/{what}" for what in ("release", "sending-again", "arrival")),
        ):
            assert browser.post(address).status_code == 404, address

    def test_asks_few_questions(self, signed_in, ben, busy, chidi):
        message = busy[0]
        drafted(message, article())
        browser = signed_in(ben)
        address = f"/inbox/{message.thread_id}"

        assert queries_of(browser, address) <= 21  # one of them for the customer who gave no name
        assert queries_of(browser, address + "?write=draft") <= 22
        browser.post(f"{address}/replies", {"words": "Hot water.", "seen": message.thread.last_event, "tab": "x"})
        Thread.objects.filter(pk=message.thread_id).update(state="open")
        writes(chidi, "And the lid?")
        # Two of them for what they bought and what we noted, one for whether what we said may teach.
        assert queries_of(browser, address) <= 27
        assert queries_of(browser, address + "?beside=person") <= 28

    def test_a_set_aside_draft_can_come_back(self, signed_in, ben, chidi):
        message = writes(chidi)
        suggestion = drafted(message, article())
        browser = signed_in(ben)

        page = browser.post(f"/drafts/{suggestion.pk}/dismissal", {"why": Why.OLD}, follow=True).content.decode()
        assert "Ben set the draft aside: It is out of date" in page
        assert "Written by the machine" not in page
        undo = page.partition('class="draft decided"')[2].partition('action="')[2].partition('"')[0]

        page = browser.post(undo, follow=True).content.decode()

        assert "Written by the machine" in page

    def test_a_reason_that_is_none_is_not_taken(self, signed_in, ben, chidi):
        suggestion = drafted(writes(chidi), article())

        assert signed_in(ben).post(f"/drafts/{suggestion.pk}/dismissal", {"why": "x"}).status_code == 404

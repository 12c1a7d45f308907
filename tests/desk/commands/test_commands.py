"""The command bar and the sheet of keys, as pages: what they offer whom, and what they never say."""

import pytest
from django.utils import timezone

from courtesy.conversations import actions as conversations
from courtesy.conversations.models import SavedView
from tests.desk.street import article, writes

pytestmark = pytest.mark.django_db(databases="__all__")


def bar(browser, words="", thread=None):
    address = "/commands" + (f"?thread={thread}" if thread is not None else "")
    answer = browser.post(address, {"words": words}) if words else browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode().partition('<div class="commands">')[2]


class TestTheBar:
    def test_offers_places_and_the_verbs_of_the_open_thread(self, signed_in, ben, chidi):
        thread = writes(chidi).thread_id
        browser = signed_in(ben)

        page = bar(browser, thread=thread)

        for verb in ("resolution", "assignment", "snooze", "keeping-out", "unread"):
            assert f'action="/inbox/{thread}/{verb}"' in page
        assert f'href="/inbox/{thread}?write=reply"' in page
        assert 'href="/articles"' in page
        assert "/resolution" not in bar(browser)

    def test_each_verb_does_what_it_says(self, signed_in, ben, chidi):
        thread = writes(chidi).thread_id
        browser = signed_in(ben)

        browser.post(f"/inbox/{thread}/snooze", {"until": "tomorrow"})

        assert "Open again" in bar(browser, thread=thread)
        conversations.set_apart(thread, why="spam", by=ben, at=timezone.now())
        assert f'action="/inbox/{thread}/bringing-back"' in bar(browser, thread=thread)

    def test_offers_a_viewer_only_what_she_may(self, signed_in, vera, chidi):
        thread = writes(chidi).thread_id

        page = bar(signed_in(vera), thread=thread)

        assert "/resolution" not in page
        assert "/assignment" not in page
        assert 'href="/team"' not in page
        assert f'action="/inbox/{thread}/unread"' in page

    def test_knows_ones_own_saved_views_and_nobody_elses(self, signed_in, ben, ada):
        for whose, name in ((ben, "Pots"), (ada, "Pans")):
            SavedView.objects.create(colleague=whose, name=name, filters={}, created_at=timezone.now())

        page = bar(signed_in(ben), "pa")

        assert "Pans" not in page
        assert "Pots" in bar(signed_in(ben), "pot")

    def test_searches_all_messages_from_here(self, signed_in, ben, chidi):
        writes(chidi)

        page = bar(signed_in(ben), "okafor")

        assert 'action="/inbox/searches"' in page
        assert 'name="words" value="okafor"' in page

    def test_finds_articles(self, signed_in, ben):
        made = article()

        assert f'href="/articles/{made.slug}"' in bar(signed_in(ben), "unglazed")

    @pytest.mark.parametrize("thread", ["0", "424242", "x", "-1", "9" * 30, "²"])
    def test_a_thread_that_is_none_offers_nothing(self, signed_in, ben, thread):
        assert "With this message" not in bar(signed_in(ben), thread=thread)

    def test_shows_words_as_words(self, signed_in, ben):
        assert "<script>alert" not in bar(signed_in(ben), "<script>alert(1)</script>")

    def test_takes_no_words_from_an_address(self, signed_in, ben, chidi):
        writes(chidi)

        page = signed_in(ben).get("/commands?words=okafor").content.decode()

        assert "okafor" not in page.casefold()

    @pytest.mark.parametrize("address", ["/commands", "/keys"])
    def test_is_for_colleagues(self, client, address):
        assert client.get(address).status_code == 302

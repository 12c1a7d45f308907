"""What people who come from another desk expect of an inbox: the conventions of the list, each by its number.

5, 6, 7, 9, 13 and 14 are the thread's: `test_conventions_thread.py`. What needs a browser is in `tests/journeys`.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from courtesy.conversations import actions as conversations
from courtesy.conversations.models import SavedView, Tag, Thread
from courtesy.desk.lifecycle import actions
from courtesy.staff.models import Shop
from tests.desk.street import article, drafted, writes

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def browser(signed_in, ben):
    """Ben's."""
    return signed_in(ben)


def shown(browser, address="/inbox"):
    page = browser.get(address)
    assert page.status_code == 200
    return page.content.decode()


def rows_in(page):
    """The numbers of the threads in the list, from above."""
    return [int(part.partition('"')[0]) for part in page.split('id="row-')[1:]]


def state_of(message):
    return Thread.objects.get(pk=message.thread_id).state


class TestConvention1ThreePanes:
    def test_list_thread_and_what_belongs_to_it_stand_side_by_side(self, browser, chidi):
        message = writes(chidi)

        page = shown(browser, f"/inbox/{message.thread_id}")

        assert page.index("pane-list") < page.index("pane-thread") < page.index("pane-beside")

    def test_on_a_phone_each_is_a_screen_with_a_way_back(self, browser, chidi):
        message = writes(chidi)

        page = shown(browser, f"/inbox/{message.thread_id}?view=unassigned")

        assert 'data-screen="thread"' in page
        assert 'data-screen="list"' in shown(browser)
        assert 'class="button quiet small only-phone" href="/inbox?view=unassigned"' in page


class TestConvention2Views:
    def test_are_seven_and_each_says_how_many(self, browser, chidi, ben):
        for _ in range(3):
            writes(chidi)
        conversations.assign(writes(chidi).thread_id, to=ben, by=ben, at=timezone.now())

        page = shown(browser)

        for view, words in (("mine", "Mine"), ("unassigned", "Unassigned"), ("waiting", "Waiting"),
                            ("snoozed", "Snoozed"), ("resolved", "Resolved"), ("apart", "Kept out")):  # fmt: skip
            assert f'href="/inbox?view={view}"' in page
            assert words in page
        assert 'Mine <span class="count">1</span>' in page
        assert 'Unassigned <span class="count">3</span>' in page
        assert 'aria-current="true">All <span class="count">4</span>' in page

    def test_show_what_is_in_them(self, browser, chidi, dora, ben):
        mine, other = writes(chidi), writes(dora)
        conversations.assign(mine.thread_id, to=ben, by=ben, at=timezone.now())
        conversations.set_apart(other.thread_id, why="spam", by=ben, at=timezone.now())

        assert rows_in(shown(browser, "/inbox?view=mine")) == [mine.thread_id]
        assert rows_in(shown(browser, "/inbox?view=apart")) == [other.thread_id]
        assert rows_in(shown(browser)) == [mine.thread_id]

    def test_can_be_saved_and_are_counted_like_the_rest(self, browser, chidi, ben):
        message = writes(chidi)
        writes(chidi)
        conversations.tag(message.thread_id, name="refund", by=ben, at=timezone.now())

        said = {"name": "Refunds nobody took", "view": "all", "whose": "nobody", "tag": str(Tag.objects.get().pk)}
        page = browser.post("/inbox/views", said, follow=True).content.decode()

        assert rows_in(page) == [message.thread_id]
        assert '<span class="clip">Refunds nobody took</span><span class="count">1</span>' in page

    def test_tags_are_lists_too(self, browser, chidi, ben):
        message = writes(chidi)
        writes(chidi)
        conversations.tag(message.thread_id, name="refund", by=ben, at=timezone.now())

        page = shown(browser, f"/inbox?tag={Tag.objects.get().pk}")

        assert rows_in(page) == [message.thread_id]


class TestConvention3TheRow:
    def test_says_who_how_what_when_and_whose(self, browser, chidi, ben):
        message = writes(chidi, at=timezone.now())
        conversations.assign(message.thread_id, to=ben, by=ben, at=timezone.now())
        conversations.tag(message.thread_id, name="pots", by=ben, at=timezone.now())

        row = shown(browser).partition('id="row-')[2].partition("</li>")[0]

        assert "Chidi Okafor" in row
        assert '<span class="row-way">form</span>' in row
        assert "How do I wash an unglazed pot?" in row
        assert "<time datetime=" in row
        assert '<span class="tag">pots</span>' in row
        assert "Ben" in row.partition("row-whose")[2]

    def test_shows_what_is_said_and_not_what_is_quoted(self, browser, chidi):
        writes(chidi, "> On Monday you wrote:\n> it is out\n\nThanks, I'll wait")

        assert "Thanks, I&#39;ll wait</span>" in shown(browser)

    def test_is_unread_until_one_has_looked_and_each_looks_for_oneself(self, browser, signed_in, ada, chidi):
        message = writes(chidi)
        assert "row unread" in shown(browser)

        assert "row unread" not in shown(browser, f"/inbox/{message.thread_id}")  # it is being read

        assert "row unread" not in shown(browser)
        assert "row unread" in shown(signed_in(ada))

    def test_is_unread_again_when_the_customer_writes_or_one_says_so(self, browser, chidi):
        message = writes(chidi)
        shown(browser, f"/inbox/{message.thread_id}")

        page = browser.post(f"/inbox/{message.thread_id}/unread", follow=True).content.decode()

        assert "row unread" in page

    def test_says_in_words_how_long_the_first_answer_still_has(self, browser, chidi):
        now = timezone.now()
        soon, late = writes(chidi, at=now), writes(chidi, at=now)
        Thread.objects.filter(pk=soon.thread_id).update(first_reply_due_at=now + timedelta(minutes=30, seconds=30))
        Thread.objects.filter(pk=late.thread_id).update(first_reply_due_at=now - timedelta(hours=2))

        page = shown(browser)

        assert "30 minutes left" in page or "due tomorrow" in page
        assert "was due 2 hours ago" in page

    def test_has_a_tick_that_belongs_to_one_form_around_the_list(self, browser, chidi):
        message = writes(chidi)

        page = shown(browser)

        assert f'<input type="checkbox" name="thread" value="{message.thread_id}" form="many"' in page
        assert '<form class="many" id="many" method="post" action="/inbox/many"' in page
        for do in ("resolve", "take", "choose"):
            assert f'name="do" value="{do}"' in page

    @pytest.mark.parametrize(
        ("pressed", "left_in"),
        [
            ({"do": "take"}, "/inbox?view=mine"),
            ({"do": "resolve"}, "/inbox?view=resolved"),
            ({"do": "snooze", "until": "tomorrow"}, "/inbox?view=snoozed"),
            ({"do": "apart", "why": "spam"}, "/inbox?view=apart"),
        ],
    )
    def test_does_one_thing_to_many_without_a_script(self, browser, chidi, dora, pressed, left_in):
        messages = [writes(chidi), writes(dora)]

        browser.post("/inbox/many", {"thread": [m.thread_id for m in messages]} | pressed)

        assert sorted(rows_in(shown(browser, left_in))) == [m.thread_id for m in messages]


class TestConvention4States:
    def test_what_sleeps_is_out_of_sight_and_says_until_when(self, browser, chidi, ben):
        message = writes(chidi)

        browser.post(f"/inbox/{message.thread_id}/snooze", {"until": "tomorrow"})

        assert state_of(message) == Thread.State.SNOOZED
        assert rows_in(shown(browser, "/inbox?view=unassigned")) == []
        assert "snoozed until tomorrow, 9:00" in shown(browser, "/inbox?view=snoozed")

    def test_it_comes_back_when_its_time_has_come(self, browser, chidi):
        message = writes(chidi)
        browser.post(f"/inbox/{message.thread_id}/snooze", {"until": "tomorrow"})

        conversations.wake_due(at=timezone.now() + timedelta(days=2))

        assert state_of(message) == Thread.State.OPEN

    def test_the_times_offered_are_the_shops_own(self, browser, chidi):
        week = {str(day): [["08:15", "17:00"]] for day in range(7)}
        Shop.objects.update_or_create(pk=1, defaults={"opening_hours": week, "time_zone": "Europe/Berlin"})
        message = writes(chidi)

        browser.post(f"/inbox/{message.thread_id}/snooze", {"until": "tomorrow"})

        until = Thread.objects.get(pk=message.thread_id).snoozed_until
        assert (until.hour, until.minute) in {(7, 15), (6, 15)}  # in UTC, by winter or by summer time

    @pytest.mark.parametrize("day", ["", "yesterday", "2020-01-01", "9999-12-31"])
    def test_a_day_that_is_none_is_said_and_nothing_happens(self, browser, chidi, day):
        message = writes(chidi)

        page = browser.post(f"/inbox/{message.thread_id}/snooze", {"day": day}, follow=True).content.decode()

        assert "Take a day after today" in page
        assert state_of(message) == Thread.State.OPEN

    @pytest.mark.parametrize("turn", ["snooze", "resolution"])
    def test_when_one_is_done_with_the_next_one_opens(self, browser, chidi, turn):
        below, above = writes(chidi), writes(chidi, at=timezone.now())

        answer = browser.post(f"/inbox/{above.thread_id}/{turn}?view=unassigned", {"until": "tomorrow"})

        assert answer["Location"] == f"/inbox/{below.thread_id}?view=unassigned"


class TestConvention8KeysAndCommands:
    def test_the_bar_is_a_page_that_finds_places_people_articles_and_verbs(self, browser, chidi):
        message = writes(chidi)
        made = article()

        def found(words, query=""):
            return browser.post(f"/commands{query}", {"words": words}).content.decode()

        assert 'href="/inbox?view=waiting"' in found("wait")
        assert f'href="/inbox/{message.thread_id}"' in found("okafor")
        assert f'href="/articles/{made.slug}"' in found("unglazed clay")
        assert f'action="/inbox/{message.thread_id}/resolution"' in found("resol", f"?thread={message.thread_id}")
        assert "Nothing like that" not in found("zebra")  # one can still look through all messages for it

    def test_no_word_stands_in_an_address(self, browser, chidi):
        writes(chidi)

        answer = browser.post("/inbox/searches", {"words": "okafor"})

        assert "okafor" not in answer["Location"]
        assert "Chidi Okafor" in shown(browser, answer["Location"])
        assert 'method="post" action="/inbox/searches"' in shown(browser)

    def test_the_sheet_says_every_key(self, browser):
        page = shown(browser, "/keys")

        for key in ("J", "K", "Enter", "R", "N", "A", "S", "E", "T", "U", "G I", "Ctrl K", "?"):
            assert f"<kbd>{key}</kbd>" in page

    def test_every_single_key_can_be_switched_off_for_oneself_on_every_computer(self, signed_in, ben):
        assert 'data-keys="on"' in shown(signed_in(ben))

        signed_in(ben).post("/preferences", {"keys": "off", "back": "/inbox"})

        assert 'data-keys="off"' in shown(signed_in(ben))


class TestConvention10LiveAndStill:
    def test_rows_keep_their_names_and_wait_while_a_hand_is_on_them(self, browser, chidi):
        writes(chidi)

        page = shown(browser)

        assert 'data-live="inbox"' in page
        assert "data-still" in page
        assert 'id="news" hidden' in page  # says what is new; `tests/journeys/test_list.py` watches it

    def test_a_refresh_is_the_page_itself(self, browser, chidi):
        message = writes(chidi)

        assert rows_in(shown(browser, "/inbox?fresh=1")) == [message.thread_id]


class TestConvention11Beside:
    def test_sections_fold_without_a_script(self, browser, chidi):
        message = writes(chidi)

        page = shown(browser, f"/inbox/{message.thread_id}?beside=person")

        beside = page.partition('id="beside"')[2]
        assert beside.count('<details class="part"') >= 2


class TestConvention12GreyLines:
    def test_tell_what_happened_between_the_letters(self, browser, chidi, dora, ben):
        message, other, now = writes(chidi), writes(dora), timezone.now()
        thread_id = message.thread_id
        conversations.tag(thread_id, name="pots", by=ben, at=now)
        conversations.snooze(thread_id, until=now + timedelta(days=1), by=ben, at=now)
        conversations.reopen(thread_id, by=ben, at=now)
        conversations.assign(thread_id, to=ben, by=ben, at=now)
        conversations.merge([other.thread_id], into=thread_id, by=ben, at=now)

        page = shown(browser, f"/inbox/{thread_id}")

        lines = [line.partition("</div>")[0] for line in page.split('<div class="event')[1:]]
        for word in ("pots", "snoozed", "opened it again", "took this", "merged"):
            assert any(word in line for line in lines), (word, lines)

    def test_name_the_machine_as_what_it_is(self, browser, chidi, ben):
        message = writes(chidi)
        drafted(message, article())
        actions.dismiss(message.suggestions.get().pk, why="wrong", by=ben, at=timezone.now())

        page = shown(browser, f"/inbox/{message.thread_id}")

        assert "by-machine" in page


class TestConvention15NothingHere:
    @pytest.mark.parametrize(
        ("view", "says", "leads_to"),
        [
            ("mine", "Nothing is yours just now", "/inbox?view=unassigned"),
            ("unassigned", "Everything is taken", "/inbox"),
            ("all", "Nobody is waiting", "/articles"),
            ("waiting", "We wait for nobody", "/inbox"),
            ("snoozed", "Nothing sleeps", "/inbox"),
            ("resolved", "Nothing is resolved yet", "/inbox"),
            ("apart", "Nothing was kept out", "/inbox"),
        ],
    )
    def test_says_what_that_means_and_what_to_do_next(self, browser, view, says, leads_to):
        page = shown(browser, f"/inbox?view={view}")

        empty = page.partition('<div class="empty">')[2].partition("</div>")[0]
        assert f"<h2>{says}</h2>" in empty
        assert "<p>" in empty
        assert f'<a class="button" href="{leads_to}">' in empty

    def test_says_it_of_a_search_and_of_a_saved_view_too(self, browser, ben):
        view = SavedView.objects.create(colleague=ben, name="Mine", filters={"view": "mine"}, created_at=timezone.now())

        assert "Nothing in this view just now" in shown(browser, f"/inbox?saved={view.pk}")
        assert (
            "Nothing about “raku”" in browser.post("/inbox/searches", {"words": "raku"}, follow=True).content.decode()
        )
        assert "This search is known no more" in shown(browser, "/inbox?search=gone")

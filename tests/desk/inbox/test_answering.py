"""Answering through the front door, without JavaScript: words in, a mail in the outbox, and nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from courtesy.conversations.models import Composing, Message, Thread
from courtesy.desk.lifecycle.actions import send_reply
from courtesy.desk.lifecycle.models import Decision, How, Outcome
from courtesy.post.models import Outgoing
from tests.desk.street import WASH, article, drafted, mail_of, writes

pytestmark = pytest.mark.django_db(databases="__all__")


def typed(page):
    """What stands in the composer."""
    return page.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0].replace("&#39;", "'")


def hidden(page, name):
    """A hidden field of the composer."""
    composer = page.partition('id="composer"')[2]
    found = re.search(rf'name="{name}" value="([^"]*)"', composer)
    return found[1] if found else ""


def compose(browser, message, write="reply"):
    """Open the composer; back come its hidden fields."""
    page = browser.get(f"/inbox/{message.thread_id}?write={write}").content.decode()
    fields = {name: hidden(page, name) for name in ("seen", "tab", "suggestion_id")}
    return {name: value for name, value in fields.items() if value} | {"words": typed(page)}


@pytest.fixture
def message(chidi):
    return writes(chidi, at=timezone.now() - timedelta(hours=1))


class TestSending:
    def test_sends_the_words_of_the_colleague(self, signed_in, ben, message):
        browser = signed_in(ben)

        page = browser.post(
            f"/inbox/{message.thread_id}/replies",
            compose(browser, message) | {"words": "Hot water, dear Chidi."},
            follow=True,
        ).content.decode()

        mail = mail_of(Decision.objects.get().pk)
        assert "Hot water, dear Chidi." in mail
        assert "Take it back" in page
        assert Thread.objects.get().state == "waiting"

    def test_an_edited_draft_says_so_to_colleagues(self, signed_in, ben, message):
        drafted(message, article())
        browser = signed_in(ben)
        form = compose(browser, message, "draft")

        page = browser.post(
            f"/inbox/{message.thread_id}/replies",
            form | {"words": form["words"].replace(WASH, "Rinse it with hot water.")},
            follow=True,
        ).content.decode()

        assert Outcome.objects.get().how == How.EDITED
        assert "Drafted by the machine; Ben changed 1 of 2 sentences." in page

    def test_sends_and_resolves_in_one_click(self, signed_in, ben, message):
        browser = signed_in(ben)

        browser.post(
            f"/inbox/{message.thread_id}/replies", compose(browser, message) | {"words": "Yes.", "then": "resolve"}
        )

        assert Thread.objects.get().state == "resolved"
        assert Outgoing.objects.count() == 1

    def test_empty_words_do_not_leave_and_say_why(self, signed_in, ben, message):
        browser = signed_in(ben)

        response = browser.post(f"/inbox/{message.thread_id}/replies", compose(browser, message) | {"words": "  \n "})

        assert response.status_code == 422
        assert "An answer needs a word or two." in response.content.decode()
        assert Outgoing.objects.count() == 0

    def test_says_that_it_waits_while_the_owner_has_not_switched_sending_on(self, signed_in, ben, message):
        browser = signed_in(ben)

        page = browser.post(
            f"/inbox/{message.thread_id}/replies", compose(browser, message) | {"words": "Yes."}, follow=True
        ).content.decode()

        assert "Kept, not sent" in page
        assert "“Courtesy may send”" in page

    def test_a_broken_form_changes_nothing(self, signed_in, ben, message):
        response = signed_in(ben).post(f"/inbox/{message.thread_id}/replies", {"words": "Hello", "seen": "x"})

        assert response.status_code == 422
        assert "Hello" in typed(response.content.decode())
        assert Outgoing.objects.count() == 0


class TestAnsweredMeanwhile:
    def test_keeps_the_words_and_shows_the_other_answer(self, signed_in, ada, ben, message):
        browser = signed_in(ben)
        form = compose(browser, message)
        send_reply(message.thread_id, words="Ada was here.", by=ada, at=timezone.now(), seen=message.thread.last_event)

        response = browser.post(f"/inbox/{message.thread_id}/replies", form | {"words": "Ben's words"})
        page = response.content.decode()

        assert response.status_code == 409
        assert "Ada has just answered Chidi" in page
        assert "Ada was here." in page
        assert typed(page) == "Ben's words"
        assert Outgoing.objects.count() == 1
        assert Composing.objects.get().words == "Ben's words"

    def test_sends_them_too_once_the_colleague_has_read(self, signed_in, ada, ben, message):
        browser = signed_in(ben)
        form = compose(browser, message)
        send_reply(message.thread_id, words="Ada was here.", by=ada, at=timezone.now(), seen=message.thread.last_event)
        page = browser.post(f"/inbox/{message.thread_id}/replies", form | {"words": "Mine too"}).content.decode()

        browser.post(
            f"/inbox/{message.thread_id}/replies",
            {"words": typed(page), "seen": hidden(page, "seen"), "tab": hidden(page, "tab")},
        )

        assert Outgoing.objects.count() == 2
        assert not Composing.objects.exists()


class TestUndo:
    def test_takes_an_answer_back_and_gives_the_words_back(self, signed_in, ben, message):
        browser = signed_in(ben)
        browser.post(f"/inbox/{message.thread_id}/replies", compose(browser, message) | {"words": "Too quick."})

        page = browser.post(f"/decisions/{Decision.objects.get().pk}/taking-back", follow=True).content.decode()

        assert Outgoing.objects.get().state == Outgoing.State.TAKEN_BACK
        assert typed(page) == "Too quick."
        assert "taken back, it never left" in page

    def test_leaves_nothing_in_the_composer_once_the_words_are_sent_after_all(self, signed_in, ben, message):
        browser = signed_in(ben)
        browser.post(f"/inbox/{message.thread_id}/replies", compose(browser, message) | {"words": "Too quick."})
        page = browser.post(f"/decisions/{Decision.objects.get().pk}/taking-back", follow=True).content.decode()

        browser.post(
            f"/inbox/{message.thread_id}/replies",
            {"words": "Just right.", "seen": hidden(page, "seen"), "tab": hidden(page, "tab")},
        )

        assert not Composing.objects.exists()
        assert "<textarea" not in browser.get(f"/inbox/{message.thread_id}").content.decode()

    def test_is_too_late_once_it_left(self, signed_in, ben, message):
        browser = signed_in(ben)
        browser.post(f"/inbox/{message.thread_id}/replies", compose(browser, message) | {"words": "Gone."})
        Outgoing.objects.update(state=Outgoing.State.SENT, sent_at=timezone.now())

        page = browser.post(f"/decisions/{Decision.objects.get().pk}/taking-back", follow=True).content.decode()

        assert "Too late: it has left already." in page
        assert Outgoing.objects.get().state == Outgoing.State.SENT

    def test_reopens_what_was_resolved(self, signed_in, ben, message):
        browser = signed_in(ben)
        browser.post(f"/inbox/{message.thread_id}/resolution")
        assert Thread.objects.get().state == "resolved"

        browser.post(f"/decisions/{Decision.objects.get().pk}/taking-back")

        assert Thread.objects.get().state == "open"


class TestUnsentWords:
    def test_are_there_again_after_the_page_was_closed(self, signed_in, ben, message):
        browser = signed_in(ben)
        form = compose(browser, message)

        kept = browser.post(
            f"/inbox/{message.thread_id}/words", form | {"words": "Half a sent"}, headers={"X-Kept-By": "courtesy.js"}
        )
        page = browser.get(f"/inbox/{message.thread_id}").content.decode()

        assert kept.status_code == 204
        assert typed(page) == "Half a sent"
        assert hidden(page, "tab") == form["tab"]

    def test_are_nobody_elses(self, signed_in, ada, ben, message):
        browser = signed_in(ben)
        browser.post(f"/inbox/{message.thread_id}/words", compose(browser, message) | {"words": "Half a sent"})

        page = signed_in(ada).get(f"/inbox/{message.thread_id}").content.decode()

        assert "Half a sent" not in page
        assert "Ben is writing" in page

    def test_a_note_is_never_taken_for_an_answer(self, signed_in, ben, message):
        browser = signed_in(ben)
        browser.post(f"/inbox/{message.thread_id}/words", compose(browser, message, "note") | {"words": "He is rude"})

        page = browser.get(f"/inbox/{message.thread_id}?write=reply").content.decode()
        assert typed(page).strip() == "Warm regards,\nBen\nMy shop"
        assert typed(browser.get(f"/inbox/{message.thread_id}").content.decode()) == "He is rude"
        assert "to-ourselves" in browser.get(f"/inbox/{message.thread_id}").content.decode()

    def test_words_of_an_answer_outlive_a_note(self, signed_in, ben, message):
        browser = signed_in(ben)
        browser.post(f"/inbox/{message.thread_id}/words", compose(browser, message) | {"words": "Half a sent"})
        browser.post(f"/inbox/{message.thread_id}/notes", compose(browser, message, "note") | {"words": "Look at this"})

        page = browser.get(f"/inbox/{message.thread_id}").content.decode()

        assert typed(page) == "Half a sent"
        assert "Look at this" in page
        assert Message.objects.filter(kind="note").count() == 1

    def test_can_be_set_aside(self, signed_in, ben, message):
        browser = signed_in(ben)
        form = compose(browser, message)
        browser.post(f"/inbox/{message.thread_id}/words", form | {"words": "Half a sent"})

        browser.post(f"/inbox/{message.thread_id}/words", form | {"forget": "1"})

        assert not Composing.objects.exists()

    def test_remember_the_draft_they_began_with(self, signed_in, ben, message):
        suggestion = drafted(message, article())
        browser = signed_in(ben)
        form = compose(browser, message, "draft")
        browser.post(f"/inbox/{message.thread_id}/words", form | {"words": "Hello, hot water."})

        page = browser.get(f"/inbox/{message.thread_id}").content.decode()

        assert hidden(page, "suggestion_id") == str(suggestion.pk)


class TestNotes:
    def test_are_seen_by_colleagues_and_never_sent(self, signed_in, ben, message):
        browser = signed_in(ben)

        page = browser.post(
            f"/inbox/{message.thread_id}/notes", {"words": "One stands in the window."}, follow=True
        ).content.decode()

        assert "One stands in the window." in page
        assert "only we see it" in page
        assert Outgoing.objects.count() == 0

    def test_need_words(self, signed_in, ben, message):
        assert signed_in(ben).post(f"/inbox/{message.thread_id}/notes", {"words": " "}).status_code == 422


class TestMailsThatNeedAPerson:
    @pytest.fixture
    def mail(self, ben, message):
        send_reply(message.thread_id, words="Yes.", by=ben, at=timezone.now(), seen=message.thread.last_event)
        return Outgoing.objects.get()

    @pytest.mark.parametrize(
        ("state", "action", "after"),
        [
            ("held", "release", "waiting"),
            ("unsure", "sending-again", "waiting"),
            ("unsure", "arrival", "sent"),
            ("refused", "sending-again", "waiting"),
        ],
    )
    def test_move_on_by_a_click(self, signed_in, ben, mail, state, action, after):  # noqa: PLR0917
        Outgoing.objects.update(state=state)
        browser = signed_in(ben)
        page = browser.get(f"/inbox/{Thread.objects.get().pk}").content.decode()
        assert f"/mails/{mail.pk}/{action}" in page

        browser.post(f"/mails/{mail.pk}/{action}")

        assert Outgoing.objects.get().state == after

    def test_are_not_moved_twice(self, signed_in, ben, mail):
        Outgoing.objects.update(state="sent")

        page = signed_in(ben).post(f"/mails/{mail.pk}/sending-again", follow=True).content.decode()

        assert "It has moved on meanwhile" in page
        assert Outgoing.objects.get().state == "sent"


class TestCorrecting:
    def test_turns_pencil_to_ink(self, signed_in, ben, message):
        from courtesy.desk.lifecycle.actions import file_belief  # noqa: PLC0415

        belief = file_belief(
            message_id=message.pk, kind="topic", value="a refund", reasons=[], score=0.7, model="m", at=message.at
        )
        browser = signed_in(ben)
        assert "The machine thinks" in browser.get(f"/inbox/{message.thread_id}").content.decode()

        page = browser.post(
            f"/beliefs/{belief.pk}/correction", {"to": "how to use or look after something"}, follow=True
        ).content.decode()

        assert "Ben said so" in page
        assert "how to use or look after something" in page


class TestAssignment:
    def test_goes_to_a_colleague_who_may_answer(self, signed_in, ada, ben, vera, message):
        browser = signed_in(ben)

        browser.post(f"/inbox/{message.thread_id}/assignment", {"to": str(ada.pk)})
        assert Thread.objects.get().assignee == ada
        assert "Ben gave this to Ada" in browser.get(f"/inbox/{message.thread_id}").content.decode()

        assert browser.post(f"/inbox/{message.thread_id}/assignment", {"to": str(vera.pk)}).status_code == 404
        assert browser.post(f"/inbox/{message.thread_id}/assignment", {"to": "nobody"}).status_code == 404

        browser.post(f"/inbox/{message.thread_id}/assignment", {"to": ""})
        assert Thread.objects.get().assignee is None

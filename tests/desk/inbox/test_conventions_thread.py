"""The conventions of a shared inbox that live in the thread, each by its number: 5, 6, 7, 9, 12, 13, 14."""

import dataclasses
import re
from datetime import timedelta

import pytest
from django.conf import settings as house
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from courtesy.conversations import actions as conversations
from courtesy.conversations import files
from courtesy.conversations.models import Attachment, Composing, Event, Look, Message, Thread
from courtesy.desk.lifecycle.actions import send_reply
from courtesy.knowledge.actions.saved_replies import save_reply
from courtesy.post.models import Outgoing
from tests.desk.inbox.mails import SHOP, comes, mail
from tests.desk.inbox.test_answering import compose, hidden, typed
from tests.desk.street import article, drafted, mail_of, writes

pytestmark = pytest.mark.django_db(databases="__all__")

DONE_TO_A_THREAD = {
    "snooze": {"until": "tomorrow"},
    "tags": {"tag": "clay"},
    "unread": {},
    "keeping-out": {"why": "spam"},
    "bringing-back": {},
    "resolution": {},
    "reopening": {},
    "assignment": {"to": "me"},
    "blocking": {},
    "unblocking": {},
    "looks": {"event": "1"},
    "texts": {"sign": "/"},
    "notes": {"words": "x"},
}


@pytest.fixture
def message(chidi):
    return writes(chidi, at=timezone.now() - timedelta(hours=1))


def page_of(browser, message, query=""):
    return browser.get(f"/inbox/{message.thread_id}{query}").content.decode()


def boxes(page):
    """Also to, Cc and Bcc, as the composer holds them."""
    return tuple(hidden(page, name) for name in ("also_to", "cc", "bcc"))


def sealed_addresses():
    """As they lie in the database."""
    with connection.cursor() as cursor:
        cursor.execute("select addresses from conversations_composing")
        return cursor.fetchone()[0]


class TestConvention5TwoTabs:
    """The composer has two tabs, Reply and Note; a note is on note paper, and a key switches."""

    def test_are_links_with_a_key_each(self, signed_in, ben, message):
        page = page_of(signed_in(ben), message, "?write=reply")

        assert re.search(r'write=reply" data-key="r" aria-current="true"', page)
        assert re.search(r'write=note" data-key="n"', page)

    def test_words_that_only_lie_there_take_no_focus_from_the_keys(self, signed_in, ben, message):
        browser = signed_in(ben)
        browser.post(f"/inbox/{message.thread_id}/words", compose(browser, message) | {"words": "To him"})

        assert "data-focus" not in page_of(browser, message).partition('id="composer"')[2]
        assert "data-focus" in page_of(browser, message, "?write=reply").partition('id="composer"')[2]

    def test_keep_the_words_of_each_apart(self, signed_in, ben, message):
        browser = signed_in(ben)
        browser.post(f"/inbox/{message.thread_id}/words", compose(browser, message) | {"words": "To him"})
        browser.post(f"/inbox/{message.thread_id}/words", compose(browser, message, "note") | {"words": "To us"})

        assert typed(page_of(browser, message, "?write=reply")) == "To him"
        note = page_of(browser, message, "?write=note")
        assert typed(note) == "To us"
        assert "to-ourselves" in note

    def test_a_note_has_no_addresses_and_cannot_be_sent(self, signed_in, ben, message):
        page = page_of(signed_in(ben), message, "?write=note")

        assert 'name="cc"' not in page
        assert "/replies" not in page


class TestConvention6SendAndUndo:
    """Ctrl+Enter sends; a link undoes; drafts are saved a person."""

    def test_one_button_is_the_one_that_sends(self, signed_in, ben, message):
        assert page_of(signed_in(ben), message, "?write=reply").count("data-sends") == 1

    def test_undo_gives_back_words_and_files(self, signed_in, ben, message):
        browser = signed_in(ben)
        file = SimpleUploadedFile("plan.pdf", b"%PDF-1.4 plan")
        form = compose(browser, message)
        browser.post(f"/inbox/{message.thread_id}/replies", form | {"words": "The plan.", "files": [file]})
        sent = Message.objects.get(kind="out")
        assert sent.attachments.count() == 1

        page = browser.post(f"/decisions/{sent.decision_id}/taking-back", follow=True).content.decode()

        assert typed(page) == "The plan."
        assert "data-focus" in page  # whoever takes it back wants to go on writing
        assert "plan.pdf" in page.partition('id="composer"')[2]
        tab = hidden(page, "tab")
        browser.post(
            f"/inbox/{message.thread_id}/replies", {"words": "Again.", "seen": hidden(page, "seen"), "tab": tab}
        )
        assert Message.objects.get(kind="out", taken_back_at=None).attachments.get().name == "plan.pdf"

    def test_undo_leaves_the_thread_as_it_was_before(self, signed_in, ben, message):
        browser, waited = signed_in(ben), message.thread.last_message_at
        for words in ("One.", "Two."):
            browser.post(f"/inbox/{message.thread_id}/replies", compose(browser, message) | {"words": words})
        first, second = Message.objects.filter(kind="out").order_by("pk")

        browser.post(f"/decisions/{second.decision_id}/taking-back")
        assert Thread.objects.get().state == Thread.State.WAITING  # the first one stands

        browser.post(f"/decisions/{first.decision_id}/taking-back")
        thread = Thread.objects.get()
        assert (thread.state, thread.last_message_at) == (Thread.State.OPEN, waited)

    def test_resolving_goes_on_to_the_next_of_the_list(self, signed_in, ben, message, dora):
        other = writes(dora, "And mine?", at=timezone.now() - timedelta(hours=2))

        response = signed_in(ben).post(f"/inbox/{message.thread_id}/resolution")

        assert response["Location"].startswith(f"/inbox/{other.thread_id}")


class TestConvention7TextsPutIn:
    """ "/" a saved reply, "??" an article, "@" a colleague; the same by a list where there is no script."""

    @pytest.fixture
    def reply(self, ben):
        return save_reply(None, name="Hours", words="Dear {name}, ten to six.", by=ben, at=timezone.now())

    def found(self, browser, message, sign, words=""):
        answer = browser.post(f"/inbox/{message.thread_id}/texts", {"sign": sign, "words": words})
        return answer.json()["texts"]

    def test_a_saved_reply_knows_the_customers_name(self, signed_in, ben, message, reply):
        [text] = self.found(signed_in(ben), message, "/", "hou")

        assert text["words"] == "Dear Chidi, ten to six."

    def test_an_article_gives_its_sentence_or_its_link(self, signed_in, ben, message):
        article()
        texts = self.found(signed_in(ben), message, "??", "soap")

        assert texts[0]["words"] == "Soap stays in the clay."
        assert texts[1]["words"].endswith("/articles/washing-unglazed-clay")

    def test_an_internal_article_gives_no_link(self, signed_in, ben, message):
        article(audience="internal")

        assert [text["words"] for text in self.found(signed_in(ben), message, "??", "soap")] == [
            "Soap stays in the clay."
        ]

    def test_without_a_script_the_list_puts_it_in_before_the_closing(self, signed_in, ben, message, reply):
        browser = signed_in(ben)
        form = compose(browser, message)
        browser.post(f"/inbox/{message.thread_id}/words", form | {"words": f"Hello,{form['words']}", "do": "texts"})
        page = page_of(browser, message, "?write=reply&put=1")
        assert f'<option value="reply-{reply.pk}">Hours</option>' in page

        browser.post(
            f"/inbox/{message.thread_id}/words",
            {"tab": hidden(page, "tab"), "words": typed(page), "put": f"reply-{reply.pk}", "do": "put"},
        )

        assert typed(page_of(browser, message)) == ("Hello,\n\nDear Chidi, ten to six.\n\nWarm regards,\nBen\nMy shop")

    def test_a_chosen_text_is_not_put_in_while_somebody_only_types(self, signed_in, ben, message, reply):
        browser = signed_in(ben)
        form = compose(browser, message) | {"words": "Hello", "put": f"reply-{reply.pk}"}

        browser.post(f"/inbox/{message.thread_id}/words", form, headers={"X-Kept-By": "courtesy.js"})

        assert Composing.objects.get().words == "Hello"

    def test_a_colleague_who_is_called_is_marked_and_can_be_given_the_thread(self, signed_in, ada, ben, message):
        browser = signed_in(ben)
        browser.post(
            f"/inbox/{message.thread_id}/notes", {"words": "@Ada, what do you say? Not bob@Ada.example", "tab": ""}
        )

        page = page_of(browser, message)

        assert page.count('<mark class="called">@Ada</mark>') == 1
        assert "Ada is asked to look." in page
        assert f'name="to" value="{ada.pk}"' in page
        assert "You are asked to look." in page_of(signed_in(ada), message)

    def test_who_is_called_finds_it_on_today_and_in_the_list_until_they_look(self, signed_in, ada, ben, message):
        signed_in(ben).post(f"/inbox/{message.thread_id}/notes", {"words": "@ada and @Ben: glazed or not?", "tab": ""})
        adas, bens = signed_in(ada), signed_in(ben)

        today = adas.get("/").content.decode()
        assert "Ben asks you about Chidi" in today
        assert "@ada and @Ben: glazed or not?" in today
        assert "Ben asks you" in adas.get("/inbox").content.decode()
        assert "asks you" not in bens.get("/").content.decode()  # nobody calls themselves

        page_of(adas, message)

        assert "asks you" not in adas.get("/").content.decode()
        assert "asks you" not in adas.get("/inbox").content.decode()

    def test_who_only_has_an_older_page_open_has_not_seen_it(self, signed_in, ada, ben, message):
        adas = signed_in(ada)
        page = page_of(adas, message)
        seen = re.search(r'data-seen="(\d+)"', page)[1]
        signed_in(ben).post(f"/inbox/{message.thread_id}/notes", {"words": "@Ada?", "tab": ""})

        adas.post(f"/inbox/{message.thread_id}/looks", {"event": seen})

        assert "Ben asks you" in adas.get("/").content.decode()

    def test_a_call_goes_along_with_its_thread(self, signed_in, ada, ben, chidi, message):
        other = writes(chidi, "And the lid?", at=timezone.now() - timedelta(minutes=20))
        signed_in(ben).post(f"/inbox/{other.thread_id}/notes", {"words": "@Ada?", "tab": ""})
        conversations.merge([other.thread_id], into=message.thread_id, by=ben, at=timezone.now())
        adas = signed_in(ada)
        assert f'href="/inbox/{message.thread_id}">Ben asks you' in adas.get("/").content.decode()

        page_of(adas, message)

        assert "asks you" not in adas.get("/").content.decode()

    @pytest.mark.parametrize("put", ["reply-999", "article-999", "colleague-x", "x", "reply-", f"reply-{10**30}"])
    def test_what_is_not_there_is_not_found(self, signed_in, ben, message, put):
        form = {"words": "Hello", "tab": "reply-x", "put": put, "do": "put"}

        assert signed_in(ben).post(f"/inbox/{message.thread_id}/words", form).status_code == 404

    def test_of_another_sign_is_refused(self, signed_in, ben, message):
        assert signed_in(ben).post(f"/inbox/{message.thread_id}/texts", {"sign": "#"}).status_code == 422


class TestConvention9WhoIsHere:
    """Faces of those who look, a ring for who types, and the send that stops when a colleague has just answered."""

    def test_who_looks_is_seen_by_the_others_and_not_by_themselves(self, signed_in, ada, ben, message):
        page_of(signed_in(ada), message)

        assert "Ada is here" in page_of(signed_in(ben), message)
        assert "Ada is here" not in page_of(signed_in(ada), message)

    def test_who_types_is_seen_to(self, signed_in, ada, ben, message):
        signed_in(ada).post(f"/inbox/{message.thread_id}/looks", {"event": "0", "writes": "1"})

        assert "Ada is writing" in page_of(signed_in(ben), message)

    def test_who_has_sent_writes_no_more(self, signed_in, ada, ben, message):
        browser = signed_in(ada)
        form = compose(browser, message) | {"words": "Yes."}
        browser.post(f"/inbox/{message.thread_id}/words", form)
        assert "Ada is writing" in page_of(signed_in(ben), message)

        browser.post(f"/inbox/{message.thread_id}/replies", form)

        assert "Ada is here" in page_of(signed_in(ben), message)

    def test_who_is_silent_for_a_minute_is_gone(self, signed_in, ada, ben, message):
        page_of(signed_in(ada), message)
        Look.objects.update(at=timezone.now() - timedelta(seconds=61))

        assert "Ada is here" not in page_of(signed_in(ben), message)

    def test_a_look_says_who_else_is_here_by_a_stamp(self, signed_in, ada, ben, message):
        browser = signed_in(ben)
        alone = browser.post(f"/inbox/{message.thread_id}/looks", {"event": "1"}).json()["here"]
        page_of(signed_in(ada), message)

        assert browser.post(f"/inbox/{message.thread_id}/looks", {"event": "1"}).json()["here"] != alone == ""

    def test_a_page_that_refreshes_itself_is_no_look(self, signed_in, ada, message):
        page_of(signed_in(ada), message, "?fresh=1")

        assert not Look.objects.exists()

    def test_a_viewer_looks_and_never_writes(self, signed_in, vera, message):
        signed_in(vera).post(f"/inbox/{message.thread_id}/looks", {"event": "1", "writes": "1"})

        assert Look.objects.get().writes_at is None

    def test_a_look_into_the_future_is_cut(self, signed_in, ben, message):
        signed_in(ben).post(f"/inbox/{message.thread_id}/looks", {"event": str(2**62)})

        assert Look.objects.get().event == message.thread.last_event

    def test_the_send_stops_where_somebody_answered_in_the_mail_program(self, signed_in, ben):
        asked = comes(mail("Where is it?", mail_id="asked"))
        browser = signed_in(ben)
        form = compose(browser, asked)
        comes(
            mail("From my phone: tomorrow.", by=SHOP, to="chidi.okafor@post.example", refers="<asked@post.example>"),
            channel="sent mail",
            at=timezone.now(),
        )

        response = browser.post(f"/inbox/{asked.thread_id}/replies", form | {"words": "Ben's words"})
        page = response.content.decode()

        assert response.status_code == 409
        assert "The answer was written in the mail program, not here." in page
        assert "From my phone: tomorrow." in page
        assert typed(page) == "Ben's words"
        assert not Outgoing.objects.exists()

    def test_a_draft_falls_silent_once_it_is_answered_elsewhere(self, signed_in, ben):
        asked = comes(mail("How do I wash an unglazed pot?", mail_id="asked"))
        drafted(asked, article())
        browser = signed_in(ben)
        assert "Written by the machine" in page_of(browser, asked)

        comes(
            mail("With hot water.", by=SHOP, to="chidi.okafor@post.example", refers="<asked@post.example>"),
            channel="sent mail",
            at=timezone.now(),
        )

        page = page_of(browser, asked)
        assert "Written by the machine" not in page
        assert "a draft for it falls silent" in page
        assert "answered, in the mail program" in page
        assert "Nothing automatic may answer it" not in page


class TestConvention12GreyLines:
    """What happened stands in the thread as small grey lines."""

    @pytest.mark.parametrize("kind", [kind for kind in Event.Kind if kind not in {"arrived", "answered", "noted"}])
    def test_every_kind_can_be_shown(self, signed_in, ben, message, kind):
        Event.objects.create(thread=message.thread, kind=kind, at=timezone.now())
        Event.objects.create(thread=message.thread, kind=kind, at=timezone.now(), by=ben, message=message)

        assert signed_in(ben).get(f"/inbox/{message.thread_id}").status_code == 200

    def test_a_line_says_its_time_apart_from_what_happened(self, signed_in, ben, message):
        conversations.snooze(message.thread_id, until=timezone.now() + timedelta(days=1), by=ben, at=timezone.now())

        line = page_of(signed_in(ben), message).partition('<div class="event">')[2].partition("</div>")[0]

        assert re.search(r"Ben snoozed this until tomorrow, \d+:\d\d · <time datetime=", line)

    def test_a_merge_can_be_put_back_where_it_stands(self, signed_in, ben, chidi, message):
        other = writes(chidi, "And the lid?", at=timezone.now() - timedelta(minutes=20))
        browser = signed_in(ben)
        assert "And the lid?" in browser.get(f"/inbox/{message.thread_id}/merging").content.decode()
        page = browser.post(
            f"/inbox/{message.thread_id}/merging", {"other": other.thread_id}, follow=True
        ).content.decode()
        assert "And the lid?" in page
        assert "Ben merged another thread into this one" in page
        assert f'href="/inbox/{other.thread_id}"' not in page.partition('id="talk"')[2]  # it would lead back here

        undo = re.search(r'action="(/moves/[^/]+/undoing[^"]*)"', page.partition('id="talk"')[2])
        browser.post(undo[1])

        talk = page_of(browser, message).partition('id="talk"')[2].partition('id="dock"')[0]
        assert "And the lid?" not in talk
        assert "/undoing" not in talk

    def test_who_opens_a_merged_thread_is_led_on_with_their_words(self, signed_in, ben, chidi, message):
        other = writes(chidi, "And the lid?", at=timezone.now() - timedelta(minutes=20))
        browser = signed_in(ben)
        form = compose(browser, other)
        conversations.merge([other.thread_id], into=message.thread_id, by=ben, at=timezone.now())

        assert browser.get(f"/inbox/{other.thread_id}")["Location"] == f"/inbox/{message.thread_id}"
        browser.post(f"/inbox/{other.thread_id}/words", form | {"words": "Half a sent"})
        assert typed(page_of(browser, message)) == "Half a sent"
        browser.post(f"/inbox/{other.thread_id}/replies", form | {"words": "Sent whole"})
        assert Message.objects.get(kind="out").thread_id == message.thread_id

    @pytest.mark.parametrize("what", DONE_TO_A_THREAD)
    def test_what_is_done_to_a_merged_thread_is_done_to_the_one_it_became(self, signed_in, ben, chidi, what):
        message = writes(chidi, at=timezone.now() - timedelta(hours=1))
        other = writes(chidi, "And the lid?", at=timezone.now() - timedelta(minutes=20))
        conversations.merge([other.thread_id], into=message.thread_id, by=ben, at=timezone.now())

        assert signed_in(ben).post(f"/inbox/{other.thread_id}/{what}", DONE_TO_A_THREAD[what]).status_code in {200, 302}

    def test_a_message_can_be_split_off_and_put_back(self, signed_in, ben, chidi, message):
        later = writes(chidi, "Something else: do you have cups?", hint="", at=timezone.now())
        conversations.merge([later.thread_id], into=message.thread_id, by=ben, at=timezone.now())
        browser = signed_in(ben)
        assert f"/messages/{later.pk}/splitting" in page_of(browser, message)

        page = browser.post(f"/messages/{later.pk}/splitting", follow=True).content.decode()
        later.refresh_from_db()
        assert later.thread_id != message.thread_id
        assert "Take it back" in page

        undo = re.search(r'action="(/moves/[^/]+/undoing)"', page)
        browser.post(undo[1])
        later.refresh_from_db()
        assert later.thread_id == message.thread_id

    def test_a_blocked_sender_can_be_heard_again(self, signed_in, ben, chidi, message):
        browser = signed_in(ben)
        browser.post(f"/inbox/{message.thread_id}/blocking")
        assert Thread.objects.get(pk=message.thread_id).apart == "blocked"
        assert "Unblock the sender" in page_of(browser, message)

        browser.post(f"/inbox/{message.thread_id}/unblocking")

        assert Thread.objects.get(pk=message.thread_id).apart == ""


class TestConvention13TheMachineInTheComposer:
    """A draft is offered and goes into the composer; whose words they are is said in the thread."""

    def test_is_used_set_aside_or_left_alone(self, signed_in, ben, message):
        drafted(message, article())
        page = page_of(signed_in(ben), message)

        assert "Use and edit" in page
        assert "Set aside:" in page
        assert "Write your own" in page

    def test_signs_with_the_colleagues_own_signature(self, signed_in, ben, message):
        drafted(message, article())
        ben.signature = "Ben Sommer\nKiln and glaze"
        ben.save()
        browser = signed_in(ben)

        assert typed(page_of(browser, message, "?write=draft")).endswith(
            "Warm regards,\nBen Sommer\nKiln and glaze\nMy shop"
        )
        browser.post(
            f"/inbox/{message.thread_id}/replies",
            compose(browser, message, "draft"),
        )
        assert "Drafted by the machine, checked by Ben." in page_of(browser, message)


class TestConvention14TheMachineStops:
    """At the first word of a person the machine is silent, and says why it wrote nothing."""

    def test_at_the_first_answer_of_a_person(self, signed_in, ada, ben, message):
        drafted(message, article())
        send_reply(message.thread_id, words="Hello.", by=ada, at=timezone.now(), seen=message.thread.last_event)

        assert "Written by the machine" not in page_of(signed_in(ben), message)

    def test_in_a_thread_that_is_kept_out(self, signed_in, ben, message):
        conversations.set_apart(message.thread_id, why="spam", by=ben, at=timezone.now())
        page = page_of(signed_in(ben), message)

        assert "The machine is reading" not in page
        assert "kept out of the queue: Spam" in page


class TestAnAnswerWithCompany:
    def test_is_offered_to_everybody_who_was_in_the_mail(self, signed_in, ben):
        asked = comes(mail("Two of us ask.", cc="Emil <emil@post.example>"))

        page = page_of(signed_in(ben), asked, "?write=reply")

        assert "emil@post.example" in page.partition('name="cc" value="')[2].partition('"')[0]
        assert "To chidi.okafor@post.example" in page

    def test_goes_to_all_of_them_and_shows_it(self, signed_in, ben):
        asked = comes(mail("Two of us ask."))
        browser = signed_in(ben)
        form = compose(browser, asked) | {"words": "Both of you: yes."}

        browser.post(
            f"/inbox/{asked.thread_id}/replies",
            form | {"cc": "Emil <emil@post.example>, eva@post.example", "bcc": "boss@post.example"},
        )

        outgoing = Outgoing.objects.get()
        assert set(outgoing.also_to.splitlines()) == {"emil@post.example", "eva@post.example", "boss@post.example"}
        content = bytes(outgoing.content).decode()
        assert "Cc: emil@post.example, eva@post.example" in content
        assert "boss@post.example" not in content
        page = page_of(browser, asked)
        assert "Cc emil@post.example, eva@post.example" in page.partition('id="talk"')[2]

    def test_keeps_who_gets_it_with_the_words(self, signed_in, ben, message):
        browser = signed_in(ben)
        form = compose(browser, message) | {
            "words": "Hello both.",
            "cc": "emil@post.example, ev",
            "bcc": "boss@x.example",
        }
        browser.post(f"/inbox/{message.thread_id}/words", form, headers={"X-Kept-By": "courtesy.js"})

        page = page_of(signed_in(ben), message)

        assert typed(page) == "Hello both."
        assert boxes(page) == ("", "emil@post.example, ev", "boss@x.example")
        assert b"emil" not in bytes(sealed_addresses())

    def test_keeps_them_before_the_first_word_too(self, signed_in, ben, message):
        browser = signed_in(ben)
        browser.post(f"/inbox/{message.thread_id}/words", compose(browser, message) | {"cc": "emil@post.example"})

        page = page_of(browser, message)

        assert boxes(page)[1] == "emil@post.example"
        assert typed(page).strip() == "Warm regards,\nBen\nMy shop"

    def test_whom_one_took_off_stays_off(self, signed_in, ben):
        asked = comes(mail("Two of us ask.", cc="Emil <emil@post.example>"))
        browser = signed_in(ben)
        form = compose(browser, asked) | {"words": "Only you."}
        browser.post(f"/inbox/{asked.thread_id}/words", form | {"cc": ""})

        assert boxes(page_of(browser, asked)) == ("", "", "")

    def test_that_nobody_touched_goes_to_who_is_in_the_last_mail(self, signed_in, ben):
        asked = comes(mail("Two of us ask.", cc="Emil <emil@post.example>", mail_id="asked"))
        browser = signed_in(ben)
        page = page_of(browser, asked, "?write=reply")
        form = {name: hidden(page, name) for name in ("tab", "also_to", "cc", "bcc", "offered")} | {"words": "Both:"}
        as_sent = form["offered"].replace("\n", "\r\n")
        browser.post(f"/inbox/{asked.thread_id}/words", form | {"offered": as_sent})
        comes(mail("Eva too.", cc="eva@post.example", refers="<asked@post.example>"), at=timezone.now())

        assert "eva@post.example" in boxes(page_of(browser, asked))[1]

    def test_gets_it_back_when_the_answer_is_taken_back(self, signed_in, ben):
        asked = comes(mail("Two of us ask."))
        browser = signed_in(ben)
        form = compose(browser, asked) | {"words": "Yes.", "also_to": "eva@post.example", "cc": "emil@post.example"}
        browser.post(f"/inbox/{asked.thread_id}/replies", form | {"bcc": "boss@post.example"})
        sent = Message.objects.get(kind="out")

        page = browser.post(f"/decisions/{sent.decision_id}/taking-back", follow=True).content.decode()

        assert boxes(page) == ("eva@post.example", "emil@post.example", "boss@post.example")

    @pytest.mark.parametrize(("cc", "links"), [("", 1), ("emil@post.example", 0)])
    def test_carries_no_link_to_the_customers_own_page(self, signed_in, ben, monkeypatch, cc, links):
        public = dataclasses.replace(house.COURTESY, public_url="https://shop.example")
        monkeypatch.setattr(house, "COURTESY", public)
        asked = comes(mail("How do I wash an unglazed pot?"))
        drafted(asked, article())
        browser = signed_in(ben)
        form = compose(browser, asked, "draft") | {"cc": cc}

        browser.post(f"/inbox/{asked.thread_id}/replies", form)

        sent = mail_of(Message.objects.get(kind="out").decision_id)
        assert "a machine" in sent
        assert sent.count("https://shop.example/") == links

    @pytest.mark.parametrize(
        "cc", ["nobody", "a@b@c", "x" * 300 + "@post.example", "a@post.example\r\nBcc: evil@x.example"]
    )
    def test_to_what_is_no_address_is_shown_again_with_everything_typed(self, signed_in, ben, message, cc):
        browser = signed_in(ben)
        form = compose(browser, message) | {"words": "Hello both.", "cc": cc}

        response = browser.post(f"/inbox/{message.thread_id}/replies", form)

        if response.status_code == 422:
            assert "is no mail address" in response.content.decode()
            assert typed(response.content.decode()) == "Hello both."
        else:
            content = bytes(Outgoing.objects.get().content)
            assert b"\nBcc:" not in content


class TestFilesOfAnAnswer:
    def test_wait_with_the_words_and_can_be_taken_out(self, signed_in, ben, message):
        browser = signed_in(ben)
        form = compose(browser, message) | {"words": "Here is the plan."}
        file = SimpleUploadedFile("../../pl<an.pdf", b"%PDF-1.4 plan")
        browser.post(f"/inbox/{message.thread_id}/words", form | {"files": [file]})

        page = page_of(browser, message)
        assert typed(page) == "Here is the plan."
        waiting = Attachment.objects.get()
        assert "/" not in waiting.name
        assert "<" not in waiting.name

        browser.post(f"/inbox/{message.thread_id}/words", form | {"do": f"remove:{waiting.pk}"})
        assert not Attachment.objects.exists()
        assert typed(page_of(browser, message)) == "Here is the plan."

    def test_leave_with_the_answer(self, signed_in, ben, message):
        browser = signed_in(ben)
        form = compose(browser, message) | {
            "words": "The plan.",
            "files": [SimpleUploadedFile("plan.pdf", b"%PDF-1.4 x")],
        }

        browser.post(f"/inbox/{message.thread_id}/replies", form)

        assert b'filename="plan.pdf"' in bytes(Outgoing.objects.get().content)
        assert "plan.pdf" in page_of(browser, message).partition('id="talk"')[2]

    def test_are_seventeen_megabytes_together_and_it_says_so(self, signed_in, ben, message, settings):
        browser = signed_in(ben)
        form = compose(browser, message) | {"words": "All of it."}
        both = [SimpleUploadedFile(f"{n}.bin", bytes(9 * 1024 * 1024)) for n in range(2)]

        response = browser.post(f"/inbox/{message.thread_id}/replies", form | {"files": both})
        page = response.content.decode()

        assert response.status_code == 422
        assert "17 MB" in page
        assert typed(page) == "All of it."
        assert Attachment.objects.count() == 1
        assert not Outgoing.objects.exists()

    def test_go_with_the_words_that_are_set_aside(self, signed_in, ben, message):
        browser = signed_in(ben)
        form = compose(browser, message) | {"words": "No.", "files": [SimpleUploadedFile("a.txt", b"a")]}
        browser.post(f"/inbox/{message.thread_id}/words", form)

        browser.post(f"/inbox/{message.thread_id}/words", {"tab": form["tab"], "words": "No.", "forget": "1"})

        assert not Attachment.objects.exists()

    def test_of_words_nobody_sent_go_after_thirty_days(self, signed_in, ben, message):
        browser = signed_in(ben)
        form = compose(browser, message) | {"words": "Later.", "files": [SimpleUploadedFile("a.txt", b"a")]}
        browser.post(f"/inbox/{message.thread_id}/words", form)

        assert files.forget_old(at=timezone.now() + timedelta(days=29)) == 0
        assert files.forget_old(at=timezone.now() + timedelta(days=31)) == 1

    def test_empty_ones_are_not_kept(self, signed_in, ben, message):
        browser = signed_in(ben)
        form = compose(browser, message) | {"words": "Here.", "files": [SimpleUploadedFile("a.txt", b"")]}

        response = browser.post(f"/inbox/{message.thread_id}/words", form)

        assert not Attachment.objects.exists()
        assert response.status_code in {302, 422}


class TestNothingIsSentByMistake:
    def test_a_letter_of_only_its_closing_does_not_leave(self, signed_in, ben, message):
        browser = signed_in(ben)

        response = browser.post(f"/inbox/{message.thread_id}/replies", compose(browser, message))

        assert response.status_code == 422
        assert not Outgoing.objects.exists()
        assert not Composing.objects.exists()

    def test_a_bounce_says_what_came_back_and_what_to_do(self, signed_in, ben, message):
        send_reply(message.thread_id, words="Hello.", by=ben, at=timezone.now(), seen=message.thread.last_event)
        Outgoing.objects.update(state="sent", sent_at=timezone.now(), bounced_at=timezone.now(), bounce="5.1.1")

        page = page_of(signed_in(ben), message)

        assert "came back undelivered" in page
        assert "There is no such address." in page
        assert "Write again" in page

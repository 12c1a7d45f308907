"""The public pages, asked by the front door: what a customer sees, and what nobody sees who guesses."""

import re

import pytest
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone

from courtesy.conversations.actions import take_in
from courtesy.conversations.models import Message, Thread
from courtesy.desk import links, public
from courtesy.desk.lifecycle import actions, queries
from courtesy.post import public as post
from courtesy.post.models import Arrival
from courtesy.privacy import keys
from courtesy.privacy.models import LedgerRow
from tests.colleagues import PublicSocket
from tests.desk.street import NINE, QUESTION, SECOND, SOAP, TEN, WASH, article, drafted, writes

pytestmark = pytest.mark.django_db(databases="__all__")
MINE = "Bring it along, I will look at it."


@pytest.fixture
def visitor() -> Client:
    return PublicSocket(enforce_csrf_checks=True)


@pytest.fixture(autouse=True)
def no_haste(monkeypatch):
    monkeypatch.setattr(post, "QUICKEST", 0 * SECOND)


@pytest.fixture
def answered(ben, chidi):
    """Ben kept the first sentence of the draft, threw the second away, and added his own."""
    message = writes(chidi)
    draft = drafted(message, article())
    words = f"Hello Chidi,\n\n{WASH} {MINE}\n\nBen"
    return actions.send_reply(
        message.thread_id, words=words, by=ben, at=TEN, seen=message.thread.last_event, suggestion_id=draft.pk
    )


def token(decision) -> str:
    return links.token_of(decision.pk, decision.thread.reader_salt)


def form(visitor: Client, **fields: str) -> dict[str, str]:
    hidden = re.search(r'name="token" value="([^"]+)"', visitor.get("/").content.decode())
    return {"words": QUESTION, "address": "farah@elsewhere.example", "name": "", "token": hidden[1]} | fields


class TestTheContactForm:
    def test_keeps_the_message_and_shows_its_own_page(self, visitor):
        answer = visitor.post("/", form(visitor))

        kept = Arrival.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"/answer/{post.answer_token(kept.pk)}")
        page = visitor.get(answer["Location"]).content.decode()
        assert "Your message is here" in page

    def test_hands_on_what_was_ticked(self, visitor):
        visitor.post("/", form(visitor, person_only="on", outreach_yes="on"))
        take_in(arrival_id=Arrival.objects.get().pk, at=NINE)

        message = Message.objects.get()
        assert message.person_only
        assert message.person.permission_epoch == 1

    def test_ticks_nothing_for_anybody(self, visitor):
        assert " checked" not in visitor.get("/").content.decode()

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"words": ""}, "Nothing stands here yet."),
            ({"address": ""}, "We need an address to answer to."),
            ({"address": "farah@"}, "Nobody could be reached there."),
            ({"words": "x" * 20_001}, "This is longer than we can take"),
            ({"token": "forged"}, "This page was open for very long."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, visitor, wrong, said):
        answer = visitor.post("/", form(visitor, name="Farah <b>", **wrong))

        page = answer.content.decode()
        assert answer.status_code == 422
        assert said in page
        assert "Farah &lt;b&gt;" in page
        assert not Arrival.objects.exists()

    def test_the_repaired_form_is_taken(self, visitor):
        first = form(visitor, address="farah@")
        page = visitor.post("/", first).content.decode()
        hidden = re.search(r'name="token" value="([^"]+)"', page)[1]

        assert hidden == first["token"]
        visitor.post("/", first | {"address": "farah@elsewhere.example"})
        assert Arrival.objects.count() == 1

    def test_sent_twice_is_one_message(self, visitor):
        fields = form(visitor)
        visitor.post("/", fields)
        visitor.post("/", fields)

        assert Arrival.objects.count() == 1

    def test_what_fills_the_trap_is_kept_aside(self, visitor):
        visitor.post("/", form(visitor, trap="cheap watches"))

        assert Arrival.objects.get().state == Arrival.State.SET_ASIDE

    def test_keeps_the_words_of_whoever_comes_too_often(self, visitor):
        for n in range(6):
            visitor.post("/", form(visitor, words=f"{QUESTION} {n}"))
        answer = visitor.post("/", form(visitor, words="the seventh"))

        assert answer.status_code == 429
        assert "the seventh" in answer.content.decode()
        assert Arrival.objects.count() == 6

    def test_sets_no_cookie(self, visitor):
        visitor.post("/", form(visitor))

        assert not visitor.cookies

    def test_shows_titles_of_public_articles_only(self, visitor):
        article("How we pack", "In straw.")
        article("What we pay", "Little.", audience="internal")
        page = visitor.get("/").content.decode()

        assert "How we pack" in page
        assert "What we pay" not in page


class TestAPublicArticle:
    def test_is_shown(self, visitor):
        page = visitor.get(f"/articles/{article().slug}")

        assert page.status_code == 200
        assert WASH in page.content.decode()

    def test_an_internal_one_does_not_exist(self, visitor):
        assert visitor.get(f"/articles/{article(audience='internal').slug}").status_code == 404


class TestTheEvidencePage:
    def test_tells_who_wrote_and_who_decided(self, visitor, answered):
        page = visitor.get(f"/evidence/{token(answered)}").content.decode()

        assert "How we answered you, Chidi" in page
        assert "Ben read it, changed 1 of 2 sentences, and sent it." in page
        assert f'<span class="pencil">{WASH}</span>' in page
        assert MINE in page

    def test_never_shows_a_word_that_was_thrown_away(self, visitor, answered):
        assert SOAP not in visitor.get(f"/evidence/{token(answered)}").content.decode()

    def test_links_public_sources(self, visitor, answered):
        page = visitor.get(f"/evidence/{token(answered)}").content.decode()

        assert 'href="/articles/washing-unglazed-clay"' in page
        assert f"<blockquote>{WASH}</blockquote>" in page

    def test_hides_internal_ones(self, visitor, ben, chidi):
        message = writes(chidi)
        draft = drafted(message, article("Secret recipes of ours", f"{WASH} {SOAP}", audience="internal"))
        decision = actions.send_reply(
            message.thread_id, words=WASH, by=ben, at=TEN, seen=message.thread.last_event, suggestion_id=draft.pk
        )
        page = visitor.get(f"/evidence/{token(decision)}").content.decode()

        assert "An internal note of ours" in page
        assert "Secret" not in page
        assert "<blockquote>" not in page

    def test_of_a_second_answer_from_the_same_draft_tells_the_same_of_the_machine(self, visitor, answered, mia):
        seen = Thread.objects.get(pk=answered.thread_id).last_event
        second = actions.send_reply(answered.thread_id, words=f"{WASH} Mia", by=mia, at=TEN, seen=seen)
        page = visitor.get(f"/evidence/{token(second)}").content.decode()

        assert "Mia read it, changed 1 of 2 sentences, and sent it." in page
        assert f'<span class="pencil">{WASH}</span>' in page
        assert "The machine wrote a draft" in page

    def test_tells_what_the_machine_thought_and_not_what_a_person_said_instead(self, visitor, answered, ben):
        belief = actions.file_belief(
            message_id=answered.message_id, kind="topic", value="washing", reasons=[], score=0.9, model="test", at=NINE
        )
        assert "this is about washing" in visitor.get(f"/evidence/{token(answered)}").content.decode()
        actions.correct_belief(belief.pk, to="a difficult customer", by=ben, at=TEN)
        page = visitor.get(f"/evidence/{token(answered)}").content.decode()

        assert "a difficult customer" not in page
        assert "What the machine thought" not in page

    def test_of_a_hand_written_answer_says_nothing_about_a_machine(self, visitor, ben, chidi):
        message = writes(chidi)
        drafted(message, article())
        decision = actions.send_reply(message.thread_id, words=MINE, by=ben, at=TEN, seen=message.thread.last_event)
        page = visitor.get(f"/evidence/{token(decision)}").content.decode()

        assert "Ben wrote this answer." in page
        main = page[page.index("<main") : page.index('id="again"')]
        assert "machine" not in main
        assert SOAP not in main

    def test_shows_hostile_words_as_words(self, visitor, ben, chidi):
        chidi.name = "<script>alert(1)</script>"
        chidi.save()
        message = writes(chidi, "<img src=x onerror=alert(1)>")
        decision = actions.send_reply(
            message.thread_id,
            words="<script>alert(2)</script>",
            by=ben,
            at=TEN,
            seen=message.thread.last_event,
        )
        page = visitor.get(f"/evidence/{token(decision)}").content.decode()

        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(2)" in page

    def test_is_not_kept_not_found_and_names_nobody_on_the_way(self, visitor, answered):
        page = visitor.get(f"/evidence/{token(answered)}")

        assert page["Cache-Control"] == "no-store"
        assert page["Referrer-Policy"] == "no-referrer"
        assert "noindex" in page["X-Robots-Tag"]
        assert not visitor.cookies

    @pytest.mark.parametrize("wrong", ["", "1", "1.", "x.y", "1." + 43 * "a", 30 * "9" + "." + 43 * "a", "१.x"])
    def test_does_not_exist_for_a_guess(self, visitor, answered, wrong):
        assert visitor.get(f"/evidence/{wrong}").status_code == 404
        assert visitor.post(f"/evidence/{wrong}", {"words": "x"}).status_code == 404
        assert not Arrival.objects.filter(channel="look again").exists()

    def test_does_not_exist_for_the_signature_of_another_answer(self, visitor, answered, ben, farah):
        other = writes(farah)
        second = actions.send_reply(other.thread_id, words="Hi", by=ben, at=TEN, seen=other.thread.last_event)
        sign = token(answered).partition(".")[2]

        assert visitor.get(f"/evidence/{second.pk}.{sign}").status_code == 404
        assert visitor.get(f"/evidence/{token(second)}").status_code == 200

    def test_does_not_exist_for_a_signature_made_for_something_else(self, visitor, answered):
        elsewhere = Signer(sep=".", salt="courtesy.private-page").sign(str(answered.pk))

        assert visitor.get(f"/evidence/{elsewhere}").status_code == 404

    def test_with_signatures_unchecked_a_guess_would_open_it(self, visitor, answered, monkeypatch):
        monkeypatch.setattr(links, "check", lambda token, salt: None)

        assert visitor.get(f"/evidence/{answered.pk}.{'a' * 43}").status_code == 200

    def test_does_not_exist_any_more_once_the_thread_has_a_new_salt(self, visitor, answered):
        old = token(answered)
        Thread.objects.update(reader_salt="new")

        assert visitor.get(f"/evidence/{old}").status_code == 404

    def test_does_not_exist_for_an_answer_taken_back(self, visitor, answered, ben):
        actions.take_back(answered.pk, by=ben, at=TEN + SECOND)

        assert visitor.get(f"/evidence/{token(answered)}").status_code == 404

    def test_does_not_exist_for_a_dismissal(self, visitor, ben, chidi):
        message = writes(chidi)
        dismissal = actions.dismiss(drafted(message, article()).pk, why="out of date", by=ben, at=TEN)

        assert visitor.get(f"/evidence/{token(dismissal)}").status_code == 404

    def test_does_not_exist_for_somebody_erased(self, visitor, answered, chidi):
        keys.destroy(chidi.pk, at=TEN)

        assert visitor.get(f"/evidence/{token(answered)}").status_code == 404


class TestLookAgain:
    def ask(self, visitor, answered, words=""):
        return visitor.post(f"/evidence/{token(answered)}", {"words": words})

    def test_reopens_the_thread_without_a_draft(self, visitor, answered, ben):
        answer = self.ask(visitor, answered, "The stain is still there.")
        kept = Arrival.objects.get(channel="look again")
        take_in(arrival_id=kept.pk, at=timezone.now())

        message = Message.objects.get(arrival_id=kept.pk)
        thread = Thread.objects.get(pk=answered.thread_id)
        assert (message.thread_id, message.body) == (answered.thread_id, "The stain is still there.")
        assert (thread.state, message.person_only) == (Thread.State.OPEN, True)
        assert queries.draft_for(thread.pk, colleague=ben) is None
        assert answer["Location"] == f"/evidence/{token(answered)}/asked"
        assert visitor.get(answer["Location"]).status_code == 200

    def test_needs_no_words(self, visitor, answered):
        self.ask(visitor, answered)
        kept = Arrival.objects.get(channel="look again")
        take_in(arrival_id=kept.pk, at=timezone.now())

        assert Message.objects.get(arrival_id=kept.pk).body == "Please let a person look at this again."

    def test_asked_twice_in_the_same_words_is_one_wish(self, visitor, answered):
        self.ask(visitor, answered, "Again!")
        self.ask(visitor, answered, "Again!")

        assert Arrival.objects.filter(channel="look again").count() == 1
        assert LedgerRow.objects.filter(what="looked again").count() == 1

    def test_is_enough_after_five_a_day(self, visitor, answered):
        for n in range(public.OFTEN_ENOUGH):
            self.ask(visitor, answered, f"Again {n}!")
        answer = self.ask(visitor, answered, "Once more!")

        assert answer.status_code == 429
        assert "Once more!" in answer.content.decode()
        assert Arrival.objects.filter(channel="look again").count() == public.OFTEN_ENOUGH

    def test_refuses_a_very_long_text_and_keeps_it(self, visitor, answered):
        answer = self.ask(visitor, answered, "y" * 20_001)

        assert answer.status_code == 422
        assert "y" * 20_001 in answer.content.decode()


class TestTheCustomersOwnPage:
    def page(self, visitor, decision):
        return visitor.get(f"/answer/{post.answer_token(decision.message.arrival_id)}").content.decode()

    def test_shows_the_answer_with_the_line_about_the_machine(self, visitor, answered):
        page = self.page(visitor, answered)

        assert MINE in page
        assert "Drafted by our assistant, a machine; checked and changed by Ben" in page
        assert f'href="/evidence/{token(answered)}"' in page

    def test_of_a_hand_written_answer_has_no_such_line(self, visitor, ben, chidi):
        message = writes(chidi)
        decision = actions.send_reply(message.thread_id, words=MINE, by=ben, at=TEN, seen=message.thread.last_event)

        assert "machine" not in self.page(visitor, decision)

    def test_does_not_exist_for_a_guess(self, visitor, answered):
        for wrong in ("x", "0" * 32 + "." + "a" * 43, str(answered.message.arrival_id)):
            assert visitor.get(f"/answer/{wrong}").status_code == 404

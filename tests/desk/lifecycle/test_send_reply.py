"""An answer: one transaction, once, in a person's words, honest about the machine."""

import dataclasses

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from courtesy.conversations.actions import AlreadyAnswered, NothingWritten, remember_words
from courtesy.conversations.models import Composing, Message, Thread
from courtesy.conversations.queries import unsent_words
from courtesy.conversations.threading import hint_for
from courtesy.desk import effects
from courtesy.desk.lifecycle import actions, queries
from courtesy.desk.lifecycle.models import Decision, How, Outcome, Verb, Why
from courtesy.post.models import Outgoing
from courtesy.privacy.models import LedgerRow
from courtesy.staff import queries as staff
from courtesy.staff.models import Naming
from tests.desk.street import NINE, SECOND, SOAP, TEN, WASH, article, drafted, mail_of, writes

pytestmark = pytest.mark.django_db(databases="__all__")
MINE = "Hello Dora,\n\nhot water, and let it dry in the sun.\n\nBen"


@pytest.fixture
def message(dora):
    return writes(dora)


@pytest.fixture
def draft(message):
    return drafted(message, article())


@pytest.fixture
def on_the_web(monkeypatch):
    monkeypatch.setattr(settings, "COURTESY", dataclasses.replace(settings.COURTESY, public_url="https://shop.example"))


def seen(message: Message) -> int:
    return Thread.objects.get(pk=message.thread_id).last_event


def send(message, by, words=MINE, **more):
    more.setdefault("seen", seen(message))
    return actions.send_reply(message.thread_id, words=words, by=by, at=TEN, **more)


class TestSendReply:
    def test_writes_decision_reply_mail_outcome_and_ledger_row_together(self, ben, message):
        decision = send(message, ben)

        reply = Message.objects.get(decision_id=decision.pk)
        mail = Outgoing.objects.get(decision_id=decision.pk)
        assert (decision.verb, decision.message_id, decision.by) == (Verb.SEND, message.pk, ben)
        assert reply.body == MINE
        assert (mail.reply_message_id, mail.to) == (reply.pk, "dora.lindqvist@post.example")
        assert decision.outcome.seconds_to_answer == (TEN - NINE).total_seconds()
        assert LedgerRow.objects.get(what="sent").at == TEN

    def test_leaves_ten_seconds_for_second_thoughts(self, ben, message):
        decision = send(message, ben)

        assert Outgoing.objects.get(decision_id=decision.pk).not_before == TEN + 10 * SECOND

    @pytest.mark.parametrize("step", ["courtesy.desk.effects.post", "courtesy.privacy.ledger.append"])
    def test_leaves_nothing_behind_when_one_step_fails(self, ben, message, monkeypatch, step):
        def fails(*args, **kwargs):
            raise OSError("no space left")

        monkeypatch.setattr(step, fails)
        with pytest.raises(OSError, match="no space"):
            send(message, ben)

        assert not Decision.objects.exists()
        assert not Outgoing.objects.exists()
        assert not Outcome.objects.exists()
        assert not Message.objects.filter(kind="out").exists()

    def test_sends_the_words_of_the_person_not_the_machine(self, ben, message, draft):
        decision = send(message, ben, suggestion_id=draft.pk)

        assert WASH not in mail_of(decision.pk)
        assert mail_of(decision.pk).strip() == MINE

    def test_refuses_empty_words_and_changes_nothing(self, ben, message):
        with pytest.raises(NothingWritten):
            send(message, ben, words=" \n ")

        assert not Decision.objects.exists()

    def test_refuses_the_draft_of_another_thread(self, ben, message, farah):
        other = drafted(writes(farah), article("Opening hours", "We open at ten."))

        with pytest.raises(actions.NoSuchDraft):
            send(message, ben, suggestion_id=other.pk)

    def test_refuses_a_suggestion_without_words(self, ben, message):
        none = actions.file_suggestion(
            message_id=message.pk, words={}, reason="nothing_close", model="", at=NINE, took_ms=1
        )

        with pytest.raises(actions.NoSuchDraft):
            send(message, ben, suggestion_id=none.pk)

    def test_refuses_somebody_without_an_address(self, ben, message, dora):
        dora.handles.all().delete()

        with pytest.raises(effects.NobodyThere):
            send(message, ben)

        assert not Decision.objects.exists()

    def test_forgets_only_the_words_of_the_tab_they_were_typed_in(self, ben, message):
        remember_words(message.thread_id, by=ben, words="one", at=TEN, tab="a")
        remember_words(message.thread_id, by=ben, words="two", at=TEN, tab="b")

        send(message, ben, tab="a")

        assert [row.words for row in Composing.objects.all()] == ["two"]

    def test_subject_is_the_customers_once_re_on_one_line(self, message):
        thread = message.thread
        for subject, answer in [
            ("Pots\nBcc: x@evil.example", "Re: Pots Bcc: x@evil.example"),
            ("RE: Pots", "RE: Pots"),
        ]:
            thread.subject = subject
            assert effects.subject_for(thread) == answer
        thread.subject = ""
        assert effects.subject_for(thread) == "Re: your message to My shop"


class TestTwoColleaguesWithinASecond:
    def test_one_mail_leaves_and_the_other_keeps_their_words(self, ben, mia, message):
        before = seen(message)
        remember_words(message.thread_id, by=mia, words="Mia's words", at=TEN)
        send(message, ben, seen=before)

        with pytest.raises(AlreadyAnswered) as refusal:
            actions.send_reply(message.thread_id, words="Mia's words", by=mia, at=TEN + SECOND, seen=before)

        assert refusal.value.by == "Ben"
        assert Outgoing.objects.count() == 1
        assert unsent_words(message.thread_id, mia).words == "Mia's words"

    def test_without_the_hold_two_mails_would_leave(self, ben, mia, message, monkeypatch):
        before = seen(message)
        monkeypatch.setattr(
            "courtesy.conversations.actions.hold", lambda thread_id, unanswered_since: Thread.objects.get(pk=thread_id)
        )
        send(message, ben, seen=before)
        send(message, mia, seen=before)

        assert Outgoing.objects.count() == 2

    def test_the_same_form_sent_twice_is_one_answer(self, ben, message):
        before = seen(message)
        send(message, ben, seen=before)

        with pytest.raises(AlreadyAnswered):
            send(message, ben, seen=before)

    def test_a_second_answer_by_somebody_who_saw_the_first_is_welcome(self, ben, mia, message):
        send(message, ben)
        send(message, mia, words="And do come by!")

        assert Outgoing.objects.count() == 2

    def test_a_decision_lets_out_one_mail_whoever_asks(self, ben, message):
        decision = send(message, ben)
        reply = Message.objects.get(decision_id=decision.pk)

        with pytest.raises(IntegrityError), transaction.atomic():
            effects.post(reply, decision_id=decision.pk, by=ben, how="own words", at=TEN, not_before=TEN)


class TestWhoseWords:
    def test_as_drafted_says_machine_and_who_checked(self, ben, message, draft):
        card = queries.draft_for(message.thread_id, colleague=ben)
        decision = send(message, ben, words=card.text, suggestion_id=draft.pk)

        assert decision.outcome.how == How.AS_DRAFTED
        assert "Drafted by our assistant, a machine; checked by Ben." in mail_of(decision.pk)

    def test_edited_counts_the_sentences_that_stand(self, ben, message, draft):
        decision = send(message, ben, words=f"Hello Dora,\n\n{WASH} Let it dry for a day.", suggestion_id=draft.pk)

        outcome = decision.outcome
        assert (outcome.how, outcome.sentences, outcome.sentences_kept) == (How.EDITED, 2, 1)
        assert outcome.share_changed == 0.5
        assert "a machine; checked and changed by Ben." in mail_of(decision.pk)

    def test_own_words_say_nothing_about_a_machine(self, ben, message, draft):
        decision = send(message, ben)

        assert decision.outcome.how == How.OWN_WORDS
        assert decision.suggestion is None
        for word in ("machine", "assistant", "draft", "evidence"):
            assert word not in mail_of(decision.pk).lower()

    def test_a_sentence_taken_over_by_hand_is_still_the_machines(self, ben, message, draft):
        decision = send(message, ben, words=f"Hi! {WASH} Ben")

        assert (decision.outcome.how, decision.suggestion) == (How.EDITED, draft)
        assert "a machine" in mail_of(decision.pk)

    def test_a_draft_set_aside_and_then_taken_over_by_hand_is_still_the_machines(self, ben, message, draft):
        actions.dismiss(draft.pk, why="wrong", by=ben, at=TEN)
        decision = send(message, ben, words=f"Hi! {WASH} Ben")

        assert (decision.outcome.how, decision.suggestion) == (How.EDITED, draft)
        assert "a machine" in mail_of(decision.pk)

    def test_the_same_draft_sent_by_a_second_colleague_is_still_the_machines(self, ben, mia, message, draft):
        send(message, ben, words=WASH, suggestion_id=draft.pk)
        second = send(message, mia, words=f"{WASH} Mia")

        assert (second.outcome.how, second.suggestion) == (How.EDITED, None)
        assert "a machine; checked and changed by Mia" in mail_of(second.pk)

    def test_an_earlier_draft_of_the_thread_taken_over_by_hand_is_still_the_machines(self, ben, dora, message, draft):
        later = writes(dora, "And cacti?", hint=hint_for(message.thread))
        drafted(later, article("Cacti", "Cacti want a dry winter and little water."))
        decision = send(later, ben, words=f"{WASH} {SOAP}")

        assert (decision.outcome.how, decision.suggestion) == (How.AS_DRAFTED, draft)

    def test_of_the_chosen_draft_nothing_is_left_but_of_another(self, ben, dora, message, draft):
        later = writes(dora, "And cacti?", hint=hint_for(message.thread))
        other = drafted(later, article("Cacti", "Cacti want a dry winter and little water."))
        decision = send(later, ben, words=f"{WASH} {SOAP}", suggestion_id=other.pk)

        assert (decision.outcome.how, decision.suggestion) == (How.AS_DRAFTED, draft)

    def test_a_draft_thrown_away_whole_is_own_words(self, ben, message, draft):
        decision = send(message, ben, words="Please bring it along, we look at it together.", suggestion_id=draft.pk)

        assert decision.outcome.how == How.OWN_WORDS
        assert "machine" not in mail_of(decision.pk)

    def test_the_owner_chooses_how_colleagues_are_named(self, ben, message, draft):
        shop = staff.shop()
        shop.naming = Naming.TEAM
        shop.save()
        decision = send(
            message, ben, words=queries.draft_for(message.thread_id, colleague=ben).text, suggestion_id=draft.pk
        )

        assert "checked by the team." in mail_of(decision.pk)
        assert "Ben" not in mail_of(decision.pk)

    def test_links_the_evidence_page_where_there_is_a_public_address(self, ben, message, draft, on_the_web):
        decision = send(message, ben, words=f"{WASH} {SOAP}", suggestion_id=draft.pk)

        assert " · why? https://shop.example/evidence/" in mail_of(decision.pk)
        assert "Answer this mail" not in mail_of(decision.pk)

    def test_without_a_public_address_says_what_to_do_instead(self, ben, message, draft):
        decision = send(message, ben, words=f"{WASH} {SOAP}", suggestion_id=draft.pk)

        assert "Answer this mail and a person looks again." in mail_of(decision.pk)


class TestTakeBack:
    def test_the_mail_never_leaves_and_the_words_come_back(self, ben, message, draft):
        decision = send(message, ben, suggestion_id=draft.pk)
        actions.take_back(decision.pk, by=ben, at=TEN + 9 * SECOND)

        assert Outgoing.objects.get(decision_id=decision.pk).state == Outgoing.State.TAKEN_BACK
        assert unsent_words(message.thread_id, ben).words == MINE
        assert Thread.objects.get(pk=message.thread_id).state == Thread.State.OPEN
        assert LedgerRow.objects.filter(what="taken back").exists()

    def test_afterwards_the_draft_can_be_used_again(self, ben, mia, message, draft):
        first = send(message, ben, words=WASH, suggestion_id=draft.pk)
        actions.take_back(first.pk, by=ben, at=TEN + SECOND)
        second = send(message, mia, words=WASH, suggestion_id=draft.pk)

        assert draft.decisions.get(taken_back_at=None) == second
        assert queries.counts(NINE).all == 1

    @pytest.mark.parametrize("state", ["sending", "sent", "unsure", "refused"])
    def test_is_too_late_once_it_began_to_leave(self, ben, message, state):
        decision = send(message, ben)
        Outgoing.objects.update(state=state)

        with pytest.raises(actions.TooLate):
            actions.take_back(decision.pk, by=ben, at=TEN + SECOND)

        decision.refresh_from_db()
        assert decision.taken_back_at is None
        assert not queries.may_take_back(decision, TEN)

    def test_works_once(self, ben, message):
        decision = send(message, ben)
        actions.take_back(decision.pk, by=ben, at=TEN + SECOND)

        with pytest.raises(actions.TooLate):
            actions.take_back(decision.pk, by=ben, at=TEN + SECOND)

    def test_of_a_resolution_opens_the_thread(self, ben, message):
        decision = actions.resolve(message.thread_id, by=ben, at=TEN)
        assert Thread.objects.get(pk=message.thread_id).state == Thread.State.RESOLVED

        actions.take_back(decision.pk, by=ben, at=TEN + SECOND)
        assert Thread.objects.get(pk=message.thread_id).state == Thread.State.OPEN


class TestDismiss:
    def test_is_a_decision_with_a_reason(self, ben, message, draft):
        decision = actions.dismiss(draft.pk, why=Why.OLD, by=ben, at=TEN)

        assert (decision.verb, decision.why) == (Verb.DISMISS, "out of date")
        assert queries.draft_for(message.thread_id, colleague=ben).decided == decision

    def test_happens_once(self, ben, mia, draft):
        actions.dismiss(draft.pk, why=Why.OLD, by=ben, at=TEN)

        with pytest.raises(actions.AlreadyDecided):
            actions.dismiss(draft.pk, why=Why.WRONG, by=mia, at=TEN)

    def test_the_database_itself_says_once(self, ben, message, draft):
        facts = {"suggestion": draft, "message": message, "thread": message.thread, "by": ben, "at": TEN}
        Decision.objects.create(verb=Verb.DISMISS, **facts)

        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(verb=Verb.SEND, **facts)

    def test_refuses_an_unknown_reason(self, ben, draft):
        with pytest.raises(actions.NoSuchDraft):
            actions.dismiss(draft.pk, why="because", by=ben, at=TEN)

    def test_taken_back_the_draft_is_there_again(self, ben, message, draft):
        decision = actions.dismiss(draft.pk, why=Why.OLD, by=ben, at=TEN)
        actions.take_back(decision.pk, by=ben, at=TEN + SECOND)

        assert queries.draft_for(message.thread_id, colleague=ben).decided is None

    def test_whoever_uses_the_draft_after_all_overrules_it(self, ben, mia, message, draft):
        dismissal = actions.dismiss(draft.pk, why=Why.OLD, by=ben, at=TEN)
        sent = send(message, mia, words=WASH, suggestion_id=draft.pk)

        dismissal.refresh_from_db()
        assert dismissal.taken_back_at == TEN
        assert draft.decisions.get(taken_back_at=None) == sent
        with pytest.raises(actions.TooLate):
            actions.take_back(dismissal.pk, by=ben, at=TEN)


class TestOutcomes:
    def test_are_counted_by_whose_words_they_were(self, ben, message, draft, farah):
        send(message, ben, words=WASH, suggestion_id=draft.pk)
        send(writes(farah), ben)

        assert queries.counts(NINE) == queries.Counts(as_drafted=0, edited=1, own_words=1, came_back=0)

    def test_learn_that_the_customer_came_back(self, ben, message, dora):
        decision = send(message, ben)
        again = writes(dora, "That did not help.", at=TEN + 60 * SECOND)
        again.thread_id = message.thread_id
        again.save()

        assert actions.came_back(again.pk) == 1
        assert actions.came_back(again.pk) == 0
        decision.outcome.refresh_from_db()
        assert decision.outcome.came_back_at == again.at

    def test_do_not_take_the_first_message_for_coming_back(self, ben, message):
        send(message, ben)

        assert actions.came_back(message.pk) == 0

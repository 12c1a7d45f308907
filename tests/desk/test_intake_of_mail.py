"""Mail as the machine reads it: what is said, not what is quoted; nothing of machines; no facts for a forged sender."""

from datetime import timedelta

import pytest

from courtesy.consent.queries import Permission
from courtesy.conversations import actions as conversations
from courtesy.conversations.models import Message
from courtesy.desk import intake
from courtesy.desk.lifecycle import queries
from courtesy.desk.lifecycle.glimpse import drafts_in
from courtesy.desk.lifecycle.models import Suggestion
from courtesy.desk.order_facts import Fact
from courtesy.knowledge import index as shelf
from courtesy.records.models import Store
from tests.conversations.conftest import NOW
from tests.conversations.mails import DORA, EMIL, SHOP, came, mail, mailbox, sent
from tests.desk.orders import buys
from tests.desk.street import article

pytestmark = pytest.mark.django_db(databases="__all__")
LATER = NOW + timedelta(hours=1)
QUESTION = "How do I wash an unglazed pot?"


@pytest.fixture(autouse=True)
def shop(db, monkeypatch):
    """The shop's mailbox and what it knows; read by words alone."""
    monkeypatch.setattr(shelf, "_held", [])
    monkeypatch.setattr(shelf, "encoder", lambda: None)
    article("Washing an unglazed pot", "Wash an unglazed pot with hot water only. Never use soap on an unglazed pot.")
    return mailbox()


def consider(message: Message) -> Suggestion | None:
    intake.consider(message_id=message.pk, at=LATER)
    return Suggestion.objects.filter(message=message).first()


FACT = Fact(17, "20417", ("Your order 20417 has left us.",))


class TestFactsAboutACustomer:
    """They come in here, and must not where the sender may be somebody else."""

    def orders(self, message) -> list[Fact]:
        return [FACT]

    def test_may_be_said_to_whom_a_server_vouches_for(self):
        message = came(mail("a@x"))
        message.envelope.verified = "pass"
        message.envelope.save()

        assert intake.facts_about(message, (self.orders,)) == (FACT,)

    def test_are_not_even_asked_for_where_the_sender_may_be_forged(self):
        message = came(mail("a@x"))
        message.envelope.verified = "fail"
        message.envelope.save()

        def never(message):
            raise AssertionError("asked")

        assert intake.facts_about(message, (never,)) == ()

    def test_nor_for_what_follows_a_forged_mail_in_its_thread(self):
        forged = came(mail("a@x"))
        forged.envelope.verified = "fail"
        forged.envelope.save()
        second = came(mail("b@x", "Well?", refers=["a@x"]))

        assert intake.facts_about(second, (self.orders,)) == ()

    def test_are_a_draft_by_themselves_where_no_article_says_anything(self):
        thought = intake.think("Where is my order 20417?", facts=[FACT])

        assert thought.reason == ""
        assert [row["text"] for row in thought.words["sentences"]] == ["Your order 20417 has left us."]
        assert thought.words["sentences"][0]["order"] == 17


class TestALetterThatAsksForAnOrder:
    def asks(self, words="Where is my order 20418?", verified="pass"):
        message = came(mail("a@x", words))
        message.envelope.verified = verified
        message.envelope.save()
        store = Store.objects.create(name="Web shop", created_at=LATER)
        buys(message.person, store, "20418", parcel={"carrier": "Parcelwing", "tracking": "PW-77"})
        return consider(message)

    def test_is_drafted_from_the_senders_own_record(self):
        texts = [row["text"] for row in self.asks().words["sentences"]]

        assert texts[-1] == "Its parcel number with Parcelwing is PW-77."

    def test_is_not_where_the_sender_may_be_forged(self):
        assert "PW-77" not in str(self.asks(verified="fail").words)

    def test_is_not_told_anothers_order(self, dora):
        store = Store.objects.create(name="Web shop", created_at=LATER)
        buys(dora, store, "20418", parcel={"carrier": "Parcelwing", "tracking": "PW-77"})
        message = came(mail("a@x", "Where is my order 20418?", by="mallory@post.example"))

        assert "PW-77" not in str(consider(message).words)


class TestAMail:
    def test_is_read_without_what_it_quotes(self):
        quoted = "\n".join(f"> {line}" for line in (QUESTION, "and", QUESTION))
        message = came(mail("a@x", f"Thank you, that is all.\n\nOn Monday Ben wrote:\n{quoted}"))

        assert "unglazed" not in intake.said_in(message.body)
        assert "Thank you" in intake.said_in(message.body)

    def test_that_only_quotes_is_read_whole(self):
        assert intake.said_in(f"> {QUESTION}") == f"> {QUESTION}"

    def test_of_somebody_whom_the_machine_may_not_read_is_not_read_in_anybodys_thread(self, monkeypatch):
        came(mail("a@x", QUESTION, cc=EMIL))
        message = came(mail("b@x", QUESTION, by=EMIL, refers=["a@x"]))

        def permission(person, purpose, at):
            return Permission(person.pk != message.person_id, "consent", NOW, "said no")

        monkeypatch.setattr(intake, "permission", permission)
        suggestion = consider(message)

        assert message.person_id != message.thread.person_id
        assert suggestion
        assert suggestion.reason == "no_permission"

    def test_of_a_machine_is_not_read(self):
        message = came(mail("a@x", QUESTION, headers=[("Auto-Submitted", "auto-replied")]))

        assert consider(message) is None

    def test_is_read_when_a_colleague_brings_it_back(self, ben):
        message = came(mail("a@x", QUESTION, headers=[("List-Id", "<a.list.example>")]))
        conversations.bring_back(message.thread_id, by=ben, at=NOW)

        assert consider(Message.objects.get(pk=message.pk))

    def test_merged_while_it_was_read_keeps_its_draft(self, ben, monkeypatch):
        message, other = came(mail("a@x", QUESTION)), came(mail("b@x", "Hello"))
        think = intake.think

        def slow(body, **how):
            conversations.merge([message.thread_id], into=other.thread_id, by=ben, at=NOW)
            return think(body, **how)

        monkeypatch.setattr(intake, "think", slow)
        suggestion = consider(message)

        assert suggestion
        assert queries.draft_for(other.thread_id, colleague=ben) is None  # "Hello" came after it
        assert Message.objects.get(pk=message.pk).thread_id == other.thread_id


class TestAnAnswerWrittenElsewhere:
    def test_silences_the_card(self, ben):
        message = came(mail("a@x", QUESTION))
        consider(message)
        assert queries.draft_for(message.thread_id, colleague=ben)
        assert drafts_in([message.thread_id])
        sent(mail("p@x", "With hot water.", by=SHOP, to=DORA, refers=["a@x"], written_at=LATER), at=LATER)

        assert queries.draft_for(message.thread_id, colleague=ben) is None
        assert drafts_in([message.thread_id]) == {}

    def test_while_the_machine_thinks_leaves_no_draft(self, monkeypatch):
        message = came(mail("a@x", QUESTION))
        think = intake.think

        def slow(body, **how):
            sent(mail("p@x", "With hot water.", by=SHOP, to=DORA, refers=["a@x"], written_at=LATER), at=LATER)
            return think(body, **how)

        monkeypatch.setattr(intake, "think", slow)

        assert consider(message) is None

    def test_that_came_late_leaves_the_newer_question_its_card(self, ben):
        came(mail("a@x", "Hello"))
        newer = came(mail("b@x", QUESTION, refers=["a@x", "p@x"]), at=NOW + timedelta(hours=2))
        consider(newer)
        sent(mail("p@x", "Hello!", by=SHOP, to=DORA, refers=["a@x"], written_at=LATER), at=NOW + timedelta(hours=3))

        assert queries.draft_for(newer.thread_id, colleague=ben)

"""Mails find their thread: by what they refer to, where their sender has a part in it, then by a signed address."""

from datetime import timedelta
from uuid import uuid4

import pytest

from courtesy.conversations import actions, queries, threading
from courtesy.conversations.models import Event, Message, Thread
from courtesy.people import queries as people
from courtesy.post import replies
from courtesy.post.models import Arrival, Outgoing
from courtesy.privacy import keys
from tests.conversations.conftest import NOW
from tests.conversations.mails import DORA, EMIL, EVE, SHOP, came, comes, mail, mailbox

pytestmark = pytest.mark.django_db(databases="__all__")
LATER = NOW + timedelta(hours=1)
HOSTILE = ["<>", "<a b@x>", f"<{'a' * 5000}@x>", "<a@x> <b@x>", "%s@x", "<ä@x>", "<a@x\u202e>", "@", '<"a\\"@x>']
CHANGED = [lambda tag: tag[:-1] + ("1" if tag[-1] == "0" else "0"), lambda tag: f"t9{tag[1:]}", lambda tag: f"{tag}0"]


@pytest.fixture(autouse=True)
def shop(db):
    """The shop's mailbox."""
    return mailbox()


@pytest.fixture
def answered(answers, ben):
    """Answer as the desk does; the Message-ID of the mail, without brackets."""

    def _answered(message, words="On its way.", *, to=DORA, cc=()) -> str:
        reply = answers(Message.objects.select_related("thread").get(pk=message.pk), ben, words)
        outgoing = replies.post(
            replies.Authority(decision_id=reply.decision_id, by=uuid4(), at=NOW),
            message_id=reply.pk, to=to, subject="Re", body=words, references=[], key_id=keys.new(at=NOW),
            not_before=NOW, cc=cc,
        )  # fmt: skip
        return outgoing.message_id.strip("<>")

    return _answered


def events(thread: Thread) -> list[str]:
    return list(thread.events.order_by("id").values_list("kind", flat=True))


class TestAMail:
    def test_becomes_a_message_in_a_thread_of_its_sender(self, shop):
        message = came(mail("a@x", by=f"Dora Danner <{DORA}>", subject="Tea"), mailbox=shop)

        assert (message.body, message.kind, message.thread.subject) == ("Where is my tea?", "in", "Tea")
        assert people.find(DORA).name == "Dora Danner"
        assert (message.thread.arrived_by, message.thread.mailbox_id) == ("mail", shop.pk)
        assert message.envelope.sender == DORA
        assert message.envelope.to == SHOP

    def test_is_taken_in_once(self):
        message = came(mail("a@x"))
        actions.take_in(arrival_id=message.arrival_id, at=LATER)

        assert Message.objects.count() == 1

    def test_by_two_mailboxes_is_one_message(self, shop):
        other = mailbox("orders@fern.example")
        came(mail("a@x", to=f"{SHOP}, orders@fern.example"), mailbox=shop)
        copy = mail("a@x", to=f"{SHOP}, orders@fern.example", headers=[("Received", "from there by here")])

        assert comes(copy, mailbox=other) is None
        assert Message.objects.count() == 1
        assert not Arrival.objects.exclude(state=Arrival.State.TAKEN_IN).exists()

    def test_twice_in_one_mailbox_is_two_messages(self, shop):
        came(mail("a@x"), mailbox=shop)
        came(mail("a@x", headers=[("Received", "from there by here")]), mailbox=shop)

        assert Message.objects.count() == 2

    def test_with_a_name_that_was_used_for_other_words_is_another_mail(self):
        came(mail("a@x", "one"))
        came(mail("a@x", "two"))
        came(mail("a@x", "one", by=EVE))
        came(mail("a@x", "one", files=[("tea.txt", b"green")]))

        assert Message.objects.count() == 4

    def test_without_a_name_comes_in_every_time_it_differs(self):
        came(mail(body="one"))
        came(mail(body="one", written_at=LATER))

        assert Message.objects.count() == 2

    @pytest.mark.parametrize(
        "name",
        ["<>", "<a b@x>", "<" + "a" * 5000 + "@x>", "<a@x> <b@x>", "%s@x", "<ä@x>", "<a@x\u202e>", "@", '<"a\\"@x>'],
    )
    def test_with_a_hostile_name_comes_in(self, name):
        raw = mail("name@here").replace(b"<name@here>", name.encode())

        assert came(raw).body == "Where is my tea?"
        assert came(mail("b@x", "and?", refers=[name.strip("<>")]) if name.isascii() else mail("b@x", "and?"))


class TestAnAnswerOfTheCustomer:
    def test_to_our_mail_comes_into_its_thread(self, answered):
        first = came(mail("a@x"))
        ours = answered(first)
        second = came(mail("b@x", "Thanks!", refers=[ours]), at=LATER)

        assert second.thread_id == first.thread_id
        assert second.thread.state == Thread.State.OPEN

    def test_opens_a_resolved_thread_again(self, ben):
        first = came(mail("a@x"))
        actions.resolve(first.thread_id, by=ben, at=NOW)
        second = came(mail("b@x", "One more thing", refers=["a@x"]), at=LATER)

        assert second.thread_id == first.thread_id
        assert second.thread.state == Thread.State.OPEN
        assert second.events.get().facts["reopened"]

    def test_wakes_a_snoozed_thread(self, ben):
        first = came(mail("a@x"))
        actions.snooze(first.thread_id, until=NOW + timedelta(days=3), by=ben, at=NOW)
        second = came(mail("b@x", "Hello?", refers=["a@x"]), at=LATER)

        assert (second.thread.state, second.thread.snoozed_until) == (Thread.State.OPEN, None)

    def test_to_a_form_message_finds_it_by_our_mail(self, writes, answered):
        message = writes(address=DORA)
        second = came(mail("b@x", "Thanks!", refers=[answered(message)]), at=LATER)

        assert second.thread_id == message.thread_id

    def test_is_never_found_by_its_subject(self, answered):
        first = came(mail("a@x", subject="Tea"))
        answered(first)
        second = came(mail("b@x", "And the cups?", subject="Re: Tea"))

        assert second.thread_id != first.thread_id

    def test_that_came_before_its_question_is_joined_by_it(self):
        second = came(mail("b@x", "PS", refers=["a@x"]))
        first = came(mail("a@x"))

        assert first.thread_id == second.thread_id

    def test_binds_threads_that_show_to_be_one(self):
        first, third = came(mail("a@x", "1")), came(mail("c@x", "3", refers=["b@x"]))
        assert first.thread_id != third.thread_id
        second = came(mail("b@x", "2", refers=["a@x"]))

        assert Message.objects.values("thread").distinct().count() == 1
        assert second.thread_id == first.thread_id
        assert Thread.objects.get(pk=third.thread_id).merged_into_id == first.thread_id

    def test_leaves_apart_what_a_colleague_set_apart(self, ben):
        came(mail("a@x", "1"))
        second = came(mail("b@x", "2", refers=["a@x"]))
        split = actions.split(second.pk, by=ben, at=NOW)
        third = came(mail("c@x", "3", refers=["a@x", "b@x"]))

        assert third.thread_id == split.pk
        assert Thread.objects.filter(merged_into=None).count() == 2


class TestAStranger:
    def test_who_knows_a_name_opens_a_thread_that_says_so(self, answered):
        first = came(mail("a@x"))
        ours = answered(first)
        message = came(mail("e@x", "Send it to me instead", by=EVE, refers=["a@x", ours]))

        assert message.thread_id != first.thread_id
        assert message.thread.person_id != first.thread.person_id
        assert message.events.get().facts["stranger_to"] == first.thread_id

    def test_does_not_get_in_by_naming_the_customer_as_a_reader(self, answered):
        first = came(mail("a@x"))
        message = came(mail("e@x", "Me too", by=EVE, cc=DORA, refers=["a@x", answered(first)]))

        assert message.thread_id != first.thread_id

    def test_cannot_take_the_name_of_a_mail_that_is_waited_for(self):
        second = came(mail("b@x", "PS", refers=["a@x"]))
        forged = came(mail("a@x", "It was me", by=EVE))

        assert forged.thread_id != second.thread_id

    def test_whom_the_customer_named_has_a_part_in_it(self):
        first = came(mail("a@x", cc=EMIL))
        message = came(mail("b@x", "I am waiting too", by=EMIL, refers=["a@x"]))

        assert message.thread_id == first.thread_id
        assert message.events.get().facts["newcomer"]

    def test_whom_we_named_has_a_part_in_it(self, answered):
        first = came(mail("a@x"))
        ours = answered(first, cc=[EMIL])

        assert came(mail("b@x", "Thanks", by=EMIL, refers=[ours])).thread_id == first.thread_id


class TestASignedAddress:
    def test_leads_back_where_a_program_forgets_what_it_answers(self):
        first = came(mail("a@x"))
        tag = threading.reply_tag(first.thread)
        second = came(mail("b@x", "Thanks", by="dora@home.example", to=f"Shop <shop+{tag}@fern.example>"))

        assert second.thread_id == first.thread_id

    def test_is_small_letters_and_digits_and_survives_a_shouting_program(self):
        first = came(mail("a@x"))
        tag = threading.reply_tag(first.thread)

        assert tag.isalnum()
        assert tag == tag.lower()
        assert came(mail("b@x", "Thanks", to=f"SHOP+{tag.upper()}@FERN.EXAMPLE")).thread_id == first.thread_id

    @pytest.mark.parametrize(
        "change", [lambda t: t[:-1] + "0g"[t[-1] == "0"], lambda t: "t9" + t[1:], lambda t: t + "0"]
    )
    def test_is_worth_nothing_when_changed(self, change):
        first = came(mail("a@x"))
        forged = change(threading.reply_tag(first.thread))

        assert came(mail("b@x", "Thanks", to=f"shop+{forged}@fern.example")).thread_id != first.thread_id

    def test_of_a_merged_thread_leads_to_where_it_went(self, ben):
        first, second = came(mail("a@x", "1")), came(mail("b@x", "2"))
        tag = threading.reply_tag(first.thread)
        actions.merge([first.thread_id], into=second.thread_id, by=ben, at=NOW)

        assert came(mail("c@x", "3", to=f"shop+{tag}@fern.example")).thread_id == second.thread_id

    def test_counts_less_than_what_the_mail_refers_to(self):
        first, second = came(mail("a@x", "1")), came(mail("b@x", "2"))
        tag = threading.reply_tag(first.thread)

        assert came(mail("c@x", "3", to=f"shop+{tag}@fern.example", refers=["b@x"])).thread_id == second.thread_id


class TestAForwardedMail:
    FORWARDED = f"""See below

---------- Forwarded message ---------
From: Dora Danner <{DORA}>
Date: Tue, 24 Nov 2026
Subject: Tea
To: Ben <ben@home.example>

Where is my tea?
"""

    @pytest.fixture
    def ben_at_home(self, ben):
        ben.address = "ben@home.example"
        ben.save(update_fields=["address"])
        return ben

    def test_belongs_to_whom_a_colleague_passes_on(self, ben_at_home):
        message = came(mail("f@x", self.FORWARDED, by="ben@home.example", subject="Fwd: Tea"))
        if message.person != people.find(DORA):
            pytest.skip("the reader of mail does not know forwarded mail yet")

        assert message.envelope.verified == "none"
        assert "forwarded" in message.envelope.marks
        assert queries.reply_recipients(message.thread).to == (DORA,)
        assert message.events.get().facts["forwarded"]

    def test_by_somebody_else_is_theirs(self):
        message = came(mail("f@x", self.FORWARDED, by=EVE, subject="Fwd: Tea"))

        assert message.person == people.find(EVE)


class TestARecipient:
    def test_is_whoever_wrote_last_with_all_they_wrote_to(self):
        message = came(mail("a@x", to=f"{SHOP}, orders@fern.example", cc=f"{EMIL}, {DORA}"))

        assert queries.reply_recipients(message.thread) == queries.Recipients((DORA,), ("orders@fern.example", EMIL))

    def test_is_never_ourselves(self):
        mailbox("orders@fern.example")
        message = came(mail("a@x", to=f"Shop+x@fern.example, ORDERS@fern.example, {EMIL}"))

        assert queries.reply_recipients(message.thread) == queries.Recipients((DORA,), (EMIL,))

    def test_of_a_form_message_is_its_writer(self, writes):
        assert queries.reply_recipients(writes(address=DORA).thread) == queries.Recipients((DORA,), ())

    def test_is_where_answers_are_wanted(self):
        message = came(mail("a@x", headers=[("Reply-To", "dora@work.example")]))

        assert queries.reply_recipients(message.thread).to == ("dora@work.example",)

    def test_is_not_where_answers_are_wanted_when_the_sender_may_be_forged(self):
        message = came(mail("a@x", headers=[("Reply-To", EVE)]))
        message.envelope.verified = "fail"
        message.envelope.save()

        assert queries.reply_recipients(message.thread).to == (DORA,)


class TestReferences:
    def test_of_the_next_mail_are_theirs_and_ours(self, answered):
        first = came(mail("a@x"))
        ours = answered(first)
        came(mail("b@x", "Thanks", refers=[ours]), at=NOW + timedelta(hours=2))

        assert queries.references(first.thread) == ["<a@x>", f"<{ours}>", "<b@x>"]
        assert Outgoing.objects.get().message_id == f"<{ours}>"


class TestEvents:
    def test_tell_that_it_came(self):
        message = came(mail("a@x"))

        assert events(message.thread) == [Event.Kind.ARRIVED]
        assert message.events.get().facts == {"by": "mail", "reopened": False}

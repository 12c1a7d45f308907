"""What machines, lists and blocked people write is kept, and kept out of the queue."""

from datetime import timedelta
from uuid import uuid4

import pytest

from courtesy.conversations import actions, queries
from courtesy.conversations.models import Event, Message, Thread
from courtesy.jobs.models import Job
from courtesy.people import queries as people
from courtesy.post import replies
from courtesy.post.models import Outgoing
from courtesy.privacy import keys
from tests.conversations.conftest import NOW
from tests.conversations.mails import DORA, EMIL, EVE, SHOP, came, in_the_queue, mail, mailbox, sent

pytestmark = pytest.mark.django_db(databases="__all__")
LATER = NOW + timedelta(hours=1)
AWAY = [("Auto-Submitted", "auto-replied")]
LIST = [("List-Id", "<news.list.example>"), ("List-Unsubscribe", "<mailto:off@list.example>")]
SPAM = [("X-Spam-Flag", "YES")]


@pytest.fixture(autouse=True)
def shop(db):
    """The shop's mailbox."""
    return mailbox()


def announced() -> int:
    return Job.objects.filter(name="message-stored").count()


def bounce_of(mail_id: str, *, status: str = "5.1.1", action: str = "failed") -> bytes:
    return (
        f"From: Mail Delivery System <MAILER-DAEMON@mx.example>\r\nTo: {SHOP}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\n"
        f"Message-ID: <bounce-{status}-{uuid4()}@mx.example>\r\nDate: Tue, 24 Nov 2026 12:00:00 +0000\r\n"
        "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; {DORA}\r\nAction: {action}\r\n"
        f"Status: {status}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{mail_id}>\r\nTo: {DORA}\r\nSubject: Re\r\n\r\n"
        "--b--\r\n"
    ).encode()


@pytest.fixture
def answered(answers, ben):
    """Answer as the desk does; the mail as it waits to leave."""

    def _answered(message) -> Outgoing:
        reply = answers(Message.objects.select_related("thread").get(pk=message.pk), ben)
        return replies.post(
            replies.Authority(decision_id=reply.decision_id, by=uuid4(), at=NOW),
            message_id=reply.pk, to=DORA, subject="Re", body="x", references=[], key_id=keys.new(at=NOW),
            not_before=NOW,
        )  # fmt: skip

    return _answered


def follow(outgoing: Outgoing) -> None:
    """As the worker does when it hears "outgoing-changed"."""
    for job in Job.objects.filter(name="outgoing-changed"):
        actions.follow_outgoing(**job.ids, at=LATER)


class TestMailOfMachines:
    @pytest.mark.parametrize(
        ("how", "apart"),
        [
            ({"headers": AWAY}, "automatic"),
            ({"headers": LIST}, "list"),
            ({"by": "no-reply@bank.example"}, "no-reply"),
            ({"headers": SPAM}, "spam"),
        ],
    )  # fmt: skip
    def test_is_kept_out_of_the_queue_and_asks_for_nothing(self, how, apart, ben):
        message = came(mail("m@x", **how))

        assert message.thread.apart == apart
        assert announced() == 0
        assert in_the_queue() == []
        assert queries.how_many_wait(ben) == 0
        assert not queries.may_acknowledge(message, NOW)

    def test_comes_back_when_a_colleague_says_so(self, ben):
        message = came(mail("m@x", headers=LIST))
        actions.bring_back(message.thread_id, by=ben, at=LATER)

        assert in_the_queue() == [message.thread_id]
        assert announced() > 0

    def test_comes_back_when_a_person_writes_in_it(self):
        message = came(mail("m@x", headers=AWAY))
        came(mail("n@x", "I am back!", refers=["m@x"]))

        assert in_the_queue() == [message.thread_id]
        kinds = list(message.thread.events.order_by("id").values_list("kind", flat=True))
        assert kinds == [Event.Kind.ARRIVED, Event.Kind.BROUGHT_BACK, Event.Kind.ARRIVED]

    def test_stays_where_it_is_while_the_same_spam_goes_on(self):
        came(mail("m@x", headers=SPAM))
        came(mail("n@x", "Buy now", refers=["m@x"]))

        assert in_the_queue() == []

    def test_of_somebody_in_the_conversation_is_no_list_and_no_spam(self):
        first = came(mail("a@x"))
        second = came(mail("b@x", "Through our company's list", refers=["a@x"], headers=LIST + SPAM))

        assert second.thread_id == first.thread_id
        assert in_the_queue() == [first.thread_id]


class TestAnAutomaticAnswerInAThread:
    def test_is_kept_small_and_opens_nothing_again(self, ben, answered):
        first = came(mail("a@x"))
        ours = answered(first).message_id.strip("<>")
        actions.resolve(first.thread_id, by=ben, at=LATER)
        before, told = Thread.objects.get(pk=first.thread_id), announced()
        away = came(mail("o@x", "I am away", refers=["a@x", ours], headers=AWAY), at=LATER)

        assert away.thread_id == first.thread_id
        assert away.automatic
        assert away.thread.state == Thread.State.RESOLVED
        assert away.thread.last_message_at == before.last_message_at
        assert announced() == told

    def test_is_not_the_customers_last_word(self, answered):
        first = came(mail("a@x", cc=EMIL))
        came(mail("o@x", "I am away", by=EMIL, refers=["a@x"], headers=AWAY), at=LATER)

        assert queries.thread_story(first.thread).last_message_in == first.pk
        assert queries.reply_recipients(first.thread).to == (DORA,)


class TestABlockedPerson:
    @pytest.fixture
    def dora_is_blocked(self, ben):
        first = came(mail("a@x"))
        actions.block(people.find(DORA), by=ben, at=NOW)
        return first

    def test_and_all_their_threads_are_out_of_the_queue(self, dora_is_blocked):
        again, new = came(mail("b@x", "Hello?", refers=["a@x"])), came(mail("c@x", "Hello!"))

        assert again.thread_id == dora_is_blocked.thread_id
        assert new.thread.apart == again.thread.apart == "blocked"
        assert in_the_queue() == []
        assert not queries.may_acknowledge(new, NOW)

    def test_does_not_write_into_the_threads_of_others(self, dora_is_blocked):
        other = came(mail("e@x", by=EMIL, cc=DORA))
        message = came(mail("f@x", "Me too", refers=["e@x"]))

        assert message.thread_id != other.thread_id
        assert in_the_queue() == [other.thread_id]

    def test_is_heard_again_when_unblocked(self, dora_is_blocked, ben):
        actions.unblock(people.find(DORA), by=ben, at=LATER)

        assert in_the_queue() == [dora_is_blocked.thread_id]
        assert came(mail("c@x", "Hello!")).thread.apart == ""

    def test_by_form_is_blocked_too(self, dora_is_blocked, writes):
        message = writes("And by the form", address=DORA)

        assert message.thread.apart == "blocked"
        assert not Job.objects.filter(name="message-stored", ids={"message_id": message.pk}).exists()


class TestABounce:
    def test_is_told_in_the_thread_of_the_answer_that_came_back(self, answered):
        first = came(mail("a@x"))
        outgoing = answered(first)
        bounce = came(bounce_of(outgoing.message_id.strip("<>")), at=LATER)
        follow(outgoing)

        thread = Thread.objects.get(pk=first.thread_id)
        (event,) = thread.events.filter(kind=Event.Kind.BOUNCED)
        assert (event.message_id, event.facts["status"]) == (outgoing.reply_message_id, "5.1.1")
        assert thread.state == Thread.State.OPEN
        assert bounce.thread.apart == "bounce"
        assert in_the_queue() == [first.thread_id]

    def test_twice_is_told_once(self, answered):
        first = came(mail("a@x"))
        outgoing = answered(first)
        for _ in range(2):
            came(bounce_of(outgoing.message_id.strip("<>")), at=LATER)
            follow(outgoing)

        assert first.thread.events.filter(kind=Event.Kind.BOUNCED).count() == 1

    def test_that_is_not_final_opens_nothing(self, answered):
        first = came(mail("a@x"))
        outgoing = answered(first)
        came(bounce_of(outgoing.message_id.strip("<>"), status="4.4.1", action="delayed"), at=LATER)
        follow(outgoing)

        assert Thread.objects.get(pk=first.thread_id).state == Thread.State.WAITING
        assert not first.thread.events.filter(kind=Event.Kind.BOUNCED).exists()

    def test_of_an_answer_written_elsewhere_is_told_too(self):
        first = came(mail("a@x"))
        sent(mail("p@x", "On its way", by=SHOP, to=DORA, refers=["a@x"]))
        came(bounce_of("p@x"), at=LATER)

        assert first.thread.events.filter(kind=Event.Kind.BOUNCED).count() == 1
        assert Thread.objects.get(pk=first.thread_id).state == Thread.State.OPEN

    def test_of_nothing_of_ours_is_kept_and_tells_nobody(self):
        first = came(mail("a@x"))
        came(bounce_of("a@x"))

        assert Event.objects.filter(kind=Event.Kind.BOUNCED).count() == 0
        assert in_the_queue() == [first.thread_id]


class TestAnAutomaticAcknowledgment:
    def told(self, message: Message, at=NOW) -> None:
        actions.tell(message.thread_id, Event.Kind.ACKNOWLEDGED, at=at, message=message)

    def test_is_said_once_a_thread_and_day(self):
        message = came(mail("a@x"))
        assert queries.may_acknowledge(message, NOW)
        self.told(message)
        again = came(mail("b@x", "Hello?", refers=["a@x"]))

        assert not queries.may_acknowledge(again, LATER)
        next_week = came(mail("c@x", "Hello??", refers=["a@x"]), at=NOW + timedelta(days=7))
        assert queries.may_acknowledge(next_week, NOW + timedelta(days=7))

    def test_does_not_go_on_for_ever_between_two_machines(self):
        """A machine that does not say it is one, and answers each of our mails with a new one of its own."""
        said = 0
        for number in range(20):
            message = came(mail(f"{number}@x", f"Ticket {number} was opened", by=EVE))
            if queries.may_acknowledge(message, NOW):
                said += 1
                self.told(message)

        assert said == 3

    def test_never_reaches_somebody_whose_address_was_forged(self):
        message = came(mail("a@x"))
        message.envelope.verified = "fail"
        message.envelope.save()

        assert not queries.may_acknowledge(message, NOW)
        assert not queries.sender_is_verified(message)

    def test_is_not_said_of_what_came_days_ago(self):
        message = came(mail("a@x"), at=NOW - timedelta(days=2))

        assert not queries.may_acknowledge(message, NOW)

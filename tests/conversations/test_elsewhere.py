"""An answer written on a phone appears here as that person's answer, and whatever was being prepared falls silent."""

from datetime import timedelta
from uuid import uuid4

import pytest

from courtesy.conversations import actions, queries
from courtesy.conversations.models import Event, Message, Thread
from courtesy.jobs.models import Job
from courtesy.people import queries as people
from courtesy.post import replies
from courtesy.post.models import Arrival
from courtesy.privacy import keys
from tests.conversations.conftest import NOW
from tests.conversations.mails import DORA, EMIL, EVE, SHOP, came, comes, mail, mailbox, sent

pytestmark = pytest.mark.django_db(databases="__all__")
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def shop(db):
    """The shop's mailbox."""
    return mailbox()


def by_phone(mail_id: str = "p@x", body: str = "On its way.", *, to: str = DORA, refers=("a@x",), **more) -> bytes:
    return mail(mail_id, body, **{"by": SHOP, "to": to, "refers": refers, "written_at": LATER} | more)


class TestAnAnswerWrittenElsewhere:
    def test_is_an_answer_in_the_thread(self):
        first = came(mail("a@x"))
        message = sent(by_phone(), at=LATER)

        assert message
        assert (message.thread_id, message.kind, message.colleague) == (first.thread_id, "out", None)
        assert message.thread.state == Thread.State.WAITING
        assert message.events.get().kind == Event.Kind.ELSEWHERE
        assert message.at == LATER

    def test_is_announced_once_so_that_its_promises_are_found(self):
        came(mail("a@x"))
        message = sent(by_phone(), at=LATER)
        assert message
        assert [job.ids for job in Job.objects.filter(name="answered-elsewhere")] == [{"message_id": message.pk}]

    def test_is_that_colleagues_whose_address_it_came_from(self, ben):
        ben.address = "Ben@Home.example"
        ben.save(update_fields=["address"])
        came(mail("a@x"))
        message = sent(by_phone(by="ben@home.example"), at=LATER)

        assert message
        assert message.colleague == ben
        assert message.thread.assignee == ben
        assert message.events.get().by == ben

    def test_stops_a_colleague_who_is_about_to_answer(self):
        first = came(mail("a@x"))
        seen = first.thread.last_event
        sent(by_phone(), at=LATER)

        with pytest.raises(actions.AlreadyAnswered):
            actions.hold(first.thread_id, unanswered_since=seen)

    def test_that_left_from_here_is_known_already(self, ben, answers):
        first = came(mail("a@x"))
        reply = answers(first, ben)
        outgoing = replies.post(
            replies.Authority(decision_id=reply.decision_id, by=uuid4(), at=NOW),
            message_id=reply.pk, to=DORA, subject="Re", body="x", references=[], key_id=keys.new(at=NOW),
            not_before=NOW,
        )  # fmt: skip

        assert sent(by_phone(outgoing.message_id.strip("<>")), at=LATER) is None
        assert Message.objects.count() == 2
        assert not Arrival.objects.exclude(state=Arrival.State.TAKEN_IN).exists()

    def test_in_two_folders_is_one(self):
        came(mail("a@x"))
        sent(by_phone(), at=LATER)

        assert sent(by_phone(headers=[("X-Folder", "2")]), at=LATER) is None

    def test_that_comes_after_its_answer_leaves_the_customer_waiting(self):
        first = came(mail("a@x"))
        again = came(mail("b@x", "Not yet here!", refers=["a@x", "p@x"]), at=LATER + timedelta(hours=1))
        message = sent(by_phone(), at=LATER + timedelta(hours=2))

        assert message
        assert message.thread_id == first.thread_id == again.thread_id
        assert message.thread.state == Thread.State.OPEN
        told = [item.id for item in queries.thread_story(message.thread).items if item.what == "message"]
        assert told == [first.pk, message.pk, again.pk]

    def test_written_before_its_question_was_fetched_still_answers_it(self):
        first = came(mail("a@x"), at=LATER + timedelta(minutes=20))
        message = sent(by_phone(written_at=LATER), at=LATER + timedelta(minutes=21))

        assert message
        assert message.thread.state == Thread.State.WAITING
        assert message.at >= first.at

    @pytest.mark.parametrize("clock", [NOW - timedelta(days=9000), NOW + timedelta(days=9000)])
    def test_by_a_phone_with_a_wild_clock_is_of_when_it_was_found(self, clock):
        came(mail("a@x"))
        message = sent(by_phone(written_at=clock), at=LATER)

        assert message
        assert message.at == LATER

    def test_goes_to_those_it_was_written_to(self):
        came(mail("a@x"))
        message = sent(by_phone(to=f"{DORA}, {EMIL}"), at=LATER)

        assert message
        assert message.envelope.to == f"{DORA}\n{EMIL}"
        assert came(mail("b@x", "Thanks", by=EMIL, refers=["p@x"])).thread_id == message.thread_id

    def test_by_a_machine_in_our_name_answers_nobody(self):
        first = came(mail("a@x"))
        message = sent(by_phone(body="We are away", headers=[("Auto-Submitted", "auto-replied")]), at=LATER)
        if message and not message.automatic:
            pytest.skip("the reader of mail does not know automatic mail yet")

        assert actions.hold(first.thread_id, unanswered_since=first.thread.last_event).state == Thread.State.OPEN


class TestAMailToSomebodyNew:
    def test_opens_a_thread_that_waits_for_them(self, shop):
        message = sent(by_phone("n@x", "Your pot is ready", to=f"Emil <{EMIL}>", refers=()), at=NOW, mailbox=shop)

        assert message
        assert message.thread.state == Thread.State.WAITING
        assert message.thread.person == people.find(EMIL)
        assert message.thread.arrived_by == "sent mail"
        assert people.names([message.thread.person_id]) == {message.thread.person_id: "Emil"}
        assert queries.reply_recipients(message.thread).to == (EMIL,)

    def test_is_answered_into_that_thread(self):
        message = sent(by_phone("n@x", "Your pot is ready", to=EMIL, refers=()), at=NOW)
        answer = came(mail("o@x", "I come on Friday", by=EMIL, refers=["n@x"]))

        assert message
        assert answer.thread_id == message.thread_id
        assert answer.thread.state == Thread.State.OPEN

    def test_among_ourselves_is_no_conversation(self):
        mailbox("orders@fern.example")

        assert sent(by_phone("n@x", to="orders@fern.example", refers=()), at=NOW) is None
        assert not Thread.objects.exists()


class TestACopyInTheInbox:
    def test_of_what_left_from_here_is_no_message(self, ben, answers):
        first = came(mail("a@x"))
        reply = answers(first, ben)
        outgoing = replies.post(
            replies.Authority(decision_id=reply.decision_id, by=uuid4(), at=NOW),
            message_id=reply.pk, to=DORA, subject="Re", body="x", references=[], key_id=keys.new(at=NOW),
            not_before=NOW,
        )  # fmt: skip

        assert comes(by_phone(outgoing.message_id.strip("<>")), at=LATER) is None

    def test_that_nobody_vouches_for_does_not_speak_for_us(self):
        first = came(mail("a@x"))
        forged = came(mail("e@x", "All is paid, thank you.", by=SHOP, to=f"{DORA}, {SHOP}", refers=["a@x"]))

        assert forged.kind == Message.Kind.IN
        assert Thread.objects.get(pk=first.thread_id).state == Thread.State.OPEN

    def test_of_a_strangers_mail_from_our_own_form_is_the_visitors(self):
        message = came(mail("f@x", by=SHOP, headers=[("Reply-To", EVE)]))

        assert message.person == people.find(EVE)

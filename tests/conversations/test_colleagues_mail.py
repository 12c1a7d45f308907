"""A colleague who writes from their own address is no customer: kept apart with a clear word, or heard as an answer."""

from datetime import timedelta

import pytest

from courtesy.conversations.models import Event, Message, Thread
from courtesy.jobs.models import Job
from courtesy.people import queries as people
from tests.conversations.conftest import NOW
from tests.conversations.mails import DORA, SHOP, came, in_the_queue, mail, mailbox, sent

pytestmark = pytest.mark.django_db(databases="__all__")
HOME = "ben@home.example"
LATER = NOW + timedelta(hours=1)


def vouched(domain: str = "home.example", how: str = "pass") -> list[tuple[str, str]]:
    """What the shop's own server says about who sent it."""
    said = f"mx.fern.example; spf={how} smtp.mailfrom={domain}; dmarc={how} header.from={domain}"
    return [("Received", "from x by mx.fern.example"), ("Authentication-Results", said)]


@pytest.fixture(autouse=True)
def shop(db):
    """The shop's mailbox."""
    return mailbox()


@pytest.fixture(autouse=True)
def ben_at_home(ben):
    """Ben, whose own address is known."""
    ben.address = HOME
    ben.save(update_fields=["address"])
    return ben


class TestToTheShopAlone:
    @pytest.mark.parametrize("by", [HOME, "Ben <BEN@Home.example>"])
    @pytest.mark.parametrize("how", ["pass", "fail", ""])
    def test_waits_for_nobodys_answer(self, by, how):
        message = came(mail("a@x", "I am ill today.", by=by, headers=vouched(how=how) if how else ()))

        assert message.thread.apart == Thread.Apart.COLLEAGUE
        assert message.thread.get_apart_display() == "From a colleague"
        assert in_the_queue() == []
        assert not Job.objects.filter(name="message-stored").exists()

    def test_speaks_in_no_customers_thread(self):
        first = came(mail("a@x"))
        state = Thread.objects.get(pk=first.thread_id).state
        message = came(mail("b@x", "Give her the money back.", by=HOME, refers=["a@x"]), at=LATER)

        assert message.thread_id != first.thread_id
        assert message.thread.apart == Thread.Apart.COLLEAGUE
        assert message.events.get().facts["stranger_to"] == first.thread_id
        assert Thread.objects.get(pk=first.thread_id).state == state

    def test_comes_back_when_a_customer_writes_in_it(self):
        message = came(mail("a@x", "See you at noon.", by=HOME, to=f"{SHOP}, {DORA}"))
        assert message.thread.apart == Thread.Apart.COLLEAGUE
        again = came(mail("b@x", "Gladly!", refers=["a@x"]), at=LATER)

        assert again.thread_id == message.thread_id
        assert in_the_queue() == [again.thread_id]

    def test_is_still_an_automatic_answer_where_it_is_one(self):
        message = came(mail("a@x", "I am away.", by=HOME, headers=[("Auto-Submitted", "auto-replied")]))
        assert message.thread.apart == Thread.Apart.AUTOMATIC

    def test_of_one_who_left_is_anybodys(self, ben):
        ben.left_at = NOW
        ben.save(update_fields=["left_at"])
        assert came(mail("a@x", "May I come back?", by=HOME)).thread.apart == ""


class TestToACustomer:
    def test_with_a_copy_to_the_shop_is_that_colleagues_answer(self, ben):
        first = came(mail("a@x"))
        copy = mail("b@x", "On its way.", by=HOME, to=DORA, cc=SHOP, refers=["a@x"], headers=vouched())
        message = came(copy, at=LATER)

        assert (message.thread_id, message.kind, message.colleague) == (first.thread_id, Message.Kind.OUT, ben)
        assert message.thread.state == Thread.State.WAITING
        assert message.events.get().kind == Event.Kind.ELSEWHERE

    @pytest.mark.parametrize("how", ["fail", ""])
    def test_is_believed_only_where_the_server_vouches_for_it(self, how):
        first = came(mail("a@x"))
        headers = vouched(how=how) if how else ()
        message = came(mail("b@x", "Paid back.", by=HOME, to=DORA, cc=SHOP, refers=["a@x"], headers=headers), at=LATER)

        assert message.thread_id != first.thread_id
        assert message.thread.apart == Thread.Apart.COLLEAGUE
        assert in_the_queue() == [first.thread_id]


class TestAFriendOfTheirs:
    def test_at_the_same_provider_is_a_customer(self):
        message = came(mail("a@x", by="eva@home.example"))
        assert in_the_queue() == [message.thread_id]
        assert message.person == people.find("eva@home.example")


class TestFromTheShopsMailbox:
    def test_to_a_colleague_is_mail_among_ourselves(self):
        assert sent(mail("a@x", "The key is under the pot.", by=SHOP, to=HOME)) is None
        assert not Thread.objects.exists()

"""What a customer reads on the page whose signed address they got: their own words, our answers, nothing else."""

from datetime import timedelta
from uuid import uuid4

import pytest

from courtesy.conversations import actions, public
from courtesy.post import outbox, replies
from courtesy.post.public import answer_token
from courtesy.privacy import keys
from courtesy.staff.queries import shop
from tests.conversations.conftest import NOW, came

pytestmark = pytest.mark.django_db(databases="__all__")
SENT_AT = NOW + timedelta(hours=1)
UNDO_OVER = SENT_AT + timedelta(seconds=10)


@pytest.fixture
def mails(answers, ben):
    """Answer as the desk does, with a mail that leaves after ten seconds."""

    def _mails(message, words="On its way."):
        reply = answers(message, ben, words, at=SENT_AT)
        authority = replies.Authority(decision_id=reply.decision_id, by=uuid4(), at=SENT_AT)
        return replies.post(
            authority, message_id=reply.pk, to="dora@kunden.example", subject="Re", body=words, references=[],
            key_id=keys.new(at=SENT_AT), not_before=UNDO_OVER,
        )  # fmt: skip

    return _mails


def said(message, at=UNDO_OVER) -> list[str]:
    return [one.words for one in public.private_page(answer_token(message.arrival_id), at=at).said]


class TestPrivatePage:
    def test_shows_the_answer_once_it_can_no_longer_be_taken_back(self, writes, mails):
        message = writes("Where is my tea?")
        mails(message)

        assert said(message, at=SENT_AT) == ["Where is my tea?"]
        assert said(message) == ["Where is my tea?", "On its way."]

    def test_shows_no_note_and_nothing_taken_back(self, writes, mails, ben):
        message = writes("Where is my tea?")
        outgoing = mails(message)
        actions.add_note(message.thread_id, words="secret", by=ben, at=SENT_AT)
        outbox.take_back(outgoing.pk, at=SENT_AT)

        assert said(message) == ["Where is my tea?"]

    def test_shows_nothing_of_another_thread(self, writes, mails):
        message = writes("Where is my tea?")
        mails(writes("Something else", subject="other"), "other answer")

        assert said(message) == ["Where is my tea?"]

    @pytest.mark.parametrize(("naming", "name"), [("first name", "Ben"), ("the team", "the team")])
    def test_names_the_colleague_as_the_owner_chose(self, writes, mails, naming, name):
        row = shop()
        row.naming = naming
        row.save()
        message = writes()
        mails(message)

        page = public.private_page(answer_token(message.arrival_id), at=UNDO_OVER)
        assert [(one.ours, one.name) for one in page.said] == [(False, ""), (True, name)]

    def test_says_that_it_is_being_read_until_it_is_taken_in(self):
        page = public.private_page(answer_token(came().pk), at=NOW)

        assert page.being_read
        assert page.said == []

    @pytest.mark.parametrize("token", ["", "x", "1b029dd064f2489db23a092340f01fca.forged", "🌍"])
    def test_does_not_exist_for_a_forged_address(self, token):
        with pytest.raises(public.NoSuchPage):
            public.private_page(token, at=NOW)

    def test_does_not_exist_for_an_arrival_that_is_gone(self):
        with pytest.raises(public.NoSuchPage):
            public.private_page(answer_token(uuid4()), at=NOW)

    def test_is_found_from_any_message_of_its_thread(self, writes, answers, ben):
        message = writes()
        reply = answers(message, ben)

        assert public.page_token(reply.pk) == answer_token(message.arrival_id)
        assert public.page_token(99_999) == ""

"""A tick on the contact form: anybody can type anybody's address there."""

from uuid import uuid4

import pytest

from courtesy.consent import actions as consent
from courtesy.consent import queries
from courtesy.consent.models import Entry
from courtesy.consent.purposes import Answer, Purpose
from courtesy.conversations.actions import take_in
from courtesy.desk.inbox.screen import suggestion_in
from courtesy.people.queries import address_of
from courtesy.post import arrivals
from courtesy.post.channels.form import parsing
from tests.cast import NOON

pytestmark = pytest.mark.django_db(databases="__all__")


def ticks(person) -> None:
    raw = parsing.write(address=address_of(person), name="", subject="", body="Hello?", outreach_yes=True)
    take_in(arrival_id=arrivals.keep(channel="form", channel_id=uuid4().hex, raw=raw, at=NOON).pk, at=NOON)


class TestAYesByForm:
    def test_is_taken_where_nothing_was_said(self, farah):
        ticks(farah)

        assert queries.permission(farah, Purpose.OUTREACH, NOON).allowed

    @pytest.mark.parametrize("answer", [Answer.NO, Answer.OBJECTION])
    def test_does_not_undo_a_no(self, farah, answer):
        consent.record(person=farah, purpose=Purpose.OUTREACH, answer=answer, where="the phone", at=NOON)
        ticks(farah)

        assert not queries.permission(farah, Purpose.OUTREACH, NOON).allowed
        assert Entry.objects.filter(person=farah).count() == 1


@pytest.mark.parametrize("tab", ["draft-²-x", "draft-", "draft-x", "reply-7", ""])
def test_a_tab_that_names_no_draft_breaks_nothing(tab):
    assert suggestion_in(tab) is None

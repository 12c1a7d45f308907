"""What one mail costs, in statements, and what a worker remembers of our addresses."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from courtesy.conversations import actions
from courtesy.conversations.models import Message
from courtesy.conversations.ours import addresses
from courtesy.post import mailboxes
from courtesy.post.models import Mailbox
from courtesy.privacy import keys
from courtesy.staff import actions as staff
from courtesy.staff.models import Colleague
from tests.conversations.conftest import NOW
from tests.conversations.mails import DORA, SHOP, came, kept, mail, mailbox

pytestmark = pytest.mark.django_db(databases="__all__")
LATER = NOW + timedelta(minutes=1)
NOT_ASKED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SELECT pg_advisory")


@pytest.fixture(autouse=True)
def shop(db) -> Mailbox:
    """The shop's mailbox."""
    return mailbox()


def asked_for(raw: bytes) -> list[str]:
    """Every statement from its coming to its being a message, without the ends and locks of transactions."""
    with ExitStack() as watched:
        logs = [watched.enter_context(CaptureQueriesContext(connections[alias])) for alias in ("default", "keys")]
        with keys.scope():
            arrival = kept(raw, at=LATER)
            actions.take_in(arrival_id=arrival.pk, at=LATER)
        said = [query["sql"] for log in logs for query in log.captured_queries]
    assert Message.objects.filter(arrival_id=arrival.pk).exists()
    return [sql for sql in said if not sql.startswith(NOT_ASKED)]


class TestAMail:
    def test_of_somebody_known_costs_so_many_statements(self):
        came(mail("a@x"))
        assert len(asked_for(mail("b@x"))) <= 18

    def test_of_somebody_new_costs_a_few_more(self):
        came(mail("a@x"))
        assert len(asked_for(mail("b@x", by="Emil Esser <emil@kunden.example>"))) <= 20

    def test_costs_the_same_however_many_we_are(self, ada, ben):
        came(mail("a@x"))
        few = len(asked_for(mail("b@x")))
        for number in range(5):
            staff.change_address(ada, address=f"ada{number}@home.example", at=NOW)
            mailbox(f"shop{number}@fern.example")
        came(mail("c@x"))
        # Two mailboxes: it is looked for whether the same mail came by the other.
        assert len(asked_for(mail("d@x"))) <= few + 2


class TestOurAddresses:
    """They are remembered while nothing changed, and never longer."""

    def test_are_opened_once(self, ada):
        staff.change_address(ada, address="ada@home.example", at=NOW)
        first = addresses()
        with CaptureQueriesContext(connections["keys"]) as opened, keys.scope():
            keys.warm([keys.HOUSE])
            assert addresses() is first
        assert len(opened) == 1

    def test_are_those_of_a_new_mailbox_at_once(self):
        assert addresses().mailboxes == {SHOP}
        mailbox("second@fern.example")
        assert addresses().mailboxes == {SHOP, "second@fern.example"}

    def test_are_a_colleagues_new_one_at_once_and_the_old_no_more(self, ada):
        staff.change_address(ada, address="ada@home.example", at=NOW)
        assert addresses().colleague("Ada@HOME.example") == ada
        staff.change_address(ada, address="ada@away.example", at=NOW)

        assert addresses().colleagues == {"ada@away.example": ada.pk}
        assert "ada@home.example" not in addresses().all

    def test_go_with_a_colleague_who_leaves(self, ada, ben, django_capture_on_commit_callbacks):
        staff.change_address(ben, address="ben@home.example", at=NOW)
        assert addresses().colleague("ben@home.example") == ben
        with django_capture_on_commit_callbacks(execute=True):
            staff.leave(ben, by=ada, at=NOW)

        assert addresses().colleagues == {}

    def test_go_with_the_key_of_a_removed_mailbox(self, ada):
        given = mailboxes.Given(address="old@fern.example", user="old", secret="kelp", imap_host="imap.example")
        row = mailboxes.connect(given=given, by=ada, at=NOW)
        assert "old@fern.example" in addresses().mailboxes
        Mailbox.objects.filter(pk=row.pk).update(removed_at=NOW + timedelta(hours=1))
        assert "old@fern.example" in addresses().mailboxes  # the power went before its key did
        keys.destroy(row.pk, at=NOW)

        assert addresses().mailboxes == {SHOP}
        assert addresses() is addresses()

    def test_do_not_outlive_a_row_that_was_taken_back(self, ada):
        Colleague.objects.filter(pk=ada.pk).update(left_at=NOW)
        gone = addresses()
        Colleague.objects.filter(pk=ada.pk).update(left_at=None)
        staff.change_address(ada, address=DORA, at=NOW)
        assert gone.colleagues == {}
        assert addresses().colleague(DORA) == ada

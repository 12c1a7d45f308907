"""What a mailbox holds comes into the house once and whole, and the mailbox stays as it was."""

import pytest

from courtesy.post.channels.email import fetching
from courtesy.post.models import Arrival
from tests.post.channels.email.boxes import NOON, raws
from tests.post.dovecot import letters, needs_dovecot

pytestmark = [pytest.mark.django_db(databases="__all__"), needs_dovecot]


class TestFetch:
    def test_keeps_each_mail_as_it_is(self, dovecot, box):
        mails = letters(range(3))
        dovecot.deliver("shop", *mails)

        assert fetching.fetch(box, at=NOON) == fetching.Fetched(new=3)
        assert sorted(raws("mail")) == sorted(mails)
        assert set(Arrival.objects.values_list("mailbox", flat=True)) == {box.pk}

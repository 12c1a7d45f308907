"""A copy of each answer in the Sent folder of a real Dovecot: there once, whatever happens on the way."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from courtesy.post import copies, letters, outbox, sending
from courtesy.post.channels.email import imap
from courtesy.post.models import Mailbox, Outgoing
from tests.post.conftest import NOW, UNDO, state
from tests.post.connected import connected
from tests.post.dovecot import BINARY, PASSWORD, Dovecot, open_dovecot

pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.skipif(BINARY is None, reason="Dovecot is not installed: apt install dovecot-imapd"),
]

AFTER = NOW + UNDO


class PowerCut(BaseException):
    """The process dies here."""


@pytest.fixture(scope="module")
def servers() -> Iterator[Dovecot]:
    with open_dovecot() as server:
        yield server


@pytest.fixture
def dovecot(servers) -> Iterator[Dovecot]:
    yield servers
    with servers.phone("shop") as phone:
        _, (count, *_) = phone.select("Sent")
        if int(count or 0):
            phone.store("1:*", "+FLAGS", "\\Deleted")
            phone.expunge()


@pytest.fixture
def box(may_send, mail_server, dovecot, ada) -> Mailbox:
    return connected(ada, imap=dovecot.port, smtp=mail_server.port, secret=PASSWORD)


def sent(dovecot: Dovecot) -> list[bytes]:
    """What lies in the Sent folder."""
    return [raw for _, raw in dovecot.mails("shop", "Sent")]


class TestKeepDue:
    def test_puts_there_what_left_byte_for_byte_and_read(self, box, dovecot, write, mail_server):
        outgoing = write("Grüße, and\n.\na dot")
        sending.send_due(at=AFTER)

        assert copies.keep_due(at=AFTER) == 1
        ((flags, raw),) = dovecot.mails("shop", "Sent")
        assert raw == bytes(Outgoing.objects.get().content)
        assert "\\Seen" in flags
        assert outgoing.message_id.encode() in raw
        assert copies.keep_due(at=AFTER + timedelta(hours=1)) == 0
        assert len(sent(dovecot)) == 1

    def test_keeps_no_copy_of_what_did_not_leave(self, box, dovecot, write, ada):
        write()
        held = write()
        Outgoing.objects.filter(pk=held.pk).update(state="unsure")
        assert copies.keep_due(at=AFTER) == 0

        outbox.mark_as_sent(held.pk, by=ada.pk, at=AFTER)
        assert copies.keep_due(at=AFTER) == 1
        assert len(sent(dovecot)) == 1

    def test_keeps_none_of_letters_nor_where_the_provider_does_it(self, box, dovecot, write):
        letters.send("alert", to="ada@private.example", facts={"shop": "Marigold"}, at=NOW)
        write()
        Mailbox.objects.update(keeps_copies=False)
        sending.send_due(at=AFTER)

        assert copies.keep_due(at=AFTER) == 0
        assert sent(dovecot) == []

    def test_puts_none_beside_one_that_the_provider_put_there_already(self, box, dovecot, write, mail_server):
        write()
        sending.send_due(at=AFTER)
        dovecot.append("shop", "Sent", bytes(Outgoing.objects.get().content))

        copies.keep_due(at=AFTER)
        assert len(sent(dovecot)) == 1
        assert Outgoing.objects.get().copy_kept_at == AFTER

    @pytest.mark.parametrize("when", ["copy: looked", "copy: put there"])
    def test_is_there_once_after_a_power_cut(self, box, dovecot, write, monkeypatch, when):
        write()
        sending.send_due(at=AFTER)
        self.dies_at(monkeypatch, when)
        with pytest.raises(PowerCut):
            copies.keep_due(at=AFTER)
        monkeypatch.undo()

        assert copies.keep_due(at=AFTER + timedelta(seconds=30)) == 0  # the dead one's claim still holds
        assert copies.keep_due(at=AFTER + copies.LEASE) == 1
        assert len(sent(dovecot)) == 1

    def test_would_be_there_twice_if_nobody_looked_first(self, box, dovecot, write, monkeypatch):
        """The control off."""
        write()
        sending.send_due(at=AFTER)
        self.dies_at(monkeypatch, "copy: put there")
        with pytest.raises(PowerCut):
            copies.keep_due(at=AFTER)
        monkeypatch.undo()
        monkeypatch.setattr(imap.Line, "holds", lambda self, mail_id: False)
        copies.keep_due(at=AFTER + copies.LEASE)

        assert len(sent(dovecot)) == 2

    def test_waits_while_the_server_is_away_and_comes_later(self, box, servers, write):
        write()
        sending.send_due(at=AFTER)
        port = Mailbox.objects.get().imap_port
        Mailbox.objects.update(imap_port=9)
        assert copies.keep_due(at=AFTER) == 0
        Mailbox.objects.update(imap_port=port)
        assert copies.keep_due(at=AFTER + timedelta(minutes=1)) == 0

        assert copies.keep_due(at=AFTER + copies.AGAIN_AFTER) == 1
        assert state(Outgoing.objects.get()) == "sent"

    def test_is_given_up_after_days(self, box, dovecot, write):
        write()
        sending.send_due(at=AFTER)
        assert copies.keep_due(at=AFTER + copies.GIVEN_UP_AFTER + timedelta(minutes=1)) == 0

    @staticmethod
    def dies_at(monkeypatch, when: str) -> None:
        def moment(name: str) -> None:
            if name == when:
                raise PowerCut

        monkeypatch.setattr(copies, "moment", moment)

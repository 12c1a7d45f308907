"""Connecting, changing and removing a mailbox: what is taken, what is refused, and what becomes of the password."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection

from courtesy.post import mailboxes, outbox
from courtesy.post.models import Folder, Mailbox, MailServer, Outgoing
from courtesy.post.providers import PROVIDERS, guessed, provider
from courtesy.post.troubles import _KNOWN, words
from courtesy.privacy import ledger
from courtesy.privacy.keys import KeyGone
from courtesy.staff.actions import NotAllowed
from tests.post.conftest import NOW
from tests.post.connected import connected, given

pytestmark = pytest.mark.django_db(databases="__all__")


def stored(table: str = "post_mailbox") -> bytes:
    """Every byte of the table's rows."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        rows = cursor.fetchall()
    return b"".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for row in rows for v in row)


class TestConnect:
    def test_keeps_address_user_and_password_sealed(self, ada):
        row = connected(ada, secret="kelp moss fern opal")

        again = Mailbox.objects.get(pk=row.pk)
        assert (again.address, again.secret) == ("hello@marigold.example", "kelp moss fern opal")
        assert b"kelp moss" not in stored()
        assert b"marigold" not in stored().replace(b"marigold.example", b"", 1)  # the name, which is the domain alone
        assert b"hello" not in stored()

    def test_does_not_print_the_password(self, ada):
        assert "kelp" not in repr(given(secret="kelp")) + repr(connected(ada, secret="kelp"))

    def test_begins_with_what_comes_from_now_on(self, ada):
        assert connected(ada).begins_at == NOW

    def test_takes_an_address_once_however_it_is_written(self, ada):
        connected(ada, "hello@marigold.example")
        with pytest.raises(mailboxes.AddressTaken):
            connected(ada, "Hello@Marigold.example")

    @pytest.mark.parametrize(
        ("wrong", "where"),
        [
            ({"address": "hello"}, "address"),
            ({"imap_host": "im ap.example"}, "imap_host"),
            ({"imap_host": ""}, "imap_host"),
            ({"smtp_host": "a/b"}, "smtp_host"),
            ({"imap_port": 0}, "imap_port"),
            ({"imap_tls": "perhaps"}, "imap_tls"),
            ({"imap_host": "imap.marigold.example"}, "imap_tls"),
            ({"smtp_host": "192.168.0.2"}, "smtp_tls"),
        ],
    )
    def test_refuses_what_cannot_be_right(self, ada, wrong, where):
        with pytest.raises(mailboxes.Unusable) as refusal:
            mailboxes.connect(given=replace(given(), **wrong), by=ada, at=NOW)
        assert refusal.value.where == where
        assert not Mailbox.objects.exists()

    def test_wants_a_password(self, ada):
        with pytest.raises(mailboxes.SecretNeeded):
            connected(ada, secret="")

    def test_is_for_those_who_manage(self, mia, ben, vera):
        connected(mia)
        for somebody in (ben, vera):
            with pytest.raises(NotAllowed):
                connected(somebody, "other@marigold.example")

    def test_is_in_the_ledger_without_an_address(self, ada):
        connected(ada)
        assert ledger.append  # the row itself holds a word of the vocabulary only
        assert b"marigold" not in stored("privacy_ledgerrow")


class TestChange:
    def test_keeps_the_password_that_nobody_types_again(self, ada):
        row = connected(ada)
        mailboxes.change(row.pk, given=given(secret="", name="Orders", keeps_copies=False), by=ada, at=NOW)

        again = Mailbox.objects.get(pk=row.pk)
        assert (again.secret, again.name, again.keeps_copies) == ("kelp fern", "Orders", False)

    @pytest.mark.parametrize(
        "elsewhere",
        [{"imap_host": "::1"}, {"imap_port": 7}, {"smtp_host": "::1"}, {"smtp_port": 7}, {"user": "mallory"}],
    )
    def test_hands_it_to_no_other_server_and_no_other_user(self, ada, elsewhere):
        row = connected(ada)
        with pytest.raises(mailboxes.SecretNeeded):
            mailboxes.change(row.pk, given=replace(given(secret=""), **elsewhere), by=ada, at=NOW)

    def test_reads_another_server_from_its_beginning(self, ada):
        row = connected(ada)
        Folder.objects.create(mailbox=row, role="inbox", name="INBOX", last_uid=7)
        mailboxes.change(row.pk, given=given(secret="new", imap=7), by=ada, at=NOW)

        assert not Folder.objects.exists()

    def test_asks_a_server_again_that_was_in_trouble(self, ada):
        row = connected(ada)
        MailServer.objects.create(name=row.pk.hex, failures=9, problem="password refused")
        Mailbox.objects.update(problem="password refused", problem_since=NOW)
        mailboxes.change(row.pk, given=given(secret="new"), by=ada, at=NOW)

        assert not MailServer.objects.exists()
        assert Mailbox.objects.get().problem == ""

    def test_is_for_those_who_manage_and_of_mailboxes_that_are(self, ada, ben):
        row = connected(ada)
        with pytest.raises(NotAllowed):
            mailboxes.change(row.pk, given=given(), by=ben, at=NOW)
        with pytest.raises(mailboxes.NoSuchMailbox):
            mailboxes.change(uuid4(), given=given(), by=ada, at=NOW)


class TestRemove:
    def test_forgets_password_and_address_for_good(self, ada):
        row = connected(ada)
        mailboxes.remove(row.pk, by=ada, at=NOW)

        left = Mailbox.objects.get(pk=row.pk)
        assert not mailboxes.connected()
        with pytest.raises(KeyGone):
            left.address  # noqa: B018
        assert not mailboxes.is_ours("hello@marigold.example")
        connected(ada)  # the address may come back

    def test_waits_for_what_has_yet_to_leave(self, ada, write):
        row = connected(ada)
        outgoing = write(mailbox_id=row.pk)
        with pytest.raises(mailboxes.StillUnsent):
            mailboxes.remove(row.pk, by=ada, at=NOW)

        outbox.take_back(outgoing.pk, at=NOW)
        mailboxes.remove(row.pk, by=ada, at=NOW)
        assert Outgoing.objects.get().mailbox_id == row.pk

    def test_is_for_those_who_manage(self, ada, ben):
        row = connected(ada)
        with pytest.raises(NotAllowed):
            mailboxes.remove(row.pk, by=ben, at=NOW)


class TestWayOut:
    def test_is_the_mailbox_the_thread_came_to_with_the_shops_name(self, ada):
        connected(ada, "first@marigold.example")
        second = connected(ada, "second@marigold.example")
        way = mailboxes.way_out(second.pk)

        assert (way.mailbox_id, way.mail_from) == (second.pk, "My shop <second@marigold.example>")

    def test_is_the_first_that_sends_where_that_one_does_not(self, ada):
        only_read = connected(ada, "read@marigold.example", smtp_host="")
        sends = connected(ada, "sends@marigold.example")

        for asked in (None, only_read.pk, uuid4()):
            assert mailboxes.way_out(asked).mailbox_id == sends.pk

    def test_is_the_server_of_the_settings_without_any(self, settings):
        assert mailboxes.way_out() == mailboxes.WayOut(None, settings.COURTESY.mail_from)

    @pytest.mark.parametrize(
        ("plus", "address", "tag", "comes_back_to"),
        [
            (True, "hello@marigold.example", "t7-abc", "hello+t7-abc@marigold.example"),
            (False, "hello@marigold.example", "t7-abc", ""),
            (True, "hello@marigold.example", "", ""),
            (True, "hello+shop@marigold.example", "t7-abc", ""),
            (True, f"{'a' * 40}@marigold.example", "t" * 30, ""),
        ],
    )
    def test_has_an_address_for_answers_where_plus_addresses_are_known(self, plus, address, tag, comes_back_to):
        assert mailboxes.WayOut(None, "", address, plus).reply_address(tag) == comes_back_to


class TestPresets:
    @pytest.mark.parametrize(
        ("address", "name"),
        [
            ("a@gmail.com", "gmail"), ("a@GoogleMail.com", "gmail"), ("a@hotmail.com", "outlook"), ("a@gmx.de", "gmx"),
            ("a@web.de", "web.de"), ("a@yahoo.com", "yahoo"), ("a@icloud.com", "icloud"), ("a@posteo.de", "posteo"),
            ("a@mailbox.org", "mailbox.org"), ("a@fastmail.com", "fastmail"), ("a@zoho.eu", "zoho.eu"),
            ("hello@marigold.example", "own"), ("nonsense", "own"),
        ],
    )  # fmt: skip
    def test_are_guessed_from_the_address(self, address, name):
        assert guessed(address).name == name

    def test_of_a_server_of_ones_own_have_the_usual_names(self):
        own = guessed("hello@marigold.example")
        assert (own.imap_host, own.smtp_host) == ("imap.marigold.example", "smtp.marigold.example")

    def test_say_that_microsoft_wants_what_we_cannot_do_yet(self):
        assert "OAuth" in str(provider("outlook").impossible)

    @pytest.mark.parametrize("one", PROVIDERS, ids=lambda one: one.name)
    def test_protect_from_the_start_unless_the_provider_does_not(self, one):
        assert (one.imap_port, one.imap_tls) == (993, "at once")
        late = one.name in {"outlook", "icloud", "own"}
        assert (one.smtp_port, one.smtp_tls) == ((587, "starttls") if late else (465, "at once"))

    def test_know_a_domain_once(self):
        domains = [domain for one in PROVIDERS for domain in one.domains]
        assert len(domains) == len(set(domains))

    @pytest.mark.parametrize("one", PROVIDERS, ids=lambda one: one.name)
    def test_can_all_be_connected(self, one, ada):
        host = {"imap_host": one.imap_host or "imap.x.example", "smtp_host": one.smtp_host or "smtp.x.example"}
        tls = {"imap_tls": one.imap_tls, "smtp_tls": one.smtp_tls, "provider": one.name}
        mailboxes.checked(replace(given(), **host, **tls, imap_port=one.imap_port, smtp_port=one.smtp_port))
        assert one.advice or one.impossible


class TestTroubles:
    @pytest.mark.parametrize("problem", _KNOWN)
    def test_each_say_what_is_so_and_what_to_do(self, problem):
        for host, port in (("imap.gmail.com", 993), ("", 0)):
            said = words(problem, host=host, port=port)
            assert said.what
            assert said.do
            assert "%" not in said.what + said.do

    def test_tell_a_wrong_password_from_one_of_the_wrong_kind(self):
        assert "app password" in words("password refused", provider_name="gmail").do
        assert "letter by letter" in words("password refused", provider_name="own").do

    def test_of_no_known_class_are_said_as_they_are(self):
        assert words("the dog ate it").what == "the dog ate it"

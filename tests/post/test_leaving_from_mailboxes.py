"""Answers leave from the mailbox their customer wrote to: each by its own server, to everybody they are meant for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from courtesy.jobs.models import Job
from courtesy.post import letters, mailboxes, mime, outbox, replies, sending, smtp
from courtesy.post.channels.incoming import Unreadable
from courtesy.post.mime import Attached
from courtesy.post.models import MailServer, Outgoing
from courtesy.post.queries import mailboxes as states
from tests.post.conftest import NOW, UNDO, state
from tests.post.connected import connected
from tests.post.mailbox import open_post
from tests.post.test_mails import read

pytestmark = pytest.mark.django_db(databases="__all__")

AFTER = NOW + UNDO
HOURS_48 = timedelta(hours=48)


@pytest.fixture
def second_server():
    with open_post() as post:
        yield post


@pytest.fixture
def shop(may_send, mail_server, ada):
    """The shop's first mailbox, on the server of the settings' tests."""
    return connected(ada, "hello@marigold.example", smtp=mail_server.port)


@pytest.fixture
def orders(shop, second_server, ada):
    """Its second, on a server of its own."""
    return connected(ada, "orders@marigold.example", at=NOW + timedelta(seconds=1), smtp=second_server.port)


class TestFromWhere:
    def test_an_answer_leaves_from_the_mailbox_its_thread_came_to(
        self, shop, orders, mail_server, second_server, write
    ):
        write("from orders", mailbox_id=orders.pk)
        write("from the first", to="farah@kunden.example")
        sending.send_due(at=AFTER)

        assert (mail_server.words(), second_server.words()) == (["from the first"], ["from orders"])
        assert second_server.taken[0]["From"] == "My shop <orders@marigold.example>"
        assert mail_server.taken[0]["From"] == "My shop <hello@marigold.example>"

    def test_letters_leave_from_the_first_mailbox_too(self, shop, mail_server):
        letters.send("alert", to="ada@private.example", facts={"shop": "Marigold"}, at=NOW)
        sending.send_due(at=NOW)

        assert mail_server.taken[0]["From"] == "My shop <hello@marigold.example>"
        assert mail_server.taken[0][mime.OURS] == "letter"

    def test_a_shop_without_mailboxes_goes_on_with_its_settings(self, may_send, mail_server, write):
        write()
        sending.send_due(at=AFTER)
        assert mail_server.taken[0]["From"] == "Shop <shop@fern.example>"

    @pytest.mark.usefixtures("shop")
    def test_nothing_leaves_while_switched_off(self, orders, mail_server, second_server, may_send, write):
        may_send.may_send = False
        may_send.save()
        waits = [write(mailbox_id=orders.pk), write()]
        sending.send_due(at=AFTER)

        assert [state(one) for one in waits] == ["waiting", "waiting"]
        assert (mail_server.connections, second_server.connections) == (0, 0)

    def test_the_sample_shop_calls_no_server_elsewhere(self, may_send, ada, write, monkeypatch):
        may_send.is_sample = True
        may_send.save()
        row = connected(ada, smtp_host="smtp.marigold.example", smtp_tls="starttls")
        monkeypatch.setattr(smtp, "_open", lambda wanted: pytest.fail("it called out"))
        outgoing = write(mailbox_id=row.pk)
        sending.send_due(at=AFTER)

        assert state(outgoing) == "waiting"

    def test_what_waits_in_a_mailbox_that_was_removed_is_shown_and_stops_nobody(self, shop, orders, write, ada):
        outgoing, other = write(mailbox_id=orders.pk), write(to="farah@kunden.example")
        Outgoing.objects.filter(pk=outgoing.pk).update(state="refused")
        mailboxes.remove(orders.pk, by=ada, at=NOW)
        outbox.send_again(outgoing.pk, by=ada.pk, at=NOW)
        sending.send_due(at=AFTER)

        assert (state(outgoing), state(other)) == ("refused", "sent")
        assert Outgoing.objects.get(pk=outgoing.pk).problem == "its mailbox was removed"

    def test_what_waits_in_a_mailbox_that_is_only_read_now_says_so(self, shop, write, ada):
        outgoing = write(mailbox_id=shop.pk)
        mailboxes.change(shop.pk, given=replace(mailboxes.of(shop), smtp_host=""), by=ada, at=NOW)
        for seconds in (0, 1):
            sending.send_due(at=AFTER + timedelta(seconds=seconds))

        assert state(outgoing) == "waiting"
        assert states(AFTER)[0].sending_problem == "only read"
        mailboxes.change(shop.pk, given=mailboxes.of(shop), by=ada, at=NOW)
        sending.send_due(at=AFTER)
        assert state(outgoing) == "sent"


class TestServersApart:
    def test_a_fault_of_ours_at_one_keeps_nothing_from_leaving_by_the_others(
        self, shop, orders, write, second_server, monkeypatch
    ):
        send_by = sending._send_by

        def breaks(way, at, now):
            if way.mailbox_id == orders.pk:
                raise KeyError
            return send_by(way, at, now)

        monkeypatch.setattr(sending, "_send_by", breaks)
        write(mailbox_id=orders.pk)
        other = write(to="farah@kunden.example")
        with pytest.raises(KeyError):
            sending.send_due(at=AFTER)

        assert state(other) == "sent"

    def test_one_in_trouble_holds_up_only_its_own(self, shop, orders, mail_server, second_server, write):
        second_server.at_mail = ["hang up"]
        stuck, other = write(mailbox_id=orders.pk), write(to="farah@kunden.example")
        sending.send_due(at=AFTER)

        assert (state(stuck), state(other)) == ("waiting", "sent")
        assert [server.name for server in MailServer.objects.all()] == [orders.pk.hex]
        told = {one.mailbox_id: one for one in states(AFTER)}
        assert told[orders.pk].sending_problem == "hung up"
        assert (told[orders.pk].unsent, told[orders.pk].oldest) == (1, NOW)
        assert told[shop.pk].sending_problem == ""
        sending.send_due(at=AFTER + timedelta(minutes=1))
        assert state(stuck) == "sent"
        assert not MailServer.objects.exists()

    def test_nothing_overtakes_an_earlier_one_to_the_same_address_by_another_mailbox(
        self, shop, orders, mail_server, second_server, write
    ):
        second_server.at_mail = ["hang up"]
        write("first", mailbox_id=orders.pk)
        later = write("second")
        sending.send_due(at=AFTER)
        assert state(later) == "waiting"
        for minutes in (1, 2):
            sending.send_due(at=AFTER + timedelta(minutes=minutes))

        assert (second_server.words(), mail_server.words()) == (["first"], ["second"])

    def test_away_for_two_days_each_leaves_once_in_order_the_old_ones_after_a_click(
        self, shop, mail_server, write, ada, monkeypatch
    ):
        """Ten answers over 48 hours in which nobody takes them."""
        opened = smtp._open
        monkeypatch.setattr(smtp, "_open", lambda wanted: (_ for _ in ()).throw(ConnectionRefusedError))
        written = []
        for hours in range(0, 48, 5):
            at = NOW + timedelta(hours=hours)
            to = f"{hours % 3}@kunden.example"
            written.append(write(f"{hours}", at=at, to=to, not_before=at + UNDO, mailbox_id=shop.pk))
            sending.send_due(at=at + UNDO)
        monkeypatch.setattr(smtp, "_open", opened)
        back = NOW + HOURS_48
        for minutes in range(0, 20, 5):
            sending.send_due(at=back + timedelta(minutes=minutes))

        old, young = written[:5], written[5:]
        assert [state(one) for one in old] == ["held"] * 5
        assert [state(one) for one in young] == ["sent"] * 5
        assert mail_server.words() == ["25", "30", "35", "40", "45"]
        for one in old:
            assert outbox.release(one.pk, by=ada.pk, at=back + timedelta(hours=1))
        for minutes in range(0, 20, 5):
            sending.send_due(at=back + timedelta(hours=1, minutes=minutes))

        assert mail_server.words()[5:] == ["0", "5", "10", "15", "20"]
        assert len(mail_server.taken) == 10


class TestEverybody:
    def test_gets_it_and_a_hidden_one_is_in_no_header(self, shop, mail_server, write):
        write(also_to=["eve@kunden.example"], cc=["Farah@kunden.example"], bcc=["books@marigold.example"])
        sending.send_due(at=AFTER)

        assert mail_server.recipients == [
            "dora@kunden.example", "eve@kunden.example", "Farah@kunden.example", "books@marigold.example",
        ]  # fmt: skip
        mail = mail_server.taken[0]
        assert (mail["To"], mail["Cc"]) == ("dora@kunden.example, eve@kunden.example", "Farah@kunden.example")
        assert "books" not in mail.as_string()

    def test_gets_it_once_in_the_most_visible_place(self):
        named = outbox.further(
            "Dora@x.example",
            ["dora@x.example", "a@x.example"],
            ["A@x.example", "b@x.example"],
            ["b@x.example", "c@x.example"],
        )
        assert named == (["a@x.example"], ["b@x.example"], ["c@x.example"])

    def test_is_named_by_an_address_or_the_answer_is_refused(self, shop, write):
        for wrong in ("no address", "a@x.example\r\nBcc: all@x.example", "a@x.example, b@x.example"):
            with pytest.raises(Unreadable):
                write(cc=[wrong])

    def test_else_gets_it_when_one_of_them_is_refused_and_that_is_said(self, shop, mail_server, write):
        mail_server.at_rcpt["gone@kunden.example"] = ["550 nobody"]
        outgoing = write(cc=["gone@kunden.example", "farah@kunden.example"])
        sending.send_due(at=AFTER)

        assert state(outgoing) == "sent"
        assert mail_server.recipients == ["dora@kunden.example", "farah@kunden.example"]
        assert Outgoing.objects.get().problem == "1 of 2 further addresses refused (550)"

    def test_waits_a_little_for_one_who_shall_come_back_later_and_then_no_more(self, shop, mail_server, write):
        mail_server.at_rcpt["slow@kunden.example"] = ["451 later"]
        outgoing = write(cc=["slow@kunden.example"])
        sending.send_due(at=AFTER)
        assert state(outgoing) == "waiting"
        for minutes in range(5, 60, 5):
            sending.send_due(at=AFTER + timedelta(minutes=minutes))

        assert state(outgoing) == "sent"
        assert mail_server.recipients == ["dora@kunden.example"]

    def test_gets_nothing_when_it_was_taken_back(self, shop, mail_server, write):
        outgoing = write(cc=["farah@kunden.example"])
        outbox.take_back(outgoing.pk, at=AFTER)
        sending.send_due(at=AFTER)

        assert mail_server.taken == []


LONG = "<" + "a" * 90 + "@kunden.example>"


class TestHeaders:
    def test_name_the_mails_before_it_however_long_their_names_are(self, shop, mail_server, write):
        """The library would fold and encode a name longer than a line, and the thread would break there."""
        before = ["<1@kunden.example>", LONG, "<3@kunden.example>"]
        write(references=before, in_reply_to=LONG)
        sending.send_due(at=AFTER)

        mail = mail_server.taken[0]
        assert mail["In-Reply-To"] == LONG
        assert mail["References"].split() == before

    def test_keep_the_first_name_and_the_last_of_a_long_thread(self):
        before = [f"<{number}@kunden.example>" for number in range(60)]
        mail = read(finished(references=before))

        kept = mail["References"].split()
        assert (kept[0], kept[-1], len(kept)) == (before[0], before[-1], 20)

    def test_take_nothing_for_a_name_that_is_none(self):
        mail = read(finished(references=["<a@x>\r\nBcc: all@x.example", "b", "<c@x>"], in_reply_to="<d d@x>"))
        assert (mail["In-Reply-To"], mail["References"], mail["Bcc"]) == ("<c@x>", "<c@x>", None)

    def test_name_an_address_for_answers_only_where_the_mailbox_knows_them(self, may_send, mail_server, ada, write):
        row = connected(ada, smtp=mail_server.port, plus_addresses=True)
        write(mailbox_id=row.pk, reply_tag="t7-abcdef")
        sending.send_due(at=AFTER)
        assert mail_server.taken[0]["Reply-To"] == "hello+t7-abcdef@marigold.example"

    def test_name_none_by_default(self, shop, mail_server, write):
        write(mailbox_id=shop.pk, reply_tag="t7-abcdef")
        sending.send_due(at=AFTER)
        assert mail_server.taken[0]["Reply-To"] is None

    def test_say_that_it_is_ours_and_whether_a_person_wrote_it(self, shop, write):
        assert read(finished())[mime.OURS] == "answer"
        assert read(finished())["Auto-Submitted"] is None
        assert read(finished(automatic=True))["Auto-Submitted"] == "auto-generated"
        assert read(finished(automatic=True, references=["<a@x>"]))["Auto-Submitted"] == "auto-replied"

    def test_of_the_shops_name_cannot_be_more_than_a_name(self):
        assert mime.sender('Fern, Töpfe & "Söhne"\r\nBcc: x', "a@x.example").count("\n") == 0
        mail = read(finished(mail_from=mime.sender('Fern, Töpfe & "Söhne"', "a@x.example")))
        assert mail["From"].addresses[0].display_name == 'Fern, Töpfe & "Söhne"'
        assert mail["From"].addresses[0].addr_spec == "a@x.example"


class TestFiles:
    def test_travel_whole(self, shop, mail_server, write):
        picture = bytes(range(256)) * 400
        write(attachments=[Attached("Töpfe.png", "image/png", picture), ("note.txt", "text/plain", b"a\r\nb\n.\n")])
        sending.send_due(at=AFTER)

        found = list(mail_server.taken[0].iter_attachments())
        assert [(one.get_filename(), one.get_content_type()) for one in found] == [
            ("Töpfe.png", "image/png"), ("note.txt", "text/plain"),
        ]  # fmt: skip
        assert found[0].get_payload(decode=True) == picture
        assert found[1].get_payload(decode=True) == b"a\r\nb\n.\n"

    def test_cannot_change_what_the_mail_is(self):
        odd = [Attached("../../etc/passwd\r\nX: y", "multipart/mixed; boundary=x", b"1"), Attached("", "no kind", b"2")]
        found = list(read(finished(attachments=odd)).iter_attachments())

        assert [one.get_content_type() for one in found] == ["application/octet-stream"] * 2
        assert [one.get_filename() for one in found] == [".._.._etc_passwd X: y", "attachment"]

    def test_larger_than_servers_take_are_refused_at_once(self, shop, write):
        with pytest.raises(replies.TooBig):
            write(attachments=[Attached("film.bin", "application/octet-stream", b"\0" * 24 * 1024 * 1024)])
        assert not Outgoing.objects.exists()


class TestBounced:
    def test_is_tied_to_the_mail_that_bounced_and_told(self, shop, write):
        outgoing = write()
        sending.send_due(at=AFTER)
        Job.objects.all().delete()

        found = outbox.bounced(outgoing.message_id, status="5.1.1", final=True, at=AFTER)
        assert found
        assert (found.pk, found.bounce, found.bounced_at) == (outgoing.pk, "5.1.1", AFTER)
        assert [job.ids for job in Job.objects.filter(name="outgoing-changed")] == [{"outgoing_id": str(outgoing.pk)}]

    def test_is_nobodys_where_we_sent_no_such_mail(self):
        assert outbox.bounced("<stranger@x>", status="5.1.1", final=True, at=NOW) is None

    def test_a_last_word_counts_more_than_an_earlier_one_and_nothing_after_it(self, shop, write):
        outgoing = write()
        for status, final, stands in (("4.4.7", False, "4.4.7"), ("", True, "5.0.0"), ("4.4.7", False, "5.0.0")):
            outbox.bounced(outgoing.message_id, status=status, final=final, at=AFTER)
            assert Outgoing.objects.get().bounce == stands

    def test_keeps_a_number_only(self, shop, write):
        outgoing = write()
        outbox.bounced(outgoing.message_id, status="5.1.1 dora@kunden.example", final=True, at=AFTER)
        assert Outgoing.objects.get().bounce == "5.0.0"


class TestWhatMayLeave:
    def test_is_told_in_a_word(self, settings, may_send, mail_server, ada):
        settings.COURTESY = replace(settings.COURTESY, smtp_url="")
        assert sending.why_nothing_leaves(NOW) == "no mail server"
        row = connected(ada, smtp=mail_server.port)
        assert sending.why_nothing_leaves(NOW) == ""
        MailServer.objects.create(name=row.pk.hex, failures=1, closed_until=NOW + timedelta(seconds=9))
        assert sending.why_nothing_leaves(NOW) == "mail server trouble"


def finished(**more) -> bytes:
    fields = {
        "mail_from": "Fern <shop@fern.example>", "to": "dora@kunden.example", "subject": "Re: tea", "body": "Hello",
        "message_id": "<1@fern.example>", "at": NOW,
    }  # fmt: skip
    return mime.finished(**(fields | more))

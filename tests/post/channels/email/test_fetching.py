"""What a mailbox holds comes into the house once and whole, and the mailbox stays as it was."""

import shutil
import subprocess
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from imapclient import IMAPClient

from courtesy.jobs.models import Change, Job
from courtesy.post.channels.email import fetching, imap, reading
from courtesy.post.channels.email.fetching import Fetched
from courtesy.post.models import Arrival, Folder, Mailbox
from tests.post.channels.email.boxes import BEGINS, NOON, mailbox_on, raws
from tests.post.dovecot import letters, needs_dovecot, open_dovecot, open_smtp

pytestmark = [pytest.mark.django_db(databases="__all__"), needs_dovecot]


def fetch(box: Mailbox) -> Fetched:
    box.refresh_from_db()
    return fetching.fetch(box, at=NOON)


class TestFetch:
    def test_keeps_each_mail_as_it_is(self, dovecot, box):
        mails = letters(range(3))
        dovecot.deliver("shop", *mails)

        assert fetch(box) == Fetched(new=3)
        assert sorted(raws("mail")) == sorted(mails)
        assert set(Arrival.objects.values_list("mailbox", flat=True)) == {box.pk}

    def test_hands_each_over_to_be_taken_in(self, dovecot, box):
        dovecot.deliver("shop", *letters(range(3)))
        fetch(box)

        handed = {job.ids["arrival_id"] for job in Job.objects.filter(name="arrived")}
        assert handed == {str(pk) for pk in Arrival.objects.values_list("pk", flat=True)}

    def test_names_a_mail_by_a_keyed_digest(self, dovecot, box):
        dovecot.deliver("shop", *letters([1]))
        fetch(box)

        name = Arrival.objects.get().channel_id
        assert len(name) == 64
        assert "kunden" not in name

    def test_brings_the_sent_mail_under_a_channel_of_its_own(self, dovecot, box):
        dovecot.deliver("shop", *letters([1]))
        dovecot.append("shop", "Sent", letters([2])[0])

        assert fetch(box) == Fetched(new=1, sent=1)
        assert raws("sent mail") == letters([2])

    def test_leaves_the_mailbox_as_it_was(self, dovecot, box):
        dovecot.deliver("shop", *letters(range(3)))
        dovecot.append("shop", "INBOX", letters([4])[0], flags="\\Seen \\Flagged")
        before = dovecot.mails("shop")
        fetch(box)

        assert dovecot.mails("shop") == before
        assert [flags for flags, _ in before] == [set(), set(), set(), {"\\Seen", "\\Flagged"}]

    def test_asks_for_nothing_twice(self, dovecot, box):
        dovecot.deliver("shop", *letters(range(3)))
        fetch(box)
        dovecot.deliver("shop", *letters([7]))

        assert fetch(box) == Fetched(new=1)
        assert fetch(box) == Fetched()

    def test_keeps_the_same_bytes_once(self, dovecot, box):
        dovecot.deliver("shop", *letters([1]), *letters([1]))

        assert fetch(box) == Fetched(new=1, known=1)

    def test_says_when_it_came_to_the_shop(self, dovecot, box):
        yesterday = NOON - timedelta(days=1)
        dovecot.deliver("shop", *letters([1]), at=yesterday)
        fetch(box)

        assert Arrival.objects.get().received_at == yesterday

    def test_takes_a_mail_of_the_future_for_one_of_now(self, dovecot, box):
        dovecot.deliver("shop", *letters([1]), at=NOON + timedelta(days=3))
        fetch(box)

        assert Arrival.objects.get().received_at == NOON

    def test_leaves_the_past_where_it_is(self, dovecot, box):
        dovecot.deliver("shop", *letters([1, 2]), at=BEGINS - timedelta(days=1))
        dovecot.deliver("shop", *letters([3]), at=BEGINS - timedelta(hours=1))
        dovecot.deliver("shop", *letters([4]), at=BEGINS + timedelta(seconds=1))

        assert fetch(box) == Fetched(new=1)
        assert raws() == letters([4])

    def test_bears_a_clock_that_is_a_little_behind_ours(self, dovecot, box):
        dovecot.deliver("shop", *letters([3]), at=BEGINS - timedelta(minutes=4))

        assert fetch(box) == Fetched(new=1)

    def test_reads_an_earlier_beginning_when_told(self, dovecot, box):
        dovecot.deliver("shop", *letters([1]), at=BEGINS - timedelta(days=9))
        dovecot.deliver("shop", *letters([2]))
        fetch(box)
        Mailbox.objects.filter(pk=box.pk).update(begins_at=BEGINS - timedelta(days=10))
        fetching.read_again(box)

        assert fetch(box) == Fetched(new=1, known=1)

    def test_writes_down_that_all_is_well(self, dovecot, box):
        fetch(box)

        row = Mailbox.objects.get(pk=box.pk)
        assert (row.problem, row.problem_since) == ("", None)
        assert row.last_tried_at == row.last_fetched_at == NOON
        assert Change.objects.filter(name="mailboxes").count() == 1

    def test_tells_the_browsers_only_where_something_is_new(self, dovecot, box):
        fetch(box)
        fetch(box)
        dovecot.deliver("shop", *letters([1]))
        fetch(box)

        assert Change.objects.filter(name="mailboxes").count() == 2

    def test_reads_nothing_of_a_removed_mailbox(self, dovecot, box):
        dovecot.deliver("shop", *letters([1]))
        Mailbox.objects.filter(pk=box.pk).update(removed_at=NOON)

        assert fetch(box) == Fetched()
        assert not Arrival.objects.exists()

    def test_keeps_mailboxes_apart(self, dovecot, box):
        dovecot.open_mailbox("orders")
        other = mailbox_on(dovecot, "orders")
        dovecot.deliver("shop", *letters([1]))
        dovecot.deliver("orders", *letters([2]))

        assert fetch(box) == fetch(other) == Fetched(new=1)
        assert Arrival.objects.get(mailbox=other).channel == "mail"

    def test_costs_no_more_for_each_mail_in_a_large_mailbox(self, dovecot, box):
        fetch(box)

        def queries(mails: list[bytes]) -> int:
            dovecot.deliver("shop", *mails)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert fetch(box).new == len(mails)
            return len(asked)

        few, many = queries(letters(range(50))), queries(letters(range(100, 500)))
        assert many / 400 <= few / 50


@pytest.mark.skipif(shutil.which("swaks") is None, reason="swaks is not installed: apt install swaks")
class TestAnotherProgramsMail:
    def test_comes_in_as_it_was_delivered(self, dovecot, box):
        with open_smtp(dovecot, {"shop@fern.example": "shop"}) as port:
            for words in ("Is it in stock?", "Grüße aus Köln"):
                subprocess.run(
                    [
                        "swaks", "--server", f"127.0.0.1:{port}", "--to", "shop@fern.example",
                        "--from", "dora@kunden.example", "--header", "Subject: tea", "--body", words,
                    ],
                    check=True, capture_output=True, timeout=60,
                )  # fmt: skip

        assert fetch(box) == Fetched(new=2)
        assert sorted(raws()) == sorted(raw for _, raw in dovecot.mails("shop"))
        assert any("Grüße aus Köln".encode() in raw for raw in raws())


class TestOddMails:
    @pytest.mark.parametrize(
        "raw",
        [
            b"no head at all\r\n",
            b"\r\n",
            b"Subject: only a head\r\n",
            b"Subject: =?utf-8?q?broken\r\n\r\n\xff\xfe\x80 caf\xe9\r\n",
            b"Subject: braces {12}\r\n\r\n{3}\r\n* 1 FETCH (UID 1 BODY[] {3}\r\nabc)\r\n* BYE\r\n",
            b"Subject: " + b"long " * 4000 + b"\r\n\r\nhello\r\n",
            b"From: dora@kunden.example\r\n\r\n" + b"." * 9990 + b"\r\n.\r\n",
        ],
    )
    def test_are_kept_byte_for_byte(self, dovecot, box, raw):
        dovecot.deliver("shop", raw, *letters([1]))

        assert fetch(box) == Fetched(new=2)
        assert sorted(raws()) == sorted(bytes(mail) for _, mail in dovecot.mails("shop"))

    def test_too_large_is_set_aside_with_its_head_and_the_rest_flows(self, dovecot, box, monkeypatch):
        monkeypatch.setattr(reading, "LARGEST", 20_000)
        one, three = letters([1, 3])
        large = letters([2])[0] + b"x" * 30_000 + b"\r\n"
        dovecot.deliver("shop", one, large, three)

        assert fetch(box) == Fetched(new=3)
        aside = Arrival.objects.get(state="set aside")
        assert aside.problem == "too large"
        assert b"Subject: Letter 2" in aside.raw
        assert b"xxx" not in aside.raw
        assert fetch(box) == Fetched()


class TestPoison:
    """A mail at which the server stumbles."""

    @staticmethod
    def spoil(dovecot, number: int) -> None:
        """One mail's file cannot be read any more: Dovecot says BYE whenever it is asked for."""
        dovecot.mails("shop")
        dovecot.files("shop")[number].chmod(0)

    def test_is_set_aside_and_the_rest_flows(self, dovecot, box):
        mails = letters(range(60))
        dovecot.deliver("shop", *mails)
        self.spoil(dovecot, 3)

        assert fetch(box).new == 60
        aside = Arrival.objects.get(state="set aside")
        assert aside.problem == "the line broke whenever it was fetched"
        assert sorted(raws()) == sorted([*mails[:3], *mails[4:], bytes(aside.raw)])
        assert Mailbox.objects.get(pk=box.pk).problem == ""
        assert fetch(box) == Fetched()

    def test_is_set_aside_also_where_it_is_the_last(self, dovecot, box):
        dovecot.deliver("shop", *letters(range(10)))
        self.spoil(dovecot, 9)

        assert fetch(box).new == 10
        assert Arrival.objects.filter(state="set aside").count() == 1
        assert fetch(box) == Fetched()

    def test_alone_gets_time_and_goes_aside_when_another_shows_that_the_server_is_well(self, dovecot, box):
        dovecot.deliver("shop", *letters([1]))
        self.spoil(dovecot, 0)
        assert fetch(box) == Fetched(problem="server away")
        assert not Arrival.objects.exists()

        dovecot.deliver("shop", *letters([2]))
        assert fetch(box).new == 2
        assert Arrival.objects.filter(state="set aside").count() == 1

    def test_alone_for_long_is_set_aside_in_the_end(self, dovecot, box):
        dovecot.deliver("shop", *letters([1]))
        self.spoil(dovecot, 0)
        visits = 1
        while fetch(box).problem:
            visits += 1

        assert 3 <= visits <= 10
        assert Arrival.objects.get().state == "set aside"

    def test_of_a_server_that_is_ill_sets_nothing_aside(self, dovecot, box, monkeypatch):
        """Whatever is asked for, the line breaks: it is not the mails."""
        dovecot.deliver("shop", *letters(range(30)))
        ask = imap.Line.raw
        asked = []

        def breaking(line, uids):
            asked.append(uids)
            dovecot.drop_lines()
            return ask(line, uids)

        monkeypatch.setattr(imap.Line, "raw", breaking)
        for _ in range(6):
            assert fetch(box) == Fetched(problem="server away")
        assert not Arrival.objects.exists()
        assert len(asked) <= 6 * 3

        monkeypatch.setattr(imap.Line, "raw", ask)
        assert fetch(box) == Fetched(new=30)
        assert sorted(raws()) == sorted(letters(range(30)))

    @pytest.mark.parametrize("spoiled", [1, 3, 5])
    def test_that_is_refused_with_a_word_is_named_and_the_rest_flows(self, dovecot, box, monkeypatch, spoiled):
        dovecot.deliver("shop", *letters(range(5)))
        ask = imap.Line.raw

        def refusing(line, uids):
            if spoiled in uids:
                raise imap.AnswersOddly
            return ask(line, uids)

        monkeypatch.setattr(imap.Line, "raw", refusing)

        assert fetch(box) == Fetched(new=5)
        aside = Arrival.objects.get(state="set aside")
        assert aside.problem == "the server could not hand it over"
        assert b"Letter %d" % (spoiled - 1) in aside.raw
        assert fetch(box) == Fetched()

    def test_whose_words_the_server_leaves_out_is_not_passed_over(self, dovecot, box, monkeypatch):
        dovecot.deliver("shop", *letters(range(5)))
        answered = IMAPClient.fetch

        def leaving_out(client, uids, data, modifiers=None):
            answer = answered(client, uids, data, modifiers)
            if b"BODY.PEEK[]" in data and 3 in answer:
                answer[3] = {b"BODY[]": None}
            return answer

        monkeypatch.setattr(IMAPClient, "fetch", leaving_out)

        assert fetch(box) == Fetched(new=5)
        assert Arrival.objects.get(state="set aside").problem == "the server could not hand it over"

    def test_that_the_server_forgets_to_list_is_not_passed_over(self, dovecot, box, monkeypatch):
        dovecot.deliver("shop", *letters(range(5)))
        answered = IMAPClient.fetch
        monkeypatch.setattr(
            IMAPClient, "fetch", lambda *all_: {uid: one for uid, one in answered(*all_).items() if uid != 3}
        )
        assert fetch(box) == Fetched(problem="answers oddly")

        monkeypatch.setattr(IMAPClient, "fetch", answered)
        assert fetch(box) == Fetched(new=5)

    def test_that_somebody_deletes_while_we_read_is_no_trouble(self, dovecot, box, monkeypatch):
        dovecot.deliver("shop", *letters(range(5)))
        ask = imap.Line.raw

        def late(line, uids):
            with dovecot.phone("shop") as phone:
                phone.select("INBOX")
                phone.uid("STORE", "3", "+FLAGS", "(\\Deleted)")
                phone.expunge()
            return ask(line, uids)

        monkeypatch.setattr(imap.Line, "raw", late)
        assert fetch(box).problem == ""
        assert Arrival.objects.filter(state="new").count() in {4, 5}  # a server may still hand over what just went

    def test_of_a_server_that_refuses_everything_sets_nothing_aside(self, dovecot, box, monkeypatch):
        dovecot.deliver("shop", *letters(range(30)))
        ask = imap.Line.raw

        def refusing(line, uids):
            raise imap.AnswersOddly

        monkeypatch.setattr(imap.Line, "raw", refusing)
        assert fetch(box) == Fetched(problem="answers oddly")
        assert not Arrival.objects.exists()

        monkeypatch.setattr(imap.Line, "raw", ask)
        assert fetch(box) == Fetched(new=30)


class TestNumberedAnew:
    def test_is_read_again_and_kept_once(self, dovecot, box):
        dovecot.deliver("shop", *letters(range(4)))
        fetch(box)
        was = Folder.objects.get(mailbox=box, role="inbox").uid_validity
        dovecot.number_anew("shop")
        dovecot.deliver("shop", *letters([9]))

        assert fetch(box) == Fetched(new=1, known=4)
        assert Folder.objects.get(mailbox=box, role="inbox").uid_validity != was
        assert fetch(box) == Fetched()

    def test_would_be_missed_by_whoever_trusts_its_former_numbers(self, dovecot, box):
        """The control off: the folder's life is not looked at."""
        dovecot.deliver("shop", *letters(range(4)))
        fetch(box)
        dovecot.number_anew("shop")
        dovecot.deliver("shop", *letters([9]))
        with imap.connect(imap.access_to(box)) as line:
            Folder.objects.filter(mailbox=box, role="inbox").update(uid_validity=line.examine("INBOX"), last_uid=5)

        assert fetch(box) == Fetched()


class TestSentFolder:
    @pytest.mark.parametrize("name", ["Sent Items", "Gesendete Elemente", "Éléments envoyés"])
    def test_is_known_by_its_name_where_nobody_marked_it(self, db, name):
        with open_dovecot(sent=name, marks_sent=False) as server:
            box = mailbox_on(server)
            server.append(
                "shop",
                name.encode("utf-7").decode() if name.isascii() else "&AMk-l&AOk-ments envoy&AOk-s",
                letters([2])[0],
            )

            assert fetch(box) == Fetched(sent=1)
            assert Folder.objects.get(mailbox=box, role="sent").name == name

    def test_may_be_missing(self, db):
        with open_dovecot(sent="Elsewhere", marks_sent=False) as server:
            box = mailbox_on(server)
            server.deliver("shop", *letters([1]))

            assert fetch(box) == Fetched(new=1)

    def test_that_was_renamed_is_read_anew_and_kept_once(self, db):
        with open_dovecot(sent="Elsewhere", marks_sent=False) as server:
            box = mailbox_on(server)
            with server.phone("shop") as phone:
                phone.create('"Sent Items"')
            server.append("shop", "Sent Items", letters([1])[0])
            fetch(box)
            with server.phone("shop") as phone:
                phone.rename('"Sent Items"', '"Sent Messages"')
            server.append("shop", "Sent Messages", letters([2])[0])

            assert fetch(box) == Fetched(sent=1, known=1)

    def test_that_vanishes_while_we_listen_is_looked_for_again(self, db):
        with open_dovecot(sent="Elsewhere", marks_sent=False) as server:
            box = mailbox_on(server)
            with server.phone("shop") as phone:
                phone.create('"Sent Items"')
            server.append("shop", "Sent Items", letters([1])[0])
            with imap.connect(imap.access_to(box)) as line:
                assert fetching.read(line, box, at=NOON) == Fetched(sent=1)
                with server.phone("shop") as phone:
                    phone.delete('"Sent Items"')
                    phone.create("Gesendet")
                server.append("shop", "Gesendet", letters([2])[0])

                assert fetching.read(line, box, at=NOON) == Fetched()
                assert fetching.read(line, box, at=NOON) == Fetched(sent=1)


class TestAppend:
    def test_puts_a_copy_into_the_sent_folder_as_read(self, dovecot, box):
        imap.append(box, "", letters([3])[0], NOON)

        assert dovecot.mails("shop", "Sent") == [({"\\Seen"}, letters([3])[0])]

    def test_of_an_unknown_folder_is_refused(self, dovecot, box):
        with pytest.raises(imap.NoSuchFolder):
            imap.append(box, "Nowhere", letters([3])[0], NOON)

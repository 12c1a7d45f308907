"""What may be wrong with a mailbox: said in a word, never raised, tried again with patience, and nothing is lost."""

import ssl
import time
from datetime import timedelta

import pytest

from courtesy.jobs.models import Change
from courtesy.post.channels.email import fetching, imap, reading
from courtesy.post.channels.email.fetching import Fetched
from courtesy.post.models import Mailbox, Tls
from tests.post.channels.email.boxes import NOON, mailbox_on, raws
from tests.post.channels.email.odd_server import open_odd, usual
from tests.post.dovecot import letters, needs_dovecot, open_dovecot
from tests.post.test_tls import certificate  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db(databases="__all__"), needs_dovecot]
MINUTE = timedelta(minutes=1)


def fetch(box: Mailbox, at=NOON) -> Fetched:
    box.refresh_from_db()
    return fetching.fetch(box, at=at)


class TestServerAway:
    def test_is_said_with_since_when(self, dovecot, box):
        fetch(box)
        dovecot.kill()
        fetch(box, NOON + MINUTE)
        fetch(box, NOON + 2 * MINUTE)

        row = Mailbox.objects.get(pk=box.pk)
        assert (row.problem, row.problem_since) == ("server away", NOON + MINUTE)
        assert (row.last_tried_at, row.last_fetched_at) == (NOON + 2 * MINUTE, NOON)
        assert Change.objects.filter(name="mailboxes").count() == 2

    def test_is_asked_again_after_longer_and_longer_but_never_after_more_than_a_quarter_of_an_hour(self, dovecot, box):
        dovecot.kill()
        at, waits = NOON, []
        for _ in range(8):
            fetch(box, at)
            box.refresh_from_db()
            due = fetching.next_try(box)
            waits.append((due - at) / MINUTE)
            at = due

        assert waits == [1, 1, 2, 4, 8, 15, 15, 15]

    def test_for_two_days_loses_nothing_and_brings_nothing_twice(self, dovecot, box):
        dovecot.deliver("shop", *letters(range(5)))
        fetch(box)
        dovecot.kill()
        for hour in range(48):
            assert fetch(box, NOON + timedelta(hours=hour)).problem == "server away"
        dovecot.deliver("shop", *letters(range(10, 25)))
        dovecot.start()

        assert fetch(box, NOON + timedelta(hours=48)) == Fetched(new=15)
        assert sorted(raws()) == sorted(letters([*range(5), *range(10, 25)]))
        row = Mailbox.objects.get(pk=box.pk)
        assert (row.problem, row.problem_since, row.last_fetched_at) == ("", None, NOON + timedelta(hours=48))

    def test_in_the_middle_of_a_mailbox_keeps_what_came_and_brings_the_rest_later(self, dovecot, box, monkeypatch):
        monkeypatch.setattr(reading, "IN_A_COMMIT", 4)
        dovecot.deliver("shop", *letters(range(20)))
        kept = []

        def moment(name):
            kept.extend([name] * (name == "fetch: kept"))
            if len(kept) == 3 and name == "fetch: kept":
                dovecot.kill()

        monkeypatch.setattr(reading, "moment", moment)
        assert fetch(box) == Fetched(new=12, problem="server away")

        dovecot.start()
        assert fetch(box) == Fetched(new=8)
        assert sorted(raws()) == sorted(letters(range(20)))

    def test_after_every_few_mails_loses_nothing_and_blames_no_mail(self, dovecot, box, monkeypatch):
        monkeypatch.setattr(reading, "IN_A_COMMIT", 4)
        dovecot.deliver("shop", *letters(range(20)))
        monkeypatch.setattr(reading, "moment", lambda name: dovecot.drop_lines() if name == "fetch: kept" else None)
        for _ in range(6):
            if not fetch(box).problem:
                break

        assert sorted(raws()) == sorted(letters(range(20)))

    def test_is_what_a_silent_server_is(self, db, dovecot, monkeypatch):
        monkeypatch.setattr(imap, "PATIENCE", 0.3)
        with open_odd(usual, greeting=None) as port:
            assert fetch(mailbox_on(dovecot, imap_port=port)).problem == "server away"

    @pytest.mark.parametrize(
        "says",
        [
            None,
            b" NO [UNAVAILABLE] Temporary authentication failure.\r\n",
            b" NO [LIMIT] Too many connections\r\n",
            b" NO [INUSE] try again later\r\n",
        ],
    )
    def test_is_what_a_bad_day_at_the_sign_in_is_and_not_a_wrong_password(self, dovecot, says):
        def answer(tag, words):
            if words.upper().startswith(b"LOGIN"):
                return None if says is None else tag + says
            return usual(tag, words)

        with open_odd(answer) as port:
            assert fetch(mailbox_on(dovecot, imap_port=port)).problem == "server away"

    def test_is_a_name_nobody_knows(self, dovecot):
        box = mailbox_on(dovecot, imap_host="imap.fern.invalid", imap_tls=Tls.AT_ONCE)

        assert fetch(box).problem == "server away"


class TestPasswordRefused:
    def test_is_said_and_over_when_the_owner_gives_the_new_one(self, dovecot, box):
        dovecot.deliver("shop", *letters([1]))
        dovecot.open_mailbox("shop", "quite another")
        assert fetch(box) == Fetched(problem="password refused")

        box.secret = "quite another"
        box.save()
        assert fetch(box) == Fetched(new=1)
        assert Mailbox.objects.get(pk=box.pk).problem == ""

    def test_is_tried_so_rarely_that_no_account_is_locked(self, dovecot, box):
        at, tries = NOON, []
        while at <= NOON + timedelta(days=1):
            fetching.note(box.pk, problem="password refused", answered=False, news=False, at=at)
            tries.append((at - NOON) / MINUTE)
            box.refresh_from_db()
            at = fetching.next_try(box)

        assert tries[:6] == [0, 15, 30, 60, 120, 240]
        assert len(tries) <= 12

    def test_may_hold_every_letter(self, dovecot):
        dovecot.open_mailbox("many", 'Grüße "{3}" \\ 漢字')
        dovecot.deliver("many", *letters([1]))

        assert fetch(mailbox_on(dovecot, "many")) == Fetched(new=1)

    def test_and_address_stay_out_of_logs_and_of_what_is_printed(self, dovecot, box, caplog):
        caplog.set_level("DEBUG")
        fetch(box)
        dovecot.open_mailbox("shop", "quite another")
        fetch(box)

        told = caplog.text + repr(imap.access_to(box))
        assert "nobody guesses" not in told
        assert "shop" not in told


class TestTls:
    @pytest.fixture
    def closed(self, certificate):  # noqa: F811
        readable = certificate.read_text()
        with open_dovecot() as server:
            server.stop()
            server.certificate = server.folder / "post.pem"
            server.certificate.write_text(readable)
            server.start()
            server.deliver("shop", *letters([1]))
            yield server

    @pytest.fixture
    def trusted(self, certificate, monkeypatch):  # noqa: F811
        context = ssl.create_default_context(cafile=str(certificate))
        monkeypatch.setattr(imap.ssl, "create_default_context", lambda: context)

    @pytest.mark.parametrize("tls", [Tls.AT_ONCE, Tls.STARTTLS])
    @pytest.mark.usefixtures("trusted")
    def test_reads_where_somebody_vouches_for_the_server(self, closed, tls):
        port = closed.tls_port if tls == Tls.AT_ONCE else closed.port
        box = mailbox_on(closed, imap_port=port, imap_tls=tls)

        assert fetch(box) == Fetched(new=1)

    @pytest.mark.usefixtures("trusted")
    def test_hears_of_new_mail_there_too(self, closed):
        from threading import Event, Timer  # noqa: PLC0415

        box = mailbox_on(closed, imap_port=closed.tls_port, imap_tls=Tls.AT_ONCE)
        with imap.connect(imap.access_to(box)) as line:
            fetching.read(line, box, at=NOON)
            Timer(0.7, closed.deliver, args=("shop", *letters([2]))).start()
            assert line.listen(seconds=20, stop=Event())
            assert fetching.read(line, box, at=NOON) == Fetched(new=1)

    @pytest.mark.parametrize("tls", [Tls.AT_ONCE, Tls.STARTTLS])
    def test_says_no_word_to_a_server_nobody_vouches_for(self, closed, tls):
        port = closed.tls_port if tls == Tls.AT_ONCE else closed.port

        assert fetch(mailbox_on(closed, imap_port=port, imap_tls=tls)).problem == "certificate"
        assert "user=<shop>" not in closed.log

    @pytest.mark.usefixtures("trusted")
    def test_wants_the_certificate_to_name_the_server(self, closed):
        box = mailbox_on(closed, imap_host="localhost", imap_port=closed.tls_port, imap_tls=Tls.AT_ONCE)

        assert fetch(box).problem == "certificate"

    def test_says_no_word_where_starttls_is_not_offered(self, dovecot):
        box = mailbox_on(dovecot, imap_tls=Tls.STARTTLS)

        assert fetch(box).problem == "no TLS"
        assert "user=<shop>" not in dovecot.log

    def test_goes_without_only_on_this_machine(self, dovecot, monkeypatch):
        called = []
        monkeypatch.setattr(imap, "IMAPClient", lambda *a, **k: called.append(a))

        assert fetch(mailbox_on(dovecot, imap_host="imap.fern.example")).problem == "no TLS"
        assert called == []

    def test_at_a_port_that_speaks_without_is_an_odd_answer(self, dovecot):
        assert fetch(mailbox_on(dovecot, imap_tls=Tls.AT_ONCE)).problem == "answers oddly"


class TestQuota:
    def test_full_is_said_and_what_is_there_comes_all_the_same(self, db):
        with open_dovecot(quota=30) as server:
            box = mailbox_on(server)
            server.deliver("shop", letters([1])[0] + b"x" * 40_000 + b"\r\n")

            assert fetch(box) == Fetched(new=1, problem="quota")
            row = Mailbox.objects.get(pk=box.pk)
            assert (row.problem, row.last_fetched_at) == ("quota", NOON)
            assert fetching.next_try(row) is None
            with pytest.raises(imap.QuotaFull):
                imap.append(box, "Sent", letters([2])[0], NOON)

    def test_with_room_is_no_trouble(self, db):
        with open_dovecot(quota=300) as server:
            server.deliver("shop", letters([1])[0] + b"x" * 40_000 + b"\r\n")

            assert fetch(mailbox_on(server)) == Fetched(new=1)


class TestAnswersOddly:
    @pytest.mark.parametrize(
        ("to", "says", "problem"),
        [
            (b"EXAMINE", b"* 0 EXISTS\r\n* OK [UIDVALIDITY none] hm\r\n%s OK done\r\n", "answers oddly"),
            (b"UID SEARCH", b"* SEARCH one two\r\n%s OK done\r\n", "answers oddly"),
            (b"UID SEARCH", b"%s BAD what?\r\n", "answers oddly"),
            # It lists mails, tells nothing of them, and lists them again.
            (b"UID SEARCH", b"* SEARCH 1 2\r\n%s OK done\r\n", "answers oddly"),
            (b"LIST", b"* LIST (((\r\n%s OK done\r\n", "answers oddly"),
            (b"LOGIN", b"%s OK [CAPABILITY \xff\xfe] in\r\n* \x00\r\n", "server away"),
        ],
    )
    def test_is_a_problem_and_no_crash(self, dovecot, to, says, problem, monkeypatch):
        monkeypatch.setattr(imap, "PATIENCE", 1.0)

        def answer(tag, words):
            return says.replace(b"%s", tag) if words.upper().startswith(to) else usual(tag, words)

        with open_odd(answer) as port:
            assert fetch(mailbox_on(dovecot, imap_port=port)).problem == problem

    def test_is_no_greeting_of_a_mail_server(self, dovecot):
        with open_odd(usual, greeting=b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
            assert fetch(mailbox_on(dovecot, imap_port=port)).problem == "answers oddly"

    def test_of_no_inbox_says_so(self, dovecot):
        def answer(tag, words):
            return tag + b" NO no such mailbox\r\n" if words.upper().startswith(b"EXAMINE") else usual(tag, words)

        with open_odd(answer) as port:
            assert fetch(mailbox_on(dovecot, imap_port=port)).problem == "no such folder"

    def test_without_idle_is_asked_now_and_then(self, dovecot):
        from threading import Event  # noqa: PLC0415

        with open_odd(usual) as port:
            box = mailbox_on(dovecot, imap_port=port)
            with imap.connect(imap.access_to(box)) as line:
                fetching.read(line, box, at=NOON)
                began = time.monotonic()
                assert not line.listen(seconds=0.6, stop=Event())
                assert time.monotonic() - began >= 0.6

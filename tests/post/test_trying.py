"""Settings of a mailbox are tried out against a real Dovecot and a real SMTP server; each mistake has its name."""

import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from courtesy.post import mailboxes, mime, probing, trying
from courtesy.post.channels.email.parsing import parse
from courtesy.post.mailboxes import Given, SecretNeeded, Unusable
from courtesy.post.models import Mailbox, Outgoing, Trial
from courtesy.post.trying import Seen
from courtesy.privacy import keys
from courtesy.privacy.keys import KeyGone
from courtesy.staff.actions import NotAllowed
from courtesy.staff.queries import shop
from tests.post.conftest import NOW
from tests.post.connected import connected, given
from tests.post.dovecot import BINARY, PASSWORD, Dovecot, letters, open_dovecot, open_smtp
from tests.post.mailbox import open_post
from tests.post.test_mailboxes import stored
from tests.post.test_tls import certificate, closed_server  # noqa: F401 (fixtures)

pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.skipif(BINARY is None, reason="Dovecot is not installed: apt install dovecot-imapd"),
]


@pytest.fixture(scope="module")
def dovecot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    with open_dovecot() as server:
        yield server


@pytest.fixture
def smtp_port(dovecot) -> Iterator[int]:
    with open_smtp(dovecot, {"hello@marigold.example": "shop"}) as port:
        yield port


@pytest.fixture
def right(dovecot, smtp_port) -> Given:
    """Settings that work."""
    return given(imap=dovecot.port, smtp=smtp_port, secret=PASSWORD)


@pytest.fixture(autouse=True)
def quick(monkeypatch) -> None:
    monkeypatch.setattr(trying, "COMES_BACK_WITHIN", 5.0)
    monkeypatch.setattr(probing, "PATIENCE", 1.5)


def tried(wanted: Given, by, *, sends_one: bool = False, **more) -> Seen:
    """What came of it."""
    trial = trying.try_out(given=wanted, sends_one=sends_one, by=by, at=NOW, **more)
    assert trying.try_due(at=NOW) == 1
    return trying.seen(trial.pk)


def went(seen: Seen) -> dict[str, str]:
    """Step → how it went, or what was wrong."""
    return {step.name: step.problem or step.how for step in seen.steps}


class TestWhatWorks:
    def test_is_shown_step_by_step(self, ada, dovecot, right):
        dovecot.deliver("shop", *letters(range(3)))
        seen = tried(right, ada, sends_one=True)

        assert went(seen) == dict.fromkeys(
            ["reach", "sign in", "newest", "sent folder", "smtp reach", "smtp sign in", "address", "letter", "back"],
            "done",
        )
        assert (seen.is_over, seen.reads, seen.sends, seen.failed) == (True, True, True, None)
        assert next(step for step in seen.steps if step.name == "newest").size > 100

    def test_leaves_no_mark_in_the_mailbox(self, ada, dovecot, right):
        dovecot.deliver("shop", *letters(range(3)))
        before = dovecot.mails("shop")
        tried(right, ada)

        assert dovecot.mails("shop") == before
        assert not any("\\Seen" in flags for flags, _ in before)

    def test_sends_one_letter_to_itself_that_is_known_as_ours(self, ada, dovecot, right):
        before = len(dovecot.mails("shop"))
        tried(right, ada, sends_one=True)

        raw = dovecot.mails("shop")[-1][1]
        assert len(dovecot.mails("shop")) == before + 1
        assert f"{mime.OURS}: trial".encode() in raw
        assert parse(raw, ours=["hello@marigold.example"]).mail
        assert not Outgoing.objects.exists()

    def test_sends_none_unless_asked(self, ada, right, dovecot):
        before = len(dovecot.mails("shop"))
        seen = tried(right, ada)

        assert went(seen)["letter"] == "left out"
        assert seen.sends
        assert len(dovecot.mails("shop")) == before

    def test_may_be_only_reading(self, ada, right):
        seen = tried(replace(right, smtp_host=""), ada)
        assert (seen.reads, seen.sends, "smtp reach" in went(seen)) == (True, False, False)


class TestWhatDoesNot:
    @pytest.mark.parametrize(
        ("wrong", "step", "problem"),
        [
            ({"secret": "something else"}, "sign in", "password refused"),
            ({"user": "nobody"}, "sign in", "password refused"),
            ({"imap_host": "no-such-host.invalid", "imap_tls": "at once"}, "reach", "no such host"),
            ({"imap_port": 1}, "reach", "port closed"),
            ({"imap_tls": "at once"}, "sign in", "answers oddly"),
            ({"imap_tls": "starttls"}, "sign in", "no TLS"),
            ({"smtp_port": 1}, "smtp reach", "port closed"),
            ({"smtp_tls": "at once"}, "smtp sign in", "answers oddly"),
            ({"smtp_tls": "starttls"}, "smtp sign in", "no TLS"),
            ({"smtp_port": "that for reading"}, "smtp sign in", "answers oddly"),
            ({"address": "other@marigold.example"}, "address", "address refused"),
        ],
    )
    def test_is_named_at_the_step_where_it_is(self, ada, right, wrong, step, problem):
        if wrong.get("smtp_port") == "that for reading":
            wrong = {"smtp_port": right.imap_port}
        seen = tried(replace(right, **wrong), ada)

        assert went(seen)[step] == problem
        assert seen.failed
        assert seen.failed.name == step
        assert seen.is_over

    def test_of_reading_does_not_keep_sending_from_being_tried(self, ada, right):
        seen = tried(replace(right, secret="wrong"), ada)
        assert (seen.reads, seen.sends) == (False, True)

    def test_a_server_that_says_nothing_is_told_from_one_that_is_not_there(self, ada, right):
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen(0)
            fillers = [socket.create_connection(silent.getsockname(), timeout=1)]
            for _ in range(3):
                one = socket.socket()
                one.setblocking(False)
                one.connect_ex(silent.getsockname())
                fillers.append(one)
            seen = tried(replace(right, imap_port=silent.getsockname()[1]), ada)
            for one in fillers:
                one.close()
        assert went(seen)["reach"] == "no answer"

    def test_a_certificate_nobody_vouches_for(self, ada, right, closed_server):  # noqa: F811
        seen = tried(replace(right, smtp_port=closed_server.port, smtp_tls="starttls"), ada)
        assert went(seen)["smtp sign in"] == "certificate of its own"

    def test_a_refused_sender_and_a_refused_letter(self, ada, right):
        with open_post() as post:
            post.at_mail = ["550 not you"]
            assert went(tried(replace(right, smtp_port=post.port), ada))["address"] == "sender refused"
            post.at_data = ["554 no"]
            seen = tried(replace(right, smtp_port=post.port), ada, sends_one=True)
            assert went(seen)["letter"] == "text refused"
            assert not seen.sends

    def test_a_letter_that_does_not_come_back_is_no_failure(self, ada, right, monkeypatch):
        monkeypatch.setattr(trying, "COMES_BACK_WITHIN", 0.5)
        with open_post() as post:
            seen = tried(replace(right, smtp_port=post.port), ada, sends_one=True)
        assert went(seen)["back"] == "odd"
        assert seen.sends

    def test_the_sample_shop_calls_nobody(self, ada, right, monkeypatch):
        row = shop()
        row.is_sample = True
        row.save()
        monkeypatch.setattr(probing, "reach", lambda host, port: pytest.fail("it called out"))
        elsewhere = {
            "imap_host": "imap.gmail.com",
            "imap_tls": "at once",
            "smtp_host": "smtp.gmail.com",
            "smtp_tls": "starttls",
        }
        seen = tried(replace(right, **elsewhere), ada)
        assert went(seen) == {"reach": "sample shop", "smtp reach": "sample shop"}


class TestAsking:
    def test_is_for_those_who_manage(self, ben, right):
        with pytest.raises(NotAllowed):
            trying.try_out(given=right, sends_one=False, by=ben, at=NOW)

    def test_for_a_letter_is_the_owners_while_nothing_may_leave(self, mia, ada, right):
        with pytest.raises(NotAllowed):
            trying.try_out(given=right, sends_one=True, by=mia, at=NOW)
        trying.try_out(given=right, sends_one=True, by=ada, at=NOW)
        row = shop()
        row.may_send = True
        row.save()
        trying.try_out(given=right, sends_one=True, by=mia, at=NOW)

    def test_takes_the_mailboxs_own_password_only_to_its_own_server(self, ada, right):
        row = connected(ada, imap=right.imap_port, smtp=right.smtp_port, secret=PASSWORD)
        assert tried(replace(right, secret=""), ada, mailbox_id=row.pk).reads
        with pytest.raises(SecretNeeded):
            trying.try_out(
                given=replace(right, secret="", imap_port=7), sends_one=False, by=ada, at=NOW, mailbox_id=row.pk
            )

    def test_refuses_what_cannot_be_right(self, ada, right):
        with pytest.raises(Unusable):
            trying.try_out(given=replace(right, imap_host=""), sends_one=False, by=ada, at=NOW)
        with pytest.raises(SecretNeeded):
            trying.try_out(given=replace(right, secret=""), sends_one=False, by=ada, at=NOW)
        with pytest.raises(mailboxes.NoSuchMailbox):
            trying.try_out(given=right, sends_one=False, by=ada, at=NOW, mailbox_id=uuid4())

    def test_is_forgotten_after_an_hour_with_its_password(self, ada, right):
        trial = tried(right, ada)
        row = Trial.objects.get()
        trying.try_due(at=NOW + trying.LASTS + timedelta(minutes=1))

        assert not Trial.objects.exists()
        with pytest.raises(KeyGone):
            keys.of(row.key_id)
        with pytest.raises(trying.NoSuchTrial):
            trying.seen(trial.trial_id)

    def test_keeps_what_was_typed_sealed_and_no_word_in_its_steps(self, ada, dovecot, right):
        dovecot.deliver("shop", *letters([1]))
        seen = tried(right, ada, sends_one=True)

        assert PASSWORD.encode() not in stored("post_trial")
        steps = json.dumps(Trial.objects.get().steps)
        assert "marigold" not in steps
        assert "Letter" not in steps
        assert PASSWORD not in repr(seen)
        assert not Mailbox.objects.exists()

    def test_begun_and_left_by_a_dead_worker_is_taken_up_again(self, ada, right):
        trial = trying.try_out(given=right, sends_one=False, by=ada, at=NOW)
        Trial.objects.update(claimed_until=NOW + trying.LEASE, steps=[{"name": "reach", "how": "now"}])
        assert trying.try_due(at=NOW) == 0
        assert trying.try_due(at=NOW + trying.LEASE) == 1
        assert trying.seen(trial.pk).reads

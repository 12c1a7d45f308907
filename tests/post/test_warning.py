"""The second path: told once when mail stands still, once when it is well again, by no way that stands still itself."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from courtesy.post import mime, warning
from courtesy.post.models import Mailbox, MailServer, SecondPath
from courtesy.staff.actions import NotAllowed
from courtesy.staff.queries import shop
from tests.post.conftest import NOW
from tests.post.connected import connected
from tests.post.mailbox import open_post
from tests.post.test_mailboxes import stored

pytestmark = pytest.mark.django_db(databases="__all__")

AN_HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def long_awake(monkeypatch) -> None:
    monkeypatch.setattr(warning, "GRACE", timedelta(0))


@dataclass
class Hook:
    """A webhook that remembers what it was told, and answers as it is told to."""

    url: str = ""
    status: int = 200
    told: list[dict] = field(default_factory=list)


@contextmanager
def open_hook() -> Iterator[Hook]:
    hook = Hook()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            hook.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(hook.status)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    hook.url = f"http://127.0.0.1:{server.server_port}/alerts?to=ada"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def hook() -> Iterator[Hook]:
    with open_hook() as one:
        yield one


@pytest.fixture
def elsewhere(settings) -> Iterator:
    """A mail server that only takes warnings."""
    with open_post() as post:
        settings.COURTESY = replace(settings.COURTESY, warning_smtp_url=post.url)
        yield post


@pytest.fixture
def by_hook(ada, hook) -> Hook:
    warning.name(address="", webhook=hook.url, by=ada, at=NOW)
    return hook


def fetched(at: datetime) -> None:
    Mailbox.objects.update(last_fetched_at=at)


class TestLook:
    def test_tells_once_that_reading_stands_still_and_once_that_it_is_well(self, ada, by_hook):
        connected(ada, at=NOW)
        for minutes in (5, 29, 31, 40, 90):
            warning.look(at=NOW + timedelta(minutes=minutes))
        assert [told["what"] for told in by_hook.told] == [["reading"]]
        assert "31 minutes" in by_hook.told[0]["text"]
        assert by_hook.told[0]["since"] == NOW.isoformat()

        fetched(NOW + timedelta(minutes=91))
        for minutes in (92, 100):
            warning.look(at=NOW + timedelta(minutes=minutes))
        assert [told["what"] for told in by_hook.told] == [["reading"], []]
        assert "again" in by_hook.told[1]["text"]

        warning.look(at=NOW + timedelta(minutes=130))
        assert len(by_hook.told) == 3  # a new trouble is told anew

    def test_tells_of_sending_too_and_only_while_it_may_send(self, ada, by_hook):
        MailServer.objects.create(name="settings", failures=9, since=NOW, problem="server away")
        warning.look(at=NOW + AN_HOUR)
        assert by_hook.told == []
        row = shop()
        row.may_send = True
        row.save()
        warning.look(at=NOW + AN_HOUR)

        assert [told["what"] for told in by_hook.told] == [["sending"]]

    def test_tells_again_when_a_second_thing_stands_still(self, ada, by_hook, may_send):
        connected(ada, at=NOW)
        warning.look(at=NOW + AN_HOUR)
        MailServer.objects.create(name="settings", failures=9, since=NOW, problem="server away")
        warning.look(at=NOW + AN_HOUR)
        warning.look(at=NOW + AN_HOUR)

        assert [told["what"] for told in by_hook.told] == [["reading"], ["reading", "sending"]]

    def test_says_nothing_that_names_anybody(self, ada, by_hook, elsewhere, hook):
        warning.name(address="ada@private.example", webhook=hook.url, by=ada, at=NOW)
        connected(ada, at=NOW)
        warning.look(at=NOW + AN_HOUR)

        said = json.dumps(hook.told) + elsewhere.taken[0].get_content()
        assert "marigold" not in said.lower()
        assert "ada" not in json.dumps(hook.told)

    def test_waits_a_little_after_the_start_and_after_sleep(self, ada, by_hook, monkeypatch):
        """A computer that was off all night has fetched nothing for hours, and fetches within seconds."""
        monkeypatch.setattr(warning, "GRACE", timedelta(minutes=3))
        monkeypatch.setattr(warning, "_waking", warning._Waking())
        connected(ada, at=NOW)
        woke = NOW + timedelta(hours=9)
        for seconds in range(0, 180, 30):
            warning.look(at=woke + timedelta(seconds=seconds))
        warning.look(at=woke + timedelta(hours=1))  # it slept again
        assert by_hook.told == []

        for seconds in range(0, 200, 30):
            warning.look(at=woke + timedelta(hours=1, seconds=seconds))
        assert len(by_hook.told) == 1

    def test_is_quiet_where_nobody_is_named(self, ada):
        connected(ada, at=NOW)
        warning.look(at=NOW + AN_HOUR)
        assert not SecondPath.objects.exists()


class TestLetters:
    def test_go_by_the_server_named_for_them(self, ada, elsewhere, mail_server, may_send):
        warning.name(address="ada@private.example", webhook="", by=ada, at=NOW)
        connected(ada, at=NOW, smtp=mail_server.port)
        warning.look(at=NOW + AN_HOUR)

        assert elsewhere.recipients == ["ada@private.example"]
        assert elsewhere.taken[0][mime.OURS] == "warning"
        assert elsewhere.taken[0]["Subject"].endswith(": mail stands still")
        assert elsewhere.taken[0]["Auto-Submitted"] == "auto-generated"
        assert "60 minutes" in elsewhere.words()[0]
        assert mail_server.taken == []

    def test_say_in_their_subject_what_they_are(self, ada, elsewhere, mail_server, may_send):
        warning.name(address="ada@private.example", webhook="", by=ada, at=NOW)
        warning.ask_for_test(by=ada, at=NOW)
        warning.look(at=NOW)
        connected(ada, at=NOW, smtp=mail_server.port)
        warning.look(at=NOW + AN_HOUR)
        Mailbox.objects.update(last_fetched_at=NOW + AN_HOUR)
        warning.look(at=NOW + AN_HOUR)

        subjects = [taken["Subject"].partition(": ")[2] for taken in elsewhere.taken]
        assert subjects == ["a test warning", "mail stands still", "mail flows again"]

    def test_go_by_a_server_of_the_shop_that_is_not_in_trouble(self, ada, mail_server, may_send):
        warning.name(address="ada@private.example", webhook="", by=ada, at=NOW)
        connected(ada, at=NOW)  # its server is nowhere
        connected(ada, "orders@marigold.example", at=NOW + timedelta(seconds=1), smtp=mail_server.port)
        warning.look(at=NOW + AN_HOUR)

        assert mail_server.recipients == ["ada@private.example"]

    def test_never_by_one_that_is(self, ada, mail_server, may_send):
        warning.name(address="ada@private.example", webhook="", by=ada, at=NOW)
        MailServer.objects.create(name="settings", failures=9, since=NOW, problem="server away")
        warning.look(at=NOW + AN_HOUR)

        assert mail_server.taken == []
        assert warning.problem() == "no mail server took the letter"


class TestNotThrough:
    @pytest.mark.parametrize("status", [301, 404, 500])
    def test_is_said_and_tried_again_after_a_while(self, ada, by_hook, status):
        connected(ada, at=NOW)
        by_hook.status = status
        for minutes in (60, 61, 62):
            warning.look(at=NOW + timedelta(minutes=minutes))
        assert len(by_hook.told) == 1
        assert warning.problem() == f"the webhook answered {status}"

        by_hook.status = 204
        warning.look(at=NOW + timedelta(minutes=66))
        warning.look(at=NOW + timedelta(minutes=72))
        assert len(by_hook.told) == 2
        assert warning.problem() == ""

    def test_by_one_of_two_ways_is_said_and_the_other_counts(self, ada, hook):
        warning.name(address="ada@private.example", webhook=hook.url, by=ada, at=NOW)
        connected(ada, at=NOW)
        warning.look(at=NOW + AN_HOUR)
        warning.look(at=NOW + 2 * AN_HOUR)

        assert len(hook.told) == 1
        assert warning.problem() == "no mail server took the letter"

    def test_a_webhook_that_is_gone(self, ada):
        warning.name(address="", webhook="http://127.0.0.1:9/x", by=ada, at=NOW)
        warning.ask_for_test(by=ada, at=NOW)
        warning.look(at=NOW)
        assert warning.problem() == "the webhook cannot be reached"


class TestTest:
    def test_is_sent_once_and_warns_of_nothing(self, ada, by_hook):
        assert warning.ask_for_test(by=ada, at=NOW)
        warning.look(at=NOW)
        warning.look(at=NOW)

        assert [told["what"] for told in by_hook.told] == [[]]
        assert "test" in by_hook.told[0]["text"].lower()
        row = SecondPath.objects.get()
        assert (row.tested_at, row.warned_at) == (NOW, None)

    def test_has_to_go_somewhere(self, ada):
        assert not warning.ask_for_test(by=ada, at=NOW)


class TestName:
    @pytest.mark.parametrize(
        "webhook",
        [
            "http://ntfy.example/x", "ftp://ntfy.example/x", "https://", "https://user:word@ntfy.example/x",
            "https://ntfy.example/a b", "https://ntfy.example/\r\nX: y", "nonsense", "https://[",
            f"https://x.example/{'a' * 500}",
        ],
    )  # fmt: skip
    def test_refuses_what_is_open_to_others_or_no_address(self, ada, webhook):
        with pytest.raises(warning.BadPath) as refusal:
            warning.name(address="", webhook=webhook, by=ada, at=NOW)
        assert refusal.value.where == "webhook"

    def test_refuses_what_no_letter_could_go_to(self, ada):
        with pytest.raises(warning.BadPath) as refusal:
            warning.name(address="ada", webhook="", by=ada, at=NOW)
        assert refusal.value.where == "address"

    def test_keeps_it_sealed_once_and_forgets_it_when_it_is_emptied(self, ada):
        warning.name(address="ada@private.example", webhook="https://ntfy.example/secret-topic", by=ada, at=NOW)
        warning.name(address="ada@private.example", webhook="https://ntfy.example/secret-topic", by=ada, at=NOW)
        assert SecondPath.objects.count() == 1
        assert b"private" not in stored("post_secondpath")
        assert b"secret-topic" not in stored("post_secondpath")

        assert warning.name(address="", webhook="", by=ada, at=NOW) is None
        assert not SecondPath.objects.exists()

    def test_is_for_those_who_manage(self, ben, vera):
        for somebody in (ben, vera):
            with pytest.raises(NotAllowed):
                warning.name(address="", webhook="", by=somebody, at=NOW)
            with pytest.raises(NotAllowed):
                warning.ask_for_test(by=somebody, at=NOW)

    def test_of_the_sample_shop_calls_nobody_elsewhere(self, ada, monkeypatch):
        row = shop()
        row.is_sample = True
        row.save()
        monkeypatch.setattr(warning.http.client, "HTTPSConnection", lambda *a, **k: pytest.fail("it called out"))
        warning.name(address="", webhook="https://ntfy.example/x", by=ada, at=NOW)
        warning.ask_for_test(by=ada, at=NOW)
        warning.look(at=NOW)
        assert warning.problem() == "the sample shop calls nobody"

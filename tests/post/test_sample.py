"""The sample shop lets nothing leave this computer, whatever mail server is named."""

from dataclasses import replace

import pytest

from courtesy.post import queries, sending, smtp
from tests.post.conftest import NOW, UNDO, state

pytestmark = pytest.mark.django_db(databases="__all__")
AFTER = NOW + UNDO


@pytest.fixture
def sample(may_send):
    may_send.is_sample = True
    may_send.save()
    return may_send


class TestTheSampleShop:
    def test_sends_nothing_to_a_server_elsewhere(self, sample, settings, write, monkeypatch):
        settings.COURTESY = replace(settings.COURTESY, smtp_url="smtp://mail.fern.example")
        monkeypatch.setattr(smtp, "_open", lambda wanted: pytest.fail("it called out"))
        outgoing = write()
        sending.send_due(at=AFTER)

        assert state(outgoing) == "waiting"
        assert sending.why_nothing_leaves(AFTER) == "sample shop"

    def test_would_call_out_if_it_were_a_real_one(self, may_send, settings, write, monkeypatch):
        settings.COURTESY = replace(settings.COURTESY, smtp_url="smtp://mail.fern.example")
        called = []

        def out(wanted):
            called.append(wanted.host)
            raise OSError

        monkeypatch.setattr(smtp, "_open", out)
        write()
        sending.send_due(at=AFTER)

        assert called == ["mail.fern.example"]

    def test_sends_to_a_server_on_this_machine(self, sample, mail_server, write):
        write("Hello")
        sending.send_due(at=AFTER)

        assert mail_server.words() == ["Hello"]

    @pytest.mark.parametrize(
        ("url", "here"),
        [
            ("smtp://localhost:25", True),
            ("smtp://127.0.0.1", True),
            ("smtps://[::1]", True),
            ("smtp://localhost@mail.example", False),
            ("smtp://localhost.mail.example", False),
            ("smtp://127.0.0.1.example", False),
            ("smtp://192.168.0.2", False),
            ("smtp://[", False),
            ("", False),
        ],
    )
    def test_knows_this_machine_from_others(self, url, here):
        assert queries.is_on_this_machine(url) is here


class TestGreetingTheServer:
    def test_is_by_the_mail_domain_and_never_by_this_machines_name(self, may_send, mail_server, write, monkeypatch):
        greeted = []
        opened = smtp._open

        def heard(wanted):
            server = opened(wanted)
            greeted.append(server.local_hostname)
            return server

        monkeypatch.setattr(smtp, "_open", heard)
        write()
        sending.send_due(at=AFTER)

        assert greeted == ["fern.example"]
        assert len(mail_server.taken) == 1

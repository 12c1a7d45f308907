"""The finished bytes: made once, plain, and with nothing in them that a customer's text could have put there."""

import ast
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.core.mail import send_mail
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from courtesy.jobs import moments
from courtesy.post import letters, mime, outbox, sending
from courtesy.post.models import Outgoing
from courtesy.privacy.sealing import NotPossibleSealed
from tests.post.conftest import NOW, UNDO, state
from tests.sources import mentions

ROOT = Path(__file__).resolve().parents[2]


def read(content: bytes):
    return message_from_bytes(content, policy=policy.default)


def made(**more) -> bytes:
    fields = {
        "mail_from": "Fern & Söhne <shop@fern.example>", "to": "dora@kunden.example", "subject": "Re: tea",
        "body": "Hello", "message_id": "<1@fern.example>", "at": NOW,
    }  # fmt: skip
    return mime.finished(**(fields | more))


class TestFinished:
    def test_is_a_plain_text_of_a_person(self):
        mail = read(made(references=["<a@x>", "<b@x>"]))

        assert (mail.get_content_type(), mail.get_content_charset()) == ("text/plain", "utf-8")
        assert mail["In-Reply-To"] == "<b@x>"
        assert mail["References"] == "<a@x> <b@x>"
        assert mail["Auto-Submitted"] is None
        assert mail["Date"].datetime == NOW

    def test_of_a_machine_says_so(self):
        assert read(made(automatic=True))["Auto-Submitted"] == "auto-generated"

    @given(subject=st.text(max_size=200), body=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=500))
    def test_no_text_of_a_customer_becomes_a_header(self, subject, body):
        content = made(subject=subject, body=body)
        mail = read(content)

        assert set(mail.keys()) == {
            "From", "To", "Subject", "Date", "Message-ID", "X-Courtesy", "Content-Type",
            "Content-Transfer-Encoding", "MIME-Version",
        }  # fmt: skip
        assert content.isascii()
        assert max(map(len, content.split(b"\r\n"))) <= 998

    def test_names_of_mails_say_nothing_and_are_never_the_same(self):
        names = {mime.new_message_id("Shop <shop@fern.example>") for _ in range(100)}

        assert len(names) == 100
        assert all(name.endswith("@fern.example>") for name in names)


@pytest.mark.django_db(databases="__all__")
class TestPost:
    def test_one_decision_lets_out_one_answer(self, write):
        first = write()
        with pytest.raises(IntegrityError), transaction.atomic():
            Outgoing.objects.filter(pk=write().pk).update(decision_id=first.decision_id)

    def test_a_reply_without_a_decision_cannot_be_stored(self, write):
        outgoing = write()
        with pytest.raises(IntegrityError), transaction.atomic():
            Outgoing.objects.filter(pk=outgoing.pk).update(decision_id=None)

    def test_neither_address_nor_words_are_written_in_clear(self, write):
        write("secret words")

        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM post_outgoing")
            stored = b"".join(
                bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in cursor.fetchone()
            )
        assert b"dora" not in stored
        assert b"secret" not in stored

    def test_the_bytes_cannot_be_changed_in_bulk(self, write):
        write()
        with pytest.raises(NotPossibleSealed):
            Outgoing.objects.update(to=F("message_id"))

    def test_letters_stand_in_line_in_the_order_they_were_written(self, write):
        turns = [write().turn for _ in range(3)]

        assert turns == sorted(set(turns))


@pytest.mark.django_db(databases="__all__")
class TestLetters:
    def test_leave_by_the_same_door_under_the_same_rules(self, may_send, mail_server):
        facts = {"shop": "Fern", "by": "Ada", "link": "http://localhost:8000/join/x"}
        outgoing = letters.send("invitation", to="ben@fern.example", facts=facts, at=NOW)

        sending.send_due(at=NOW)

        assert state(outgoing) == "sent"
        assert mail_server.taken[0]["Subject"] == "You are invited to Fern"
        assert mail_server.taken[0]["Auto-Submitted"] == "auto-generated"
        assert "http://localhost:8000/join/x" in mail_server.words()[0]

    @pytest.mark.parametrize(("letter", "facts"), [("love", {}), ("invitation", {"shop": "Fern"})])
    def test_have_fixed_texts_and_all_their_facts(self, letter, facts):
        with pytest.raises(letters.NoSuchLetter):
            letters.send(letter, to="ben@fern.example", facts=facts, at=NOW)

    def test_a_fact_is_one_line(self):
        facts = {"shop": "Fern\r\nBcc: all@kunden.example", "by": "Ada", "link": "x"}
        outgoing = letters.send("invitation", to="ben@fern.example", facts=facts, at=NOW)

        assert read(outgoing.content)["Bcc"] is None

    def test_what_django_mails_stands_in_the_same_line(self, settings, may_send):
        settings.EMAIL_BACKEND = "courtesy.post.letters.Backend"

        assert send_mail("Hello", "words", None, ["a@fern.example", "Ben <b@fern.example>"]) == 2

        assert sorted(o.to for o in Outgoing.objects.all()) == ["a@fern.example", "b@fern.example"]
        assert outbox.claim_next(at=Outgoing.objects.latest("created_at").created_at + UNDO)


class TestMoments:
    def used(self) -> list[str]:
        names = []
        for file in (ROOT / "courtesy").rglob("*.py"):
            if not mentions(source := file.read_text(), "moment"):
                continue
            for node in ast.walk(ast.parse(source)):
                if (
                    isinstance(node, ast.Call)
                    and getattr(node.func, "id", "") == "moment"
                    and node.args
                    and isinstance(node.args[0], ast.Constant)
                ):
                    names.append(node.args[0].value)
        return names

    def test_are_each_passed_somewhere_and_all_known(self):
        """Several ways may pass the same one: a form, a mail and a mail sent elsewhere are all taken in."""
        assert set(self.used()) == set(moments.MOMENTS)
        assert len(set(moments.MOMENTS)) == len(moments.MOMENTS)
        assert len(moments.MOMENTS) >= 20

    @pytest.mark.parametrize("asked", [None, "", "another", "keep"])
    def test_nothing_happens_unless_this_very_one_is_asked_for(self, monkeypatch, asked):
        if asked is None:
            monkeypatch.delenv("COURTESY_KILL_AT", raising=False)
        else:
            monkeypatch.setenv("COURTESY_KILL_AT", asked)
        killed = []
        monkeypatch.setattr(moments.os, "kill", lambda *a: killed.append(a))

        for name in moments.MOMENTS:
            moments.moment(name)
        assert killed == []
        monkeypatch.setenv("COURTESY_KILL_AT", "keep: committed")
        moments.moment("keep: committed")
        assert len(killed) == 1

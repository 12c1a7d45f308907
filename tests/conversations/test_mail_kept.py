"""What came with a mail is kept sealed, handed out safely, and goes with the person."""

from uuid import uuid4

import pytest
from django.db import connection

from courtesy.conversations import queries
from courtesy.conversations.models import Attachment, Envelope, Reference
from courtesy.people import queries as people
from courtesy.privacy import keys
from courtesy.privacy.models import Key
from tests.conversations.conftest import NOW
from tests.conversations.mails import DORA, EMIL, EVE, SHOP, came, comes, kept, mail, mailbox, sent

pytestmark = pytest.mark.django_db(databases="__all__")
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


@pytest.fixture(autouse=True)
def shop(db):
    """The shop's mailbox."""
    return mailbox()


class TestAFile:
    def test_comes_back_byte_for_byte(self):
        message = came(mail("a@x", files=[("tea.png", PICTURE), ("notes.txt", b"green\r\ntea\n")]))
        rows = {row.name: row for row in message.attachments.all()}

        assert queries.attachment(rows["tea.png"].pk) == ("tea.png", "image/png", PICTURE)
        assert queries.attachment(rows["notes.txt"].pk)[2] == b"green\r\ntea\n"
        assert rows["tea.png"].size == len(PICTURE)
        assert rows["tea.png"].content == b""  # it lies in the mail itself, and only there

    def test_that_can_harm_a_computer_is_not_handed_out(self):
        message = came(mail("a@x", files=[("invoice.pdf.exe", b"MZ" + bytes(200))]))
        row = message.attachments.get()

        assert row.refused
        with pytest.raises(queries.NoSuchFile):
            queries.attachment(row.pk)

    def test_has_a_name_no_computer_stumbles_over(self):
        message = came(mail("a@x", files=[("../../etc/pass\u202ewd\n.txt", b"x")]))

        (row,) = message.attachments.all()
        assert not {"/", "\\", "\n", "\u202e"} & set(row.name)

    def test_that_is_not_there_is_refused(self):
        with pytest.raises(queries.NoSuchFile):
            queries.attachment(uuid4())


class TestThePage:
    def test_is_made_harmless_and_fetches_nothing(self):
        page = "<p onclick='x()'>Hello<script>alert(1)</script><img src='https://evil.example/pixel.gif'></p>"
        message = came(mail("a@x", html=page))

        shown = queries.original_page(message.pk)
        assert message.envelope.has_html
        assert "Hello" in shown.html
        assert "script" not in shown.html
        assert "onclick" not in shown.html
        assert 'src="https://evil.example' not in shown.html
        assert shown.blocked == 1

    def test_of_a_plain_mail_is_none(self):
        with pytest.raises(queries.NoSuchFile):
            queries.original_page(came(mail("a@x")).pk)


class TestWhatIsAroundAMail:
    def test_is_sealed(self):
        came(mail("dora-danner@kunden.example", cc=EMIL, refers=["emil-1@x"], files=[("danner.txt", b"x")]))
        with connection.cursor() as cursor:
            stored = b""
            for table in (Envelope, Attachment, Reference):
                cursor.execute(f"SELECT * FROM {table._meta.db_table}")
                for value in (value for row in cursor.fetchall() for value in row):
                    stored += bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()

        assert Envelope.objects.get().mail_id == "<dora-danner@kunden.example>"
        for word in (b"dora", b"danner", b"emil", b"kunden"):
            assert word not in stored.lower()

    @pytest.mark.parametrize("how", [{}, {"headers": [("Auto-Submitted", "auto-replied")]}])
    def test_goes_when_the_person_goes(self, how):
        message = came(mail("a@x", cc=EMIL, files=[("tea.txt", b"x")], html="<p>x</p>", **how))
        file = message.attachments.get()
        with keys.scope():
            keys.destroy(message.person_id, at=NOW)

        with pytest.raises(keys.KeyGone):
            _ = Envelope.objects.get().sender
        with pytest.raises(queries.NoSuchFile):
            queries.attachment(file.pk)
        with pytest.raises(queries.NoSuchFile):
            queries.original_page(message.pk)
        assert queries.reply_recipients(message.thread) == queries.Recipients((), ())

    def test_of_our_own_answers_is_the_customers_too(self):
        message = came(mail("a@x"))
        answer = sent(mail("p@x", "On its way", by=SHOP, to=f"{DORA}, {EMIL}", refers=["a@x"]))

        assert answer
        assert Key.objects.get(pk=answer.envelope.key_id).holder == message.person_id

    def test_of_a_copy_by_another_mailbox_is_the_persons_too(self, shop):
        other = mailbox("orders@fern.example")
        came(mail("a@x"), mailbox=shop)
        copy = mail("a@x", headers=[("Received", "from there")])
        assert comes(copy, mailbox=other) is None
        assert Key.objects.get(pk=kept(copy, mailbox=other).key_id).holder == people.find(DORA).pk

    def test_says_whether_its_sender_may_be_forged(self):
        said = "mx.fern.example; spf=fail smtp.mailfrom=kunden.example; dmarc=fail header.from=kunden.example"
        message = came(
            mail("a@x", headers=[("Received", "from x by mx.fern.example"), ("Authentication-Results", said)])
        )

        assert message.envelope.verified == "fail"
        assert not queries.sender_is_verified(message)
        assert queries.sender_is_verified(came(mail("b@x", by=EVE)))

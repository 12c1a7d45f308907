"""Everything goes out in forms that other programs read: nothing missing, nothing changed, nobody's formula run."""

import csv
import mailbox
import tracemalloc
from decimal import Decimal
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps

from courtesy.config.leaving import leave, mails, tables
from courtesy.config.leaving.tables import _cell
from courtesy.conversations.models import Attachment, Event, Message, Tag, Tagging, Thread
from courtesy.knowledge.models import Article, SavedReply
from courtesy.people import actions as people
from courtesy.people.models import Note, Person
from courtesy.post import arrivals
from courtesy.post.models import Arrival
from courtesy.privacy import keys
from courtesy.privacy.models import LedgerRow
from courtesy.staff.models import Colleague
from tests.cast import NOON

pytestmark = pytest.mark.django_db(databases="__all__")

RAW = (
    b"From: Chidi <chidi.okafor@post.example>\r\nTo: shop@localhost.example\r\nSubject: A pot\r\n"
    b"Message-ID: <abc@post.example>\r\nDate: Tue, 24 Nov 2026 12:00:00 +0000\r\n"
    b'Content-Type: text/plain; charset="iso-8859-1"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    b"From here on it leaks.\r\n\r\nFrom me, Chidi \xe9\r\n>From the start.\r\n"
)
WORDS = "From now on:\n\nIt has a crack.\n>From me.\nÀ bientôt, 日本, .\n."


def quiet(written: int, total: int) -> None:
    """Nobody looks on."""


def thread_of(person: Person, subject: str = "About a pot") -> Thread:
    return Thread.objects.create(
        person=person, subject=subject, last_event_at=NOON, last_message_at=NOON, arrived_by="form", created_at=NOON
    )


def says(thread: Thread, body: str, by: Colleague | None = None, kind: str = "", raw: bytes = b"") -> Message:
    arrival = arrivals.keep(channel="mail", channel_id=uuid4().hex, raw=raw, at=NOON).pk if raw else None
    return Message.objects.create(
        thread=thread,
        kind=kind or ("out" if by else "in"),
        body=body,
        person=None if by else thread.person,
        colleague=by,
        at=NOON,
        arrival_id=arrival,
    )


def left(into: Path) -> leave.Left:
    return leave.leave(into, at=NOON, tell=quiet)


def mails_in(file: Path) -> list[EmailMessage]:
    """As a mail program reads them: the mark before "From " taken off."""
    box = mailbox.mbox(file, factory=None, create=False)
    read = []
    for key in box.keys():  # noqa: SIM118 (a mailbox is no dict)
        raw = b"\n".join(
            line[1:] if line.lstrip(b">").startswith(b"From ") and line.startswith(b">") else line
            for line in box.get_bytes(key).split(b"\n")
        )
        read.append(message_from_bytes(raw, policy=policy.default))
    return read  # type: ignore[return-value]


def rows_of(into: Path, name: str) -> list[dict[str, str]]:
    with (into / "tables" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class TestTheMails:
    def test_are_all_there_with_their_words(self, tmp_path, chidi, ben):
        thread, other = thread_of(chidi), thread_of(chidi, "Another matter")
        said = [says(thread, WORDS), says(other, "Hello?"), says(thread, f"Dear Chidi,\n{WORDS}", ben)]
        says(thread, "Between us", ben, kind="note")
        done = left(tmp_path / "out")
        came = mails_in(tmp_path / "out" / "mail.mbox")

        assert done.mails == len(came) == 3
        told = {int(mail["X-Courtesy-Message"]): mail.get_content().rstrip("\n") for mail in came}
        assert told == {message.pk: message.body for message in said}

    def test_that_came_by_mail_are_as_they_came(self, tmp_path, chidi):
        says(thread_of(chidi), "(read)", raw=RAW)
        left(tmp_path / "out")
        mail = mails_in(tmp_path / "out" / "mail.mbox")[0]

        assert mail.get_payload(decode=True) == RAW.split(b"\r\n\r\n", 1)[1].replace(b"\r\n", b"\n")
        assert mail["Message-ID"] == "<abc@post.example>"
        assert mail["X-Courtesy-Way"] == "in"

    def test_of_a_thread_hang_together(self, tmp_path, chidi, ben):
        thread = thread_of(chidi)
        says(thread, "(read)", raw=RAW)
        says(thread, "An answer", ben)
        says(thread_of(chidi), "Another thread")
        left(tmp_path / "out")
        came = mails_in(tmp_path / "out" / "mail.mbox")

        assert [mail["In-Reply-To"] for mail in came] == [None, "<abc@post.example>", None]
        assert came[1]["To"] == "Chidi Okafor <chidi.okafor@post.example>"
        assert came[1]["From"].startswith("Ben <")

    def test_carry_the_files_that_went_with_them(self, tmp_path, chidi, ben):
        answer = says(thread_of(chidi), "See the picture.", ben)
        Attachment.objects.create(
            message=answer,
            name="pot.png",
            content=b"\x89PNG",
            kind="image/png",
            size=4,
            key_id=chidi.key_id,
            created_at=NOON,
        )
        left(tmp_path / "out")
        file = next(mails_in(tmp_path / "out" / "mail.mbox")[0].iter_attachments())

        assert (file.get_filename(), file.get_content()) == ("pot.png", b"\x89PNG")

    def test_of_somebody_erased_are_counted_and_not_there(self, tmp_path, chidi, farah):
        says(thread_of(chidi), "(read)", raw=RAW)
        says(thread_of(farah), "Still here")
        Arrival.objects.update(key_id=chidi.key_id)
        keys.destroy(chidi.pk, at=NOON)
        done = left(tmp_path / "out")

        assert (done.mails, done.erased) == (1, 1)
        assert "1 messages of customers whose data were erased" in (tmp_path / "out" / "README.txt").read_text()

    def test_that_were_set_aside_are_there_as_they_came(self, tmp_path):
        arrival = arrivals.keep(channel="mail", channel_id="poison", raw=b"\xff\x00 no mail", at=NOON)
        arrivals.set_aside(arrival.pk, problem="Unreadable", at=NOON)

        assert left(tmp_path / "out").set_aside == 1
        assert b"\xff\x00 no mail" in (tmp_path / "out" / "set-aside.mbox").read_bytes()

    def test_need_no_more_memory_the_more_there_are(self, tmp_path, monkeypatch, chidi):
        monkeypatch.setattr(mails, "AT_ONCE", 40)

        def peak(count: int) -> int:
            thread = thread_of(chidi)
            Message.objects.bulk_create(
                Message(thread=thread, kind="in", body="A crack. " * 400, person=chidi, at=NOON) for _ in range(count)
            )
            tracemalloc.start()
            mails.write_mails(tmp_path / "mail.mbox", tell=quiet)
            used = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            return used

        peak(1)
        few = peak(2 * mails.AT_ONCE)
        many = peak(3 * mails.AT_ONCE)
        assert many < 1.2 * few


class TestTheTables:
    def test_need_no_more_memory_the_more_there_are(self, tmp_path, monkeypatch, ben):
        monkeypatch.setattr(tables, "AT_ONCE", 40)

        def peak(count: int) -> int:
            met = [people.meet(address=f"p-{uuid4().hex}@post.example", name="P" * 60, at=NOON) for _ in range(count)]
            threads = Thread.objects.bulk_create(
                Thread(person=one, last_event_at=NOON, last_message_at=NOON, arrived_by="form", created_at=NOON)
                for one in met
            )
            said = Message.objects.bulk_create(
                Message(thread=one, kind="note", body="A crack. " * 400, colleague=ben, at=NOON) for one in threads
            )
            Event.objects.bulk_create(Event(thread=one.thread, kind="noted", message=one, at=NOON) for one in said)
            tracemalloc.start()
            lines = tables.write_tables(tmp_path)
            used = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            assert lines["messages"] == lines["customers"] >= count
            return used

        peak(1)
        few = peak(3 * 40)
        many = peak(6 * 40)
        assert many < 1.2 * few

    def test_hold_customers_with_addresses_threads_tags_and_notes(self, tmp_path, chidi, dora, ben):
        thread = thread_of(chidi)
        says(thread, WORDS)
        says(thread, "Between us", ben, kind="note")
        Tagging.objects.create(thread=thread, tag=Tag.objects.create(name="crack", created_at=NOON), by=ben, at=NOON)
        left(tmp_path / "out")
        named = {row["name"]: row["addresses"] for row in rows_of(tmp_path / "out", "customers")}

        assert named == {"Chidi Okafor": "chidi.okafor@post.example", "Dora Lindqvist": "dora.lindqvist@post.example"}
        assert [row["words"] for row in rows_of(tmp_path / "out", "messages")] == [WORDS, "Between us"]
        assert [(row["tag"], row["by"]) for row in rows_of(tmp_path / "out", "tags")] == [("crack", "Ben")]
        assert [row["name"] for row in rows_of(tmp_path / "out", "colleagues")] == ["Ben"]
        assert {row["customer"] for row in rows_of(tmp_path / "out", "permissions")} == {str(chidi.pk), str(dora.pk)}

    def test_hold_of_somebody_erased_what_is_left(self, tmp_path, chidi):
        keys.destroy(chidi.pk, at=NOON)
        left(tmp_path / "out")

        assert [row["name"] for row in rows_of(tmp_path / "out", "customers")] == ["(erased)"]

    @pytest.mark.parametrize(
        "said", ["=1+1", "+49 30 1", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://evil.example")']
    )
    def test_run_nobodys_formula(self, said):
        assert _cell(said) == f"'{said}"
        assert _cell(f"a{said}") == f"a{said}"

    @pytest.mark.parametrize(("number", "cell"), [(-500, "-500"), (Decimal("-1.500"), "-1.500"), (0, "0")])
    def test_leave_numbers_numbers(self, number, cell):
        assert _cell(number) == cell

    def test_hold_what_colleagues_noted_about_a_customer(self, tmp_path, chidi, dora, ben):
        Note.objects.create(person=chidi, key_id=chidi.key_id, words="=Likes green tea", by=ben, at=NOON)
        Person.objects.filter(pk=dora.pk).update(same_as=chidi)
        left(tmp_path / "out")

        (note,) = rows_of(tmp_path / "out", "customer_notes")
        assert (note["customer"], note["words"], note["by"]) == (str(chidi.pk), "'=Likes green tea", "Ben")
        same = {row["customer"]: row["same_as"] for row in rows_of(tmp_path / "out", "customers")}
        assert (same[str(dora.pk)], same[str(chidi.pk)]) == (str(chidi.pk), "")


GOES_OUT = frozenset({
    "people.Person", "people.Handle", "people.Note", "consent.Entry", "conversations.Thread", "conversations.Message",
    "conversations.Event", "conversations.Attachment", "conversations.Tag", "conversations.Tagging",
    "conversations.Promise", "lifecycle.Decision", "knowledge.Article", "knowledge.SavedReply", "post.Arrival",
    "post.Outgoing", "records.Store", "records.Product", "records.Order", "records.Line", "records.Refund",
    "records.Delivery", "records.Invoice", "staff.Colleague", "staff.Shop",
})  # fmt: skip
STAYS = {
    "of no use without Courtesy": {
        "privacy.Key", "privacy.Pseudonym", "privacy.LedgerRow", "privacy.LedgerHead", "privacy.Backup",
        "privacy.Drill", "jobs.Job", "jobs.Change", "jobs.Presence", "staff.Invitation", "staff.Session",
        "staff.AccountChange", "staff.SheetOnPaper", "post.Mailbox", "post.Folder", "post.SecondPath", "post.Trial",
        "post.Knock", "post.MailServer", "conversations.ColumnsChosen", "conversations.Look",
        "conversations.SavedView", "conversations.Call",
    },
    "made of what goes out": {
        "people.NameToken", "knowledge.Passage", "knowledge.EarlierAnswer", "knowledge.EarlierPassage",
        "knowledge.Edition", "knowledge.PassageReading", "knowledge.KeptReading", "conversations.Reference",
        "conversations.Envelope",
    },
    "how it came to stand where it stands": {
        "knowledge.ArticleVersion", "conversations.Move", "conversations.Bringing", "people.Different",
        "records.HandedIn", "records.Import", "records.Newcomer", "records.Former",
        "records.FormerCost", "lifecycle.Voucher",
    },
    "not said yet": {"conversations.Composing"},
    "what the machine thought": {
        "lifecycle.Replay", "lifecycle.Replayed", "lifecycle.Mark", "lifecycle.Belief", "lifecycle.Suggestion",
        "lifecycle.Outcome",
    },
}  # fmt: skip
"""Why what stays stays."""


def test_every_table_goes_out_or_stays_for_a_reason():
    """Whoever adds a table decides here whether it belongs to those who leave."""
    there = {model._meta.label for model in apps.get_models() if model.__module__.startswith("courtesy.")}
    stays = set().union(*STAYS.values())
    assert there - GOES_OUT - stays == set()
    assert GOES_OUT & stays == set()


class TestTheTexts:
    def test_are_markdown_a_file_each(self, tmp_path):
        Article.objects.create(
            slug="pots", title="Pots: care", text="# Care\n\nHot water.", created_at=NOON, changed_at=NOON
        )
        SavedReply.objects.create(name="Thanks / bye", words="Thank you!", changed_at=NOON)
        left(tmp_path / "out")

        assert (tmp_path / "out/articles/pots.md").read_text().endswith("# Care\n\nHot water.\n")
        assert [file.read_text() for file in (tmp_path / "out/saved-replies").iterdir()] == [
            "# Thanks / bye\n\nThank you!\n"
        ]


class TestLeaving:
    def test_refuses_a_folder_that_holds_something(self, tmp_path):
        (tmp_path / "mine.txt").touch()
        with pytest.raises(leave.CannotLeave, match="is there already"):
            left(tmp_path)
        assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]

    def test_begins_anew_after_it_was_cut_short(self, tmp_path, monkeypatch):
        monkeypatch.setattr(leave, "write_articles", lambda folder: (_ for _ in ()).throw(OSError(28, "No space left")))
        with pytest.raises(leave.CannotLeave, match="No space left"):
            left(tmp_path / "out")
        assert not (tmp_path / "out").exists()
        monkeypatch.undo()

        left(tmp_path / "out")
        assert sorted(one.name for one in tmp_path.iterdir()) == ["out"]

    def test_throws_nothing_away_that_is_not_its_own(self, tmp_path):
        (tmp_path / "out.part").mkdir()
        with pytest.raises(leave.CannotLeave, match="none of ours"):
            left(tmp_path / "out")

    def test_is_for_the_owner_alone_and_written_down(self, tmp_path):
        left(tmp_path / "out")

        assert {file.stat().st_mode & 0o077 for file in (tmp_path / "out").rglob("*")} == {0}
        assert LedgerRow.objects.filter(what="everything written out").count() == 1

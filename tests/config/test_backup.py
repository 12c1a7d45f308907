"""A backup that was made while all worked, put back whole; nothing damaged, foreign or newer is put back."""

import fcntl
import json
import mailbox
import shutil
import sqlite3
import tarfile
import time
from pathlib import Path

import pytest

from courtesy.config.backing_up import archive
from tests.config.safe import ERASE, MEET, NAME, SEAL, WRITTEN, Closed, sample

pytestmark = pytest.mark.house

TYPES = """
from courtesy.conversations import actions
from courtesy.conversations.models import Thread
from courtesy.staff.models import Colleague
actions.remember_words(Thread.objects.first().pk, by=Colleague.objects.first(), words="Dear", at=now(), tab="t")
"""
WAITS = """
from courtesy.post import letters
from django.core.mail import EmailMessage
letters.Backend().send_messages([EmailMessage("Hello", "A letter", None, ["somebody@post.example"])])
"""


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Closed:
    """The sample shop, made once."""
    return sample(tmp_path_factory.mktemp("begun"))


@pytest.fixture
def house(begun: Closed, tmp_path: Path) -> Closed:
    """A copy of it for one test."""
    return begun.copied_to(tmp_path / "house")


class TestABackup:
    def test_of_a_house_that_is_written_to_is_of_one_moment(self, house, tmp_path):
        """The rows that are written together are in it together; its ledger holds; no sealed row is without its key."""
        made = house.backups_while_written(4)
        written = []
        for number, (file, keys) in enumerate(made):
            told = house.ok("restore", str(file), "--keys", str(keys), "--into", str(tmp_path / f"back-{number}"))
            back = Closed(house.folder, {"COURTESY_DATA_DIR": str(tmp_path / f"back-{number}")})
            back.ok("verify")
            once, twice, changes = (back.rows(sql)[0][0] for sql in WRITTEN)
            assert once == twice == changes
            assert told["without_key"] == 0
            written.append(once)
        assert written == sorted(written)
        assert written[0] < written[-1]

    def test_holds_neither_the_key_file_nor_the_sessions_secret(self, house):
        file, keys = house.backup()
        key = bytes.fromhex((house.folder / "shop.key").read_text().split()[-1])
        secret = (house.data / "session.secret").read_bytes().strip()
        for content in (file.read_bytes(), keys.read_bytes()):
            assert key not in content
            assert key.hex().encode() not in content
            assert secret not in content
        assert b'CREATE TABLE "privacy_key"' not in file.read_bytes()

    def test_comes_before_an_upgrade(self, house):
        house.python("from django.core.management import call_command; call_command('migrate', 'privacy', '0001')")
        before = house.standing()
        status, _told, said = house.run("migrate")

        assert status == 0, said
        assert "Before that, the shop was backed up: " in said
        file = next((house.data / "backups").glob("*.backup"))
        assert "privacy.0002_backups_and_drills" not in archive.check(file).manifest["migrations"]
        house.ok("restore", str(file))
        assert house.standing() == before

    def test_that_cannot_be_made_stops_the_upgrade(self, house):
        house.python("from django.core.management import call_command; call_command('migrate', 'privacy', '0001')")
        (house.data / "backups").write_text("a file stands where the folder should be")
        status, told, _said = house.run("migrate")

        assert status == 1
        assert "Nothing was changed" in told["why"]
        assert house.rows("select 1 from sqlite_master where name = 'privacy_drill'") == []
        assert house.run("migrate", COURTESY_BACKUPS="off")[0] == 0

    def test_says_why_it_was_not_made(self, house):
        (house.data / "backups").write_text("a file stands where the folder should be")
        status, told, _said = house.run("backup")

        assert status == 1
        assert "could not be written" in told["why"]
        assert house.rows("select problem from privacy_backup") == [
            (told["why"].replace(f" to {house.data}/backups", ""),)
        ]


class TestRestoring:
    def test_puts_back_what_was_and_keeps_what_is_aside(self, house):
        before = house.standing()
        file, _keys = house.backup()
        who = house.python(MEET, "new@later.example", "Newcomer")
        told = house.ok("restore", str(file))

        assert house.standing() == before
        assert house.rows(f"select count(*) from people_person where id = '{who.replace('-', '')}'") == [(0,)]
        aside = Path(told["aside"])
        assert {"courtesy.db", "keys.db", "session.secret"} <= {one.name for one in aside.iterdir()}
        house.ok("verify")

    def test_leaves_what_was_erased_since_erased(self, house):
        who = house.python(MEET, "lena@gone.example", "Lena Gone")
        file, keys = house.backup()
        assert house.python(ERASE, who) == "1"

        told = house.ok("restore", str(file), "--keys", str(keys))

        assert house.python(NAME, who) == "(gone)"
        assert told["erased"] == 1
        assert house.rows("select count(*) from conversations_message where body like '%Lena Gone%'") == [(0,)]
        assert b"says Lena Gone" not in (house.data / "courtesy.db").read_bytes()

    def test_misses_no_key_of_what_is_being_written_and_holds_nothing_sealed(self, house):
        house.python(TYPES)
        file, _keys = house.backup()
        assert house.ok("restore", str(file))["without_key"] == 0

    def test_lets_nothing_leave_by_itself_that_waited(self, house):
        house.python(WAITS)
        file, _keys = house.backup()
        told = house.ok("restore", str(file))

        assert told["held"] == 1
        assert house.rows("select state from post_outgoing") == [("held",)]

    def test_would_bring_them_back_without_the_tombstones(self, house, tmp_path):
        """The control's control: the backup and its keys alone, where nobody remembers the erasure."""
        who = house.python(MEET, "lena@gone.example", "Lena Gone")
        file, keys = house.backup()
        house.python(ERASE, who)
        house.ok("restore", str(file), "--keys", str(keys), "--into", str(tmp_path / "new"))
        new = Closed(house.folder, {"COURTESY_DATA_DIR": str(tmp_path / "new")})

        assert new.python(NAME, who) == "Lena Gone"

    def test_takes_the_keys_from_their_backup_where_they_are_lost(self, house):
        who = house.python(MEET, "noor@kept.example", "Noor Kept")
        file, keys = house.backup()
        for lost in house.data.glob("keys.db*"):
            lost.unlink()

        status, told, _said = house.run("restore", str(file))
        assert (status, "--keys" in told["why"]) == (1, True)
        house.ok("restore", str(file), "--keys", str(keys))
        assert house.python(NAME, who) == "Noor Kept"

    def test_says_how_many_have_no_key_where_the_keys_are_older(self, house):
        _file, old_keys = house.backup()
        house.python(MEET, "late@shop.example", "Late Customer")
        time.sleep(1.1)
        file, _keys = house.backup()
        for lost in house.data.glob("keys.db*"):
            lost.unlink()
        told = house.ok("restore", str(file), "--keys", str(old_keys))

        assert told["without_key"] > 0


class TestARefusal:
    """Whatever is wrong, nothing is touched: the present house stands as it stood, byte for byte."""

    @pytest.fixture
    def made(self, house):
        files = house.backup()
        for name in ("courtesy.db", "keys.db"):
            house.rows("pragma wal_checkpoint(truncate)", name)
        stood = {name: (house.data / name).read_bytes() for name in ("courtesy.db", "keys.db", "session.secret")}
        yield files
        assert {name: (house.data / name).read_bytes() for name in stood} == stood
        assert [one.name for one in house.data.iterdir() if one.name.startswith((".unpacked", "aside"))] == []

    def refused(self, house, *words: str) -> str:
        status, told, said = house.run("restore", *words)
        assert status == 1, said
        assert "Traceback" not in said
        return str(told["why"])

    def test_of_a_damaged_shop_names_the_place(self, house, made):
        flip(made[0], archive_place(made[0], "courtesy.db") + 70_000)
        assert "courtesy.db between byte 0 and 1048576" in self.refused(house, str(made[0]))

    def test_of_damaged_keys_names_the_place(self, house, made):
        flip(made[1], archive_place(made[1], "keys.db") + 9_000)
        assert "keys.db between byte" in self.refused(house, str(made[0]), "--keys", str(made[1]))

    def test_of_a_damaged_secret_names_it(self, house, made):
        flip(made[0], archive_place(made[0], "session.secret.sealed") + 5)
        assert "session.secret.sealed" in self.refused(house, str(made[0]))

    def test_of_another_key_file(self, house, made, tmp_path):
        other = Closed(tmp_path / "other")
        (tmp_path / "other").mkdir()
        other.ok("migrate")
        status, told, _said = house.run("restore", str(made[0]), COURTESY_KEY_FILE=str(other.folder / "shop.key"))
        assert (status, "key file" in told["why"]) == (1, True)

    def test_of_another_shops_backup(self, house, made, tmp_path):
        (tmp_path / "other").mkdir()
        other = Closed(tmp_path / "other")
        other.ok("migrate")
        assert "key file" in self.refused(house, str(other.backup()[0]))

    def test_of_one_that_is_newer_than_this_courtesy(self, house, made, tmp_path):
        newer = repacked(made[0], tmp_path, lambda facts: facts["migrations"].append("privacy.9999_from_the_future"))
        assert "newer Courtesy" in self.refused(house, str(newer))

    def test_of_one_whose_counts_are_not_those_in_it(self, house, made, tmp_path):
        other = repacked(made[0], tmp_path, lambda facts: facts["rows"].update(people_person=99))
        assert "Table people_person has 19 rows; 99 were backed up." in self.refused(house, str(other))

    def test_of_one_whose_ledger_was_rewritten(self, house, made, tmp_path):
        def rewrite(folder: Path) -> None:
            with sqlite3.connect(folder / "courtesy.db") as connection:
                connection.execute("update privacy_ledgerrow set what = 'nothing happened' where position = 2")

        other = repacked(made[0], tmp_path, lambda facts: None, rewrite)
        assert "The ledger is broken: Row 2" in self.refused(house, str(other))

    def test_of_the_keys_in_the_shops_place(self, house, made):
        assert "not of the shop" in self.refused(house, str(made[1]))

    def test_while_the_house_is_open(self, house, made):
        with (house.data / "serving.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            assert "already runs" in self.refused(house, str(made[0]))

    def test_is_none_while_the_house_is_open_where_it_goes_into_a_new_folder(self, house, made, tmp_path):
        into = tmp_path / "beside"
        with (house.data / "serving.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            house.ok("restore", str(made[0]), "--keys", str(made[1]), "--into", str(into))
        assert Closed(house.folder, {"COURTESY_DATA_DIR": str(into)}).standing() == house.standing()

    def test_of_no_backup_at_all(self, house, made, tmp_path):
        (tmp_path / "letter.txt").write_text("Dear all")
        assert "no backup" in self.refused(house, str(tmp_path / "letter.txt"))
        assert "There is no file" in self.refused(house, str(tmp_path / "nothing"))


def archive_place(file: Path, name: str) -> int:
    with tarfile.open(file, "r:") as tar:
        return tar.getmember(name).offset_data


def flip(file: Path, at: int) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= 4
    file.write_bytes(content)


def repacked(file: Path, tmp_path: Path, change, rewrite=lambda folder: None) -> Path:
    """The same backup with other facts in its manifest, each digest right: only the content can tell."""
    folder = tmp_path / "repacked"
    folder.mkdir()
    whole = archive.check(file)
    archive.unpack(whole, folder)
    rewrite(folder)
    facts = json.loads(json.dumps({k: v for k, v in whole.manifest.items() if k not in ("files", "format")}))
    change(facts)
    archive.write(folder / "other.backup", {name: folder / name for name in whole.manifest["files"]}, facts)
    return folder / "other.backup"


class TestTheDrill:
    def test_puts_the_newest_back_elsewhere_and_writes_down_how_it_went(self, house):
        house.backup()
        told = house.ok("backup", "--prove")

        assert told["rows"] > 500
        assert house.rows("select problem from privacy_drill") == [("",)]
        assert list(house.data.glob(".unpacked-*")) == []

    def test_finds_a_damaged_one(self, house):
        file, _keys = house.backup()
        flip(file, archive_place(file, "courtesy.db") + 200_000)
        status, told, said = house.run("backup", "--prove")

        assert status == 1
        assert "would not have saved you" in said
        assert "courtesy.db between byte" in told["why"]
        assert "courtesy.db between byte" in house.rows("select problem from privacy_drill")[0][0]

    def test_finds_keys_that_are_missing(self, house):
        shutil.rmtree(house.backup()[1].parent)
        assert "keys" in house.run("backup", "--prove")[1]["why"]

    def test_runs_on_schedule_when_it_is_due(self, house):
        did = "from courtesy.config.backing_up.regularly import back_up_and_prove as do; from datetime import timedelta"
        program = f"""{did}
at = now()
print(*[do(at=at + timedelta(days=days, minutes=n)) or "-" for n, days in enumerate((0, 0, 0, .5, 1, 2, 3, 6, 7, 7))])
"""
        assert house.python(program).split() == [
            "backup", "drill", "-", "-", "backup", "backup", "backup", "backup", "backup", "drill",
        ]  # fmt: skip


class TestLeaving:
    def test_writes_out_a_whole_house(self, house, tmp_path):
        told = house.ok("leave", str(tmp_path / "out"))
        said = house.rows("select count(*) from conversations_message where kind != 'note'")[0][0]

        assert told["mails"] == said == len(mailbox.mbox(tmp_path / "out" / "mail.mbox"))
        assert (tmp_path / "out" / "README.txt").exists()


def test_the_ledger_is_sealed_in_the_sample(begun):
    """What the tests above stand on."""
    begun.python(SEAL)
    assert begun.rows("select position from privacy_ledgerhead")[0][0] > 2

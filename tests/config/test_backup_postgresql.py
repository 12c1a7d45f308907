"""The same promises on PostgreSQL: a backup of one moment, put back whole, what was erased since stays erased."""

import json
import mailbox
from collections.abc import Iterator

import pytest

from tests.config.postgres import server
from tests.config.safe import ERASE, MEET, NAME, WRITTEN, Closed, sample

pytestmark = [pytest.mark.house, pytest.mark.xdist_group("postgresql")]

COUNT = """
from courtesy.people.models import Person
from courtesy.privacy.models import Drill
print(Person.objects.count(), Drill.objects.filter(problem="").count())
"""
ASK = """
import json
from django.db import connection
found = []
with connection.cursor() as cursor:
    for sql in sys.argv[1:]:
        cursor.execute(sql)
        found.append(cursor.fetchone()[0])
print(json.dumps(found))
"""
DATABASES = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("select datname from pg_database order by 1")
    print(*[row[0] for row in cursor.fetchall()])
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Closed]:
    """The sample shop on a server of its own."""
    with server() as settings:
        yield sample(tmp_path_factory.mktemp("postgresql"), **settings)


class TestABackup:
    def test_is_proved_and_leaves_no_database_behind(self, house):
        house.backup()
        told = house.ok("backup", "--prove")

        assert told["rows"] > 500
        assert house.python(COUNT).split()[1] == "1"
        assert "unpacked" not in house.python(DATABASES)

    def test_of_a_house_that_is_written_to_is_of_one_moment(self, house):
        """As on SQLite: what is written together is in it together; its ledger holds; no sealed row lacks its key."""
        written = []
        for file, keys in house.backups_while_written(2):
            told = house.ok("restore", str(file), "--keys", str(keys))
            house.ok("verify")
            once, twice, changes = json.loads(house.python(ASK, *WRITTEN))
            assert once == twice == changes
            assert told["without_key"] == 0
            written.append(once)
        assert 0 < written[0] < written[1]

    def test_says_what_is_missing_where_pg_dump_is(self, house, tmp_path):
        status, told, _said = house.run("backup", PATH=str(tmp_path))

        assert status == 1
        assert told["why"] == "pg_dump is not installed. It comes with PostgreSQL's own client programs."


class TestRestoring:
    def test_takes_the_names_over_and_leaves_what_was_erased_erased(self, house):
        who = house.python(MEET, "lena@gone.example", "Lena Gone")
        file, keys = house.backup()
        there = house.python(COUNT).split()[0]
        house.python(MEET, "since@then.example", "Somebody Since")
        house.python(ERASE, who)
        told = house.ok("restore", str(file), "--keys", str(keys))

        assert house.python(COUNT).split()[0] == there
        assert house.python(NAME, who) == "(gone)"
        assert told["erased"] == 1
        names = house.python(DATABASES).split()
        assert {"courtesy", "courtesy_keys", *told["aside"].split(", ")} <= set(names)
        assert not [name for name in names if "unpacked" in name]
        house.ok("verify")

    def test_refuses_a_damaged_one_and_touches_nothing(self, house):
        file, _keys = house.backup()
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
        before = house.python(DATABASES)
        status, told, _said = house.run("restore", str(file))

        assert (status, "courtesy.dump between byte" in told["why"]) == (1, True)
        assert house.python(DATABASES) == before


class TestLeaving:
    def test_writes_out_a_whole_house(self, house, tmp_path):
        told = house.ok("leave", str(tmp_path / "out"))

        assert told["mails"] == len(mailbox.mbox(tmp_path / "out" / "mail.mbox")) > 40
        assert told["tables"]["customers"] > 10

"""kill -9 at each named moment of keeping, taking in and leaving: nothing kept is lost, nothing leaves twice."""

import sqlite3
from pathlib import Path

import pytest

from tests.post.dovecot import PASSWORD, needs_dovecot, open_dovecot
from tests.post.mailbox import Post, open_post
from tests.post.stage import DUE
from tests.post.theater import Theater, built_in

pytestmark = pytest.mark.kill

KEEPING = ("hand in: counted", "keep: key made", "keep: row written", "keep: committed")
TAKING_IN = ("take in: parsed", "take in: person met", "take in: message written", "take in: committed")
LEAVING = (
    "leave: claimed",
    "leave: recipient taken",
    "leave: sending written",
    "leave: before data",
    "leave: after data",
    "leave: sent written",
    "leave: sent committed",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Theater:
    return built_in(tmp_path_factory.mktemp("post") / "house")


@pytest.fixture
def theater(built: Theater, tmp_path: Path) -> Theater:
    return built.copied_to(tmp_path / "house")


def rows(theater: Theater, sql: str) -> list[tuple]:
    connection = sqlite3.connect(theater.folder / "var" / "courtesy.db")
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


class TestKilledWhileKeeping:
    @pytest.mark.parametrize("moment", KEEPING)
    def test_what_was_acknowledged_is_there_and_once(self, theater, moment):
        said = theater.run("hand_in", FIRST="0", LAST="2")
        said += theater.run("hand_in", dies=True, COURTESY_KILL_AT=moment, FIRST="2", LAST="4")
        said += theater.run("hand_in", FIRST="2", LAST="4")  # the visitor presses the button again
        theater.run("take_in_all")

        assert {one["kept"] for one in said} == {0, 1, 2, 3}
        assert rows(theater, "SELECT body FROM conversations_message ORDER BY body") == [
            (f"form {n}",) for n in range(4)
        ]


class TestKilledWhileTakingIn:
    @pytest.mark.parametrize("moment", TAKING_IN)
    def test_every_message_is_there_once_with_its_person_and_its_yes(self, theater, moment):
        theater.run("hand_in", FIRST="0", LAST="3")
        theater.run("take_in_all", dies=True, COURTESY_KILL_AT=moment)
        theater.run("take_in_all")

        found = rows(theater, "SELECT body FROM conversations_message ORDER BY body")
        assert found == [("form 0",), ("form 1",), ("form 2",)]
        assert rows(theater, "SELECT count(*) FROM people_person") == [(3,)]
        assert rows(theater, "SELECT count(*) FROM consent_entry") == [(2,)]
        assert rows(theater, "SELECT count(*) FROM jobs_job WHERE handler = 'courtesy.desk.intake.consider'") == [(3,)]


class TestKilledWhileLeaving:
    @pytest.mark.parametrize("moment", LEAVING)
    def test_each_answer_arrives_once_or_is_shown_unsure(self, theater, moment):
        with open_post() as post:
            delivered, states = self.run_killed(theater, post, moment)

        assert len(delivered) == len(set(delivered))
        for number, state in enumerate(states):
            if state == "sent":
                assert f"letter {number}" in delivered
            else:
                assert state == "unsure"
        assert states.count("unsure") <= 1
        # Dying before the text's first byte was on its way loses nothing and leaves nothing unsure.
        if moment in LEAVING[:3]:
            assert states == ["sent"] * 4

    def test_marking_sent_before_the_server_has_it_would_lose_a_letter(self, theater, tmp_path, monkeypatch):
        """The control off: an outbox that says "sent" where ours says "sending"."""
        lying = tmp_path / "lying"
        lying.mkdir()
        (lying / "sitecustomize.py").write_text(LYING)
        with open_post() as post:
            delivered, states = self.run_killed(theater, post, "leave: before data", PYTHONPATH=str(lying))

        assert states == ["sent"] * 4
        assert "letter 0" not in delivered

    @staticmethod
    def run_killed(theater: Theater, post: Post, moment: str, **more: str) -> tuple[list[str], list[str]]:
        at = {"COURTESY_SMTP_URL": post.url, "AT": DUE.isoformat(), **more}
        theater.run("write_letters", LETTERS="4")
        theater.run("send", dies=True, COURTESY_KILL_AT=moment, **at)
        theater.run("send", **at)
        at["AT"] = (DUE.replace(hour=DUE.hour + 1)).isoformat()
        theater.run("send", **at)
        return post.words(), theater.run("states")[0]["states"]


@needs_dovecot
class TestKilledWhileCopying:
    @pytest.mark.parametrize("moment", ["copy: looked", "copy: put there"])
    def test_each_copy_is_in_the_sent_folder_once(self, theater, moment):
        with open_dovecot() as dovecot, open_post() as post:
            theater.run("connect", IMAP=str(dovecot.port), SMTP=str(post.port), SECRET=PASSWORD)
            theater.run("write_letters", LETTERS="4")
            theater.run("send", AT=DUE.isoformat())
            theater.run("keep_copies", dies=True, COURTESY_KILL_AT=moment, AT=DUE.isoformat())
            for hour in (1, 2):
                theater.run("keep_copies", AT=DUE.replace(hour=DUE.hour + hour).isoformat())
            copied = [raw.split(b"\r\n\r\n", 1)[1].strip() for _, raw in dovecot.mails("shop", "Sent")]

        assert sorted(copied) == [f"letter {number}".encode() for number in range(4)]
        assert len(post.taken) == 4


LYING = '''
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import PathFinder


class Lies(MetaPathFinder):
    """Changes `courtesy.post.outbox` as it is read: what begins to leave is already called sent."""

    def find_spec(self, name, path, target=None):
        if name != "courtesy.post.outbox":
            return None
        spec = PathFinder.find_spec(name, path, target)
        loader, run = spec.loader, spec.loader.exec_module

        def exec_module(module):
            run(module)
            begin = module.begin

            def lie(outgoing, *, at):
                begun = begin(outgoing, at=at)
                module.Outgoing.objects.filter(pk=outgoing.pk).update(state="sent")
                return begun

            module.begin = lie

        loader.exec_module = exec_module
        return spec


sys.meta_path.insert(0, Lies())
'''

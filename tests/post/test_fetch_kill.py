"""kill -9 of the fetcher at named moments and at fifty random ones, and two at once: each mail there once and whole."""

import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from tests.post.dovecot import Dovecot, letters, needs_dovecot, open_dovecot
from tests.post.theater import Theater, built_in

pytestmark = [pytest.mark.kill, needs_dovecot]

MAILS = 1000
KILLS = 50
MOMENTS = (
    "fetch: connected",
    "fetch: bytes there",
    "keep: key made",
    "keep: row written",
    "keep: committed",
    "fetch: kept",
    "fetch: place moved",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Theater:
    return built_in(tmp_path_factory.mktemp("post") / "house", stage="tests.post.channels.email.stage")


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    with open_dovecot() as server:
        yield server


@pytest.fixture
def theater(built: Theater, tmp_path: Path, dovecot: Dovecot) -> Theater:
    copy = built.copied_to(tmp_path / "house")
    copy.run("open_box", PORT=str(dovecot.port), PASSWORD=dovecot.passwords["shop"])
    return copy


def holds_once(theater: Theater, dovecot: Dovecot, mails: list[bytes]) -> None:
    """Each mail is kept once, whole and handed over once, and the mailbox is as it was."""
    (told,) = theater.run("tell")
    assert told["digests"] == sorted(sha256(mail).hexdigest() for mail in mails)
    assert told["handed_over_once"]
    assert told["place"] == [len(mails)]
    there = dovecot.mails("shop")
    assert sorted(raw for _, raw in there) == sorted(mails)
    assert {frozenset(flags) for flags, _ in there} == {frozenset()}
    for name in ("courtesy", "keys"):
        database = sqlite3.connect(theater.folder / "var" / f"{name}.db")
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        database.close()


class TestKilledWhileFetching:
    @pytest.mark.parametrize("moment", MOMENTS)
    def test_each_mail_is_there_once_and_whole(self, theater, dovecot, moment):
        mails = letters(range(60))
        dovecot.deliver("shop", *mails)
        theater.run("fetch", dies=True, COURTESY_KILL_AT=moment)
        theater.run("fetch")

        holds_once(theater, dovecot, mails)

    def test_fifty_times_over_a_thousand_mails(self, theater, dovecot):
        mails = letters(range(MAILS))
        dovecot.deliver("shop", *mails)
        killed, ended = theater.run("kill_again_and_again", KILLS=str(KILLS), MAILS=str(MAILS))

        assert killed["kills"] == KILLS
        assert killed["while_reading"] >= KILLS * 0.6
        assert ended == {"ended": 0}
        holds_once(theater, dovecot, mails)

    def test_with_the_place_moved_first_mails_would_be_lost(self, theater, dovecot, tmp_path):
        """The control off: a fetcher that remembers how far it is before it has kept what is there."""
        hasty = tmp_path / "hasty"
        hasty.mkdir()
        (hasty / "sitecustomize.py").write_text(HASTY)
        dovecot.deliver("shop", *letters(range(60)))
        theater.run("fetch", dies=True, COURTESY_KILL_AT="fetch: bytes there", PYTHONPATH=str(hasty))
        theater.run("fetch")

        (told,) = theater.run("tell")
        assert told["kept"] < 60


class TestTwoFetchersAtOnce:
    def test_keep_each_of_a_thousand_mails_once(self, theater, dovecot):
        mails = letters(range(MAILS))
        dovecot.deliver("shop", *mails)

        assert theater.run("two_at_once") == [{"ended": 0}, {"ended": 0}]
        holds_once(theater, dovecot, mails)


HASTY = '''
import sys
from importlib.machinery import PathFinder


class Hastens:
    """Changes `reading` as it is read: the place is moved before what was fetched is kept."""

    def find_spec(self, name, path, target=None):
        if name != "courtesy.post.channels.email.reading":
            return None
        spec = PathFinder.find_spec(name, path, target)
        loader, run = spec.loader, spec.loader.exec_module

        def exec_module(module):
            run(module)
            fetched = module.Reading._fetched

            def hasty(self, line, folder, group):
                module._move(folder, group[-1].uid, before=[])
                return fetched(self, line, folder, group)

            module.Reading._fetched = hasty

        loader.exec_module = exec_module
        return spec


sys.meta_path.insert(0, Hastens())
'''

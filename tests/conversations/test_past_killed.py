"""kill -9 in the middle of letters of the past coming in, and of going out: run again, it comes to the same."""

import signal
from pathlib import Path

import pytest

from courtesy.jobs.moments import MOMENTS
from tests.commands import House
from tests.conversations.past import US, as_mbox, conversations

pytestmark = pytest.mark.kill

QUESTIONS = 60
WHAT_THERE_IS = (
    "SELECT t.subject, t.state, m.kind, m.body, m.at FROM conversations_message m"
    " JOIN conversations_thread t ON t.id = m.thread_id ORDER BY 1, 5",
    "SELECT count(*) FROM people_person",
    "SELECT count(*) FROM people_handle",
    "SELECT count(*) FROM post_arrival",
    "SELECT purpose, answer, count(*) FROM consent_entry GROUP BY 1, 2",
    "SELECT count(*) FROM jobs_job",
)
NOTHING = [[(0,)]] * 4
LEFT = tuple(
    f"SELECT count(*) FROM {table}"
    for table in ("conversations_message", "conversations_thread", "people_person", "post_arrival")
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("file") / "old.mbox"
    file.write_bytes(as_mbox(conversations(QUESTIONS)))
    return file


def importing(file: Path) -> tuple[str, ...]:
    return ("import", "messages", str(file), "--ours", US, "--basis", "contract", "--since", "2025-03-03")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, file: Path) -> list[list[tuple[object, ...]]]:
    house = House(tmp_path_factory.mktemp("undisturbed"))
    assert house.run(*importing(file))["new"] == 2 * QUESTIONS
    return house.asked(*WHAT_THERE_IS)


def killed_at(house: House, moment: str, *words: str) -> None:
    running = house.start(*words, COURTESY_KILL_AT=moment)
    said = running.communicate(timeout=120)
    assert running.returncode == -signal.SIGKILL, said


@pytest.mark.parametrize("moment", [one for one in MOMENTS if one.startswith("bring: ")])
def test_killed_while_it_comes_in_it_comes_to_the_same(
    tmp_path: Path, file: Path, undisturbed: list[list[tuple[object, ...]]], moment: str
) -> None:
    house = House(tmp_path)
    killed_at(house, moment, *importing(file))
    house.run(*importing(file))

    assert house.asked(*WHAT_THERE_IS) == undisturbed


@pytest.mark.parametrize("moment", [one for one in MOMENTS if one.startswith("take out: ")])
def test_killed_while_it_goes_out_it_goes_out_whole(tmp_path: Path, file: Path, moment: str) -> None:
    house = House(tmp_path)
    number = str(house.run(*importing(file))["id"])
    killed_at(house, moment, "import", "messages", "--undo", number)
    house.run("import", "messages", "--undo", number)

    assert house.asked(*LEFT) == NOTHING

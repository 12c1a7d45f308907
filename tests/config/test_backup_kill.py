"""The power goes while a backup is made, or put back: the house stands as it stood, and the next try succeeds."""

import signal
from pathlib import Path

import pytest

from courtesy.config.backing_up import archive, keeping, making, swapping
from tests.config.safe import MEET, Closed, sample

pytestmark = [pytest.mark.house, pytest.mark.kill]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Closed, Path]:
    """The sample shop and a backup of it; somebody wrote since."""
    house = sample(tmp_path_factory.mktemp("begun"))
    file, _keys = house.backup()
    house.python(MEET, "since@then.example", "Somebody Since")
    return house, file


@pytest.fixture
def house(begun: tuple[Closed, Path], tmp_path: Path) -> Closed:
    return begun[0].copied_to(tmp_path / "house")


def killed(house: Closed, at: str, *words: str) -> None:
    status, _told, said = house.run(*words, COURTESY_KILL_AT=at)
    assert status == -signal.SIGKILL, f"nothing was killed at {at!r}: {said}"


@pytest.mark.parametrize("moment", making.MOMENTS)
def test_a_backup_killed_leaves_no_half_one(house, moment):
    stood = house.standing()
    killed(house, moment, "backup")

    kept = keeping.kept_in(house.data / "backups") + keeping.kept_in(house.data / "backups" / "keys")
    assert [archive.check(one.file).manifest["kind"] for one in kept]
    assert house.standing() == stood
    house.ok("verify")
    house.backup()
    assert list((house.data / "backups").glob(".copying-*")) == []
    assert house.ok("backup", "--prove")["why"] == ""


@pytest.mark.parametrize("moment", swapping.MOMENTS)
def test_a_restoring_killed_leaves_the_house_as_it_was(house, begun, moment):
    stood, file = house.standing(), next((house.data / "backups").glob("*.backup"))
    killed(house, moment, "restore", str(file))

    status, _told, said = house.run("verify")
    assert status == 0, said
    assert house.standing() == stood
    assert ("cut short" in said) == (moment != swapping.STAGED)
    assert house.rows("select count(*) from privacy_key", "keys.db")[0][0] > 20
    told = house.ok("restore", str(file))
    assert told["rows"] > 500
    assert house.standing() != stood
    house.ok("verify")

"""kill -9 in the middle of an import, and of taking it back: run again, it comes to the same."""

import random
import signal
import time
from pathlib import Path

import pytest

from tests.commands import House
from tests.records import exports
from tests.records.exports import ONLINE_RETAIL, written

pytestmark = pytest.mark.kill

WHAT_THERE_IS = (
    "SELECT o.number, o.placed_at, o.person_id IS NULL, p.sku, l.quantity, l.amount, l.mark FROM records_line l"
    " JOIN records_order o ON o.id = l.order_id JOIN records_product p ON p.id = l.product_id ORDER BY 1, 7",
    "SELECT r.number, r.amount, r.mark, r.person_id IS NULL FROM records_refund r ORDER BY 1, 3",
    "SELECT number FROM records_order ORDER BY 1",
    "SELECT count(*) FROM people_person",
    "SELECT count(*) FROM people_handle",
    "SELECT purpose, answer, count(*) FROM consent_entry GROUP BY 1, 2",
    "SELECT sku FROM records_product ORDER BY 1",
)


def importing(file: Path) -> tuple[str, ...]:
    return ("import", "orders", str(file), "--preset", "online-retail", "--basis", "contract", "--since", "2009-12-01")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("file") / "orders.csv", ONLINE_RETAIL, exports.a_wholesaler(orders=4000))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, file: Path) -> list[list[tuple[object, ...]]]:
    house = House(tmp_path_factory.mktemp("undisturbed"))
    assert house.run(*importing(file))["rows"] == 24_802
    return house.asked(*WHAT_THERE_IS)


class TestKilled:
    def test_half_way_and_run_again_it_comes_to_the_same(
        self, tmp_path: Path, file: Path, undisturbed: list[list[tuple[object, ...]]]
    ) -> None:
        house, kills = House(tmp_path), 0
        for part in range(1, 4):
            running = house.start(*importing(file))
            assert running.stderr is not None
            for told, _ in enumerate(running.stderr, start=1):
                if told == part:
                    time.sleep(random.Random(part).uniform(0, 0.2))
                    running.send_signal(signal.SIGKILL)
                    break
            running.communicate(timeout=60)
            kills += running.returncode == -signal.SIGKILL
            ((done, state),) = house.asked("SELECT done, state FROM records_import")[0]
            assert state == "running"
            assert 0 < int(str(done)) < 24_802
        assert kills == 3
        last = house.run(*importing(file))
        assert (last["adds_up"], last["rows"]) == (True, 24_802)
        assert house.asked(*WHAT_THERE_IS) == undisturbed
        assert house.run(*importing(file))["new"] == 0

        undoing = house.start("import", "orders", "--undo", "1")
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and undoing.poll() is None:
            if house.asked("SELECT count(*) FROM records_line")[0][0][0] < 20_000:  # type: ignore[operator]
                undoing.send_signal(signal.SIGKILL)
                break
            time.sleep(0.02)
        undoing.communicate(timeout=60)
        if undoing.returncode == -signal.SIGKILL:
            assert house.run("import", "orders", "--undo", "1")["left"] == 0
        tables = ("line", "order", "refund", "product", "delivery")
        left = house.asked(*(f"SELECT count(*) FROM records_{table}" for table in tables))
        left += house.asked("SELECT count(*) FROM people_person")
        assert left == [[(0,)]] * 6

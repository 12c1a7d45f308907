"""`courtesy import orders`: what is asked, what is said, and that it fails with a plain sentence."""

from argparse import ArgumentParser
from pathlib import Path

import pytest

from courtesy.config.cli.command import Done
from courtesy.config.cli.importing.orders import COMMAND
from courtesy.records.models import Import, Order, Store
from tests.records import exports
from tests.records.exports import ONLINE_RETAIL, PLAIN, written

pytestmark = pytest.mark.django_db(databases="__all__")
ASKED = ("--basis", "contract", "--since", "2024-05-01")


def courtesy(*words: str) -> Done:
    """Run the command with these words."""
    parser = ArgumentParser()
    COMMAND.arguments(parser)
    return COMMAND.run(parser.parse_args(words))


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(written(tmp_path / "orders.csv", ONLINE_RETAIL, exports.a_wholesaler()))


class TestImportOrders:
    def test_prints_every_sum_and_how_to_take_it_back(self, file: str, tmp_path: Path) -> None:
        done = courtesy(file, "--preset", "online-retail", *ASKED, "--report", str(tmp_path / "report.csv"))
        assert done.ok
        assert {"rows", "sales", "refunds", "anonymous", "rejected", "new", "seconds"} <= set(done.facts)
        assert "250 rows = 180 sales + 8 refunds + 60 anonymous sales + 2 rejected." in done.say[0]
        assert done.say[2].startswith("GBP: ")
        assert done.say[2].endswith("rejected.")
        number = Import.objects.get().pk
        assert f"--undo {number}" in done.say[-1]
        undone = courtesy("--undo", str(number))
        assert (undone.ok, undone.facts["left"]) == (True, 0)
        assert not courtesy("--undo", str(number)).ok

    def test_asks_on_what_basis_and_since_when(self, file: str) -> None:
        done = courtesy(file, "--preset", "online-retail")
        assert not done.ok
        assert "On what basis" in done.say[0]
        assert Store.objects.count() == 0

    def test_leaves_no_store_behind_in_a_dry_run(self, file: str) -> None:
        done = courtesy(file, "--preset", "online-retail", *ASKED, "--dry-run")
        assert (done.ok, done.facts["new"]) == (True, 248)
        assert "248 would be new" in done.say[1]
        assert (Store.objects.count(), Order.objects.count()) == (0, 0)

    @pytest.mark.parametrize(
        ("words", "said"),
        [(("/no/such/file.csv", *ASKED), "no file"), ((), "Which file"),
         (("x.csv", "--basis", "contract", "--since", "May"), "as a day"),
         (("x.csv", "--basis", "contract", "--since", "2999-01-01"), "future"),
         (("x.csv", *ASKED, "--map", "number"), "WORD=COLUMN")],
    )  # fmt: skip
    def test_fails_with_a_plain_sentence(self, words: tuple[str, ...], said: str) -> None:
        done = courtesy(*words)
        assert not done.ok
        assert said in done.say[0]

    def test_says_what_to_do_where_no_column_is_found_and_then_does_it(self, tmp_path: Path) -> None:
        row = ["7", "2026-10-01", "dora@post.example", "TEA-1", "Assam", "2", "6.50"]
        file = str(written(tmp_path / "o.csv", ["Beleg", *PLAIN[1:]], [row]))
        refused = courtesy(file, *ASKED)
        assert "--map" in refused.say[0]
        assert Order.objects.count() == 0
        assert courtesy(file, *ASKED, "--map", "number=Beleg", "--currency", "CHF").ok
        assert list(Order.objects.values_list("number", "currency")) == [("7", "CHF")]

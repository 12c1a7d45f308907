"""Files as they are handed in: what is read of them, and what each kind of bad one is told."""

import gzip
import random
import zipfile
from datetime import UTC
from decimal import Decimal
from pathlib import Path

import pytest
from arro3.core import Array, DataType, Table
from arro3.io import write_parquet
from hypothesis import given, settings
from hypothesis import strategies as st

from courtesy.records.stores import refusals
from courtesy.records.stores.opening import PRESETS, Told, look
from courtesy.records.stores.rows import Entry, GivenBack, Rejected, Sale, Why
from courtesy.records.stores.values import LARGEST, Manner, coins, decimal, moment, which_first
from tests.records import exports
from tests.records.exports import ADVANCED, PLAIN, SHOPIFY, WOOCOMMERCE, woocommerce, written

DORA = "dora@post.example"


def read(path: Path, preset: str = "", **told: str) -> list[Entry]:
    """What a file comes to."""
    return list(look(path, Told(preset, **told), zone=UTC).entries())  # type: ignore[arg-type]


def plain(path: Path, *rows: list[str], **how: str) -> Path:
    return written(path / "orders.csv", PLAIN, rows, **how)


def row(
    number: str = "1", date: str = "2026-10-01", sku: str = "TEA-1", quantity: str = "1", price: str = "6.50"
) -> list[str]:
    return [number, date, DORA, sku, "Assam", quantity, price]


class TestShopify:
    def test_gives_lines_below_the_first_what_the_first_says(self, tmp_path: Path) -> None:
        sales = read(written(tmp_path / "s.csv", SHOPIFY, exports.three_shopify_orders()), "shopify")
        assert [type(one) for one in sales] == [Sale] * 4
        first, below, sent, cancelled = sales
        assert (first.number, first.amount, below.amount, first.currency) == ("#1001", 1300, 1050, "EUR")
        assert below.customer == first.customer
        assert first.customer.name == "Dora Lindqvist"
        assert (first.facts.state, below.facts, sent.facts.state, cancelled.facts.state) == (
            "paid",
            None,
            "sent",
            "cancelled",
        )
        assert (sent.facts.refunded, sent.facts.parcel.shipped_at.day, sent.customer.marketing) == (1050, 3, True)

    def test_reads_a_line_whose_number_is_blank_as_one_of_the_order_above(self, tmp_path: Path) -> None:
        rows = exports.three_shopify_orders()[:2]
        rows[1][0] = rows[1][1] = rows[1][15] = ""
        assert {sale.number for sale in read(written(tmp_path / "s.csv", SHOPIFY, rows), "shopify")} == {"#1001"}


class TestWooCommerce:
    def test_reads_one_row_an_item(self, tmp_path: Path) -> None:
        rows = [
            woocommerce(order_number="77", date="2026-10-01 09:00:00", status="wc-completed", order_total="20.00",
                        order_currency="EUR", customer_id="5", billing_first_name="Dora", billing_last_name="Lindqvist",
                        billing_email=DORA, item_name="Assam", item_sku="TEA-1", item_quantity="2", item_total="13.00"),
            woocommerce(order_number="78", date="2026-10-02 09:00:00", status="processing", order_total="6.50",
                        order_currency="EUR", customer_id="0", item_name="Assam", item_quantity="1", item_total="6.50"),
        ]  # fmt: skip
        member, guest = read(written(tmp_path / "w.csv", WOOCOMMERCE, rows), "woocommerce")
        assert (member.number, member.amount, member.facts.state, member.facts.total) == ("77", 1300, "sent", 2000)
        assert (member.customer.address, member.customer.name, member.customer.number) == (DORA, "Dora Lindqvist", "5")
        assert (guest.customer, guest.sku, guest.facts.state) == (None, "Assam", "paid")

    def test_reads_the_other_exporter_too(self, tmp_path: Path) -> None:
        rows = [
            [
                "101",
                "Completed",
                "2026-10-01",
                "Dora",
                "Lindqvist",
                DORA,
                "0171 23456",
                "",
                "13.00",
                "TEA-1",
                "1",
                "Assam",
                "2",
                "6.50",
            ]
        ]
        (sale,) = read(written(tmp_path / "w.csv", ADVANCED, rows), "woocommerce")
        assert (sale.number, sale.amount, sale.customer.phone, sale.facts.state) == ("101", 1300, "0171 23456", "sent")


class TestOnlineRetail:
    def test_sorts_sales_cancellations_and_corrections(self, tmp_path: Path) -> None:
        entries = read(written(tmp_path / "o.csv", exports.ONLINE_RETAIL, exports.a_wholesaler()), "online-retail")
        assert [one.why for one in entries if type(one) is Rejected] == [Why.BOOKING, Why.NOT_CANCELLED]
        back = [one for one in entries if type(one) is GivenBack]
        assert len(back) == 8
        assert all(one.quantity == 1 and one.amount > 0 and one.number.startswith("C") for one in back)


class TestAnyFile:
    def test_is_read_by_the_names_of_its_columns(self, tmp_path: Path) -> None:
        (sale,) = read(plain(tmp_path, row(quantity="3")))
        assert (sale.number, sale.customer.address, sale.sku, sale.amount) == ("1", DORA, "TEA-1", 1950)

    def test_is_read_by_a_mapping_where_its_names_are_its_own(self, tmp_path: Path) -> None:
        path = written(
            tmp_path / "o.csv", ("Beleg", "Tag", "Wer", "Was", "Wert"), [["9", "1.10.2026", DORA, "Tee", "1.234,50 €"]]
        )
        mapping = {"number": "Beleg", "placed_at": "Tag", "address": "Wer", "product": "Was", "amount": "Wert"}
        (sale,) = list(look(path, Told(mapping=mapping), zone=UTC).entries())
        assert (sale.number, sale.at.month, sale.amount) == ("9", 10, 123450)

    def test_says_which_columns_it_misses_and_which_there_are(self, tmp_path: Path) -> None:
        path = written(tmp_path / "o.csv", ("Beleg", "Tag"), [["9", "1.10.2026"]])
        with pytest.raises(refusals.ColumnsMissing, match=r"number.*Beleg, Tag.*--map") as refused:
            look(path, Told(), zone=UTC)
        assert ("number",) in refused.value.missing

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_finds_the_delimiter(self, tmp_path: Path, delimiter: str) -> None:
        assert len(read(plain(tmp_path, row(), delimiter=delimiter))) == 1

    def test_is_read_out_of_gz_and_zip(self, tmp_path: Path) -> None:
        table = exports.as_csv(PLAIN, [row()]).encode()
        (tmp_path / "o.csv.gz").write_bytes(gzip.compress(table))
        with zipfile.ZipFile(tmp_path / "o.zip", "w") as box:
            box.writestr("orders.csv", table)
        assert len(read(tmp_path / "o.csv.gz")) == len(read(tmp_path / "o.zip")) == 1

    def test_is_read_in_the_order_marked_by_excel(self, tmp_path: Path) -> None:
        for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
            assert len(read(plain(tmp_path, row(), encoding=encoding))) == 1


class TestABadFile:
    def test_in_another_encoding_is_refused_with_what_to_do(self, tmp_path: Path) -> None:
        path = plain(tmp_path, [*row()[:4], "Tee für Dörthe", "1", "6.50"], encoding="cp1252")
        with pytest.raises(refusals.WrongEncoding, match=r"line 2.*--encoding") as refused:
            read(path)
        assert "Dörthe" not in str(refused.value)
        (sale,) = read(path, encoding="cp1252")
        assert sale.product == "Tee für Dörthe"

    def test_with_another_delimiter_is_refused_with_what_to_do(self, tmp_path: Path) -> None:
        path = plain(tmp_path, row(), delimiter="^")
        with pytest.raises(refusals.WrongDelimiter, match="--delimiter"):
            read(path)
        assert len(read(path, delimiter="^")) == 1

    def test_with_a_row_of_a_million_columns_loses_that_row_and_no_other(self, tmp_path: Path) -> None:
        path = plain(tmp_path, row("1"), row("2"))
        path.write_text(path.read_text() + "," * 1_000_000 + "\n" + ",".join(row("3")) + "\n")
        first, second, rejected, last = read(path)
        assert (first.number, second.number, last.number) == ("1", "2", "3")
        assert (rejected.why, rejected.row) == (Why.TOO_LONG, 4)

    def test_with_more_or_fewer_cells_loses_those_rows_only(self, tmp_path: Path) -> None:
        path = plain(tmp_path, row("1"), [*row("2"), "more"], row("3")[:-2], row("4"))
        assert [type(one) for one in read(path)] == [Sale, Rejected, Rejected, Sale]

    def test_with_a_quotation_that_never_ends_is_read_on_behind_it(self, tmp_path: Path) -> None:
        path = plain(tmp_path, row("1"))
        path.write_text(path.read_text() + '2,"' + "x\n" * 60_000 + ",".join(row("3")) + "\n")
        entries = read(path)
        assert entries[0].number == "1"
        assert any(one.why is Why.QUOTE for one in entries if type(one) is Rejected)
        assert entries[-1].number == "3"

    def test_with_dates_in_three_styles_is_read_as_each_is_meant(self, tmp_path: Path) -> None:
        path = plain(
            tmp_path, row("1", "2026-03-04"), row("2", "25/12/2026"), row("3", "4 March 2026"), row("4", "3/4/2026")
        )
        assert [f"{sale.at:%d.%m.}" for sale in read(path)] == ["04.03.", "25.12.", "04.03.", "03.04."]

    def test_whose_dates_read_both_ways_is_refused_until_somebody_says(self, tmp_path: Path) -> None:
        path = plain(tmp_path, row("1", "03/04/2026"))
        with pytest.raises(refusals.WhichDates, match="--dates"):
            read(path)
        assert [read(path, dates=how)[0].at.month for how in ("day-first", "month-first")] == [4, 3]

    def test_with_a_date_the_other_way_round_loses_that_row_only(self, tmp_path: Path) -> None:
        path = plain(tmp_path, row("1", "25/12/2026"), row("2", "24/12/2026"), row("3", "12/25/2026"))
        assert [getattr(one, "why", None) for one in read(path)] == [None, None, Why.DATE_ORDER]

    def test_with_prices_below_zero_loses_those_rows_only(self, tmp_path: Path) -> None:
        path = plain(tmp_path, row("1", price="-6.50"), row("2"), row("3", quantity="-1"))
        rejected, sale, back = read(path)
        assert (rejected.why, sale.amount) == (Why.NEGATIVE, 650)
        assert (type(back), back.amount, back.order) == (GivenBack, 650, "3")

    def test_that_is_a_bomb_is_refused_before_it_fills_anything(self, tmp_path: Path) -> None:
        bomb = tmp_path / "bomb.csv.gz"
        with gzip.open(bomb, "wb", compresslevel=9) as out:
            out.write(exports.as_csv(PLAIN, []).encode())
            for _ in range(100):
                out.write(b"0" * (1 << 20))
        box = tmp_path / "bomb.zip"
        with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as inside:
            inside.writestr("orders.csv", b"1,2\n" * (30 << 20))
        for path in (bomb, box):
            with pytest.raises(refusals.Bomb, match="nothing was read in"):
                read(path)

    @pytest.mark.parametrize(
        "bytes_of_it", [b"", b"PK\x03\x04broken", b"\x1f\x8b\x08broken", b"PAR1 broken PAR1", b"\x00\x01\x02,\n"]
    )
    def test_that_is_damaged_is_refused(self, tmp_path: Path, bytes_of_it: bytes) -> None:
        path = tmp_path / "damaged"
        path.write_bytes(bytes_of_it)
        with pytest.raises(refusals.NotUsable):
            read(path)

    def test_that_is_a_box_of_many_is_refused(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "o.zip", "w") as box:
            box.writestr("a.csv", "a,b\n")
            box.writestr("b.csv", "a,b\n")
        with pytest.raises(refusals.NotATable, match="2 files"):
            read(tmp_path / "o.zip")

    def test_that_does_not_exist_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(refusals.NoSuchFile):
            read(tmp_path / "none.csv")

    def test_keeps_a_formula_as_the_text_it_is(self, tmp_path: Path) -> None:
        (sale,) = read(plain(tmp_path, [*row()[:4], '=HYPERLINK("http://evil.example")', "1", "6.50"]))
        assert sale.product == '=HYPERLINK("http://evil.example")'

    @settings(max_examples=60, deadline=None)
    @given(junk=st.binary(max_size=400))
    def test_of_any_bytes_is_read_or_refused_and_never_breaks(
        self, tmp_path_factory: pytest.TempPathFactory, junk: bytes
    ) -> None:
        path = tmp_path_factory.mktemp("junk") / "orders.csv"
        path.write_bytes(exports.as_csv(PLAIN, [row()]).encode() + junk)
        try:
            entries = read(path)
        except refusals.NotUsable:
            return
        assert entries[0].number == "1"


class TestAParquetFile:
    def test_damaged_anywhere_is_read_or_refused_without_a_word_of_it(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        write_parquet(
            Table.from_pydict({name: Array([str(n) for n in range(500)], DataType.string()) for name in PLAIN}),
            str(tmp_path / "good.parquet"),
        )
        good = (tmp_path / "good.parquet").read_bytes()
        chance, path, refused = random.Random(7), tmp_path / "bad.parquet", 0
        for _ in range(150):
            bad = bytearray(good)
            for _ in range(3):
                bad[chance.randrange(len(bad))] = chance.randrange(256)
            path.write_bytes(bad)
            try:
                read(path)
            except refusals.NotUsable:
                refused += 1
        assert 0 < refused <= 150
        assert "panicked" not in capfd.readouterr().err


class TestValues:
    @pytest.mark.parametrize(
        ("written_as", "meant"),
        [("1,234.56", "1234.56"), ("1.234,56", "1234.56"), ("£3.95", "3.95"), ("3,95 €", "3.95"), ("1,234", "1234"),
         ("-5", "-5"), ("−5", "-5"), ("(5.00)", "-5.00"), ("1 234,5", "1234.5"), ("1'234.50", "1234.50"),
         ("1.234.567,89", "1234567.89"), ("12.5", "12.5"), ("EUR 7", "7")],
    )  # fmt: skip
    def test_read_amounts_as_they_are_written(self, written_as: str, meant: str) -> None:
        assert decimal(written_as) == Decimal(meant)

    def test_read_a_thousand_where_the_file_writes_decimals_with_a_comma(self) -> None:
        assert (decimal("1.234", comma=True), decimal("1.234")) == (Decimal(1234), Decimal("1.234"))

    @pytest.mark.parametrize("written_as", ["", "free", "=1+1", "1.2.3", "--5", "5-", "1e5", "nan", "inf"])
    def test_refuse_what_is_no_amount(self, written_as: str) -> None:
        with pytest.raises(ValueError, match="no number"):
            decimal(written_as)

    def test_count_in_the_smallest_coin_of_the_currency(self) -> None:
        assert (coins(Decimal("6.50"), "EUR"), coins(Decimal("650"), "JPY"), coins(Decimal("1.5"), "KWD")) == (
            650,
            650,
            1500,
        )
        with pytest.raises(ValueError, match="too large"):
            coins(Decimal(LARGEST), "EUR")

    @given(st.integers(-LARGEST, LARGEST))
    def test_lose_no_coin(self, amount: int) -> None:
        assert (
            coins(decimal(f"{amount / 100:.2f}" if abs(amount) < 10**12 else str(Decimal(amount).scaleb(-2))), "EUR")
            == amount
        )

    @pytest.mark.parametrize(
        ("written_as", "meant"),
        [("2026-03-04 13:05:06 -0500", "2026-03-04 18:05"), ("2026-03-04T13:05:06Z", "2026-03-04 13:05"),
         ("4.3.2026 13:05", "2026-03-04 13:05"), ("March 4, 2026 1:05 pm", "2026-03-04 13:05"),
         ("4. März 2026", "2026-03-04 00:00"), ("4 de marzo de 2026", "2026-03-04 00:00"),
         ("25/12/26", "2026-12-25 00:00")],
    )  # fmt: skip
    def test_read_dates_as_they_are_written(self, written_as: str, meant: str) -> None:
        assert f"{moment(written_as, Manner()):%Y-%m-%d %H:%M}" == meant

    @pytest.mark.parametrize(
        "written_as", ["", "soon", "2026-02-30", "31/02/2026", "1899-01-01", "2026-03-04 25:00", "13/13/2026"]
    )
    def test_refuse_what_is_no_date(self, written_as: str) -> None:
        with pytest.raises(ValueError):  # noqa: PT011 - whichever of its kinds
            moment(written_as, Manner())

    def test_tell_which_way_round_a_date_is(self) -> None:
        assert [which_first(text) for text in ("25/12/2010", "12/25/2010", "3/4/2010", "2010-12-25")] == [
            True,
            False,
            None,
            None,
        ]


class TestPresets:
    def test_name_columns_that_are_told_apart(self) -> None:
        for reader in PRESETS.values():
            known = {word for words in reader.required for word in words}
            assert known <= set(reader.columns)

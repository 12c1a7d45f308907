"""Orders brought in from a file: once is once, whatever is cut short is gone on with, and it can be taken back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum

from courtesy.consent import actions as consent
from courtesy.consent import queries as permissions
from courtesy.consent.models import Entry
from courtesy.consent.purposes import Answer, Basis, Purpose
from courtesy.people import queries as people
from courtesy.people.models import Handle, NameToken, Person
from courtesy.privacy import keys, ledger
from courtesy.privacy.models import Key, LedgerRow
from courtesy.records.actions import importing, writing
from courtesy.records.actions.erasing import erase, let_go
from courtesy.records.actions.importing import Reconciliation, StandsBelow, TakenOver, bring_in, store_named, undo
from courtesy.records.actions.undoing import NoSuchImport
from courtesy.records.models import Delivery, Former, Import, Invoice, Line, Newcomer, Order, Product, Refund, Store
from tests.cast import NOON
from tests.records import exports
from tests.records.exports import ONLINE_RETAIL, PLAIN, SHOPIFY, written

pytestmark = pytest.mark.django_db(databases="__all__")

SINCE = datetime(2024, 5, 1, tzinfo=UTC)
DORA, CHIDI, EMEKA = "dora.lindqvist@post.example", "chidi.okafor@post.example", "emeka.balogun@post.example"
Bring = Callable[..., Reconciliation]


@pytest.fixture
def store() -> Store:
    return store_named("Marigold", currency="EUR", at=NOON)


@pytest.fixture
def bring(store: Store, tmp_path: Path) -> Bring:
    """Bring rows in, as a file of this preset."""
    headings = {"shopify": SHOPIFY, "online-retail": ONLINE_RETAIL, "": PLAIN}

    def bring(rows: list[list[str]], preset: str = "online-retail", **options: Any) -> Reconciliation:
        path = written(tmp_path / f"{preset}-orders.csv", headings[preset], rows)
        options = {"store": store, "basis": Basis.CONTRACT, "since": SINCE, "by": None, "at": NOON} | options
        return bring_in(path, preset=preset, report=tmp_path / "rejected.csv", **options)

    return bring


def state() -> dict[str, list[tuple[Any, ...]]]:
    """All that orders come to, without row numbers: equal for equal orders, however they came here."""
    return {
        "orders": sorted(Order.objects.values_list("store__name", "number", "placed_at", "state", "total", "currency")),
        "whose": sorted(Order.objects.exclude(person=None).values_list("number", "person__handles__value_index")),
        "lines": sorted(Line.objects.values_list("order__number", "product__sku", "quantity", "amount", "mark")),
        "refunds": sorted(
            Refund.objects.values_list(
                "number", "order__number", "product__sku", "quantity", "amount", "mark", "refunded_at"
            ),
            key=str,
        ),
        "parcels": sorted(Delivery.objects.values_list("order__number", "shipped_at", "promised_on"), key=str),
        "products": sorted(Product.objects.values_list("sku", "name")),
        "people": sorted(Handle.objects.values_list("kind", "value_index", "person__last_seen_at"), key=str),
        "said": sorted(Entry.objects.values_list("purpose", "answer", "words", "at")),
    }


class TestBringIn:
    def test_accounts_for_every_row_and_every_coin(self, bring: Bring) -> None:
        rows = exports.a_wholesaler()
        brought = bring(rows)
        assert brought.adds_up
        assert (brought.rows, brought.rejected, brought.refunds) == (len(rows), 2, 8)
        assert brought.new == brought.rows - brought.rejected
        sums = brought.totals["GBP"]
        assert Line.objects.aggregate(sum=Sum("amount"))["sum"] == sums["sales"] + sums["anonymous"]
        assert Refund.objects.aggregate(sum=Sum("amount"))["sum"] == sums["refunds"]
        assert sums["file"] == sum(round(int(row[3]) * float(row[5]) * 100) for row in rows)
        anonymous = Line.objects.filter(order__person=None)
        assert (anonymous.count(), anonymous.aggregate(sum=Sum("amount"))["sum"]) == (
            brought.anonymous,
            sums["anonymous"],
        )

    def test_names_rejected_rows_by_line_and_reason_and_repeats_nothing_of_them(
        self, bring: Bring, tmp_path: Path
    ) -> None:
        rows = exports.a_wholesaler(4)
        rows.append(["=cmd|' /C calc'!A0", "=1+1", "=evil()", "many", "2010-02-01", "1.00", "13001", "France"])
        report = bring(rows).report
        assert report is not None
        lines = report.read_text().splitlines()
        assert lines[0] == "line,reason"
        assert lines[-1] == f"{len(rows) + 1},the quantity is no number"
        assert "=" not in report.read_text()

    def test_changes_nothing_the_second_time(self, bring: Bring) -> None:
        bring(exports.a_wholesaler())
        before, keys_before = state(), Key.objects.count()
        again = bring(exports.a_wholesaler(), at=NOON + timedelta(days=1))
        assert (again.new, again.changed, again.new_people) == (0, 0, 0)
        assert (state(), Key.objects.count(), Import.objects.count()) == (before, keys_before, 1)

    @pytest.mark.parametrize("half", [slice(0, 121), slice(120, None), slice(50, 200, 3)])
    def test_comes_to_the_whole_by_any_part_and_then_the_whole(self, bring: Bring, half: slice) -> None:
        rows = exports.a_wholesaler()
        part = bring(rows[half])
        whole = bring(rows)
        assert part.new + whole.new == whole.rows - whole.rejected
        in_parts = state()
        undo(whole.import_id, by=None, at=NOON)  # type: ignore[arg-type]
        undo(part.import_id, by=None, at=NOON)  # type: ignore[arg-type]
        assert Line.objects.count() == 0
        bring(rows)
        at_once = state()
        assert {name: rows for name, rows in in_parts.items() if name != "said"} == {
            name: rows for name, rows in at_once.items() if name != "said"
        }

    def test_goes_on_where_it_was_cut_short(self, bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(importing, "BATCH", 20)
        rows, asked = exports.a_wholesaler(), 0

        def cut(done: int, total: int) -> None:
            nonlocal asked
            asked += 1
            if asked == 4:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            bring(rows, progress=cut)
        assert (Import.objects.get().state, Import.objects.get().done) == (Import.State.RUNNING, 80)
        there = Line.objects.count()
        assert 0 < there < 100
        rest = bring(rows)
        assert rest.rows == len(rows)
        assert rest.new == rest.rows - rest.rejected - 80
        assert (Import.objects.count(), Import.objects.get().new) == (1, rest.rows - rest.rejected)
        gone_on = state()
        undo(rest.import_id, by=None, at=NOON)  # type: ignore[arg-type]
        bring(rows)
        assert state() == gone_on

    def test_stops_where_another_run_goes_on(self, bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(importing, "BATCH", 20)
        rows = exports.a_wholesaler()

        def overtaken(done: int, total: int) -> None:
            if done == 40:
                bring(rows)

        with pytest.raises(TakenOver):
            bring(rows, progress=overtaken)
        assert Import.objects.get().state == Import.State.DONE
        assert Line.objects.count() + Refund.objects.count() == len(rows) - 2

    def test_writes_nothing_more_once_it_is_taken_back(self, bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(importing, "BATCH", 20)

        def taken_back(done: int, total: int) -> None:
            if done == 40:
                undo(Import.objects.get().pk, by=None, at=NOON)

        with pytest.raises(TakenOver):
            bring(exports.a_wholesaler(), progress=taken_back)
        assert (Line.objects.count(), Order.objects.count(), Person.objects.count()) == (0, 0, 0)

    def test_writes_nothing_in_a_dry_run_and_says_what_would_be_new(self, bring: Bring) -> None:
        dry = bring(exports.a_wholesaler(), dry_run=True)
        assert (dry.new, dry.import_id, dry.dry_run) == (dry.rows - dry.rejected, None, True)
        assert (Order.objects.count(), Person.objects.count(), Import.objects.count()) == (0, 0, 0)
        bring(exports.a_wholesaler()[:100])
        assert bring(exports.a_wholesaler(), dry_run=True).new == dry.new - 100

    def test_keeps_two_stores_with_the_same_numbers_apart(self, bring: Bring) -> None:
        first = bring(exports.a_wholesaler(4))
        other = bring(exports.a_wholesaler(4), store=store_named("Market stall", at=NOON))
        assert other.new == first.new
        assert Order.objects.filter(number="489434").count() == 2
        assert Person.objects.count() == 6  # their customers' numbers are two stores' own, too

    def test_tells_how_far_it_is(self, bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(importing, "BATCH", 50)
        told: list[tuple[int, int]] = []
        rows = exports.a_wholesaler()
        bring(rows, progress=lambda done, total: told.append((done, total)))
        assert [done for done, _ in told] == [50, 100, 150, 200, len(rows)]
        assert {total for _, total in told} == {len(rows)}

    def test_writes_a_few_thousand_rows_a_transaction(self) -> None:
        assert 1000 <= importing.BATCH <= 5000

    def test_knows_a_customer_by_the_stores_number_only(self, bring: Bring) -> None:
        bring(exports.a_wholesaler(1))
        person = Person.objects.get()
        assert people.address_of(person) == ""
        handle = Handle.objects.get()
        assert (handle.kind, handle.value) == ("number", f"{Store.objects.get().pk}/13000")


class TestAnExportOfShopify:
    def test_makes_orders_with_state_total_parcel_and_refund(self, bring: Bring) -> None:
        bring(exports.three_shopify_orders(), "shopify")
        assert list(Order.objects.order_by("number").values_list("number", "state", "total")) == [
            ("#1001", "paid", 2350), ("#1002", "sent", 2100), ("#1003", "cancelled", 650),
        ]  # fmt: skip
        assert Line.objects.filter(order__number="#1001").count() == 2
        assert Refund.objects.get().amount == 1050
        assert Delivery.objects.get().shipped_at is not None
        assert people.search("lind") == [people.find(DORA)]
        assert Handle.objects.filter(kind="phone").count() == 1

    def test_says_something_newer_and_is_put_back(self, bring: Bring) -> None:
        first = bring(exports.three_shopify_orders(), "shopify")
        before = state()
        rows = exports.three_shopify_orders()
        rows[0][4], rows[0][5] = "fulfilled", "2026-10-02 09:00:00 +0200"
        rows[2][27] = "21.00"
        newer = bring(rows, "shopify")
        assert (newer.new, newer.changed) == (0, 2)
        assert Order.objects.get(number="#1001").state == "sent"
        assert Refund.objects.get().amount == 2100
        with pytest.raises(StandsBelow, match=f"import {newer.import_id} first"):
            undo(first.import_id, by=None, at=NOON)  # type: ignore[arg-type]
        undo(newer.import_id, by=None, at=NOON)  # type: ignore[arg-type]
        after = state()
        assert {key: after[key] for key in ("orders", "refunds", "parcels", "lines")} == {
            key: before[key] for key in ("orders", "refunds", "parcels", "lines")
        }
        assert Former.objects.count() == 0


class TestWhatTheShopSays:
    def test_is_a_row_of_the_register_for_everybody(self, bring: Bring) -> None:
        bring(exports.three_shopify_orders(), "shopify", basis=Basis.CONSENT)
        entries = Entry.objects.filter(purpose=Purpose.SERVICE)
        assert entries.count() == 3
        assert {entry.words for entry in entries} == {
            "Held on the basis of consent since 2024-05-01, as the shop said."
        }
        assert {entry.at for entry in entries} == {SINCE}
        assert LedgerRow.objects.filter(what="permission").count() == Entry.objects.count() == 5

    def test_permits_outreach_to_those_whose_column_says_yes_since_then(self, bring: Bring) -> None:
        bring(exports.three_shopify_orders(), "shopify")
        allowed = {
            address: permissions.permission(people.find(address), Purpose.OUTREACH, NOON)  # type: ignore[arg-type]
            for address in (DORA, CHIDI, EMEKA)
        }
        assert {address: one.allowed for address, one in allowed.items()} == {DORA: False, CHIDI: True, EMEKA: True}
        assert "the orders brought in on 2026-11-24 (import " in allowed[CHIDI].because
        assert allowed[CHIDI].since == SINCE

    def test_raises_the_permission_epoch(self, bring: Bring) -> None:
        bring(exports.three_shopify_orders(), "shopify")
        assert people.find(CHIDI).permission_epoch == 2  # type: ignore[union-attr]
        assert people.find(DORA).permission_epoch == 1  # type: ignore[union-attr]

    def test_never_overrides_what_somebody_told_us(self, bring: Bring, emeka: Person, dora: Person) -> None:
        bring(exports.three_shopify_orders(), "shopify")
        for person in (emeka, dora):
            assert not permissions.permission(person, Purpose.OUTREACH, NOON).allowed

    def test_hears_one_no_in_a_file_as_a_no(self, bring: Bring) -> None:
        rows = exports.three_shopify_orders()
        rows.append(
            exports.shopify(
                Name="#1004",
                Email=CHIDI,
                Financial_Status="paid",
                Accepts_Marketing="no",
                Currency="EUR",
                Created_at="2026-10-05 10:00:00 +0200",
                Lineitem_quantity="1",
                Lineitem_name="Mug",
                Lineitem_price="10.50",
            )
        )
        bring(rows, "shopify")
        assert not permissions.permission(people.find(CHIDI), Purpose.OUTREACH, NOON).allowed  # type: ignore[arg-type]

    def test_is_taken_back_by_a_later_list_that_says_no(self, bring: Bring) -> None:
        bring(exports.three_shopify_orders(), "shopify")
        rows = exports.three_shopify_orders()
        rows[2][6] = "no"
        later = NOON + timedelta(days=1)
        bring(rows, "shopify", at=later)
        moment = later + timedelta(minutes=1)
        assert not permissions.permission(people.find(CHIDI), Purpose.OUTREACH, moment).allowed  # type: ignore[arg-type]

    def test_leaves_the_ledger_whole(self, bring: Bring) -> None:
        brought = bring(exports.three_shopify_orders(), "shopify")
        undo(brought.import_id, by=None, at=NOON)  # type: ignore[arg-type]
        ledger.seal(at=NOON)
        assert ledger.verify().ok
        assert {"orders-brought-in", "orders-taken-back"} <= set(LedgerRow.objects.values_list("what", flat=True))


class TestUndo:
    def test_leaves_nothing_and_nobody_who_came_only_by_it(self, bring: Bring) -> None:
        alive = Key.objects.alive().count()
        brought = bring(exports.a_wholesaler())
        gone = undo(brought.import_id, by=None, at=NOON)  # type: ignore[arg-type]
        assert (gone.lines + gone.refunds, gone.people, gone.people_kept, gone.left) == (brought.new, 7, 0, 0)
        for model in (Order, Line, Refund, Delivery, Product, Person, Handle, NameToken, Newcomer, Entry):
            assert model._base_manager.count() == 0
        assert Key.objects.alive().count() == alive
        assert Import.objects.get().state == Import.State.UNDONE

    def test_keeps_whoever_was_known_before(self, bring: Bring, chidi: Person) -> None:
        brought = bring(exports.three_shopify_orders(), "shopify")
        said = permissions.register(chidi)
        undo(brought.import_id, by=None, at=NOON)  # type: ignore[arg-type]
        assert list(Person.objects.all()) == [chidi]
        assert Person.objects.get().name == "Chidi Okafor"
        assert permissions.register(chidi)[-len(said) :] == said

    def test_keeps_whoever_said_something_since_and_ends_the_yes_of_the_list(self, bring: Bring) -> None:
        brought = bring(exports.three_shopify_orders(), "shopify")
        chidi = people.find(CHIDI)
        assert chidi is not None
        consent.record(person=chidi, purpose=Purpose.PERSONAL, answer=Answer.NO, where="the phone", at=NOON)
        later = NOON + timedelta(hours=1)
        gone = undo(brought.import_id, by=None, at=later)  # type: ignore[arg-type]
        assert (gone.people, gone.people_kept) == (2, 1)
        assert not permissions.permission(chidi, Purpose.OUTREACH, later).allowed
        again = bring(exports.three_shopify_orders(), "shopify", at=later + timedelta(hours=1))
        assert again.import_id != brought.import_id
        assert permissions.permission(chidi, Purpose.OUTREACH, later + timedelta(hours=2)).allowed

    def test_keeps_whoever_bought_elsewhere(self, bring: Bring) -> None:
        brought = bring(exports.three_shopify_orders(), "shopify")
        bring(
            [["7", "2026-10-01", DORA, "TEA-1", "Assam", "1", "6.50"]], "", store=store_named("Market stall", at=NOON)
        )
        gone = undo(brought.import_id, by=None, at=NOON)  # type: ignore[arg-type]
        assert (gone.people, gone.people_kept) == (2, 1)
        assert Order.objects.get().person == people.find(DORA)

    def test_keeps_whomever_any_other_table_names(self, bring: Bring) -> None:
        brought = bring(exports.three_shopify_orders(), "shopify")
        stall = store_named("Market stall", at=NOON)
        Order.objects.create(store=stall, number="7", person=people.find(DORA), placed_at=NOON, currency="EUR")
        gone = undo(brought.import_id, by=None, at=NOON)  # type: ignore[arg-type]
        assert (gone.people, gone.people_kept) == (2, 1)

    def test_is_gone_on_with_where_it_was_cut_short(self, bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
        brought = bring(exports.a_wholesaler())
        with monkeypatch.context() as broken:
            broken.setattr(keys, "destroy_these", lambda *_, **__: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                undo(brought.import_id, by=None, at=NOON)  # type: ignore[arg-type]
        assert Import.objects.get().state == Import.State.UNDOING
        assert undo(brought.import_id, by=None, at=NOON).people == 7  # type: ignore[arg-type]
        assert Person.objects.count() == 0

    def test_twice_is_refused(self, bring: Bring) -> None:
        brought = bring(exports.a_wholesaler(2))
        undo(brought.import_id, by=None, at=NOON)  # type: ignore[arg-type]
        with pytest.raises(NoSuchImport):
            undo(brought.import_id, by=None, at=NOON)  # type: ignore[arg-type]


class TestErase:
    def test_keeps_a_number_a_day_and_an_amount_apart_and_nothing_else(self, bring: Bring) -> None:
        bring(exports.three_shopify_orders(), "shopify")
        chidi = people.find(CHIDI)
        assert chidi is not None
        kept = erase(chidi.pk, at=NOON)
        assert (kept.invoices, f"{kept.until}") == (2, "2036-12-31")
        assert sorted(Invoice.objects.values_list("number", "amount")) == [("#1002", 2100), ("#1002/refund", -1050)]
        assert not Order.objects.filter(number="#1002").exists()
        assert Refund.objects.count() == 0
        assert not any(field.name in {"person", "customer"} for field in Invoice._meta.get_fields())
        assert erase(chidi.pk, at=NOON) == type(kept)()

    def test_holds_against_the_file_brought_in_again(self, bring: Bring) -> None:
        bring(exports.three_shopify_orders(), "shopify")
        chidi = people.find(CHIDI)
        erase(chidi.pk, at=NOON)  # type: ignore[union-attr]
        again = bring(exports.three_shopify_orders(), "shopify")
        assert (again.new, again.erased) == (0, 1)
        assert not Order.objects.filter(number="#1002").exists()

    def test_lets_invoices_go_when_their_time_is_over(self, bring: Bring) -> None:
        bring(exports.three_shopify_orders(), "shopify")
        erase(people.find(CHIDI).pk, at=NOON)  # type: ignore[union-attr]
        assert let_go(at=NOON) == 0
        assert let_go(at=NOON.replace(year=2037)) == 2


class TestAWriter:
    def test_forgets_what_a_rolled_back_batch_made(self, bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
        real, failed = writing.insert, []

        def fails_once(*args: Any, **kwargs: Any) -> int:
            if not failed:
                failed.append(True)
                raise importing_integrity()
            return real(*args, **kwargs)

        monkeypatch.setattr(writing, "insert", fails_once)
        brought = bring(exports.a_wholesaler())
        assert Line.objects.count() + Refund.objects.count() == brought.new == brought.rows - brought.rejected


def importing_integrity() -> Exception:
    """What a database says when somebody else was faster."""
    from django.db import IntegrityError  # noqa: PLC0415

    return IntegrityError()


class TestWhatRowsLeaveBlank:
    def brings(self, store, tmp_path, *rows):
        headings = ["Order", "Date", "Email", "Phone", "Product", "Qty", "Price", "Status", "Shipped"]
        mapping = {"number": "Order", "placed_at": "Date", "product": "Product", "quantity": "Qty"}
        path = written(tmp_path / "orders.csv", headings, list(rows))
        bring_in(path, store=store, mapping=mapping, basis=Basis.CONTRACT, since=SINCE, by=None, at=NOON)

    def test_a_phone_stays_though_a_later_row_of_the_same_customer_has_none(self, store, tmp_path):
        self.brings(
            store,
            tmp_path,
            ["1", "2026-11-18", DORA, "+49 30 1234567", "Assam", "1", "9.40", "paid", ""],
            ["2", "2026-11-19", DORA, "", "Sencha", "1", "7.20", "paid", ""],
        )

        assert Handle.objects.filter(kind=Handle.OfKind.PHONE).count() == 1

    def test_an_order_said_to_be_delivered_has_arrived_though_only_its_sending_has_a_day(self, store, tmp_path):
        self.brings(store, tmp_path, ["1", "2026-11-18", DORA, "", "Assam", "1", "9.40", "delivered", "2026-11-19"])

        assert Order.objects.get().state == Order.State.ARRIVED

"""A dry run: what of a file is here already, asked without writing anything."""

from collections.abc import Sequence

from courtesy.records.actions.writing import Marked
from courtesy.records.models import Invoice, Line, Order, Refund, Store
from courtesy.records.stores.rows import Sale

AT_ONCE = 500


class Rehearsal:
    """Counts the rows of a file that would be new."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._made: set[str] = set()
        self.new = self.erased = 0
        # Nothing is made or changed by asking.
        self.changed = self.new_orders = self.new_people = 0

    def add(self, batch: Sequence[Marked]) -> None:
        """Count these rows."""
        # A store that was never named before has nothing yet.
        numbers = sorted({entry.number for entry, _ in batch}) if self._store.pk else []
        orders: dict[str, int] = {}
        lines: set[tuple[int, int]] = set()
        refunds: set[tuple[str, int]] = set()
        erased: set[str] = set()
        for start in range(0, len(numbers), AT_ONCE):
            some = numbers[start : start + AT_ONCE]
            found = dict(Order.objects.filter(store=self._store, number__in=some).values_list("number", "pk"))
            orders |= found
            lines.update(Line.objects.filter(order__in=found.values()).values_list("order", "mark"))
            mine = {"store": self._store, "number__in": some}
            refunds.update(Refund.objects.filter(**mine).values_list("number", "mark"))
            erased.update(Invoice.objects.filter(**mine).values_list("number", flat=True))
        for entry, mark in batch:
            if entry.number in erased:
                self.erased += 1
            elif type(entry) is not Sale:
                self.new += (entry.number, mark) not in refunds
            elif entry.sku:
                self.new += (orders.get(entry.number, 0), mark) not in lines
            elif entry.number not in orders and entry.number not in self._made:
                self.new += 1
                self._made.add(entry.number)

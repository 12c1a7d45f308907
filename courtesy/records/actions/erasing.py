"""Somebody is erased: their orders go, and what the law makes a shop keep of them stands apart, without them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from courtesy.records.models import Delivery, Invoice, Line, Order, Refund

YEARS_KEPT = 10  # after the end of the year, as the strictest of the books we know of ask


@dataclass(frozen=True)
class Kept:
    """How many invoices the law makes us keep of somebody, and the day when the last of them goes."""

    invoices: int = 0
    until: date | None = None


def erase(person_id: UUID, *, at: datetime) -> Kept:
    """Remove everything that somebody bought. Twice is once.

    Of each order a number, a day and an amount stay in `Invoice`, which names nobody and which no study reads; a
    file that is brought in again does not bring the order back. The receipt says until when.
    """
    kept: list[Invoice] = []
    with transaction.atomic():
        orders = list(Order.objects.select_for_update().filter(person=person_id))
        sums = dict(Line.objects.filter(order__in=orders).values_list("order").annotate(amount=Sum("amount")))
        for order in orders:
            amount = order.total if order.total is not None else sums.get(order.pk, 0)
            kept.append(_invoice(order.store_id, order.number, order.placed_at, amount, order.currency))
        refunds = Refund.objects.filter(person=person_id) | Refund.objects.filter(order__in=orders)
        back: dict[tuple[int, str], Invoice] = {}
        of_orders = {(order.store_id, order.number) for order in orders}
        for refund in refunds.distinct():
            # Money given back under the order's own number is a second paper of it.
            number = f"{refund.number}/refund"[:64] if (refund.store_id, refund.number) in of_orders else refund.number
            key = (refund.store_id, number)
            if key not in back:
                back[key] = _invoice(refund.store_id, number, refund.refunded_at, 0, refund.currency)
            back[key].amount -= refund.amount
        kept += back.values()
        Invoice.objects.bulk_create(kept, batch_size=100, ignore_conflicts=True)
        Refund.objects.filter(pk__in=[refund.pk for refund in refunds.distinct()]).delete()
        Delivery.objects.filter(order__in=orders).delete()
        Line.objects.filter(order__in=orders).delete()
        Order.objects.filter(person=person_id).delete()
    return Kept(len(kept), max((invoice.keep_until for invoice in kept), default=None))


def let_go(*, at: datetime) -> int:
    """Remove invoices whose time is over; returns how many."""
    return int(Invoice.objects.filter(keep_until__lt=at.date()).delete()[0])


def _invoice(store_id: int, number: str, when: datetime, amount: int, currency: str) -> Invoice:
    until = date(when.year + YEARS_KEPT, 12, 31)
    return Invoice(store_id=store_id, number=number, on=when.date(), amount=amount, currency=currency, keep_until=until)

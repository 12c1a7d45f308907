"""Since when somebody is a customer: by their first order or letter, where that is older than what is written here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courtesy.conversations.queries.titles import Title
from courtesy.people.queries import Record
from courtesy.records.queries import OrderState
from courtesy.web.dates import day


@dataclass(frozen=True)
class Since:
    """The first moment; ``by`` is "order" or "letter" where that was brought in, else empty."""

    at: datetime
    by: str = ""

    @property
    def words(self) -> str:
        """As a page says it. Of what was brought in the month is enough."""
        month = date_format(timezone.localtime(self.at), "F Y")
        if self.by == "order":
            return _("Customer since %(month)s, from the orders you brought in") % {"month": month}
        if self.by == "letter":
            return _("Customer since %(month)s, from the letters you brought in") % {"month": month}
        return _("Known since %(day)s") % {"day": day(self.at)}


def since(records: Sequence[Record], orders: Sequence[OrderState], threads: Sequence[Title]) -> Since | None:
    """Since when this customer, of whatever records, is one; None for nobody.

    What is older than the first of their records was brought in: who writes or buys here is known from that moment on.
    """
    met = min((one.since for one in records), default=None)
    if met is None:
        return None
    found = [Since(met)]
    found += [Since(one.first_at, "order") for one in orders[:1] if one.first_at and one.first_at < met]
    found += [Since(one.first_at, "letter") for one in threads[:1] if one.first_at and one.first_at < met]
    return min(found, key=lambda one: one.at)

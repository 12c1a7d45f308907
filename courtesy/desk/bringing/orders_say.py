"""What a file of orders holds and how far it is, in words."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from courtesy.records.models import HandedIn
from courtesy.records.stores.rows import Why
from courtesy.web.money import money

State = HandedIn.State


def title(row: HandedIn) -> str:
    """The heading of its page."""
    said = {
        State.LOOKING: _("Looking through it"),
        State.ASKED: _asked(row),
        State.RUNNING: _("Bringing your orders in"),
        State.DONE: _("Your orders are here"),
        State.FAILED: _("It stopped"),
        State.UNDOING: _("Taking them back"),
        State.UNDONE: _("Taken back"),
    }
    return said[State(row.state)]


def _asked(row: HandedIn) -> str:
    if not row.trouble:
        return _("Is this right?")
    return _("One more thing") if can_be_said(row) else _("This file cannot be read")


def can_be_said(row: HandedIn) -> bool:
    """Whether what is wrong can be helped by saying how the file is to be read; else another file is needed."""
    return row.trouble in {"", "ColumnsMissing", "WhichDates", "WrongEncoding", "WrongDelimiter"}


def trouble(row: HandedIn) -> str:
    """What is wrong, and what to do; empty where nothing is."""
    if not row.trouble:
        return ""
    written = {"cp1252": "Windows-1252", "utf-16": "UTF-16"}.get(row.manner.get("encoding", ""), "UTF-8")
    said = {
        "ColumnsMissing": _("Some columns could not be told by their names. Say below which is which."),
        "WhichDates": _("3/4 may be 3 April or March 4, and nothing in the file says which. Say it below."),
        "WrongEncoding": _(
            "From about line %(of)s on its letters cannot be read as %(written)s. Say below how they are written."
        ),
        "WrongDelimiter": _("Its first line is one single cell. Say below what stands between the columns."),
        "Bomb": _("It unpacks to far more than a table of orders would; nothing was read in."),
        "Damaged": _("It is damaged and cannot be unpacked to its end. Export it once more, and hand that in."),
        "DamagedParquet": _("It is a damaged Parquet file, or one that is locked. Export it once more."),
        "NoHeading": _("It has no heading. Its first line must name the columns."),
        "TooWide": _("Its first line is longer than any heading of orders. Are its columns and rows exchanged?"),
        "NoTable": _("It is no table but a document, a web page or JSON. Export the orders as CSV."),
        "ManyFiles": _("There are %(of)s files in it. Unpack it, and hand in the one with the orders."),
        "Locked": _("It is locked with a password. Unpack it first, and hand in what was in it."),
        "Workbook": _("It is a workbook, or an archive inside an archive. Save the sheet with the orders as CSV."),
        "Gone": _("The file is not here any more. Hand it in again: what is here already stays as it is."),
        "StandsBelow": _("A later import stands on this one (number %(of)s). Take that one back first."),
    }
    words = said.get(row.trouble) or _("It is no table that could be read. Export the orders as CSV.")
    return words % {"of": row.says, "written": written}


def counts(row: HandedIn) -> list[tuple[str, int]]:
    """What the rows are, each with how many; nothing before the file was looked through."""
    facts: Any = row.facts
    if not facts:
        return []
    told = [
        (_("Rows read"), facts["rows"]),
        (_("Sales"), facts["sales"]),
        (_("Money given back"), facts["refunds"]),
        (_("Sales to somebody unknown"), facts["anonymous"]),
        (_("Not taken"), facts["rejected"]),
        (_("New rows") if row.state == State.ASKED else _("Rows that were new"), facts["new"]),
    ]
    more = [
        (_("Orders of which the file says something newer"), facts.get("changed", 0)),
        (_("Of somebody who was erased: left out"), facts.get("erased", 0)),
        (_("New orders"), facts.get("new_orders", 0)),
        (_("New customers"), facts.get("new_people", 0)),
    ]
    return told + [(words, count) for words, count in more if count]


def totals(row: HandedIn) -> list[tuple[str, str]]:
    """What it all comes to, currency by currency, and that it adds up."""
    facts: Any = row.facts
    lines = []
    for currency, sums in sorted(facts.get("totals", {}).items() if facts else ()):
        told = {sort: money(amount, currency) for sort, amount in sums.items()}
        words = _(
            "%(file)s in the file = %(sales)s sales + %(anonymous)s unknown − %(refunds)s back + %(rejected)s not taken"
        )
        lines.append((currency, words % told))
    return lines


def reasons(row: HandedIn) -> Sequence[tuple[str, int]]:
    """Why rows are not taken, the commonest first."""
    facts: Any = row.facts
    found = facts.get("reasons", {}) if facts else {}
    return sorted(((_why(why), count) for why, count in found.items()), key=lambda one: -one[1])


def problems(row: HandedIn, *, most: int | None = None) -> list[tuple[str, str]]:
    """The lines that were not taken, each with why."""
    return [(line, _why(why)) for line, why in row.problems[:most]]


def _why(why: str) -> str:
    said = {
        Why.CELLS: _("the row does not have as many cells as the heading"),
        Why.TOO_LONG: _("the line is too long to be an order"),
        Why.QUOTE: _("a quotation mark is opened and never closed"),
        Why.NUMBER: _("there is no order number, or it is longer than 64 letters"),
        Why.DATE: _("the date cannot be read"),
        Why.DATE_ORDER: _("the date has day and month the other way round than the rest of the file"),
        Why.QUANTITY: _("the quantity is no number"),
        Why.NO_QUANTITY: _("the quantity is zero"),
        Why.PRICE: _("the price is no number"),
        Why.NEGATIVE: _("the price is below zero"),
        Why.AMOUNT: _("the amount is larger than any order"),
        Why.CURRENCY: _("the currency is not three letters"),
        Why.PRODUCT: _("it says neither a product’s number nor its name"),
        Why.NOT_CANCELLED: _("a quantity below zero that is no cancellation (a correction of the stock)"),
        Why.CANCELLED_UPWARDS: _("a cancellation with a quantity above zero"),
        Why.BOOKING: _("a correction in the books, not an order"),
        Why.TWO_CURRENCIES: _("the order is in another currency in an earlier row"),
    }
    return said[Why(why)]

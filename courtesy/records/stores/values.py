"""Amounts, dates, and yes or no, as spreadsheets and stores write them. Pure; ValueError where it is none."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from courtesy.web.money import digits_of

LARGEST = 10**15  # in the smallest coin: no order comes to more, and it still fits into every database
# How many digits of the smallest coin; two where not named (ISO 4217).
_MONTHS = {name: number for number, names in enumerate((
    "jan january januar janvier enero", "feb february februar février fevrier febrero", "mar march märz mrz mars marzo",
    "apr april avril abril", "may mai mayo", "jun june juni juin junio", "jul july juli juillet julio",
    "aug august août aout agosto", "sep sept september septembre septiembre", "oct okt october oktober octobre octubre",
    "nov november novembre noviembre", "dec dez december dezember décembre decembre diciembre",
), start=1) for name in names.split()}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(.*))?")
_MARKED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:,?[T ]+(.*))?")
_NAMED = re.compile(r"(?:[^\W\d]+,? +)?(\d{1,2})\.? ?(?:de )?([^\W\d]+)\.?,? (?:de )?(\d{4})(?:,?[T ]+(.*))?")
_NAMED_FIRST = re.compile(r"(?:[^\W\d]+,? +)?([^\W\d]+)\.? (\d{1,2}),? (\d{4})(?:,?[T ]+(.*))?")
_CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)? ?([AaPp]\.?[Mm]\.?)? ?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?", re.ASCII
)
_DECIMAL = re.compile(r"[+-]?\d+(?:\.\d+)?")
YES = frozenset({"yes", "y", "true", "1", "ja", "oui", "sí", "si", "subscribed", "x"})
NO = frozenset({"no", "n", "false", "0", "nein", "non", "not subscribed", "unsubscribed"})


class BothWays(ValueError):
    """A date that reads both ways, or the other way round than the file."""


@dataclass(frozen=True)
class Manner:
    """How this file writes: ``day_first`` is None while no date in it needs it; times without a zone are the shop's."""

    currency: str = "EUR"
    zone: tzinfo = UTC
    day_first: bool | None = None
    decimal_comma: bool = False


def decimal(text: str, *, comma: bool = False) -> Decimal:
    """A number as written: "1,234.56", "1.234,56", "£3.95", "−5", "(5.00)" for minus five.

    ``comma``: the file writes decimals with a comma, so "1.234" is a thousand and more.

    >>> decimal("1.234,50 €")
    Decimal('1234.50')
    """
    clean = text.strip()
    if _DECIMAL.fullmatch(clean) and not (comma and "." in clean):
        return Decimal(clean)
    bare = re.sub(r"^[^\W\d]{1,3}\.?(?=[\s\d(.-])|(?<=[\s\d)])[^\W\d]{1,3}\.?$", "", clean.replace("−", "-"))
    bare = re.sub(r"[\s\u00a0\u202f'’$€£¥₹]", "", bare)
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"
    if "," in bare and ("." not in bare or bare.rindex(",") > bare.rindex(".")):
        whole, _, rest = bare.rpartition(",")
        in_thousands = len(rest) == 3 and not comma and "." not in whole
        bare = (whole + rest if in_thousands else f"{whole}.{rest}").replace(",", "")
        bare = bare.replace(".", "", bare.count(".") - (not in_thousands)) if bare.count(".") > 1 else bare
    elif comma and re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+", bare):
        bare = bare.replace(".", "")
    else:
        bare = bare.replace(",", "")
    if not _DECIMAL.fullmatch(bare):
        raise ValueError("no number")
    try:
        return Decimal(bare)
    except InvalidOperation:  # pragma: no cover - the pattern lets none through
        raise ValueError("no number") from None


def exact(value: object, *, comma: bool = False) -> Decimal:
    """A number from a cell, whether it is text or already one. A float is the number it prints as."""
    if isinstance(value, str):
        return decimal(value, comma=comma)
    if isinstance(value, bool) or value is None:
        raise ValueError("no number")
    if isinstance(value, int | Decimal):
        return Decimal(value)
    number = Decimal(repr(value))
    if not number.is_finite():
        raise ValueError("no number")
    return number


def coins(amount: Decimal, currency: str) -> int:
    """An amount in the smallest coin; half coins go to the even one. Raises ValueError for more than `LARGEST`."""
    scaled = amount.scaleb(digits_of(currency)).quantize(Decimal(1), rounding=ROUND_HALF_EVEN) if amount else amount
    if abs(scaled) > LARGEST:
        raise ValueError("too large")
    return int(scaled)


def moment(value: object, manner: Manner) -> datetime:
    """A moment from a cell. Raises BothWays, and ValueError for what is no date between 1970 and 2100."""
    if isinstance(value, datetime):
        read = value
    elif isinstance(value, date):
        read = datetime(value.year, value.month, value.day)
    elif isinstance(value, str):
        read = _read(value.strip(), manner)
    else:
        raise ValueError("no date")
    if not 1970 <= read.year < 2100:
        raise ValueError("no date of an order")
    return (read if read.tzinfo else read.replace(tzinfo=manner.zone)).astimezone(UTC)


def day(value: object, manner: Manner) -> date:
    """A day from a cell, on the shop's calendar. Raises as `moment` does."""
    return moment(value, manner).astimezone(manner.zone).date()


def which_first(text: str) -> bool | None:
    """Whether this date can only be read with the day first (True), or the month (False); None where either will do.

    >>> which_first("25/12/2010"), which_first("12/25/2010"), which_first("03/04/2010"), which_first("2010-12-25")
    (True, False, None, None)
    """
    found = _MARKED.fullmatch(text.strip())
    if not found:
        return None
    first, second = int(found[1]), int(found[2])
    return True if first > 12 >= second else False if second > 12 >= first else None


def needs_an_order(text: str) -> bool:
    """Whether a date reads differently with the day or the month first; "04/04/2010" does not."""
    found = _MARKED.fullmatch(text.strip())
    return found is not None and int(found[1]) != int(found[2]) and int(found[1]) <= 12 and int(found[2]) <= 12


def yes_or_no(value: object) -> bool | None:
    """Yes, no, or None where the cell says neither."""
    text = str(value).strip().casefold() if value is not None else ""
    return True if text in YES else False if text in NO else None


def text_of(value: object, longest: int) -> str:
    """A cell as text on one line, without what cannot be stored; shortened to fit."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else str(value)
    return " ".join(text.replace("\x00", "").split())[:longest]


def _read(text: str, manner: Manner) -> datetime:
    if found := _ISO.fullmatch(text):
        return _at(int(found[1]), int(found[2]), int(found[3]), found[4])
    if found := _MARKED.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        year += 0 if year > 99 else 2000 if year < 70 else 1900
        # A point between the numbers is how the day comes first wherever points are used.
        day_first = True if "." in text[:3] and manner.day_first is None else manner.day_first
        if first != second and day_first is None and first <= 12 and second <= 12:
            raise BothWays("which is the month?")
        if day_first is None:
            day_first = first > 12
        day_of, month = (first, second) if day_first else (second, first)
        if month > 12 >= day_of:
            raise BothWays("the other way round")
        return _at(year, month, day_of, found[4])
    if found := _NAMED.fullmatch(text):
        return _at(int(found[3]), _month(found[2]), int(found[1]), found[4])
    if found := _NAMED_FIRST.fullmatch(text):
        return _at(int(found[3]), _month(found[1]), int(found[2]), found[4])
    raise ValueError("no date")


def _month(name: str) -> int:
    number = _MONTHS.get(name.casefold())
    if number is None:
        raise ValueError("no month")
    return number


def _at(year: int, month: int, day_of: int, clock: str | None) -> datetime:
    if not clock or not clock.strip():
        return datetime(year, month, day_of)
    found = _CLOCK.fullmatch(clock.strip())
    if not found:
        raise ValueError("no time of day")
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        hour = hour % 12 + (12 if found[4][0] in "Pp" else 0)
    plain = datetime(year, month, day_of, hour, minute, second)
    if not found[5]:
        return plain
    zone = "+0000" if found[5] in {"Z", "UTC", "GMT"} else found[5].replace(":", "")
    return datetime.strptime(f"{plain:%Y-%m-%d %H:%M:%S} {zone}", "%Y-%m-%d %H:%M:%S %z")

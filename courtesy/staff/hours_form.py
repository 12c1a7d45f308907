"""What one fills in about opening hours. Plain boxes: "9–12:30, 14–18" for a weekday, a closed day a line."""

import re
from copy import copy
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from courtesy.staff.hours import A_DAY, as_written, clock_of, minutes_of
from courtesy.staff.models import Colleague, Shop
from courtesy.staff.receipts import PLACES

MOST_CLOSED_DAYS = 400
_PLACES = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
MINUTES, HOURS = "minutes", "hours"
_SPAN = re.compile(r"^(\d{1,2})(?:[:.h](\d{2}))?\s*(?:–|—|-|to|until|bis)\s*(\d{1,2})(?:[:.h](\d{2}))?$")
_RANGE = re.compile(r"\s+(?:–|—|-|to|until)\s+")


class HoursForm(forms.Form):
    """Opening hours by weekday, closed days, the time zone; the target of a first reply; the two fixed texts."""

    time_zone = forms.CharField(
        label=_("Time zone"),
        help_text=_("Where the shop is, for example Europe/Berlin."),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false"}),
    )
    closed_days = forms.CharField(
        label=_("Closed all day"),
        help_text=_("One date a line: 2026-12-25, or 2026-12-24 – 2027-01-01."),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    within = forms.IntegerField(
        label=_("A first answer within"),
        help_text=_("Counted in opening hours. Empty: no target."),
        required=False,
        min_value=1,
        max_value=10_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "in-words"}),
    )
    unit = forms.ChoiceField(
        label=_("Minutes or hours"),
        choices=[(HOURS, _("hours")), (MINUTES, _("minutes"))],
        initial=HOURS,
        widget=forms.Select(attrs={"class": "in-words"}),
    )
    acknowledges = forms.BooleanField(
        label=_("Tell customers by itself that their mail has arrived"),
        help_text=_("Once a day at most, never to machines, newsletters or blocked senders."),
        required=False,
    )
    acknowledgment = forms.CharField(
        label=_("While the shop is open"),
        help_text=_("{shop} becomes the shop’s name. Empty: our own short words."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    out_of_office = forms.CharField(
        label=_("While it is closed"),
        help_text=_("{opens} becomes when you open again, as “on Monday 30 November at 9:00”."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, by: Colleague, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = shop
        for number, name in WEEKDAYS.items():
            self.fields[f"day_{number}"] = forms.CharField(
                label=name, max_length=80, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
            )
        if not by.may("own"):
            del self.fields["acknowledges"]

    @classmethod
    def of(cls, shop: Shop, *, by: Colleague) -> "HoursForm":
        """The form as the shop is now."""
        within, unit = shop.first_reply_within, HOURS
        if within and within % 60:
            unit = MINUTES
        initial: dict[str, Any] = {
            "time_zone": shop.time_zone,
            "closed_days": "\n".join(_in_ranges([date.fromisoformat(day) for day in shop.closed_days])),
            "within": within // 60 if within and unit == HOURS else within,
            "unit": unit,
            "acknowledges": shop.acknowledges,
            "acknowledgment": shop.acknowledgment,
            "out_of_office": shop.out_of_office,
        }
        for number in range(7):
            initial[f"day_{number}"] = as_written(shop.opening_hours.get(str(number), []))
        return cls(by=by, shop=shop, initial=initial)

    def days(self) -> list[Any]:
        """The seven boxes in their order."""
        return [self[f"day_{number}"] for number in range(7)]

    def wishes(self) -> dict[str, Any]:
        """What `actions.set_hours` is asked for."""
        said = self.cleaned_data
        within = said["within"]
        weekly = {str(number): said[f"day_{number}"] for number in range(7)}
        return {
            "time_zone": said["time_zone"],
            "opening_hours": weekly if any(weekly.values()) else {},
            "closed_days": said["closed_days"],
            "first_reply_within": within * (60 if said["unit"] == HOURS else 1) if within else None,
            "acknowledges": said.get("acknowledges", self.before.acknowledges),
            "acknowledgment": said["acknowledgment"],
            "out_of_office": said["out_of_office"],
        }

    def applied_to(self, shop: Shop) -> Shop:
        """The shop as it would be; nothing is kept."""
        shop = copy(shop)
        for name, value in self.wishes().items():
            setattr(shop, name, value)
        return shop

    def clean(self) -> dict[str, Any]:
        """Every weekday's box read."""
        said = dict(super().clean() or {})
        for number in range(7):
            name = f"day_{number}"
            try:
                said[name] = spans_in(said.get(name, ""))
            except ValueError:
                self.add_error(name, _now("For example: 9–12:30, 14–18. Empty: closed."))
        return said

    def clean_time_zone(self) -> str:
        """A zone that this machine knows."""
        zone: str = self.cleaned_data["time_zone"].strip()
        if zone not in available_timezones():
            raise forms.ValidationError(_("This computer knows no such zone. For example: Europe/Berlin."))
        ZoneInfo(zone)
        return zone

    def clean_closed_days(self) -> list[str]:
        """Each day once, in their order."""
        try:
            days = {day for line in self.cleaned_data["closed_days"].splitlines() for day in _days_in(line)}
        except ValueError:
            raise forms.ValidationError(_("One date a line, for example 2026-12-25.")) from None
        if len(days) > MOST_CLOSED_DAYS:
            raise forms.ValidationError(_("That is more than a year of closed days."))
        return [day.isoformat() for day in sorted(days)]

    def clean_acknowledgment(self) -> str:
        """Its braces can be filled in."""
        return self._only("acknowledgment")

    def clean_out_of_office(self) -> str:
        """Its braces can be filled in."""
        return self._only("out_of_office")

    def _only(self, field: str) -> str:
        words: str = self.cleaned_data[field].replace("\r\n", "\n").strip()
        rest = words
        for known in PLACES:
            rest = rest.replace("{" + known + "}", "")
        if "{" in rest or "}" in rest:
            known = ", ".join("{" + name + "}" for name in PLACES)
            raise forms.ValidationError(_("Only %(known)s can stand in braces here."), params={"known": known})
        return words


def zones() -> list[str]:
    """The time zones to choose from: places, without the old names and those of no place."""
    return [*sorted(zone for zone in available_timezones() if zone.startswith(_PLACES)), "UTC"]


def spans_in(text: str) -> list[list[str]]:
    """ "9–12:30, 14–18" → [["09:00", "12:30"], ["14:00", "18:00"]]. Raises ValueError for what is no span or overlaps.

    A span may end after midnight ("18–2"); "closed" and nothing are no span at all.
    """
    said = text.strip().casefold()
    if said in {"", "-", "–", "closed", str(_now("closed")).casefold()}:
        return []
    spans = []
    for piece in re.split(r"[,;]| and ", said):
        found = _SPAN.match(piece.strip())
        if found is None:
            raise ValueError(text)
        start = minutes_of(f"{found[1]}:{found[2] or '00'}")
        end = minutes_of(f"{found[3]}:{found[4] or '00'}")
        if start in {A_DAY, end}:
            raise ValueError(text)
        spans.append((start, end))
    spans.sort()
    for (start, end), (later, _end) in pairwise(spans):
        if later < end or end <= start:
            raise ValueError(text)
    return [[clock_of(start), clock_of(end)] for start, end in spans]


def _days_in(line: str) -> list[date]:
    if not line.strip():
        return []
    first, *rest = _RANGE.split(line.strip())
    start = date.fromisoformat(first.strip())
    end = date.fromisoformat(rest[0].strip()) if rest else start
    if len(rest) > 1 or not 0 <= (end - start).days <= MOST_CLOSED_DAYS:
        raise ValueError(line)
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def _in_ranges(days: list[date]) -> list[str]:
    """Days that follow each other as one line."""
    lines: list[list[date]] = []
    for day in sorted(days):
        if lines and day - lines[-1][-1] == timedelta(days=1):
            lines[-1].append(day)
        else:
            lines.append([day])
    return [f"{line[0]} – {line[-1]}" if len(line) > 1 else f"{line[0]}" for line in lines]

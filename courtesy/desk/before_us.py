"""How long customers waited for a first answer before Courtesy was here, in words, for the pages that say so."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtesy.conversations.models import Bringing
from courtesy.conversations.queries import baseline
from courtesy.conversations.queries.baseline import LEAST, FirstReply
from courtesy.web.dates import span


def waits() -> FirstReply | None:
    """Those of the last import of letters that stands; None where none was brought in. One question."""
    facts = counted().first()
    return of_facts(facts["counts"]) if facts is not None else None


def counted() -> "QuerySet[Bringing, Any]":
    """What the imports that stand counted, the newest first; for a question that asks something else as well."""
    return Bringing.objects.filter(state=Bringing.State.DONE).order_by("-ended_at").values("counts")


def of_facts(facts: dict[str, dict[str, int]]) -> FirstReply:
    """What an import wrote down about them when it ended."""
    return baseline.from_named(facts.get("first_reply") or {})


def words(before: FirstReply | None) -> str:
    """ "Before Courtesy, half were answered within 5 h, on 130 letters"; empty where nothing was brought in."""
    if before is None or not before.count:
        return ""
    if before.by_clock is None:
        return ngettext(
            "Not enough data yet for first-reply times: %(count)s answered letter, and it takes %(least)s.",
            "Not enough data yet for first-reply times: %(count)s answered letters, and it takes %(least)s.",
            before.count,
        ) % {"count": before.count, "least": LEAST}
    return _("Before Courtesy: half answered within %(half)s, nine in ten within %(ninth)s, on %(count)s letters.") % {
        "half": span(before.by_clock.median),
        "ninth": span(before.by_clock.ninth),
        "count": before.count,
    }


def by_hours(before: FirstReply | None) -> str:
    """The same by the hours in which the shop is open; empty where it has none or they say the same."""
    if before is None or before.by_hours is None or before.by_clock is None:
        return ""
    if abs(before.by_hours.median - before.by_clock.median) < timedelta(minutes=1):
        return ""
    return _("By your opening hours: half within %(half)s, nine in ten within %(ninth)s.") % {
        "half": span(before.by_hours.median),
        "ninth": span(before.by_hours.ninth),
    }


def in_short(before: FirstReply | None) -> str:
    """ "half within 5 h, on 130 letters"; empty where too little is known."""
    if before is None or before.by_clock is None:
        return ""
    return _("half within %(half)s, on %(count)s letters") % {
        "half": span(before.by_clock.median),
        "count": before.count,
    }

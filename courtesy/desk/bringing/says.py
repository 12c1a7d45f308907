"""How far an import is and what came of it, in words."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtesy.conversations.models import Bringing
from courtesy.conversations.queries.baseline import LEAST, FirstReply
from courtesy.post import troubles
from courtesy.post.past import says
from courtesy.post.past.letters import Trouble
from courtesy.web.dates import span

State = Bringing.State


def kind(row: Bringing) -> str:
    """What it was read from."""
    kinds = {
        "mbox": _("an mbox"),
        "maildir": _("a Maildir"),
        "mails": _("a folder of mails"),
        "jsonl": _("a file of JSON lines"),
        "csv": _("a table"),
        "mailbox": _("a mailbox"),
    }
    return kinds.get(row.kind, _("letters"))


def title(row: Bringing) -> str:
    """The heading of its page."""
    said = {
        State.LOOKING: _("Looking through it"),
        State.ASKED: _("Is this right?"),
        State.WAITING: _("Bringing your letters in"),
        State.RUNNING: _("Bringing your letters in"),
        State.DONE: _("Your letters are here"),
        State.FAILED: _("It stopped"),
        State.UNDOING: _("Taking it out again"),
        State.UNDONE: _("Taken out again"),
    }
    return said[State(row.state)]


def trouble(row: Bringing) -> str:
    """Why it stopped, and what to do."""
    if row.trouble == "interrupted":
        return _("What it was read from is not here any more. Hand it in again: what is here already stays as it is.")
    if row.trouble == "stumbled":
        return _("Courtesy could not go on. That is a fault of ours; the log of the worker says where.")
    if row.trouble in set(Trouble):
        return says.trouble(row.trouble)
    told = troubles.words(row.trouble)
    return f"{told.what} {told.do}"


def before(waits: FirstReply | None) -> str:
    """ "Before Courtesy, half were answered within 5 h, on 130 letters"; empty where nothing was brought in."""
    if waits is None or not waits.count:
        return ""
    if waits.by_clock is None:
        return ngettext(
            "Not enough data yet for first-reply times: %(count)s answered letter, and it takes %(least)s.",
            "Not enough data yet for first-reply times: %(count)s answered letters, and it takes %(least)s.",
            waits.count,
        ) % {"count": waits.count, "least": LEAST}
    return _("Before Courtesy: half answered within %(half)s, nine in ten within %(ninth)s, on %(count)s letters.") % {
        "half": span(waits.by_clock.median),
        "ninth": span(waits.by_clock.ninth),
        "count": waits.count,
    }


def by_hours(waits: FirstReply | None) -> str:
    """The same by the hours in which the shop is open; empty where it has none or they say the same."""
    if waits is None or waits.by_hours is None or waits.by_clock is None:
        return ""
    if abs(waits.by_hours.median - waits.by_clock.median) < timedelta(minutes=1):
        return ""
    return _("By your opening hours: half within %(half)s, nine in ten within %(ninth)s.") % {
        "half": span(waits.by_hours.median),
        "ninth": span(waits.by_hours.ninth),
    }

"""How far an import is and what came of it, in words."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courtesy.conversations.actions.history import Counts
from courtesy.conversations.models import Bringing
from courtesy.post import troubles
from courtesy.post.past import says
from courtesy.post.past.letters import Trouble

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


def span_of(counts: Counts) -> str:
    """ "From 2 October 2025 to 14 September 2026."; empty where no letter has a date."""
    if not counts.first:
        return ""
    first, last = (date_format(date.fromisoformat(day), "j F Y") for day in (counts.first, counts.last))
    return _("From %(first)s to %(last)s.") % {"first": first, "last": last}

"""What a trial's steps say, and what to do where one failed."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from courtesy.post import troubles
from courtesy.post.trying import Seen, Step
from courtesy.web.dates import moment

Tone = Literal["", "calm", "care", "alert"]
_OF_SENDING = frozenset({"smtp reach", "smtp sign in", "address", "letter", "back"})


@dataclass(frozen=True)
class Said:
    """A step as the page shows it; ``do`` is what to change, where something is wrong, ``part`` what it belongs to."""

    tone: Tone
    word: str
    what: str
    do: str = ""
    part: str = ""


def steps(trial: Seen, *, now: datetime) -> list[Said]:
    """Every step so far, in words."""
    parts = {False: _("Reading"), True: _("Sending")}
    return [replace(_said(step, trial, now), part=parts[step.name in _OF_SENDING]) for step in trial.steps]


def outcome(trial: Seen) -> Said:
    """What came of it all, in one sentence."""
    sends = bool(trial.given.smtp_host)
    if trial.reads and (trial.sends or not sends):
        if any(step.name == "letter" and step.how == "done" for step in trial.steps):
            return Said("calm", _("all well"), _("This works. One letter lies in the mailbox more than before."))
        return Said("calm", _("all well"), _("This works. Nothing in the mailbox was changed."))
    if trial.reads:
        return Said("care", _("half"), _("Reading works, sending does not."))
    if trial.sends:
        return Said("alert", _("half"), _("Sending works, reading does not."))
    return Said("alert", _("not yet"), _("This does not work yet. Nothing in the mailbox was changed."))


def _said(step: Step, trial: Seen, now: datetime) -> Said:
    given = trial.given
    sending = step.name in _OF_SENDING
    host, port = (given.smtp_host, given.smtp_port) if sending else (given.imap_host, given.imap_port)
    if step.problem:
        told = troubles.words(step.problem, host=host, port=port, provider_name=given.provider, tried=True)
        failed = step.how == "failed"
        return Said("alert" if failed else "care", _("failed") if failed else _("look"), told.what, told.do)
    if step.how == "now":
        return Said("", _("now"), _now(step, host))
    if step.how == "left out":
        return Said("", _("left out"), _("No letter was sent, as you wished. The server would take one."))
    if step.how == "odd":
        return Said(
            "care", _("look"), _("It has not come back yet."), _("Look into the inbox in a minute, also at spam.")
        )
    return Said("calm", _("done"), _done(step, host, port, now))


def _now(step: Step, host: str) -> str:
    return {
        "reach": _("Looking for %(host)s …"),
        "sign in": _("Closing the connection to others, and signing in …"),
        "newest": _("Reading the newest mail …"),
        "sent folder": _("Looking for the folder of sent mail …"),
        "smtp reach": _("Looking for %(host)s …"),
        "smtp sign in": _("Closing the connection to others, and signing in …"),
        "address": _("Asking whether it takes letters from this address …"),
        "letter": _("Sending one letter to the mailbox itself …"),
        "back": _("Waiting for it to come back …"),
    }[step.name] % {"host": host}


def _done(step: Step, host: str, port: int, now: datetime) -> str:
    if step.name == "newest":
        if not step.size:
            return _("The inbox is empty; there was nothing to read.")
        came = moment(datetime.fromisoformat(step.at), now) if step.at else _("without a date")
        size = max(1, round(step.size / 1024))
        return _("The newest mail was read (%(came)s, %(size)s KB) and not marked as read.") % {
            "came": came,
            "size": size,
        }
    return {
        "reach": _("%(host)s answers at port %(port)s."),
        "sign in": _("Name and password for reading are right."),
        "sent folder": _("The folder of sent mail is there: answers from a phone are seen too."),
        "smtp reach": _("%(host)s answers at port %(port)s."),
        "smtp sign in": _("Name and password for sending are right."),
        "address": _("The server takes letters from this address."),
        "letter": _("One letter went to the mailbox itself. You can delete it."),
        "back": _("It came back after %(seconds)s s."),
    }[step.name] % {"host": host, "port": port, "seconds": step.seconds}

"""How the inbox says what happened: events, states of a mail, and why something waits. Pure words, no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courtesy.conversations.models import Event
from courtesy.conversations.queries import Item
from courtesy.desk.lifecycle.models import How, Outcome, Why
from courtesy.post.models import Outgoing
from courtesy.post.queries import OnItsWay
from courtesy.web.dates import clock_time, moment

State = Outgoing.State
Kind = Event.Kind

SHORT = {
    Why.WRONG: gettext_lazy("wrong"),
    Why.BESIDE: gettext_lazy("off topic"),
    Why.OLD: gettext_lazy("out of date"),
    Why.PERSONAL: gettext_lazy("own words"),
}
"""What stands on the four small buttons that set a draft aside; the whole sentence is their title."""

SHOWN_BY_THE_MESSAGE = {Kind.ARRIVED, Kind.ANSWERED, Kind.NOTED, Kind.REFUSED, Kind.UNSURE, Kind.HELD}
"""Events that need no grey line, since the letter, the note or its state says the same."""


@dataclass(frozen=True)
class Line:
    """A small grey line between two letters."""

    words: str
    icon: str
    machine: bool = False


@dataclass(frozen=True)
class Way:
    """How far an answer got, in a word with its tone; ``why`` explains; ``can`` names what may be done about it."""

    words: str
    tone: str
    icon: str
    why: str = ""
    can: tuple[str, ...] = ()


def event_line(item: Item, colleagues: Mapping[str, str]) -> Line | None:
    """What happened, in one line; None where the letter beside it says it already."""
    if item.kind in SHOWN_BY_THE_MESSAGE:
        return None
    when = moment(item.at)
    who = item.name or _("Somebody")
    if item.kind == Kind.ASSIGNED:
        return Line(f"{_assigned(item, who, colleagues)}, {when}", "assign")
    if item.kind == Kind.DRAFTED:
        return Line(_("The machine wrote a draft, %(when)s") % {"when": when}, "pencil", machine=True)
    said = {
        Kind.TAKEN_BACK: (_("%(who)s took the answer back before it left"), "undo"),
        Kind.RESOLVED: (_("%(who)s resolved this"), "check"),
        Kind.REOPENED: (_("%(who)s opened it again") if item.ours else _("Opened again"), "inbox"),
        Kind.SET_ASIDE_DRAFT: (_("%(who)s set the draft aside"), "close"),
        Kind.LOOK_AGAIN: (_("%(who)s asks that a person looks again"), "people"),
    }
    words, icon = said.get(Kind(item.kind), ("%(who)s", "clock"))
    return Line(f"{words % {'who': who}}, {when}", icon)


def _assigned(item: Item, who: str, colleagues: Mapping[str, str]) -> str:
    to = colleagues.get(str(item.facts.get("to", "")), "")
    if not to:
        return _("%(who)s gave this back to everybody") % {"who": who}
    if to == item.name:
        return _("%(who)s took this") % {"who": who}
    return _("%(who)s gave this to %(to)s") % {"who": who, "to": to}


def way_of(item: Item, *, now: datetime, why_closed: str) -> Way | None:
    """How far this answer got. ``why_closed`` says why nothing leaves at all just now, or is empty."""
    mail = item.on_its_way
    if item.taken_back or (mail is not None and mail.state == State.TAKEN_BACK):
        return Way(_("taken back, it never left"), "", "undo")
    if mail is None:
        return None
    if mail.state == State.WAITING:
        if mail.not_before > now and not why_closed:
            return Way(_("leaves in a few seconds"), "", "clock", can=("take back",))
        return Way(_("not sent yet"), "care", "clock", why=why_closed or mail.problem, can=("take back",))
    if mail.state == State.SENT:
        return Way(_("sent %(time)s") % {"time": clock_time(mail.sent_at or item.at)}, "calm", "check")
    return _needing_a_person(mail)


def _needing_a_person(mail: OnItsWay) -> Way:
    if mail.state == State.HELD:
        why = _("It waited more than a day. Is it still right?")
        return Way(_("held"), "care", "clock", why=why, can=("release", "take back"))
    if mail.state == State.UNSURE:
        why = _("The mail server fell silent half-way. It may have arrived; it is not sent again by itself.")
        return Way(_("unsure whether it left"), "alert", "warn", why=why, can=("arrived", "send again"))
    if mail.state == State.REFUSED:
        why = _("The mail server refused it: %(problem)s") % {"problem": mail.problem or _("no reason given")}
        return Way(_("refused"), "alert", "warn", why=why, can=("send again",))
    return Way(_("leaving now"), "", "send")


def whose_words(outcome: Outcome | None, who: str) -> str:
    """Under an answer of ours: whose words it is made of, where a machine drafted any."""
    if outcome is None or outcome.how == How.OWN_WORDS:
        return ""
    if outcome.how == How.AS_DRAFTED:
        return _("Drafted by the machine, checked by %(who)s.") % {"who": who}
    changed = outcome.sentences - outcome.sentences_kept
    if changed == 0:
        return _("Drafted by the machine; %(who)s added words.") % {"who": who}
    return ngettext(
        "Drafted by the machine; %(who)s changed %(changed)s of %(all)s sentence.",
        "Drafted by the machine; %(who)s changed %(changed)s of %(all)s sentences.",
        outcome.sentences,
    ) % {"who": who, "changed": changed, "all": outcome.sentences}


def why_nothing_leaves(*, may_send: bool, has_mail_server: bool, stays_here: bool = False) -> str:
    """Why answers stay here, for all of them alike; empty where they leave."""
    if not may_send:
        return _(
            "The owner has not switched on “Courtesy may send” yet. The customer can read it on their private page."
        )
    if not has_mail_server:
        return _("No mail server is named yet. The customer can read it on their private page.")
    if stays_here:
        return _("This is the sample shop: nothing leaves this computer.")
    return ""

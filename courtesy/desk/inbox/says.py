"""How the inbox says what happened: events, states of a mail, and why something waits. Pure words, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courtesy.conversations.models import Event, Thread
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

SHOWN_BY_THE_MESSAGE = {Kind.ARRIVED, Kind.ANSWERED, Kind.NOTED, Kind.REFUSED, Kind.UNSURE, Kind.HELD, Kind.BOUNCED}
"""Events that need no grey line, since the letter, the note or its state says the same."""


@dataclass(frozen=True)
class Line:
    """A small grey line between two letters, without its time; ``group`` is a move that can be undone, ``thread`` where
    it led."""

    words: str
    icon: str
    machine: bool = False
    group: str = ""
    thread: int = 0


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
    who = item.name or _("Somebody")
    if item.kind == Kind.ARRIVED:
        return _arrived(item, who)
    if item.kind in SHOWN_BY_THE_MESSAGE:
        return None
    if item.kind == Kind.ASSIGNED:
        return Line(_assigned(item, who, colleagues), "assign")
    if item.kind == Kind.DRAFTED:
        return Line(_("The machine wrote a draft"), "pencil", machine=True)
    said, icon = _happened(item)
    line = Line(said % {"who": who, **_facts(item)}, icon)
    if item.kind in {Kind.MERGED, Kind.SPLIT}:
        # One that was merged into this leads back here: only a split has somewhere to go.
        thread = _elsewhere(item) if item.kind == Kind.SPLIT else 0
        return replace(line, group=str(item.facts.get("group", "")), thread=thread)
    return line


def _arrived(item: Item, who: str) -> Line | None:
    """What a mail says about its place, where that is more than that it came."""
    told, facts = {"who": who}, item.facts
    if facts.get("stranger_to"):
        said = _("%(who)s refers to a conversation they have no part in, so this is a thread of its own")
        return Line(said % told, "people", thread=int(facts["stranger_to"]))
    if facts.get("newcomer"):
        return Line(_("%(who)s writes here for the first time") % told, "people")
    if facts.get("forwarded"):
        return Line(_("Passed on by a colleague; nobody vouches that %(who)s wrote it") % told, "mail")
    return None


def _happened(item: Item) -> tuple[str, str]:
    """The sentence for an event, with gaps for who and what, and its icon."""
    by_us = {
        Kind.TAKEN_BACK: (_("%(who)s took the answer back before it left"), "undo"),
        Kind.RESOLVED: (_("%(who)s resolved this"), "check"),
        Kind.REOPENED: (_("%(who)s opened it again"), "inbox"),
        Kind.SET_ASIDE_DRAFT: (_("%(who)s set the draft aside"), "close"),
        Kind.LOOK_AGAIN: (_("%(who)s asks that a person looks again"), "people"),
        Kind.SNOOZED: (_("%(who)s snoozed this until %(until)s"), "clock"),
        Kind.TAGGED: (_("%(who)s tagged it “%(tag)s”"), "tag"),
        Kind.UNTAGGED: (_("%(who)s took the tag “%(tag)s” off"), "tag"),
        Kind.MERGED: (_("%(who)s merged another thread into this one"), "mail"),
        Kind.SPLIT: (_("%(who)s split messages off into a thread of their own"), "mail"),
        Kind.UNMERGED: (_("%(who)s put moved messages back"), "undo"),
        Kind.SET_APART: (_("%(who)s keeps this out of the queue: %(why)s"), "closed"),
        Kind.BROUGHT_BACK: (_("%(who)s brought it back into the queue"), "inbox"),
        Kind.PROMISED: (
            _("%(who)s moved a promise to %(day)s")
            if "was" in item.facts
            else _("%(who)s promised something for %(day)s"),
            "promise",
        ),
        Kind.KEPT_PROMISE: (_("%(who)s kept a promise"), "promise"),
        Kind.HANDED_OVER: (_("%(who)s handed a promise over"), "promise"),
    }
    by_itself = {
        Kind.REOPENED: (_("Opened again"), "inbox"),
        Kind.ELSEWHERE: (_("Answered in the mail program; a draft for it falls silent"), "reply"),
        Kind.SNOOZED: (_("Snoozed until %(until)s"), "clock"),
        Kind.WOKE: (_("Back from snoozing"), "clock"),
        Kind.MERGED: (_("A mail showed that another thread is the same; they are one now"), "mail"),
        Kind.TAGGED: (_("Tagged “%(tag)s”"), "tag"),
        Kind.SET_APART: (_("Kept out of the queue: %(why)s"), "closed"),
        Kind.BROUGHT_BACK: (_("Back in the queue"), "inbox"),
        Kind.ACKNOWLEDGED: (_("The customer was told automatically that it arrived"), "mail"),
    }
    kind = Kind(item.kind)
    found = by_us.get(kind) if item.ours else by_itself.get(kind)
    return found or by_us.get(kind) or by_itself.get(kind) or (str(kind.label).replace("%", "%%"), "clock")


def _facts(item: Item) -> dict[str, str]:
    """What the gaps of a sentence hold; facts are numbers and states, so a state is said by its name."""
    until, due = str(item.facts.get("until", "")), str(item.facts.get("due", ""))
    reasons = dict(Thread.Apart.choices)
    return {
        "until": moment(datetime.fromisoformat(until)) if until else "",
        "day": date_format(date.fromisoformat(due), "l j F") if due else "",
        "tag": str(item.facts.get("tag", "")),
        "why": str(reasons.get(str(item.facts.get("why", "")), "")),
    }


def _elsewhere(item: Item) -> int:
    to = item.facts.get("to")
    came_from = item.facts.get("from") or [0]
    return int(to) if to else int(came_from[0])


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
    if mail.state == State.SENT and not mail.bounce:
        # Where one of several recipients was refused, the rest has it, and the trouble is said.
        sent = Way(_("sent %(time)s") % {"time": clock_time(mail.sent_at or item.at)}, "calm", "check")
        return replace(sent, why=mail.problem) if mail.problem else sent
    return _came_back(mail) if mail.bounce else _needing_a_person(mail)


def _came_back(mail: OnItsWay) -> Way:
    why = " ".join(what_came_back(mail.bounce))
    if mail.bounce.startswith("5"):
        return Way(_("came back undelivered"), "alert", "warn", why=why, can=("write again",))
    return Way(_("delayed"), "care", "clock", why=why)


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


def sort_of_file(kind: str) -> str:
    """What sort of file, in a word a shopkeeper knows."""
    main, _slash, sub = kind.partition("/")
    known = {
        "application/pdf": "PDF",
        "application/zip": _("archive"),
        "text/calendar": _("calendar"),
        "text/csv": _("table"),
        "message/rfc822": _("mail"),
    }
    families = {"image": _("picture"), "audio": _("sound"), "video": _("film"), "text": _("text")}
    if kind in known:
        return known[kind]
    if "sheet" in sub or "excel" in sub:
        return _("table")
    if "word" in sub or "opendocument.text" in sub:
        return _("document")
    return families.get(main, _("file"))


def why_refused(reason: str) -> str:
    """Why a file is not handed out; empty where it is."""
    if not reason:
        return ""
    if reason == "executable":
        return _("A computer would run it; it is not handed out.")
    return _("It is not handed out.")


def size(many: int) -> str:
    """How large a file is: 640 bytes, 12 KB, 3.4 MB."""
    if many < 1000:
        return ngettext("%(many)s byte", "%(many)s bytes", many) % {"many": many}
    if many < 1_000_000:
        return _("%(many)s KB") % {"many": round(many / 1000)}
    return _("%(many)s MB") % {"many": f"{many / 1_000_000:.1f}".removesuffix(".0")}


def what_came_back(status: str) -> tuple[str, str]:
    """What a bounce's status number (RFC 3463) means, and what to do about it."""
    if not status.startswith("5"):
        return (
            _("The customer’s mail server has not taken it yet and still tries."),
            _("Nothing has to be done now; it is told here if it gives up."),
        )
    another_way = _("Reach the customer another way.")
    known = {
        "1": (_("There is no such address."), _("Look for a typing error, or reach the customer another way.")),
        "2": (_("The customer’s mailbox takes no mail."), another_way),
        "2.2": (_("The customer’s mailbox is full."), _("Send it again in a day or two.")),
        "3.4": (_("It was too large for the customer’s mailbox."), _("Send it again with smaller files, or none.")),
        "7": (
            _("The customer’s mail server refused it as unwanted."),
            _("Ask whoever keeps your mail address about SPF, DKIM and DMARC, then send it again."),
        ),
    }
    detail = status[2:]
    return known.get(detail) or known.get(detail.partition(".")[0]) or (_("It could not be delivered."), another_way)

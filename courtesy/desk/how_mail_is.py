"""How the shop's mail is, in words: what was fetched when, what is unsent, what is wrong and what to do about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtesy.post import queries as post
from courtesy.post import troubles, warning
from courtesy.post.queries import MailboxState
from courtesy.staff.models import Shop
from courtesy.web.dates import ago, moment

Tone = Literal["calm", "care", "alert"]
PASSES = frozenset({"server away", "hung up", "come back later", "answers oddly"})
"""Troubles that mostly end by themselves; where they last, the mailbox stands still."""


@dataclass(frozen=True)
class MailLine:
    """One mailbox on a page: ``word`` for its badge, sentences for the rest. ``mailbox_id`` is None for a server.

    ``alarms``: it will not be well again by itself, or has not been for a while.
    """

    mailbox_id: UUID | None
    name: str
    tone: Tone
    word: str
    fetched: str
    unsent: str
    wrong: tuple[troubles.Words, ...] = ()
    alarms: bool = False


@dataclass(frozen=True)
class Mail:
    """All of it. ``second_path`` says why warnings do not get through, or is empty."""

    lines: list[MailLine]
    second_path: str

    @property
    def alarm(self) -> MailLine | None:
        """What whoever opens the desk must see first, if there is such a thing."""
        return next((line for line in self.lines if line.alarms and line.wrong), None)

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to say but that."""
        return not self.second_path and all(line.tone == "calm" for line in self.lines)


def mail(at: datetime) -> Mail:
    """How each mailbox and the second path have been; nothing sealed is opened."""
    return Mail([line(state, at) for state in post.mailboxes(at)], warning.problem())


def line(state: MailboxState, at: datetime) -> MailLine:
    """One mailbox in words."""
    wrong = []
    if state.problem:
        wrong.append(troubles.words(state.problem, provider_name=state.provider))
    elif state.stands_still:
        wrong.append(
            troubles.Words(
                _("It has not been asked for new mail since %(when)s.") % {"when": moment(state.still_since, at)},
                _("Is Courtesy’s worker running? Start Courtesy again if it lasts."),
            )
        )
    if state.sending_problem:
        told = troubles.words(state.sending_problem, provider_name=state.provider)
        wrong.append(troubles.Words(_("Sending: %(what)s") % {"what": told.what}, told.do))
    tone: Tone = "calm" if state.is_well else "alert" if state.problem or state.stands_still else "care"
    return MailLine(
        mailbox_id=state.mailbox_id,
        name=state.name,
        tone=tone,
        word=_word(state, tone),
        fetched=_fetched(state, at),
        unsent=_unsent(state, at),
        wrong=tuple(wrong),
        alarms=state.stands_still or bool(state.problem and state.problem not in PASSES),
    )


def _word(state: MailboxState, tone: Tone) -> str:
    if state.stands_still:
        return _("stands still")
    if tone == "calm" and state.mailbox_id is not None and state.last_fetched_at is None:
        return _("begins")
    return {"calm": _("well"), "care": _("look soon"), "alert": _("trouble")}[tone]


def _fetched(state: MailboxState, at: datetime) -> str:
    if state.last_fetched_at is None:
        return _("Not fetched yet.")
    if state.is_well:
        return _("Last fetched %(when)s.") % {"when": ago(state.last_fetched_at, at)}
    return _("Last fetched %(when)s.") % {"when": moment(state.last_fetched_at, at)}


def _unsent(state: MailboxState, at: datetime) -> str:
    if not state.unsent or state.oldest is None:
        return ""
    said = ngettext("%(count)s unsent", "%(count)s unsent", state.unsent) % {"count": state.unsent}
    return _("%(said)s, the oldest since %(when)s.") % {"said": said, "when": moment(state.oldest, at)}


def why_nothing_leaves(shop: Shop) -> str:
    """Why no answer leaves just now, in a sentence; empty where they do."""
    if not shop.may_send:
        return _("“Courtesy may send” is off. Answers wait here, and customers read them on their private page.")
    return {
        "no mail server": _(
            "No mailbox sends yet and no mail server is named. Answers wait here, and customers read them on their "
            "private page."
        ),
        "sample shop": _("This is the sample shop: nothing leaves this computer. Answers wait here."),
    }.get(post.why_no_way_out(is_sample=shop.is_sample), "")

"""The line about backups on Today: of when, proved when; or what is wrong, and what to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from courtesy.privacy import backups
from courtesy.privacy.backups import Safety
from courtesy.web.dates import ago, day

OLD = timedelta(days=2)
LONG_UNPROVED = timedelta(days=10)


@dataclass(frozen=True)
class Line:
    """``badge`` in a word or two, ``words`` the sentence, ``help`` what to do; ``tone`` is calm, care or alert."""

    badge: str
    words: str
    tone: str
    help: str = ""


def line(*, at: datetime) -> Line:
    """The one line."""
    safe = backups.safety()
    if safe.made_at is None and not safe.problem:
        return _none_yet()
    of_when = _("Backup of %(day)s") % {"day": day(safe.made_at, at)} if safe.made_at else _("There is no backup")
    if safe.problem or safe.unproved:
        return _wrong(safe, of_when)
    if safe.made_at and at - safe.made_at > OLD:
        return Line(_("old"), f"{of_when}.", "care", _("Leave Courtesy open for a while, or type: courtesy backup"))
    if safe.proved_at is None:
        return Line(_("not proved yet"), _("%(backup)s, not proved yet.") % {"backup": of_when}, "")
    words = _("%(backup)s, last proved %(when)s.") % {"backup": of_when, "when": ago(safe.proved_at, at)}
    if at - safe.proved_at > LONG_UNPROVED:
        return Line(_("long unproved"), words, "care", _("Type: courtesy backup --prove"))
    return Line(_("proved"), words, "calm")


def _wrong(safe: Safety, of_when: str) -> Line:
    if safe.problem:
        again = _("Put that right, then type: courtesy backup")
        return Line(_("failed"), f"{of_when}. {safe.problem}", "alert", again)
    words = _("The newest backup would not save us. %(why)s") % {"why": safe.unproved}
    return Line(_("not good"), words, "alert", _("Type: courtesy backup, then: courtesy backup --prove"))


def _none_yet() -> Line:
    if settings.COURTESY.backups is None:
        words = _("No backups are made by themselves: COURTESY_BACKUPS is off.")
        return Line(_("off"), words, "care", _("Take the setting away, or type: courtesy backup"))
    return Line(_("soon"), _("The first backup is made within minutes."), "")

"""Where colleagues are signed in: seen by themselves, ended by themselves or by whoever runs the team.

A sign-in is named by a keyed digest of its session, since the session's own number is what the cookie holds.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.timezone import now
from django.utils.translation import gettext as _

from courtesy.privacy import ledger
from courtesy.staff.actions import NotAllowed
from courtesy.staff.devices import device_of
from courtesy.staff.models import AccountChange, Colleague, Role, Session
from courtesy.staff.sessions import BEGAN, DEVICE, SEEN

ROUGHLY = timedelta(hours=1)
"""How exactly is known when a browser was last seen: to recognize a stranger's that is enough, to watch anybody not."""


@dataclass(frozen=True)
class SignIn:
    """One browser in which a colleague is signed in. ``began_at`` is None where it began before this was noted."""

    mark: str
    device: str
    began_at: datetime | None
    seen_at: datetime | None
    is_this_one: bool


def mark_of(session_key: str) -> str:
    """The name of a sign-in on a page and in an address; nobody gets in by it."""
    return salted_hmac("courtesy.staff.sign_ins", session_key, algorithm="sha256").hexdigest()[:32]


def note(request: HttpRequest) -> None:
    """Note in the session, at most once an hour, that this browser is used, and by what it calls itself."""
    session, at = request.session, now()
    seen = session.get(SEEN)
    if seen and at - datetime.fromisoformat(seen) < ROUGHLY:
        return
    session.setdefault(BEGAN, at.isoformat())
    session[SEEN] = at.isoformat()
    session[DEVICE] = device_of(request.headers.get("User-Agent", ""))


def of(colleague: Colleague, *, here: str | None, at: datetime) -> list[SignIn]:
    """All of this colleague's, this one (whose session key is ``here``) first, then the last seen first."""
    rows = Session.objects.filter(colleague_id=colleague.pk, expire_date__gt=at)
    found = [
        SignIn(
            mark_of(row.session_key), device_in_words(row.device), row.began_at, row.seen_at, row.session_key == here
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.is_this_one, one.seen_at or one.began_at or at), reverse=True)


def device_in_words(device: str) -> str:
    """ "Firefox on Windows", as far as it is known."""
    browser, _sep, system = device.partition("|")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or (_("A browser on %(system)s") % {"system": system} if system else _("A browser we do not know"))


def end(colleague: Colleague, *, mark: str, at: datetime) -> bool:
    """End one sign-in of one's own; False where there is none of this name (any more)."""
    with transaction.atomic():
        for row in Session.objects.filter(colleague_id=colleague.pk):
            if constant_time_compare(mark_of(row.session_key), mark):
                row.delete()
                ledger.append("sign-in ended", about=colleague, by=colleague.pk, at=at)
                return True
    return False


def end_all(colleague: Colleague, *, by: Colleague, at: datetime) -> int:
    """Sign somebody else out everywhere; how many browsers that were. Raises NotAllowed.

    They read of it on their own page when they come in again.
    """
    above = colleague.role in {Role.OWNER, Role.MANAGER}
    if not by.may("manage") or (above and not by.may("own")):
        raise NotAllowed
    with transaction.atomic():
        ended, _each = Session.objects.filter(colleague_id=colleague.pk).delete()
        AccountChange.objects.create(colleague=colleague, what=AccountChange.What.SIGNED_OUT, at=at)
        ledger.append("signed out by a colleague", about=colleague, by=by.pk, at=at, sessions=ended)
    return ended

"""What a colleague looks for. Its words name customers, so they stand in no address and in no log: they lie sealed in
the colleague's own session, and the address holds a random short name of theirs, which links and "back" lead to again.
"""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from courtesy.conversations.search import Within
from courtesy.privacy import keys
from courtesy.privacy.keys import KeyGone
from courtesy.privacy.sealing import SealBroken
from courtesy.staff.credentials import open_secret, seal_secret

KEPT_AS = "searches"
MOST_KEPT = 20


@dataclass(frozen=True)
class Sought:
    """Words, and what is asked for besides. ``since`` and ``until`` are days as a browser writes them, included."""

    words: str = ""
    since: str = ""
    until: str = ""
    state: str = ""
    attached: bool = False

    def __bool__(self) -> bool:
        return self != Sought()

    @property
    def is_narrowed(self) -> bool:
        """Is anything asked for besides words?"""
        return self != Sought(self.words)

    def within(self) -> Within:
        """As the search asks it, in the desk's own time zone."""
        until = _begin(self.until, days=1)
        return Within(since=_begin(self.since), until=until, state=self.state, attached=self.attached)


def keep(request: HttpRequest, sought: Sought) -> str:
    """Keep what is looked for in this browser's session, the last MOST_KEPT of them; the answer is its name."""
    kept: dict[str, str] = dict(request.session.get(KEPT_AS, {}))
    name = secrets.token_urlsafe(6)
    kept[name] = seal_secret(json.dumps(asdict(sought)), colleague=request.user)
    request.session[KEPT_AS] = dict(list(kept.items())[-MOST_KEPT:])
    return name


def recall(request: HttpRequest, name: str) -> Sought | None:
    """What was kept under this name; None for a name that this session does not know, or not any more."""
    sealed = request.session.get(KEPT_AS, {}).get(name)
    if sealed is None:
        return None
    me: Any = request.user
    keys.warm([me.key_id, keys.HOUSE])  # looking for a name asks for the house's too
    try:
        said: dict[str, Any] = json.loads(open_secret(sealed))
    except (KeyGone, SealBroken):
        return None
    return Sought(**said)


def _begin(day: str, *, days: int = 0) -> datetime | None:
    """The midnight with which a day begins, so many days on; None where no day is named."""
    if not day:
        return None
    return timezone.make_aware(datetime.combine(date.fromisoformat(day) + timedelta(days=days), time.min))

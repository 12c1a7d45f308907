"""What can be refused in conversations. Whoever raises one has changed nothing.

Refused > NoSuchThread > MergedAway; AlreadyAnswered, NothingWritten, NothingToMove, NotLater, NoTag.
"""

from datetime import datetime


class Refused(Exception):
    """What was asked cannot happen; nothing has changed."""


class NoSuchThread(Refused):
    """There is no thread of this number."""


class MergedAway(NoSuchThread):
    """The thread became part of another; `into` is the number of that one."""

    def __init__(self, into: int = 0) -> None:
        super().__init__("merged away")
        self.into = into


class AlreadyAnswered(Refused):
    """Somebody answered after the event last seen; `by` and `at` say who and when."""

    def __init__(self, *, by: str, at: datetime) -> None:
        super().__init__("answered meanwhile")
        self.by = by
        self.at = at


class NothingWritten(Refused):
    """A reply or note without words."""


class NothingToMove(Refused):
    """There is nothing to merge, to split off, or to put back."""


class NotLater(Refused):
    """A thread can only be snoozed until a moment that is still to come."""


class NoTag(Refused):
    """A tag without letters."""

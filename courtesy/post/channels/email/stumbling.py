"""Is it the mail, or the server? Remembers at which mails of a folder a server stumbled, until that is clear.

A mail is given up only when it was asked for several times, in the end as the first thing on a fresh line, and others
were handed over meanwhile. Where there are no others to compare it with, it is given much longer. Forgotten with the
process, which costs a few tries and no mail.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

CHANCES = 4
"""How often a mail is asked for where others are handed over; the last of them is the fair one, on a fresh line."""

MANY_CHANCES = 12
"""The same where there are no others; between most of them lie ever longer waits."""


@dataclass
class Stumbles:
    """Of one folder: UID → how often. ``kept_ahead`` are those that were kept while one before them waits."""

    times: dict[int, int] = field(default_factory=dict)
    kept_ahead: set[int] = field(default_factory=set)
    _others_came: set[int] = field(default_factory=set)
    _headless: set[int] = field(default_factory=set)

    def at(self, uids: Collection[int]) -> None:
        """The server was asked for these and did not hand them over."""
        for uid in uids:
            self.times[uid] = self.times.get(uid, 0) + 1

    def handed_over(self, uids: Collection[int]) -> None:
        """It handed these over: they are through, and whatever it stumbles at may be to blame itself."""
        for uid in uids:
            self.times.pop(uid, None)
        if uids:
            self._others_came |= self.times.keys()

    def over(self, uid: int) -> None:
        """This one is done with, one way or the other."""
        self.times.pop(uid, None)
        self._others_came.discard(uid)

    def forget_up_to(self, last_uid: int) -> None:
        """What is behind us matters no more."""
        for uid in [uid for uid in self.times if uid <= last_uid]:
            self.over(uid)
        self.kept_ahead = {uid for uid in self.kept_ahead if uid > last_uid}

    def others_came(self, uid: int) -> bool:
        """Whether others were handed over since the server stumbled at this one."""
        return uid in self._others_came

    def awaits_last_chance(self, uid: int) -> bool:
        """Whether it is to be asked for once more, before anything else."""
        return self.times.get(uid, 0) == CHANCES - 1

    def is_hopeless(self, uid: int) -> bool:
        """Whether it is the mail."""
        times = self.times.get(uid, 0)
        return times >= MANY_CHANCES or (times >= CHANCES and uid in self._others_came)

    def broke_at_head(self, uid: int) -> None:
        """Not even its head can be had."""
        self._headless.add(uid)

    def has_head(self, uid: int) -> bool:
        """Whether its head is worth asking for."""
        return uid not in self._headless

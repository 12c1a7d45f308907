"""Reads the folders of a mailbox into the house, each mail once and whole, and leaves the mailbox as it was.

A folder is read by UID from where we were; that place is moved only after the mails before it are kept, and is only a
hint for speed: a mail that comes again (a kill, two at once, a folder the server numbered anew) is known by its bytes.

A mail at which the server stumbles waits until the others are through, and is set aside, where people see it, when it
is clear that it is the mail and not the server (`stumbling`).
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from courtesy.jobs.moments import moment
from courtesy.post import arrivals
from courtesy.post.arrivals import Came
from courtesy.post.channels.email import imap
from courtesy.post.channels.email.imap import AnswersOddly, Headline, Line, NoSuchFolder, ServerAway
from courtesy.post.channels.email.stumbling import Stumbles
from courtesy.post.models import Folder, Mailbox
from courtesy.privacy import keys
from courtesy.privacy.sealing import blind_indexes

LARGEST = 40_000_000
"""Bytes; providers take 25 to 35 MB. Of a larger mail only the head is kept, aside."""

LONGEST_HEAD = 64_000
SLACK = timedelta(minutes=5)
"""The server's clock may be a little behind ours: better a mail too many than a customer unheard."""

AT_ONCE = 200
"""Mails whose size and date are asked for in one go."""

IN_A_COMMIT = 25
BYTES_IN_A_COMMIT = 4_000_000

TOO_LARGE = "too large"
NOT_HANDED_OVER = "the server could not hand it over"
LINE_BROKE = "the line broke whenever it was fetched"

INBOX = "INBOX"
CHANNELS = {Folder.Role.INBOX: "mail", Folder.Role.SENT: "sent mail"}


class BrokeAtMail(ServerAway):
    """The line broke while mails were on their way; ``handed``: after others had been handed over."""

    def __init__(self, *, handed: bool) -> None:
        super().__init__()
        self.handed = handed


_stumbles: dict[int, Stumbles] = {}


@dataclass
class Reading:
    """One visit to a mailbox, and what has been kept so far, also where the line breaks later."""

    mailbox: Mailbox
    at: datetime
    new: int = 0
    known: int = 0
    sent: int = 0
    handed: int = field(default=0, init=False)

    def both_folders(self, line: Line) -> str:
        """Everything new of the inbox and of the folder of sent mail. A problem that stops nothing comes back.

        The inbox is looked into last, so that the server can tell of its next mail. Raises the `imap.Trouble`.
        """
        self.handed = 0
        self.folder(line, Folder.Role.INBOX, INBOX)
        problem = ""
        try:
            self._sent_folder(line)
        except AnswersOddly as trouble:
            problem = trouble.problem  # customers' mail is not to wait for it
        if line.selected != INBOX:
            self.folder(line, Folder.Role.INBOX, INBOX)
        return problem or (imap.QuotaFull.problem if line.is_full() else "")

    def _sent_folder(self, line: Line) -> None:
        sent = line.sent_folder()
        if not sent or sent.upper() == INBOX:
            return
        try:
            state = line.state_of(sent)
            if line.read_until.get(sent) != state:
                self.folder(line, Folder.Role.SENT, sent)
                line.read_until[sent] = state
        except NoSuchFolder:
            line.sent_name = ""  # gone or renamed: it is looked for again the next time

    def folder(self, line: Line, role: Folder.Role, name: str) -> None:
        """Everything of a folder that was not read, a handful a commit. Raises the `imap.Trouble`."""
        folder = _place(self.mailbox, role, name, line.examine(name))
        stumbles = _stumbles_of(folder)
        self._last_chance(line, folder)
        begins = self.mailbox.begins_at - SLACK
        # The day before, since the server's day may not be ours.
        numbers = line.numbers(after=folder.last_uid, since=(begins - timedelta(days=1)).date())
        late: dict[int, Headline] = {}
        for start in range(0, len(numbers), AT_ONCE):
            some = [uid for uid in numbers[start : start + AT_ONCE] if uid not in stumbles.kept_ahead]
            lines = [one for one in line.headlines(some) if one.came_at is None or one.came_at >= begins]
            late |= {one.uid: one for one in lines if one.uid in stumbles.times}
            for group in handfuls(one for one in lines if one.uid not in stumbles.times):
                if not self._is_wanted():
                    return
                try:
                    self._keep(folder, self._fetched(line, folder, group))
                    stumbles.kept_ahead |= {one.uid for one in group} if late else set()
                except AnswersOddly:
                    late |= {one.uid: one for one in group}
                _move(folder, group[-1].uid, before=late)
        self._late(line, folder, late)
        if numbers:
            _move(folder, numbers[-1], before=late)

    def _last_chance(self, line: Line, folder: Folder) -> None:
        """One of those the server stumbled at, before anything else: a line may tire, which is no fault of a mail."""
        stumbles = _stumbles_of(folder)
        uids = [uid for uid in stumbles.times if stumbles.awaits_last_chance(uid)][:1]
        for one in line.headlines(uids) if uids else ():
            with suppress(AnswersOddly):
                self._keep(folder, self._fetched(line, folder, [one]))
                stumbles.kept_ahead.add(one.uid)

    def _late(self, line: Line, folder: Folder, late: dict[int, Headline]) -> None:
        """Alone, those the server stumbled at, the likeliest first; what is not through stays in ``late``.

        Raises BrokeAtMail where one is to be asked for on a fresh line, AnswersOddly where one was refused and it is
        not clear why.
        """
        stumbles = _stumbles_of(folder)
        refused = []
        for one in sorted(late.values(), key=lambda one: (stumbles.times.get(one.uid, 0), one.uid)):
            if stumbles.awaits_last_chance(one.uid):
                continue
            try:
                if stumbles.is_hopeless(one.uid):
                    self._keep(folder, [self._aside(line, folder, one, LINE_BROKE)])
                else:
                    self._keep(folder, self._fetched(line, folder, [one]))
            except AnswersOddly:
                refused.append(one)
                continue
            stumbles.over(one.uid)
            stumbles.kept_ahead.add(one.uid)
            del late[one.uid]
        for one in refused:
            if stumbles.others_came(one.uid):
                self._keep(folder, [self._aside(line, folder, one, NOT_HANDED_OVER)])
                stumbles.over(one.uid)
                del late[one.uid]
        if any(stumbles.awaits_last_chance(uid) for uid in late):
            raise BrokeAtMail(handed=self.handed > 0)
        if late:
            raise AnswersOddly

    def _fetched(self, line: Line, folder: Folder, group: Sequence[Headline]) -> list[Came]:
        """The mails of a group, each under the digest of its bytes; too large ones under their number, their head."""
        stumbles = _stumbles_of(folder)
        wanted = [one.uid for one in group if one.size <= LARGEST]
        try:
            raws = line.raw(wanted) if wanted else {}
        except AnswersOddly:
            stumbles.at(wanted)
            raise
        except ServerAway:
            stumbles.at(wanted)
            raise BrokeAtMail(handed=self.handed > 0) from None
        self.handed += len(raws)
        stumbles.handed_over(raws)
        came = []
        for one in group:
            raw = raws.get(one.uid)
            if one.size > LARGEST or (raw is not None and len(raw) > LARGEST):
                came.append(self._aside(line, folder, one, TOO_LARGE))
            elif raw is not None:  # else somebody deleted it in this very moment
                came.append(Came(sha256(raw).hexdigest(), raw, min(one.came_at or self.at, self.at)))
        return came

    def _aside(self, line: Line, folder: Folder, one: Headline, why: str) -> Came:
        """What can be had of a mail that cannot be had whole: its head, or at least that it is there."""
        head = b""
        if _stumbles_of(folder).has_head(one.uid):
            try:
                head = line.head(one.uid, LONGEST_HEAD)
            except AnswersOddly:
                pass
            except ServerAway:
                _stumbles_of(folder).broke_at_head(one.uid)
                raise BrokeAtMail(handed=True) from None
        number = f"{folder.mailbox_id}/{folder.role}/{folder.uid_validity}/{one.uid}"
        return Came(number, head, min(one.came_at or self.at, self.at), why)

    def _keep(self, folder: Folder, came: Sequence[Came]) -> None:
        if not came:
            return
        named = _named(came)
        moment("fetch: bytes there")
        role = Folder.Role(folder.role)
        fresh = arrivals.keep_all(named, channel=CHANNELS[role], mailbox=self.mailbox, at=self.at)
        moment("fetch: kept")
        self.known += len(named) - fresh
        if role == Folder.Role.SENT:
            self.sent += fresh
        else:
            self.new += fresh

    def _is_wanted(self) -> bool:
        return Mailbox.objects.filter(pk=self.mailbox.pk, removed_at=None).exists()


def _place(mailbox: Mailbox, role: Folder.Role, name: str, uid_validity: int) -> Folder:
    """How far the folder is read. Where the server numbered it anew, or it is another one: not at all."""
    called = name[:200]
    folder, is_new = Folder.objects.get_or_create(
        mailbox=mailbox, role=role, defaults={"name": called, "uid_validity": uid_validity}
    )
    if (folder.name, folder.uid_validity) != (called, uid_validity):
        folder.name, folder.uid_validity, folder.last_uid = called, uid_validity, 0
        folder.save()
        is_new = True
    if is_new:
        _stumbles[folder.pk] = Stumbles()
    _stumbles_of(folder).forget_up_to(folder.last_uid)
    return folder


def _stumbles_of(folder: Folder) -> Stumbles:
    return _stumbles.setdefault(folder.pk, Stumbles())


def _move(folder: Folder, uid: int, *, before: Iterable[int]) -> None:
    """Further, never back and not past those in ``before``.

    Another fetcher may be ahead, or may have found the folder numbered anew.
    """
    uid = min([uid, *(late - 1 for late in before)])
    Folder.objects.filter(pk=folder.pk, uid_validity=folder.uid_validity, last_uid__lt=uid).update(last_uid=uid)
    moment("fetch: place moved")


def handfuls(lines: Iterable[Headline]) -> Iterator[list[Headline]]:
    """What is fetched and kept together: not many, and not much."""
    group: list[Headline] = []
    size = 0
    for one in lines:
        if group and (len(group) >= IN_A_COMMIT or size + one.size > BYTES_IN_A_COMMIT):
            yield group
            group, size = [], 0
        group.append(one)
        size += one.size
    if group:
        yield group


def _named(came: Sequence[Came]) -> list[Came]:
    """The same under the names they are kept by: keyed digests, which say nothing to whoever holds no key."""
    with keys.scope():
        names = blind_indexes([one.channel_id for one in came], "mail")
    return [Came(name.hex(), one.raw, one.came_at, one.set_aside) for name, one in zip(names, came, strict=True)]

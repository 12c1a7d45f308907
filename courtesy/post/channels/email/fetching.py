"""Brings what a mailbox holds into the house, each mail once and whole, and leaves the mailbox as it was.

A folder is read by UID from where we were; that place is moved only after the mails before it are kept, and is only a
hint for speed: a mail that comes again (a kill, two at once, a folder the server numbered anew) is known by its bytes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from courtesy.jobs.actions import changed
from courtesy.jobs.moments import moment
from courtesy.post import arrivals
from courtesy.post.arrivals import Came
from courtesy.post.channels.email import imap
from courtesy.post.channels.email.imap import AnswersOddly, Headline, Line, NoSuchFolder, ServerAway, Trouble
from courtesy.post.models import Folder, Mailbox
from courtesy.privacy import keys
from courtesy.privacy.keys import KeyGone
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
CHANCES = 4
"""How often the line may break on the same mail before that mail is set aside."""

TOO_LARGE = "too large"
NOT_HANDED_OVER = "the server could not hand it over"
LINE_BROKE = "the line broke whenever it was fetched"

INBOX = "INBOX"
CHANNELS = {Folder.Role.INBOX: "mail", Folder.Role.SENT: "sent mail"}


@dataclass(frozen=True)
class Fetched:
    """How many mails were new, known already, and new in the folder of sent mail; ``problem`` is a `Trouble`'s."""

    new: int = 0
    known: int = 0
    sent: int = 0
    problem: str = ""


_broke: dict[int, dict[int, int]] = {}
"""Folder → UID → how often the line broke while this mail was on its way."""


def fetch(mailbox: Mailbox, *, at: datetime) -> Fetched:
    """Bring in what is new in the mailbox's inbox and folder of sent mail, and write down how it went.

    Nothing is raised for what the server does: `Fetched.problem` and `Mailbox.problem` say it.
    """
    reading = _Reading(mailbox, at)
    try:
        with imap.connect(imap.access_to(mailbox)) as line:
            moment("fetch: connected")
            problem = reading.both_folders(line)
    except KeyGone:
        return Fetched()  # the mailbox was removed
    except Trouble as trouble:
        note(mailbox.pk, problem=trouble.problem, answered=False, news=reading.has_news, at=at)
        return reading.told(trouble.problem)
    note(mailbox.pk, problem=problem, answered=True, news=reading.has_news, at=at)
    return reading.told(problem)


def read(line: Line, mailbox: Mailbox, *, at: datetime) -> Fetched:
    """The same over a line that is open already and stays open, looking into the inbox.

    Raises the Trouble, and then has written nothing down.
    """
    reading = _Reading(mailbox, at)
    problem = reading.both_folders(line)
    note(mailbox.pk, problem=problem, answered=True, news=reading.has_news, at=at)
    return reading.told(problem)


def read_again(mailbox: Mailbox) -> None:
    """Read the folders from their beginning the next time, for a mailbox that became another or begins earlier."""
    Folder.objects.filter(mailbox=mailbox).update(last_uid=0)


def note(mailbox_id: UUID, *, problem: str, answered: bool, news: bool, at: datetime) -> None:
    """Write down how it went, and tell the open browsers where there is something to see."""
    with transaction.atomic():
        before = (
            Mailbox.objects.filter(pk=mailbox_id).values_list("problem", "problem_since", "last_fetched_at").first()
        )
        if before is None:
            return
        was, since, fetched_at = before
        if problem != was:
            since = at if problem else None
        Mailbox.objects.filter(pk=mailbox_id).update(
            problem=problem,
            problem_since=since,
            last_tried_at=at,
            last_fetched_at=at if answered else fetched_at,
        )
        if news or problem != was or (answered and fetched_at is None):
            changed("mailboxes")


def next_try(mailbox: Mailbox) -> datetime | None:
    """When a mailbox in trouble is tried again; None where it may be at once.

    A server that is away is asked after one minute, then two, four, eight, fifteen. A refused password is tried four
    times in the first two hours and then rarely, since too many wrong tries lock an account.
    """
    tried, since = mailbox.last_tried_at, mailbox.problem_since
    if not mailbox.problem or mailbox.problem == imap.QuotaFull.problem or tried is None or since is None:
        return None
    shortest, longest = timedelta(minutes=1), timedelta(minutes=15)
    if mailbox.problem == imap.PasswordRefused.problem:
        shortest, longest = timedelta(minutes=15), timedelta(hours=4)
    return tried + min(max(tried - since, shortest), longest)


@dataclass
class _Reading:
    """One visit to a mailbox, and what has been kept so far, also where the line breaks later."""

    mailbox: Mailbox
    at: datetime
    new: int = 0
    known: int = 0
    sent: int = 0

    @property
    def has_news(self) -> bool:
        return bool(self.new or self.sent)

    def told(self, problem: str) -> Fetched:
        return Fetched(self.new, self.known, self.sent, problem)

    def both_folders(self, line: Line) -> str:
        """The inbox is looked into last, so that the server can tell of its next mail.

        A problem that stops nothing comes back.
        """
        self.folder(line, Folder.Role.INBOX, INBOX)
        sent = line.sent_folder()
        if sent and sent.upper() != INBOX:
            try:
                state = line.state_of(sent)
                if line.read_until.get(sent) != state:
                    self.folder(line, Folder.Role.SENT, sent)
                    line.read_until[sent] = state
            except NoSuchFolder:
                line.sent_name = ""  # gone or renamed: it is looked for again the next time
            if line.selected != INBOX:
                self.folder(line, Folder.Role.INBOX, INBOX)
        return imap.QuotaFull.problem if line.is_full() else ""

    def folder(self, line: Line, role: Folder.Role, name: str) -> None:
        """Everything of a folder that we have not read, a handful a commit."""
        folder = _place(self.mailbox, role, name, line.examine(name))
        begins = self.mailbox.begins_at - SLACK
        # The day before, since the server's day may not be ours.
        numbers = line.numbers(after=folder.last_uid, since=(begins - timedelta(days=1)).date())
        for start in range(0, len(numbers), AT_ONCE):
            some = numbers[start : start + AT_ONCE]
            lines = [one for one in line.headlines(some) if one.came_at is None or one.came_at >= begins]
            for group in _groups(lines, _broke.get(folder.pk, {})):
                if not Mailbox.objects.filter(pk=self.mailbox.pk, removed_at=None).exists():
                    return
                came = _named(_came(line, folder, group, self.at))
                moment("fetch: bytes there")
                fresh = arrivals.keep_all(came, channel=CHANNELS[role], mailbox=self.mailbox, at=self.at)
                moment("fetch: kept")
                _move(folder, group[-1].uid)
                moment("fetch: place moved")
                self.known += len(came) - fresh
                self.sent += fresh if role == Folder.Role.SENT else 0
                self.new += fresh if role == Folder.Role.INBOX else 0
            _move(folder, some[-1])


def _place(mailbox: Mailbox, role: Folder.Role, name: str, uid_validity: int) -> Folder:
    """How far the folder is read. Where the server numbered it anew, or it is another one: not at all."""
    called = name[:200]
    folder, _ = Folder.objects.get_or_create(
        mailbox=mailbox, role=role, defaults={"name": called, "uid_validity": uid_validity}
    )
    if (folder.name, folder.uid_validity) != (called, uid_validity):
        folder.name, folder.uid_validity, folder.last_uid = called, uid_validity, 0
        folder.save()
    return folder


def _move(folder: Folder, uid: int) -> None:
    """Further, never back: another fetcher may be ahead, or may have found the folder numbered anew."""
    Folder.objects.filter(pk=folder.pk, uid_validity=folder.uid_validity, last_uid__lt=uid).update(last_uid=uid)


def _groups(lines: Iterable[Headline], broke: dict[int, int]) -> Iterator[list[Headline]]:
    """What is fetched and kept together: little; and alone what the line broke on before, to find the one it was."""
    group: list[Headline] = []
    size = 0
    for one in lines:
        alone = one.uid in broke
        full = len(group) >= IN_A_COMMIT or size + one.size > BYTES_IN_A_COMMIT
        if group and (alone or full):
            yield group
            group, size = [], 0
        group.append(one)
        size += one.size
        if alone:
            yield group
            group, size = [], 0
    if group:
        yield group


def _came(line: Line, folder: Folder, group: Sequence[Headline], at: datetime) -> list[Came]:
    """The mails of a group, each under the digest of its bytes; what cannot be had is set aside under its number."""
    broke = _broke.setdefault(folder.pk, {})
    wanted = [one.uid for one in group if one.size <= LARGEST and broke.get(one.uid, 0) < CHANCES]
    try:
        raws = _asked(line, wanted)
    except ServerAway:
        for uid in wanted:
            broke[uid] = broke.get(uid, 0) + 1
        raise
    came = []
    for one in group:
        raw, aside = raws.get(one.uid), ""
        if broke.pop(one.uid, 0) >= CHANCES:
            aside = LINE_BROKE
        elif one.size > LARGEST or (raw is not None and len(raw) > LARGEST):
            raw, aside = _head(line, one.uid), TOO_LARGE
        elif raw is None and one.uid in raws:
            raw, aside = _head(line, one.uid), NOT_HANDED_OVER
        elif raw is None:
            continue  # somebody deleted it in this very moment
        number = f"{folder.mailbox_id}/{folder.role}/{folder.uid_validity}/{one.uid}"
        known_by = number if aside else sha256(raw or b"").hexdigest()
        came.append(Came(known_by, raw or b"", min(one.came_at or at, at), aside))
    return came


def _asked(line: Line, uids: Sequence[int]) -> dict[int, bytes | None]:
    """The bytes of these mails; None for one the server cannot hand over, which must not stop the rest."""
    if not uids:
        return {}
    try:
        return dict(line.raw(uids))
    except AnswersOddly:
        if len(uids) == 1:
            return {uids[0]: None}
    found: dict[int, bytes | None] = {}
    for uid in uids:
        found.update(_asked(line, [uid]))
    return found


def _head(line: Line, uid: int) -> bytes:
    try:
        return line.head(uid, LONGEST_HEAD)
    except AnswersOddly:
        return b""


def _named(came: Sequence[Came]) -> list[Came]:
    """The same under the names they are kept by: keyed digests, which say nothing to whoever holds no key."""
    with keys.scope():
        names = blind_indexes([one.channel_id for one in came], "mail")
    return [Came(name.hex(), one.raw, one.came_at, one.set_aside) for name, one in zip(names, came, strict=True)]

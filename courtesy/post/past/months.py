"""The past of a mailbox that is connected: its last months, what came and what was sent, as `PastLetter`s.

Nothing in the mailbox is touched, and how far it is read otherwise is not changed: a mail that comes by the ordinary
way too is known by its bytes.
"""

from datetime import date, timedelta

from courtesy.post.channels.email import imap
from courtesy.post.channels.email.imap import AnswersOddly, Headline, Line, NoSuchFolder, ServerAway
from courtesy.post.channels.email.reading import AT_ONCE, LONGEST_HEAD, handfuls
from courtesy.post.models import Mailbox
from courtesy.post.past.letters import LARGEST, Letters, PastLetter, Unreadable, Why

FRESH_LINES = 5
"""So often a line that broke is followed by another; after that the server is away."""


def first_day(months: int, *, today: date) -> date:
    """The day with which the last so many months begin.

    >>> first_day(12, today=date(2026, 11, 25))
    datetime.date(2025, 11, 25)
    """
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, 28))


def letters(mailbox: Mailbox, *, since: date) -> Letters:
    """All mails from this day on, folder by folder, oldest first. Raises the `imap.Trouble`."""
    done: dict[str, int] = {}
    number, broken = 0, 0
    while True:
        try:
            with imap.connect(imap.access_to(mailbox)) as line:
                for letter in _over(line, since, done):
                    number += 1
                    broken = 0
                    yield _numbered(letter, number)
            return
        except ServerAway:
            broken += 1
            if broken > FRESH_LINES:
                raise


def _over(line: Line, since: date, done: dict[str, int]) -> Letters:
    for name, sent in line.folders_of_the_past():
        try:
            line.examine(name)
        except NoSuchFolder:
            continue
        # The day before, since the server's day may not be ours.
        uids = line.numbers(after=done.get(name, 0), since=since - timedelta(days=1))
        for start in range(0, len(uids), AT_ONCE):
            for group in handfuls(line.headlines(uids[start : start + AT_ONCE])):
                yield from _fetched(line, group, sent)
                done[name] = group[-1].uid


def _fetched(line: Line, group: list[Headline], sent: bool | None) -> Letters:
    wanted = [one.uid for one in group if one.size <= LARGEST]
    raws: dict[int, bytes] = {}
    try:
        raws = line.raw(wanted) if wanted else {}
    except AnswersOddly:
        for uid in wanted:
            try:
                raws |= line.raw([uid])
            except AnswersOddly:
                continue
    for one in group:
        raw = raws.get(one.uid)
        if one.size > LARGEST:
            yield Unreadable(0, Why.TOO_LARGE, line.head(one.uid, LONGEST_HEAD))
        elif raw is None:
            yield Unreadable(0, Why.NOT_HANDED_OVER)
        else:
            yield PastLetter(0, raw, came_at=one.came_at, from_sent=sent)


def _numbered(letter: PastLetter | Unreadable, number: int) -> PastLetter | Unreadable:
    if isinstance(letter, PastLetter):
        return PastLetter(number, letter.raw, letter.came_at, from_sent=letter.from_sent)
    return Unreadable(number, letter.why, letter.raw)

"""Brings what is new in a mailbox into the house, and writes down how it went and when to try again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from courtesy.jobs.actions import changed
from courtesy.jobs.moments import moment
from courtesy.post.channels.email import imap
from courtesy.post.channels.email.imap import Line, Trouble
from courtesy.post.channels.email.reading import BrokeAtMail, Reading
from courtesy.post.models import Folder, Mailbox
from courtesy.privacy.keys import KeyGone

AT_ONCE_AGAIN = 2
"""How often a line that broke at a mail is followed by another at once, where not even one mail was handed over."""


@dataclass(frozen=True)
class Fetched:
    """How many mails were new, known already, and new in the folder of sent mail; ``problem`` is a `Trouble`'s."""

    new: int = 0
    known: int = 0
    sent: int = 0
    problem: str = ""


def fetch(mailbox: Mailbox, *, at: datetime) -> Fetched:
    """Bring in what is new in the mailbox's inbox and folder of sent mail, and write down how it went.

    Nothing is raised for what the server does: `Fetched.problem` and `Mailbox.problem` say it.
    """
    reading = Reading(mailbox, at)
    in_vain = 0
    while True:
        try:
            with imap.connect(imap.access_to(mailbox)) as line:
                moment("fetch: connected")
                problem = reading.both_folders(line)
        except KeyGone:
            return Fetched()  # the mailbox was removed
        except BrokeAtMail as broke:
            in_vain = 0 if broke.handed else in_vain + 1
            if in_vain <= AT_ONCE_AGAIN:
                continue
            return _noted(reading, broke.problem, answered=False)
        except Trouble as trouble:
            return _noted(reading, trouble.problem, answered=False)
        return _noted(reading, problem, answered=True)


def read(line: Line, mailbox: Mailbox, *, at: datetime) -> Fetched:
    """The same over a line that is open already and stays open, looking into the inbox.

    Raises the Trouble, and then has written nothing down.
    """
    reading = Reading(mailbox, at)
    return _noted(reading, reading.both_folders(line), answered=True)


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
    times in the first hour and then rarely, since too many wrong tries lock an account.
    """
    tried, since = mailbox.last_tried_at, mailbox.problem_since
    if not mailbox.problem or mailbox.problem == imap.QuotaFull.problem or tried is None or since is None:
        return None
    shortest, longest = timedelta(minutes=1), timedelta(minutes=15)
    if mailbox.problem == imap.PasswordRefused.problem:
        shortest, longest = timedelta(minutes=15), timedelta(hours=4)
    return tried + min(max(tried - since, shortest), longest)


def _noted(reading: Reading, problem: str, *, answered: bool) -> Fetched:
    news = bool(reading.new or reading.sent)
    note(reading.mailbox.pk, problem=problem, answered=answered, news=news, at=reading.at)
    return Fetched(reading.new, reading.known, reading.sent, problem)

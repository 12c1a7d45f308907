"""Tries settings of a mailbox out, step by step: reads its newest mail, leaving no trace, and sends it one letter.

The worker does it beside its other work, since a server may take its time; the page shows each step as it is written.
"""

import json
import logging
import smtplib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from threading import Event
from typing import Any, Literal
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from courtesy.jobs.actions import changed
from courtesy.post import mailboxes, mime, probing, smtp
from courtesy.post.channels.email import imap
from courtesy.post.mailboxes import Given
from courtesy.post.models import Trial
from courtesy.post.queries import is_this_machine
from courtesy.privacy import keys
from courtesy.staff import queries as staff
from courtesy.staff.actions import NotAllowed
from courtesy.staff.models import Colleague

LASTS = timedelta(hours=1)
"""A trial is forgotten after it, and the password in it."""
LEASE = timedelta(minutes=3)
COMES_BACK_WITHIN = 12.0
"""Seconds that the letter to oneself is waited for; many servers need less than three."""

BEGINNING_OF_MAIL = date(1980, 1, 1)

log = logging.getLogger("courtesy.post.trying")

How = Literal["now", "done", "failed", "odd", "left out"]


@dataclass(frozen=True)
class Step:
    """One thing that was tried. ``problem`` is a class of `post.troubles`; facts are numbers and times, no words."""

    name: Literal[
        "reach", "sign in", "newest", "sent folder", "smtp reach", "smtp sign in", "address", "letter", "back"
    ]
    how: How
    problem: str = ""
    size: int = 0
    at: str = ""
    seconds: int = 0


@dataclass(frozen=True)
class Seen:
    """A trial as its page shows it. ``reads`` and ``sends``: whether that much of it went well."""

    trial_id: UUID
    given: Given
    mailbox_id: UUID | None
    sends_one: bool
    steps: list[Step]
    is_over: bool
    reads: bool
    sends: bool

    @property
    def failed(self) -> Step | None:
        """The step at which it ended badly."""
        return next((step for step in self.steps if step.how == "failed"), None)


class NoSuchTrial(LookupError):
    """There is no trial of this number, or it is forgotten."""


class Failed(Exception):
    """A step did not go well, and what comes after it makes no sense."""

    def __init__(self, problem: str, *, told: bool = False) -> None:
        super().__init__(problem)
        self.problem, self.told = problem, told


def try_out(*, given: Given, sends_one: bool, by: Colleague, at: datetime, mailbox_id: UUID | None = None) -> Trial:
    """Ask for these settings to be tried out; the worker begins within a second.

    ``sends_one``: one letter from the mailbox to itself too; while "Courtesy may send" is off, only an owner can ask
    for that. With ``mailbox_id``, an empty secret is the one this mailbox has. Raises NotAllowed, NoSuchMailbox,
    Unusable, SecretNeeded.
    """
    if not by.may("manage") or (sends_one and not (staff.shop().may_send or by.may("own"))):
        raise NotAllowed
    made = mailboxes.checked(given)
    if mailbox_id is not None:
        row = mailboxes.mailbox(mailbox_id)
        made = mailboxes.completed(row, replace(made, address=row.address))
    if not made.secret:
        raise mailboxes.SecretNeeded
    pk = uuid4()
    key_id = keys.new(holder=pk, at=at)
    with transaction.atomic():
        return Trial.objects.create(
            pk=pk,
            given=json.dumps(asdict(made)),
            key_id=key_id,
            mailbox_id=mailbox_id,
            sends_one=sends_one and bool(made.smtp_host),
            begun_at=at,
        )


def seen(trial_id: UUID | str) -> Seen:
    """How far a trial is. Raises NoSuchTrial."""
    trial = Trial.objects.filter(pk=trial_id).first()
    if trial is None:
        raise NoSuchTrial
    steps = [Step(**step) for step in trial.steps]
    went = {step.name: step.how for step in steps}
    return Seen(
        trial_id=trial.pk,
        given=Given(**json.loads(trial.given)),
        mailbox_id=trial.mailbox_id,
        sends_one=trial.sends_one,
        steps=steps,
        is_over=trial.ended_at is not None,
        reads=went.get("newest") == "done",
        sends=went.get("address") == "done" and went.get("letter", "done") != "failed",
    )


def forget(trial_id: UUID, *, at: datetime) -> None:
    """What was tried is connected or given up: the password in it goes, and the key that could open it."""
    Trial.objects.filter(pk=trial_id).delete()
    keys.destroy(trial_id, at=at)


def try_due(*, at: datetime) -> int:
    """Carry out what waits to be tried, one after the other; how many. On schedule; forgets what is old."""
    old = Trial.objects.filter(Q(begun_at__lt=at - LASTS) | Q(begun_at__gt=at + LASTS))
    for trial_id in list(old.values_list("pk", flat=True)):
        forget(trial_id, at=at)
    count = 0
    while (trial := _claimed(at)) is not None:
        count += 1
        with keys.scope():
            _Run(trial).carry_out()
    return count


def _claimed(at: datetime) -> Trial | None:
    free = Q(claimed_until=None) | Q(claimed_until__lte=at)
    for trial in Trial.objects.filter(free, ended_at=None).order_by("begun_at")[:5]:
        if Trial.objects.filter(free, pk=trial.pk, ended_at=None).update(claimed_until=at + LEASE, steps=[]):
            trial.steps = []
            return trial
    return None


class _Run:
    """One trial, from its first step to its last; each step is written as it begins and as it ends."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.given = Given(**json.loads(trial.given))
        self.steps: list[Step] = []

    def carry_out(self) -> None:
        for part in (self._read, self._send):
            with suppress(Failed):
                part()
        with transaction.atomic():
            Trial.objects.filter(pk=self.trial.pk).update(ended_at=timezone.now(), claimed_until=None)
            changed("trial", str(self.trial.pk))

    def _read(self) -> None:
        host, port, tls = self.given.imap_host, self.given.imap_port, self.given.imap_tls
        with self._step("reach"):
            self._reach(host, port)
        closer = partial(probing.closer, host=host, port=port, tls=tls, way="imap")
        with self._step("sign in", closer), self._line() as line:
            self._note("sign in", how="done")
            with self._step("newest") as found:
                found.update(_newest(line))
            with self._step("sent folder") as found:
                if not line.sent_folder():
                    found.update(how="odd", problem="no sent folder")

    def _send(self) -> None:
        server = smtp.server_of(self.given.row())
        if server is None:
            return
        with self._step("smtp reach"):
            self._reach(server.host, server.port)
        closer = partial(probing.closer, host=server.host, port=server.port, tls=self.given.smtp_tls, way="smtp")
        mail_id = mime.new_message_id(server.sender)
        with self._step("smtp sign in", closer), smtp.line_to(server) as line:
            self._note("smtp sign in", how="done")
            with self._step("address"):
                _asked(line.mail(server.sender), "sender refused")
                _asked(line.rcpt(server.sender), "address refused")
            if not self.trial.sends_one:
                self._note("letter", how="left out")
                return
            with self._step("letter"):
                _asked(_data(line, _letter(self.given, mail_id)), "text refused")
        if any(step.name == "newest" and step.how == "done" for step in self.steps):
            with self._step("back") as found:
                found.update(self._comes_back(mail_id))

    def _reach(self, host: str, port: int) -> None:
        if staff.shop().is_sample and not is_this_machine(host):
            raise Failed("sample shop")
        if problem := probing.reach(host, port):
            raise Failed(problem)

    def _line(self) -> Any:
        given = self.given
        return imap.connect(
            imap.Access(given.imap_host, given.imap_port, given.imap_tls, user=given.user, secret=given.secret)
        )

    def _comes_back(self, mail_id: str) -> dict[str, Any]:
        """Wait for the letter in the inbox."""
        began, still = time.monotonic(), Event()
        with self._line() as line:
            line.examine("INBOX")
            while not line.holds(mail_id):
                if time.monotonic() - began > COMES_BACK_WITHIN:
                    return {"how": "odd"}
                line.listen(seconds=1, stop=still)
        return {"seconds": max(1, round(time.monotonic() - began))}

    @contextmanager
    def _step(self, name: str, closer: Callable[[str], str] = str) -> Iterator[dict[str, Any]]:
        """One step; what goes wrong in it is written down by class, and ends this part. Raises Failed."""
        self._note(name, how="now")
        found: dict[str, Any] = {}
        try:
            yield found
        except Failed as trouble:
            if trouble.told:
                raise  # it belongs to a step within this one, which went well
            problem = trouble.problem
        except imap.Trouble as trouble:
            problem = closer(trouble.problem)
        except smtp.Trouble as trouble:
            problem = closer(trouble.problem)
        except (smtplib.SMTPException, OSError):
            problem = "hung up"
        except Exception:
            log.exception("a trial broke off")
            problem = "answers oddly"
        else:
            self._note(name, **{"how": "done", **found})
            return
        self._note(name, how="failed", problem=problem)
        raise Failed(problem, told=True)

    def _note(self, name: str, **found: Any) -> None:
        step = Step(name=name, **found)  # type: ignore[arg-type]
        self.steps = [one for one in self.steps if one.name != name] if step.how == "now" else self.steps
        places = [place for place, one in enumerate(self.steps) if one.name == name]
        if places:
            self.steps[places[0]] = step
        else:
            self.steps.append(step)
        with transaction.atomic():
            Trial.objects.filter(pk=self.trial.pk).update(steps=[asdict(one) for one in self.steps])
            changed("trial", str(self.trial.pk))


def _newest(line: imap.Line) -> dict[str, Any]:
    """Read the newest mail of the inbox whole, and leave it unread; its size and when it came."""
    _, next_uid = line.state_of("INBOX")
    line.examine("INBOX")
    uids = line.numbers(after=max(next_uid - 500, 0), since=BEGINNING_OF_MAIL)
    uids = uids or line.numbers(after=0, since=BEGINNING_OF_MAIL)
    if not uids:
        return {}
    headline = line.headlines(uids[-1:])
    raw = line.raw(uids[-1:]).get(uids[-1], b"")
    came_at = headline[0].came_at if headline else None
    return {"size": len(raw), "at": came_at.isoformat() if came_at else ""}


def _letter(given: Given, mail_id: str) -> bytes:
    return mime.finished(
        mail_from=mime.sender(staff.shop().name, given.address),
        to=given.address,
        subject=_("Courtesy was here"),
        body=_("This letter went from your mailbox to itself, because somebody tried it out. You can delete it."),
        message_id=mail_id,
        at=timezone.now(),
        automatic=True,
        sort="trial",
    )


def _data(line: smtplib.SMTP, content: bytes) -> tuple[int, bytes]:
    try:
        return line.data(content)
    except smtplib.SMTPDataError as refusal:
        return refusal.smtp_code, b""


def _asked(answer: tuple[int, bytes], refusal: str) -> None:
    """Raises Failed where the server did not say yes."""
    if not 200 <= answer[0] < 300:
        raise Failed(refusal if answer[0] >= 500 else "come back later")

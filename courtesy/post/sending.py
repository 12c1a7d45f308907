"""What waits leaves by its mail server. With `post.smtp`, one of the few modules through which data leave this machine.

For each letter: claim it, ask the server for sender and recipients, write "sending" down, let the text go, and write
"sent" after the server's 250. Nothing is sent twice by itself: what was interrupted in between is "unsure".
"""

import logging
import smtplib
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from courtesy.jobs.actions import changed
from courtesy.jobs.moments import moment
from courtesy.post import mailboxes, outbox, smtp
from courtesy.post.models import Mailbox, MailServer, Outgoing
from courtesy.post.smtp import Server, Trouble
from courtesy.privacy import keys
from courtesy.privacy.keys import KeyGone
from courtesy.staff import queries as staff

logger = logging.getLogger(__name__)

AT_ONCE = 50
"""Letters a turn, so that the worker comes back to its other work."""

TEXT_PATIENCE = 45.0
"""Seconds for the text to be taken, and one more for each SLOWEST bytes of it: a line may be slow, files large."""
SLOWEST = 100_000

PATIENT_TRIES = 3
"""So often a letter waits because one of its further recipients shall come back later; then it goes to the others."""


@dataclass(frozen=True)
class Way:
    """The way something leaves: by a mailbox's server, or (no mailbox) by that of the settings."""

    mailbox_id: UUID | None
    server: Server | None
    why_not: str = ""

    @property
    def name(self) -> str:
        """What `MailServer` calls it."""
        return mailboxes.server_name(self.mailbox_id)


def ways() -> list[Way]:
    """Every way out that is named, the mailboxes first. Raises nothing: what is wrong with one stands in it."""
    found = [_of_mailbox(row) for row in mailboxes.connected() if row.smtp_host]
    return [*found, _of_settings()] if settings.COURTESY.smtp_url else found


def why_nothing_leaves(at: datetime) -> str:
    """ "switched off", "no mail server", "sample shop", "mail server trouble", or empty when letters leave."""
    shop = staff.shop()
    if not shop.may_send:
        return "switched off"
    with keys.scope():
        there = ways()
    if not there:
        return "no mail server"
    may = [way for way in there if not (shop.is_sample and way.server and not way.server.is_here)]
    if not may:
        return "sample shop"
    return "mail server trouble" if all(_is_closed(way, at) for way in may) else ""


def send_due(*, at: datetime) -> int:
    """Let everything leave that may leave now, in order; how many the servers took.

    While "Courtesy may send" is off, no server is set or the server is in trouble, everything waits where it is. A
    server in trouble holds up only what leaves by it.
    """
    began = time.monotonic()

    def now() -> datetime:
        return at + timedelta(seconds=time.monotonic() - began)

    outbox.look_after_interrupted(at=at, at_start=_is_first_turn())
    outbox.hold_old(at=at)
    due = set(Outgoing.objects.due(at).order_by().values_list("mailbox", flat=True).distinct())
    if not due:
        return 0
    shop = staff.shop()
    if not shop.may_send:
        return 0
    with keys.scope():
        there = {way.mailbox_id: way for way in ways()}
    took, broke = 0, None
    for mailbox_id in sorted(due, key=str):
        way = there.get(mailbox_id)
        try:
            if way is None:
                _left_without_a_way(mailbox_id, at, now)
            elif not (shop.is_sample and way.server and not way.server.is_here) and not _is_closed(way, at):
                took += _send_by(way, at, now)
        except Exception as fault:
            broke = fault  # a fault of ours at one mailbox keeps nothing from leaving by the others
    if broke is not None:
        raise broke
    return took


def _of_mailbox(row: Mailbox) -> Way:
    try:
        return Way(row.pk, smtp.server_of(row))
    except KeyGone:
        return Way(row.pk, None, "no key")


def _of_settings() -> Way:
    try:
        return Way(None, smtp.server_from(settings.COURTESY.smtp_url, mail_from=settings.COURTESY.mail_from))
    except smtp.BadMailServer:
        return Way(None, None, "not understood")


def _left_without_a_way(mailbox_id: UUID | None, at: datetime, now: Callable[[], datetime]) -> None:
    """Their mailbox was removed, and their bytes name it as the sender: a person has to look. One that is only read
    now says so."""
    if mailbox_id is None:
        return
    if Mailbox.objects.filter(pk=mailbox_id, removed_at=None).exists():
        only_read = Way(mailbox_id, None)
        if not _is_closed(only_read, at):
            _close(only_read, Trouble("only read"), now())
        return
    while (outgoing := outbox.claim_next(at=now(), mailbox_id=mailbox_id)) is not None:
        outbox.refused(outgoing, problem="its mailbox was removed", at=now())


def _send_by(way: Way, at: datetime, now: Callable[[], datetime]) -> int:
    took = 0
    try:
        if way.server is None:
            raise Trouble(way.why_not)
        with smtp.line_to(way.server) as line:
            for _ in range(AT_ONCE):
                outgoing = outbox.claim_next(at=at, mailbox_id=way.mailbox_id)
                if outgoing is None:
                    break
                moment("leave: claimed")
                took += _leave(line, way.server.sender, outgoing, now)
        _opened(way)
    except Trouble as trouble:
        _close(way, trouble, now())
    return took


def _is_first_turn() -> bool:
    """True once a process, where one worker is all there is: what is half-way then was left so by a dead one.

    (Should the other still live, its claim lets it say "sent" all the same.)
    """
    if connection.vendor != "sqlite" or _turns:
        return False
    _turns.append(1)
    return True


_turns: list[int] = []


def _leave(line: smtplib.SMTP, sender: str, outgoing: Outgoing, now: Callable[[], datetime]) -> bool:
    """One letter, from its claim to its end; True if the server has it. Raises Trouble, and the letter waits."""
    try:
        with keys.scope():
            people, content = [str(outgoing.to), *str(outgoing.also_to).split()], bytes(outgoing.content)
    except KeyGone:
        outbox.refused(outgoing, problem="its key is gone", at=now())
        return False
    try:
        ready, missing = _announced(line, sender, outgoing, people, now)
    except (smtplib.SMTPException, OSError, ValueError):
        # Once or twice it is the server; a letter at which it hangs up every time must not stop those behind it.
        next_try_at = now() + _wait(outgoing) if outgoing.attempts >= 2 else None
        outbox.later(outgoing, problem="the connection was lost", next_try_at=next_try_at, at=now())
        raise Trouble("hung up") from None
    if not ready:
        with suppress(smtplib.SMTPException, OSError):
            line.rset()
        return False
    return _travel(line, outgoing, content, missing, now)


def _announced(
    line: smtplib.SMTP, sender: str, outgoing: Outgoing, people: list[str], now: Callable[[], datetime]
) -> tuple[bool, str]:
    """MAIL and RCPT, then "sending" written down; False if this letter does not go now, and to whom it does not go."""
    code, _ = line.mail(sender)
    if code != 250:
        outbox.later(outgoing, problem=f"our sender was refused ({code})", next_try_at=None, at=now())
        raise Trouble("sender refused", code)
    refused = []
    for number, address in enumerate(people):
        code, _ = line.rcpt(address)
        if code == 421:
            raise smtplib.SMTPServerDisconnected("the server closes")
        if code in {250, 251}:
            continue
        if number == 0 and code >= 500:
            outbox.refused(outgoing, problem=f"the address was refused ({code})", at=now())
            return False, ""
        if code < 500 and (number == 0 or outgoing.attempts < PATIENT_TRIES):
            _try_later(outgoing, code, now())
            return False, ""
        refused.append(code)
    moment("leave: recipient taken")
    missing = f"{len(refused)} of {len(people) - 1} further addresses refused ({refused[0]})" if refused else ""
    return outbox.begin(outgoing, at=now()), missing


def _travel(line: smtplib.SMTP, outgoing: Outgoing, content: bytes, missing: str, now: Callable[[], datetime]) -> bool:
    """The text itself. From here only the server's own word tells where the letter is."""
    moment("leave: before data")
    try:
        # Python counts this time for the whole text and not for each piece of it.
        if line.sock is not None:
            line.sock.settimeout(TEXT_PATIENCE + len(content) / SLOWEST)
        code, _ = line.data(content)
    except smtplib.SMTPDataError as refusal:
        code = refusal.smtp_code
    except (smtplib.SMTPException, OSError) as trouble:
        outbox.unsure(outgoing, problem=f"the connection was lost ({type(trouble).__name__})", at=now())
        raise Trouble("hung up") from None
    moment("leave: after data")
    if code == 250:
        done = outbox.sent(outgoing, at=now(), problem=missing)
        moment("leave: sent committed")
        return done
    if code >= 500:
        outbox.refused(outgoing, problem=f"the text was refused ({code})", at=now())
    else:
        _try_later(outgoing, code, now())
    return False


def _try_later(outgoing: Outgoing, code: int, at: datetime) -> None:
    problem = f"the mail server asks us to come back ({code})"
    outbox.later(outgoing, problem=problem, next_try_at=at + _wait(outgoing), at=at)


def _wait(outgoing: Outgoing) -> timedelta:
    return timedelta(minutes=min(2 ** min(outgoing.attempts, 6), 60))


def _is_closed(way: Way, at: datetime) -> bool:
    server = MailServer.objects.filter(pk=way.name, failures__gt=0).first()
    # A time further away than any we set is a clock that was set back.
    return bool(server and server.closed_until and at < server.closed_until <= at + timedelta(minutes=10))


def _close(way: Way, trouble: Trouble, at: datetime) -> None:
    """Leave the server in peace for a while: a few seconds at first, at most five minutes."""
    logger.warning("letters wait: %s", trouble)
    with transaction.atomic():
        server, _ = MailServer.objects.select_for_update().get_or_create(pk=way.name)
        server.since = server.since or at
        server.failures += 1
        server.closed_until = at + timedelta(seconds=min(5 * 2 ** min(server.failures - 1, 6), 300))
        server.problem = trouble.problem[:80]
        server.save()
        changed("outbox")


def _opened(way: Way) -> None:
    if MailServer.objects.filter(pk=way.name).delete()[0]:
        changed("outbox")

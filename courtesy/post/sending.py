"""The door to the mail server. One of the few modules through which data leave this machine.

For each letter: claim it, ask the server for sender and recipient, write "sending" down, let the text go, and write
"sent" after the server's 250. Nothing is sent twice by itself: what was interrupted in between is "unsure".
"""

import logging
import smtplib
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.db import connection, transaction

from courtesy.jobs.actions import changed
from courtesy.jobs.moments import moment
from courtesy.post import outbox
from courtesy.post.models import MailServer, Outgoing
from courtesy.post.queries import is_on_this_machine
from courtesy.privacy import keys
from courtesy.privacy.keys import KeyGone
from courtesy.staff import queries as staff

logger = logging.getLogger(__name__)

PATIENCE = 30.0
"""Seconds the server may take for one answer. A whole conversation stays well within an `outbox.LEASE`."""

AT_ONCE = 50
"""Letters a turn, so that the worker comes back to its other work."""


class BadMailServer(ValueError):
    """COURTESY_SMTP_URL cannot be understood; the text says what to write instead."""


@dataclass(frozen=True)
class Server:
    """Where letters leave by."""

    host: str
    port: int
    tls: str
    user: str
    password: str

    def __repr__(self) -> str:
        return f"Server({self.host}:{self.port}, {self.tls or 'no TLS'}, [REDACTED])"


class _ServerTrouble(Exception):
    """The server cannot be used at the moment; its text is fit to be shown."""


def server_from(url: str) -> Server | None:
    """The server of ``smtp://user:password@host:port`` or ``smtps://…``; None where none is set.

    ``smtp://`` speaks TLS if the server offers it, and must when a password is sent or ``?starttls=must`` is added;
    ``?starttls=never`` is for a server on this machine. Raises BadMailServer.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadMailServer("COURTESY_SMTP_URL has no usable port; write smtp://host:587.") from None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise BadMailServer("COURTESY_SMTP_URL must look like smtp://user:password@host:587 or smtps://host.")
    wish = parse_qs(parts.query).get("starttls", ["must" if parts.username else "offered"])[0]
    if wish not in {"must", "offered", "never"}:
        raise BadMailServer("In COURTESY_SMTP_URL, starttls is must, offered or never.")
    tls = "at once" if parts.scheme == "smtps" else wish
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(parts.hostname, port or (465 if tls == "at once" else 587 if user else 25), tls, user, password)


def why_nothing_leaves(at: datetime) -> str:
    """ "switched off", "no mail server", "sample shop", "mail server trouble", or empty when letters leave."""
    shop = staff.shop()
    if not shop.may_send:
        return "switched off"
    if not settings.COURTESY.smtp_url:
        return "no mail server"
    if shop.is_sample and not is_on_this_machine(settings.COURTESY.smtp_url):
        return "sample shop"
    return "mail server trouble" if _closed(at) else ""


def send_due(*, at: datetime) -> int:
    """Let everything leave that may leave now, in order; how many the server took.

    While "Courtesy may send" is off, no server is set or the server is in trouble, everything waits where it is.
    """
    began = time.monotonic()

    def now() -> datetime:
        return at + timedelta(seconds=time.monotonic() - began)

    outbox.look_after_interrupted(at=at, at_start=_is_first_turn())
    outbox.hold_old(at=at)
    if why_nothing_leaves(at) or not Outgoing.objects.due(at).exists():
        return 0
    took = 0
    try:
        with _connection() as server:
            for _ in range(AT_ONCE):
                outgoing = outbox.claim_next(at=at)
                if outgoing is None:
                    break
                moment("leave: claimed")
                took += _leave(server, outgoing, now)
        _opened()
    except _ServerTrouble as trouble:
        _close(str(trouble), now())
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


@contextmanager
def _connection() -> Iterator[smtplib.SMTP]:
    try:
        wanted = server_from(settings.COURTESY.smtp_url)
    except BadMailServer:
        raise _ServerTrouble("the address of the mail server cannot be understood") from None
    if wanted is None:
        raise _ServerTrouble("no mail server is set")
    try:
        server = _open(wanted)
    except smtplib.SMTPAuthenticationError as refusal:
        raise _ServerTrouble(f"the mail server refused our password ({refusal.smtp_code})") from None
    except smtplib.SMTPResponseException as refusal:
        raise _ServerTrouble(f"the mail server did not greet us ({refusal.smtp_code})") from None
    except (smtplib.SMTPException, OSError, ValueError) as trouble:
        raise _ServerTrouble(f"the mail server cannot be reached ({type(trouble).__name__})") from None
    try:
        yield server
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _open(wanted: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    server: smtplib.SMTP
    # By our mail domain: else smtplib asks the network for this machine's name, and every customer could read it.
    we = parseaddr(settings.COURTESY.mail_from)[1].rpartition("@")[2] or "localhost"
    if wanted.tls == "at once":
        server = smtplib.SMTP_SSL(wanted.host, wanted.port, we, timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(wanted.host, wanted.port, we, timeout=PATIENCE)
    try:
        server.ehlo_or_helo_if_needed()
        if wanted.tls == "must" or (wanted.tls == "offered" and server.has_extn("starttls")):
            server.starttls(context=context)
            server.ehlo()
        if wanted.user:
            server.login(wanted.user, wanted.password)
    except BaseException:
        server.close()
        raise
    return server


def _leave(server: smtplib.SMTP, outgoing: Outgoing, now: Callable[[], datetime]) -> bool:
    """One letter, from its claim to its end; True if the server has it. Raises _ServerTrouble, and the letter waits."""
    try:
        with keys.scope():
            to, content = str(outgoing.to), bytes(outgoing.content)
    except KeyGone:
        outbox.refused(outgoing, problem="its key is gone", at=now())
        return False
    try:
        ready = _announced(server, outgoing, to, now)
    except (smtplib.SMTPException, OSError) as trouble:
        # Once or twice it is the server; a letter at which it hangs up every time must not stop those behind it.
        next_try_at = now() + _wait(outgoing) if outgoing.attempts >= 2 else None
        outbox.later(outgoing, problem="the connection was lost", next_try_at=next_try_at, at=now())
        raise _ServerTrouble(f"the mail server hung up ({type(trouble).__name__})") from None
    if not ready:
        with suppress(smtplib.SMTPException, OSError):
            server.rset()
        return False
    return _travel(server, outgoing, content, now)


def _announced(server: smtplib.SMTP, outgoing: Outgoing, to: str, now: Callable[[], datetime]) -> bool:
    """MAIL and RCPT, then "sending" written down; False if this letter does not go now."""
    sender = parseaddr(settings.COURTESY.mail_from)[1]
    code, _ = server.mail(sender)
    if code != 250:
        outbox.later(outgoing, problem=f"our sender was refused ({code})", next_try_at=None, at=now())
        raise _ServerTrouble(f"the mail server refuses our sender address ({code})")
    code, _ = server.rcpt(to)
    if code == 421:
        raise smtplib.SMTPServerDisconnected("the server closes")
    if code >= 500:
        outbox.refused(outgoing, problem=f"the address was refused ({code})", at=now())
        return False
    if code not in {250, 251}:
        _try_later(outgoing, code, now())
        return False
    moment("leave: recipient taken")
    return outbox.begin(outgoing, at=now())


def _travel(server: smtplib.SMTP, outgoing: Outgoing, content: bytes, now: Callable[[], datetime]) -> bool:
    """The text itself. From here only the server's own word tells where the letter is."""
    moment("leave: before data")
    try:
        code, _ = server.data(content)
    except smtplib.SMTPDataError as refusal:
        code = refusal.smtp_code
    except (smtplib.SMTPException, OSError) as trouble:
        outbox.unsure(outgoing, problem=f"the connection was lost ({type(trouble).__name__})", at=now())
        raise _ServerTrouble(f"the mail server hung up ({type(trouble).__name__})") from None
    moment("leave: after data")
    if code == 250:
        done = outbox.sent(outgoing, at=now())
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


def _closed(at: datetime) -> bool:
    server = MailServer.objects.filter(failures__gt=0).first()
    # A time further away than any we set is a clock that was set back.
    return bool(server and server.closed_until and at < server.closed_until <= at + timedelta(minutes=10))


def _close(problem: str, at: datetime) -> None:
    """Leave the server in peace for a while: a few seconds at first, at most five minutes."""
    logger.warning("letters wait: %s", problem)
    with transaction.atomic():
        server, _ = MailServer.objects.select_for_update().get_or_create(pk=MailServer.OF_THE_SETTINGS)
        server.since = server.since or at
        server.failures += 1
        server.closed_until = at + timedelta(seconds=min(5 * 2 ** min(server.failures - 1, 6), 300))
        server.problem = problem[:80]
        server.save()
        changed("outbox")


def _opened() -> None:
    reset = MailServer.objects.filter(pk=MailServer.OF_THE_SETTINGS, failures__gt=0).update(
        failures=0, closed_until=None, problem="", since=None
    )
    if reset:
        changed("outbox")

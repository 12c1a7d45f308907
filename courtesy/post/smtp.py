"""The door to a mail server: a line to it, closed to others, or why there is none. `post.sending` says what goes there.

What may go wrong comes as a `Trouble` whose ``problem`` is a class of `post.troubles`, never an address.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from courtesy.post.models import Mailbox, Tls
from courtesy.post.queries import is_this_machine

PATIENCE = 30.0
"""Seconds the server may take for one answer. A whole conversation stays well within an `outbox.LEASE`."""


class BadMailServer(ValueError):
    """The address of a mail server in the settings cannot be understood; the text says what to write instead."""


class Trouble(Exception):
    """The server cannot be used now; ``problem`` is a class of `post.troubles`, ``code`` the server’s number."""

    def __init__(self, problem: str, code: int = 0) -> None:
        super().__init__(f"{problem} ({code})" if code else problem)
        self.problem, self.code = problem, code


@dataclass(frozen=True)
class Server:
    """Where letters leave by, and the address they leave from; ``tls`` is "at once", "must", "offered" or "never"."""

    host: str
    port: int
    tls: str
    user: str
    password: str = field(repr=False)
    sender: str = ""

    def __repr__(self) -> str:
        return f"Server({self.host}:{self.port}, {self.tls or 'no TLS'}, [REDACTED])"

    @property
    def is_here(self) -> bool:
        """Whether it is this very machine."""
        return is_this_machine(self.host)


def server_from(url: str, *, mail_from: str = "") -> Server | None:
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
    port = port or (465 if tls == "at once" else 587 if user else 25)
    return Server(parts.hostname, port, tls, user, password, parseaddr(mail_from)[1])


_OF_A_MAILBOX = {Tls.AT_ONCE: "at once", Tls.STARTTLS: "must", Tls.NEVER: "never"}


def server_of(mailbox: Mailbox) -> Server | None:
    """The server this mailbox sends by; None for one that is only read. Raises KeyGone."""
    if not mailbox.smtp_host:
        return None
    tls = _OF_A_MAILBOX[Tls(mailbox.smtp_tls)]
    return Server(mailbox.smtp_host, mailbox.smtp_port, tls, mailbox.user, mailbox.secret, mailbox.address)


@contextmanager
def line_to(wanted: Server) -> Iterator[smtplib.SMTP]:
    """A line to the server, signed in where it wants that, closed at the end. Raises Trouble."""
    server = opened(wanted)
    try:
        yield server
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def opened(wanted: Server) -> smtplib.SMTP:
    """A line to the server that its caller closes. Raises Trouble."""
    if wanted.tls == "never" and not wanted.is_here and wanted.password:
        raise Trouble("no TLS")
    try:
        return _open(wanted)
    except smtplib.SMTPAuthenticationError as refusal:
        # 454 and its kin: it could not look the password up just now.
        raise Trouble("server away" if refusal.smtp_code < 500 else "password refused", refusal.smtp_code) from None
    except smtplib.SMTPNotSupportedError:
        raise Trouble("no TLS") from None
    except smtplib.SMTPResponseException as refusal:
        # Minus one: what came is no answer of a mail server at all; most often it is the port for reading.
        oddly = refusal.smtp_code >= 500 or refusal.smtp_code < 0
        raise Trouble("answers oddly" if oddly else "server away", max(refusal.smtp_code, 0)) from None
    except ssl.SSLCertVerificationError:
        raise Trouble("certificate") from None
    except ssl.SSLEOFError:
        raise Trouble("server away") from None
    except ssl.SSLError:
        raise Trouble("answers oddly") from None  # most often a port that speaks without TLS
    except (OSError, smtplib.SMTPException):
        raise Trouble("server away") from None
    except ValueError:
        raise Trouble("password refused") from None  # letters that no mail server can be told


def _open(wanted: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    server: smtplib.SMTP
    # By our mail domain: else smtplib asks the network for this machine's name, and every customer could read it.
    we = wanted.sender.rpartition("@")[2] or "localhost"
    if wanted.tls == "at once":
        server = smtplib.SMTP_SSL(wanted.host, wanted.port, we, timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(wanted.host, wanted.port, we, timeout=PATIENCE)
    try:
        server.ehlo_or_helo_if_needed()
        if wanted.tls == "must" or (wanted.tls == "offered" and server.has_extn("starttls")):
            server.starttls(context=context)
            server.ehlo()
        # A server on this machine may know us without a password.
        if wanted.user and (wanted.tls != "never" or server.has_extn("auth")):
            server.login(wanted.user, wanted.password)
    except BaseException:
        server.close()
        raise
    return server

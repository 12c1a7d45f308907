"""The door to a mailbox's server: asks what is there and reads it, never marks, moves or deletes anything.

The words of the protocol are IMAPClient's; here is what we ask, and what may go wrong in a handful of classes:

    Trouble
    ├── PasswordRefused   "password refused"
    ├── ServerAway        "server away"
    ├── BadCertificate    "certificate"
    ├── NoTls             "no TLS"
    ├── NoSuchFolder      "no such folder"
    ├── QuotaFull         "quota"
    └── AnswersOddly      "answers oddly"
"""

import logging
import ssl
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from ipaddress import ip_address
from threading import Event
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import CapabilityError, IMAPClientAbortError, IMAPClientError, LoginError

from courtesy.post.channels.email.folders import past_among, sent_among
from courtesy.post.models import Mailbox, Tls
from courtesy.privacy import keys

log = logging.getLogger(__name__)
logging.getLogger("imapclient").setLevel(logging.WARNING)  # below that it would name who signs in

PATIENCE = 30.0
"""Seconds a server may take for one answer, and for the first. One that slept through our line is noticed after it."""

LISTENS = 5.0
"""Seconds of waiting for news in one piece: after them we see whether the computer slept, or somebody stops us."""

WINDOW = 50_000
"""Numbers that are asked for in one go, since an answer must fit on a line."""

NEARLY_FULL = 0.98
"""A mailbox that is so full will refuse the next mails of customers."""


class Trouble(Exception):
    """The mailbox cannot be read at the moment; ``problem`` is its class in words, never an address."""

    problem = "answers oddly"


class PasswordRefused(Trouble):
    """The server does not let us in with this name and password."""

    problem = "password refused"


class ServerAway(Trouble):
    """Nobody answers, or the line broke, or the server asks for patience."""

    problem = "server away"


class BadCertificate(Trouble):
    """Nobody vouches that this is the server: not a word of ours went to it."""

    problem = "certificate"


class NoTls(Trouble):
    """The line would be open to others: not a word of ours went over it."""

    problem = "no TLS"


class NoSuchFolder(Trouble):
    """The server knows no folder of this name."""

    problem = "no such folder"


class QuotaFull(Trouble):
    """The mailbox takes nothing more."""

    problem = "quota"


class AnswersOddly(Trouble):
    """The server said something nobody understands, or refused what every server grants."""

    problem = "answers oddly"


@dataclass(frozen=True)
class Access:
    """Where a mailbox is and how we get in; equal as long as nobody changed it."""

    host: str
    port: int
    tls: str
    user: str
    secret: str

    def __repr__(self) -> str:
        return f"Access({self.host}:{self.port}, [REDACTED])"


@dataclass(frozen=True)
class Headline:
    """One mail of a folder, before it is read."""

    uid: int
    size: int
    came_at: datetime | None


@dataclass
class Line:
    """A connection that is open and signed in. Everything it does may raise a `Trouble`."""

    client: Any
    selected: str = ""
    uid_validity: int = 0
    uid_next: int = 0
    sent_name: str = ""
    full_at: float = field(default=-1e9)
    was_full: bool = False
    read_until: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Folder → its state when it was last read to its end on this line; what `state_of` says when nothing is new."""

    def examine(self, name: str) -> int:
        """Look into a folder without touching it; its UIDVALIDITY. Raises NoSuchFolder."""
        if self.selected != name:
            self.selected = ""
            with _told(NoSuchFolder):
                answer = self.client.select_folder(name, readonly=True)
            with _told():
                self.uid_validity = int(answer.get(b"UIDVALIDITY", 0))
                self.uid_next = int(answer.get(b"UIDNEXT", 0))
            self.selected = name
        return self.uid_validity

    def state_of(self, name: str) -> tuple[int, int]:
        """UIDVALIDITY and UIDNEXT of a folder that need not be looked into. Raises NoSuchFolder."""
        with _told(NoSuchFolder):
            answer = self.client.folder_status(name, ["UIDVALIDITY", "UIDNEXT"])
            return int(answer[b"UIDVALIDITY"]), int(answer[b"UIDNEXT"])

    def sent_folder(self) -> str:
        """The name of the folder of sent mail: the one the server marks so, or one that is called so; else empty."""
        if not self.sent_name:
            with _told():
                there = [(flags, delimiter, str(name)) for flags, delimiter, name in self.client.list_folders()]
            self.sent_name = sent_among(there)
        return self.sent_name

    def folders_of_the_past(self) -> list[tuple[str, bool | None]]:
        """The folders that hold old mail, and whether it is sent mail: `folders.past_among`."""
        with _told():
            return past_among((flags, mark, str(name)) for flags, mark, name in self.client.list_folders())

    def numbers(self, *, after: int, since: date) -> list[int]:
        """The UIDs above ``after`` of what came on or after a day, in their order."""
        found: set[int] = set()
        first = after + 1
        while first + WINDOW < self.uid_next:
            found |= self._found(f"{first}:{first + WINDOW - 1}", since)
            first += WINDOW
        found |= self._found(f"{first}:*", since)
        return sorted(uid for uid in found if uid > after)  # "*" is the last mail, even where its number is smaller

    def _found(self, numbers: str, since: date) -> set[int]:
        with _told():
            return {int(uid) for uid in self.client.search([b"UID", numbers.encode(), b"SINCE", since])}

    def headlines(self, uids: Collection[int]) -> list[Headline]:
        """Size and date of these mails, in the order of their numbers; those gone meanwhile are left out."""
        with _told():
            answer = self.client.fetch(sorted(uids), [b"INTERNALDATE", b"RFC822.SIZE"])
            self._are_gone(set(uids) - set(answer))
            return [
                Headline(uid, int(answer[uid].get(b"RFC822.SIZE") or 0), _utc(answer[uid].get(b"INTERNALDATE")))
                for uid in sorted(answer)
            ]

    def raw(self, uids: Collection[int]) -> dict[int, bytes]:
        """These mails, whole and as they are, without marking them read."""
        return self._parts(uids, b"BODY.PEEK[]")

    def head(self, uid: int, longest: int) -> bytes:
        """The beginning of a mail's head."""
        return self._parts([uid], f"BODY.PEEK[HEADER]<0.{longest}>".encode()).get(uid, b"")

    def _parts(self, uids: Collection[int], part: bytes) -> dict[int, bytes]:
        with _told():
            answer = self.client.fetch(sorted(uids), [part])
            found = {}
            for uid, items in answer.items():
                for name, value in items.items():
                    if name.startswith(b"BODY[") and isinstance(value, bytes | int):
                        found[int(uid)] = value if isinstance(value, bytes) else str(value).encode()
            self._are_gone(set(uids) - set(found))
            return found

    def _are_gone(self, uids: Collection[int]) -> None:
        """What the server leaves out must have been deleted; else it would be passed over. Raises AnswersOddly."""
        if uids and self.client.search([b"UID", ",".join(str(uid) for uid in sorted(uids)).encode()]):
            raise AnswersOddly

    def holds(self, mail_id: str) -> bool:
        """Whether the folder that is looked into holds a mail of this name (its Message-ID)."""
        with _told():
            return bool(self.client.search([b"HEADER", b"Message-ID", mail_id.encode("ascii", "replace")]))

    def is_full(self) -> bool:
        """Whether the mailbox is so full that it will soon take nothing more; asked once an hour."""
        if time.monotonic() - self.full_at > 3600:
            self.full_at = time.monotonic()
            with suppress(AnswersOddly, NoSuchFolder), _told():  # some offer quotas and have none
                if self.client.has_capability("QUOTA"):
                    _, quotas = self.client.get_quota_root("INBOX")
                    self.was_full = any(0 < int(one.limit) * NEARLY_FULL <= int(one.usage) for one in quotas)
        return self.was_full

    def listen(self, *, seconds: float, stop: Event) -> bool:
        """Wait until the server has news of the folder we look into; True for news, False when the time is over.

        A server without IDLE is asked again after the time; a computer that slept is awake again at once.
        """
        until = _Until(seconds)
        with _told():
            if not self.client.has_capability("IDLE"):
                while until.left() > 0 and not stop.wait(min(until.left(), LISTENS)):
                    pass
                return _tells_of_mail(self.client.noop()[1])
            if _tells_of_mail(self.client.noop()[1]):
                return True  # it came just now; the answer to IDLE would not say so
            self.client.idle()
            news = False
            while not news and (left := until.left()) > 0 and not stop.is_set():
                piece, began = min(left, LISTENS), time.monotonic()
                heard = self.client.idle_check(timeout=piece)
                news = _tells_of_mail(heard)
                if not heard and time.monotonic() - began < piece / 2:
                    break  # awake without a word: the line is broken, and ending IDLE will say so
            return _tells_of_mail(self.client.idle_done()[1]) or news

    def append(self, folder: str, raw: bytes, *, at: datetime) -> None:
        """Put a mail into a folder, as read. Raises NoSuchFolder, QuotaFull."""
        with _told(NoSuchFolder):
            self.client.append(folder, raw, flags=[b"\\Seen"], msg_time=at)

    def break_off(self) -> None:
        """Close the line from another thread, whatever it waits for."""
        with suppress(Exception):
            self.client.socket().shutdown(2)


class _Until:
    """A time to come. The clock on the wall goes on while the computer sleeps, the other cannot be set back."""

    def __init__(self, seconds: float) -> None:
        self.wall, self.steady = time.time() + seconds, time.monotonic() + seconds

    def left(self) -> float:
        return min(self.wall - time.time(), self.steady - time.monotonic())


def access_to(mailbox: Mailbox) -> Access:
    """How to get into this mailbox. Raises KeyGone where its key was destroyed."""
    with keys.scope():
        return Access(mailbox.imap_host, mailbox.imap_port, mailbox.imap_tls, mailbox.user, mailbox.secret)


@contextmanager
def connect(access: Access) -> Iterator[Line]:
    """A line to the mailbox, signed in, closed at the end.

    Raises ServerAway, BadCertificate, NoTls, PasswordRefused, AnswersOddly; without TLS only on this machine.
    """
    if access.tls == Tls.NEVER and not is_this_machine(access.host):
        raise NoTls
    context = ssl.create_default_context()
    at_once = access.tls == Tls.AT_ONCE
    with _told():
        try:
            client = IMAPClient(access.host, access.port, ssl=at_once, ssl_context=context, timeout=PATIENCE)
        except IMAPClientAbortError as broken:
            if "unexpected" in str(broken):
                raise AnswersOddly from None  # it greets, and not as a mailbox's server does
            raise
    line = Line(client)
    try:
        with _told():
            client.normalise_times = False
            if access.tls == Tls.STARTTLS:
                _close_the_line(client, context)
            _sign_in(client, access)
        yield line
    finally:
        with suppress(Exception):
            if line.client.socket().fileno() >= 0:
                line.client.socket().settimeout(2)  # a server that is away is not waited for twice
                line.client.logout()
        with suppress(Exception):
            line.client.shutdown()


def append(mailbox: Mailbox, folder: str, raw: bytes, at: datetime) -> None:
    """Put a mail into a folder of the mailbox (empty: its folder of sent mail), as read. Raises a Trouble."""
    with connect(access_to(mailbox)) as line:
        name = folder or line.sent_folder()
        if not name:
            raise NoSuchFolder
        line.append(name, raw, at=at)


def is_this_machine(host: str) -> bool:
    """Whether a server of this name is this very machine."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _close_the_line(client: Any, context: ssl.SSLContext) -> None:
    try:
        client.starttls(context)
    except CapabilityError:
        raise NoTls from None


def _sign_in(client: Any, access: Access) -> None:
    # OAuth2 has its place here: another SASL mechanism, when `Mailbox.SignsInWith` has another word.
    try:
        if client.has_capability("AUTH=PLAIN"):
            client.plain_login(access.user, access.secret)  # takes every letter; LOGIN only plain ones
        else:
            client.login(access.user, access.secret)
    except LoginError as refusal:
        if isinstance(refusal.__context__, IMAPClientAbortError) or _asks_for_patience(str(refusal)):
            raise ServerAway from None
        raise PasswordRefused from None
    except UnicodeEncodeError:
        raise PasswordRefused from None


@contextmanager
def _told(refusal: type[Trouble] = AnswersOddly) -> Iterator[None]:
    """Whatever goes wrong inside comes out as a Trouble, without the server's words; a "no" as ``refusal``."""
    try:
        yield
    except Trouble:
        raise
    except ssl.SSLCertVerificationError:
        raise BadCertificate from None
    except (ssl.SSLEOFError, ssl.SSLZeroReturnError, IMAPClientAbortError):
        raise ServerAway from None
    except ssl.SSLError:
        raise AnswersOddly from None  # most often a port that speaks without TLS
    except OSError:
        raise ServerAway from None
    except IMAPClientError as no:
        said = str(no).upper()
        if "OVERQUOTA" in said or "QUOTA EXCEEDED" in said:
            raise QuotaFull from None
        if _asks_for_patience(said):
            raise ServerAway from None
        raise refusal from None
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError):
        # What the parser of a strange answer raises. Told by class and place, since it may be a mistake of ours.
        log.warning("a mail server's answer cannot be understood", exc_info=True)
        raise AnswersOddly from None


def _asks_for_patience(said: str) -> bool:
    said = said.upper()
    words = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "TOO MANY", "TRY AGAIN", "TEMPORAR", "THROTTL")
    return any(word in said for word in words)


def _tells_of_mail(heard: list[Any]) -> bool:
    return any(isinstance(one, tuple) and len(one) > 1 and one[1] in (b"EXISTS", b"RECENT") for one in heard)


def _utc(when: object) -> datetime | None:
    if not isinstance(when, datetime):
        return None
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)

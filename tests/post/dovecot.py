"""A real Dovecot on loopback, as an ordinary user on a free port: started, stopped, killed, filled and looked into.

Where the tests run as root (a developer's machine) it runs as `nobody`, since Dovecot refuses to serve as root.
"""

import grp
import imaplib
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import psutil
import pytest
from aiosmtpd.controller import Controller

from tests.post.mailbox import free_port

BINARY = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
PASSWORD = "a word nobody guesses"
_names = count(1)

needs_dovecot = pytest.mark.skipif(BINARY is None, reason="Dovecot is not installed: apt install dovecot-imapd")

CONFIG = """
base_dir = {folder}/run
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_cache_size = 0
auth_failure_delay = 0
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:~/Maildir
mail_max_userip_connections = 50
mailbox_list_index = no
{ssl}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox {sent} {{
    auto = subscribe
    {special}
  }}
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
  # Else whoever was refused waits for longer and longer, and with them the next test on the same server.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service auth-worker {{
  user = {user}
}}
{quota}
{more}
"""
QUOTA = """
mail_plugins = quota
protocol imap {{
  mail_plugins = $mail_plugins imap_quota
}}
plugin {{
  quota = count:Mailbox
  quota_rule = *:storage={kilobytes}K
  quota_vsizes = yes
}}
"""


def ordinary_user() -> tuple[str, str]:
    """Who may run a server: we ourselves, or `nobody` where we are root."""
    # By number: the name in the environment may be another's, as under `runuser`.
    we = pwd.getpwuid(os.geteuid()) if os.geteuid() else pwd.getpwnam("nobody")
    return we.pw_name, grp.getgrgid(we.pw_gid).gr_name


@dataclass
class Dovecot:
    """One server with its mailboxes below ``folder``. ``sent`` is the folder of sent mail, marked so or only called so.

    ``certificate`` is a file with a certificate and its key: then it speaks TLS, on ``tls_port`` and by STARTTLS.
    """

    folder: Path
    port: int = field(default_factory=free_port)
    sent: str = "Sent"
    marks_sent: bool = True
    certificate: Path | None = None
    tls_port: int = 0
    quota: int = 0
    """Kilobytes; none without it."""
    more: str = ""
    passwords: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    # Running

    def start(self) -> "Dovecot":
        """Serve, and come back when the first greeting was heard."""
        user, group = ordinary_user()
        ssl = "ssl = no"
        if self.certificate:
            self.tls_port = self.tls_port or free_port()
            ssl = f"ssl = yes\nssl_cert = <{self.certificate}\nssl_key = <{self.certificate}"
        (self.folder / "dovecot.conf").write_text(
            CONFIG.format(
                folder=self.folder, user=user, group=group, port=self.port, tls_port=self.tls_port, ssl=ssl,
                sent=f'"{self.sent}"', special="special_use = \\Sent" if self.marks_sent else "",
                quota=QUOTA.format(kilobytes=self.quota) if self.quota else "", more=self.more,
            )
        )  # fmt: skip
        self._give_away(self.folder)
        until = time.monotonic() + 20
        while not self._greets(until):
            # A child of the one before may hold the port for a moment longer.
            assert "Address already in use" in self.log, self.log
            assert time.monotonic() < until, self.log
            (self.folder / "dovecot.log").unlink(missing_ok=True)
            time.sleep(0.2)
        return self

    def _greets(self, until: float) -> bool:
        """Whether a new process says its greeting; False where it ended instead."""
        user, group = ordinary_user()
        who = {} if os.geteuid() else {"user": user, "group": group, "extra_groups": []}
        self.process = subprocess.Popen(
            [str(BINARY), "-F", "-c", str(self.folder / "dovecot.conf")],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=(self.folder / "stderr").open("wb"),
            start_new_session=True, **who,  # type: ignore[call-overload]
        )  # fmt: skip
        while time.monotonic() < until:
            if self.process.poll() is not None:
                return False
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=2) as line:
                line.settimeout(2)
                # Another's greeting, from the moment before it let the port go, is none of ours.
                if line.recv(4) == b"* OK" and self.process.poll() is None:
                    return True
            time.sleep(0.05)
        raise AssertionError(f"Dovecot does not greet:\n{self.log}")

    def stop(self) -> None:
        """End it in order; lines that are open are closed."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As when the power goes."""
        self._end(signal.SIGKILL)

    def drop_lines(self) -> None:
        """Break every line that is open, as a bad network does; the server goes on."""
        for process in self._children():
            if process.name() == "imap":
                with suppress(psutil.NoSuchProcess):
                    process.kill()

    def freeze_lines(self) -> None:
        """Every line that is open falls silent and stays open, as when the other side slept or a router forgot it."""
        for process in self._children():
            if process.name() == "imap":
                with suppress(psutil.NoSuchProcess):
                    process.suspend()

    @property
    def lines(self) -> int:
        """How many are signed in."""
        return sum(process.name() == "imap" for process in self._children())

    @property
    def log(self) -> str:
        """What it has to say about itself."""
        return "".join(
            (self.folder / name).read_text(errors="replace")
            for name in ("stderr", "dovecot.log")
            if (self.folder / name).exists()
        )

    # Mailboxes

    def open_mailbox(self, user: str, password: str = PASSWORD) -> str:
        """Make a mailbox, or give it another password; its name comes back."""
        self.passwords[user] = password
        lines = [f"{name}:{{PLAIN}}{word}" for name, word in self.passwords.items()]
        (self.folder / "users").write_text("\n".join(lines) + "\n")
        for part in ("cur", "new", "tmp"):
            (self._maildir(user) / part).mkdir(parents=True, exist_ok=True)
        self._give_away(self.folder)
        return user

    def deliver(self, user: str, *mails: bytes, at: datetime | None = None) -> None:
        """New mail in the inbox, as a delivery agent writes it; ``at`` is when it came."""
        maildir = self._maildir(user)
        for raw in mails:
            name = f"{time.time():.6f}.{os.getpid()}_{next(_names)}.host"
            file = maildir / "tmp" / name
            file.write_bytes(raw)
            if at:
                os.utime(file, (at.timestamp(), at.timestamp()))
            self._give_away(file)
            file.rename(maildir / "new" / name)

    def append(self, user: str, folder: str, raw: bytes, *, at: datetime | None = None, flags: str = "\\Seen") -> None:
        """Put a mail into a folder over IMAP, as a phone does with what it sent."""
        with self.phone(user) as phone:
            when = imaplib.Time2Internaldate(at) if at else None
            done, said = phone.append(f'"{folder}"', flags, when, raw)  # type: ignore[arg-type]
            assert done == "OK", said

    @contextmanager
    def phone(self, user: str) -> Iterator[imaplib.IMAP4]:
        """Another program that is signed in to the same mailbox."""
        phone = imaplib.IMAP4("127.0.0.1", self.port, timeout=20)
        try:
            phone.login(user, self.passwords[user])
            yield phone
        finally:
            with suppress(Exception):
                phone.logout()

    def mails(self, user: str, folder: str = "INBOX") -> list[tuple[set[str], bytes]]:
        """Flags and bytes of every mail of a folder, without changing them."""
        found = []
        with self.phone(user) as phone:
            done, _ = phone.select(f'"{folder}"', readonly=True)
            assert done == "OK", folder
            _, numbers = phone.search(None, "ALL")
            for number in numbers[0].split():
                _, answer = phone.fetch(number, "(FLAGS BODY.PEEK[])")
                head, raw = next(part for part in answer if isinstance(part, tuple))
                said = head + b"".join(part for part in answer if isinstance(part, bytes))
                found.append(({flag.decode() for flag in imaplib.ParseFlags(said)} - {"\\Recent"}, raw))
        return found

    def number_anew(self, user: str) -> None:
        """The inbox loses its numbers, as after a move to another server: UIDVALIDITY changes."""
        numbers = self._maildir(user) / "dovecot-uidlist"
        life = int(re.search(r" V(\d+) ", numbers.read_text())[1])  # type: ignore[index]
        for file in self._maildir(user).glob("dovecot.index*"):
            file.unlink()
        numbers.write_text(f"3 V{life + 1} N1\n")

    def files(self, user: str) -> list[Path]:
        """The files of the inbox's mails, the first delivered first."""
        maildir = self._maildir(user)
        return sorted([*(maildir / "new").iterdir(), *(maildir / "cur").iterdir()], key=lambda file: file.name)

    def _maildir(self, user: str) -> Path:
        return self.folder / "mail" / user / "Maildir"

    def _give_away(self, path: Path) -> None:
        if os.geteuid() == 0:
            user, group = ordinary_user()
            for one in [path, *(path.rglob("*") if path.is_dir() else ())]:
                with suppress(FileNotFoundError):
                    shutil.chown(one, user, group)

    def _children(self) -> list[psutil.Process]:
        if not self.process or self.process.poll() is not None:
            return []
        with suppress(psutil.NoSuchProcess):
            return psutil.Process(self.process.pid).children(recursive=True)
        return []

    def _end(self, by: signal.Signals) -> None:
        if not self.process:
            return
        below = self._children()
        self.process.send_signal(by)
        for process in below:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(by)
        try:
            self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=10)
        for process in below:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.process = None


@contextmanager
def open_dovecot(**wishes: Any) -> Iterator[Dovecot]:
    """A server in a folder of its own, with the mailbox of "shop", stopped at the end."""
    # Not below pytest's folder: that is closed to everybody else, and Unix sockets want short paths.
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    folder.chmod(0o755)
    server = Dovecot(folder, **wishes)
    server.open_mailbox("shop")
    try:
        yield server.start()
    finally:
        # Nobody looks at it any more, and in order it takes a second.
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


class _IntoMailboxes:
    def __init__(self, server: Dovecot, by_address: dict[str, str]) -> None:
        self.server, self.by_address = server, by_address

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address.lower() not in self.by_address:
            return "550 nobody of this name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        head = b"Return-Path: <" + envelope.mail_from.encode() + b">\r\nReceived: by loopback; "
        head += time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime()).encode() + b"\r\n"
        for address in envelope.rcpt_tos:
            self.server.deliver(self.by_address[address.lower()], head + envelope.content)
        return "250 in the mailbox"


@contextmanager
def open_smtp(server: Dovecot, by_address: dict[str, str]) -> Iterator[int]:
    """An SMTP server that puts mail into mailboxes of this Dovecot, address → mailbox; its port. For swaks."""
    port = free_port()
    controller = Controller(_IntoMailboxes(server, by_address), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def letters(
    numbers: Iterable[int], *, sender: str = "dora@kunden.example", to: str = "shop@fern.example"
) -> list[bytes]:
    """Mails that differ, with lines as they travel."""
    return [
        (
            f"From: Dora <{sender}>\r\nTo: Shop <{to}>\r\nSubject: Letter {number}\r\n"
            f"Message-ID: <letter-{number}@kunden.example>\r\nDate: Tue, 24 Nov 2026 12:00:00 +0000\r\n"
            f"Content-Type: text/plain; charset=utf-8\r\n\r\n"
            f"Hello, this is letter {number}.\r\n{'tea ' * (number % 50)}\r\n"
        ).encode()
        for number in numbers
    ]

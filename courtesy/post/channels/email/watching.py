"""Keeps a line open to each mailbox, so that a customer's mail is here seconds after it reached the shop's mailbox.

One thread a mailbox. It listens (IDLE), and every half a minute it looks for itself, at the folder of sent mail too and
in case the server's word got lost. A mailbox in trouble is left in peace for a while (`fetching.next_try`).
"""

import logging
import time
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event, Thread
from uuid import UUID

from django.db import Error as DatabaseTrouble
from django.db import connections
from django.utils import timezone

from courtesy.post.channels.email import fetching, imap
from courtesy.post.channels.email.imap import Access, Line, PasswordRefused, Trouble
from courtesy.post.channels.email.reading import BrokeAtMail
from courtesy.post.models import Mailbox
from courtesy.privacy import keys
from courtesy.privacy.keyfile import KeyTrouble
from courtesy.privacy.sealing import SealBroken

log = logging.getLogger(__name__)

LOOKS_EVERY = 30.0
"""Seconds after which a mailbox is looked at without a word from its server, which may end IDLE after 30 minutes."""

SETTLES = 2.0
"""The same after news: what comes between our look and our listening, some servers do not tell of."""

HELD = 20.0
"""Seconds a line must have held to be followed at once by another; some servers close each after a moment."""

HEARS_OF_CHANGES = 2.0
"""Seconds after which a mailbox that was added, changed or removed is noticed."""

LAST_WORD = 1.5
"""Seconds the watchers have to end; a kill in the middle loses nothing, so nobody waits longer."""


@dataclass
class Watcher:
    """The thread of one mailbox, as long as nobody changes how it is reached."""

    mailbox_id: UUID
    access: Access
    at_once: bool = True
    stop: Event = field(default_factory=Event)
    line: Line | None = None
    in_vain: int = 0
    thread: Thread | None = None

    def start(self) -> "Watcher":
        """Begin to watch."""
        self.thread = Thread(target=self._run, name="mailbox", daemon=True)
        self.thread.start()
        return self

    def end(self) -> None:
        """Stop watching, also in the middle of an answer; the thread ends soon."""
        self.stop.set()
        line = self.line
        if line is not None:
            line.break_off()

    def _run(self) -> None:
        while not self.stop.is_set():
            try:
                self._visit()
            except DatabaseTrouble:
                log.exception("a mailbox cannot be kept up with")
                self.stop.wait(5)
            except Exception:
                log.exception("watching a mailbox failed")
                self.stop.wait(60)
            finally:
                connections.close_all()

    def _visit(self) -> None:
        """One line, from its beginning to its end, or the wait before it."""
        mailbox = self._mailbox()
        if mailbox is None or (not self.at_once and not self._waited_for(mailbox)):
            return
        self.at_once = False
        began, was_good, has_news = time.monotonic(), False, True
        try:
            with imap.connect(self.access) as line:
                self.line = line
                while not self.stop.is_set() and (mailbox := self._mailbox()):
                    fetching.read(line, mailbox, at=timezone.now())
                    was_good, self.in_vain = True, 0
                    connections.close_all()  # none is held while we only listen
                    seconds = SETTLES if has_news else LOOKS_EVERY
                    has_news = line.listen(seconds=seconds, stop=self.stop)
        except BrokeAtMail as broke:
            self.in_vain = 0 if broke.handed else self.in_vain + 1
            self.at_once = self.in_vain <= fetching.AT_ONCE_AGAIN
            if not self.at_once and not self.stop.is_set():
                fetching.note(self.mailbox_id, problem=broke.problem, answered=False, news=False, at=timezone.now())
        except Trouble as trouble:
            if self.stop.is_set():
                return
            if not was_good:
                fetching.note(self.mailbox_id, problem=trouble.problem, answered=False, news=False, at=timezone.now())
            elif time.monotonic() - began < HELD:
                self.stop.wait(HELD / 2)
            self.at_once = was_good  # it was there a moment ago: perhaps only the line broke
        finally:
            self.line = None

    def _mailbox(self) -> Mailbox | None:
        """The mailbox as it is now; where it was removed there is nothing more to do."""
        mailbox = Mailbox.objects.filter(pk=self.mailbox_id, removed_at=None).first()
        if mailbox is None:
            self.stop.set()
        return mailbox

    def _waited_for(self, mailbox: Mailbox) -> bool:
        """Wait until the mailbox may be tried again, also because somebody took its problem away; False to stop."""
        # By the clock on the wall, which goes on while the computer sleeps; one that was set back holds up nobody.
        longest = timedelta(hours=4)
        there: Mailbox | None = mailbox
        while there and (due := fetching.next_try(there)) and timedelta(0) < due - timezone.now() <= longest:
            connections.close_all()
            if self.stop.wait(HEARS_OF_CHANGES):
                return False
            there = self._mailbox()
        return not self.stop.is_set()


def watch(stop: Event) -> None:
    """Watch every mailbox of the shop until ``stop``; those added, changed or removed meanwhile are heard of."""
    watchers: dict[UUID, Watcher] = {}
    at_start = True
    while not stop.is_set():
        try:
            _keep_up(watchers, at_start=at_start)
            at_start = False
        except Exception:
            log.exception("the mailboxes cannot be looked after")
            connections.close_all()
        stop.wait(HEARS_OF_CHANGES)
    for watcher in watchers.values():
        watcher.end()
    until = time.monotonic() + LAST_WORD
    for watcher in watchers.values():
        if watcher.thread is not None:
            watcher.thread.join(max(until - time.monotonic(), 0))
    connections.close_all()


def _keep_up(watchers: dict[UUID, Watcher], *, at_start: bool = False) -> None:
    """A watcher for each mailbox there is, and none for another."""
    there = _accesses()
    for mailbox_id, watcher in list(watchers.items()):
        if mailbox_id not in there or there[mailbox_id][0] != watcher.access:
            watcher.end()
            del watchers[mailbox_id]
    for mailbox_id, (access, problem) in there.items():
        if mailbox_id not in watchers:
            # A worker that is started again and again must not try a refused password each time.
            patient = at_start and problem == PasswordRefused.problem
            watchers[mailbox_id] = Watcher(mailbox_id, access, at_once=not patient).start()


def _accesses() -> dict[UUID, tuple[Access, str]]:
    """How each mailbox is reached, and what was wrong with it."""
    there = {}
    with keys.scope():
        mailboxes = list(Mailbox.objects.filter(removed_at=None))
        keys.warm(mailbox.key_id for mailbox in mailboxes)
        for mailbox in mailboxes:
            try:
                there[mailbox.pk] = imap.access_to(mailbox), mailbox.problem
            except (KeyTrouble, SealBroken):
                continue  # removed in this very moment, or damaged: it must not stop the others
    return there

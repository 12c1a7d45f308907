"""A handful of past letters is written at once: met, put into their threads, stored resolved; nothing is announced.

In one short transaction a handful, so that whoever answers customers meanwhile waits for none of it. What is here
already stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import cast
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from courtesy.conversations import threading
from courtesy.conversations.actions.enclosing import around, letter_of, referred_to
from courtesy.conversations.actions.moving import grow_together
from courtesy.conversations.actions.opening import first_words
from courtesy.conversations.gathering import Gathering, Home
from courtesy.conversations.models import Attachment, Bringing, Envelope, Message, Reference, Thread
from courtesy.conversations.ours import Ours, plain
from courtesy.conversations.threading import Letter
from courtesy.jobs.moments import moment
from courtesy.people.models import Person
from courtesy.post.channels.incoming import Address, Incoming, Mail
from courtesy.post.models import Arrival, Mailbox
from courtesy.post.past.letters import PastLetter
from courtesy.privacy import keys
from courtesy.privacy.sealing import blind_indexes
from courtesy.staff.models import Colleague

Apart = Thread.Apart
MAIL, SENT = "mail", "sent mail"
_SMALL = frozenset({Apart.AUTOMATIC, Apart.NO_REPLY})
_A_PERSON_AFTER_ALL = frozenset({Apart.AUTOMATIC, Apart.NO_REPLY, Apart.LIST, Apart.BOUNCE})
_TRIES = 3
_WANTED = (Bringing.State.RUNNING, Bringing.State.DONE)


class NoLongerWanted(Exception):
    """The import was stopped, or taken out again, while it ran."""


@dataclass(eq=False)
class Read:
    """A past letter that was read: whose it is, when it was written, and what it says."""

    past: PastLetter
    name: str
    incoming: Incoming
    mail: Mail
    ours: bool
    writer: Address
    outside: tuple[Address, ...]
    at: datetime
    by: Colleague | None = None
    home: Home = field(default_factory=Home)
    automatic: bool = False
    apart: str = ""

    @property
    def channel(self) -> str:
        """The way it would have come."""
        from_sent = self.ours if self.past.from_sent is None else self.past.from_sent
        return SENT if from_sent else MAIL


@dataclass(frozen=True)
class Shelved:
    """What became of a handful: questions and answers that are new, how many were known, and who was met."""

    questions: int = 0
    answers: int = 0
    apart: int = 0
    known: int = 0
    threads: int = 0
    people: frozenset[UUID] = frozenset()


def names_of(raws: Sequence[bytes]) -> list[str]:
    """Under which the channel of mail knows these bytes: the same as those of a mail that is fetched."""
    return [index.hex() for index in blind_indexes([sha256(raw).hexdigest() for raw in raws], "mail")]


def known_among(names: Sequence[str]) -> set[str]:
    """Those of these names under which something came already."""
    return set(
        Arrival.objects.filter(channel__in=(MAIL, SENT), channel_id__in=names).values_list("channel_id", flat=True)
    )


def shelve(
    letters: Sequence[Read],
    *,
    met: Mapping[str, Person],
    ours: Ours,
    bringing: Bringing,
    mailbox: Mailbox | None,
    instead_of: UUID | None = None,
) -> Shelved:
    """Write them down. ``met`` are their people, by address; ``instead_of`` is an arrival that was set aside before.

    Raises NoLongerWanted where somebody stopped the import. Twice is once.
    """
    holders = {person.pk: person.pk for person in met.values()}
    with keys.scope():
        key_of = keys.new_all(list(holders.items()), at=bringing.at)
        moment("bring: keys made")
        for attempt in range(_TRIES):
            try:
                with transaction.atomic():
                    Arrival.objects.filter(pk=instead_of, state=Arrival.State.NEW).delete() if instead_of else None
                    shelf = _Shelf(letters, met=met, ours=ours, bringing=bringing, key_of=key_of, mailbox=mailbox)
                    shelved = shelf.fill()
                    moment("bring: written")
                    return shelved
            except IntegrityError:
                # The mailbox was read in this very moment, and holds one of them: it is known the next time.
                if attempt == _TRIES - 1:
                    raise
    raise AssertionError("never reached")


class _Shelf:
    """One handful, within one transaction."""

    def __init__(
        self,
        letters: Sequence[Read],
        *,
        met: Mapping[str, Person],
        ours: Ours,
        bringing: Bringing,
        key_of: Mapping[UUID, UUID],
        mailbox: Mailbox | None,
    ) -> None:
        self.letters, self.met, self.ours, self.bringing = list(letters), met, ours, bringing
        self.key_of, self.mailbox = key_of, mailbox
        self.known = 0

    def fill(self) -> Shelved:
        threading.one_at_a_time()
        if not Bringing.objects.filter(pk=self.bringing.pk, state__in=_WANTED).exists():
            raise NoLongerWanted
        new = self._new_ones()
        places = {id(one): self._letter_of(one) for one in new}
        gathering = Gathering(list(places.values()))
        new = [one for one in new if not self._is_a_copy(one, gathering)]
        for one in new:
            self._place(one, places[id(one)], gathering)
        there, opened = self._threads(new)
        threads = there | opened
        changed = self._settle(new, threads)
        Thread.objects.bulk_create(opened.values())
        Thread.objects.bulk_update(
            [thread for key, thread in there.items() if key in changed],
            ["subject", "last_message_at", "last_event_at", "created_at", "first_replied_at", "apart"],
        )
        messages = self._messages(new, threads)
        self._keep_arrivals(new, messages)
        self._keep_around(new, messages)
        return Shelved(
            questions=sum(not one.ours and not one.apart and not one.automatic for one in new),
            answers=sum(one.ours and not one.automatic for one in new),
            apart=sum(bool(one.apart or one.automatic) for one in new),
            known=self.known,
            threads=len(opened),
            people=frozenset(self.met[plain(one.writer.address)].pk for one in new if not one.ours),
        )

    def _new_ones(self) -> list[Read]:
        there = known_among([one.name for one in self.letters])
        new: dict[str, Read] = {}
        for one in self.letters:
            if one.name not in there:
                new.setdefault(one.name, one)
        self.known = len(self.letters) - len(new)
        return list(new.values())

    def _letter_of(self, one: Read) -> Letter:
        party = [to.address for to in one.outside] if one.ours else [one.writer.address]
        return letter_of(one.mail, party=party, ours=self.ours)

    def _is_a_copy(self, one: Read, gathering: Gathering) -> bool:
        """Whether the same mail is here already though its bytes differ: programs add headers to what they keep."""
        if not one.mail.mail_id:
            return False
        kind = Message.Kind.OUT if one.ours else Message.Kind.IN
        known = gathering.known.get(gathering.index_of[one.mail.mail_id], [])
        copy = any(message.kind == kind and message.body == one.incoming.body for message in known)
        copy = copy or (one.ours and one.mail.mail_id in gathering.left_from_here)
        self.known += copy
        return copy

    def _place(self, one: Read, letter: Letter, gathering: Gathering) -> None:
        person = None if one.ours else self.met[plain(one.writer.address)]
        home = Home() if one.mail.bounce and not one.ours else gathering.home_of(letter)
        apart = "" if one.ours else str(one.mail.apart)
        begins = not home.thread_id and home.person_id is None
        if person is not None and person.blocked_at is not None:
            apart = Apart.BLOCKED
            home, begins = Home(), True
        elif not begins and apart in {Apart.LIST, Apart.SPAM}:
            apart = ""  # somebody of this conversation, through their company's list or a nervous filter
        one.automatic = bool(one.mail.apart) if one.ours else bool(not begins and apart in _SMALL)
        one.apart = apart if begins else ""
        if begins:
            first = person or self.met[plain(one.outside[0].address)]
            home.person_id = first.pk
        one.home = home
        gathering.remember(letter, home)

    def _threads(self, new: Sequence[Read]) -> tuple[dict[int, Thread], dict[int, Thread]]:
        """The threads of all homes, by the home's identity: those that are there, and those to be made."""
        homes = {id(home): home for one in new if (home := one.home.last())}
        there = {home.thread_id: home for home in homes.values() if home.thread_id}
        rows = {thread.pk: thread for thread in Thread.objects.filter(pk__in=there)}
        threads = {}
        for number, home in there.items():
            also = [other for other in dict.fromkeys(home.also) if other != number]
            together = threading.growing_together(number, also)
            thread = grow_together([number, *together], at=self.bringing.at) if together else rows[number]
            threads[id(home)] = threading.whole(thread) or thread
        firsts: dict[int, Read] = {}
        for one in new:
            firsts.setdefault(id(one.home.last()), one)
        return threads, {key: self._opened(one) for key, one in firsts.items() if key not in threads}

    def _opened(self, first: Read) -> Thread:
        return Thread(
            person_id=cast(UUID, first.home.last().person_id),
            subject=first.incoming.subject or first_words(first.incoming.body),
            state=Thread.State.RESOLVED,
            last_event_at=first.at,
            last_message_at=first.at,
            arrived_by=first.channel,
            created_at=first.at,
            apart=first.apart,
            mailbox_id=self.mailbox.pk if self.mailbox else None,
        )

    def _messages(self, new: Sequence[Read], threads: Mapping[int, Thread]) -> list[Message]:
        messages = [
            Message(
                thread=threads[id(one.home.last())],
                kind=Message.Kind.OUT if one.ours else Message.Kind.IN,
                body=one.incoming.body,
                person=None if one.ours else self.met[plain(one.writer.address)],
                colleague=one.by if one.ours else None,
                at=one.at,
                arrival_id=uuid4(),
                automatic=one.automatic,
                bringing_id=self.bringing.pk,
            )
            for one in new
        ]
        return Message.objects.bulk_create(messages)

    def _key(self, one: Read, message: Message) -> UUID:
        """A key that goes with whoever wrote it; of an answer, with whose conversation it is."""
        holder = message.person_id or message.thread.person_id
        return self.key_of.get(holder) or message.thread.person.key_id

    def _keep_arrivals(self, new: Sequence[Read], messages: Sequence[Message]) -> None:
        Arrival.objects.bulk_create(
            Arrival(
                pk=message.arrival_id,
                channel=one.channel,
                channel_id=one.name,
                raw=one.past.raw,
                key_id=self._key(one, message),
                received_at=one.at,
                state=Arrival.State.TAKEN_IN,
                mailbox=self.mailbox,
                bringing_id=self.bringing.pk,
            )
            for one, message in zip(new, messages, strict=True)
        )

    def _keep_around(self, new: Sequence[Read], messages: Sequence[Message]) -> None:
        envelopes: list[Envelope] = []
        files: list[Attachment] = []
        names: list[tuple[Message, str]] = []
        for one, message in zip(new, messages, strict=True):
            sender = one.mail.sender.address if one.ours else one.writer.address
            forwarded = one.mail.forwarded is not None and not one.ours
            envelope, theirs = around(
                message, one.mail, sender=sender, key_id=self._key(one, message), at=one.at, forwarded=forwarded
            )
            envelopes.append(envelope)
            files += theirs
            wanted = list(dict.fromkeys(referred_to(one.mail)))[: threading.MOST_REFERENCES]
            names += [(message, name) for name in wanted]
        Envelope.objects.bulk_create(envelopes)
        Attachment.objects.bulk_create(files)
        indexes = threading.named(name for _message, name in names)
        Reference.objects.bulk_create(
            Reference(message=message, mail_id_index=index)
            for (message, _name), index in zip(names, indexes, strict=True)
        )

    def _settle(self, new: Sequence[Read], threads: Mapping[int, Thread]) -> set[int]:
        """When anybody last wrote, and when we first answered. Whose turn it is stays as it was.

        Returns the homes whose thread is another than before.
        """
        changed = set()
        for one in new:
            key = id(one.home.last())
            thread = threads[key]
            before = (thread.last_message_at, thread.created_at, thread.first_replied_at, thread.apart)
            if not one.automatic and one.at < thread.created_at and thread.state == Thread.State.RESOLVED:
                thread.subject = one.incoming.subject or first_words(one.incoming.body)
            if not one.automatic:
                thread.last_message_at = max(thread.last_message_at, one.at)
                thread.last_event_at = max(thread.last_event_at, one.at)
                thread.created_at = min(thread.created_at, one.at)
            if one.ours and not one.automatic and thread.state == Thread.State.RESOLVED:
                thread.first_replied_at = min(thread.first_replied_at or one.at, one.at)
            personal = not one.ours and not one.automatic and not one.mail.apart
            if personal and thread.state == Thread.State.RESOLVED and thread.apart in _A_PERSON_AFTER_ALL:
                thread.apart = ""
            if before != (thread.last_message_at, thread.created_at, thread.first_replied_at, thread.apart):
                changed.add(key)
        return changed

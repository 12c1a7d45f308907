"""The threads of many letters at once: what `threading.place_of` says of each, with a few questions for all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from courtesy.conversations import threading
from courtesy.conversations.models import Envelope, Message, Reference
from courtesy.conversations.threading import MOST_REFERENCES, MOST_SIBLINGS, Letter
from courtesy.post.models import Outgoing
from courtesy.privacy import keys

Row = TypeVar("Row", Envelope, Reference)


@dataclass(eq=False)
class Home:
    """A thread that is there (``thread_id``) or is to be made. ``also`` are threads shown to be the same."""

    thread_id: int = 0
    also: list[int] = field(default_factory=list)
    into: "Home | None" = None
    person_id: UUID | None = None

    def last(self) -> "Home":
        """This home, or the one that it became part of."""
        home = self
        while home.into is not None:
            home = home.into
        return home


@dataclass(eq=False)
class _Said:
    """A letter that others may refer to: of this handful, or a message that is there (its people read when asked)."""

    home: Home
    message: Message | None = None
    letter: Letter | None = None

    def party(self, ours: frozenset[str]) -> frozenset[str]:
        if self.letter is not None:
            return self.letter.party
        return threading.party_of(self.message, ours=ours) if self.message else frozenset()

    def everybody(self, ours: frozenset[str]) -> frozenset[str]:
        if self.letter is not None:
            return self.letter.everybody
        return threading.everybody_in(self.message, ours=ours) if self.message else frozenset()


class Gathering:
    """What is known of the mails that these letters name; then each is given its home, in their order.

    Inside a `keys.scope`, and where others write too, inside the transaction that writes the letters.
    """

    def __init__(self, letters: Sequence[Letter]) -> None:
        self.names = list(dict.fromkeys(name for one in letters for name in _names(one)))
        self.index_of = dict(zip(self.names, threading.named(self.names), strict=True))
        self.named: dict[bytes, list[_Said]] = {}
        self.referring: dict[bytes, list[_Said]] = {}
        self.homes: dict[int, Home] = {}
        self.known: dict[bytes, list[Message]] = {}
        self.left_from_here: frozenset[str] = frozenset()
        self._load(MOST_SIBLINGS * max(len(letters), 1))

    def home_of(self, letter: Letter) -> Home:
        """The thread it belongs to: one that is there, one of a letter before it, or one of its own."""
        own = self.index_of.get(letter.mail_id, b"")
        others = [self.index_of[name] for name in letter.refers_to[:MOST_REFERENCES]]
        joined: list[Home] = []
        for index in others:
            for said in self.named.get(index, ()):
                if said.home.last() not in joined and letter.party & said.everybody(letter.ours):
                    joined.append(said.home.last())
        for index in [own, *others] if own else others:
            wanted = letter.everybody if index == own else letter.party
            for said in self.referring.get(index, [])[:MOST_SIBLINGS]:
                if said.home.last() not in joined and said.party(letter.ours) & wanted:
                    joined.append(said.home.last())
        if not joined and (tagged := threading.thread_tagged(letter.tags)):
            joined.append(self._home(tagged.pk))
        return _one_of(joined)

    def remember(self, letter: Letter, home: Home) -> None:
        """It lives there, so that letters after it may be led there."""
        said = _Said(home, letter=letter)
        if letter.mail_id:
            self.named.setdefault(self.index_of[letter.mail_id], []).append(said)
        for name in dict.fromkeys(letter.refers_to[:MOST_REFERENCES]):
            self.referring.setdefault(self.index_of[name], []).append(said)

    def _load(self, most: int) -> None:
        indexes = list(self.index_of.values())
        if not indexes:
            return
        messages: dict[int, Message] = {}
        said: dict[int, _Said] = {}
        for envelope in _some_at_once(Envelope.objects.select_related("message").order_by("message_id"), indexes):
            index = bytes(envelope.mail_id_index or b"")
            messages[envelope.message_id] = envelope.message
            one = said.setdefault(envelope.message_id, self._said(envelope.message))
            self.named.setdefault(index, []).append(one)
            self.known.setdefault(index, []).append(envelope.message)
        left = dict(Outgoing.objects.filter(message_id__in=self.names).values_list("message_id", "reply_message_id"))
        self.left_from_here = frozenset(left)
        ours = Message.objects.in_bulk([number for number in left.values() if number])
        for name, number in left.items():
            if number in ours and ours[number].thread_id:
                self.named.setdefault(self.index_of[name], []).append(self._said(ours[number]))
        pairs = [
            (row.message_id, bytes(row.mail_id_index))
            for row in _some_at_once(Reference.objects.order_by("message_id"), indexes)
        ][:most]
        new = {number for number, _index in pairs} - messages.keys()
        found = Message.objects.select_related("envelope").in_bulk(list(new)) if new else {}
        keys.warm(outside.key_id for one in found.values() if (outside := getattr(one, "envelope", None)))
        keys.warm(one.envelope.key_id for one in messages.values())
        for number, index in pairs:
            message = messages.get(number) or found.get(number)
            if message is not None:
                one = said.setdefault(number, self._said(message))
                self.referring.setdefault(index, []).append(one)

    def _said(self, message: Message) -> _Said:
        return _Said(self._home(message.thread_id), message=message)

    def _home(self, thread_id: int) -> Home:
        return self.homes.setdefault(thread_id, Home(thread_id))


def _names(letter: Letter) -> list[str]:
    return [name for name in (letter.mail_id, *letter.refers_to[:MOST_REFERENCES]) if name]


def _some_at_once(rows: QuerySet[Row], indexes: Sequence[bytes]) -> Iterator[Row]:
    """The rows of these indexes; no statement names more of them than a database takes."""
    for start in range(0, len(indexes), 500):
        yield from rows.filter(mail_id_index__in=indexes[start : start + 500])


def _one_of(joined: list[Home]) -> Home:
    """One home of several: one that is there, where one is; others that are there are to be merged into it."""
    if not joined:
        return Home()
    there = [home for home in joined if home.thread_id]
    first = there[0] if there else joined[0]
    for home in joined:
        if home is first:
            continue
        if home.thread_id:
            first.also.append(home.thread_id)
            first.also += home.also
        home.into = first
    return first

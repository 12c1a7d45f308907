"""Which thread a message belongs to: by mails that refer to one another, then by signs we gave out ourselves.

Never by a subject, and never by a claim alone: a mail joins another only where its sender wrote or got that other.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.db import connection
from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac

from courtesy.conversations.models import Envelope, Message, Move, Reference, Thread
from courtesy.conversations.ours import plain
from courtesy.post.models import Outgoing
from courtesy.privacy import keys
from courtesy.privacy.keys import KeyGone
from courtesy.privacy.prepared import Prepared, many, room_for
from courtesy.privacy.sealing import blind_indexes

MOST_REFERENCES = 40
MOST_SIBLINGS = 100
_DOOR = 4_7010_1141
_REFERRING = Prepared(
    lambda room: (
        Reference.objects.filter(mail_id_index__in=many("indexes", Reference.mail_id_index, room))
        .order_by("message_id")
        .values_list("message_id", "mail_id_index")[:MOST_SIBLINGS]
    )
)
_TAG = re.compile(r"t([1-9][0-9]{0,17})x([0-9a-f]{20})")


@dataclass(frozen=True)
class Letter:
    """What a mail says about its place: its name, what it refers to (the nearest first), who speaks, who reads.

    ``party`` is the sender, or for a mail of ours those it goes to; ``everybody`` are all it names, without ourselves.
    Addresses are as `ours.plain` writes them. ``ours`` are the shop's own, ``tags`` the signs in the mail's addresses.
    """

    mail_id: str
    refers_to: tuple[str, ...]
    party: frozenset[str]
    everybody: frozenset[str]
    ours: frozenset[str]
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """The number of the thread where a mail goes, 0 for one of its own. ``also`` are threads that it shows to be the
    same; ``stranger_to`` is the thread it refers to though its sender has no part in it."""

    thread_id: int = 0
    also: tuple[int, ...] = ()
    stranger_to: int | None = None


def hint_for(thread: Thread) -> str:
    """A signed text that leads a later arrival into this thread (`Arrival.thread_hint`)."""
    return _signer().sign(f"{thread.pk}-{thread.reader_salt}")


def thread_of(hint: str) -> Thread | None:
    """The thread a hint was made for, or what it was merged into; None for no hint, a forged one, or one whose salt
    was changed since."""
    if not hint:
        return None
    try:
        number, _, salt = _signer().unsign(hint).partition("-")
    except BadSignature:
        return None
    return whole(Thread.objects.filter(pk=int(number), reader_salt=salt).first())


def reply_tag(thread: Thread) -> str:
    """A signed sign for the address under which answers come back: small letters and digits, "shop+TAG@…"."""
    return f"t{thread.pk}x{_mac(thread)}"


def thread_tagged(tags: Iterable[str]) -> Thread | None:
    """The thread of the first of these signs that is ours."""
    for tag in tags:
        match = _TAG.fullmatch(tag.lower())
        thread = Thread.objects.filter(pk=int(match[1])).first() if match else None
        if thread is not None and match and constant_time_compare(match[2], _mac(thread)):
            return whole(thread)
    return None


def whole(thread: Thread | None) -> Thread | None:
    """The thread, or the one that it became part of."""
    seen: set[int] = set()
    while thread is not None and thread.merged_into is not None and thread.pk not in seen:
        seen.add(thread.pk)
        thread = thread.merged_into
    return thread


def place_of(letter: Letter) -> Place:
    """The thread a mail belongs to.

    Two mails belong together where one refers to the other and whoever speaks in the first is named in the second, or
    where the same person speaks in two that refer to a third. That says nothing about which of them came first, so the
    threads are the same in whatever order mails arrive.
    """
    refers_to = letter.refers_to[:MOST_REFERENCES]
    indexes = named([letter.mail_id, *refers_to])
    own, others = indexes[0], indexes[1:]
    joined: list[int] = []
    strange: int | None = None
    with keys.scope():
        for message in _referred_to(refers_to, others):
            if message.thread_id in joined:
                continue
            if letter.party & everybody_in(message, ours=letter.ours):
                joined.append(message.thread_id)
            else:
                strange = strange or message.thread_id
        wanted = [own, *others] if letter.mail_id else others
        for message, index in _referring_to(wanted, without=joined):
            # It waits for this very mail, or both refer to a third.
            named_there = letter.everybody if index == own and letter.mail_id else letter.party
            if message.thread_id not in joined and party_of(message, ours=letter.ours) & named_there:
                joined.append(message.thread_id)
    if not joined:
        tagged = thread_tagged(letter.tags)
        return Place(tagged.pk) if tagged else Place(stranger_to=strange)
    first, *rest = joined
    return Place(first, also=growing_together(first, rest))


def one_at_a_time() -> None:
    """Hold the door, until the transaction ends: two mails of one conversation must not both open a thread.

    SQLite lets one writer in at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_DOOR])


def remember(message: Message, refers_to: Collection[str]) -> None:
    """Keep what a message's mail refers to, so that a mail of that name finds it whenever it comes."""
    wanted = list(dict.fromkeys(refers_to))[:MOST_REFERENCES]
    if not wanted:
        return
    Reference.objects.bulk_create(Reference(message=message, mail_id_index=index) for index in named(wanted))


def named(mail_ids: Iterable[str]) -> list[bytes]:
    """The keyed digests under which mails are found by their Message-ID; never the names themselves."""
    return blind_indexes(mail_ids, MAIL_ID)


MAIL_ID = "conversations.envelope.mail_id"


def party_of(message: Message, *, ours: frozenset[str]) -> frozenset[str]:
    """Who speaks in a mail; for one of ours, those it goes to. Empty where its key is gone."""
    if message.kind != Message.Kind.IN:
        return everybody_in(message, ours=ours)
    envelope = _envelope(message)
    try:
        return _opened(envelope.sender if envelope else "")
    except KeyGone:
        return frozenset()


def everybody_in(message: Message, *, ours: frozenset[str]) -> frozenset[str]:
    """All whom a mail names, without ourselves. Empty where its key is gone."""
    try:
        found: set[str] = set()
        envelope = _envelope(message)
        if envelope is not None:
            found |= _opened(envelope.sender, envelope.to, envelope.cc, envelope.reply_to)
        if message.kind == Message.Kind.OUT and message.decision_id is not None:
            for mail in Outgoing.objects.filter(reply_message_id=message.pk).defer("content"):
                found |= _opened(mail.to, mail.also_to)
    except KeyGone:
        return frozenset()
    return frozenset(found - ours)


def _referred_to(refers_to: tuple[str, ...], indexes: list[bytes]) -> list[Message]:
    """The messages behind these Message-IDs, in their order; ours are known by the outbox."""
    if not refers_to:
        return []
    found: dict[str, list[Message]] = {}
    by_index = dict(zip(indexes, refers_to, strict=True))
    for envelope in Envelope.objects.filter(mail_id_index__in=indexes).select_related("message"):
        found.setdefault(by_index[bytes(envelope.mail_id_index or b"")], []).append(envelope.message)
    left = Outgoing.objects.filter(message_id__in=refers_to).values_list("reply_message_id", "message_id")
    ours = {number: mail_id for number, mail_id in left if number is not None}
    for message in Message.objects.filter(pk__in=ours) if ours else ():
        found.setdefault(ours[message.pk], []).append(message)
    return [message for mail_id in refers_to for message in found.get(mail_id, ())]


def _referring_to(indexes: list[bytes], *, without: Collection[int]) -> list[tuple[Message, bytes]]:
    """The messages outside of these threads whose mails refer to one of these, and to which."""
    if not indexes:
        return []
    if without:
        rows = Reference.objects.filter(mail_id_index__in=indexes).exclude(message__thread__in=without)
        pairs = list(rows.order_by("message_id").values_list("message_id", "mail_id_index")[:MOST_SIBLINGS])
    else:
        pairs = _REFERRING(room_for(indexes), indexes=indexes)
    numbers = [number for number, _ in pairs]
    messages = Message.objects.select_related("envelope").in_bulk(numbers) if numbers else {}
    return [(messages[number], bytes(index)) for number, index in pairs]


def growing_together(first: int, rest: list[int]) -> tuple[int, ...]:
    """Those of the rest that are one with the first; never against a colleague who once moved something there."""
    if not rest:
        return ()
    moves = Move.objects.filter(Q(from_thread__in=[first, *rest]) | Q(to_thread__in=[first, *rest]))
    moves = moves.filter(Q(by__isnull=False) | Q(undone_at__isnull=False))
    touched = {number for pair in moves.values_list("from_thread_id", "to_thread_id") for number in pair}
    return () if first in touched else tuple(number for number in rest if number not in touched)


def _envelope(message: Message) -> Envelope | None:
    return getattr(message, "envelope", None)


def _opened(*texts: str) -> frozenset[str]:
    return frozenset(filter(None, (plain(address) for text in texts for address in text.splitlines())))


def _mac(thread: Thread) -> str:
    text = f"{thread.pk}-{thread.reader_salt}"
    return salted_hmac("courtesy.conversations.reply tag", text, algorithm="sha256").hexdigest()[:20]


def _signer() -> Signer:
    return Signer(salt="courtesy.conversations.thread", sep=".")

"""Reads past letters as every mail is read, and tells whose they are: a customer's, ours, or nobody's business."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from courtesy.conversations.actions.shelving import Read
from courtesy.conversations.ours import Ours, addresses, plain
from courtesy.post.channels.email import parsing as email
from courtesy.post.channels.incoming import Address, Incoming, Mail
from courtesy.post.channels.incoming import Unreadable as NoMail
from courtesy.post.past.letters import PastLetter, Unreadable, Why
from courtesy.post.past.rows import US
from courtesy.staff.models import Colleague

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Ourselves:
    """Which addresses are ours, and which names."""

    ours: Ours
    named: Mapping[str, Colleague]
    colleagues: Mapping[UUID, Colleague]


@dataclass
class Readings:
    """A handful that was read: letters, what is none, and how many went from one of us to another."""

    read: list[Read] = field(default_factory=list)
    bad: list[Unreadable] = field(default_factory=list)
    inside: int = 0


def ourselves(more: Collection[str]) -> Ourselves:
    """The addresses of mailboxes and colleagues, and ``more`` that the shop had; a name that two have is nobody's."""
    known = addresses()
    shop = {address for one in (*more, US) if (address := plain(one))}
    names: dict[str, Colleague | None] = {}
    here = {one.pk: one for one in Colleague.objects.filter(left_at=None)}
    for one in here.values():
        name = one.called.strip().casefold()
        names[name] = None if name in names else one
    left: dict[str, Colleague | None] = {}
    for one in Colleague.objects.exclude(left_at=None):
        name = one.called.strip().casefold()
        left[name] = None if name in left else one
    # Who has left since wrote it all the same; whoever is here goes before a namesake who is not.
    names = {**left, **names}
    return Ourselves(
        Ours(known.mailboxes | shop, known.colleagues),
        {name: one for name, one in names.items() if one and name},
        here,
    )


def all_of(handful: Sequence[PastLetter | Unreadable], *, us: Ourselves, at: datetime) -> Readings:
    """What these letters say; each that cannot be read says why, and the others go on."""
    readings = Readings()
    for past in handful:
        if isinstance(past, Unreadable):
            readings.bad.append(past)
            continue
        try:
            incoming = email.parse(past.raw, ours=us.ours.all)
        except NoMail as trouble:
            why = Why.STUMBLED if str(trouble).startswith(email.STUMBLED) else Why.NO_SENDER
            readings.bad.append(Unreadable(past.place, why, past.raw))
            continue
        read = _read(past, incoming, us=us, at=at)
        if isinstance(read, Why):
            readings.bad.append(Unreadable(past.place, read, past.raw))
        elif read is None:
            readings.inside += 1
        else:
            readings.read.append(read)
    return readings


def _read(past: PastLetter, incoming: Incoming, *, us: Ourselves, at: datetime) -> Read | Why | None:
    """None for mail among ourselves."""
    mail = incoming.mail
    if mail is None:
        return Why.NOT_A_MAIL
    written = _written_at(past, mail, at)
    if written is None:
        return Why.NO_DATE
    writer = _writer(incoming, mail, us.ours)
    sender = plain(mail.sender.address)
    by_us = us.ours.is_shop(sender) or sender in us.ours.colleagues
    ours = mail.forwarded is None and by_us and plain(writer.address) == sender
    outside = tuple(one for one in (*mail.to, *mail.cc) if not _is_one_of_us(one.address, us.ours))
    if ours and (not outside or mail.bounce is not None):
        return None
    return Read(
        past=past,
        name="",
        incoming=incoming,
        mail=mail,
        ours=ours,
        writer=writer,
        outside=outside,
        at=written,
        by=_colleague(past, mail, us) if ours else None,
    )


def _written_at(past: PastLetter, mail: Mail, at: datetime) -> datetime | None:
    """When it was written, as far as its date can be; else when it came."""
    for moment in (mail.written_at, past.came_at):
        if moment is not None:
            aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            if EARLIEST < aware <= at:
                return aware
    return None


def _writer(incoming: Incoming, mail: Mail, ours: Ours) -> Address:
    """Who speaks: whom a colleague passed on, who filled in a form that mails from our own address, or the sender."""
    if mail.forwarded is not None:
        return mail.forwarded
    if ours.is_shop(mail.sender.address) and mail.reply_to and not ours.is_shop(mail.reply_to.address):
        return mail.reply_to
    return Address(incoming.address, incoming.name)


def _is_one_of_us(address: str, ours: Ours) -> bool:
    return ours.is_shop(address) or plain(address) in ours.colleagues


def _colleague(past: PastLetter, mail: Mail, us: Ourselves) -> Colleague | None:
    """Who of us wrote it, by their own address or a name that only one has; else somebody here."""
    by_address = us.ours.colleagues.get(plain(mail.sender.address))
    if by_address is not None:
        return us.colleagues.get(by_address)
    return us.named.get((past.by or mail.sender.name).strip().casefold())

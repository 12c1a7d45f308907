"""The shop's mailboxes: connected, changed, removed; and from which of them something leaves."""

from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from secrets import token_bytes
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction

from courtesy.jobs.actions import changed
from courtesy.post import mime
from courtesy.post.channels.incoming import Unreadable, address_in, one_line
from courtesy.post.models import Mailbox, MailServer, Outgoing, Tls
from courtesy.post.queries import is_this_machine
from courtesy.privacy import keys, ledger
from courtesy.privacy.sealing import blind_index
from courtesy.staff import queries as staff
from courtesy.staff.actions import NotAllowed
from courtesy.staff.models import Colleague

State = Outgoing.State
UNFINISHED = (State.WAITING, State.SENDING, State.HELD, State.UNSURE)


class NotConnected(Exception):
    """These settings are not taken."""


class AddressTaken(NotConnected):
    """This address is connected already."""


class Unusable(NotConnected):
    """A setting that cannot be right; ``where`` names the field, the text says what is so."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(why)
        self.where = where


class SecretNeeded(NotConnected):
    """Another server or another user: what was the password there is never handed to it."""


class StillUnsent(Exception):
    """Something has yet to leave from this mailbox; it is let go or taken back first."""


class NoSuchMailbox(LookupError):
    """There is no mailbox of this number, or it was removed."""


@dataclass(frozen=True)
class Given:
    """What somebody fills in about a mailbox. The secret never prints."""

    address: str
    user: str
    secret: str = field(repr=False)
    imap_host: str
    imap_port: int = 993
    imap_tls: str = Tls.AT_ONCE.value
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_tls: str = Tls.STARTTLS.value
    name: str = ""
    provider: str = ""
    keeps_copies: bool = True
    plus_addresses: bool = False

    def row(self) -> Mailbox:
        """A mailbox of these settings that is nowhere kept, to be tried out."""
        return Mailbox(id=uuid4(), **self.values())

    def values(self) -> dict[str, Any]:
        """The fields of a `Mailbox`."""
        return asdict(self)


def of(mailbox: Mailbox) -> Given:
    """The settings as they are, the secret with them: for trying out, never for a page."""
    return Given(**{one.name: getattr(mailbox, one.name) for one in fields(Given)})


def connected() -> list[Mailbox]:
    """The mailboxes, the first connected first; their keys in one question."""
    rows = list(Mailbox.objects.filter(removed_at=None).order_by("created_at", "id"))
    keys.warm(row.key_id for row in rows)
    return rows


def mailbox(mailbox_id: UUID | str) -> Mailbox:
    """The mailbox. Raises NoSuchMailbox."""
    try:
        return Mailbox.objects.get(pk=mailbox_id, removed_at=None)
    except Mailbox.DoesNotExist:
        raise NoSuchMailbox from None


def checked(given: Given) -> Given:
    """The settings put in order. Raises Unusable."""
    try:
        address = address_in(given.address).lower()
    except Unreadable:
        raise Unusable("address", "no address") from None
    made = replace(
        given,
        address=address,
        user=one_line(given.user, 254) or address,
        imap_host=_host("imap_host", given.imap_host),
        smtp_host=_host("smtp_host", given.smtp_host) if given.smtp_host.strip() else "",
        name=one_line(given.name, 60) or _name_for(address),
    )
    for way in ("imap", "smtp"):
        host, port, tls = (getattr(made, f"{way}_{what}") for what in ("host", "port", "tls"))
        if not 1 <= port <= 65535:
            raise Unusable(f"{way}_port", "no port")
        if tls not in Tls.values:
            raise Unusable(f"{way}_tls", "no such choice")
        if tls == Tls.NEVER and host and not is_this_machine(host):
            raise Unusable(f"{way}_tls", "only on this machine")
    return made


def connect(*, given: Given, by: Colleague, at: datetime) -> Mailbox:
    """Read this mailbox from now on, and send from it once "Courtesy may send" is on.

    What is in it already is the past and stays where it is. Raises NotAllowed, Unusable, AddressTaken, SecretNeeded.
    """
    _may(by)
    made = checked(given)
    if not made.secret:
        raise SecretNeeded
    pk = uuid4()
    key_id = keys.new(holder=pk, at=at)
    try:
        with transaction.atomic():
            row = Mailbox(pk=pk, key_id=key_id, begins_at=at, created_at=at, **made.values())
            row.save(force_insert=True)
            ledger.append("mailbox connected", by=by.pk, at=at)
            changed("mailboxes")
    except IntegrityError:
        raise AddressTaken from None
    return row


def change(mailbox_id: UUID | str, *, given: Given, by: Colleague, at: datetime) -> Mailbox:
    """Other settings for this mailbox; its address stays. Without a secret the one it has stays.

    Raises NotAllowed, NoSuchMailbox, Unusable, and SecretNeeded where server or user differ and no secret is given.
    """
    _may(by)
    with transaction.atomic():
        row = _held(mailbox_id)
        made = completed(row, checked(replace(given, address=row.address)))
        if _elsewhere(of(row), made):
            # Another server counts its mails anew; what comes twice is kept once.
            row.folders.all().delete()
        for name, value in made.values().items():
            setattr(row, name, value)
        row.problem, row.problem_since = "", None
        row.save()
        MailServer.objects.filter(pk=server_name(row.pk)).delete()
        ledger.append("mailbox changed", by=by.pk, at=at)
        changed("mailboxes")
    return row


def completed(row: Mailbox, given: Given) -> Given:
    """The settings with the mailbox’s own secret where none was typed. Raises SecretNeeded where it must not go."""
    if given.secret:
        return given
    if _elsewhere(of(row), given):
        raise SecretNeeded
    return replace(given, secret=row.secret)


def remove(mailbox_id: UUID | str, *, by: Colleague, at: datetime) -> None:
    """Read and use this mailbox no more. Its password goes; the mails that came by it stay, here and there.

    Raises NotAllowed, NoSuchMailbox, and StillUnsent while something waits to leave from it or is unsure.
    """
    _may(by)
    with transaction.atomic():
        row = _held(mailbox_id)
        if row.outgoing.filter(state__in=UNFINISHED).exists():
            raise StillUnsent
        row.user = row.secret = ""
        row.removed_at = at
        row.save(update_fields=["user", "secret", "removed_at"])
        # The digest of the address goes too; what takes its place belongs to nobody.
        Mailbox.objects.filter(pk=row.pk).update(address_index=token_bytes(32))
        row.folders.all().delete()
        row.trials.all().delete()
        MailServer.objects.filter(pk=server_name(row.pk)).delete()
        ledger.append("mailbox removed", by=by.pk, at=at)
        changed("mailboxes")
    keys.destroy(row.pk, at=at)


@dataclass(frozen=True)
class WayOut:
    """From where something leaves: a mailbox, or (None) the server and the sender of the settings."""

    mailbox_id: UUID | None
    mail_from: str
    address: str = ""
    plus_addresses: bool = False

    def reply_address(self, tag: str) -> str:
        """The address an answer to this comes back to; empty for the sender's own."""
        local, _, host = self.address.rpartition("@")
        fits = tag and self.plus_addresses and "+" not in local and len(local) + 1 + len(tag) <= 64
        return f"{local}+{tag}@{host}" if fits else ""


def way_out(mailbox_id: UUID | None = None) -> WayOut:
    """This mailbox, if it is connected and sends; else the first that does; else the server of the settings."""
    sending = [row for row in connected() if row.smtp_host]
    row = next((row for row in sending if row.pk == mailbox_id), sending[0] if sending else None)
    if row is None:
        return WayOut(None, settings.COURTESY.mail_from)
    return WayOut(row.pk, mime.sender(staff.shop().name, row.address), row.address, row.plus_addresses)


def server_name(mailbox_id: UUID | None) -> str:
    """The name under which `MailServer` keeps how the server of this mailbox (None: of the settings) has been."""
    return mailbox_id.hex if mailbox_id else MailServer.OF_THE_SETTINGS


def is_ours(address: str) -> bool:
    """Whether this is the address of a mailbox of ours."""
    index = blind_index(address.strip().lower(), Mailbox._meta.get_field("address").column_name)
    return Mailbox.objects.filter(address_index=index, removed_at=None).exists()


def _may(by: Colleague) -> None:
    if not by.may("manage"):
        raise NotAllowed


def _held(mailbox_id: UUID | str) -> Mailbox:
    row = Mailbox.objects.select_for_update().filter(pk=mailbox_id, removed_at=None).first()
    if row is None:
        raise NoSuchMailbox
    return row


def _elsewhere(before: Given, now: Given) -> bool:
    """Whether the secret would go to another server or be another user's."""
    names = ("user", "imap_host", "imap_port", "imap_tls", "smtp_port", "smtp_tls")
    moved = any(getattr(before, name) != getattr(now, name) for name in names)
    return moved or now.smtp_host not in {"", before.smtp_host}


def _name_for(address: str) -> str:
    """The domain, numbered where another mailbox is called so; the rest of the address stays sealed."""
    domain = address.rpartition("@")[2][:50]
    taken = set(Mailbox.objects.filter(removed_at=None).values_list("name", flat=True))
    return next(name for name in [domain, *(f"{domain} {n}" for n in range(2, 10_000))] if name not in taken)


def _host(where: str, text: str) -> str:
    host = text.strip().rstrip(".").lower()
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    good = host and len(host) <= 253 and all(part.isascii() and part for part in host.split("."))
    if not good or set(host) - set("abcdefghijklmnopqrstuvwxyz0123456789.-:_"):
        raise Unusable(where, "no host")
    return host

"""What every channel's reader hands over, whatever the message came as; and how its words are made fit to keep."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

LONGEST_ADDRESS = 254
LONGEST_NAME = 120
LONGEST_SUBJECT = 200

Verified = Literal["pass", "fail", "none"]

_address_is_valid = EmailValidator()
_TROUBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ud800-\udfff]")
# Characters that turn the direction of what follows, or are not seen: they can make a name look like another.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


class Unreadable(ValueError):
    """These bytes are no message; the text says which part, never its content."""


class Mark(TextChoices):
    """What is odd about a mail, by class; a person sees the label."""

    CUT = "cut", _("Longer than is shown here; the whole is in the original mail")
    TOO_MANY_PARTS = "too many parts", _("More parts than are listed here; the whole is in the original mail")
    TOO_DEEP = "too deep", _("Mails within mails, deeper than is opened here")
    NO_WORDS = "no words", _("There are no words in this mail")
    PGP = "pgp", _("Encrypted with PGP; open it in your mail program")
    SMIME = "smime", _("Encrypted with S/MIME; open it in your mail program")
    WINMAIL = "winmail", _("Attachments are packed in a winmail.dat, as only Outlook can open them")
    INVITATION = "invitation", _("An invitation to an appointment")
    INVITATION_ANSWERED = "invitation answered", _("An answer to an invitation")
    MAIL_WITHIN = "mail within", _("Another mail is attached")
    GUESSED = "guessed", _("The mail does not say correctly how its letters are written; some may be wrong")
    DAMAGED = "damaged", _("Parts of this mail arrived damaged")
    SEVERAL_SENDERS = "several senders", _("The mail names more than one sender")
    NO_FROM = "no from", _("The mail does not say who wrote it; the sender is taken from its envelope")
    ANSWERS_ELSEWHERE = "answers elsewhere", _("Answers go to another address than the one it came from")
    NAME_IS_ADDRESS = "name is address", _("The sender’s name looks like another mail address")
    NO_AUTOMATIC_ANSWER = "no automatic answer", _("Nothing automatic may answer it")
    OTHER_FILE = "other file", _("A file in it is something else than its name says")
    REFUSED_FILE = "refused file", _("A file in it can harm a computer and is not handed out")


@dataclass(frozen=True)
class Address:
    """A mail address and the name written beside it, which may be empty."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class Part:
    """A file in a mail. ``kind`` is read from its content, ``refused`` says why it is not handed out, if it is not."""

    number: int
    name: str
    kind: str
    size: int
    inline: bool = False
    cid: str = ""
    refused: str = ""


@dataclass(frozen=True)
class Bounce:
    """A mail server could not deliver something of ours, finally or not yet. Texts are empty where it does not say."""

    of_mail_id: str
    status: str
    final: bool
    recipient_domain: str


@dataclass(frozen=True)
class Mail:
    """What a mail says of itself beside its words.

    ``refers_to`` names the mails it answers, the nearest first; ``apart`` is one of `Thread.Apart` or empty;
    ``forwarded`` is who wrote what a colleague passed on; ``marks`` are of `Mark`.
    """

    mail_id: str
    refers_to: tuple[str, ...]
    sender: Address
    reply_to: Address | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    written_at: datetime | None
    text: str
    has_html: bool
    parts: tuple[Part, ...]
    apart: str
    bounce: Bounce | None
    verified: Verified
    forwarded: Address | None
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Incoming:
    """One message as it was meant. ``looks_again``: a customer asks for a person in a thread that is known already;
    only then ``address`` may be empty. ``body`` may be empty then, and in a mail that holds nothing but files."""

    address: str
    name: str
    subject: str
    body: str
    person_only: bool
    outreach_yes: bool
    looks_again: bool = False
    mail: Mail | None = None


def address_in(text: str) -> str:
    """A mail address a letter can be sent to, the host in small ASCII letters. Raises Unreadable."""
    if len(text) > LONGEST_ADDRESS:
        raise Unreadable("address too long")
    local, at, host = text.strip().rpartition("@")
    try:
        host = host.lower() if host.isascii() else host.encode("idna").decode("ascii")
        address = f"{local}{at}{host}"
        _address_is_valid(address)
    except (ValidationError, UnicodeError):
        raise Unreadable("no address") from None
    # Quotes may hold anything by the letter of the law; nobody of flesh and blood has such an address.
    seen = address.isascii() and address.isprintable() and " " not in address
    if not seen or len(address) > LONGEST_ADDRESS or host.startswith("["):
        raise Unreadable("no address")
    return address


def one_line(text: str, longest: int) -> str:
    """A name or subject: one line, nothing unseen in it, cut at ``longest`` characters."""
    seen = _UNSEEN.sub("", _TROUBLE.sub(" ", text))
    return " ".join(unicodedata.normalize("NFC", seen).split())[:longest].strip()


def lines(text: str) -> str:
    """A body: its lines and their words kept, characters that no database or mail can carry taken out."""
    ended = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    return "\n".join(line.rstrip() for line in _TROUBLE.sub("", ended).split("\n")).strip()

"""What a visitor may do here: hand in a message, once, without a script, and without being a machine."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from courtesy.jobs.moments import moment
from courtesy.post import arrivals, limits
from courtesy.post.channels.form import parsing
from courtesy.post.limits import TooMany
from courtesy.post.models import Arrival
from courtesy.privacy.sealing import blind_index

OUTREACH_BOX = _("You may write to me first, for example when something is back.")
"""The words beside the box on the contact page; the register keeps what was agreed to."""

_TOO_LONG = _("This is very long. Please send at most 20,000 characters.")

CAUGHT = "caught by the spam trap"
QUICKEST = timedelta(seconds=2)
LONGEST = timedelta(days=7)


class NotTaken(Exception):
    """The message was not taken; the page shows why and keeps what was typed. `TooMany` is another reason."""


class FormTooOld(NotTaken):
    """The form was not ours or lay open for too long: show it again with a new token."""


class NotFilledIn(NotTaken):
    """Something is missing or cannot be right; ``errors`` has a sentence for each field."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


@dataclass(frozen=True)
class HandedIn:
    """It is kept. ``answer_token`` opens the private page where the answer can be read."""

    arrival_id: UUID
    answer_token: str


def form_token(*, at: datetime) -> str:
    """For a hidden field of the form: makes sending twice once, and tells how quickly it was filled in."""
    return _signer().sign(f"{secrets.token_urlsafe(12)}-{int(at.timestamp())}")


def hand_in(
    *,
    address: str,
    name: str,
    subject: str,
    body: str,
    token: str,
    trap: str,
    client: str,
    at: datetime,
    person_only: bool = False,
    outreach_yes: bool = False,
) -> HandedIn:
    """Take a message from the contact form; when this returns it is on the disk.

    ``token`` is a `form_token`, ``trap`` the field no person sees, ``client`` the visitor's network address (counted
    as a keyed digest, never kept). The same form sent twice is one arrival. Raises NotFilledIn, FormTooOld, TooMany.
    What the trap catches is kept aside where colleagues see it, since a trap can be wrong; the visitor is thanked.
    """
    nonce, opened = _read(token, at)
    errors = _errors(address=address, name=name, subject=subject, body=body)
    if errors:
        raise NotFilledIn(errors)
    raw = parsing.write(
        address=address, name=name, subject=subject, body=body, person_only=person_only, outreach_yes=outreach_yes
    )
    if len(raw) > parsing.LONGEST_RAW:
        raise NotFilledIn({"body": str(_TOO_LONG)})
    # The words are part of the name: who goes back, changes the text and sends again has said something else.
    channel_id = f"{nonce}-{blind_index(raw.decode('ascii'), 'post.form').hex()[:32]}"
    known = Arrival.objects.filter(channel="form", channel_id=channel_id).first()
    if known is not None:
        return _thanks(known)
    limits.visitor(client, at=at)
    limits.count(parsing.address_in(address).lower(), limits.ADDRESS, at=at)
    caught = bool(trap.strip()) or at - opened < QUICKEST
    moment("hand in: counted")
    return _thanks(
        arrivals.keep(channel="form", channel_id=channel_id, raw=raw, at=at, set_aside=CAUGHT if caught else "")
    )


def answer_token(arrival_id: UUID) -> str:
    """The signed name of a private page; who has it may read the answers to this message."""
    return Signer(salt="courtesy.private-page", sep=".").sign(arrival_id.hex)


def arrival_of(token: str) -> UUID | None:
    """The arrival an `answer_token` was made for; None for anything else."""
    try:
        return UUID(hex=Signer(salt="courtesy.private-page", sep=".").unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    return Signer(salt="courtesy.post.form", sep=".")


def _thanks(arrival: Arrival) -> HandedIn:
    return HandedIn(arrival_id=arrival.pk, answer_token=answer_token(arrival.pk))


def _read(token: str, at: datetime) -> tuple[str, datetime]:
    try:
        nonce, _, seconds = _signer().unsign(token).rpartition("-")
    except BadSignature:
        raise FormTooOld("not ours") from None
    opened = datetime.fromtimestamp(int(seconds), at.tzinfo)
    if at - opened > LONGEST:
        raise FormTooOld("too old")
    return nonce, opened


def _errors(*, address: str, name: str, subject: str, body: str) -> dict[str, str]:
    errors = {}
    try:
        parsing.address_in(address)
    except parsing.Unreadable:
        errors["address"] = str(_("This does not look like an e-mail address. It needs an @ and a host."))
    if not parsing.lines(body):
        errors["body"] = str(_("Please write a few words."))
    elif len(parsing.lines(body)) > parsing.LONGEST_BODY:
        errors["body"] = str(_TOO_LONG)
    if len(name) > parsing.LONGEST_NAME:
        errors["name"] = str(_("Please use at most 120 characters."))
    if len(subject) > parsing.LONGEST_SUBJECT:
        errors["subject"] = str(_("Please use at most 200 characters."))
    return errors


__all__ = [
    "OUTREACH_BOX",
    "FormTooOld",
    "HandedIn",
    "NotFilledIn",
    "NotTaken",
    "TooMany",
    "answer_token",
    "arrival_of",
    "form_token",
    "hand_in",
]

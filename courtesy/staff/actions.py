"""What can happen to colleagues, to the links that let them in, and to the shop."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import connection, transaction
from django.db.models import Q

from courtesy.privacy import keys, ledger
from courtesy.staff import queries
from courtesy.staff.models import AccountChange, Colleague, Invitation, Naming, Role, Session, SheetOnPaper, Shop

INVITATION_LASTS = timedelta(days=7)
OWNER_LINK_LASTS = timedelta(days=1)
WAY_BACK_LASTS = timedelta(days=1)
INVITATIONS_KEPT = timedelta(days=90)
ACCOUNT_CHANGES_KEPT = timedelta(days=365)
HOURS = ("time_zone", "opening_hours", "closed_days", "first_reply_within")


class NotLetIn(Exception):
    """Somebody cannot be let in this way."""


class InvitationGone(NotLetIn):
    """The link was used, taken back, or ran out; or there never was one."""


class NameTaken(NotLetIn):
    """Somebody already signs in by this name."""


class OwnerExists(NotLetIn):
    """The shop has an owner; another owner link can only be made on the machine itself."""


class NotAllowed(Exception):
    """This colleague may not do that."""


class LastOwner(NotAllowed):
    """The shop would be left without an owner."""


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _new_invitation(
    *,
    role: str,
    called: str,
    by: Colleague | None,
    at: datetime,
    lasts: timedelta,
    colleague: Colleague | None = None,
) -> str:
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        digest=_digest(token),
        role=role,
        called=called,
        colleague=colleague,
        invited_by=by,
        created_at=at,
        until=at + lasts,
    )
    return token


def invite(*, role: str, called: str, by: Colleague, at: datetime) -> str:
    """The token of a link that lets one new colleague in, once, within a week. It is shown now and kept nowhere.

    Raises NotAllowed unless ``by`` manages; managers and owners are let in by an owner only.
    """
    if not by.may("manage") or (role in {Role.OWNER, Role.MANAGER} and not by.may("own")):
        raise NotAllowed
    with transaction.atomic():
        token = _new_invitation(role=Role(role), called=called, by=by, at=at, lasts=INVITATION_LASTS)
        ledger.append("colleague invited", by=by.pk, at=at, role=str(role))
    return token


def owner_link(*, at: datetime, on_this_machine: bool = False) -> str:
    """The token of the link that makes its holder an owner, once, within a day. An earlier one stops working.

    Raises OwnerExists where the shop has an owner, except for whoever sits at the
    machine itself (the command line), who could read everything anyway.
    """
    with transaction.atomic():
        if queries.has_owner() and not on_this_machine:
            raise OwnerExists
        Invitation.objects.filter(role=Role.OWNER, invited_by=None, used_at=None, withdrawn_at=None).update(
            withdrawn_at=at
        )
        token = _new_invitation(role=Role.OWNER, called="", by=None, at=at, lasts=OWNER_LINK_LASTS)
        ledger.append("owner link made", at=at)
    return token


def way_back(colleague: Colleague, *, by: Colleague, at: datetime) -> str:
    """The token of a link for a colleague who lost password or phone: a new password, a new authenticator app.

    Nothing changes until it is used. Raises NotAllowed as `invite` does.
    """
    if not by.may("manage") or (colleague.role in {Role.OWNER, Role.MANAGER} and not by.may("own")):
        raise NotAllowed
    with transaction.atomic():
        Invitation.objects.filter(colleague=colleague, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
        token = _new_invitation(
            role=colleague.role, called=colleague.called, colleague=colleague, by=by, at=at, lasts=WAY_BACK_LASTS
        )
        ledger.append("way back made", about=colleague, by=by.pk, at=at)
    return token


def withdraw(invitation: Invitation, *, by: Colleague, at: datetime) -> None:
    """Take an unused link back. One that was used meanwhile stays used: nothing happens."""
    with transaction.atomic():
        if Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None).update(withdrawn_at=at):
            ledger.append("invitation taken back", by=by.pk, at=at)


def opened_by(token: str, *, at: datetime) -> Invitation:
    """The invitation this link belongs to, still unused. Raises InvitationGone."""
    invitation = Invitation.objects.select_related("colleague").filter(digest=_digest(token)).first()
    if invitation is None or not invitation.is_open(at):
        raise InvitationGone
    if invitation.colleague is not None and not invitation.colleague.is_active:
        raise InvitationGone
    return invitation


def _spend(token: str, *, at: datetime) -> Invitation:
    """Use the link up; of two who try at once, the second gets InvitationGone."""
    invitation = opened_by(token, at=at)
    unused = Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None, until__gt=at)
    if unused.update(used_at=at) != 1:
        raise InvitationGone
    return invitation


def join(token: str, *, username: str, called: str, password: str, address: str = "", at: datetime) -> Colleague:
    """Let a new colleague in by their link; the second step (code app) is theirs to set up right after.

    Raises InvitationGone, NameTaken, or Django's ValidationError for a password that is too weak.
    """
    key_id: UUID | None = None
    pk = uuid4()
    validate_password(password, Colleague(pk=pk, username=username, called=called))
    opened_by(token, at=at)
    if Colleague.objects.filter(username__iexact=username).exists():
        raise NameTaken
    # Keys commit first, in their own database; without a colleague this one is an orphan and is swept.
    key_id = keys.new(holder=pk, at=at)
    with transaction.atomic():
        invitation = _spend(token, at=at)
        if invitation.colleague is not None:
            raise InvitationGone
        if Colleague.objects.filter(username__iexact=username).exists():
            raise NameTaken
        colleague = Colleague(
            pk=pk, username=username, called=called, role=invitation.role, key_id=key_id, joined_at=at
        )
        colleague.address = address
        colleague.set_password(password)
        colleague.save(force_insert=True)
        AccountChange.objects.create(colleague=colleague, what=AccountChange.What.JOINED, at=at)
        ledger.append("colleague joined", about=colleague, by=colleague.pk, at=at, role=str(colleague.role))
    return colleague


def come_back(token: str, *, password: str, at: datetime) -> Colleague:
    """Use a way back: new password, the old authenticator app and recovery codes gone, every session ended.

    Raises InvitationGone, or Django's ValidationError for a password that is too weak.
    """
    invitation = opened_by(token, at=at)
    if invitation.colleague is None:
        raise InvitationGone
    validate_password(password, invitation.colleague)
    with transaction.atomic():
        _spend(token, at=at)
        colleague = Colleague.objects.select_for_update().get(pk=invitation.colleague.pk)
        colleague.set_password(password)
        colleague.save(update_fields=["password"])
        Authenticator.objects.filter(user_id=colleague.pk).delete()
        Session.objects.filter(colleague_id=colleague.pk).delete()
        AccountChange.objects.create(colleague=colleague, what=AccountChange.What.CAME_BACK, at=at)
        ledger.append("colleague came back", about=colleague, by=colleague.pk, at=at)
    return colleague


def note_account_change(colleague: Colleague, *, what: AccountChange.What, at: datetime) -> None:
    """Write down that something changed how this colleague gets in; they see it on their page."""
    with transaction.atomic():
        AccountChange.objects.create(colleague=colleague, what=what, at=at)
        ledger.append("account changed", about=colleague, by=colleague.pk, at=at, how=str(what.value))


def _keep_an_owner(colleague: Colleague) -> None:
    """Raises LastOwner if this is the only one; locks the owners, so that two cannot leave at once."""
    owners = Colleague.objects.select_for_update().filter(role=Role.OWNER, left_at=None)
    if [owner.pk for owner in owners] == [colleague.pk]:
        raise LastOwner


def _may_change(colleague: Colleague, by: Colleague) -> bool:
    return by.may("own") or (by.may("manage") and colleague.role not in {Role.OWNER, Role.MANAGER})


def _take_links_back(colleague: Colleague, *, at: datetime) -> None:
    """The links this colleague handed out, and those that lead back into their account, stop working."""
    links = Invitation.objects.filter(Q(colleague=colleague) | Q(invited_by=colleague), used_at=None, withdrawn_at=None)
    links.update(withdrawn_at=at)


def change_role(colleague: Colleague, *, role: str, by: Colleague, at: datetime) -> None:
    """Give a colleague another role; it holds from their next click. Raises NotAllowed, LastOwner.

    Open links of theirs end: a way back made by a manager must not lead into an owner's account, nor an invitation
    made as an owner outlive the ownership.
    """
    promotes = role in {Role.OWNER, Role.MANAGER}
    with transaction.atomic():
        # As they are now, and not as the page was read: somebody may have made them an owner since.
        colleague.role = Colleague.objects.select_for_update().get(pk=colleague.pk).role
        if not _may_change(colleague, by) or (promotes and not by.may("own")):
            raise NotAllowed
        if role != Role.OWNER:
            _keep_an_owner(colleague)
        if role != colleague.role:
            _take_links_back(colleague, at=at)
        colleague.role = Role(role)
        colleague.save(update_fields=["role"])
        AccountChange.objects.create(colleague=colleague, what=AccountChange.What.ROLE, at=at)
        ledger.append("role changed", about=colleague, by=by.pk, at=at, role=str(role))


def leave(colleague: Colleague, *, by: Colleague, at: datetime) -> None:
    """A colleague stops working here: signed out everywhere, no way back in; the name stays on what they answered.

    What they held is handed over by `desk.leaving`, around this. Their address, password, authenticator app and open
    links go. Raises NotAllowed, LastOwner.
    """
    if not _may_change(colleague, by):
        raise NotAllowed
    with transaction.atomic():
        _keep_an_owner(colleague)
        if not Colleague.objects.filter(pk=colleague.pk, left_at=None).update(left_at=at):
            return
        colleague.left_at = at
        colleague.address = colleague.signature = ""
        colleague.set_unusable_password()
        colleague.save(update_fields=["address", "signature", "password"])
        Session.objects.filter(colleague_id=colleague.pk).delete()
        Authenticator.objects.filter(user_id=colleague.pk).delete()
        _take_links_back(colleague, at=at)
        ledger.append("colleague left", about=colleague, by=by.pk, at=at)
        # Keys lie in a database of their own: only once all the rest stands, also where the caller does more around it.
        transaction.on_commit(lambda: keys.destroy(colleague.pk, at=at))


def sign_out_everywhere(colleague: Colleague, *, but: str | None, at: datetime) -> int:
    """End this colleague's sessions, all ``but`` the one of this key; how many ended."""
    with transaction.atomic():
        ended, _ = Session.objects.filter(colleague_id=colleague.pk).exclude(session_key=but or "").delete()
        ledger.append("signed out elsewhere", about=colleague, by=colleague.pk, at=at, sessions=ended)
    return ended


def forget_old(*, at: datetime) -> int:
    """What is kept for a time only: sessions that ran out, old invitations and account changes, counts of wrong tries
    (they hold network addresses, and the cache itself forgets none it is not asked for); how many rows went."""
    links = Invitation.objects.filter(until__lt=at - INVITATIONS_KEPT)
    changes = AccountChange.objects.filter(at__lt=at - ACCOUNT_CHANGES_KEPT)
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
        over = connection.ops.adapt_datetimefield_value(at.replace(microsecond=0))
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [over])  # noqa: S608 (a name of ours)
        counts = int(cursor.rowcount)
    return counts + sum(rows.delete()[0] for rows in (Session.objects.filter(expire_date__lt=at), links, changes))


def change_address(colleague: Colleague, *, address: str, at: datetime) -> None:
    """Where notices for this colleague go; empty for nowhere."""
    with transaction.atomic():
        colleague.address = address
        colleague.save(update_fields=["address"])
        ledger.append("address changed", about=colleague, by=colleague.pk, at=at)


def change_signature(colleague: Colleague, *, signature: str, at: datetime) -> None:
    """What stands under this colleague's letters in place of their name; empty for the name alone."""
    with transaction.atomic():
        colleague.signature = signature.replace("\r\n", "\n").strip()
        colleague.save(update_fields=["signature"])
        ledger.append("signature changed", about=colleague, by=colleague.pk, at=at)


def describe_shop(
    *, name: str, tagline: str, greeting: str, closing: str, naming: str, by: Colleague, at: datetime
) -> Shop:
    """Change the shop's name and manner of writing. Raises NotAllowed."""
    if not by.may("manage"):
        raise NotAllowed
    with transaction.atomic():
        shop = queries.shop()
        shop.name, shop.tagline, shop.greeting, shop.closing = name, tagline, greeting, closing
        shop.naming = Naming(naming)
        shop.save(update_fields=["name", "tagline", "greeting", "closing", "naming"])
        ledger.append("shop described", by=by.pk, at=at)
    return shop


def set_hours(
    *,
    time_zone: str,
    opening_hours: dict[str, list[list[str]]],
    closed_days: list[str],
    first_reply_within: int | None,
    acknowledges: bool,
    acknowledgment: str,
    out_of_office: str,
    by: Colleague,
    at: datetime,
) -> Shop:
    """When the shop is open, how soon it wants to answer, and what a mail is told by itself, as `Shop` writes them.

    Raises NotAllowed, also where anybody but an owner would switch the telling on or off.
    """
    shop = queries.shop()
    if not by.may("manage") or (acknowledges != shop.acknowledges and not by.may("own")):
        raise NotAllowed
    with transaction.atomic():
        shop.time_zone, shop.opening_hours, shop.closed_days = time_zone, opening_hours, closed_days
        shop.first_reply_within, shop.acknowledges = first_reply_within, acknowledges
        shop.acknowledgment, shop.out_of_office = acknowledgment, out_of_office
        shop.save()
        ledger.append("hours set", by=by.pk, at=at, acknowledges=acknowledges)
    return shop


def let_send(shop: Shop, *, by: Colleague, at: datetime, allowed: bool) -> None:
    """Switch on or off that Courtesy may send what colleagues let out. Raises NotAllowed unless an owner does it."""
    if not by.may("own"):
        raise NotAllowed
    with transaction.atomic():
        shop.may_send = allowed
        shop.save(update_fields=["may_send"])
        ledger.append("sending switched", by=by.pk, at=at, allowed=allowed)


def confirm_sheet(*, by: Colleague, at: datetime) -> SheetOnPaper:
    """Write down that the recovery sheet exists on paper; whoever calls has compared the typed groups."""
    if not by.may("own"):
        raise NotAllowed
    with transaction.atomic():
        row = SheetOnPaper.objects.create(by=by, at=at)
        ledger.append("recovery sheet confirmed", by=by.pk, at=at)
    return row


def start_my_own_shop(*, by: Colleague, at: datetime, sample_name: str) -> Shop:
    """The sample shop is over: its flag and its name go, and nothing leaves until the owner says so anew.

    A name the owner gave already stays. Emptying the other rooms is the caller's doing, in the same transaction.
    Raises NotAllowed.
    """
    if not by.may("own"):
        raise NotAllowed
    with transaction.atomic():
        shop = queries.shop()
        shop.is_sample = shop.may_send = False
        if shop.name == sample_name:
            shop.name, shop.tagline = Shop._meta.get_field("name").default, ""
        shop.save(update_fields=["is_sample", "may_send", "name", "tagline"])
        ledger.append("own shop started", by=by.pk, at=at)
    return shop


def describe_sample(*, name: str, tagline: str, at: datetime, hours: Mapping[str, Any] | None = None) -> Shop:
    """Make this shop the sample shop, which may never send. ``hours``: the shop's fields by that name."""
    with transaction.atomic():
        shop = queries.shop()
        shop.name, shop.tagline, shop.is_sample = name, tagline, True
        for field in HOURS:
            setattr(shop, field, (hours or {}).get(field, getattr(shop, field)))
        shop.save()
        ledger.append("sample shop opened", at=at)
    return shop

"""What can be found out about colleagues and the shop."""

from datetime import datetime
from uuid import UUID

from courtesy.privacy.prepared import Prepared
from courtesy.staff.models import AccountChange, Colleague, Invitation, Role, Session, SheetOnPaper, Shop


def shop() -> Shop:
    """The one shop; made with its defaults the first time anybody asks."""
    return _SHOP.first() or Shop.objects.get_or_create(pk=1)[0]


_SHOP = Prepared(lambda: Shop.objects.filter(pk=1))


def first_owner() -> Colleague | None:
    """The owner who came first; None before there is one."""
    return Colleague.objects.filter(role=Role.OWNER, left_at=None).order_by("pk").first()


def has_owner() -> bool:
    """Whether somebody owns this shop and can come in."""
    return Colleague.objects.here().filter(role=Role.OWNER).exists()


def colleagues() -> list[Colleague]:
    """Everybody who works here now."""
    return list(Colleague.objects.here())


def names(ids: set[UUID]) -> dict[UUID, str]:
    """What these colleagues are called, also those who left; one query."""
    return dict(Colleague.objects.filter(pk__in=ids).values_list("pk", "called"))


def everybody() -> list[Colleague]:
    """Everybody who works here or ever did, for names in what happened; one query."""
    return list(Colleague.objects.order_by("called", "username"))


def open_invitations(at: datetime) -> list[Invitation]:
    """Links that still let somebody in, the newest first."""
    alive = Invitation.objects.filter(used_at=None, withdrawn_at=None, until__gt=at)
    return list(alive.select_related("invited_by", "colleague").order_by("-created_at"))


def recent_account_changes(colleague: Colleague, limit: int = 8) -> list[AccountChange]:
    """The last things that changed how this colleague gets in."""
    return list(AccountChange.objects.filter(colleague=colleague)[:limit])


def sessions_of(colleague: Colleague, *, at: datetime) -> int:
    """In how many browsers this colleague is signed in."""
    return Session.objects.filter(colleague_id=colleague.pk, expire_date__gt=at).count()


def sheet_confirmed_at() -> datetime | None:
    """When the owner last showed that the recovery sheet exists on paper; None where never."""
    return SheetOnPaper.objects.order_by("-at").values_list("at", flat=True).first()

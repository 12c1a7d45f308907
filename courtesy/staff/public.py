"""What a customer may see of the shop and its people."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from courtesy.staff import queries
from courtesy.staff.models import Colleague, Naming, Shop


@dataclass(frozen=True)
class ShopFront:
    """The shop as customers meet it."""

    name: str
    tagline: str
    is_sample: bool


def shop_front() -> ShopFront:
    """The shop's name and words for a public page."""
    shop = queries.shop()
    return ShopFront(name=shop.name, tagline=shop.tagline, is_sample=shop.is_sample)


def name_for_customers(called: str, shop: Shop) -> str:
    """How a customer reads this colleague's name, as the owner chose: the first name, or nobody by name."""
    if shop.naming == Naming.TEAM:
        return _("the team")
    return called.strip().partition(" ")[0]


def signature_for_customers(colleague: Colleague, shop: Shop) -> str:
    """What stands in the closing's place for a name: this colleague's signature, else their name.

    The owner's choice goes first: where answers come from "the team", nobody signs with a name of their own.
    """
    if shop.naming == Naming.TEAM or not colleague.signature.strip():
        return name_for_customers(colleague.called, shop)
    return colleague.signature.strip()

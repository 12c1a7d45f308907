"""The languages of the shop: its own, and the others its customers write in."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from courtesy.jobs.actions import announce
from courtesy.privacy import ledger
from courtesy.staff import queries
from courtesy.staff.actions import NotAllowed
from courtesy.staff.models import Colleague, Language, Shop


def set_languages(*, language: str, others: Collection[str], by: Colleague, at: datetime) -> Shop:
    """The shop's own language, and the others its customers write in; the worker reads with what these need.

    Raises NotAllowed unless an owner does it, and ValueError for a language that is not in `Language`.
    """
    if not by.may("own"):
        raise NotAllowed
    own, rest = Language(language), [one.value for one in Language if one in others and one != language]
    if set(others) - {one.value for one in Language}:
        raise ValueError("an unknown language")
    with transaction.atomic():
        shop = queries.shop()
        if (shop.language, shop.other_languages) == (own, rest):
            return shop
        shop.language, shop.other_languages = own, rest
        shop.save(update_fields=["language", "other_languages"])
        ledger.append("languages set", by=by.pk, at=at, languages="-".join(shop.languages))
        announce("languages-set")
    return shop

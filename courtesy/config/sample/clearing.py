"""The sample is over: all of it goes, with its keys, whether its past is in, half in or not there yet."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from courtesy.config.sample import front_alive, reading
from courtesy.config.sample.shop import NAME, WORKED_HERE, WROTE_TOO, NotASample
from courtesy.consent.models import Entry
from courtesy.conversations.models import Bringing, Tag, Thread
from courtesy.desk.lifecycle.models import Replay
from courtesy.jobs.actions import announce, changed
from courtesy.jobs.models import Job
from courtesy.knowledge.actions import remove_articles
from courtesy.people.models import Person
from courtesy.post.models import Arrival, Outgoing
from courtesy.privacy import keys, sealed_files
from courtesy.privacy.models import Key
from courtesy.records.models import HandedIn, Import, Invoice, Order, Product, Refund, Store
from courtesy.staff import queries as staff
from courtesy.staff.actions import start_my_own_shop
from courtesy.staff.models import Colleague

LEFT_BEHIND = (
    "arrived", "message-stored", "answered-elsewhere", "article-saved", "outgoing-changed", "sample-opened",
    "sample-asked", "letters-brought", "replay-asked", "orders-handed-in", "orders-agreed", "orders-unwanted",
)  # fmt: skip
"""Work that is about what the sample holds."""

AT_ONCE = 500
AFTERWARDS = timedelta(seconds=10)


def start_own_shop(*, by: Colleague, at: datetime) -> None:
    """Remove all of the sample: its articles, all customers with their keys, orders, letters. Twice is once.

    Colleagues, their choices, and articles written since stay. Raises NotASample in a real shop.
    """
    if not staff.shop().is_sample:
        raise NotASample
    # Keys first: should the power go in between, nobody can be read any more and the rest goes at the second press.
    customers = list(Person.objects.values_list("pk", flat=True))
    theirs = _keys_of(customers)
    keys.destroy_these(theirs, at=at)
    for arrival_id, key_id in Arrival.objects.exclude(state=Arrival.State.TAKEN_IN).values_list("pk", "key_id"):
        _destroy_key(key_id, holder=arrival_id, at=at)
    brought = list(Bringing.objects.values_list("pk", "key_id"))
    handed_in = list(HandedIn.objects.values_list("pk", "key_id"))
    keys.destroy_these([key_id for _, key_id in (*brought, *handed_in)], at=at)
    with transaction.atomic():
        Job.objects.filter(name__in=LEFT_BEHIND).delete()
        Outgoing.objects.filter(Q(kind=Outgoing.Kind.REPLY) | Q(key_id__in=theirs)).delete()
        # A thread that became part of another holds it fast.
        Thread.objects.exclude(merged_into=None).update(merged_into=None)
        Thread.objects.all().delete()
        Bringing.objects.all().delete()
        Replay.objects.all().delete()
        Arrival.objects.all().delete()
        Tag.objects.filter(taggings=None).delete()
        _orders_go()
        Entry.objects.all().erase()
        Person.objects.all().delete()
        remove_articles(reading.article_slugs(), by=by, at=at)
        front_alive.put_away()
        _colleagues_go(at)
        start_my_own_shop(by=by, at=at, sample_name=NAME)
        if brought:
            announce("sample-ended", not_before=at + AFTERWARDS)
        changed("inbox")
        changed("articles")
    for number, _ in (*brought, *handed_in):
        sealed_files.delete(number)


def _orders_go() -> None:
    for model in (HandedIn, Refund, Order, Product, Import, Invoice, Store):
        model.objects.all().delete()


def _keys_of(holders: Iterable[UUID]) -> list[UUID]:
    found: list[UUID] = []
    rest = iter(holders)
    while some := list(islice(rest, AT_ONCE)):
        found += Key.objects.alive().filter(holder__in=some).values_list("pk", flat=True)
    return found


def _destroy_key(key_id: UUID, *, holder: UUID, at: datetime) -> None:
    """The key of something nobody took in holds to nobody yet; give it a holder, so that it goes with it."""
    with suppress(keys.KeyGone):
        keys.adopt(key_id, holder=holder)
        keys.destroy(holder, at=at)


def _colleagues_go(at: datetime) -> None:
    names = [f"sample-{name.lower()}" for name in (*WORKED_HERE, *WROTE_TOO)]
    for colleague in Colleague.objects.filter(username__in=names):
        keys.destroy(colleague.pk, at=at)
        colleague.delete()

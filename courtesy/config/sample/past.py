"""Marigold's past is brought in, in the worker, by the doors through which a real shop's past comes.

Asked for when the sample opens, so that the shop is there at once: orders from a table, articles from a folder,
permissions one by one, letters from an mbox. Each step may be run twice, and does nothing once the sample is over.
"""

from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.db.models import Exists, OuterRef

from courtesy.config.sample import families, reading
from courtesy.config.sample.generating import mails
from courtesy.config.sample.generating.tables import orders_csv
from courtesy.config.sample.generating.whole import SHOP, Past
from courtesy.config.sample.generating.whole import past as made_up
from courtesy.consent import actions as consent
from courtesy.consent.models import Entry
from courtesy.consent.purposes import Answer, Basis, Purpose
from courtesy.conversations.actions import history
from courtesy.conversations.models import Bringing, Message, Thread
from courtesy.jobs.actions import announce, changed
from courtesy.knowledge.actions import import_folder
from courtesy.knowledge.models import Article
from courtesy.people import actions as people
from courtesy.people.models import Handle, Person
from courtesy.post import arrivals
from courtesy.post.channels.form import parsing as form
from courtesy.privacy import keys, sealed_files
from courtesy.records.actions.importing import TakenOver, bring_in, store_named
from courtesy.records.models import Order
from courtesy.staff import queries as staff
from courtesy.staff.models import Colleague, Shop

STORE = "Marigold"
BASIS = Basis.CONTRACT
AT_ONCE = 200


def ask_for(scale: float, *, at: datetime) -> None:
    """Its past, of this size, is to be brought in. Joins the caller's transaction."""
    announce("sample-opened", opened=at.isoformat(), scale=str(scale))


def bring_orders(*, opened: str, scale: str, at: datetime) -> None:
    """Three years of orders."""
    if not staff.shop().is_sample:
        return
    past = _past(opened, scale)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "orders.csv"
        file.write_text(orders_csv(past), "utf-8")
        try:
            bring_in(
                file,
                store=store_named(STORE, currency="EUR", at=past.at),
                basis=BASIS,
                since=_begins(past),
                by=None,
                at=past.at,
            )
        except TakenOver:
            return  # cleared away meanwhile


def bring_articles(*, opened: str, scale: str, at: datetime) -> None:
    """Four dozen more articles, in four languages."""
    with transaction.atomic():
        if not _is_still_open() or Article.objects.filter(slug__in=reading.more_slugs()).exists():
            return
        by = Colleague.objects.filter(username="sample-ada").first()
        import_folder(reading.MORE_ARTICLES, by=by, at=datetime.fromisoformat(opened))
        reading_on = datetime.fromisoformat(opened)
        for number, slug in enumerate(reading.more_slugs()):
            when = reading_on - timedelta(days=14 * number + 40, minutes=37 * number)
            Article.objects.filter(slug=slug).update(changed_at=when, created_at=when)
        changed("articles")


def bring_permissions(*, opened: str, scale: str, at: datetime) -> None:
    """What customers said about their data, as they said it: yes, no, both in turn, an objection."""
    past = _past(opened, scale)
    for one in past.customers:
        if not one.said:
            continue
        with keys.scope(), transaction.atomic():
            if not _is_still_open():
                return
            person = people.meet(
                address=one.address, name=one.name, at=min(past.at - timedelta(days=said.days_ago) for said in one.said)
            )
            for said in one.said:
                when = past.at - timedelta(days=said.days_ago)
                if not Entry.objects.filter(person=person, purpose=said.purpose, at=when).exists():
                    consent.record(
                        person=person,
                        purpose=Purpose(said.purpose),
                        answer=Answer(said.answer),
                        where=said.where,
                        at=when,
                    )


def bring_letters(*, opened: str, scale: str, at: datetime) -> None:
    """Two thousand conversations: laid down as an mbox, which is brought in like anybody's."""
    past = _past(opened, scale)
    letters = past.letters()
    with transaction.atomic():
        if not _is_still_open() or Bringing.objects.filter(by=None).exists():
            return
        bringing = history.begin(
            kind="mbox",
            basis=BASIS.value,
            since=_begins(past).date(),
            by=None,
            at=past.at,
            ours=(SHOP,),
            state=Bringing.State.WAITING,
        )
        Bringing.objects.filter(pk=bringing.pk).update(counts={"of": len(letters)})
        # Before the commit: whoever finds the row finds the file.
        file = sealed_files.write(bringing.pk, key_id=bringing.key_id)
        file.add(mails.mbox(letters))
        file.finish()
        changed("bringing", str(bringing.pk))
        announce("sample-asked", opened=opened, scale=scale)


def let_them_ask(*, opened: str, scale: str, at: datetime) -> None:
    """Whoever waits for a parcel asks where it is, by the contact form: behind the articles, which know something."""
    for told in _past(opened, scale).alive:
        letter = told.letters[0]
        raw = form.write(
            address=letter.sender, name=letter.name, subject=letter.subject, body=letter.body, person_only=False
        )
        with transaction.atomic():
            if not _is_still_open():
                return
            arrivals.keep(channel="form", channel_id=f"sample {letter.mail_id}", raw=raw, at=letter.at)


def sweep(*, at: datetime) -> None:
    """Whoever was being met in the moment in which the sample was cleared away goes too (handler of "sample-ended").

    Known by an address that nobody real can have, and by having written and bought nothing.
    """
    if staff.shop().is_sample:
        return
    strangers = Person.objects.exclude(Exists(Thread.objects.filter(person=OuterRef("pk"))))
    strangers = strangers.exclude(Exists(Message.objects.filter(person=OuterRef("pk"))))
    strangers = strangers.exclude(Exists(Order.objects.filter(person=OuterRef("pk"))))
    with keys.scope():
        handles = list(Handle.objects.filter(person__in=strangers, kind=Handle.OfKind.EMAIL))
        keys.warm(handle.key_id for handle in handles)
        ours = [handle.person_id for handle in handles if families.of(handle.value)]
    for start in range(0, len(ours), AT_ONCE):
        some = ours[start : start + AT_ONCE]
        for number in some:
            keys.destroy(number, at=at)
        with transaction.atomic():
            Entry.objects.filter(person__in=some).erase()
            Person.objects.filter(pk__in=some).delete()


def _past(opened: str, scale: str) -> Past:
    return made_up(datetime.fromisoformat(opened), float(scale))


def _begins(past: Past) -> datetime:
    """The day of the oldest order."""
    return datetime.combine(past.orders[0].placed_at.date(), time.min, tzinfo=past.at.tzinfo)


def _is_still_open() -> bool:
    """Held until the caller's transaction ends: clearing the sample away waits for it, or comes first."""
    return bool(Shop.objects.select_for_update().filter(is_sample=True).exists())

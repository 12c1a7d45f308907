"""What can happen to a permission: somebody says yes, no, or objects."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from courtesy.consent.models import Entry
from courtesy.consent.purposes import BEYOND_SERVICE, Answer, Purpose
from courtesy.people.models import Person
from courtesy.privacy import ledger
from courtesy.staff.models import Colleague


class NotAChoice(ValueError):
    """An answer that cannot be given: being served is no matter of permission, and a place must be named."""


def record(
    *,
    person: Person,
    purpose: Purpose,
    answer: Answer,
    where: str,
    words: str = "",
    by: Colleague | None = None,
    at: datetime,
) -> Entry:
    """Write down what somebody said; it holds from the next read on.

    ``where`` ends the sentence "she said so on …": "the contact form", "the phone". ``words`` is the sentence they
    agreed to or refused, as it was shown. ``by`` is the colleague who wrote it down, None where they did it
    themselves. Raises NotAChoice for a no to *service*, and for an empty ``where``.
    """
    if purpose == Purpose.SERVICE and answer != Answer.YES:
        raise NotAChoice("Answering somebody who wrote rests on the contract; to end it, erase them.")
    if not where:
        raise NotAChoice("Where was it said? Without a place it proves nothing.")
    by_id = by.pk if by else None
    with transaction.atomic():
        entry = Entry.objects.create(
            person=person,
            purpose=Purpose(purpose),
            answer=Answer(answer),
            where=where,
            words=words,
            by=by_id,
            at=at,
        )
        Person.objects.filter(pk=person.pk).update(permission_epoch=F("permission_epoch") + 1)
        person.refresh_from_db(fields=["permission_epoch"])
        ledger.append(
            "permission",
            about=person,
            by=by_id,
            at=at,
            purpose=entry.purpose,
            answer=entry.answer,
            epoch=person.permission_epoch,
        )
    return entry


def choose_service_only(
    *, person: Person, where: str, words: str = "", by: Colleague | None = None, at: datetime
) -> None:
    """Write down a no to everything but being served."""
    with transaction.atomic():
        for purpose in BEYOND_SERVICE:
            record(person=person, purpose=purpose, answer=Answer.NO, where=where, words=words, by=by, at=at)

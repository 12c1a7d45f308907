"""What can happen to a permission: somebody says yes, no, or objects."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import F

from courtesy.consent.models import Entry
from courtesy.consent.purposes import BEYOND_SERVICE, Answer, Basis, Purpose
from courtesy.people.models import Person
from courtesy.privacy import ledger
from courtesy.staff.models import Colleague

YES_ON_A_LIST = "The shop's own list said yes to marketing when it was brought in."
NO_ON_A_LIST = "The shop's own list said no to marketing when it was brought in."
TAKEN_BACK = "The import that this rested on was taken back."
AT_ONCE = 500  # people a query


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


def record_import(
    *,
    people: Collection[Person],
    basis: Basis,
    since: datetime,
    yes_to_marketing: Collection[Person] = (),
    no_to_marketing: Collection[Person] = (),
    where: str,
    by: Colleague | None,
    at: datetime,
) -> int:
    """Write down on what basis an import holds these people, and who its list says agreed to marketing.

    A row of the register for each: the basis, from ``since`` on; a yes to *outreach* from ``since`` on, where nobody
    ever said anything about it. What a person told us stands: a list never overrides a no or an objection, and its no
    takes back only what a list said yes to. Somebody in both lists said no. ``where`` names the import ("the orders
    brought in on …") and goes into the permission card. Twice is once. Returns how many rows were written.
    Raises NotAChoice for a basis that is none, and for an empty ``where``.
    """
    if not where or basis not in Basis.values:
        raise NotAChoice("An import says on what basis the shop holds what it brings, and what is brought in.")
    no = {person.pk for person in no_to_marketing}
    yes = {person.pk for person in yes_to_marketing} - no
    words = f"Held on the basis of {Basis(basis).value} since {since:%Y-%m-%d}, as the shop said."
    written = 0
    for some in _in_parts(people):
        with transaction.atomic():
            last = _last_about(some, Purpose.OUTREACH) if yes or no else {}
            held = set(
                Entry.objects.filter(person__in=some, purpose=Purpose.SERVICE, where=where, words=words).values_list(
                    "person_id", flat=True
                )
            )
            entries = []
            for person in some:
                if person.pk not in held:
                    entries.append(_entry(person, Purpose.SERVICE, Answer.YES, words, where=where, by=by, at=since))
                said = last.get(person.pk)
                if person.pk in yes and (said is None or said.words == TAKEN_BACK):
                    # After an import that was taken back the yes begins now: what was taken back stays so.
                    when = since if said is None else at
                    entries.append(
                        _entry(person, Purpose.OUTREACH, Answer.YES, YES_ON_A_LIST, where=where, by=by, at=when)
                    )
                if person.pk in no and said is not None and said.words == YES_ON_A_LIST:
                    entries.append(_entry(person, Purpose.OUTREACH, Answer.NO, NO_ON_A_LIST, where=where, by=by, at=at))
            written += _write(entries, by=by, at=at)
    return written


def take_back_import(*, people: Collection[Person], where: str, by: Colleague | None, at: datetime) -> int:
    """An import is taken back: a yes to marketing that rests on it alone ends now. Returns how many rows were written.

    The register is only added to: what the import said stays readable, and so does that it was taken back.
    """
    written = 0
    for some in _in_parts(people):
        with transaction.atomic():
            last = _last_about(some, Purpose.OUTREACH)
            entries = []
            for person in some:
                said = last.get(person.pk)
                if said is not None and said.words == YES_ON_A_LIST and said.where == where:
                    entries.append(_entry(person, Purpose.OUTREACH, Answer.NO, TAKEN_BACK, where=where, by=by, at=at))
            written += _write(entries, by=by, at=at)
    return written


def forget_people(*, people: Collection[Person]) -> int:
    """Remove the register's rows of people who go altogether. Returns how many. Nobody else's row can be removed."""
    gone = 0
    for some in _in_parts(people):
        gone += Entry.objects.filter(person__in=some).erase()
    return gone


def _in_parts(people: Iterable[Person]) -> Iterable[list[Person]]:
    rest = iter({person.pk: person for person in people}.values())
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _last_about(people: list[Person], purpose: Purpose) -> dict[UUID, Entry]:
    """The last that each of them said about a purpose."""
    said = Entry.objects.filter(person__in=people, purpose=purpose).order_by("at", "pk")
    return {entry.person_id: entry for entry in said}


def _entry(
    person: Person, purpose: Purpose, answer: Answer, words: str, *, where: str, by: Colleague | None, at: datetime
) -> Entry:
    return Entry(
        person=person, purpose=purpose, answer=answer, where=where[:80], words=words, by=by.pk if by else None, at=at
    )


def _write(entries: list[Entry], *, by: Colleague | None, at: datetime) -> int:
    """Add them to the register, raise the permission epochs, and put it all on the ledger."""
    if not entries:
        return 0
    Entry.objects.bulk_create(entries, batch_size=100)
    said: dict[UUID, int] = {}
    for entry in entries:
        said[entry.person_id] = said.get(entry.person_id, 0) + 1
    for times in set(said.values()):
        theirs = [person_id for person_id, count in said.items() if count == times]
        Person.objects.filter(pk__in=theirs).update(permission_epoch=F("permission_epoch") + times)
    epochs = dict(Person.objects.filter(pk__in=list(said)).values_list("pk", "permission_epoch"))
    ledger.append_all(
        "permission",
        (
            (entry.person, {"purpose": entry.purpose, "answer": entry.answer, "epoch": epochs[entry.person_id]})
            for entry in entries
        ),
        by=by.pk if by else None,
        at=at,
    )
    return len(entries)

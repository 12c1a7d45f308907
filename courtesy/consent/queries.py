"""What we may do, asked anew at every use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courtesy.consent.models import Entry
from courtesy.consent.purposes import BEYOND_SERVICE, DEFAULT_BASES, Answer, Basis, Purpose
from courtesy.people.models import Person
from courtesy.privacy.prepared import Given, Prepared


@dataclass(frozen=True)
class Permission:
    """Yes or no, on what ground, since when; ``because`` goes on after the person's name: "chose service only, …"."""

    allowed: bool
    basis: str
    since: datetime
    because: str


@dataclass(frozen=True)
class Said:
    """One line of the register, as permission is judged by."""

    answer: str
    at: datetime
    where: str


History = dict[Purpose, list[Said]]


def permission(person: Person, purpose: Purpose, at: datetime) -> Permission:
    """Whether this purpose is permitted for this person at this moment. One indexed query.

    Of several records that are one customer, each said what it said: a no or an objection of any of them counts.
    """
    return _together(Purpose(purpose), _histories(person, at), person)


def permissions(person: Person, at: datetime) -> dict[Purpose, Permission]:
    """All purposes at once, for the permission card; one query too."""
    histories = _histories(person, at)
    return {purpose: _together(purpose, histories, person) for purpose in Purpose}


def register(person: Person) -> list[Entry]:
    """Everything this person ever said, the newest first."""
    return list(Entry.objects.filter(person=person).order_by("-at", "-pk"))


def has_refused(person: Person, purpose: Purpose) -> bool:
    """Whether the last that was said to this purpose is a no or an objection."""
    said = Entry.objects.filter(person=person, purpose=purpose).order_by("-at", "-pk")
    return said.values_list("answer", flat=True).first() in {Answer.NO, Answer.OBJECTION}


def refusing(purpose: Purpose, at: datetime) -> set[UUID]:
    """The numbers of all records of customers whose last word on this purpose is a no or an objection; two queries.

    For a purpose that rests on something else than consent: who said nothing is not among them.
    """
    last: dict[UUID, str] = {}
    said = Entry.objects.filter(purpose=purpose, at__lte=at).order_by("at", "pk").values_list("person_id", "answer")
    for person_id, answer in said.iterator():
        last[person_id] = answer
    no = {person_id for person_id, answer in last.items() if answer != Answer.YES}
    # A no of one record is a no of all that are the same customer.
    leads = {pk: lead or pk for pk, lead in Person.objects.exclude(same_as=None).values_list("pk", "same_as")}
    refused = {leads.get(pk, pk) for pk in no}
    return no | refused | {pk for pk, lead in leads.items() if lead in refused}


def judge(purpose: Purpose, *, history: Mapping[Purpose, Sequence[Said]], known_since: datetime) -> Permission:
    """The rule itself: the last word counts; where nothing was said, the basis of the purpose decides."""
    basis = DEFAULT_BASES[purpose]
    said = history.get(purpose, ())
    if purpose == Purpose.SERVICE:
        since = said[0].at if said else known_since
        return Permission(True, basis, since, _("is served as a customer, since %(day)s.") % {"day": _day(since)})
    if not said:
        return _unsaid(basis, known_since)
    first = _first_of_the_run(said)
    allowed = said[-1].answer == Answer.YES
    return Permission(allowed, basis, first.at, _sentence(purpose, said, first, history))


def _unsaid(basis: Basis, known_since: datetime) -> Permission:
    if basis == Basis.CONSENT:
        return Permission(False, basis, known_since, _("has not said yes to this."))
    because = _("has not objected; known since %(day)s.") % {"day": _day(known_since)}
    return Permission(True, basis, known_since, because)


def _first_of_the_run(said: Sequence[Said]) -> Said:
    """The first of the unbroken run of answers that come to the same as the last one."""
    yes = said[-1].answer == Answer.YES
    first = said[-1]
    for line in reversed(said):
        if (line.answer == Answer.YES) != yes:
            break
        first = line
    return first


def _sentence(purpose: Purpose, said: Sequence[Said], first: Said, history: Mapping[Purpose, Sequence[Said]]) -> str:
    facts = {"day": _day(first.at), "where": first.where}
    if said[-1].answer == Answer.YES:
        return _("said yes, since %(day)s, on %(where)s.") % facts
    if said[-1].answer == Answer.OBJECTION:
        return _("objected, since %(day)s, on %(where)s.") % facts
    if any(line.answer == Answer.YES for line in said):
        return _("took back their yes, since %(day)s, on %(where)s.") % facts
    if all(history.get(other) and history[other][-1].answer != Answer.YES for other in BEYOND_SERVICE):
        return _("chose service only, since %(day)s, on %(where)s.") % facts
    return _("said no, since %(day)s, on %(where)s.") % facts


def _together(purpose: Purpose, histories: Mapping[UUID, History], person: Person) -> Permission:
    own = judge(purpose, history=histories.get(person.pk, {}), known_since=person.created_at)
    others = [history for pk, history in histories.items() if pk != person.pk and purpose in history]
    if not others:
        return own
    theirs = [judge(purpose, history=history, known_since=person.created_at) for history in others]
    spoken = [own, *theirs] if purpose in histories.get(person.pk, {}) else theirs
    return next((one for one in spoken if not one.allowed), spoken[0])


def _histories(person: Person, at: datetime) -> dict[UUID, History]:
    """What each record of this customer said, the oldest first; one query, as most are one record alone."""
    histories: dict[UUID, History] = {}
    for pk, purpose, answer, said_at, where in _SAID(lead=person.lead, at=at):
        history = histories.setdefault(pk, {})
        history.setdefault(Purpose(purpose), []).append(Said(answer, said_at, where))
    return histories


def _said() -> QuerySet[Any]:
    same = Person.objects.filter(same_as=Given("lead", Person.same_as)).values("pk")
    said = Entry.objects.filter(
        Q(person=Given("lead", Entry.person)) | Q(person__in=same), at__lte=Given("at", Entry._meta.get_field("at"))
    )
    return said.order_by("at", "pk").values_list("person", "purpose", "answer", "at", "where")


_SAID = Prepared(_said)


def _day(when: datetime) -> str:
    return date_format(timezone.localtime(when), "j F Y")

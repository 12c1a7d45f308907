"""Letters of the past are brought in: history, which nobody is told of, nobody drafts for and nobody waits behind.

What is here already stays as it is, so that the same file twice, half of it and then all, or one that was killed
half-way and begun again end the same. Each import is a row (`Bringing`), and can be taken out again.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from courtesy.consent import actions as consent
from courtesy.consent.purposes import Basis
from courtesy.conversations.actions import reading_past
from courtesy.conversations.actions.reading_past import Ourselves, ourselves
from courtesy.conversations.actions.shelving import NoLongerWanted, Read, Shelved, known_among, names_of, shelve
from courtesy.conversations.likely_ours import Correspondence
from courtesy.conversations.models import Bringing, Message
from courtesy.conversations.ours import plain
from courtesy.conversations.queries import baseline
from courtesy.jobs.actions import announce, changed
from courtesy.jobs.moments import moment
from courtesy.people import actions as people
from courtesy.people.actions import Introduction
from courtesy.people.models import Person
from courtesy.post import arrivals
from courtesy.post.models import Arrival, Mailbox
from courtesy.post.past.letters import PastLetter, Unreadable
from courtesy.privacy import keys, ledger
from courtesy.staff import queries as staff
from courtesy.staff.hours import Hours
from courtesy.staff.models import Colleague

__all__ = [
    "Brought", "Counts", "Looked", "NoLongerWanted", "NotABasis", "Problem", "begin", "bring", "look", "read_again",
]  # fmt: skip

State = Bringing.State
AT_ONCE = 100
BYTES_AT_ONCE = 4_000_000
LEASE = timedelta(minutes=2)
LATELY = timedelta(days=100)
"""Answers that are no older may hold a promise whose day is still to come."""
KEPT_PROBLEMS = 5_000
"""So many are kept to be looked at; all are counted, and all are handed to ``report``."""

WHERE = "the letters brought in on"


class NotABasis(ValueError):
    """Nobody said on what basis these letters are held."""


@dataclass(frozen=True)
class Problem:
    """What was not taken: its place in the file, and why (`post.past.letters.Why`)."""

    place: int
    why: str


@dataclass(frozen=True)
class Counts:
    """How many letters were read, and what they were. ``known`` were here already; ``among_ourselves`` went from one
    of us to another and are nobody's conversation with the shop; ``apart`` are newsletters, bounces and machines."""

    read: int = 0
    questions: int = 0
    answers: int = 0
    apart: int = 0
    known: int = 0
    among_ourselves: int = 0
    bad: int = 0
    threads: int = 0
    people: int = 0
    first: str = ""
    last: str = ""

    def plus(self, **more: int) -> "Counts":
        """With so many more of each."""
        return replace(self, **{name: getattr(self, name) + number for name, number in more.items()})

    @property
    def new(self) -> int:
        """How many letters are here now that were not before."""
        return self.questions + self.answers + self.apart


@dataclass(frozen=True)
class Brought:
    """How it went."""

    bringing_id: UUID
    counts: Counts
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Looked:
    """What is in letters: how many of what, the first of them, and whose addresses in them look like ours."""

    counts: Counts
    first: tuple[Read, ...]
    perhaps_ours: tuple[str, ...]


Progress = Callable[[Counts], None]
Report = Callable[[Problem], None]


@dataclass
class _Seen:
    """Over the whole import: whose basis is written down, and how many were met."""

    recorded: set[UUID] = field(default_factory=set)
    counted: set[UUID] = field(default_factory=set)


def begin(
    *,
    kind: str,
    basis: str,
    since: date | None,
    by: Colleague | None,
    at: datetime,
    digest: bytes | None = None,
    ours: Collection[str] = (),
    state: str = State.RUNNING,
) -> Bringing:
    """The row of an import; one of the same file that was killed half-way is taken up again."""
    if digest is not None and state == State.RUNNING:
        again = Bringing.objects.filter(digest=digest, state__in=(State.RUNNING, State.FAILED)).order_by("-at").first()
        if again is not None:
            Bringing.objects.filter(pk=again.pk).update(
                state=State.RUNNING, counts={}, problems=[], trouble="", claimed_until=timezone.now() + LEASE
            )
            again.state = State.RUNNING
            return again
    number = uuid4()
    key_id = keys.new(holder=number, at=at)
    while Bringing.objects.filter(at=at).exists():
        at += timedelta(microseconds=1)  # people who only came by it are known by this very moment
    return Bringing.objects.create(
        pk=number,
        key_id=key_id,
        kind=kind,
        digest=digest,
        ours="\n".join(sorted(ours)),
        basis=basis,
        since=since,
        by=by,
        at=at,
        state=state,
        claimed_until=timezone.now() + LEASE if state == State.RUNNING else None,
    )


def bring(
    letters: Iterable[PastLetter | Unreadable],
    *,
    ours: Collection[str] = (),
    basis: str,
    since: date | None,
    by: Colleague | None,
    at: datetime,
    progress: Progress | None = None,
    report: Report | None = None,
    bringing: Bringing | None = None,
    kind: str = "letters",
    digest: bytes | None = None,
    mailbox: Mailbox | None = None,
) -> Brought:
    """Bring letters in, a handful a transaction; memory stays what a handful needs.

    ``ours`` are addresses of the shop beside those of its mailboxes and colleagues; ``basis`` (`consent.purposes`) and
    ``since`` say on what ground and since when the shop holds these letters, and are written into the register for
    everybody who speaks in them. Letters that cannot be read are set aside. Raises NotABasis, NoLongerWanted, and what
    the reader raises; what was brought until then stays, and the same again goes on from there.
    """
    if basis not in Basis.values:
        raise NotABasis(basis)
    bringing = bringing or begin(kind=kind, basis=basis, since=since, by=by, at=at, digest=digest, ours=ours)
    us = ourselves(ours)
    counts, problems, seen = Counts(), list[Problem](), _Seen()
    for handful in _handfuls(letters):
        with keys.scope():
            counts, bad = _one_handful(handful, counts, us=us, bringing=bringing, mailbox=mailbox, seen=seen)
        for one in bad:
            if report is not None:
                report(one)
        problems += bad[: KEPT_PROBLEMS - len(problems)]
        _note(bringing, counts, problems)
        if progress is not None:
            progress(counts)
    counts = _as_it_stands(bringing, counts)
    waits = baseline.first_reply(hours=Hours.of(staff.shop()))
    with transaction.atomic():
        done = Bringing.objects.filter(pk=bringing.pk, state=State.RUNNING)
        facts = _facts(bringing, counts) | {"first_reply": waits.named}
        if not done.update(state=State.DONE, ended_at=timezone.now(), claimed_until=None, counts=facts, sample=""):
            raise NoLongerWanted
        ledger.append("letters brought in", by=by.pk if by else None, at=at, letters=counts.new, known=counts.known)
        if Message.objects.filter(bringing_id=bringing.pk, kind=Message.Kind.OUT, at__gte=at - LATELY).exists():
            announce("letters-brought", bringing=str(bringing.pk))
        changed("bringing", str(bringing.pk))
        changed("inbox")
    return Brought(bringing.pk, counts, tuple(problems))


def read_again(arrival: Arrival, *, at: datetime) -> None:
    """A letter of the past that was set aside is read once more: still history, and aside again where it cannot be."""
    number = arrival.bringing_id
    bringing = Bringing.objects.filter(pk=number, undone_at=None).first() if number else None
    if bringing is None:
        return
    with keys.scope():
        past = PastLetter(0, bytes(arrival.raw), came_at=arrival.received_at)
        us = ourselves(bringing.ours.split())
        readings = reading_past.all_of([past], us=us, at=at)
        if not readings.read:
            why = readings.bad[0].why if readings.bad else "among ourselves"
            arrivals.set_aside(arrival.pk, problem=f"letter of the past: {why}", at=at)
            return
        met = _met(readings.read, bringing)
        shelve(
            _named(readings.read),
            met=met,
            ours=us.ours,
            bringing=bringing,
            mailbox=arrival.mailbox,
            instead_of=arrival.pk,
        )


def look(
    letters: Iterable[PastLetter | Unreadable],
    *,
    ours: Collection[str] = (),
    at: datetime,
    progress: Progress | None = None,
    report: Report | None = None,
    sample: int = 0,
) -> Looked:
    """What would be brought in, without writing a word; the first letters of it, as they would be read.

    And the addresses that look like the shop's own while nobody has named them so.
    """
    us = ourselves(ours)
    counts, first, met, seen = Counts(), list[Read](), set[int](), Correspondence()
    for handful in _handfuls(letters):
        with keys.scope():
            readings = reading_past.all_of(handful, us=us, at=at)
            names = names_of([one.past.raw for one in readings.read])
            there = known_among(names)
        for one in readings.bad:
            if report is not None:
                report(Problem(one.place, one.why))
        new = [one for one, name in zip(readings.read, names, strict=True) if name not in there]
        first += new[: sample - len(first)]
        for letter in readings.read:
            mail = letter.mail
            seen.add(plain(mail.sender.address), [plain(to.address) for to in (*mail.to, *mail.cc)])
        met |= {hash(plain(one.writer.address)) for one in new if not one.ours}
        counts = _counted(counts, len(handful), len(readings.bad), readings.inside, readings.read).plus(
            questions=sum(not one.ours and not one.mail.apart for one in new),
            answers=sum(one.ours and not one.mail.apart for one in new),
            apart=sum(bool(one.mail.apart) for one in new),
            known=len(readings.read) - len(new),
        )
        counts = replace(counts, people=len(met))
        if progress is not None:
            progress(counts)
    others = [one for one in seen.likely_ours() if not us.ours.is_one(one)]
    return Looked(counts, tuple(first), tuple(others))


def _one_handful(
    handful: list[PastLetter | Unreadable],
    counts: Counts,
    *,
    us: Ourselves,
    bringing: Bringing,
    mailbox: Mailbox | None,
    seen: _Seen,
) -> tuple[Counts, list[Problem]]:
    readings = reading_past.all_of(handful, us=us, at=bringing.at)
    met = _met(readings.read, bringing)
    shelved = Shelved()
    if readings.read:
        shelved = shelve(_named(readings.read), met=met, ours=us.ours, bringing=bringing, mailbox=mailbox)
    _set_aside(readings.bad, bringing=bringing, mailbox=mailbox)
    spoken = [person for person in met.values() if person.pk in shelved.people and person.pk not in seen.recorded]
    if spoken:
        consent.record_import(
            people=spoken,
            basis=Basis(bringing.basis),
            since=datetime.combine(bringing.since or bringing.at.date(), time.min, tzinfo=UTC),
            where=f"{WHERE} {bringing.at:%Y-%m-%d}",
            by=bringing.by,
            at=bringing.at,
        )
    seen.recorded |= shelved.people
    seen.counted |= shelved.people
    counts = _counted(counts, len(handful), len(readings.bad), readings.inside, readings.read).plus(
        questions=shelved.questions,
        answers=shelved.answers,
        apart=shelved.apart,
        known=shelved.known,
        threads=shelved.threads,
    )
    return replace(counts, people=len(seen.counted)), [Problem(one.place, one.why) for one in readings.bad]


def _as_it_stands(bringing: Bringing, counts: Counts) -> Counts:
    """What this import brought, all in all: one that was killed and begun again did some of it before."""
    here = Message.objects.filter(bringing_id=bringing.pk)
    apart = here.filter(Q(automatic=True) | ~Q(thread__apart=""))
    of_people = here.filter(automatic=False, thread__apart="")
    questions = of_people.filter(kind=Message.Kind.IN).count()
    answers = of_people.filter(kind=Message.Kind.OUT).count()
    counts = replace(
        counts,
        questions=questions,
        answers=answers,
        apart=apart.count(),
        threads=here.aggregate(count=Count("thread", distinct=True))["count"],
        people=here.aggregate(count=Count("person", distinct=True))["count"],
    )
    return replace(counts, known=counts.read - counts.new - counts.bad - counts.among_ourselves)


def _named(letters: list[Read]) -> list[Read]:
    for one, name in zip(letters, names_of([one.past.raw for one in letters]), strict=True):
        one.name = name
    return letters


def _met(letters: list[Read], bringing: Bringing) -> dict[str, Person]:
    """Who speaks in them, and to whom we do, by address."""
    introduced = people.introduce([_introduced(one) for one in letters], at=bringing.at)
    moment("bring: people met")
    return {plain(address): person for address, person in introduced.people.items()}


def _introduced(one: Read) -> Introduction:
    who = one.outside[0] if one.ours else one.writer
    return Introduction(address=who.address, name=who.name, seen_at=None if one.ours else one.at)


def _counted(counts: Counts, read: int, bad: int, inside: int, letters: list[Read]) -> Counts:
    counts = counts.plus(read=read, bad=bad, among_ourselves=inside)
    days = [one.at.date().isoformat() for one in letters]
    first = min([day for day in (counts.first, *days) if day], default="")
    return replace(counts, first=first, last=max([counts.last, *days]))


def _set_aside(bad: list[Unreadable], *, bringing: Bringing, mailbox: Mailbox | None) -> None:
    """What came as bytes and cannot be read is kept where people see it; a bad row stays in its owner's file."""
    kept = [one for one in bad if one.raw]
    if kept:
        names = names_of([one.raw for one in kept])
        came = [
            arrivals.Came(name, one.raw, bringing.at, f"letter of the past: {one.why}")
            for name, one in zip(names, kept, strict=True)
        ]
        arrivals.keep_all(came, channel="mail", mailbox=mailbox, at=bringing.at, bringing_id=bringing.pk)


def _note(bringing: Bringing, counts: Counts, problems: list[Problem]) -> None:
    with transaction.atomic():
        Bringing.objects.filter(pk=bringing.pk).update(
            counts=_facts(bringing, counts),
            problems=[[one.place, one.why] for one in problems],
            claimed_until=timezone.now() + LEASE,
        )
        changed("bringing", str(bringing.pk))


def _facts(bringing: Bringing, counts: Counts) -> dict[str, Any]:
    of = bringing.counts.get("of")
    return asdict(counts) | ({"of": of} if of else {})


def _handfuls(letters: Iterable[PastLetter | Unreadable]) -> Iterator[list[PastLetter | Unreadable]]:
    handful: list[PastLetter | Unreadable] = []
    size = 0
    for one in letters:
        handful.append(one)
        size += len(one.raw)
        if len(handful) >= AT_ONCE or size >= BYTES_AT_ONCE:
            yield handful
            handful, size = [], 0
    if handful:
        yield handful

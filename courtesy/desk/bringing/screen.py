"""What the pages about the past show."""

import json
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from courtesy.conversations.actions.history import Counts
from courtesy.conversations.models import Bringing, Promise
from courtesy.conversations.queries.baseline import FirstReply
from courtesy.desk import before_us
from courtesy.jobs import queries as jobs
from courtesy.post.past.letters import NotRead
from courtesy.post.past.source import Past, look
from courtesy.privacy import keys, sealed_files
from courtesy.privacy.keys import KeyGone
from courtesy.privacy.sealed_files import NoSuchFile
from courtesy.privacy.sealing import SealBroken
from courtesy.records.models import HandedIn

State = Bringing.State
GOING = frozenset({State.LOOKING, State.WAITING, State.RUNNING, State.UNDOING})
MOST_PROMISES = 10
_NAMES = tuple(Counts.__dataclass_fields__)


@dataclass(frozen=True)
class Sample:
    """One of the first letters, as it will be read."""

    ours: bool
    apart: str
    who: str
    at: datetime
    subject: str
    words: str


@dataclass(frozen=True)
class Shown:
    """An import as its page shows it. ``of`` is how many letters there are in all, where that is known."""

    row: Bringing
    counts: Counts
    of: int
    sample: list[Sample] = field(default_factory=list)
    perhaps_ours: list[str] = field(default_factory=list)
    before: FirstReply | None = None

    @property
    def is_going(self) -> bool:
        """Whether something is happening to it now."""
        return self.row.state in GOING

    @property
    def can_go(self) -> bool:
        """Whether there is something of it that can be taken out again."""
        return self.row.state in {State.DONE, State.FAILED, State.RUNNING, State.WAITING} and self.counts.new > 0


def shown(row: Bringing) -> Shown:
    """The page of one import."""
    facts = row.counts
    counts = Counts(**{name: facts[name] for name in _NAMES if name in facts})
    before = before_us.of_facts(facts) if "first_reply" in facts else None
    told = _told(row)
    return Shown(row, counts, int(facts.get("of") or 0), _sample(told), list(told.get("perhaps_ours", [])), before)


def all_of_them() -> list[Shown]:
    """Those there were, the newest first."""
    rows = Bringing.objects.defer("problems", "sample").select_related("by").order_by("-at")[:20]
    return [_line(row) for row in rows]


def orders_handed_in() -> list[HandedIn]:
    """The files of orders there were, the newest first."""
    return list(HandedIn.objects.defer("problems").select_related("by").order_by("-at")[:20])


def _line(row: Bringing) -> Shown:
    facts = row.counts
    return Shown(row, Counts(**{name: facts[name] for name in _NAMES if name in facts}), int(facts.get("of") or 0))


def promised(row: Bringing) -> list[Promise]:
    """What its answers seem to promise for a day still to come, while nobody has said whether it is one."""
    offered = Promise.objects.filter(message__bringing_id=row.pk, message__taken_back_at=None, state="offered")
    return list(offered.select_related("message").order_by("due_on", "pk")[:MOST_PROMISES])


def table(row: Bringing) -> Past | None:
    """The columns and first rows of the file that waits; None where it is no table, or is gone."""
    if row.kind not in {"csv", "jsonl"}:
        return None
    try:
        with closing(sealed_files.read(row.pk, key_id=row.key_id)) as file:
            return look(file=file)
    except (NoSuchFile, NotRead, KeyGone, SealBroken):
        return None


def worker_is_here(at: datetime) -> bool:
    """Whether somebody is there to do it."""
    return jobs.is_alive("worker", at=at)


def _told(row: Bringing) -> dict[str, Any]:
    """What was seen when it was looked through; nothing before that, or where its key is gone."""
    try:
        with keys.scope():
            told = json.loads(row.sample or "{}")
    except KeyGone:
        return {}
    return told if isinstance(told, dict) else {"first": told}  # as it was kept before addresses were guessed


def _sample(told: dict[str, Any]) -> list[Sample]:
    return [
        Sample(
            bool(one["ours"]), one["apart"], one["who"], datetime.fromisoformat(one["at"]), one["subject"], one["words"]
        )
        for one in told.get("first", [])
    ]

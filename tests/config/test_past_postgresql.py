"""Letters of the past on PostgreSQL: brought in, brought again and taken out, row for row as on SQLite."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.config.postgres import server
from tests.config.safe import Closed
from tests.conversations.past import US, as_mbox, conversations, mail
from tests.shared_data import data_set, needs

pytestmark = [pytest.mark.house, pytest.mark.xdist_group("postgresql")]

AGREED = ("--basis", "contract", "--since", "2025-03-03")
WHOLE = """
import json
from courtesy.consent.models import Entry
from courtesy.conversations.models import Bringing, Envelope, Event, Message, Thread
from courtesy.jobs.models import Job
from courtesy.people.models import Handle, Person
from courtesy.people import queries as people
from courtesy.post.models import Arrival
from courtesy.privacy import keys
def rows(those, *names):
    return sorted(json.dumps(list(row), default=str, sort_keys=True) for row in those.values_list(*names))
with keys.scope():
    told = {
        "messages": rows(Message.objects, "kind", "body", "at", "automatic", "thread__subject", "thread__state"),
        "threads": rows(Thread.objects, "subject", "state", "apart", "last_message_at", "first_replied_at"),
        "arrivals": rows(Arrival.objects, "channel", "state"),
        "people": sorted(people.address_of(one) + " " + one.name for one in Person.objects.all()),
        "envelopes": Envelope.objects.count(), "handles": Handle.objects.count(), "events": Event.objects.count(),
        "jobs": Job.objects.count(),
        "register": rows(Entry.objects, "purpose", "answer"),
        "counted": rows(Bringing.objects, "state", "counts"),
    }
print(json.dumps(told, sort_keys=True))
"""


def letters() -> bytes:
    """Six questions with their answers, and what real folders hold besides: a newsletter, a part of a long thread."""
    odd = [
        (at, raw)
        for at, raw in (
            (None, mail("News!", sender="News <news@list.example>", List_Unsubscribe="<https://list.example/u>")),
            (
                None,
                mail("Größe, naïve, 日本語, 🌿?", sender="Zoë Ångström <zoe@post.example>", mail_id="<z@post.example>"),
            ),
            (None, mail("And the second?", sender="Zoë Ångström <zoe@post.example>", answers=["<z@post.example>"])),
        )
    ]
    some = list(conversations(6))
    begin = some[0][0]
    return as_mbox([*some, *((begin, raw) for _, raw in odd)])


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Closed]]:
    """The same empty shop on both."""
    with server() as settings:
        yield {
            "SQLite": Closed(tmp_path_factory.mktemp("sqlite")),
            "PostgreSQL": Closed(tmp_path_factory.mktemp("postgresql"), settings),
        }


def told_by(house: Closed, *words: str) -> dict[str, Any]:
    """What an import said of itself, without its own number, its seconds and where its files lie."""
    told = house.ok("import", "messages", *words)
    return {name: value for name, value in told.items() if name not in {"id", "seconds", "report"}}


def whole(house: Closed) -> dict[str, Any]:
    """All an import writes, in the clear: numbers, keys and sealed bytes are each house's own."""
    found: dict[str, Any] = json.loads(house.python(WHOLE))
    return found


def steps(house: Closed, file: Path, ours: str) -> list[Any]:
    """Bring it in, bring it again, take both out; what was told and what stands after each step."""
    bring = (str(file), "--ours", ours, *AGREED)
    seen = []
    for words in (bring, bring, ("--undo", "last"), ("--undo", "last")):
        seen += [told_by(house, *words), whole(house)]
    return seen


def different(one: list[Any], other: list[Any]) -> list[str]:
    """What is not equal: which step, and what of it."""
    assert len(one) == len(other)
    return [
        f"{place}: {name}: {mine.get(name)} / {theirs.get(name)}"[:600]
        for place, (mine, theirs) in enumerate(zip(one, other, strict=True))
        for name in mine.keys() | theirs.keys()
        if mine.get(name) != theirs.get(name)
    ]


def test_it_goes_as_on_sqlite(houses: dict[str, Closed], tmp_path: Path) -> None:
    file = tmp_path / "old.mbox"
    file.write_bytes(letters())

    on_sqlite, on_postgresql = (steps(houses[name], file, US) for name in ("SQLite", "PostgreSQL"))

    assert not different(on_postgresql, on_sqlite)
    first, brought, again, still, *_, gone = on_postgresql
    assert (first["new"], again["new"], again["known"]) == (15, 0, 15)
    assert len(brought["messages"]) == 15
    assert brought["messages"] == still["messages"]
    assert (gone["messages"], gone["people"], gone["arrivals"]) == ([], [], [])


@needs("shop-fern")
def test_a_years_mail_of_a_shop_goes_as_on_sqlite(houses: dict[str, Closed]) -> None:
    file = data_set("shop-fern") / "mail.mbox"

    on_sqlite, on_postgresql = (
        steps(houses[name], file, "hello@fernandfjord.example") for name in ("SQLite", "PostgreSQL")
    )

    assert not different(on_postgresql, on_sqlite)
    assert (on_postgresql[0]["questions"], on_postgresql[0]["answers"], on_postgresql[2]["new"]) == (130, 130, 0)
    assert on_postgresql[-1]["messages"] == []

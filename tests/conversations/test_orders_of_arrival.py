"""Mails come in any order: a folder read before another, a server that was away. The threads are the same."""

from dataclasses import dataclass
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from courtesy.conversations.models import Message
from courtesy.conversations.threading import named
from courtesy.post.models import Mailbox
from tests.conversations.mails import SHOP, comes, mail, mailbox
from tests.wild import some

pytestmark = pytest.mark.django_db(databases="__all__")
_numbers = count()
PEOPLE = ("dora", "emil", "farah")


@dataclass(frozen=True)
class Written:
    """A mail of a conversation: by one of PEOPLE or the shop, to some of them, answering earlier ones by number."""

    by: str
    to: frozenset[str]
    refers: tuple[int, ...]


@st.composite
def conversations(draw) -> tuple[list[Written], list[int]]:
    """Some mails as they were written, and an order in which they come."""
    mails = []
    for number in range(draw(st.integers(2, 6))):
        by = draw(st.sampled_from([*PEOPLE, "shop"]))
        to = frozenset(draw(st.sets(st.sampled_from(PEOPLE), min_size=1 if by == "shop" else 0))) - {by}
        refers = tuple(sorted(draw(st.sets(st.integers(0, number - 1), max_size=3)))) if number else ()
        mails.append(Written(by, to or (frozenset({"dora"}) if by == "shop" else to), refers))
    return mails, draw(st.permutations(range(len(mails))))


def threads_of(mails: list[Written], order: list[int]) -> set[frozenset[int]]:
    """Which of them are together, after they came in this order."""
    run = f"r{next(_numbers)}"
    names = [f"{number}.{run}@x" for number in range(len(mails))]

    def address(who: str) -> str:
        return SHOP if who == "shop" else f"{who}.{run}@kunden.example"

    for number in order:
        written = mails[number]
        to = [address(who) for who in sorted(written.to)] + ([] if written.by == "shop" else [SHOP])
        raw = mail(
            names[number], f"mail {number} of {run}", by=address(written.by), to=", ".join(to),
            refers=[names[n] for n in written.refers],
        )  # fmt: skip
        comes(raw, channel="sent mail" if written.by == "shop" else "mail")
    indexes = {index: number for number, index in enumerate(named([f"<{name}>" for name in names]))}
    rows = Message.objects.filter(envelope__mail_id_index__in=indexes).values_list(
        "envelope__mail_id_index", "thread_id", "thread__merged_into"
    )
    together: dict[int, set[int]] = {}
    for index, thread_id, merged_into in rows:
        assert merged_into is None  # no message stays behind in a thread that is no more
        together.setdefault(thread_id, set()).add(indexes[bytes(index)])
    assert sum(map(len, together.values())) == len(mails)
    return {frozenset(numbers) for numbers in together.values()}


CHAIN = [
    Written("dora", frozenset(), ()),
    Written("shop", frozenset({"dora"}), (0,)),
    Written("dora", frozenset(), (1,)),
]


class TestTheThreads:
    @settings(max_examples=some(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(conversations())
    @example((CHAIN, [2, 1, 0]))
    @example((CHAIN, [2, 0, 1]))
    @example(([*CHAIN, Written("emil", frozenset(), (0,))], [3, 2, 1, 0]))
    def test_are_the_same_in_every_order(self, db, conversation):
        if not Mailbox.objects.exists():
            mailbox()
        mails, order = conversation

        assert threads_of(mails, order) == threads_of(mails, list(range(len(mails))))

    def test_are_one_for_a_conversation_and_another_for_a_stranger(self, db):
        mailbox()

        assert threads_of([*CHAIN, Written("emil", frozenset(), (0,))], [3, 2, 1, 0]) == {
            frozenset({0, 1, 2}),
            frozenset({3}),
        }

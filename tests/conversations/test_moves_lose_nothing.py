"""Whatever is merged, split and put back, in whatever order: every message stands in one thread that is there."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courtesy.conversations import actions
from courtesy.conversations.models import Event, Message, Move, Thread
from courtesy.conversations.threading import whole
from tests.conversations.conftest import NOW
from tests.wild import some

pytestmark = pytest.mark.django_db(databases="__all__")

MOVE = st.one_of(
    st.tuples(st.just("merge"), st.integers(0, 5), st.integers(0, 5)),
    st.tuples(st.just("split"), st.integers(0, 5), st.booleans()),
    st.tuples(st.just("unmerge"), st.integers(0, 9), st.none()),
)


def do(move, ben, mine: list[int], clock) -> None:
    """One move of a colleague's; what is refused changes nothing."""
    what, one, other = move
    messages = list(Message.objects.filter(pk__in=mine).order_by("pk"))
    try:
        if what == "merge":
            actions.merge([messages[one].thread_id], into=messages[other].thread_id, by=ben, at=clock)
        elif what == "split":
            actions.split(messages[one].pk, by=ben, at=clock, alone=other)
        else:
            groups = list(
                dict.fromkeys(Move.objects.filter(message__in=mine).order_by("pk").values_list("group", flat=True))
            )
            if groups:
                actions.unmerge(groups[one % len(groups)], by=ben, at=clock)
    except actions.Refused:
        return


class TestMoves:
    @settings(max_examples=some(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(MOVE, max_size=8))
    def test_lose_nothing(self, writes, ben, moves):
        mine = []
        for number in range(3):
            first = writes(f"{number}")
            actions.add_note(first.thread_id, words="a note", by=ben, at=NOW)
            mine += list(Message.objects.filter(thread=first.thread_id).values_list("pk", flat=True))
        first_threads = set(Message.objects.filter(pk__in=mine).values_list("thread_id", flat=True))
        for step, move in enumerate(moves):
            do(move, ben, mine, NOW + timedelta(minutes=step))

            rows = list(Message.objects.filter(pk__in=mine).select_related("thread"))
            assert len(rows) == len(mine)
            assert all(row.thread.merged_into_id is None for row in rows)
            events = Event.objects.filter(message__in=mine).select_related("message")
            assert all(event.thread_id == event.message.thread_id for event in events)
        living = {row.thread_id for row in Message.objects.filter(pk__in=mine)}
        for thread in Thread.objects.filter(pk__in=first_threads):
            end = whole(thread)
            assert end is not None
            assert end.pk in living  # an old address leads to where something is

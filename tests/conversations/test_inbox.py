"""The lists: who sees what, the same price on every page, and nothing twice."""

from datetime import timedelta

import pytest
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from courtesy.conversations import actions, queries
from courtesy.conversations.queries import Cursor
from tests.conversations.conftest import NOW

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def many(writes) -> list[int]:
    """Twelve threads; the last five came in the very same second."""
    return [
        writes(f"message {n}", at=NOW + timedelta(minutes=min(n, 7)), address=f"{n}@kunden.example").thread_id
        for n in range(12)
    ]


class TestInbox:
    def test_shows_each_thread_where_it_belongs(self, writes, answers, ada, ben):
        mine, nobodys, waiting, resolved = (writes(f"message {n}") for n in range(4))
        actions.assign(mine.thread_id, to=ben, by=ada, at=NOW)
        answers(waiting, ben)
        actions.resolve(resolved.thread_id, by=ben, at=NOW)

        shown = {view: {row.thread_id for row in queries.inbox(view, ben).rows} for view in queries.VIEWS}

        assert shown == {
            "mine": {mine.thread_id},
            "unassigned": {nobodys.thread_id},
            "all": {mine.thread_id, nobodys.thread_id, waiting.thread_id},
            "waiting": {waiting.thread_id},
            "snoozed": set(),
            "resolved": {resolved.thread_id},
            "apart": set(),
        }
        assert queries.counts(ben) == queries.Counts(mine=1, unassigned=1, all=3, waiting=1, open=2)
        assert queries.inbox("mine", ada).rows == []

    def test_a_row_says_who_what_and_whose_turn(self, writes, answers, ben):
        message = writes("Where\n is my tea?", name="Dora Danner", subject="Tea", person_only=True)
        answers(message, ben, "On its way.")

        (row,) = queries.inbox("all", ben).rows
        assert (row.name, row.subject, row.excerpt) == ("Dora Danner", "Tea", "On its way.")
        assert (row.last_kind, row.assignee, row.person_only) == ("out", ben.called, True)

    def test_pages_hold_every_thread_once_also_those_of_the_same_second(self, many, ben):
        seen, before = [], None
        for _ in range(10):
            page = queries.inbox("all", ben, before=before, limit=3)
            seen += [row.thread_id for row in page.rows]
            if page.next is None:
                break
            before = Cursor.read(page.next.text())

        assert seen == sorted(many, reverse=True)

    def test_costs_the_same_few_queries_however_long_it_is(self, many, ben):
        from django.db import connections  # noqa: PLC0415

        def cost(limit: int) -> int:
            with (
                CaptureQueriesContext(connections["default"]) as one,
                CaptureQueriesContext(connections["keys"]) as two,
            ):
                queries.inbox("all", ben, limit=limit)
            return len(one) + len(two)

        assert cost(2) == cost(12) <= 6

    def test_walks_along_the_index_on_every_page(self, many, ben):
        from django.db import connection  # noqa: PLC0415

        page = queries.inbox("all", ben, limit=5)
        with CaptureQueriesContext(connection) as captured:
            queries.inbox("all", ben, before=page.next, limit=5)
        sqlite = connection.vendor == "sqlite"
        with connection.cursor() as cursor:
            if not sqlite:
                cursor.execute("SET LOCAL enable_seqscan = off")  # twelve rows are quicker read whole
            cursor.execute(("EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN ") + captured[0]["sql"])
            plan = " ".join(str(row[-1]) for row in cursor.fetchall())

        assert "thread_newest" in plan
        assert "TEMP B-TREE FOR ORDER BY" not in plan.split("CORRELATED")[0]


class TestCursor:
    @given(st.text())
    def test_takes_what_it_wrote_and_refuses_the_rest(self, text):
        try:
            cursor = Cursor.read(text)
        except queries.NoSuchPlace:
            return
        assert Cursor.read(cursor.text()) == cursor

    @pytest.mark.parametrize("text", ["", "~", "2026-11-24~1", "2026-11-24T12:00:00~1", "2026-11-24T12:00:00+00:00~-1"])
    def test_refuses(self, text):
        with pytest.raises(queries.NoSuchPlace):
            Cursor.read(text)


class TestThreadStory:
    def test_tells_everything_in_order(self, writes, answers, ben):
        message = writes(name="Dora")
        answers(message, ben)
        actions.add_note(message.thread_id, words="nice", by=ben, at=NOW + timedelta(hours=2))

        story = queries.thread_story(queries.thread(message.thread_id))

        told = [(item.what, item.kind, item.name) for item in story.items]
        assert told == [
            ("message", "in", "Dora"),
            ("event", "arrived", "Dora"),
            ("message", "out", ben.called),
            ("event", "answered", ben.called),
            ("message", "note", ben.called),
            ("event", "noted", ben.called),
        ]
        assert story.last_event == message.thread.last_event
        assert story.last_message_in == message.pk

    def test_costs_the_same_few_queries_however_long_it_is(self, writes, ben, django_assert_max_num_queries):
        message = writes()
        for n in range(20):
            actions.add_note(message.thread_id, words=f"{n}", by=ben, at=NOW)
        thread = queries.thread(message.thread_id)

        with django_assert_max_num_queries(6):
            queries.thread_story(thread, reader=ben)

    def test_a_thread_that_is_not_there_does_not_exist(self):
        with pytest.raises(queries.NoSuchThread):
            queries.thread(99)

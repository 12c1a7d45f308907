"""Words find messages and subjects, beginnings of names find people, and no words are a query language."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from courtesy.conversations import actions, queries, search
from courtesy.conversations.models import Attachment, Message, Thread
from courtesy.conversations.search import Within
from tests.conversations.conftest import NOW
from tests.wild import some

pytestmark = pytest.mark.django_db(databases="__all__")


def found(words: str, **within) -> list[int]:
    return [row.thread_id for row in queries.search(words, within=Within(**within)).rows]


class TestSearch:
    def test_finds_all_the_words_wherever_they_stand(self, writes):
        message = writes("My green teapot arrived with a broken lid.")
        writes("My blue cup arrived.")

        assert found("teapot broken") == [message.thread_id]
        assert found("teapot blue") == []

    def test_finds_the_subject_and_what_we_wrote_too(self, writes, ben):
        message = writes("Hello", subject="Invoice 4711")
        actions.add_note(message.thread_id, words="she likes oolong", by=ben, at=NOW)

        assert found("4711") == [message.thread_id]
        assert found("oolong") == [message.thread_id]

    def test_the_last_word_may_be_a_beginning(self, writes):
        message = writes("My teapot is broken.")

        assert found("broken teap") == [message.thread_id]
        assert found("brok teapot") == []

    @pytest.mark.parametrize("typed", ["café", "cafe", "CAFÉ", "CAFE"])
    def test_minds_neither_case_nor_accents(self, writes, typed):
        message = writes("Is the Café open?")

        assert found(typed) == [message.thread_id]

    @pytest.mark.parametrize("typed", ["anna@kunden.example", "anna", "kunden", "DE-4711/b", "4711"])
    def test_cuts_addresses_and_numbers_into_words(self, writes, typed):
        message = writes("Write to anna@kunden.example about DE-4711/b, please.")

        assert found(typed) == [message.thread_id]

    @pytest.mark.parametrize("typed", ["улун", "東京", "größe"])
    def test_knows_other_alphabets(self, writes, typed):
        message = writes("улун 東京 Größe")

        assert found(typed) == [message.thread_id]

    def test_finds_people_first(self, writes):
        doras = writes("Hello", name="Dora Danner")
        of_dora = writes("I spoke with Danner", address="farah@kunden.example")

        assert found("dann") == [doras.thread_id, of_dora.thread_id]

    def test_shows_the_part_in_which_the_word_stands(self, writes):
        writes("word " * 100 + "the teapot is broken " + "word " * 100)

        (row,) = queries.search("teapot").rows
        assert "teapot is broken" in row.excerpt

    def test_puts_the_newest_first_and_reads_no_more_than_the_newest(self, writes, monkeypatch):
        monkeypatch.setattr(search, "NEWEST", 3)
        threads = [writes(f"tea, number {n}", at=NOW + timedelta(minutes=n)).thread_id for n in range(6)]

        page = queries.search("tea")
        assert [row.thread_id for row in page.rows] == threads[:2:-1]
        assert not page.all

    @pytest.mark.parametrize("words", ["tea", "dora", ""])
    def test_goes_on_page_by_page_and_shows_each_thread_once(self, writes, words):
        threads = [
            writes(f"tea, number {n}", name="Dora Danner", at=NOW + timedelta(minutes=n)).thread_id for n in range(7)
        ]
        within = Within(since=NOW - timedelta(days=1)) if not words else None

        pages, after = [], None
        while True:
            page = queries.search(words, within=within, limit=3, after=after)
            pages.append([row.thread_id for row in page.rows])
            if page.next is None:
                break
            after = queries.Further.read(page.next.text())
            assert not page.all
        assert page.all
        assert [len(one) for one in pages] == [3, 3, 1]
        assert sorted(thread for one in pages for thread in one) == threads

    def test_is_not_moved_by_what_comes_in_meanwhile(self, writes):
        threads = [writes(f"tea {n}", at=NOW + timedelta(minutes=n)).thread_id for n in range(4)]
        first = queries.search("tea", limit=2)
        writes("tea, again", at=NOW + timedelta(hours=1))

        second = queries.search("tea", limit=2, after=first.next)
        assert [row.thread_id for row in (*first.rows, *second.rows)] == threads[::-1]
        assert second.next is None

    def test_ends_where_no_more_is_read(self, writes, monkeypatch):
        monkeypatch.setattr(search, "NEWEST", 4)
        for n in range(6):
            writes(f"tea {n}", at=NOW + timedelta(minutes=n))

        last = queries.search("tea", limit=2, after=queries.search("tea", limit=2).next)
        assert last.next is None
        assert not last.all

    @pytest.mark.parametrize("text", ["", "2", "2~", "-2~1", "2~x", "²~1", f"{2**63}~1", "2026-11-24T09:00:00+00:00~5"])
    def test_knows_no_place_it_did_not_write(self, text):
        with pytest.raises(queries.NoSuchPlace):
            queries.Further.read(text)

    def test_says_that_there_is_nothing_older_where_it_saw_all(self, writes):
        writes("tea")

        assert queries.search("tea").all

    def test_asks_for_a_span_of_days(self, writes):
        early, late = (
            writes("tea", at=NOW + timedelta(days=days), address=f"{days}@kunden.example") for days in (0, 9)
        )
        middle = NOW + timedelta(days=5)

        for words in ("tea", ""):
            assert found(words, since=middle) == [late.thread_id]
            assert found(words, until=middle) == [early.thread_id]
            assert found(words, since=middle, until=middle + timedelta(days=1)) == []

    @pytest.mark.parametrize("words", ["tea", ""])
    def test_asks_for_a_state(self, writes, ben, words):
        open_one, resolved, apart = (writes("tea", address=f"{n}@kunden.example") for n in range(3))
        actions.resolve(resolved.thread_id, by=ben, at=NOW)
        Thread.objects.filter(pk=apart.thread_id).update(apart="spam")

        assert found(words, state="open") == [open_one.thread_id]
        assert found(words, state="resolved") == [resolved.thread_id]
        assert found(words, state="apart") == [apart.thread_id]

    def test_asks_for_a_file(self, writes):
        message = writes("tea", subject="with a picture")
        writes("tea", address="other@kunden.example")
        Attachment.objects.create(
            key_id=message.person.key_id, message=message, kind="image/png", size=9, created_at=NOW
        )

        assert found("tea", attached=True) == found("picture", attached=True) == [message.thread_id]

    def test_looks_through_no_more_than_it_says(self, writes, ben, monkeypatch):
        monkeypatch.setattr(search, "WALKED", 2)
        threads = [writes("tea", at=NOW + timedelta(days=n), address=f"{n}@kunden.example").thread_id for n in range(4)]
        actions.resolve(threads[0], by=ben, at=NOW)

        found_in = search.find("tea", Within(state="resolved"))
        assert found_in.hits == []
        assert not found_in.all

    def test_begins_at_the_day_that_is_asked_for(self, writes, monkeypatch):
        monkeypatch.setattr(search, "WALKED", 2)
        threads = [writes("tea", at=NOW + timedelta(days=n), address=f"{n}@kunden.example").thread_id for n in range(4)]

        assert found("tea", until=NOW + timedelta(days=2)) == threads[1::-1]

    def test_shows_no_thread_that_became_part_of_another(self, writes):
        one, other = writes("tea", subject="tea"), writes("tea", address="other@kunden.example")
        Thread.objects.filter(pk=one.thread_id).update(merged_into=other.thread_id)

        assert found("tea") == [other.thread_id]

    def test_of_nothing_is_nothing(self, writes):
        writes()

        assert found("") == found(" \n") == found("?!") == []

    @given(st.text(max_size=60))
    @example('" OR body:x')
    @example("a* NEAR(b)")
    @example("'; DROP TABLE conversations_message; --")
    @example("tea & !tea | (")
    @example("\x00\ud800")
    @settings(deadline=None, max_examples=some(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_no_words_are_a_query_language(self, typed):
        search.find(typed)


class TestIndex:
    """Kept in step by the database itself, so that an erasure cannot forget it."""

    def test_forgets_what_is_deleted(self, writes):
        message = writes("My teapot is broken.")
        Thread.objects.filter(pk=message.thread_id).delete()

        assert search.find("teapot").hits == []
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO conversations_words(conversations_words, rank) VALUES ('integrity-check', 1)"
                )
                cursor.execute("SELECT count(*) FROM conversations_words_docsize")
                assert cursor.fetchone() == (0,)

    def test_follows_what_is_changed(self, writes):
        message = writes("My teapot is broken.", subject="A question")
        Message.objects.filter(pk=message.pk).update(body="My cup is broken.")

        assert search.find("teapot").hits == []
        assert [hit.message_id for hit in search.find("cup").hits] == [message.pk]

    def test_has_its_triggers_after_all_migrations(self):
        if connection.vendor == "postgresql":  # computes a column, which no later migration can lose
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'conversations%'")
            triggers = {name for (name,) in cursor.fetchall()}

        assert triggers == {
            f"conversations_{what}_{when}" for what in ("words", "subjects") for when in ("added", "gone", "changed")
        }

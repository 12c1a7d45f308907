"""The first screen of the day: what waits, what is unsent, what failed, and the first steps of a new shop."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courtesy.conversations import actions as conversations
from courtesy.desk.lifecycle.actions import send_reply
from courtesy.desk.today.screen import people_wait
from courtesy.jobs.models import Job
from courtesy.post import arrivals
from courtesy.post.models import Arrival, Outgoing
from courtesy.privacy.models import LedgerRow
from tests.desk.street import article, drafted, writes

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def aside(db):
    """Something poisonous that came in."""
    arrival = arrivals.keep(channel="form", channel_id=uuid4().hex, raw=b"<script>poison</script>", at=timezone.now())
    arrivals.set_aside(arrival.pk, problem="Unreadable: it is not a form", at=timezone.now())
    return arrival


class TestToday:
    def test_greets_with_facts(self, signed_in, ben, chidi, dora):
        now = timezone.now()
        drafted(writes(chidi, at=now - timedelta(hours=3)), article())
        writes(dora, "And almonds?", at=now - timedelta(hours=1))

        page = signed_in(ben).get("/").content.decode()

        assert "Two people are waiting." in page
        assert "Chidi has waited longest, 3 h" in page
        assert "machine: draft ready" in page
        assert page.count("button main") == 1

    def test_counts_nobody_who_was_told_to_wait(self, signed_in, ben, chidi, dora):
        now = timezone.now()
        writes(chidi, at=now - timedelta(hours=3))
        asleep = writes(dora, "And almonds?", at=now - timedelta(hours=1))
        conversations.snooze(asleep.thread_id, until=now + timedelta(days=1), by=ben, at=now)

        page = signed_in(ben).get("/").content.decode()

        assert "One person is waiting." in page
        assert '<span class="count">1<span class="sr"> waiting' in page

    def test_says_what_to_do_when_nobody_waits(self, signed_in, ben):
        page = signed_in(ben).get("/").content.decode()

        assert "Nobody is waiting." in page
        assert "Write an article" in page

    def test_shows_what_needs_a_person(self, signed_in, ben, chidi):
        message = writes(chidi)
        send_reply(message.thread_id, words="Yes.", by=ben, at=timezone.now(), seen=message.thread.last_event)
        browser = signed_in(ben)
        for state, said in (
            ("held", "It waited more than a day"),
            ("unsure", "It may have arrived"),
            ("refused", "refused it"),
        ):
            Outgoing.objects.update(state=state)
            page = browser.get("/").content.decode()
            assert said in page
            assert f"/inbox/{message.thread_id}" in page

    def test_shows_the_owner_the_first_steps_and_nobody_else(self, signed_in, ada, ben):
        assert "First steps" in signed_in(ada).get("/").content.decode()
        assert "First steps" not in signed_in(ben).get("/").content.decode()

    def test_asks_few_questions(self, signed_in, ada, chidi, dora):
        for person in (chidi, dora) * 5:
            writes(person)
        browser = signed_in(ada)
        browser.get("/")
        with CaptureQueriesContext(connections["default"]) as here, CaptureQueriesContext(connections["keys"]) as keys:
            browser.get("/")

        assert len(here) + len(keys) <= 20


class TestWhatFailed:
    def test_is_shown_with_its_source_as_plain_text(self, signed_in, ben, aside):
        browser = signed_in(ben)
        assert "Courtesy stumbled over it (Unreadable: it is not a form)." in browser.get("/").content.decode()

        page = browser.get(f"/arrivals/{aside.pk}").content.decode()

        assert "&lt;script&gt;poison" in page
        assert "<script>poison" not in page

    def test_is_told_in_a_sentence(self, signed_in, ben, aside):
        Arrival.objects.update(problem="Unreadable: no sender")
        browser = signed_in(ben)
        for page in ("/", f"/arrivals/{aside.pk}"):
            assert "It names nobody who sent it." in browser.get(page).content.decode()

    def test_is_downloaded_byte_for_byte_and_nothing_in_it_acts(self, signed_in, ben):
        raw = b"\x00\xff\r\n<script>poison</script>" * 9_000
        huge = arrivals.keep(channel="mail", channel_id=uuid4().hex, raw=raw, at=timezone.now(), set_aside="too large")
        browser = signed_in(ben)
        page = browser.get(f"/arrivals/{huge.pk}").content.decode()
        assert "the rest is in the download" in page
        assert len(page) < 450_000

        answer = browser.get(f"/arrivals/{huge.pk}/source")
        assert answer.content == raw
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith('attachment; filename="set-aside-')
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert LedgerRow.objects.filter(what="source handed out").count() == 1

    def test_leaves_the_page_once_somebody_has_dealt_with_it_and_stays_kept(self, signed_in, ben, aside):
        browser = signed_in(ben)
        assert "Put away." in browser.post(f"/arrivals/{aside.pk}/away", follow=True).content.decode()

        assert "Set aside, since it failed" not in browser.get("/").content.decode()
        assert browser.get(f"/arrivals/{aside.pk}").status_code == 404
        assert Arrival.objects.get().state == Arrival.State.SET_ASIDE
        assert "It was taken up already." in browser.post(f"/arrivals/{aside.pk}/away", follow=True).content.decode()

    def test_is_read_again_by_a_click(self, signed_in, ben, aside):
        browser = signed_in(ben)

        browser.post(f"/arrivals/{aside.pk}/again")

        assert Arrival.objects.get().state == Arrival.State.NEW
        assert "It was taken up already." in browser.post(f"/arrivals/{aside.pk}/again", follow=True).content.decode()

    def test_a_job_that_was_given_up_is_tried_again(self, signed_in, ben):
        now = timezone.now()
        job = Job.objects.create(
            name="arrived", handler="x.y", ids={}, not_before=now, created_at=now, set_aside_at=now, error="OSError"
        )
        browser = signed_in(ben)
        assert "OSError" in browser.get("/").content.decode()

        browser.post(f"/jobs/{job.pk}/again")

        job.refresh_from_db()
        assert job.set_aside_at is None

    def test_is_nobodys_to_touch_who_may_only_look(self, signed_in, vera, aside):
        browser = signed_in(vera)

        assert browser.get(f"/arrivals/{aside.pk}").status_code == 404
        assert browser.post(f"/arrivals/{aside.pk}/again").status_code == 404
        assert browser.post(f"/arrivals/{aside.pk}/away").status_code == 404
        assert browser.get(f"/arrivals/{aside.pk}/source").status_code == 404
        assert browser.post("/jobs/1/again").status_code == 404
        assert browser.get("/").status_code == 200

    def test_what_is_not_set_aside_is_not_shown(self, signed_in, ben):
        assert signed_in(ben).get(f"/arrivals/{uuid4()}").status_code == 404
        assert signed_in(ben).post(f"/jobs/{10**30}/again").status_code == 404


class TestPeopleWait:
    def test_says_small_numbers_in_words(self):
        assert people_wait(0) == "Nobody is waiting."
        assert people_wait(1) == "One person is waiting."
        assert people_wait(4) == "Four people are waiting."
        assert people_wait(14) == "14 people are waiting."

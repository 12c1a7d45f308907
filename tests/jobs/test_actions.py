"""What is announced is done once the transaction stands, and news carry names and ids only."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from courtesy.jobs import actions, queries
from courtesy.jobs.models import Change, Job

pytestmark = pytest.mark.django_db(databases="__all__")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def wiring(settings):
    settings.HANDLERS = {"rang": ("a.first", "a.second"), "grew": ("a.third",), "nobody": ()}
    settings.PATIENT = {"grew"}


class TestAnnounce:
    def test_writes_one_job_for_each_handler(self):
        actions.announce("rang", door=7)

        assert sorted(Job.objects.values_list("handler", flat=True)) == ["a.first", "a.second"]
        assert {job.ids["door"] for job in Job.objects.all()} == {7}

    def test_writes_nothing_where_the_wiring_says_that_nobody_needs_to_hear(self):
        actions.announce("nobody", door=7)

        assert not Job.objects.exists()

    def test_refuses_a_name_that_is_not_wired(self):
        with pytest.raises(actions.Unwired):
            actions.announce("unheard of", door=7)

    def test_waits_until_the_time_it_is_told(self):
        actions.announce("grew", not_before=NOON, plant=1)

        assert Job.objects.get().not_before == NOON

    def test_lets_others_go_first_where_the_wiring_calls_it_patient(self):
        actions.announce("grew", plant=1)
        actions.announce("rang", door=7)

        assert {job.name: job.patient for job in Job.objects.all()} == {"grew": True, "rang": False}


@pytest.mark.django_db(databases="__all__", transaction=True)
class TestTheCallersTransaction:
    def test_takes_jobs_and_news_along_when_it_is_rolled_back(self):
        with transaction.atomic():
            actions.announce("rang", door=7)
            actions.changed("door", 7)
            transaction.set_rollback(True)

        assert not Job.objects.exists()
        assert not Change.objects.exists()


class TestTryAgain:
    def test_gives_a_job_that_was_set_aside_five_new_attempts(self):
        actions.announce("grew", plant=1)
        Job.objects.update(set_aside_at=NOON, attempts=5, error="ValueError")

        assert actions.try_again(Job.objects.get().pk, NOON)
        job = Job.objects.get()
        assert (job.attempts, job.set_aside_at, job.not_before) == (0, None, NOON)

    def test_leaves_a_job_alone_that_is_not_set_aside(self):
        actions.announce("grew", plant=1)

        assert not actions.try_again(Job.objects.get().pk, NOON)


class TestTrimChanges:
    def test_forgets_what_no_browser_asks_for_any_more(self):
        actions.changed("door", 1)
        actions.changed("door", 2)
        Change.objects.filter(subject="1").update(at=NOON - timedelta(hours=25))
        Change.objects.filter(subject="2").update(at=NOON)

        assert actions.trim_changes(at=NOON) == 1
        assert [change.subject for change in Change.objects.all()] == ["2"]


class TestPresence:
    def test_is_alive_for_ten_seconds_after_it_was_seen(self):
        actions.i_live("worker", at=NOON, encoder="small")
        actions.i_live("worker", at=NOON, encoder="large")

        assert queries.is_alive("worker", at=NOON + timedelta(seconds=9))
        assert not queries.is_alive("worker", at=NOON + timedelta(seconds=11))
        assert queries.facts_of("worker") == {"encoder": "large"}
        assert not queries.is_alive("gardener", at=NOON)

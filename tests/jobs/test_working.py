"""One job after the other: claimed once, tried five times, finished when told to stop."""

import logging
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from courtesy.jobs import actions, queries, working
from courtesy.jobs.models import Change, Job

pytestmark = pytest.mark.django_db(databases="__all__")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def wiring(settings):
    settings.HANDLERS = {"rang": ("a.door",), "grew": ("a.plant",)}
    settings.PATIENT = {"grew"}


class Clock:
    """A clock that a test moves."""

    now = NOON

    def __call__(self) -> datetime:
        return self.now


def announced(name: str = "rang", **ids: int) -> None:
    actions.announce(name, not_before=NOON, **ids)


class TestClaimNext:
    def test_takes_the_one_that_waited_longest(self):
        actions.announce("rang", not_before=NOON, door=2)
        actions.announce("rang", not_before=NOON - timedelta(hours=1), door=1)

        claimed = working.claim_next(at=NOON)
        assert claimed is not None
        assert (claimed.ids, claimed.attempts) == ({"door": 1}, 1)

    def test_takes_the_impatient_before_the_patient(self):
        actions.announce("grew", not_before=NOON - timedelta(hours=1), plant=1)
        announced(door=2)

        names = [working.claim_next(at=NOON).name for _ in range(2)]
        assert names == ["rang", "grew"]

    def test_leaves_alone_what_is_not_due(self):
        announced(door=1)

        assert working.claim_next(at=NOON - timedelta(seconds=1)) is None

    def test_takes_nothing_that_another_worker_has(self):
        announced(door=1)

        assert working.claim_next(at=NOON)
        assert working.claim_next(at=NOON + working.LEASE / 2) is None

    def test_takes_over_when_the_lease_of_a_dead_worker_has_run_out(self):
        announced(door=1)
        first = working.claim_next(at=NOON)
        late = NOON + working.LEASE + timedelta(seconds=1)
        second = working.claim_next(at=late)

        assert second is not None
        assert second.attempts == 2
        assert not working.renew(first, at=late)
        assert not working.finish(first)
        assert working.finish(second)

    def test_leaves_a_renewed_lease_alone(self):
        announced(door=1)
        first = working.claim_next(at=NOON)
        working.renew(first, at=NOON + timedelta(seconds=50))

        assert working.claim_next(at=NOON + working.LEASE + timedelta(seconds=1)) is None


class TestRunOne:
    def test_calls_the_handler_with_its_ids_and_the_time(self):
        calls = []
        announced(door=7)

        assert working.run_one({"a.door": lambda **given: calls.append(given)}, clock=lambda: NOON)
        assert calls == [{"door": 7, "at": NOON}]
        assert not Job.objects.exists()
        assert not working.run_one({}, clock=lambda: NOON)

    def test_tries_five_times_with_longer_and_longer_rests_and_then_sets_aside(self):
        tries = []

        def breaks(**given):
            tries.append(given["at"])
            raise ValueError("ada@marigold.example")

        announced(door=7)
        clock = Clock()
        while Job.objects.waiting().exists():
            working.run_one({"a.door": breaks}, clock=clock)
            clock.now += timedelta(seconds=1)

        gaps = [(later - sooner).total_seconds() for sooner, later in pairwise(tries)]
        assert gaps == [2, 10, 30, 120]
        [job] = queries.set_aside()
        assert (job.attempts, job.error) == (5, "ValueError")
        assert [change.name for change in Change.objects.all()] == ["jobs-changed"]

    def test_keeps_what_an_exception_says_out_of_the_row_and_the_log(self, caplog):
        def breaks(**given):
            raise ValueError("ada@marigold.example")

        announced(door=7)
        with caplog.at_level(logging.INFO):
            working.run_one({"a.door": breaks}, clock=lambda: NOON)

        from courtesy.config.quiet import Quiet, RouteNotAddress  # noqa: PLC0415

        written = [Quiet().format(record) for record in caplog.records if RouteNotAddress().filter(record)]
        assert written
        assert "ada@" not in "".join(written)
        assert "ada@" not in str(Job.objects.values())

    def test_sets_aside_a_job_that_kills_every_worker(self):
        announced(door=7)
        clock = Clock()
        for _ in range(5):
            assert working.claim_next(at=clock())
            clock.now += working.LEASE + timedelta(seconds=1)

        assert working.run_one({"a.door": lambda **_: pytest.fail("begun a sixth time")}, clock=clock)
        assert [job.error for job in queries.set_aside()] == ["WorkerDied"]

    def test_goes_on_with_the_next_when_one_fails(self):
        done = []

        def sometimes(door, at):
            if door == 1:
                raise ValueError
            done.append(door)

        announced(door=1)
        announced(door=2)
        for _ in range(2):
            working.run_one({"a.door": sometimes}, clock=lambda: NOON)
        assert done == [2]


@pytest.mark.django_db(databases="__all__", transaction=True)
class TestWork:
    @pytest.fixture(autouse=True)
    def handlers(self, settings, monkeypatch):
        settings.AT_START, settings.SCHEDULE = (), {}
        self.seen = Counter()
        self.entered, self.go_on = threading.Event(), threading.Event()

        def door(door, at):
            self.entered.set()
            self.go_on.wait(5)
            self.seen[door] += 1

        monkeypatch.setattr(working, "resolved", lambda: {"a.door": door})

    def started(self, stop: threading.Event) -> threading.Thread:
        thread = threading.Thread(target=working.work, kwargs={"stop": stop})
        thread.start()
        return thread

    def test_finishes_the_job_in_hand_when_told_to_stop(self):
        actions.announce("rang", door=1)
        actions.announce("rang", door=2)
        stop = threading.Event()
        thread = self.started(stop)
        assert self.entered.wait(5)
        stop.set()
        self.go_on.set()
        thread.join(5)

        assert not thread.is_alive()
        assert self.seen == {1: 1}
        assert [job.ids for job in Job.objects.all()] == [{"door": 2}]

    def test_says_that_it_lives(self):
        stop = threading.Event()
        thread = self.started(stop)
        threading.Event().wait(0.3)
        stop.set()
        thread.join(5)

        assert queries.is_alive(working.WORKER, at=timezone.now())

"""A worker that was killed leaves claims; the next one, alone in the house, need not wait for them."""

from datetime import timedelta

import pytest
from django.db import connection

from courtesy.jobs import working
from courtesy.jobs.models import Job
from tests.cast import NOON

pytestmark = pytest.mark.django_db(databases="__all__")


class TestWhatADeadWorkerLeft:
    def test_is_free_at_once_where_one_worker_is_all_there_is(self) -> None:
        Job.objects.create(name="arrived", handler="x", ids={}, not_before=NOON, created_at=NOON)
        assert working.claim_next(at=NOON)
        assert working.claim_next(at=NOON + timedelta(seconds=1)) is None

        freed = working.pick_up_what_was_left()

        again = working.claim_next(at=NOON + timedelta(seconds=1))
        if connection.vendor == "sqlite":
            assert freed == 1
            assert again
            assert again.attempts == 2
        else:  # several workers may share a PostgreSQL; there a lease runs out by itself
            assert freed == 0
            assert again is None

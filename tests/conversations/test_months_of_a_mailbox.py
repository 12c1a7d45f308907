"""The last months of a mailbox come in as history, what was sent too, against a real Dovecot; and never twice."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from courtesy.conversations.actions import history
from courtesy.conversations.models import Bringing, Message, Thread
from courtesy.conversations.queries.pairs import pairs
from courtesy.jobs.models import Job
from courtesy.post.channels.email import fetching, reading
from courtesy.post.models import Arrival, Folder, Mailbox
from courtesy.post.past import months
from courtesy.post.past.months import first_day
from tests.conversations.past import BEGIN, conversations
from tests.post.channels.email.boxes import mailbox_on
from tests.post.dovecot import needs_dovecot, open_dovecot

pytestmark = [pytest.mark.django_db(databases="__all__"), needs_dovecot]
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
US = "shop@fern.example"
MAILBOXES = 12
_numbers = count()
A_YEAR_AGO = date(2025, 1, 1)


@pytest.fixture(scope="module")
def server():
    with open_dovecot() as one:
        # All before the first signs in: Dovecot reads its list of users anew only once a second.
        for number in range(MAILBOXES):
            one.open_mailbox(f"shop{number}")
        yield one


@pytest.fixture
def box(server, db) -> Mailbox:
    """A mailbox with three conversations of a year ago, connected today."""
    user = f"shop{next(_numbers)}"
    for at, raw in conversations(3, us=US):
        came = b"From: Kim" in raw
        server.append(user, "INBOX" if came else "Sent", raw, at=at)
    return mailbox_on(server, user, address=US)


def brings(box: Mailbox, since: date = A_YEAR_AGO):
    return history.bring(
        months.letters(box, since=since), ours=[], basis="contract", since=since, by=None, at=NOON, kind="mailbox",
        mailbox=box,
    )  # fmt: skip


class TestMonths:
    def test_bring_questions_and_answers(self, box):
        counts = brings(box).counts

        assert (counts.questions, counts.answers, counts.bad) == (3, 3, 0)
        assert len(pairs()) == 3
        assert set(Arrival.objects.values_list("mailbox", flat=True)) == {box.pk}
        assert set(Thread.objects.values_list("state", flat=True)) == {"resolved"}
        assert not Job.objects.exists()

    def test_leave_out_what_is_older(self, box):
        assert brings(box, since=(BEGIN + timedelta(days=30)).date()).counts.read == 0

    def test_twice_is_once(self, box):
        brings(box)

        assert brings(box).counts.new == 0
        assert Message.objects.count() == 6

    def test_are_not_fetched_again_by_the_ordinary_way(self, box):
        brings(box)
        Mailbox.objects.update(begins_at=BEGIN - timedelta(days=1))
        box.refresh_from_db()

        fetched = fetching.fetch(box, at=NOON)

        assert (fetched.new, fetched.sent, fetched.problem) == (0, 0, "")
        assert Arrival.objects.count() == 6

    def test_bring_nothing_that_was_fetched_by_the_ordinary_way(self, box):
        Mailbox.objects.update(begins_at=BEGIN - timedelta(days=1))
        box.refresh_from_db()
        assert fetching.fetch(box, at=NOON).new == 3

        assert brings(box).counts.new == 0
        assert Arrival.objects.filter(bringing_id__isnull=False).count() == 0

    def test_change_nothing_in_how_far_the_mailbox_is_read(self, box):
        brings(box)

        assert not Folder.objects.exists()

    def test_go_on_when_the_line_breaks(self, server, box, monkeypatch):
        monkeypatch.setattr(reading, "IN_A_COMMIT", 1)
        monkeypatch.setattr(history, "AT_ONCE", 1)
        broke = []

        def tell(_counts) -> None:
            if not broke:
                broke.append(True)
                server.drop_lines()

        history.bring(
            months.letters(box, since=A_YEAR_AGO), ours=[], basis="contract", since=A_YEAR_AGO, by=None, at=NOON,
            mailbox=box, progress=tell,
        )  # fmt: skip

        assert Message.objects.count() == 6
        assert Bringing.objects.get().state == "done"


class TestFirstDay:
    @pytest.mark.parametrize(
        ("back", "day"), [(1, date(2026, 2, 28)), (3, date(2025, 12, 28)), (14, date(2025, 1, 28))]
    )
    def test_is_never_a_day_that_a_month_has_not(self, back, day):
        assert first_day(back, today=date(2026, 3, 31)) == day

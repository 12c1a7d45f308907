"""Every mail that comes in becomes a message or is set aside, each with its raw source, and the rest flows."""

import sysconfig
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from courtesy.conversations import actions
from courtesy.conversations.models import Message
from courtesy.post import arrivals, queries
from courtesy.post.models import Arrival
from courtesy.privacy import keys
from tests.conversations.conftest import NOW
from tests.conversations.mails import came, mail, mailbox
from tests.post.channels.email.letters import LETTERS
from tests.post.channels.email.test_malformed import malformed
from tests.wild import some

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.house]
SAMPLES = Path(sysconfig.get_path("stdlib")) / "test" / "test_email" / "data"


def all_the_way(raws: list[bytes]) -> tuple[int, int]:
    """They come in one after the other; how many became messages, and how many were set aside."""
    shop, taken = mailbox(), set()
    for raw in raws:
        digest = sha256(raw).hexdigest()
        arrival = arrivals.keep(channel="mail", channel_id=digest, raw=raw, at=NOW, mailbox=shop)
        with keys.scope():
            actions.take_in(arrival_id=arrival.pk, at=NOW)
        taken.add(arrival.pk)
    rows = list(Arrival.objects.filter(pk__in=taken))
    assert len(rows) == len({sha256(raw).digest() for raw in raws})
    messages = set(Message.objects.values_list("arrival_id", flat=True))
    with keys.scope():
        for row in rows:
            assert sha256(bytes(row.raw)).hexdigest() == row.channel_id  # the raw source, byte for byte
            assert (row.pk in messages) == (row.state == Arrival.State.TAKEN_IN), row.problem
            assert (row.pk in messages) != (row.state == Arrival.State.SET_ASIDE), row.problem
            assert queries.raw_source(row.pk)[:20] == row.raw.decode("utf-8", "replace")[:20]
    return len(messages), len([row for row in rows if row.state == Arrival.State.SET_ASIDE])


class TestOddMails:
    def test_of_every_sort_that_ever_made_trouble(self):
        messages, aside = all_the_way(sorted(set(LETTERS.values())))

        assert messages + aside == len(set(LETTERS.values()))

    def test_of_pythons_own_samples(self):
        files = sorted(SAMPLES.glob("*.txt"))
        if not files:
            pytest.skip("this Python comes without its tests")
        raws = [file.read_bytes() for file in files]
        messages, aside = all_the_way(raws)

        assert messages + aside == len(set(raws))
        assert messages > len(raws) / 2

    @pytest.mark.hypothesis
    def test_three_hundred_malformed(self):
        raws: list[bytes] = []

        @settings(
            max_examples=some(300), database=None, deadline=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(malformed())
        def gather(raw: bytes) -> None:
            raws.append(raw)

        gather()
        messages, aside = all_the_way(raws)
        assert len(raws) >= some(300)
        assert messages + aside == len(set(raws))

    def test_stop_nothing_that_comes_after_them(self):
        poison = arrivals.keep(channel="mail", channel_id="poison", raw=b"\xff\x00" * 100, at=NOW)
        actions.take_in(arrival_id=poison.pk, at=NOW)

        assert came(mail("a@x")).body == "Where is my tea?"
        assert Arrival.objects.get(pk=poison.pk).state == Arrival.State.SET_ASIDE

"""The power goes at a named moment: nothing acknowledged is lost, and nothing leaves twice.

One story a moment: a customer writes, Ada answers, the answer leaves. Somewhere in it a process dies as by
``kill -9``; then everything is killed, started again without the trap, and counted.
"""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from courtesy.jobs.moments import MOMENTS
from tests.journeys import steps
from tests.journeys.accounting import Acknowledged, faults, settle
from tests.journeys.house import House
from tests.journeys.mailbox import Mailbox
from tests.journeys.ready import ReadyShop
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.kill

QUESTION = "How long does a parcel to France take, and what does it cost?"
# The story never comes by these: `test_fetch_kill.py` and `test_kill.py` of `tests/post` kill there, and
# `tests/conversations/test_past_killed.py`.
ELSEWHERE = ("fetch: ", "copy: ", "bring: ", "take out: ", "replay: ")
ANSWER = "Five working days, as a rule. We will tell you the number of the parcel."


def tell_the_story(
    house: House, ada: Visitor, seconds: float, at_send: Callable[[], None] = lambda: None
) -> Acknowledged:
    """Write, wait, answer, wait; stop early where somebody died. What was acknowledged comes back.

    ``at_send`` is called when Ada's hand is on the button.
    """
    said_yes, until = Acknowledged(), time.monotonic() + seconds
    try:
        thanks = steps.write(house, QUESTION)
        if thanks.status == 200:
            said_yes.messages.append(QUESTION)
        while not (threads := house.rows("select id from conversations_thread")) and time.monotonic() < until:
            if dead(house):
                return said_yes
            time.sleep(0.05)
        while not house.rows("select 1 from lifecycle_suggestion") and time.monotonic() < until:
            if dead(house):
                return said_yes
            time.sleep(0.05)
        at_send()
        sent = steps.answer(ada, int(str(threads[0][0])), ANSWER, from_draft=False)
        if sent.status == 200:
            said_yes.answers.append(ANSWER)
        while time.monotonic() < until and not dead(house):
            if house.rows("select 1 from post_outgoing where state = 'sent'"):
                time.sleep(0.3)  # what comes right after
                break
            time.sleep(0.05)
    except (OSError, AssertionError, IndexError):
        time.sleep(0.5)  # a process that was killed is gone a moment after its connection
        if not dead(house):
            raise
    return said_yes


def dead(house: House) -> bool:
    """Somebody died: the whole house, or the worker it started with."""
    alive = {process.pid for process in house.processes() if process.is_running() and process.status() != "zombie"}
    return not house.first_processes <= alive


class TestAKillAtAMoment:
    @pytest.mark.parametrize("moment", [one for one in MOMENTS if not one.startswith(ELSEWHERE)])
    def test_loses_nothing_and_sends_nothing_twice(
        self, moment: str, ready: ReadyShop, tmp_path: Path, mailbox: Mailbox
    ) -> None:
        house = ready.copy(tmp_path / "house", mailbox)
        ada = ready.browser_at(house)
        try:
            house.start(COURTESY_KILL_AT=moment)
            said_yes = tell_the_story(house, ada, seconds=70)
            died = dead(house)
            house.kill()
            assert died, f"nobody came by {moment!r}: the trap is in the wrong place"

            house.start()
            settle(house)
            assert faults(house, mailbox, said_yes) == []
        finally:
            house.kill()


class TestUndo:
    def test_at_nine_seconds_nothing_has_left(self, house: House, ada: Visitor, mailbox: Mailbox) -> None:
        steps.write(house, QUESTION)
        (thread_id,) = house.wait_for("select id from conversations_thread")[0]
        pressed = time.monotonic()
        page = steps.answer(ada, int(str(thread_id)), ANSWER, from_draft=False)

        time.sleep(max(0.0, 9 - (time.monotonic() - pressed)))
        page = ada.send(page.form(action="/taking-back"))

        assert page.status == 200
        time.sleep(4)
        assert mailbox.taken == []
        assert house.rows("select state from post_outgoing") == [("taken back",)]

    def test_killed_at_five_seconds_and_started_again_sends_exactly_one(
        self, house: House, ada: Visitor, mailbox: Mailbox
    ) -> None:
        steps.write(house, QUESTION)
        (thread_id,) = house.wait_for("select id from conversations_thread")[0]
        pressed = time.monotonic()
        steps.answer(ada, int(str(thread_id)), ANSWER, from_draft=False)

        time.sleep(max(0.0, 5 - (time.monotonic() - pressed)))
        house.kill()
        assert mailbox.taken == []
        house.start()

        house.wait_for("select 1 from post_outgoing where state = 'sent'", seconds=30)
        time.sleep(2)
        assert len(mailbox.taken) == 1

"""How the inbox says what happened, as pure words."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from courtesy.conversations.queries import Item
from courtesy.desk.inbox import says
from courtesy.desk.inbox.screen import suggestion_in
from courtesy.desk.lifecycle.models import How, Outcome
from courtesy.post.models import Outgoing
from courtesy.post.queries import OnItsWay

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def answer(state="waiting", *, not_before=NOON - timedelta(minutes=1), problem="", taken_back=False):
    """An answer of ours, so far on its way."""
    way = OnItsWay(uuid4(), state, not_before, NOON if state == "sent" else None, "x@y", problem)
    return Item("message", 1, "out", NOON, "Ben", True, taken_back=taken_back, on_its_way=way)


def event(kind, *, name="Ben", ours=True, **facts):
    return Item("event", 2, kind, NOON, name, ours, facts=facts)


class TestHowFarAnAnswerGot:
    @pytest.mark.parametrize(
        ("state", "tone", "can"),
        [
            ("sending", "", ()),
            ("sent", "calm", ()),
            ("held", "care", ("release", "take back")),
            ("unsure", "alert", ("arrived", "send again")),
            ("refused", "alert", ("send again",)),
            ("taken back", "", ()),
        ],
    )
    def test_names_what_may_be_done(self, state, tone, can):
        way = says.way_of(answer(state), now=NOON, why_closed="")

        assert (way.tone, way.can) == (tone, can)

    def test_never_offers_to_send_an_unsure_one_without_the_choice_that_it_arrived(self):
        assert says.way_of(answer("unsure"), now=NOON, why_closed="").can[0] == "arrived"

    def test_covers_every_state_there_is(self):
        for state in Outgoing.State:
            assert says.way_of(answer(state), now=NOON, why_closed="").words

    def test_says_why_it_waits(self):
        soon = answer(not_before=NOON + timedelta(seconds=8))

        assert says.way_of(soon, now=NOON, why_closed="").words == "leaves in a few seconds"
        assert says.way_of(soon, now=NOON, why_closed="The switch is off.").why == "The switch is off."
        assert says.way_of(answer(problem="421"), now=NOON, why_closed="").why == "421"

    def test_a_taken_back_one_is_nothing_else(self):
        assert says.way_of(answer(taken_back=True), now=NOON, why_closed="off").can == ()


class TestEvents:
    def test_what_the_letter_says_needs_no_line(self):
        assert says.event_line(event("arrived"), {}) is None
        assert says.event_line(event("answered"), {}) is None

    def test_a_stranger_is_told_with_the_way_to_what_they_refer_to(self):
        line = says.event_line(event("arrived", stranger_to=7), {})

        assert line.thread == 7
        assert "no part in" in line.words
        assert says.event_line(event("arrived", newcomer=True), {}).words.startswith("Ben writes here for the first")

    @pytest.mark.parametrize(
        ("to", "said"), [("1", "Ben gave this to Ada"), ("2", "Ben took this"), ("", "Ben gave this back to everybody")]
    )
    def test_say_who_has_it_now(self, to, said):
        assert says.event_line(event("assigned", to=to), {"1": "Ada", "2": "Ben"}).words.startswith(said)

    def test_only_the_machine_wears_its_color(self):
        assert says.event_line(event("drafted", name="", ours=False), {}).machine
        assert not says.event_line(event("resolved"), {}).machine


class TestWhoseWords:
    def test_are_told_only_where_a_machine_drafted_any(self):
        assert says.whose_words(None, "Ben") == ""
        assert says.whose_words(Outcome(how=How.OWN_WORDS), "Ben") == ""
        assert says.whose_words(Outcome(how=How.AS_DRAFTED), "Ben") == "Drafted by the machine, checked by Ben."
        edited = Outcome(how=How.EDITED, sentences=5, sentences_kept=3)
        assert says.whose_words(edited, "Ben") == "Drafted by the machine; Ben changed 2 of 5 sentences."


class TestTheTabOfAComposer:
    @pytest.mark.parametrize(
        ("tab", "draft"), [("draft-7-Xy_z", 7), ("reply-Xy", None), ("note-7-x", None), ("", None), ("draft-x-y", None)]
    )
    def test_remembers_the_draft_it_began_with(self, tab, draft):
        assert suggestion_in(tab) == draft

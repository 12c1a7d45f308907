"""Every hand-over ends at a function that takes what it is given."""

import ast
import inspect
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from courtesy.config import wiring
from courtesy.jobs.working import resolved
from tests.sources import mentions

PACKAGE = Path(__file__).resolve().parents[2] / "courtesy"


@cache
def announced() -> dict[str, set[str]]:
    """What the rooms announce, with the ids they send along, read from the source."""
    found: dict[str, set[str]] = {}
    for file in PACKAGE.rglob("*.py"):
        if not mentions(source := file.read_text(), "announce"):
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "announce" and node.args:
                ids = {keyword.arg or "**" for keyword in node.keywords} - {"not_before"}
                found.setdefault(ast.literal_eval(node.args[0]), set()).update(ids)
    return found


class TestTheWiring:
    def test_resolves_to_the_end(self):
        assert set(resolved()) >= {name for handlers in wiring.HANDLERS.values() for name in handlers}

    def test_refuses_a_name_that_is_not_there(self, settings):
        settings.HANDLERS = {"rang": ("courtesy.jobs.actions.nobody_wrote_this",)}
        with pytest.raises(ImportError):
            resolved()

    def test_names_exactly_what_the_rooms_announce(self):
        assert set(announced()) == set(wiring.HANDLERS)

    @pytest.mark.parametrize("name", sorted(wiring.HANDLERS))
    def test_hands_over_what_each_handler_takes(self, name):
        given = {**dict.fromkeys(announced()[name], 1), "at": None}
        for handler in wiring.HANDLERS[name]:
            inspect.signature(import_string(handler)).bind(**given)

    @pytest.mark.parametrize("name", sorted([*wiring.SCHEDULE, *wiring.AT_START]))
    def test_runs_on_schedule_what_needs_nothing_but_the_time(self, name):
        inspect.signature(import_string(name)).bind(at=None)

    def test_seals_the_ledger_and_sends_often_enough_to_be_felt(self):
        assert wiring.SCHEDULE["courtesy.privacy.ledger.seal"] <= 1
        assert wiring.SCHEDULE["courtesy.post.sending.send_due"] <= 1

    def test_knows_the_patient_by_name(self):
        assert set(wiring.HANDLERS) >= wiring.PATIENT


class TestTheRail:
    def test_leads_to_addresses_that_exist(self):
        for place in settings.NAVIGATION:
            assert reverse(place.name, urlconf=settings.STAFF_URLCONF)

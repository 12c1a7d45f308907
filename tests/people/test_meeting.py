"""Meeting people: the same address is the same person, however often and however it is spelled."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courtesy.people import actions, queries
from courtesy.people.models import Handle, NameToken, Person
from courtesy.people.names import NotAnAddress, beginnings_of, same_address
from courtesy.privacy import keys
from courtesy.privacy.models import Key
from tests.cast import NOON
from tests.wild import some

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(databases="__all__")
WILD = settings(max_examples=some(80), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class TestMeet:
    def test_makes_somebody_new_of_an_address_nobody_writes_from(self):
        person = actions.meet(address="gwen@post.example", name="Gwen Ito", at=NOON)

        assert person.name == "Gwen Ito"
        assert queries.address_of(person) == "gwen@post.example"
        assert person.created_at == person.last_seen_at == NOON

    @pytest.mark.parametrize(
        "spelled", ["Gwen@Post.Example", "  gwen@post.example ", "GWEN@POST.EXAMPLE", "ｇwen@post.example"]
    )
    def test_knows_an_address_again_however_it_is_spelled(self, spelled):
        gwen = actions.meet(address="gwen@post.example", at=NOON)

        assert actions.meet(address=spelled, at=NOON) == gwen
        assert Person.objects.count() == 1

    def test_knows_a_domain_by_its_letters_in_the_network(self):
        gwen = actions.meet(address="gwen@bücher.example", at=NOON)

        assert actions.meet(address="gwen@xn--bcher-kva.example", at=NOON) == gwen

    def test_takes_a_name_where_none_was_known_and_keeps_one_that_was(self):
        gwen = actions.meet(address="gwen@post.example", at=NOON)
        actions.meet(address="gwen@post.example", name="Gwen Ito", at=NOON)
        actions.meet(address="gwen@post.example", name="Somebody Else", at=NOON)

        assert Person.objects.get(pk=gwen.pk).name == "Gwen Ito"
        assert queries.search("gw") == [gwen]
        assert queries.search("som") == []

    def test_remembers_the_latest_time_also_when_mails_come_late(self):
        gwen = actions.meet(address="gwen@post.example", at=NOON)
        actions.meet(address="gwen@post.example", at=NOON - timedelta(days=9))

        assert Person.objects.get(pk=gwen.pk).last_seen_at == NOON

    @pytest.mark.parametrize(
        "address",
        ["", "gwen", "@post.example", "gwen@", "gwen@ post.example", "g w@post.example", "a@b\nc.example",
         "x" * 250 + "@b.example", "gwen@" + "y" * 70 + ".example", "gwen\x00@post.example"],
    )  # fmt: skip
    def test_refuses_what_is_no_address_and_does_not_repeat_it(self, address):
        with pytest.raises(NotAnAddress) as refused:
            actions.meet(address=address, at=NOON)
        assert not address or address not in str(refused.value)
        assert Person.objects.count() == 0


class TestTheKey:
    def test_of_what_they_sent_becomes_theirs(self):
        key_id = keys.new(at=NOON)
        gwen = actions.meet(address="gwen@post.example", name="Gwen", at=NOON, key_id=key_id)

        assert gwen.key_id == key_id
        assert Key.objects.get(pk=key_id).holder == gwen.pk

    def test_of_each_further_letter_becomes_theirs_too(self):
        gwen = actions.meet(address="gwen@post.example", at=NOON)
        second = keys.new(at=NOON)
        actions.meet(address="gwen@post.example", at=NOON, key_id=second)

        assert keys.destroy(gwen.pk, at=NOON) == 2
        with pytest.raises(keys.KeyGone):
            keys.of(second)

    def test_goes_to_who_is_met_when_the_job_runs_again_after_a_rollback(self):
        key_id = keys.new(at=NOON)
        keys.adopt(key_id, holder=uuid4())  # what a rolled back first try leaves behind
        gwen = actions.meet(address="gwen@post.example", at=NOON, key_id=key_id)

        assert keys.destroy(gwen.pk, at=NOON) == 1


class TestTwoAtOnce:
    def test_give_one_person(self, monkeypatch):
        """The other transaction commits between our look and our insert."""
        first = actions.meet(address="gwen@post.example", at=NOON)
        look, looks = actions._known, []

        def blind_once(index):
            looks.append(index)
            return None if len(looks) == 1 else look(index)

        monkeypatch.setattr(actions, "_known", blind_once)
        key_id = keys.new(at=NOON)

        assert actions.meet(address="gwen@post.example", at=NOON, key_id=key_id) == first
        assert (Person.objects.count(), Handle.objects.count()) == (1, 1)
        assert Key.objects.get(pk=key_id).holder == first.pk

    @pytest.mark.house
    def test_six_times_at_once_in_a_real_house(self, tmp_path):
        (tmp_path / "var").mkdir()
        outer = {name: value for name, value in os.environ.items() if not name.startswith("COURTESY_")}
        ours = {
            "COURTESY_DATA_DIR": str(tmp_path / "var"),
            "COURTESY_KEY_FILE": str(tmp_path / "shop.key"),
            "DJANGO_SETTINGS_MODULE": "courtesy.config.settings",
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.people.meeting_at_once"],
            cwd=ROOT,
            env={**outer, **ours},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        after = json.loads(done.stdout)

        assert after["troubles"] == []
        assert after["people"] == after["handles"] == len(after["met"]) == 10
        assert after["tokens"] == len(beginnings_of("A Guest"))
        assert after["keys of one"] >= 6


class TestErasing:
    def test_the_key_leaves_somebody_nobody_can_name(self, dora):
        keys.destroy(dora.pk, at=NOON)

        assert queries.names([dora.pk]) == {dora.pk: "Somebody"}
        assert queries.search("dora") == []
        with pytest.raises(keys.KeyGone):
            queries.address_of(dora)

    def test_rows_takes_handles_and_tokens_along(self, farah):
        farah.delete()

        assert (Handle.objects.count(), NameToken.objects.count()) == (0, 0)


class TestNames:
    def test_fall_back_to_what_stands_before_the_at(self, dora, farah):
        stranger = uuid4()

        assert queries.names([dora.pk, farah.pk, stranger]) == {
            dora.pk: "Dora Lindqvist",
            farah.pk: "farah",
            stranger: "Somebody",
        }

    def test_of_fifty_cost_one_query_for_their_keys(self):
        people = [actions.meet(address=f"p{n}@post.example", name=f"Person {n}", at=NOON).pk for n in range(50)]
        with CaptureQueriesContext(connections["keys"]) as asked, CaptureQueriesContext(connections["default"]) as read:
            assert len(set(queries.names(people).values())) == 50
        assert (len(asked), len(read)) == (1, 1)

    def test_of_nobody_are_none(self):
        assert queries.names([]) == {}


class TestFind:
    def test_knows_by_the_whole_address_only(self, dora):
        assert queries.find("Dora.Lindqvist@post.example") == dora
        assert queries.find("dora.lindqvist@post.exampl") is None
        assert queries.find("nonsense") is None


@WILD
@given(address=st.emails())
def test_any_address_is_found_again(address):
    person = actions.meet(address=address, at=NOON)

    assert queries.find(address) == person
    assert queries.address_of(person) == same_address(address)


@WILD
@given(text=st.text(max_size=40))
def test_wild_text_is_an_address_or_refused(text):
    with suppress(NotAnAddress):
        assert same_address(same_address(text)) == same_address(text)

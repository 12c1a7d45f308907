"""The street. Ada owns the shop, Ben works there, Mia manages, Vera looks on (`colleagues.py`). Chidi agreed to
everything, Dora to service only, Emeka withdrew, Farah is a stranger. The house has a key of its own, never a real one.
"""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from secrets import token_bytes

import pytest
from django.conf import settings as house

from courtesy.consent import actions as consent
from courtesy.consent.purposes import BEYOND_SERVICE, DEFAULT_BASES, Answer, Basis
from courtesy.people import actions as people
from courtesy.people.models import Person
from courtesy.privacy import keyfile, opening

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
IN_MARCH = datetime(2026, 3, 4, 12, tzinfo=UTC)
IN_SEPTEMBER = IN_MARCH + timedelta(days=184)


@pytest.fixture(scope="session", autouse=True)
def key_of_this_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A data directory and a key file made for this run, so that no test ever meets those of a shop."""
    folder, real = tmp_path_factory.mktemp("house"), house.COURTESY
    (folder / "var").mkdir()
    house.COURTESY = dataclasses.replace(real, data_dir=folder / "var", key_file=folder / "shop.key")
    keyfile.forget()
    keyfile.write(token_bytes(keyfile.KEY_BYTES))
    yield
    house.COURTESY = real
    keyfile.forget()


@pytest.fixture(autouse=True)
def open_house(request: pytest.FixtureRequest) -> None:
    """The house's own key, in every test that has a database."""
    if request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(request.fixturenames):
        request.getfixturevalue("db")
        opening.make_house_key(at=NOON)


def who_agreed_to_everything() -> Person:
    """Chidi, for scenes that stand for many tests."""
    person = people.meet(address="chidi.okafor@post.example", name="Chidi Okafor", at=IN_MARCH)
    for purpose in BEYOND_SERVICE:
        consent.record(person=person, purpose=purpose, answer=Answer.YES, where="the contact form", at=IN_MARCH)
    return person


@pytest.fixture
def chidi(db: None) -> Person:
    """Agreed to everything, in March, on the contact form."""
    return who_agreed_to_everything()


@pytest.fixture
def dora(db: None) -> Person:
    """Chose service only, in March, on the contact form."""
    person = people.meet(address="dora.lindqvist@post.example", name="Dora Lindqvist", at=IN_MARCH)
    consent.choose_service_only(person=person, where="the contact form", at=IN_MARCH)
    return person


@pytest.fixture
def emeka(db: None) -> Person:
    """Said yes to everything in March and withdrew in September, on the phone."""
    person = people.meet(address="emeka.balogun@post.example", name="Emeka Balogun", at=IN_MARCH)
    for purpose in BEYOND_SERVICE:
        consent.record(person=person, purpose=purpose, answer=Answer.YES, where="the contact form", at=IN_MARCH)
    for purpose in BEYOND_SERVICE:
        withdrawn = Answer.NO if DEFAULT_BASES[purpose] == Basis.CONSENT else Answer.OBJECTION
        consent.record(person=person, purpose=purpose, answer=withdrawn, where="the phone", at=IN_SEPTEMBER)
    return person


@pytest.fixture
def farah(db: None) -> Person:
    """A stranger: she wrote once, and said nothing about herself."""
    return people.meet(address="farah@elsewhere.example", at=IN_MARCH)

"""Ada owns the shop, Mia manages it, Ben works there, Vera looks on; and a browser for each of them."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client

from courtesy.privacy import keys
from courtesy.staff.access import SECOND_STEP
from courtesy.staff.models import Colleague, Role

JOINED = datetime(2026, 11, 1, 9, tzinfo=UTC)


def new_colleague(name: str, role: str) -> Colleague:
    """A colleague without password or authenticator app, which are slow to make and seldom needed in a test."""
    pk = uuid4()
    colleague = Colleague(
        pk=pk,
        username=name.lower(),
        called=name,
        role=role,
        key_id=keys.new(holder=pk, at=JOINED),
        joined_at=JOINED,
    )
    colleague.set_unusable_password()
    colleague.save(force_insert=True)
    return colleague


@pytest.fixture
def ada(db: None) -> Colleague:
    """Owns the shop."""
    return new_colleague("Ada", Role.OWNER)


@pytest.fixture
def mia(db: None) -> Colleague:
    """Manages it."""
    return new_colleague("Mia", Role.MANAGER)


@pytest.fixture
def ben(db: None) -> Colleague:
    """Works there."""
    return new_colleague("Ben", Role.COLLEAGUE)


@pytest.fixture
def vera(db: None) -> Colleague:
    """Looks on."""
    return new_colleague("Vera", Role.VIEWER)


@pytest.fixture
def signed_in() -> Callable[[Colleague], Client]:
    """Makes a browser in which this colleague is signed in, both steps done."""

    def sign_in(colleague: Colleague, **ways: object) -> Client:
        browser = Client(**ways)
        browser.force_login(colleague)
        session = browser.session
        session[SECOND_STEP] = True
        session.save()
        return browser

    return sign_in

"""Ada owns the shop, Mia manages it, Ben works there, Vera looks on; and a browser for each of them."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, get_hashers, make_password
from django.test import Client

from courtesy.privacy import keys
from courtesy.staff.access import SECOND_STEP
from courtesy.staff.models import Colleague, Role

PASSWORD = "kelp moss fern opal"
JOINED = datetime(2026, 11, 1, 9, tzinfo=UTC)


class LightArgon2(Argon2PasswordHasher):
    """The house's own way of keeping a password, at a cost for tests."""

    time_cost, memory_cost, parallelism = 1, 8, 1


@pytest.fixture(scope="session", autouse=True)
def light_passwords() -> None:
    """What a password costs in a real house is tested in `tests/staff/test_signing_in.py`."""
    settings.PASSWORD_HASHERS = [f"{LightArgon2.__module__}.{LightArgon2.__qualname__}"]
    get_hashers.cache_clear()


@cache
def _hashed() -> str:
    return make_password(PASSWORD)


class PublicSocket(Client):
    """A browser that comes in by the public socket."""

    def generic(self, *args: Any, **kwargs: Any) -> Any:
        return super().generic(*args, **{"SERVER_PORT": str(settings.COURTESY.public_port)} | kwargs)


def new_colleague(name: str, role: str) -> Colleague:
    """A colleague with the cast's password and without an authenticator app."""
    pk = uuid4()
    colleague = Colleague(
        pk=pk,
        username=name.lower(),
        called=name,
        role=role,
        key_id=keys.new(holder=pk, at=JOINED),
        joined_at=JOINED,
        password=_hashed(),
    )
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


def both_steps(colleague: Colleague, browser: Client | None = None) -> Client:
    """A browser in which this colleague is signed in, both steps done."""
    browser = browser or Client()
    browser.force_login(colleague)
    session = browser.session
    session[SECOND_STEP] = True
    session.save()
    return browser


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """Makes a browser in which this colleague is signed in, both steps done."""
    return both_steps

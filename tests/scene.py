"""A scene that stands for many tests: made once, and each of them begins at the same one."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import connections, transaction

from courtesy.privacy import opening
from tests.cast import NOON


@contextmanager
def standing(unblocker) -> Iterator[None]:
    """What is written inside stays until the end and is gone afterwards; a test's own rows go at the end of that test.

    For fixtures of a module or a class, with pytest-django's `django_db_setup` and `django_db_blocker`.
    """
    with unblocker.unblock(), ExitStack() as ends:
        for alias in connections:
            # A test of Django's is such a transaction too: with this mark, one that must be the outermost passes in it.
            outermost = transaction.atomic(using=alias)
            outermost._from_testcase = True
            outermost.__enter__()
            ends.callback(outermost.__exit__, None, None, None)
            ends.callback(transaction.set_rollback, True, using=alias)
        opening.make_house_key(at=NOON)
        yield

"""The house's settings, with one handler of a test's own."""

from courtesy.config.settings import *  # noqa: F403

HANDLERS = {"noted": ("tests.jobs.clerk.note",)}
PATIENT = frozenset()
AT_START = ()
SCHEDULE = {"tests.jobs.clerk.here": 0.2}

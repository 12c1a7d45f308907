"""Logs that say what went wrong and where, and nothing about anybody.

An exception's text may carry a row (a database's error detail does), an address may carry a token:
both stay out. What remains is the class, the place in the code, and the route's pattern.
"""

import logging
import sys
import threading
import traceback
from types import TracebackType
from typing import Any

log = logging.getLogger("courtesy.processes")


class Quiet(logging.Formatter):
    """Exceptions as their class and the places they passed through, never their text."""

    def formatException(self, ei: Any) -> str:
        kind: type[BaseException] | None
        trace: TracebackType | None
        kind, _, trace = ei
        places = (f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace))
        return "\n".join([kind.__name__ if kind else "?", *places])

    def formatStack(self, stack_info: str) -> str:
        return ""


class RouteNotAddress(logging.Filter):
    """Where a record belongs to a request, name its route instead of its address."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            where = f"{request.method} /{match.route}" if match else f"{request.method} (no such page)"
            record.msg, record.args = f"{getattr(record, 'status_code', '')} {where}".strip(), ()
        elif record.exc_info and record.args:
            # A message made of a row's values, beside an exception: the pattern is enough.
            record.args = ()
        return True


def catch_the_rest() -> None:
    """From now on what nobody catches, in a thread or at a process's end, is told without its text too."""

    def told(kind: type[BaseException], trouble: BaseException | None, trace: TracebackType | None) -> None:
        log.critical("nobody caught this", exc_info=(kind, trouble or kind(), trace))

    sys.excepthook = told
    threading.excepthook = lambda it: told(it.exc_type, it.exc_value, it.exc_traceback)


QUIET_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"route": {"()": "courtesy.config.quiet.RouteNotAddress"}},
    "formatters": {
        "quiet": {
            "()": "courtesy.config.quiet.Quiet",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "quiet", "filters": ["route"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers mail and print tracebacks with values; ours stands alone.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": True},
        # What a visitor asked for in vain is not our trouble.
        "django.request": {"level": "ERROR"},
        "courtesy": {"level": "INFO"},
    },
}

"""A handler that writes down what it did, where a test in another process can read it."""

import os
import time
from datetime import datetime
from pathlib import Path


def note(*, number: int, at: datetime, seconds: float = 0) -> None:
    """Begin, take a while, end; each a line in the book."""
    _write(f"began {number} {os.getpid()}")
    time.sleep(seconds)
    _write(f"ended {number} {os.getpid()}")


def here(*, at: datetime) -> None:
    """Say once that this worker is at work."""
    if not _said:
        _said.append(True)
        _write(f"here - {os.getpid()}")


_said: list[bool] = []


def _write(line: str) -> None:
    with Path(os.environ["BOOK"]).open("a") as book:
        book.write(f"{line}\n")

"""Marigold, the sample shop (tea, coffee, pottery): opened for a newcomer, cleared away for the real one."""

from dataclasses import dataclass
from datetime import datetime

from courtesy.staff.models import Colleague


class NotASample(RuntimeError):
    """This shop is a real one, or holds real things already; nothing was changed."""


@dataclass(frozen=True)
class Opened:
    """What the sample shop holds now."""

    articles: int
    customers: int
    threads: int


def open_sample(*, at: datetime) -> Opened:
    """Fill an empty shop with Marigold; a second call changes nothing. Raises NotASample where real things stand."""
    raise NotImplementedError


def start_own_shop(*, by: Colleague, at: datetime) -> None:
    """Remove everything of the sample; colleagues and settings stay. Raises NotASample in a real shop."""
    raise NotImplementedError

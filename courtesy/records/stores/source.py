"""Where a table of orders lies: on the disk, or sealed while it waits. It is gone through several times."""

from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol
from uuid import UUID

from courtesy.privacy import sealed_files


class Source(Protocol):
    """A file: how it is called in a sentence, and its bytes, from the beginning, as often as they are wanted."""

    @property
    def name(self) -> str:
        """What a sentence calls it."""

    def open(self) -> IO[bytes]:
        """Its bytes; can be gone back in. Raises OSError, and what a seal raises."""


@dataclass(frozen=True)
class OnDisk:
    """A file of the one who hands it in, where it lies."""

    path: Path

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path.name

    def open(self) -> IO[bytes]:
        """As it is."""
        return self.path.open("rb")


@dataclass(frozen=True)
class Sealed:
    """A file that waits under a seal: open in memory only, a piece at a time."""

    number: UUID
    key_id: UUID
    name: str = "The file"

    def open(self) -> IO[bytes]:
        """Raises `sealed_files.NoSuchFile`, KeyGone, and while it is read SealBroken."""
        return sealed_files.read(self.number, key_id=self.key_id)


def source_of(given: Path | Source) -> Source:
    """A path as a source; a source as it is."""
    return OnDisk(given) if isinstance(given, Path) else given

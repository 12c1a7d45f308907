"""Files that wait to be read once: sealed piece by piece as they come in, so that none lies open on the disk.

Each piece is bound to its file and its place, and the last one says that it is the last: pieces that were changed,
moved, left out or cut off at the end are not opened.
"""

import io
from contextlib import suppress
from pathlib import Path
from secrets import token_bytes
from typing import IO, Any, cast
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from courtesy.privacy import keys
from courtesy.privacy.sealing import SealBroken

PIECE = 1 << 20
_NONCE, _TAG = 12, 16
_SEALED_PIECE = _NONCE + PIECE + _TAG


class NoSuchFile(LookupError):
    """No file waits under this number."""


def write(number: UUID, *, key_id: UUID) -> "Writing":
    """Begin a file; what is written to it lies sealed from the first piece on."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Writing(number, AESGCM(keys.of(key_id)), _path(number))


def read(number: UUID, *, key_id: UUID) -> IO[bytes]:
    """The file, open and clear in memory, a piece at a time; it can be gone through again. Raises NoSuchFile,
    KeyGone, and while it is read SealBroken."""
    try:
        file = _path(number).open("rb")
    except FileNotFoundError:
        raise NoSuchFile from None
    return cast(IO[bytes], io.BufferedReader(_Opened(number, AESGCM(keys.of(key_id)), file), PIECE))


def is_there(number: UUID) -> bool:
    """Whether a file waits under this number."""
    return _path(number).is_file()


def delete(number: UUID) -> None:
    """It is not needed any more. Twice is once."""
    for path in (_path(number), _path(number).with_suffix(".part")):
        with suppress(FileNotFoundError):
            path.unlink()


class Writing:
    """A file that is being written; it is there under its name when it is `finish`ed, and not before."""

    def __init__(self, number: UUID, box: AESGCM, path: Path) -> None:
        self.number, self.box, self.path = number, box, path
        self.file = path.with_suffix(".part").open("wb")
        self.rest = bytearray()
        self.pieces = self.size = 0

    def add(self, data: bytes) -> None:
        """Some more of it."""
        self.rest += data
        self.size += len(data)
        while len(self.rest) > PIECE:
            self._seal(bytes(self.rest[:PIECE]), last=False)
            del self.rest[:PIECE]

    def finish(self) -> None:
        """That was all."""
        self._seal(bytes(self.rest), last=True)
        self.file.close()
        self.path.with_suffix(".part").rename(self.path)

    def give_up(self) -> None:
        """Nothing of it stays."""
        self.file.close()
        delete(self.number)

    def _seal(self, piece: bytes, *, last: bool) -> None:
        nonce = token_bytes(_NONCE)
        self.file.write(nonce + self.box.encrypt(nonce, piece, _place(self.number, self.pieces, last=last)))
        self.pieces += 1


class _Opened(io.RawIOBase):
    def __init__(self, number: UUID, box: AESGCM, file: IO[bytes]) -> None:
        self.number, self.box, self.file = number, box, file
        sealed = file.seek(0, io.SEEK_END)
        self.pieces = max(1, -(-sealed // _SEALED_PIECE))
        self.size = sealed - self.pieces * (_NONCE + _TAG)
        self.at, self.held = 0, (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.size}[whence])
        return self.at

    def readinto(self, buffer: Any) -> int:
        if self.at >= self.size:
            self._piece(self.pieces - 1)  # an end that was cut off is noticed
            return 0
        index, inside = divmod(self.at, PIECE)
        data = self._piece(index)[inside : inside + len(buffer)]
        buffer[: len(data)] = data
        self.at += len(data)
        return len(data)

    def close(self) -> None:
        self.file.close()
        super().close()

    def _piece(self, index: int) -> bytes:
        if self.held[0] != index:
            self.file.seek(index * _SEALED_PIECE)
            sealed = self.file.read(_SEALED_PIECE)
            bound = _place(self.number, index, last=index == self.pieces - 1)
            try:
                self.held = (index, self.box.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound))
            except (InvalidTag, ValueError):
                raise SealBroken("A file that waited to be read was changed or cut off.") from None
        return self.held[1]


def _place(number: UUID, index: int, *, last: bool) -> bytes:
    return b"courtesy waiting file\0" + number.bytes + index.to_bytes(8, "big") + (b"\1" if last else b"\0")


def _folder() -> Path:
    return Path(settings.COURTESY.data_dir) / "waiting"


def _path(number: UUID) -> Path:
    return _folder() / f"{number}.sealed"

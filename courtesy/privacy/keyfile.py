"""The one key that opens all others: a file outside the data directory, read once a process.

The file is one line, `courtesy key 1 <64 hex digits>`, readable by its owner only.
Its other copy is the recovery sheet.
"""

import os
import stat
from pathlib import Path
from secrets import token_bytes
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

HEADING = "courtesy key 1 "
KEY_BYTES = 32
NONCE_BYTES = 12


class KeyTrouble(Exception):
    """The house cannot be opened, and nothing was changed. The text is a plain sentence for the owner."""


class WrongKey(KeyTrouble):
    """The key file is in order, but it is another shop's: it does not open these keys."""


_read: dict[Path, bytes] = {}
_apart: set[tuple[Path, Path]] = set()
"""Places of a key file and a data directory that were looked at: the one does not lie in the other."""


def path() -> Path:
    """Where the key file lies. Raises KeyTrouble where that is inside the data directory."""
    places = file, data_dir = Path(settings.COURTESY.key_file), Path(settings.COURTESY.data_dir)
    if places in _apart:
        return file
    if file.resolve().is_relative_to(data_dir.resolve()):
        raise KeyTrouble(
            "COURTESY_KEY_FILE lies inside the data directory: a backup of the one would carry the other. "
            "Move the key file somewhere else and say where."
        )
    _apart.add(places)
    return file


def exists() -> bool:
    """Whether there is a key file. Raises KeyTrouble where it would lie inside the data directory."""
    return path().exists()


def master() -> bytes:
    """The key of this house. Raises KeyTrouble where the file is missing, open to others, or not a key."""
    file = path()
    if file not in _read:
        _read[file] = _load(file)
    return _read[file]


def forget() -> None:
    """Read the file anew the next time; for after it was replaced."""
    _read.clear()
    _apart.clear()


def _load(file: Path) -> bytes:
    try:
        mode = file.stat().st_mode
        text = file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise KeyTrouble(f"The key file {file} is missing.") from None
    except (OSError, UnicodeDecodeError):
        raise KeyTrouble(f"The key file {file} cannot be read.") from None
    if stat.S_IMODE(mode) & 0o077:
        raise KeyTrouble(f"Others on this machine can read the key file {file}. Run: chmod 600 {file}")
    try:
        key = bytes.fromhex(text.removeprefix(HEADING))
    except ValueError:
        key = b""
    if not text.startswith(HEADING) or len(key) != KEY_BYTES:
        raise KeyTrouble(f"{file} is not a Courtesy key file, or it was damaged. Restore it from the recovery sheet.")
    return key


def write(key: bytes) -> None:
    """Put the key into its file, which must not exist yet; only its owner can read it. Raises KeyTrouble otherwise."""
    file = path()
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyTrouble(f"There is a key file at {file} already; it is not overwritten.") from None
    except OSError:
        raise KeyTrouble(f"The key file {file} cannot be written.") from None
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(f"{HEADING}{key.hex()}\n")
        handle.flush()
        os.fsync(handle.fileno())
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # a power cut must not take the name of the only key away
    finally:
        os.close(folder)
    forget()


def wrap(key: bytes, key_id: UUID, *, under: bytes) -> bytes:
    """``key`` locked with ``under``, bound to its number."""
    nonce = token_bytes(NONCE_BYTES)
    return nonce + AESGCM(under).encrypt(nonce, key, b"courtesy.key\0" + key_id.bytes)


def unwrap(wrapped: bytes, key_id: UUID, *, under: bytes) -> bytes:
    """The key again. Raises WrongKey where ``under`` is another house's, or the row was changed or moved."""
    try:
        return AESGCM(under).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], b"courtesy.key\0" + key_id.bytes)
    except (InvalidTag, ValueError):
        raise WrongKey(
            "The key file does not open this shop's keys: it belongs to another shop, or the keys were changed. "
            "Put the right key file back, or restore it from the recovery sheet."
        ) from None

"""Secrets of the second step, sealed under the key of the colleague they belong to.

allauth hands over a text and takes a text, without saying whose it is when it asks back; so the sealed text names
its key. A sealed secret moved to another colleague's row stays the first one's secret, and goes with their key.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from secrets import token_bytes
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from courtesy.privacy import keys
from courtesy.privacy.sealing import SealBroken

VERSION = "1"
BOUND_TO = b"mfa.authenticator.secret\0"
NONCE_BYTES = 12


def seal_secret(text: str, *, colleague: Any) -> str:
    """The secret as it may lie in a row or a session. ``colleague`` is who is signed in; nobody has no secrets."""
    key_id: UUID = colleague.key_id
    nonce = token_bytes(NONCE_BYTES)
    box = AESGCM(keys.of(key_id)).encrypt(nonce, text.encode(), BOUND_TO + key_id.bytes)
    return ".".join((VERSION, key_id.hex, urlsafe_b64encode(nonce + box).decode()))


def open_secret(sealed: str) -> str:
    """The secret again. Raises SealBroken where it was changed, KeyGone where its key was destroyed."""
    try:
        version, key_hex, body = sealed.split(".")
        key_id, box = UUID(hex=key_hex), urlsafe_b64decode(body)
    except ValueError:
        raise SealBroken("This is no sealed secret.") from None
    if version != VERSION:
        raise SealBroken("This is no sealed secret.")
    try:
        clear = AESGCM(keys.of(key_id)).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], BOUND_TO + key_id.bytes)
    except (InvalidTag, ValueError):
        raise SealBroken("A secret of the second step was changed.") from None
    return clear.decode()

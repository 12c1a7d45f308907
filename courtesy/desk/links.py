"""The links a customer finds under an answer: a signed number, nothing about anybody."""

from django.conf import settings
from django.core.signing import BadSignature, Signer

SIGN_LENGTH = 43  # of a SHA-256 in base64


class NotOurs(ValueError):
    """A link that we did not write."""


def _signer(salt: str) -> Signer:
    return Signer(sep=".", salt=f"courtesy.desk.evidence:{salt}")


def token_of(decision_id: int, salt: str) -> str:
    """The token of one answer's evidence page; ``salt`` is the thread's, so that a new salt ends all its links."""
    return _signer(salt).sign(str(decision_id))


def number_in(token: str) -> int:
    """The number a token claims to be signed for, before anybody has checked. Raises NotOurs where there is none."""
    number, dot, sign = token.partition(".")
    if not dot or len(sign) != SIGN_LENGTH or not (number.isascii() and number.isdigit()) or len(number) > 18:
        raise NotOurs
    return int(number)


def check(token: str, salt: str) -> None:
    """Raises NotOurs unless the token was signed by us with this salt."""
    try:
        _signer(salt).unsign(token)
    except BadSignature:
        raise NotOurs from None


def evidence_url(decision_id: int, salt: str) -> str:
    """The whole address of the evidence page; empty while the shop has no public address."""
    public: str = settings.COURTESY.public_url
    return f"{public}/evidence/{token_of(decision_id, salt)}" if public else ""

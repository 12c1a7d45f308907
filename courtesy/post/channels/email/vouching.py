"""Whether the receiving server could tell that a mail is really from where it says (RFC 8601)."""

import re

from courtesy.post.channels.email.opening import Piece
from courtesy.post.channels.incoming import Verified

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"^\s*(dmarc|dkim|spf)\s*=\s*([a-z]+)(.*)$", re.IGNORECASE | re.DOTALL)
_PROPERTY = re.compile(r"\b(header\.from|header\.d|header\.i|smtp\.mailfrom|smtp\.helo)\s*=\s*\"?([^\s;\"]+)", re.I)
_BY = re.compile(r"\bby\s+([\w.-]+\.[\w-]+)", re.IGNORECASE)


def verified(mail: Piece, sender: str, *, trusted: str = "") -> Verified:
    """What the receiving server found out about ``sender``, an address.

    Only the topmost Authentication-Results counts: those below came with the mail and anybody can write them. With
    ``trusted`` (the name under which the shop's own server signs them) it must be that server's; without, it must at
    least be by a server that also says it received the mail.
    """
    known = [(name, value) for name, value in mail.headers if name in ("authentication-results", "received")]
    results = next((value for name, value in known if name == "authentication-results"), "")
    server, _, rest = _COMMENT.sub(" ", results[:20_000]).partition(";")
    server = (server.split() or [""])[0].lower()
    if not _is_ours(server, trusted, known):
        return "none"
    return _judged(rest, sender.rpartition("@")[2])


def _is_ours(server: str, trusted: str, known: list[tuple[str, str]]) -> bool:
    if trusted:
        return server == trusted.lower()
    if not server:
        return False
    received = next((value for name, value in known if name == "received"), "")
    by = _BY.search(_COMMENT.sub(" ", received[:5000]))
    return by is not None and _kin(by[1].lower(), server)


def _judged(results: str, domain: str) -> Verified:
    found: dict[str, list[tuple[str, dict[str, str]]]] = {"dmarc": [], "dkim": [], "spf": []}
    for piece in results.split(";"):
        if result := _RESULT.match(piece):
            properties = {name.lower(): value.lower() for name, value in _PROPERTY.findall(result[3])}
            found[result[1].lower()].append((result[2].lower(), properties))
    for said, about in found["dmarc"]:
        if not _aligned(about.get("header.from", domain), domain):
            continue
        if said == "pass":
            return "pass"
        if said == "fail":
            return "fail"
    dkim = any(
        said == "pass" and _aligned(about.get("header.d") or about.get("header.i", ""), domain)
        for said, about in found["dkim"]
    )
    spf = any(said == "pass" and _aligned(about.get("smtp.mailfrom", ""), domain) for said, about in found["spf"])
    if dkim or spf:
        return "pass"
    return "fail" if any(said == "fail" for said, _about in found["spf"]) else "none"


def _aligned(said: str, domain: str) -> bool:
    """Whether ``said`` (a host or an address) stands for mail from ``domain``: the same, or one above the other."""
    host = said.rpartition("@")[2].strip(".")
    return bool(host) and "." in host and (host == domain or domain.endswith(f".{host}") or host.endswith(f".{domain}"))


def _kin(one: str, other: str) -> bool:
    """Whether two servers are of one house: mx.google.com and google.com, mx1.shop.example and mx.shop.example."""
    return one == other or one.split(".")[-2:] == other.split(".")[-2:]

"""Whether the receiving server could tell that a mail is really from where it says (RFC 8601)."""

import re

from courtesy.post.channels.email.opening import Piece
from courtesy.post.channels.incoming import Verified

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"^\s*(dmarc|dkim|spf)\s*=\s*([a-z]+)(.*)$", re.IGNORECASE | re.DOTALL)
_PROPERTY = re.compile(r"\b(header\.from|header\.d|header\.i|smtp\.mailfrom|smtp\.helo)\s*=\s*\"?([^\s;\"]+)", re.I)
_NAMELESS = "mail.protection.outlook.com"
_BY = re.compile(r"\bby\s+([\w.-]+\.[\w-]+)", re.IGNORECASE)


def verified(mail: Piece, sender: str, *, trusted: str = "") -> Verified:
    """What the receiving server found out about ``sender``, an address.

    What stands below the first station of its way came with the mail, and anybody can have written it. So a "pass"
    counts from above that station, or from the one line below it that names the same house; with ``trusted`` (the name
    under which the shop's own server signs) only under that name. A "fail" there is believed whoever says it.
    """
    domain = sender.lower().rpartition("@")[2]
    own, others = _results(mail, trusted.lower())
    found = _judged(";".join(own), domain)
    return "fail" if any(_judged(results, domain) == "fail" for results in others) else found


def _results(mail: Piece, trusted: str) -> tuple[list[str], list[str]]:
    """What our own side's server found, and what stands in its place under another name."""
    known = [(name, value[:20_000]) for name, value in mail.headers if name in ("authentication-results", "received")]
    names = [name for name, _value in known]
    station = names.index("received") if "received" in names else len(names)
    above = [value for _name, value in known[:station]] if station < len(names) else []
    below = [value for name, value in known[station:] if name == "authentication-results"][:1]
    by = _BY.search(_COMMENT.sub(" ", known[station][1][:5000])) if station < len(names) else None
    house = by[1].lower() if by else ""
    own: list[str] = []
    others: list[str] = []
    for value in above or below or [value for _name, value in known[:1]]:
        server, results = _signed(value)
        ours = server == trusted if trusted else bool(above) or (bool(house) and _kin(house, server or _NAMELESS))
        (own if ours else others).append(results)
    return own, others


def _signed(value: str) -> tuple[str, str]:
    """Who says it, and what. One big provider leaves its name out and begins with the first result."""
    text = _COMMENT.sub(" ", value)
    server, semicolon, rest = text.partition(";")
    name = (server.split() or [""])[0].lower()
    return ("", text) if "=" in name or not semicolon else (name, rest)


def _judged(results: str, domain: str) -> Verified:
    found: dict[str, list[tuple[str, dict[str, str]]]] = {"dmarc": [], "dkim": [], "spf": []}
    for piece in results.split(";"):
        if result := _RESULT.match(piece):
            properties = {name.lower(): value.lower() for name, value in _PROPERTY.findall(result[3])}
            found[result[1].lower()].append((result[2].lower(), properties))
    dmarc = {said for said, about in found["dmarc"] if _aligned(about.get("header.from", domain), domain)}
    if dmarc & {"pass", "fail"}:
        return "fail" if "fail" in dmarc else "pass"
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

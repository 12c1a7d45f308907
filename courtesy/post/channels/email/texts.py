"""The words of a mail's pieces that are no HTML: plain text, flowed text, invitations."""

import re

from courtesy.post.channels.incoming import one_line

_FOLDED = re.compile(r"\r?\n[ \t]")
_ENTRY = re.compile(r"^([A-Z-]{3,40})((?:;[^:\r\n]{0,500})?):([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d{0,2}(Z?))?")
_ZONE = re.compile(r";TZID=\"?([^;:\"]{1,60})", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([,;\\nN])")


def unflowed(text: str, *, joins_words: bool = False) -> str:
    """Text of ``format=flowed`` (RFC 3676): lines that end in a space go on in the next. ``joins_words``: DelSp."""
    lines: list[str] = []
    open_depth = -1
    for line in text.replace("\r\n", "\n").split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        rest = line[depth:].removeprefix(" ")
        if open_depth == depth and rest != "-- ":
            lines[-1] = (lines[-1][:-1] if joins_words else lines[-1]) + rest
        else:
            lines.append(">" * depth + (" " if depth else "") + rest)
        open_depth = depth if rest.endswith(" ") and rest != "-- " else -1
    return "\n".join(lines)


def invitation(text: str) -> tuple[str, bool]:
    """What an invitation says: what, when and where, a line each; and whether it is an answer to one of ours.

    Times stand as they were written, with their zone; empty where nothing is readable.
    """
    found: dict[str, tuple[str, str]] = {}
    text = _FOLDED.sub("", text[:200_000])
    # A zone describes itself with dates of its own.
    event = text.upper().find("BEGIN:VEVENT")
    for name, options, value in _ENTRY.findall(text[max(event, 0) :]):
        found.setdefault(name.upper(), (options, value))
    what = _said(found, "SUMMARY")
    when = " – ".join(
        moment for name in ("DTSTART", "DTEND") if (moment := _moment(*found.get(name, ("", "")))) is not None
    )
    method = re.search(r"^METHOD:\s*(\w+)", text, re.IGNORECASE | re.MULTILINE)
    answered = method is not None and method[1].upper() in ("REPLY", "COUNTER", "REFRESH")
    return "\n".join(line for line in (what, when, _said(found, "LOCATION")) if line), answered


def _said(found: dict[str, tuple[str, str]], name: str) -> str:
    value = found.get(name, ("", ""))[1]
    return one_line(_ESCAPED.sub(lambda mark: " " if mark[1] in "nN" else mark[1], value), 300)


def _moment(options: str, value: str) -> str | None:
    found = _MOMENT.match(value.strip())
    if found is None:
        return None
    day = "-".join(found.groups()[:3])
    if found[4] is None:
        return day
    zone = _ZONE.search(options)
    where = "UTC" if found[6] else one_line(zone[1], 60) if zone else ""
    return f"{day} {found[4]}:{found[5]} {where}".strip()

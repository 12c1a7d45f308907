"""Which folder holds what was sent. Pure: what a server lists in, a name out."""

from collections.abc import Iterable

SENT_NAMES = frozenset(
    {
        "sent", "sent items", "sent mail", "sent messages", "sent-mail",
        "gesendet", "gesendete elemente", "gesendete objekte", "gesendete nachrichten",
        "envoyés", "éléments envoyés", "messages envoyés", "enviados", "elementos enviados", "mensajes enviados",
        "itens enviados", "inviata", "inviati", "posta inviata", "posta in uscita inviata", "verzonden",
        "verzonden items", "verzonden berichten", "wysłane", "elementy wysłane", "skickat", "sendt", "odeslané",
    }
)  # fmt: skip
"""What the folder of sent mail is called where a server does not say which one it is."""


def sent_among(there: Iterable[tuple[Iterable[bytes], bytes | None, str]]) -> str:
    """The name of the folder of sent mail among (flags, separator, name): the one that is marked so, else one that is
    called so; empty where there is none.
    """
    there = list(there)
    for flags, _, name in there:
        if any(bytes(flag).lower() == b"\\sent" for flag in flags if isinstance(flag, bytes)):
            return name
    called = []
    for flags, delimiter, name in there:
        separator = delimiter.decode("ascii", "ignore") if isinstance(delimiter, bytes) else ""
        last = name.rsplit(separator, 1)[-1] if separator else name
        if last.casefold() in SENT_NAMES and b"\\Noselect" not in flags:
            called.append(name)
    return min(called, key=len, default="")


def past_among(there: Iterable[tuple[Iterable[bytes], bytes | None, str]]) -> list[tuple[str, bool | None]]:
    """The folders in which the past of a mailbox lies, and whether it is that of sent mail (None: both lie in it).

    The inbox, what was sent, and what was put away: an archive, or at some providers simply all mail.
    """
    there = list(there)
    sent = sent_among(there)
    found: list[tuple[str, bool | None]] = [("INBOX", False)]
    if sent and sent.upper() != "INBOX":
        found.append((sent, True))
    for flags, _, name in there:
        marks = {bytes(flag).lower() for flag in flags if isinstance(flag, bytes)}
        if marks & {b"\\archive", b"\\all"} and name not in {"INBOX", sent}:
            found.append((name, None))
    return found

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

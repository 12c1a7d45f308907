"""Which column of a table holds what: guessed from their names, corrected by a person, remembered by its header."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from hashlib import sha256

ISO, DAY_FIRST, MONTH_FIRST = "iso", "day first", "month first"
DATE_STYLES = (ISO, DAY_FIRST, MONTH_FIRST)


@dataclass(frozen=True)
class Columns:
    """The name of the column for each thing we ask of a row; empty where there is none.

    With ``answer`` a row is a question and what was answered; without, it is one letter, whose direction ``sender``
    tells, or the column ``direction`` beside the ``customer``.
    """

    customer: str = ""
    name: str = ""
    sender: str = ""
    to: str = ""
    direction: str = ""
    at: str = ""
    subject: str = ""
    words: str = ""
    answer: str = ""
    answered_at: str = ""
    answered_by: str = ""
    thread: str = ""
    number: str = ""
    dates: str = ISO

    @property
    def missing(self) -> list[str]:
        """What has to be named before a row says enough."""
        wanted = ["words", "at"]
        if self.answer:
            wanted += ["customer", "answered_at"]
        elif self.direction or not self.sender:
            wanted += ["customer", "direction"]
        return [name for name in wanted if not getattr(self, name)]

    @property
    def named(self) -> dict[str, str]:
        """As it is kept and shown."""
        return asdict(self)


NAMES = tuple(field.name for field in fields(Columns) if field.name != "dates")

# What columns are called by others; the longest word first wins, so that "question_body" is no "body".
_CALLED: dict[str, tuple[str, ...]] = {
    "customer": (
        "customer email", "question from", "customer", "requester email", "requester", "client", "email", "e mail",
        "kunde", "client email", "cliente",
    ),
    "name": ("customer name", "requester name", "from name", "name", "kundenname", "nom", "nombre"),
    "sender": ("from", "sender", "from email", "author", "von", "absender", "de", "expediteur", "remitente"),
    "to": ("to", "recipient", "recipients", "an", "empfanger", "destinataire", "para"),
    "direction": ("direction", "type", "inbound", "incoming", "richtung", "sens", "direccion"),
    "at": (
        "question received", "received", "received at", "created at", "asked at", "sent at", "question date", "date",
        "datum", "fecha", "timestamp", "time", "at", "sent",
    ),
    "subject": ("question subject", "subject", "betreff", "objet", "asunto", "title"),
    "words": (
        "question body", "question", "body", "message", "text", "content", "comment", "frage", "nachricht", "texte",
        "mensaje", "pregunta", "words",
    ),
    "answer": ("answer body", "answer", "reply", "response", "antwort", "reponse", "respuesta"),
    "answered_at": (
        "answer sent", "answered at", "answer date", "replied at", "reply date", "beantwortet", "antwortdatum",
    ),
    "answered_by": ("answer by", "answered by", "agent", "replied by", "agent name", "mitarbeiter"),
    "thread": (
        "question thread", "thread", "thread id", "conversation", "conversation id", "ticket", "ticket id", "vorgang",
    ),
    "number": ("id", "message id", "nr", "number"),
}  # fmt: skip


def guessed(header: Sequence[str]) -> Columns:
    """What the columns most likely hold, each used once."""
    plain = {_plain(name): name for name in reversed(header)}
    found: dict[str, str] = {}
    for what, called in _CALLED.items():
        for one in called:
            if one in plain and plain[one] not in found.values():
                found[what] = plain[one]
                break
    if not found.get("answer"):
        found.pop("answered_at", None)
    elif not found.get("customer") and found.get("sender"):
        found["customer"] = found.pop("sender")
    if not found.get("answer") and found.get("sender"):
        found.pop("direction", None)
    return Columns(**found)


def chosen(given: Mapping[str, str], header: Iterable[str]) -> Columns:
    """What a person named, as far as there are such columns."""
    there = set(header)
    dates = given.get("dates", ISO)
    kept = {name: given[name] for name in NAMES if given.get(name) in there}
    return Columns(**kept, dates=dates if dates in DATE_STYLES else ISO)


def digest(header: Sequence[str]) -> str:
    """Under which a header is known again: the same columns in the same order."""
    return sha256("\0".join(_plain(name) for name in header).encode()).hexdigest()


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.strip().lower())
    return re.sub(r"[^a-z0-9]+", " ", letters.encode("ascii", "ignore").decode()).strip()

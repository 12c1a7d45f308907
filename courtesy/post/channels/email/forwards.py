"""Who wrote what somebody passed on."""

import re
from collections.abc import Collection

from courtesy.post.channels.email import headers
from courtesy.post.channels.email.opening import Piece
from courtesy.post.channels.incoming import Address

SUBJECT = re.compile(
    r"\s{0,5}(?:\[[^\]]{1,40}\]\s*)?(?:fwd?|fw|wg|tr|rv|rif|enc|i|pd|vs|vb|doorst|vl|videresendt?)\s*:", re.IGNORECASE
)
"""How the subject of a forwarded mail begins, in ten languages."""

_BEGIN = r"^[>*_ \t]{0,20}"
_FROM = re.compile(
    rf"{_BEGIN}(?:from|von|de|da|van|od|från|fra|lähettäjä|kimden|от)[*_ \t]{{0,5}}:[*_ \t]{{0,5}}"
    r"(?P<value>[^\n]{1,400}(?:\n[> \t]{0,20}<[^\n>]{3,254}>)?)",
    re.IGNORECASE | re.MULTILINE,
)
_MARKER = re.compile(
    rf"{_BEGIN}(?:-{{2,30}}[ \t]{{0,5}})?(?:(?:begin(?:ning of)? )?forwarded (?:message|by)|weitergeleitete nachricht"
    r"|anfang der weitergeleiteten nachricht|message transféré|début du message (?:transféré|réexpédié)"
    r"|mensaje reenviado|inicio del mensaje reenviado|(?:begin )?doorgestuurd bericht|messaggio inoltrato"
    r"|inizio messaggio inoltrato|mensagem (?:re)?encaminhada|início da mensagem (?:re)?encaminhada"
    r"|wiadomość przekazana|początek przekazywanej wiadomości|przekazana wiadomość"
    r"|vidarebefordra[td]e? (?:meddelande|mejl|brev)|videresendt (?:melding|besked|meddelelse))"
    r"[ \t]{0,5}:?[ \t]{0,5}-{0,30}[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_LINE_OF_BLOCK = re.compile(
    rf"{_BEGIN}(?:sent|date|to|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado|para|asunto|fecha|verzonden"
    r"|aan|onderwerp|inviato|a|oggetto|data|assunto|wysłano|do|temat|skickat|till|ämne|sendt|til|emne)[*_ \t]{0,5}:",
    re.IGNORECASE | re.MULTILINE,
)
_SEARCHED = 50_000


def writer_of(mail: Piece, subject: str, text: str, *, ours: Collection[str]) -> Address | None:
    """The first person outside the shop who wrote what this mail passes on; None where nothing is passed on.

    Ask only for mail of the shop's own people: anybody can write such lines.
    """
    for piece in mail.walk():
        if piece.kind == "message/rfc822" and piece.pieces:
            for value in piece.pieces[0].all("from"):
                if found := _outside(value, ours):
                    return found
    text = text[:_SEARCHED]
    marker = _MARKER.search(text)
    # An answer above a quote has the same lines; only a subject or a line of its own says that it is passed on.
    if marker is None and not SUBJECT.match(subject):
        return None
    for line in _FROM.finditer(text, marker.end() if marker else 0):
        block = text[line.end() : line.end() + 1500]
        if _LINE_OF_BLOCK.search(block) and (found := _outside(line["value"].replace("\n", " "), ours)):
            return found
    return None


def _outside(value: str, ours: Collection[str]) -> Address | None:
    # "Dora Lind [mailto:dora@lind.example]", "*Dora Lind* <mailto:…>", "Dora <dora@lind.example<mailto:…>>"
    value = re.sub(r"\[mailto:([^\]]*)\]", r"<\1>", value.replace("*", " "))
    value = re.sub(r"<mailto:[^>]*>(?=>|\s*$)", "", value) if value.count("@") > 1 else value
    return next((found for found in headers.addresses(value.strip()) if found.address.lower() not in ours), None)

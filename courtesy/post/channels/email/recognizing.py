"""Mail that no person is waiting with: automatic answers, newsletters and lists, machines, spam, loops, bounces.

A person set apart by mistake waits a day; a newsletter in the queue costs a click. So what is doubtful stays in the
queue, and only carries the mark that nothing automatic may answer it (RFC 3834).
"""

import re
from collections.abc import Collection

from courtesy.post.channels.email import bounces, headers
from courtesy.post.channels.email.opening import Piece
from courtesy.post.channels.incoming import Address

AUTOMATIC, LIST, NO_REPLY, BOUNCE, SPAM = "automatic", "list", "no-reply", "bounce", "spam"
"""Why a mail is kept apart, in the words of `Thread.Apart`."""

OURS = "x-courtesy"
"""The header that every mail of ours carries; one that comes back with it went round."""

_MOST_STATIONS = 50
_NO_REPLY = re.compile(
    r"(?:no|do[-_.]?not|not|nicht|ne[-_.]?pas|no[-_.]?not|nao|non|niet|kein(?:e)?|bitte[-_.]?nicht|ingen|inte|ej|ikke)[-_.]?"
    r"(?:reply|replies|respond|response|answer|antwort(?:en)?|repondre|reponse|responder|responda|rispondere|antwoord(?:en)?"
    r"|beantwoorden|svar|svara)(?:[-_.+].*)?|noreply.*|(?:.*[-_.])?no-?reply",
    re.IGNORECASE,
)
_ENDS_PHRASE = r"\s*(?:[:\-–—(\[|!.]|$)"
# Subjects that only machines write.
_ANSWERS_ITSELF = re.compile(
    r"(?:auto(?:matic|mated)?[-\s]?(?:reply|response|answer|responder)|out of office (?:auto[-\s]?)?reply"
    r"|vacation reply|abwesenheits(?:notiz|nachricht|meldung|agent|assistent)"
    r"|automatische (?:antwort|abwesenheits\w+|reactie|antwoord)|automatisch antwoord|réponse automatique"
    r"|message d'absence|respuesta automática|risposta automatica"
    rf"|resposta automática|odpowiedź automatyczna|autosvar|automatisk[at]? svar|automaattinen vastaus){_ENDS_PHRASE}",
    re.IGNORECASE,
)
# Subjects that people write too.
_IS_AWAY = re.compile(
    r"(?:out of (?:the )?office|on (?:vacation|holiday|leave)|away from (?:my|the) (?:office|desk|mail)|abwesend"
    r"|nicht im büro|absence(?: du bureau)?|absent\w?|fuera de la oficina|ausente|fuori (?:sede|ufficio)"
    rf"|fora do escritório|afwezigheids\w*|afwezig|frånvaro\w*|poissaolo\w*){_ENDS_PHRASE}",
    re.IGNORECASE,
)
_ANSWERING_HEADERS = (
    *("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-autoreply-from", "x-mail-autoreply"),
    *("x-vacation", "x-ms-exchange-generated-message-source-autoreply"),
)
# With the link that does it; customers use the words too.
_UNSUBSCRIBE = re.compile(
    r"(?:unsubscribe|opt[- ]out|abmelden|abbestellen|austragen|désinscri|désabonn|darse de baja|cancelar (?:la )?suscri"
    r"|disiscriv|annulla(?:re)? l'iscrizione|afmelden|uitschrijven|avregistrer|avsluta prenumeration|zrezygnuj|wypisz)"
    r"[^\n]{0,60}\n?[^\n]{0,20}(?:https?://|mailto:)|https?://\S{1,200}(?:unsubscribe|abmeld|opt-?out)",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"\s{0,5}(?:re|aw|sv|antw|odp|vs|ré|rép|res|r)\s{0,3}(?:\[\d+\]|\(\d+\))?\s{0,3}:", re.IGNORECASE)


def apart(mail: Piece, *, sender: Address, subject: str, text: str, to: Collection[str], ours: Collection[str]) -> str:
    """Why this mail is kept out of the queue; empty where a person may be waiting for an answer.

    ``to`` are the addresses it names as its receivers, ``ours`` the shop's own. Bounces are `bounces.py`'s to read.
    """
    if _is_mail_server(mail, sender) and mail.kind != "multipart/report":
        return BOUNCE
    if is_spam(mail):
        return SPAM
    goes_round = _goes_round(mail, sender, ours)
    if is_form(mail, sender, ours) and not goes_round:
        return ""
    if goes_round or _answers_itself(mail, subject, ours):
        return AUTOMATIC
    if _is_list(mail, subject, text, to, ours):
        return LIST
    nobody = is_no_reply(sender.address) and not _a_person_to_answer(mail, sender)
    return NO_REPLY if nobody else ""


def wants_no_automatic_answer(mail: Piece, *, sender: Address, ours: Collection[str]) -> bool:
    """Whether anything at all speaks against answering by machine (RFC 3834, 2); more mail than `apart` names."""
    return (
        _auto_submitted(mail) != "no"
        or mail.first("precedence").strip().lower() in ("bulk", "list", "junk", "auto_reply")
        or any(name.startswith("list-") for name, _value in mail.headers)
        or any(mail.first(name) for name in (*_ANSWERING_HEADERS, OURS, "feedback-id", "x-loop"))
        or _is_suppressed(mail)
        or mail.kind == "multipart/report"
        or bounces.is_machine(sender.address)
        or is_no_reply(sender.address)
        or (sender.address.lower() in ours and not is_form(mail, sender, ours))
    )


def is_no_reply(address: str) -> bool:
    """Whether nobody reads what is sent to this address, by its own name."""
    return bool(_NO_REPLY.fullmatch(address.rpartition("@")[0]))


def is_form(mail: Piece, sender: Address, ours: Collection[str]) -> bool:
    """Whether this is the shop's own website handing on what a customer typed: from us, to be answered elsewhere."""
    return is_ours(sender.address, ours) and not mail.first(OURS) and _a_person_to_answer(mail, sender, ours)


def is_spam(mail: Piece) -> bool:
    """Whether the receiving server took it for spam. Who writes such a header himself harms only himself."""
    flags = [mail.first(name).strip().lower() for name in ("x-spam-flag", "x-spam", "x-vr-spamstate", "x-spam-status")]
    if any(re.match(r"(?:yes|true|spam)\b", flag) for flag in flags):
        return True
    level = mail.first("x-ms-exchange-organization-scl").strip()
    verdict = f"{mail.first('x-forefront-antispam-report')};".upper()
    rspamd = mail.first("x-rspamd-action").strip().lower()
    return (
        level in ("5", "6", "7", "8", "9")
        or "SFV:SPM;" in verdict
        or rspamd in ("add header", "rewrite subject", "reject")
    )


def answers_ours(mail: Piece, ours: Collection[str]) -> bool:
    """Whether it answers something that was sent from one of our hosts."""
    hosts = {address.rpartition("@")[2] for address in ours}
    named = headers.mail_ids(mail.first("in-reply-to")) + headers.mail_ids(mail.first("references"))
    return any(name.strip("<>").rpartition("@")[2].lower() in hosts for name in named)


def _auto_submitted(mail: Piece) -> str:
    return headers.settings(mail.first("auto-submitted"))[0].split("(")[0].strip() or "no"


def _is_mail_server(mail: Piece, sender: Address) -> bool:
    """Whether a mail server wrote; behind a postmaster there may be a person."""
    if not bounces.is_machine(sender.address):
        return False
    return not sender.address.lower().startswith("postmaster") or _is_suppressed(mail) or _auto_submitted(mail) != "no"


def _is_suppressed(mail: Piece) -> bool:
    """Whether whoever sent it asked for no automatic answer: a sign of a machine, and no proof."""
    suppressed = mail.first("x-auto-response-suppress").lower()
    return mail.first("return-path").strip() == "<>" or any(word in suppressed for word in ("all", "oof", "autoreply"))


def _answers_itself(mail: Piece, subject: str, ours: Collection[str]) -> bool:
    submitted = _auto_submitted(mail)
    if submitted.startswith(("auto-replied", "auto-notified", "auto-vacation")):
        return True
    if any(mail.first(name) for name in _ANSWERING_HEADERS) or mail.kind == "multipart/report":
        return True
    away = _IS_AWAY.match(subject.strip()) and (_is_suppressed(mail) or submitted != "no")
    if mail.first("precedence").strip().lower() == "auto_reply" or _ANSWERS_ITSELF.match(subject.strip()) or away:
        return True
    # Ticket systems of business customers say so of what their people write as well.
    return submitted.startswith("auto-generated") and not (answers_ours(mail, ours) and bool(_ANSWER.match(subject)))


def _is_list(mail: Piece, subject: str, text: str, to: Collection[str], ours: Collection[str]) -> bool:
    stands_on_it = mail.first("list-id") or mail.first("list-post")
    leaves_by = mail.first("list-unsubscribe")
    if not (stands_on_it or leaves_by) or answers_ours(mail, ours):
        return False
    # Many a shop's address is a group of its provider, which calls itself a list.
    itself = f"{mail.first('list-id')} {mail.first('list-post')} {mail.first('mailing-list')}".lower()
    if any(address in itself or address.replace("@", ".") in itself for address in ours):
        return False
    # An answer comes to an address of ours with a sign behind a plus.
    to_us = bool({re.sub(r"\+[^@]*@", "@", address.lower()) for address in to} & {*ours})
    if stands_on_it and not to_us:
        return True
    if not leaves_by or _ANSWER.match(subject):
        return False
    further = (
        "list-unsubscribe-post",
        "feedback-id",
        "x-campaign",
        "x-campaignid",
        "x-csa-complaints",
        "x-mailer-recptid",
    )
    many = mail.first("precedence").strip().lower() in ("bulk", "list", "junk")
    return bool(stands_on_it or many or any(mail.first(name) for name in further) or _UNSUBSCRIBE.search(text))


def _goes_round(mail: Piece, sender: Address, ours: Collection[str]) -> bool:
    return len(mail.all("received")) > _MOST_STATIONS or (bool(mail.first(OURS)) and is_ours(sender.address, ours))


def _a_person_to_answer(mail: Piece, sender: Address, ours: Collection[str] = ()) -> bool:
    """Whether answers go to another address, where somebody reads them."""
    to = headers.addresses(mail.first("reply-to"))
    return any(
        one.address.lower() != sender.address.lower()
        and one.address.lower() not in ours
        and not is_no_reply(one.address)
        for one in to
    )


def is_ours(address: str, ours: Collection[str]) -> bool:
    """Whether an address is one of ours, or of a host that is the shop's alone."""
    host = address.lower().rpartition("@")[2]
    hosts = {known.rpartition("@")[2] for known in ours}
    return address.lower() in ours or (host in hosts and host not in _EVERYBODYS)


_EVERYBODYS = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "yahoo.de"),
        *("icloud.com", "me.com", "mac.com", "gmx.de", "gmx.net", "gmx.at", "gmx.ch", "web.de", "t-online.de"),
        *("freenet.de", "posteo.de", "mailbox.org", "proton.me", "protonmail.com", "aol.com", "orange.fr", "free.fr"),
        *("laposte.net", "sfr.fr", "libero.it", "wp.pl", "o2.pl", "onet.pl", "ziggo.nl", "kpnmail.nl", "fastmail.com"),
    }
)
"""Hosts where everybody may have an address; a neighbor there is no colleague."""

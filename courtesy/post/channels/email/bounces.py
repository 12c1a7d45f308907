"""Reports of mail servers about something they could not deliver: in the form of RFC 3464, and as plain letters."""

import re

from courtesy.post.channels.email import headers
from courtesy.post.channels.email.opening import Piece
from courtesy.post.channels.incoming import Bounce, one_line

_MACHINES = re.compile(
    r"(?:mailer-?daemon|mail-?daemon|mdaemon|mail-?delivery.*|mailsystem|postmaster)\+?.*", re.IGNORECASE
)
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_SMTP_CODE = re.compile(r"\b([45])\d\d[ -]")
_COPY_OF = re.compile(r"^[> \t]*Message-ID:[ \t]*(?:\r?\n[> \t]+)?(<[^<>\s]{1,400}>)", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"[\w.+=-]{1,64}@((?:[\w-]{1,63}\.){1,8}[a-z]{2,63})", re.IGNORECASE)
_FAILED = re.compile(
    r"could not be delivered|couldn'?t be delivered|undeliver(?:ed|able)|delivery (?:has )?failed|delivery to the"
    r" following|failed permanently|unable to deliver|was not delivered|not be delivered to one or more|returned mail"
    r"|failure notice|delivery (?:status )?notification|mail delivery (?:failed|system)|returning message to sender"
    r"|delivery failure|user unknown|mailbox unavailable|permanent (?:fatal )?error"
    r"|unzustellbar|konnte nicht zugestellt|nicht zustellbar|n'a pas pu être (?:remis|distribué|délivré)"
    r"|no se pudo entregar|no se ha podido entregar|impossibile recapitare|niet (?:worden )?bezorgd",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"\bdelayed\b|still being retried|will (?:continue to )?(?:keep )?(?:be )?(?:re)?try(?:ing|ied)?\b|temporary"
    r"|has not (?:yet )?been delivered|not yet been delivered|do not need to resend|warning: (?:message|could not send)"
    r"|verzögert|noch nicht zugestellt|retardé|retrasado",
    re.IGNORECASE,
)
_FINAL = re.compile(r"permanent|giving up|gave up|will not be retried|failed (?:after|permanently)", re.IGNORECASE)


def bounce_in(mail: Piece, sender: str, subject: str, text: str) -> Bounce | None:
    """What a mail server reports about something of ours, or None: also for a report that all went well."""
    report = next((piece for piece in _outer(mail) if piece.kind == "message/delivery-status"), None)
    if report is not None:
        return _read(report, mail, text)
    if not is_machine(sender) and mail.first("return-path").strip() != "<>" and not mail.first("x-failed-recipients"):
        return None
    begin = f"{subject}\n{text[:6000]}"
    delayed = bool(_DELAYED.search(begin)) and not _FINAL.search(begin)
    if not is_machine(sender) and not mail.first("x-failed-recipients"):
        # An absence note, too, comes without a return path. Only the name of the lost mail makes it a bounce.
        if not (_FAILED.search(subject) and (_original(mail, text) or _STATUS.search(text[:6000]))):
            return None
    elif not (_FAILED.search(begin) or delayed or mail.first("x-failed-recipients")):
        return None
    status = _STATUS.search(text[:6000]) or _SMTP_CODE.search(text[:6000])
    to = mail.first("x-failed-recipients") or re.split(r"copy of the (?:message|original)", text[:6000], maxsplit=1)[0]
    domain = _ADDRESS.search(to)
    code = "" if status is None else status[1] if "." in status[1] else f"{status[1]}.0.0"
    return Bounce(
        _original(mail, text), code, not delayed and not code.startswith("4."), domain[1].lower() if domain else ""
    )


def is_machine(sender: str) -> bool:
    """Whether an address is one under which mail servers write."""
    return bool(_MACHINES.fullmatch(sender.rpartition("@")[0]))


def _outer(mail: Piece) -> tuple[Piece, ...]:
    """The mail and the pieces next to its surface: a report that somebody passes on is not ours to count."""
    return (mail, *mail.pieces)


def _read(report: Piece, mail: Piece, text: str) -> Bounce | None:
    """The worst thing a report says; None where all it says is good."""
    fields = _fields(report.body)
    actions = [value.split()[0].lower() for name, value in fields if name == "action" and value.split()]
    if actions and not {"failed", "delayed"} & set(actions):
        return None
    stated = [value for name, value in fields if name in ("status", "diagnostic-code")]
    codes = [found[1] for value in stated if (found := _STATUS.search(value))]
    final = "failed" in actions or (not actions and not any(code.startswith("4") for code in codes))
    kind = "5" if final else "4"
    status = next((code for code in codes if code.startswith(kind)), codes[0] if codes else f"{kind}.0.0")
    domain = ""
    for name in ("original-recipient", "final-recipient"):
        for known, value in fields:
            if known == name and not domain and "@" in value:
                domain = one_line(value.rpartition("@")[2].strip(" <>."), 253).lower()
    return Bounce(_original(mail, text), status, final, domain)


def _fields(body: bytes) -> list[tuple[str, str]]:
    text = re.sub(r"\r?\n[ \t]+", " ", body[:100_000].decode("utf-8", "replace"))
    return [
        (name.strip().lower(), value.strip())
        for name, colon, value in (line.partition(":") for line in text.splitlines())
        if colon
    ]


def _original(mail: Piece, text: str) -> str:
    """The name of the mail that came back: from its copy, from the text, from what the report refers to."""
    for piece in mail.walk():
        if (
            piece.kind == "message/rfc822"
            and piece.pieces
            and (found := headers.mail_ids(piece.pieces[0].first("message-id")))
        ):
            return found[0]
        headers_only = piece.kind in ("text/rfc822-headers", "message/rfc822-headers")
        if headers_only and (copied := _COPY_OF.search(piece.body[:100_000].decode("utf-8", "replace"))):
            return copied[1]
    if copied := _COPY_OF.search(text[:200_000]):
        return copied[1]
    refers = headers.mail_ids(mail.first("in-reply-to")) or headers.mail_ids(mail.first("references"))
    return refers[-1] if refers else ""

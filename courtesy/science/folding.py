"""Telling what somebody said in a mail from what they quoted and what they sign every mail with.

Rules only, after the manner of Carvalho & Cohen 2004 ("Learning to Extract Signature and Reply Lines from Email").
Nothing is taken away: the pieces, joined, are the mail. What is doubtful counts as said, since a quote too many
costs a glance and a hidden answer costs a customer. So what somebody passes on ("Forwarded message") is said too:
it is what they write about.
"""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["said", "quoted", "signature"]

LONGEST_SIGNATURE = 15  # lines that are not empty
_LONGEST_LINE = 400
_SEARCHED_BACK = 4  # lines over which a mail program may break "On …, … wrote:"

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_QUOTE = re.compile(r"[ \t]{0,3}>")
# What mail programs put above a quote, in the languages of Europe; the address or the time of day tell it from prose.
_VERB = (
    r"\b(?:wrote|schrieb|geschrieben|a écrit|écrivait|escribió|ha scritto|scrisse|escreveu|schreef|napisał(?:a|\(a\))?"
    r"|pisze|skrev|kirjoitti|napsal(?:a|\(a\))?|yazdı|написала?|писал\(а\))"
)
_WROTE = re.compile(_VERB, re.IGNORECASE)
_OPENED = re.compile(
    rf"(?:on|am|le|el|il|em|op|w dniu|dnia|den|dne|på|ma|ti|ke|to|pe|la|su)\b.{{1,300}}{_VERB}(?:\s.{{0,160}})?\s?:",
    re.IGNORECASE,
)
_UNOPENED = re.compile(
    rf".{{1,200}}{_VERB}\s?:|\d{{4}}-\d\d-\d\d \d{{1,2}}:\d\d .{{1,200}}<[^<>\s]{{1,254}}>\s?:", re.IGNORECASE
)
_PRECISE = re.compile(
    r"<[^<>\s]{1,200}@[^<>\s]{1,200}>|\d{1,2}[:.h]\d\d\b|[\w.+-]{1,64}@[\w-]{1,63}\.\w", re.IGNORECASE
)
_ORIGINAL = re.compile(
    r"[ \t]{0,5}-{2,30}[ \t]{0,5}(?:original message|original appointment|ursprüngliche nachricht|originalnachricht"
    r"|message d'origine|message original|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht"
    r"|oryginalna wiadomość|wiadomość oryginalna|ursprungligt meddelande|originalmeddelande|oprindelig meddelelse"
    r"|opprinnelig melding|alkuperäinen viesti|původní zpráva)[ \t]{0,5}-{2,30}\s*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"[ \t]{0,3}_{8,80}\s*$")
_FROM = re.compile(
    r"[* \t]{0,4}(?:from|von|de|da|van|od|från|fra|lähettäjä|kimden|от)[* \t]{0,3}:[* \t]*\S", re.IGNORECASE
)
_OF_BLOCK = re.compile(
    r"[* \t]{0,4}(?:sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado(?: el)?|para|asunto"
    r"|fecha|verzonden|aan|onderwerp|inviato|a|oggetto|data|assunto|wysłano|do|temat|skickat|till|ämne|sendt|til|emne"
    r"|lähetetty|vastaanottaja|aihe)[* \t]{0,3}:",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"[ \t]{0,5}(?:-{2,30}[ \t]{0,5})?(?:(?:begin )?forwarded message|(?:anfang der )?weitergeleitete[n]? nachricht"
    r"|(?:début du )?message (?:transféré|réexpédié)|(?:inicio del )?mensaje reenviado|(?:begin )?doorgestuurd bericht"
    r"|(?:inizio )?messaggio inoltrato|(?:início da )?mensagem (?:re)?encaminhada|(?:początek )?przekazywan[ea]j?"
    r" wiadomoś\w+|wiadomość przekazana|vidarebefordra[td]e? (?:meddelande|mejl|brev)"
    r"|videresendt (?:melding|besked|meddelelse))"
    r"[ \t]{0,5}:?[ \t]{0,5}-{0,30}\s*$",
    re.IGNORECASE,
)
# A telephone or a program that names itself, so that "sent from my sister" stays said.
_ITSELF = (
    r"(?=.{0,100}\b(?:iphone|ipad|ipod|android|samsung|galaxy|pixel|huawei|xiaomi|oneplus|nokia|motorola|blackberry|windows"
    r"|(?:smart|mobil)?(?:tele)?(?:phone|fon|foon|handy)|mobile?|tablet|outlook|yahoo|aol|gmail|gmx|web\.de|proton\s?mail"
    r"|[\w-]*mail|bluemail|thunderbird|app|device|mac|móvil|celular|portable|cellulare|telemóvel)\w{0,3}\b)"
)
_SENT_FROM = re.compile(
    rf"[ \t]{{0,3}}{_ITSELF}(?:sent (?:from|via|with)|get outlook for|von mein\w+ .{{1,60}} gesendet"
    r"|gesendet (?:von|mit|aus)|diese nachricht wurde von .{1,80} gesendet|envoyé (?:de|depuis|à partir)"
    r"|enviado (?:desde|do|da|a partir)|inviato da|verzonden (?:vanaf|met|via)|verstuurd vanaf|wysłan[eo] z"
    r"|skickat från|sendt fra|lähetetty|odesláno z)\b.{0,80}\s*$",
    re.IGNORECASE,
)
_DASHES = re.compile(r"--[ \t]?\r?\n?$")


@dataclass(frozen=True)
class Fold:
    """A piece of a mail. The texts of all pieces, joined, are the mail."""

    kind: Kind
    text: str


def fold(text: str) -> list[Fold]:
    """The pieces of ``text`` in their order; joined they are ``text``.

    Answers written between the lines of a quote are said, and the quote around them is quoted.

    >>> [piece.kind for piece in fold("Yes.\\n\\nOn 3 May 2026 at 10:04, Ben wrote:\\n> Shall we?\\n")]
    ['said', 'quoted']
    """
    lines = _LINE.findall(text)
    kinds: list[Kind] = ["said"] * len(lines)
    _quotes(lines, kinds)
    _old_mail_below(lines, kinds)
    _signatures(lines, kinds)
    _gaps(lines, kinds)
    pieces: list[Fold] = []
    begin = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or kinds[at] != kinds[begin]:
            pieces.append(Fold(kinds[begin], "".join(lines[begin:at])))
            begin = at
    return pieces


def _quotes(lines: list[str], kinds: list[Kind]) -> None:
    """Lines that begin with a mark, and what stands above them."""
    for at, line in enumerate(lines):
        if not _QUOTE.match(line):
            continue
        kinds[at] = "quoted"
        if at and kinds[at - 1] != "quoted":
            above = at - 1
            while above >= 0 and not lines[above].strip() and above > at - 3:
                above -= 1
            for line_of_head in range(_head(lines, above), at):
                kinds[line_of_head] = "quoted"


def _head(lines: list[str], last: int) -> int:
    """Where the words "On …, … wrote:" begin that end in line ``last``; behind it where there are none."""
    if last < 0 or not lines[last].rstrip().endswith(":"):
        return last + 1
    joined = ""
    found = last + 1
    for first in range(last, max(last - _SEARCHED_BACK, -1), -1):
        if not lines[first].strip() or _QUOTE.match(lines[first]):
            break
        joined = f"{lines[first].strip()} {joined}".strip()[: 3 * _LONGEST_LINE]
        verb = _WROTE.search(joined)
        if verb and _OPENED.fullmatch(joined) and (first == last or any(letter.isdigit() for letter in lines[first])):
            return first
        if found > last and (verb or first == last) and _UNOPENED.fullmatch(joined):
            # It may have begun a line above, with the date.
            found = first
    return found


def _old_mail_below(lines: list[str], kinds: list[Kind]) -> None:
    """The mail that is answered, below the answer and without marks: from here to the end it is quoted."""
    words_above = passed_on = False
    for at, line in enumerate(lines):
        if kinds[at] == "quoted":
            continue
        passed_on = passed_on or bool(_FORWARD.match(line))
        if words_above and not passed_on and (begin := _old_mail_begins(lines, at)) is not None:
            for below in range(begin, len(lines)):
                kinds[below] = "quoted"
            return
        words_above = words_above or bool(line.strip())


def _old_mail_begins(lines: list[str], at: int) -> int | None:
    line = lines[at][:_LONGEST_LINE]
    if _ORIGINAL.match(line):
        return at
    if _RULE.match(line) and at + 1 < len(lines):
        below = at + 1 if lines[at + 1].strip() else at + 2
        return at if below < len(lines) and _is_block(lines, below) else None
    if _is_block(lines, at):
        return at
    if line.rstrip().endswith(":") and (first := _head(lines, at)) <= at:
        precise = _PRECISE.search(" ".join(lines[first : at + 1])[: 3 * _LONGEST_LINE])
        # "On Monday you wrote:" may be a customer's own sentence, with the answer to it below.
        return first if precise and any(line.strip() for line in lines[:first]) else None
    return None


def _is_block(lines: list[str], at: int) -> bool:
    """Whether the few headers of a mail stand here, as Outlook writes them above what is answered."""
    if not _FROM.match(lines[at]):
        return False
    near = [line[:_LONGEST_LINE] for line in lines[at + 1 : at + 7]]
    return sum(1 for line in near if _OF_BLOCK.match(line)) >= 2


def _signatures(lines: list[str], kinds: list[Kind]) -> None:
    """The end of each run of said lines, from two dashes on or where a telephone praises itself."""
    end = len(lines)
    while end > 0:
        begin = end
        while begin > 0 and kinds[begin - 1] == "said":
            begin -= 1
        if begin < end:
            for at in range(_signature(lines, begin, end), end):
                kinds[at] = "signature"
        end = begin - 1 if begin == end else begin


def _signature(lines: list[str], begin: int, end: int) -> int:
    last = end
    while last > begin and not lines[last - 1].strip():
        last -= 1
    words = 0
    first = last
    for at in range(last - 1, begin - 1, -1):
        if _DASHES.fullmatch(lines[at]):
            first = at
        words += bool(lines[at].strip())
        if words > LONGEST_SIGNATURE:
            break
    if first == last and last > begin and _SENT_FROM.match(lines[last - 1][:_LONGEST_LINE]):
        first = last - 1
    # Who sends nothing but a signature has said it.
    return first if first < last and any(line.strip() for line in lines[begin:first]) else end


def _gaps(lines: list[str], kinds: list[Kind]) -> None:
    """Empty lines belong to what stands around them, so that no piece is empty to the eye."""
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and not lines[end].strip():
            end += 1
        if end > at:
            before = kinds[at - 1] if at else None
            after = kinds[end] if end < len(lines) else None
            for empty in range(at, end):
                kinds[empty] = before or after or "said"
        at = end + 1

"""Reading plain text: sentences, what a mail really says, what it asks, which numbers and dates it holds.

Rules only, standard library only: the web process uses this file too. English first; greetings, closings and
quotation marks of German, French and Spanish mail are known as well. Methods: sentence ends after the manner
of Kiss & Strunk 2006 ("Unsupervised Multilingual Sentence Boundary Detection") with a fixed list of
abbreviations instead of a learned one; the stripping of mails after Carvalho & Cohen 2004 ("Learning to
Extract Signature and Reply Lines from Email"), as rules instead of a learned tagger.
"""

import re

from courtesy.science.languages import by_small_words

LONGEST_HEADLINE = 10  # words

_ABBREVIATED = """mr mrs ms dr prof st sr jr vs etc e.g i.e eg ie approx ca no nr art fig tel inc ltd co dept est max
min incl excl resp vol ext p.s ps a.m p.m z.b d.h u.a bzw ggf evtl usw inkl zzgl str hr fr bl jan feb mar apr jun jul
aug sep sept oct nov dec mon tue wed thu fri sat sun hrs"""
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())
_END = re.compile(r"([.!?…]+)([\"'”’)\]]*)(\s+)")
_ITEM = re.compile(r"^\s*(?:[-*•–]\s+|\(?\d{1,2}[.)]\s+|\(?[a-h]\)\s+)")
_INLINE_ITEM = re.compile(r"\s+(?=\(?[1-9][)]\s+\S)|(?<=[?!.])\s+(?=[1-9]\.\s+\S)")

_GREETING = re.compile(
    r"^(?:hi|hiya|hello|hey+|heya|dear|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|greetings"
    r"|hallo|guten (?:tag|morgen|abend)|moin|liebe[rs]?|sehr geehrte[rs]?|bonjour|bonsoir|hola|buen[oa]s? \w+"
    r"|estimad[oa]s?|hei|to whom it may concern|madam|sir|lads|folks|team)\b",
    re.IGNORECASE,
)
_GREETING_PIECE = re.compile(
    r"^(?:(?:hi|hiya|hello|hey+|hallo|hola|hei|good (?:morning|afternoon|evening|day)|morning|bonjour|bonsoir"
    r"|guten (?:tag|morgen|abend)|moin)(?: (?:there|all|everyone|team|again|folks|both|you lovely lot|once more))*"
    r"(?:,? [A-Z]\w+)?\s*[,.!:–-]+\s*|(?:lads|madam|sir|folks),\s*)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(?:(?:with )?(?:kind|kindest|warm|warmest|best|many|my) (?:regards|wishes|greetings|thanks)\b.*"
    r"|(?:best )?regards|with regards|sincerely|yours(?: \w+)?|cheers|thanks|thank you|thx|ta|best|br|bw|xx?|love"
    r"|(?:many |much )?thanks (?:in advance|again|so much|a lot)|thank you (?:in advance|very much|so much)"
    r"|(?:mit )?(?:freundlichen|besten|herzlichen|lieben|vielen|viele|liebe|beste|herzliche) (?:grüßen?|grüße|dank)"
    r"|mfg|lg|vg|danke|cordialement|merci(?: d'avance)?|bien à vous|saludos|gracias|un saludo|atentamente)"
    # Only what is written as a name may follow: "Thanks, Olwen" ends a letter, "Thanks, when does it come?" does not.
    r"(?:[,.!]|,? (?-i:[A-ZÀ-ÖØ-ÞĀĆČĐĒĘĞĪŁŃŌŐŒŘŚŞŠŪŹŻŽ])[\w'’-]+){0,6}\s*[,.!]*$",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(r"^(?:sent from|gesendet von|envoyé de|enviado desde|get outlook)\b", re.IGNORECASE)
_REPLY_HEAD = re.compile(
    r"^(?:-{3,}\s*(?:original message|forwarded message|ursprüngliche nachricht|message d'origine).*"
    r"|(?:on|am|le|el) .{4,80}(?:wrote|schrieb|a écrit|escribió).*:|begin forwarded message:?|_{10,})\s*$",
    re.IGNORECASE,
)
_PLEASANTRY = re.compile(
    r"^(?:i hope (?:this|you|all|that)\b.{0,80}(?:well|fine|good|wet|great|day|week|you)\b.{0,40}"
    r"|(?:many )?thanks?(?: you)?(?: (?:in advance|again|so much|very much|a lot|for (?:your|the|any) \w+.{0,30}))?"
    r"|thx|cheers|ta|no (?:hurry|rush)(?: with this)?|please (?:help|advise|answer quick(?:ly)?|reply)(?: soon)?"
    r"|looking forward to .{0,40}|have a (?:nice|good|lovely|great) .{0,30}|(?:many )?(?:kind|best|warm) regards.{0,40}"
    r"|sorry for the (?:essay|long mail|bother).{0,30}|(?:just )?a quick (?:question|one))\s*[.!…:]*$",
    re.IGNORECASE,
)

_ASKING = re.compile(
    r"^(?:(?:and|so|but|also|or|ok|okay|then|first|second|third|secondly|plus|now|well|please)[,:]? )*(?:\(?\d[.)]\s*)?"
    r"(?:what|what's|whats|when|where|where's|who|whom|whose|which|why|how|how's|can|could|do|does|did|is|are|am|was"
    r"|were|will|would|may|might|must|should|shall|have|has|need|any|ought)\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"\b(?:please (?:tell|let|advise|explain|send|cancel|change|confirm|delete|answer|refund|replace)"
    r"|let me know|tell me|i(?:'d| would) (?:like|love|rather|want) to|i(?: just)? (?:want|need|wish) to"
    r"|i(?:'d| would) like|i wonder|wondering"
    r"|i(?:'m| am) asking|can (?:you|i|we)\b|could (?:you|i|we)\b|do (?:you|i|we) (?:have|need|sell|ship|offer|get)\b"
    r"|would you\b|is it possible|any chance|how (?:do|can|much|many|long)\b)",
    re.IGNORECASE,
)

_ONE_MORE = re.compile(
    r",? (?:and|or|&) (?=(?:what|when|where|who|why|how|can|could|do|does|did|is|are|will|would|may|must|should|if)\b)"
    r"|, (?=(?:what|when|where|who|why|how)\b)",
    re.IGNORECASE,
)

_NUMBER = re.compile(r"(?<![\w.,:])[-−–]?\d+(?:[.,:/’' ]\d+)*(?![\d])")
_GROUPED = re.compile(r"^\d{1,3}(?:[,.’' ]\d{3})+$")
_COUNTED = """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand"""
_COUNTS = [*range(2, 21), *range(30, 100, 10), 100, 1000]
_NUMBER_WORDS = dict(zip(_COUNTED.split(), _COUNTS, strict=True))
_YEAR = "january february march april may june july august september october november december"
_MONTHS = {month: {month, month[:3]} | ({"sept"} if month == "september" else set()) for month in _YEAR.split()}
_WEEK = "monday tuesday wednesday thursday friday saturday sunday"


def plain_of_markdown(text: str) -> str:
    """The words of a Markdown text without its marks; lines and blank lines stay where they are.

    >>> plain_of_markdown("## Returns\\n\\nUse the [return **label**](/label), not `post`.")
    'Returns\\n\\nUse the return label, not post.'
    """
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"^(?:```|~~~).*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"<(https?://[^>\s]+)>", r"\1", text)
    text = re.sub(r"</?[a-zA-Z][^>\n]*>", "", text)
    text = re.sub(r"^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t#]*$", r"\1", text, flags=re.MULTILINE)
    text = re.sub(r"^[ \t]*>[ \t]?", "", text, flags=re.MULTILINE)
    text = re.sub(r"^[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+(?:[ \t]*:?-{3,}:?[ \t]*)?$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^[ \t]*\|(.*)\|[ \t]*$", lambda row: row[1].strip(), text, flags=re.MULTILINE)
    text = re.sub(r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])", r"\1", text)
    text = re.sub(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])", r"\1", text)
    text = re.sub(r"`([^`\n]*)`", r"\1", text)
    text = re.sub(r"\\([\\`*_{}\[\]()#+.!-])", r"\1", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def sentences(text: str) -> list[str]:
    """The sentences of a plain text in order, blanks within them evened out; list items count as sentences.

    >>> sentences("Mr. Otis pays 4.50 EUR, e.g. by card. Why? He\\nlikes it.\\n- by bank\\n- by card")
    ['Mr. Otis pays 4.50 EUR, e.g. by card.', 'Why?', 'He likes it.', 'by bank', 'by card']
    """
    found: list[str] = []
    for line in _lines_joined(text):
        found.extend(_cut(line))
    return found


def _lines_joined(text: str) -> list[str]:
    """Paragraphs with their soft line breaks undone, list items apart and without their marks."""
    joined: list[str] = []
    open_line = False
    for raw in text.splitlines():
        line = " ".join(raw.split())
        if not line:
            open_line = False
            continue
        item = _ITEM.match(raw)
        if item:
            line = " ".join(raw[item.end() :].split())
            joined.append(line)
        elif open_line and _runs_on(joined[-1], line):
            joined[-1] += " " + line
        else:
            joined.append(line)
        open_line = True
    pieces = (piece for line in joined for piece in _INLINE_ITEM.split(line))
    return [_ITEM.sub("", piece) for piece in pieces if _ITEM.sub("", piece)]


def _runs_on(before: str, line: str) -> bool:
    """Whether a line break was only the width of somebody's window: inside a sentence, or after a long line."""
    unfinished = before[-1] not in ".!?:…" and line[0].islower()
    return unfinished or (before[-1] != ":" and len(before) > 50)


def _cut(line: str) -> list[str]:
    found, start = [], 0
    for end in _END.finditer(line):
        rest = line[end.end() :]
        if end[1] == ".":
            before = line[start : end.start()]
            last = re.split(r"[\s(]", before)[-1].lower()
            if last in _ABBREVIATIONS and not (rest[:1].isupper() and last in {"etc", "a.m", "p.m", "usw"}):
                continue
            if len(last) == 1 and last.isalpha() and last != "i":
                continue
            if last.isdigit() and (len(before.split()) == 1 or rest[:1].islower()):
                continue
        elif end[1] in {"...", "…"} and rest[:1].islower():
            continue
        found.append(line[start : end.end()].strip())
        start = end.end()
    if line[start:].strip():
        found.append(line[start:].strip())
    return found


def core_of(message: str) -> str:
    """What the writer says, without greeting, closing, signature, quoted lines and pleasantries.

    >>> core_of("Hi there,\\n\\ndo you ship to Norway?\\n\\nKind regards\\nLeif\\n\\n> old words")
    'do you ship to Norway?'
    """
    lines = _without_quotes(message.replace("\r\n", "\n").split("\n"))
    lines = _without_signature(lines)
    while lines and not lines[0].strip():
        lines.pop(0)
    if lines and _is_greeting_line(lines[0].strip()):
        lines.pop(0)
    core = "\n".join(lines).strip()
    core = _GREETING_PIECE.sub("", core, count=1)
    kept = [
        " ".join(said for said in _cut(" ".join(line.split())) if not _PLEASANTRY.match(said)) if line.strip() else ""
        for line in core.split("\n")
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _is_greeting_line(line: str) -> bool:
    words = line.rstrip(",.!: ").split()
    return (
        bool(_GREETING.match(line)) and len(words) <= 9 and (line[-1] in ",!:." or len(words) <= 4) and "?" not in line
    )


def _without_quotes(lines: list[str]) -> list[str]:
    kept = []
    for number, line in enumerate(lines):
        bare = line.strip()
        if _REPLY_HEAD.match(bare):
            break
        following = " ".join(lines[number + 1 : number + 3])
        if re.match(r"^(?:from|von|de) ?: ", bare, re.IGNORECASE) and re.search(
            r"\b(?:sent|gesendet|date|datum|to|an|subject|betreff) ?:", following, re.IGNORECASE
        ):
            break
        if not bare.startswith(">"):
            kept.append(line)
    return kept


def _without_signature(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        if re.match(r"^--\s*$", line) or _SENT_FROM.match(line.strip()):
            lines = lines[:number]
            break
    for number, line in enumerate(lines):
        near_the_end = sum(1 for later in lines[number + 1 :] if later.strip()) <= 5
        if near_the_end and number > 0 and _CLOSING.match(line.strip()):
            lines = lines[:number]
            break
    lines = _without_last_block(lines)
    while len([line for line in lines if line.strip()]) > 1 and _looks_like_a_name(lines[-1].strip()):
        lines.pop()
        while lines and not lines[-1].strip():
            lines.pop()
    return lines


def _without_last_block(lines: list[str]) -> list[str]:
    """Without a last paragraph of up to five short lines that begins with a name: 'Olwen Marsh / Marshland Books'."""
    text = "\n".join(lines).rstrip()
    body, blank, block = text.rpartition("\n\n")
    last = block.strip().split("\n")
    if (
        body.strip()
        and blank
        and 1 < len(last) <= 5
        and _looks_like_a_name(last[0].strip())
        and len(last[0].split()) > 1
        and all(len(line) <= 60 and "?" not in line for line in last)
    ):
        text = body.rstrip()
    return text.split("\n") if text else []


def _looks_like_a_name(line: str) -> bool:
    """A short last line without a verb's punctuation: 'Leif', 'J. Rusk', 'Edith Wainscott (Mrs.)', 'Nell xx'."""
    words = re.sub(r"[(,].*$", "", line).split()
    if not words or len(words) > 4 or len(line) > 40 or line[-1] in "?!:" or any(char.isdigit() for char in line):
        return False
    return len(words) == 1 or all(
        word[:1].isupper() or word.lower() in {"xx", "x", "von", "de", "van"} for word in words
    )


def questions(text: str) -> list[str]:
    """What a text asks, in order: questions, and requests put as statements; empty when it asks nothing.

    A sentence that asks several things comes in pieces, each word for word.

    >>> questions("I live in Moss. 1) Can I buy a fern? 2) Secateurs? Please tell me who pays the toll.")
    ['Can I buy a fern?', 'Secateurs?', 'Please tell me who pays the toll.']
    >>> questions("Where do I send it, and how long will it take?")
    ['Where do I send it', 'how long will it take?']
    """
    found = [
        piece
        for sentence in sentences(text)
        if sentence.rstrip("\"'”’) ").endswith("?") or _ASKING.match(sentence) or _REQUEST.search(sentence)
        for piece in _ONE_MORE.split(sentence)
        if len(piece.split()) > 1 or piece == sentence
    ]
    return list(dict.fromkeys(found))


def numbers(text: str) -> frozenset[str]:
    """Every number a text holds, in one spelling: amounts, times, days; number words from two up count.

    >>> sorted(numbers("Two parcels, 1,250.00 EUR, by 18:00 on 3. May"))
    ['1250', '18:00', '2', '3']
    """
    found = {_even(token[0]) for token in _NUMBER.finditer(text)}
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in _NUMBER_WORDS:
            found.add(str(_NUMBER_WORDS[word]))
    return frozenset(found)


def _even(token: str) -> str:
    """One spelling for one number: '1,250.00', '1.250' and '1250' are the same, '-5' is not '5'."""
    sign = "-" if token[0] in "-−" else ""
    token = token.lstrip("-−–").replace("’", "'")
    if ":" in token or "/" in token:
        return token
    token = token.replace(" ", "'")
    if _GROUPED.match(token):
        return sign + re.sub(r"[,.']", "", token)
    decimal = re.match(r"^([\d,.']*?)[.,](\d{1,2})$", token)
    if decimal:
        whole, part = re.sub(r"[,.']", "", decimal[1]), decimal[2].rstrip("0")
        return sign + whole + (f".{part}" if part else "")
    return sign + token


def dates(text: str) -> frozenset[str]:
    """Days and months a text names, so that a draft can be held against its sources.

    >>> sorted(dates("by Monday, 21 December, or Jan 4th; it may rain"))
    ['21 december', '4 january', 'monday']
    """
    found = set()
    for month, names in _MONTHS.items():
        spelled = "|".join(sorted(names, key=len, reverse=True))
        before = re.findall(rf"\b(\d{{1,2}})(?:st|nd|rd|th|\.)?(?: of)? (?:{spelled})\b", text, re.IGNORECASE)
        after = re.findall(rf"\b(?:{spelled})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)", text, re.IGNORECASE)
        found |= {f"{int(day)} {month}" for day in before + after}
        if not before + after and re.search(rf"\b{month.capitalize()}\b", text) and month not in {"may", "march"}:
            found.add(month)
    return frozenset(found | {day for day in _WEEK.split() if re.search(rf"\b{day}s?\b", text, re.IGNORECASE)})


def language_of(text: str) -> str:
    """English, German, French or Spanish by the text's small words ("en", "de", "fr", "es"); "" when they don't tell.

    >>> language_of("Wann ist der Laden auf?"), language_of("When do you open?"), language_of("4711")
    ('de', 'en', '')
    """
    return by_small_words(text)


def headline(message: str) -> tuple[str, str]:
    """A first line that stands apart as a subject does, and the rest; "" and the message where there is none.

    Who writes into a box that has none for a subject puts it there. A greeting is none, nor a whole question.

    >>> headline("Norway?\\n\\nHi! Do you ship there?\\nLeif")
    ('Norway?', 'Hi! Do you ship there?\\nLeif')
    >>> headline("Do you ship to Norway?\\n\\nAnd how long does it take?")[0]
    ''
    """
    line, _, rest = (piece.strip() for piece in message.strip().partition("\n\n"))
    words = line.split()
    is_one = (
        bool(words and core_of(rest))
        and "\n" not in line
        and len(words) <= LONGEST_HEADLINE
        and line[-1] not in ".,:;"
        and not _is_greeting_line(line)
        and not (len(words) > 3 and questions(line))
    )
    return (line, rest) if is_one else ("", message)


def asked(subject: str, body: str) -> str:
    """What to look for in the articles: the subject and the core of the message, each said once.

    >>> asked("Re: Norway", "Hi!\\nDo you ship there?\\nLeif")
    'Norway. Do you ship there?'
    """
    subject = re.sub(r"^(?:(?:re|aw|fwd?|wg|tr|rv)\s*:\s*)+", "", subject.strip(), flags=re.IGNORECASE)
    core = core_of(body)
    if not subject or core.lower().startswith(subject.lower()):
        return core
    return f"{subject.rstrip('.:!, ')}{'' if subject.endswith('?') else '.'} {core}".strip()

"""What an answer promises for a day: "I'll write Tuesday", "you'll have it tomorrow", "Sie bekommen es bis Freitag".

Rules only, standard library only; English first, German, French and Spanish too. A promise is a clause in which we
say what we will do, or what the customer will have of us, and in which a coming day is named. Questions, conditions,
what is asked of the customer, what was done already, and the shop's habits are none. It is offered to the colleague
who wrote it, and counts only once they say so; so where in doubt, none is found.
"""

import re
from dataclasses import dataclass

from courtesy.science.days import MONTHS, Day, day_in, without_day
from courtesy.science.text import sentences


@dataclass(frozen=True)
class Promised:
    """A sentence that promises something, word for word, and the day it names."""

    sentence: str
    day: Day


_SIGNATURE = re.compile(r"^-- ?$")
_ORDINAL = re.compile(rf"(\d{{1,2}})\.[ \t]+(?=(?:{MONTHS})\b)", re.IGNORECASE)
"""A number before a month ends no sentence: "5. März"; a mark that no mail can hold stands for the blank."""
_QUOTED = re.compile(r"“[^”]{3,}”|„[^“”]{3,}[“”]|«[^»]{3,}»|\"[^\"]{3,}\"")
_CUT = re.compile(
    r"[,;:()]\s+|\s[–—-]\s|\s+(?=(?:and|but|so|then|und|aber|dann|et|mais|y|pero) (?:i|we|you|it|they|he|she|your"
    r"|the|please|my|our|ich|wir|sie|du|bitte"
    r"|je|nous|vous|usted|nosotros)\b)"
    r"|\s+(?=(?:if|unless|when|whenever|once|as soon as|in case|provided|because|since|although|which|who|whether"
    r"|that"
    r"|wenn|falls|sobald|sofern|weil|dass|ob|si|dès que|lorsque|quand|parce que|cuando|en cuanto|porque)\s)"
    r"|(?<=\w)\s+(?=(?:i|we|you)(?:'ll| will)\b|(?:i am|we are|i'm|we're) (?:going|sending|shipping|posting|calling"
    r"|writing)\b)",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"^(?:(?:and|but|so|or|und|aber|et|y|even|only)\s+)?(?:if|unless|when|whenever|once|as soon as|in case|provided"
    r"|should you|because|since"
    r"|although|which|who|whether|until|after|before you|wenn|falls|sobald|sofern|sollten|weil|ob|bis sie|nachdem|si"
    r"|s'il|dès que|lorsque|quand|parce que"
    r"|cuando|en cuanto|porque|después de que)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:please|kindly|bitte|s'il vous plaît|svp|merci de|por favor)\b|\b(?:could|can|would) you\b|\byou(?:'ll"
    r"| will) (?:need|have) to\b"
    r"|\b(?:i|we)(?:'ll| will|'d| would)? (?:need|require|expect|ask (?:you|for))\b|\byou (?:can|may|must|should"
    r"|need)\b",
    re.IGNORECASE,
)
_HABIT = re.compile(
    r"\b(?:usually|normally|generally|typically|always|as a rule|every|each|in general|ever|often|most"
    r"|normalerweise|gewöhnlich|immer|jede[nrsm]?|in der regel|meist(?:ens)?|normalement|généralement|toujours|chaque"
    r"|normalmente|generalmente|siempre|cada)\b",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    r"\b(?:maybe|perhaps|probably|possibly|hopefully|might|may|could|would|should|hope|wish|vielleicht|eventuell"
    r"|vermutlich|wahrscheinlich"
    r"|hoffentlich|könnte[nt]?|würde[nt]?|sollte[nt]?|peut-être|probablement|devrait|pourrait|quizás?|tal vez"
    r"|probablemente|debería)\b"
    r"|\b(?:won't|will not|'ll not|cannot|can't|not|never|nicht|kein[en]*|pas|no)\b",
    re.IGNORECASE,
)
_NO_DEED = re.compile(
    r"(?:'ll|will|are|'re|is|'s|shall) (?:also |all |both )?be (?:closed|shut|away|out of|on holiday|on leave|open"
    r"|off|back|in the|at (?:the|our)|here)"
    r"|\b(?:see|meet|welcome|expect|miss) you\b|\blook(?:ing)? forward\b|geschlossen|geöffnet|im urlaub|sehen uns"
    r"|fermés?|ouverts?|cerrad[oa]s?|abiert[oa]s?",
    re.IGNORECASE,
)
_DEEDS = (
    "send|ship|post|mail|email|e-mail|call|ring|phone|write|reply|answer|contact|reach out|get back|come back"
    "|be in touch|let you know"
    "|deliver|bring|refund|replace|dispatch|drop|confirm|update|follow up|pick|collect|check|arrange|tell|report"
    "|forward|return"
)
_OUR_THINGS = r"(?:it|they|this|that|both|everything|(?:your|the|a|an|our|my|another|new) (?:[\w'-]+ ){0,4}?[\w'-]+)"
_COMMITS = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        # What we say of ourselves.
        r"\b(?:i|we)(?:'ll| will| shall|(?:'m| am|'re| are) going to| promise| guarantee)\b",
        rf"\b(?:i'm|i am|we're|we are) (?:also |just )?(?:{_DEEDS})?(?:sending|shipping|posting|mailing|calling"
        rf"|ringing|writing|delivering|bringing"
        r"|refunding|replacing|dispatching|dropping|picking|packing|ordering|checking)\b",
        rf"^(?:and |then |so )?(?:will|shall) (?:{_DEEDS})\b",
        rf"\blet me .{{3,60}}\b(?:and|then) (?:{_DEEDS})\b",
        r"\b(?:i|we) (?:send|ship|post|mail|call|ring|write|deliver|bring|refund|replace|dispatch) (?:it|them|you"
        r"|your|this|the|a)\b",
        # What the customer will have of us.
        r"\byou(?:'ll| will)(?: then| also| all)? (?:have|get|receive|hear|find|be (?:refunded|contacted|called|paid"
        r"|notified|informed))\b",
        r"\b(?:expect|wait for) (?:my|our) (?:\w+ )?(?:mail|e-mail|email|call|answer|reply|message|letter|parcel)\b",
        # What a colleague of ours will do.
        rf"\b(?:colleagues?|team|someone|somebody|he|she|they|(?-i:[A-Z])\w+)(?: (?:from|of|in) (?:our"
        rf"|the) \w+(?: \w+)?)?(?:'ll| will) (?:then |also )?(?:{_DEEDS})\b",
        # What will happen to a thing of theirs.
        rf"\b{_OUR_THINGS}(?:'ll| will) (?:then |also |all )?(?:be (?:sent|shipped|posted|mailed|dispatched|refunded"
        rf"|delivered|with you|there|ready|on its way|replaced"
        r"|repaired|processed|waiting|back|paid|credited|done|fixed|collected)|go out|leave|ship|arrive|reach|follow"
        r"|come|get to|be in)\b",
        r"\b(?:leaves?|goes? out|go(?:es)? off|goes? in the post|ships?|is being (?:sent|shipped)|gets? (?:sent"
        r"|shipped)|comes? to you) (?:on |today|tomorrow|this |first)",
        # German.
        r"\b(?:ich|wir) (?:\w+ )?(?:werden?|melden?|schicken?|senden?|schreiben?|rufen?|geben?|liefern?|bringen?"
        r"|erstatten?|überweisen?|versenden?|kümmern?|prüfen?|klären?"
        r"|antworten?|legen?|bestellen?|fragen?|sagen?|tauschen?|packen?|holen?)\b",
        r"\b(?:werden?|melden?|schicken?|senden?|schreiben?|rufen?|geben?|liefern?|bringen?|erstatten?|überweisen?"
        r"|versenden?|kümmern?|prüfen?|klären?"
        r"|antworten?|legen?|bestellen?|fragen?|sagen?|tauschen?|packen?|holen?) (?:ich|wir)\b",
        r"\b(?:sie|ihr|du) (?:bekommen|erhalten|hören|bekommst|erhältst|kriegst|hörst|bekommt|erhaltet)\b"
        r"|\b(?:bekommen|erhalten|hören|haben) sie\b",
        r"\b(?:geht|gehen|kommt|kommen) (?:[\w.]+ ){0,6}?(?:raus|los|weg|ab|hinaus|auf die reise|in die post"
        r"|zur post|bei (?:ihnen|dir) an)\b",
        r"\bwird (?:[\w.]+ ){0,8}?(?:verschickt|versandt|versendet|geliefert|erstattet|gesendet|überwiesen|ersetzt"
        r"|repariert)\b",
        # French.
        r"\b(?:je|j'|nous|on)(?: ?(?:vous|te|t'|le|la|l'|les|lui|leur|y|en|me|m'))* ?\w+(?:rai|rons)\b|\b(?:je vais"
        r"|nous allons)(?: (?:vous|te|le|la|les|lui))* \w+",
        r"\b(?:je|nous) (?:vous|te|t'|l'|le|la|les) ?(?:l'|le |la |les )?(?:envoi\w+|envoy\w+|écri\w+|rappel\w+"
        r"|répond\w+|tiens|tenons|rembours\w+|expédi\w+|confirm\w+)\b",
        r"\bvous (?:l'|les |le |la )?(?:aurez|recevrez|serez)\b|\b(?:part|partira|partiront|arrivera|arriveront"
        r"|sera (?:envoyée?|expédiée?|livrée?|remboursée?))\b",
        # Spanish.
        r"\b(?:(?:le|les|te|os|lo|la|los|las|se|me) ){0,2}\w{2,}(?:ré|remos)\b|\b(?:voy|vamos) a \w+",
        r"\b(?:le|les|te|os|se) (?:(?:lo|la|los|las) )?(?:escrib[oi]\w*|enví\w+|envia\w+|mand\w+|llam[oa]\w*"
        r"|avis[oa]\w*|contest\w+|respond\w+|confirm\w+|devolv\w+|reembols\w+)\b",
        r"\b(?:recibirá[sn]?|tendrá[sn]?|sale (?:el|hoy|mañana)|saldrá|llegará|será (?:enviad|entregad"
        r"|reembolsad)[oa])\b",
    )
)  # fmt: skip
_TO_THEM = re.compile(
    r"\b(?:you|your|yours|it|its|them|this|back|in touch|ihnen|dir|euch|ihr\w*|dein\w*|es|vous|votre|vos|te|toi|l'"
    r"|le|les|lo|la|se|su)\b"
    r"|^(?:and |then )?(?:i|ich|je)\b|\bi'?(?:'ll|'m| will)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^(?:and|then|und|dann|et|puis|y|luego)\s+(?!(?:you|your|please|the|it|they|if|bitte|sie|vous|usted)\b)",
    re.IGNORECASE,
)
_ONLY_A_DAY = 2  # words beside the day


def promises(answer: str) -> list[Promised]:
    """What an outgoing answer promises, sentence by sentence in its order; one promise a sentence, its first.

    Quoted lines and a signature are not read, nor what stands in quotation marks.

    >>> [one.sentence for one in promises("Hi,\\n\\nThanks! I'll write on Tuesday. Please send it by Friday.")]
    ["I'll write on Tuesday."]
    >>> promises("We're open on Saturday. Did it come on Tuesday? I sent it on Monday. We ship within 2 days.")
    []
    """
    found = []
    for held in sentences(_own_lines(answer)):
        sentence = held.replace("\0", " ")
        day = _promised_for(sentence)
        if day is not None:
            found.append(Promised(sentence, day))
    return found


def _own_lines(answer: str) -> str:
    """Without quoted lines and what stands under a signature's dashes."""
    lines: list[str] = []
    for line in answer.replace("\r\n", "\n").split("\n"):
        if _SIGNATURE.match(line):
            break
        if not line.lstrip().startswith(">"):
            lines.append(line)
    return _ORDINAL.sub("\\1.\0", "\n".join(lines))


def _promised_for(sentence: str) -> Day | None:
    """The day for which a sentence promises something."""
    if sentence.rstrip("\"'”’) ").endswith("?"):
        return None
    said = _QUOTED.sub(" ", sentence.replace("’", "'"))
    commits = False
    for clause in _clauses(said):
        if _CONDITION.match(clause) or _ASKS.search(clause):
            commits = False
            continue
        commits = _commits(clause) or (commits and bool(_GOES_ON.match(clause)))
        if commits and (day := day_in(clause)) is not None and not _is_policy(clause, day):
            return day
    return None


def _is_policy(clause: str, day: Day) -> bool:
    """ "We refund within seven days" says how the shop does it; "we refund you within seven days" is a promise."""
    return (
        day.kind in {"in days", "in working days", "in weeks", "in months"}
        and day.count > 1
        and not _TO_THEM.search(clause)
    )


def _commits(clause: str) -> bool:
    if _HABIT.search(clause) or _MAYBE.search(clause) or _NO_DEED.search(clause):
        return False
    return any(pattern.search(clause) for pattern in _COMMITS)


def _clauses(said: str) -> list[str]:
    """The pieces of a sentence; one that holds nothing but a day belongs to its neighbor: "By Friday, I'll …"."""
    pieces = [piece.strip() for piece in _CUT.split(said) if piece and piece.strip()]
    joined: list[str] = []
    waiting = ""
    for piece in pieces:
        bare = day_in(piece) is not None and len(re.findall(r"\w+", without_day(piece))) <= _ONLY_A_DAY
        if bare and joined and not _CONDITION.match(joined[-1]):
            joined[-1] += " " + piece
        elif bare:
            waiting = f"{waiting} {piece}".strip()
        else:
            joined.append(f"{waiting} {piece}".strip() if not _CONDITION.match(piece) else piece)
            waiting = ""
    return [*joined, waiting] if waiting else joined

"""A day by which the writer needs something: "by Friday", "for my wedding on the 12th", "bis zum 17. November".

A day counts where "by" or the like stands before it, or where its clause says a need or its sentence an occasion. A day
on which something happened, that we named ourselves, or on which a shop is open is none; nor is a mere demand ("answer
today", "within the hour"): that is how somebody feels about it. Which days words name says `science/days.py`.
"""

import re
from dataclasses import dataclass

from courtesy.science.days import MONTHS, Day, day_in


@dataclass(frozen=True)
class Deadline:
    """The clause that names the day, word for word, and the day."""

    words: str
    day: Day


@dataclass(frozen=True)
class _Tongue:
    """Patterns of one language; ``day`` are its own ways to name one, rewritten to those that `day_in` reads."""

    by: str
    need: str
    occasion: str
    not_these: str
    rewritten: tuple[tuple[str, str], ...]
    day_of_month: str


_TONGUES = {
    "en": _Tongue(
        by=r"\b(?:by|before|no later than|not later than|at the latest|in time for|ahead of|within|until i|until we)\b",
        need=r"\b(?:i|we|she|he|they|who|it|that|them|boss|wife|husband|mother|daughter|son)(?: (?:really|just|do"
        r"|will|also|still|only|'ll|'d|would))* ?(?:needs?|have to|has to|have got to|must have|must be|leaves?"
        r"|'m leaving|am leaving|are leaving|fl(?:y|ies|ying)|travel|moves?|go(?:es)? away|am away|'m away"
        r"|are away)\b|\bneeded\b",
        occasion=r"\b(?:wedding|birthday|party|funeral|anniversary|christening|baptism|graduation|baby shower"
        r"|moving day|house ?warming|exam|exhibition|concert|festival|ceremony|present for|gift for|surprise"
        r"|retirement|trip|flight|holiday|vacation|conference|trade fair|bar mitzvah|quinceañera|eid|diwali|hanukkah"
        r"|speech)\b",
        not_these=r"\b(?:ordered|bought|paid|placed|arrived|came|was|were|got|received|last|sent|said|says|promised"
        r"|told|supposed|should have|should be|estimated|wrote|written|open(?:s|ed|ing)?|booked|do you do"
        r"|opening hours|closed?|shut|sale|offer|valid|ago|tracking|since|if you|had)\b",
        rewritten=(
            (
                rf"\b(?:for|until|till|is|be|it's) (?=(?:the )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day"
                rf"|{MONTHS})\b|\d)",
                "on ",
            ),
            (r"\b(?:for|at|over|this) (?=christmas|x-?mas|valentine|new year)", "on "),
            (r"\b(by|before|on) (?:christmas eve|(?:christmas|x-?mas)(?! day))\b", r"\1 24 december"),
            (r"\b(by|before|on) valentine'?s(?: day)?\b", r"\1 14 february"),
            (r"\b(by|before|on) new year'?s eve\b", r"\1 31 december"),
        ),
        day_of_month=r"\b(?:by|before|on) the (\d{1,2})(?:st|nd|rd|th)\b",
    ),
    "de": _Tongue(
        by=r"\b(?:bis|vor|spätestens|rechtzeitig|innerhalb|binnen|pünktlich)\b",
        need=r"\b(?:brauch\w*|benötig\w*|muss|müssen|reise|reisen|fliege|fliegen|verreise\w*|ziehe|ziehen|fahre"
        r"|fahren)\b(?! sie\b)",
        occasion=r"\b(?:hochzeit\w*|geburtstag\w*|feier|party|beerdigung|jubiläum|taufe|abschluss\w*|umzug|einweihung"
        r"|prüfung|ausstellung|konzert|fest|geschenk|urlaub|reise|flug|konfirmation|kommunion|trauerfeier|messe"
        r"|einschulung)\b",
        not_these=r"\b(?:bestellt|gekauft|bezahlt|angekommen|kam|war|waren|bekommen|erhalten|letzte[nrs]?|geschickt"
        r"|gesagt|sagten?|versprochen|sollten?|schrieb\w*|geschrieben|geöffnet|öffn\w+|offen|geschlossen|gebucht"
        r"|gültig|angebot|seit|verfolgung|hatten?|laut)\b(?! muss)",
        rewritten=(
            (r"\bfür (?:den )?(?=(?:mon|diens|donners|frei|sams|sonn)tag\b|mittwoch\b|sonnabend\b|\d{1,2}\.)", "am "),
            (r"\b(?:bis|vor|zu|an|für|übers?) (?:weihnachten|heiligabend|heilig abend)\b", "bis 24. dezember"),
            (r"\b(?:bis|vor|zu|an|für) silvester\b", "bis 31. dezember"),
            (r"\b(?:bis|vor|zum|am|für) (?:den )?valentinstag\b", "bis 14. februar"),
            (r"(\d{1,2}\.)\s+", r"\1 "),
        ),
        day_of_month=r"\b(?:bis zum|bis|vor dem|am) (\d{1,2})\.(?! ?\d| [a-zä]+ber\b)",
    ),
    "fr": _Tongue(
        by=r"(?:\b(?:avant|au plus tard|sous|à temps pour|pour)\b|\bd'ici)",
        need=r"(?:\b(?:besoin|faut|dois|devons|doit|pars|partons|part|déménage\w*|voyage\w*)\b)",
        occasion=r"\b(?:mariage|anniversaire|fête|enterrement|obsèques|baptême|communion|déménagement|pendaison"
        r"|examen|exposition|concert|cadeau|vacances|voyage|vol|départ à la retraite|salon|surprise)\b",
        not_these=r"\b(?:commandé|acheté|payé|arrivée?s?|était|étaient|reçue?s?|dernière?|envoyée?s?|dit|promis\w*"
        r"|devait|écrit|ouverte?s?|ouvre\w*|fermée?s?|valable|offre|depuis|passée?|suivi|prévue?s?|annoncée?s?)\b",
        rewritten=(
            (r"\bmon\b", "ma"),  # no Monday
            (r"\b(?:avant|pour|à|d'ici) noël\b", "avant 24 décembre"),
            (r"\b(?:avant|pour|à) (?:la )?saint-valentin\b", "avant 14 février"),
            (r"\b(?:avant|pour|à) (?:la )?saint-sylvestre\b", "avant 31 décembre"),
        ),
        day_of_month=rf"\b(?:avant|pour|d'ici) le (\d{{1,2}})\b(?! ?(?:{MONTHS}|h\b|heures|[:/.]\d))",
    ),
    "es": _Tongue(
        by=r"\b(?:antes del?|para|a más tardar|a tiempo para|en un plazo de|como muy tarde|plazo)\b",
        need=r"\b(?:necesit\w+|tengo que|tenemos que|hace falta|salgo|salimos|viajo|viajamos|me mudo|nos mudamos"
        r"|me voy|nos vamos)\b",
        occasion=r"\b(?:boda|cumpleaños|fiesta|entierro|funeral|aniversario|bautizo|comunión|mudanza|inauguración"
        r"|examen|exposición|concierto|regalo|vacaciones|viaje|vuelo|feria|sorpresa|quinceañera)\b",
        not_these=r"\b(?:pedí|pedimos|compré|compramos|pagué|llegó|llegaron|era|fue|fueron|recib\w+|pasad[oa]|envi\w+"
        r"|dij\w+|prometi\w+|debía|escrib\w+|abiert\w+|abren?|cerrad\w+|válid\w+|oferta|desde|hice|según)\b",
        rewritten=(
            (r"\b(?:antes de|para|en|por) (?:la )?(?:navidad|nochebuena|navidades)\b", "antes 24 diciembre"),
            (r"\b(?:antes de|para|en) (?:los )?reyes\b", "antes 6 enero"),
            (r"\b(?:antes de|para|en|por) san valentín\b", "antes 14 febrero"),
            (r"\b(?:antes del?|para el) (?=lunes|martes|miércoles|jueves|viernes|sábado|domingo)", "antes el "),
        ),
        day_of_month=rf"\b(?:antes del|para el) (?:día )?(\d{{1,2}})\b(?! de (?:{MONTHS})|[:/.]\d)",
    ),
}  # fmt: skip
_ORDINAL = re.compile(rf"(\d{{1,2}})\.[ \t]+(?=(?:{MONTHS})\b)", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=[\d\0])[^.!?\n]*)*")
_CLAUSE = re.compile(
    r"[,;:()]\s*|\s[–—-]\s|\s+(?=(?:and|but|so|und|aber|denn|et|mais|car|y|pero|porque|because|weil|since)\s)"
)
_SETTING = re.compile(r"\S*\s*[=]\s*\S*|[<>\[\]{}|]")
_DEMAND = frozenset([0, 1])  # today and tomorrow: a demand where no need or occasion stands beside it


def deadline(text: str, language: str) -> Deadline | None:
    """The first day by which a message needs something; None where it names none, or in a language without rules.

    >>> deadline("I ordered on Monday. It is for my sister's wedding on Saturday.", "en").words
    "It is for my sister's wedding on Saturday"
    >>> deadline("I ordered on Friday, are you open on Saturday?", "en"), deadline("Answer today!!!", "en")
    (None, None)
    """
    tongue = _TONGUES.get(language)
    if tongue is None:
        return None
    text = _ORDINAL.sub("\\1.\0", text.replace("’", "'"))
    for sentence in _SENTENCE.findall(text):
        occasion = bool(re.search(tongue.occasion, sentence.lower()))
        for clause in _CLAUSE.split(sentence):
            day = _named(clause.replace("\0", " "), tongue, occasion)
            if day is not None:
                return Deadline(" ".join(clause.replace("\0", " ").split()), day)
    return None


def _named(clause: str, tongue: _Tongue, occasion: bool) -> Day | None:
    low = _SETTING.sub(" ", clause.lower())
    if re.search(tongue.not_these, low):
        return None
    for pattern, instead in tongue.rewritten:
        low = re.sub(pattern, instead, low)
    day = day_in(low) or _of_month(low, tongue)
    if day is None:
        return None
    needed = occasion or bool(re.search(tongue.need, low))
    demand = day.kind == "in days" and day.count in _DEMAND
    return day if needed or (not demand and re.search(tongue.by, low)) else None


def _of_month(low: str, tongue: _Tongue) -> Day | None:
    hit = re.search(tongue.day_of_month, low)
    if hit is None or not 1 <= int(hit[1]) <= 31:
        return None
    return Day("day of month", int(hit[1]), before=hit[0].startswith(("before", "vor", "avant", "antes")))

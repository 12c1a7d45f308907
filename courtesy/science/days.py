"""Which day a few words name: "by Friday", "tomorrow", "within three working days", "bis zum 5. März", "le 12 mars".

Rules only, standard library only; English, German, French and Spanish. What is found is an expression and no date,
since that depends on the day on which it was said: the caller's calendar makes a date of it. What names no coming day
("since Monday", "on Mondays", "Monday to Friday", "until Tuesday") is not found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "in days", "in working days", "in weeks", "in months", "weekday", "weekend", "end of week", "end of month",
    "date", "day of month",
]  # fmt: skip


@dataclass(frozen=True)
class Day:
    """A day as it was said. ``count`` is how many days, weeks or months, or the weekday (0: Monday).

    An "end of week" is that of this week (0) or a later one; ``later`` is "next Friday", the one of the next week;
    ``before`` says that it is done by the day before. ``year`` is 0 where none was named.
    """

    kind: Kind
    count: int = 0
    month: int = 0
    year: int = 0
    later: bool = False
    before: bool = False


_WEEKDAYS = (
    "monday mon montag lundi lunes",
    "tuesday tue tues dienstag mardi martes",
    "wednesday wed mittwoch mercredi miércoles miercoles",
    "thursday thu thur thurs donnerstag jeudi jueves",
    "friday fri freitag vendredi viernes",
    "saturday sat samstag sonnabend samedi sábado sabado",
    "sunday sun sonntag dimanche domingo",
)
_WEEKDAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
_ENGLISH = frozenset(names.split()[0] for names in _WEEKDAYS)
_SHORT = frozenset(
    name for names in _WEEKDAYS for name in names.split()[1:] if len(name) <= 6 and names.startswith(name)
)
_MONTHS = (
    "january januar janvier enero jan", "february februar février fevrier febrero feb", "march märz mars marzo mar",
    "april avril abril apr", "may mai mayo", "june juni juin junio jun", "july juli juillet julio jul",
    "august août aout agosto aug", "september septembre septiembre sep sept", "october oktober octobre octubre oct okt",
    "november novembre noviembre nov", "december dezember décembre decembre diciembre dec dez",
)  # fmt: skip
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_COUNTED = (
    "a an one eine einem einen ein un une una", "two zwei deux dos couple", "three drei trois tres few paar",
    "four vier quatre cuatro",
    "five fünf cinq cinco", "six sechs seis", "seven sieben sept siete", "eight acht huit ocho",
    "nine neun neuf nueve", "ten zehn dix diez", "eleven elf onze once", "twelve zwölf douze doce",
    "thirteen dreizehn treize trece", "fourteen vierzehn quatorze catorce",
)  # fmt: skip
_COUNT = {name: number for number, names in enumerate(_COUNTED, 1) for name in names.split()}

_NAMES = "|".join(sorted(_WEEKDAY, key=len, reverse=True))
MONTHS = "|".join(sorted(_MONTH, key=len, reverse=True))
"""Every name of a month, for a pattern."""
_NUMBER = r"\d{1,2}|" + "|".join(sorted(_COUNT, key=len, reverse=True))

_BEFORE_ONE = """by on this next coming before latest than am bis zum den dem diesen kommenden nächsten spätestens vor
    avant pour ce dès el este próximo proximo para del d'ici ici"""
_NEVER_BEFORE = """for of from since last until till after every each past the between previous seit letzten vom von
    ab nach jeden jedem depuis après chaque jusqu'à jusqu'au dernier desde hasta cada los pasado le les jeder"""
_OTHERWISE = "since until till from for after seit ab nach hasta desde depuis jusqu'à"
_ON, _NOT = frozenset(_BEFORE_ONE.split()), frozenset(_NEVER_BEFORE.split())
_UNTIL = frozenset(_OTHERWISE.split())
_GOES_ON = re.compile(
    r"\s*(?:$|[,.;:!)–—]|(?:early|late|morning|afternoon|evening|night|noon|lunchtime|at|latest|or|and|with|as|for"
    r"|the latest"
    r"|früh|morgen|vormittag|nachmittag|mittag|abend|um|prochain|matin|soir|après-midi|à|au|próximo|proximo|que viene"
    r"|por la|a más|\d))"
)
_RANGE = re.compile(rf"\s*(?:to|through|thru|until|till|bis|-|–|à|au|a|al)\s*(?:{_NAMES})\b")

_SIMPLE: tuple[tuple[str, Day], ...] = (
    (r"the day after tomorrow|übermorgen|après-demain|pasado mañana", Day("in days", 2)),
    (
        r"(?<!from )tomorrow|(?<!guten )(?<!am )(?<!jeden )(?<!der )morgen(?! and)|demain"
        r"|(?<!la )(?<!esta )(?<!cada )mañana",
        Day("in days", 1),
    ),
    (
        r"(?:later |still |by )?today|tonight|this (?:morning|afternoon|evening)|by (?:the )?end of (?:the "
        r"|this )?day"
        r"|by (?:noon|lunchtime|close of business)|within the (?:hour|day)|in an hour(?: or two)?|heute"
        r"|aujourd'hui|ce soir|cet après-midi|ce matin|hoy|esta (?:tarde|noche|mañana)",
        Day("in days", 0),
    ),
    (r"in a day or two|in ein(?:,| oder| bis) zwei tagen|dans un jour ou deux|en un día o dos", Day("in days", 2)),
    (
        r"(?:at|over|on|by|this|before) (?:the )?(?:coming )?weekend|(?:am|übers|bis zum|dieses) wochenende"
        r"|ce week-end|le week-end|(?:el|este) fin de semana",
        Day("weekend"),
    ),
    (
        r"(?:by |at |before )?(?:the )?end of (?:the )?next week|(?:early |later |some ?time "
        r"|the beginning of )?next week"
        r"|(?:ende )?nächste[rn]? woche|kommende[rn]? woche|(?:la )?semaine prochaine"
        r"|(?:la )?(?:próxima|proxima) semana|(?:la )?semana (?:que viene|próxima)",
        Day("end of week", 1),
    ),
    (
        r"(?:by |at |before )?(?:the )?end of (?:the |this )?week|(?:later )?this week|(?:bis )?ende (?:der"
        r"|dieser) woche"
        r"|diese woche|cette semaine|(?:la )?fin de (?:la )?semaine|esta semana",
        Day("end of week"),
    ),
    (r"(?:by |at |before )?(?:the )?end of (?:the |this )?month|(?:bis )?(?:zum )?ende des monats|bis monatsende"
     r"|(?:la )?fin du mois|(?:a )?(?:final|fin) de mes", Day("end of month")),
    (r"next month|nächsten monat|le mois prochain|(?:el )?(?:próximo mes|mes que viene)", Day("end of month", 1)),
    (r"(?:a|one) week from (?:today|now)|heute in einer woche", Day("in weeks", 1)),
)  # fmt: skip
_SIMPLY = tuple((re.compile(rf"(?<!\w)(?:{words})(?!\w)"), day) for words, day in _SIMPLE)

_SPAN = re.compile(
    r"(?<!\w)(?:within|inside|in|innerhalb(?: von)?|binnen|in den|sous|dans(?: un délai de)?|d'ici(?: à)?|en"
    r"|dentro de)"
    r"(?: the| les| los| den)?(?: next| coming| nächsten| kommenden| prochains| próximos)?(?: about| around"
    r"| at most)?"
    rf" (?:(?:{_NUMBER})(?: of)? ?(?:to|or|-|–|bis|oder|à|ou|a|o) ?)?(?P<count>{_NUMBER})(?: of)?(?: more)?"
    r"(?P<working> (?:working|business|week))? ?"
    r"(?P<unit>hours?|days?|weeks?|months?|stunden?|tage[ns]?|werktage[ns]?|arbeitstage[ns]?|wochen?|monate?n?"
    r"|heures?|jours?(?P<ouvres> (?:ouvrés|ouvrables))?|semaines?|mois|horas?|días?(?P<habiles> (?:hábiles"
    r"|laborables))?|semanas?|mes(?:es)?)(?!\w)"
)
_HOURS = re.compile(
    r"(?<!\w)(?:within|in|innerhalb von|binnen|sous|dans|en)(?: the next)? (?P<count>24|36|48|72) ?(?:hours|hrs|h"
    r"|stunden|heures|horas)\b"
)
_AFTERWARDS = re.compile(
    r"\s*(?:ago|after|of (?:receiv|receipt|arriv|deliver|order|purchas)|nach|après|después|from (?:the|your))"
)

_DATE = re.compile(
    rf"(?<![\w.,])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?: of"
    rf"| de)? (?P<month>{MONTHS})\b\.?(?:,? (?:de )?(?P<year>20\d\d))?"
    rf"|\b(?P<month2>{MONTHS}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:)(?:,? (?P<year2>20\d\d))?"
    r"|(?<![\w.,])(?P<day3>\d{1,2})\.(?P<month3>\d{1,2})\.(?P<year3>20\d\d)?(?!\d)"
)
_OF_MONTH = re.compile(
    r"\b(?:by|on|before) the (?P<day>\d{1,2})(?:st|nd|rd|th)\b"
    rf"|\b(?:am|bis zum|bis) (?P<day2>\d{{1,2}})\.(?!\d|\s*(?:{MONTHS})\b)(?=\s*$|\s+[^\d\W])"
)


def day_in(words: str) -> Day | None:
    """The coming day that these words name, the first of them; None where they name none.

    >>> day_in("I'll write on Tuesday"), day_in("within three working days"), day_in("bis zum 5. März")
    (Day(kind='weekday', count=1, month=0, year=0, later=False, before=False), Day(kind='in working days', count=3, \
month=0, year=0, later=False, before=False), Day(kind='date', count=5, month=3, year=0, later=False, before=False))
    >>> day_in("we are open Monday to Friday"), day_in("since Monday"), day_in("on Mondays")
    (None, None, None)
    """
    low = " ".join(words.lower().replace("’", "'").split())
    found = sorted(_found(low), key=lambda one: one[0])
    return found[0][1] if found else None


def without_day(words: str) -> str:
    """The words without the first day they name, so that one can see whether they say anything else."""
    low = " ".join(words.lower().replace("’", "'").split())
    found = sorted(_found(low), key=lambda one: one[0])
    return low if not found else low[: found[0][0]] + low[found[0][2] :]


def _found(low: str) -> Iterator[tuple[int, Day, int]]:
    for pattern, day in _SIMPLY:
        for hit in pattern.finditer(low):
            if _word_before(low, hit.start()) not in _UNTIL:
                yield hit.start(), day, hit.end()
    yield from _spans(low)
    yield from _dates(low)
    yield from _weekdays(low)


def _spans(low: str) -> Iterator[tuple[int, Day, int]]:
    for hit in _HOURS.finditer(low):
        if not _AFTERWARDS.match(low, hit.end()):
            yield hit.start(), Day("in days", -(-int(hit["count"]) // 24)), hit.end()
    for hit in _SPAN.finditer(low):
        if _AFTERWARDS.match(low, hit.end()):
            continue
        said = hit["count"]
        count = int(said) if said.isdigit() else _COUNT[said]
        unit = hit["unit"]
        if unit.startswith(("hour", "stunde", "heure", "hora")):
            yield hit.start(), Day("in days", count // 24), hit.end()
        elif hit["working"] or hit["ouvres"] or hit["habiles"] or unit.startswith(("werktag", "arbeitstag")):
            yield hit.start(), Day("in working days", count), hit.end()
        elif unit.startswith(("week", "woche", "semaine", "semana")):
            yield hit.start(), Day("in weeks", count), hit.end()
        elif unit.startswith(("mo", "mes")):
            yield hit.start(), Day("in months", count), hit.end()
        else:
            yield hit.start(), Day("in days", count), hit.end()


def _dates(low: str) -> Iterator[tuple[int, Day, int]]:
    for hit in _DATE.finditer(low):
        before = _word_before(low, hit.start())
        if before in _NOT - {"the", "le"}:
            continue
        number = int(hit["day"] or hit["day2"] or hit["day3"])
        month = int(hit["month3"]) if hit["month3"] else _MONTH[hit["month"] or hit["month2"]]
        year = int(hit["year"] or hit["year2"] or hit["year3"] or 0)
        if 1 <= number <= 31 and 1 <= month <= 12:
            yield hit.start(), Day("date", number, month, year, before=before in {"before", "vor", "avant"}), hit.end()
    for hit in _OF_MONTH.finditer(low):
        number = int(hit["day"] or hit["day2"])
        if 1 <= number <= 31:
            yield hit.start(), Day("day of month", number, before=hit[0].startswith("before")), hit.end()


def _weekdays(low: str) -> Iterator[tuple[int, Day, int]]:
    for hit in re.finditer(rf"(?<![\w-])({_NAMES})(?![\w-])", low):
        before = _word_before(low, hit.start())
        if before in _NOT or _RANGE.match(low, hit.end()) or _ends_a_range(low, hit.start()):
            continue
        bare = before not in _ON
        if bare and (hit[1] in _SHORT or (hit[1] in _ENGLISH and not _GOES_ON.match(low, hit.end()))):
            continue
        yield (
            hit.start(),
            Day("weekday", _WEEKDAY[hit[1]], later=before == "next", before=before in {"before", "vor", "avant"}),
            hit.end(),
        )


def _word_before(low: str, place: int) -> str:
    words = low[:place].split()
    return words[-1].strip("(,;:–") if words else ""


def _ends_a_range(low: str, place: int) -> bool:
    return bool(re.search(rf"\b(?:{_NAMES})\s*(?:to|through|thru|until|till|bis|-|–|à|au|a|al)\s*$", low[:place]))

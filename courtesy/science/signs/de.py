"""German signs."""

from courtesy.science.signs import NEVER, Act, Rules

_NOT = r"(?!nicht\b|noch\b|nie\b|nur\b|wenn\b|falls\b|kein\w*\b|gern\w*\b|lieber\b|werden\b)"
_FEW = rf"(?: {_NOT}[\w-]+)"
_GOT = r"(?:erhalten|bekommen|gekommen|eingegangen|angekommen|veranlasst|möglich|da|gesehen|gekriegt)"

RULES = Rules(
    acts={
        "cancel": Act(
            r"(?:stornieren?|abbestellen|annullieren)",
            r"(?:zu stornieren|abzubestellen)",
            r"(?:storniert|abbestellt|annulliert)",
            r"(?:stornierung(?:en)?|storno|abbestellung)",
            bare=True,
        ),
        "return": Act(
            r"(?:zurück(?:schicken|senden|geben)|retournieren|zurückbringen)",
            r"zurückzu(?:schicken|senden|geben)",
            r"(?:zurückge(?:schickt|sendet|sandt|geben|bracht|gangen)|retourniert)",
            r"(?:rücksendung|retoure|rückgabe)n?",
        ),
        "refund": Act(
            r"(?:(?:zurück)?erstatten|zurückzahlen|geld zurück)",
            r"(?:zu erstatten|zurückzuzahlen|zurückzuerstatten)",
            r"(?:(?:zurück)?erstattet|zurückgezahlt|zurückbezahlt|gutgeschrieben)",
            r"(?:(?:rück)?erstattung|rückzahlung|gutschrift)(?:en)?",
        ),
        "exchange": Act(
            r"(?:(?:um|aus)?tauschen|ersetzen)",
            r"(?:(?:um|aus)zutauschen|zu (?:tauschen|ersetzen))",
            r"(?:(?:um|aus)?getauscht|ersetzt)",
            r"(?:umtausch|austausch|ersatz(?:lieferung)?)",
        ),
        "delete": Act(r"(?:löschen|löscht|entfernen)", r"zu löschen", NEVER, r"löschung"),
        "change": Act(r"(?:ab)?ändern", r"(?:zu ändern|abzuändern)", r"(?:ab)?geändert", r"(?:ab)?änderung(?:en)?"),
        "call": Act(r"(?:anrufen|rufen sie(?: mich)?)", r"anzurufen", NEVER, r"(?:anruf|rückruf)e?"),
        "order": Act(r"(?:bestellen|kaufen)", r"(?:zu bestellen|zu kaufen)", NEVER, NEVER),
    },
    unwanted=(
        rf"^\s*(?:bitte |also |und |nein,? )*{{verb}}{_FEW}{{0,5}} (?:bitte )?nicht\b(?! nur| mehr)",
        r"nicht(?: (?:mehr|wirklich|unbedingt|gleich|komplett|alles|einfach|etwa))* (?:{verb}|{doing})",
        r"(?:will|wollten?|wollen|möchten?|wünschen?|brauchen?|benötigen?|verlangen?|beabsichtigen?|vorhabe"
        r"|habe vor)\b(?: [\w-]+){0,5}? (?:nicht|nichts|kein|keine|keinen|keinerlei)(?: [\w-]+){0,2}? (?:{verb}"
        r"|{doing}|{noun})\b",
        rf"kein(?:e|en|er|erlei)? {{bare}}(?! {_GOT})(?=\s*(?:[.!,]|$|bitte|nötig|notwendig|gewünscht|erwünscht))",
        r"kein(?:e|en|er|erlei)? (?:{noun}) (?:bitte|nötig|notwendig|gewünscht|erwünscht)",
        r"(?:{verb}) (?:will|möchten?|wollten?|werden?|wollen|muss) (?:ich|wir) (?:[\w-]+ ){0,4}?(?:nicht|nichts)\b",
        r"(?:(?:eine?n?|die|den) )?(?:{noun}) (?:brauchen?|will|wollen|möchten?|wünschen?|benötigen?|muss) (?:ich|wir"
        r"|es) (?:[\w-]+ ){0,3}?(?:nicht|keine?n?)\b",
        r"ohne (?:(?!ihre\b)[\w-]+ ){0,4}?(?:{doing}|{noun})\b",
        rf"(?:statt|anstatt|anstelle)(?: (?:von|eine[rs]?|der|des|es|sie|ihn|\w+))? (?:{{doing}}"
        rf"|{{noun}})(?! {_GOT})\b",
        r"(?:{noun})(?: [\w-]+){0,3} (?:zurück(?:zu)?nehmen|rückgängig|ignorieren|vergessen|aufheben|stoppen"
        r"|zurückziehen|gegenstandslos)",
        r"(?:ignorieren|vergessen|stoppen|streichen) sie (?:bitte )?(?:[\w-]+ ){0,2}?(?:{noun})\b",
        r"(?:doch )?nicht um (?:eine?n? )?(?:{noun})\b",
    ),
    happened=(
        rf"(?:wurden?|ist|sind|war|waren|hat|haben|habe|hatten?|habt){_FEW}{{0,7}}? {{done}}\b",
        r"(?:{done}) (?:wurden?|worden|hat|haben|habe|hatten?|ist|sind)\b",
    ),
    whether=(
        rf"^\W*(?:(?:und|also|hallo|bitte),? )?(?:ist|sind|wurden?|hat|haben|habt){_FEW}{{1,7}}? {{done}}\b",
        r"ob (?:(?!nicht\b|noch\b)[\w-]+ ){1,8}?{done} (?:wurden?|worden|haben|hat|ist|sind|war)\b",
    ),
    hypothetical=r"\b(?:wenn|falls|sobald|sofern|ob|bevor|bis|möchten?|will|wollen|kann|können|könn\w+|soll\w*|muss"
    r"|nicht|nie|bitte|wird|werden|würde\w*|wann|wie)\b",
    only_if=r"\b(?:wenn|falls|ob|sobald|wer|wie lange|bevor|nachdem|ohne|bis wann)\b",
    why=r"\b(?:warum|wieso|weshalb|wann)$",
    complaint=r"\b(?:warum|wieso|weshalb|kann|könn\w+|konnt\w+|lässt|ließ|lassen|darf|dürfen|geht|wenn|falls"
    r"|sie (?:wollen|werden|haben|können)|ihr (?:wollt|habt)|man|haben|hat)\b[^,]*$",
    roles={
        "resells": (
            r"\bfranchise\w*\b",
            r"\b(?:filiale|laden|geschäft|shop|store)\b[^.?!]{0,30}\b(?:eröffnen|aufmachen"
            r"|zu eröffnen)\b(?<!sie eröffnen)(?<!sie aufmachen)",
            r"\b(?:händler(?:in)?|vertriebspartner(?:in)?|wiederverkäufer(?:in)?"
            r"|vertragshändler)\b[^.?!]{0,20}\b(?:werden|sein)\b",
            r"\b(?:wiederverkäufer\w*|wiederverkauf\w*|händlerkonditionen|händlerpreise?|großhandels?(?:preise?"
            r"|konditionen|konto)|vertriebspartnerschaft)\b",
            r"\bihre (?:[\w-]+ ){1,4}(?:in|bei|über) (?:uns|unsere[mnr]?|mir|meine[mnr]?)\b[^.?!]{0,25}\b(?:verkaufen"
            r"|anbieten|führen|vertreiben)\b",
            r"\b(?:in unser|ins) sortiment (?:auf(?:zu)?nehmen)\b",
        ),
        "supplies": (
            r"\b(?:wir sind|ich bin|sind wir|als)(?: [\w-]+){0,5} (?:herstellerin|hersteller|lieferant(?:in)?"
            r"|produzent\w*|manufaktur|agentur|großhändler|exporteur|erzeuger)\b",
            r"\bihnen\b[^.?!]{0,30}\b(?:unser|unsere|unseren|meine|mein|meinen)\b[^.?!]{0,40}\b(?:vorstellen"
            r"|vorzustellen|anbieten|anzubieten|liefern|präsentieren|zeigen)\b",
            r"\b(?:möchten?|würden?|wollen|will)\b[^.?!]{0,25}\b(?:an sie|ihnen)\b[^.?!]{0,25}\b(?:verkaufen"
            r"|liefern)\b",
            r"\blieferant(?:in)?\b[^.?!]{0,20}\bwerden\b",
            r"\b(?:suchmaschinenoptimierung|seo|gastbeitrag|backlinks?|reichweite ihrer (?:web)?seite)\b",
        ),
        "applies": (
            r"\b(?:(?:initiativ)?bewerbung(?:sunterlagen)?|bewerbe|bewerben)\b",
            r"\b(?:ausbildungs(?:platz|stelle)|praktikum(?:splatz)?|praktikant\w*|minijob|ferienjob|nebenjob|aushilfe"
            r"|aushilfsjob|offene stellen?|stellenan(?:zeige|gebot)e?|lebenslauf|vollzeitstelle|teilzeitstelle)\b",
            r"\bbei (?:ihnen|euch)\b[^.?!]{0,15}\b(?:arbeiten|zu arbeiten|anfangen)\b",
            r"\b(?:suchen sie|sucht ihr)(?: [\w-]+){0,3} (?:mitarbeiter\w*|verstärkung|personal|verkäufer\w*)\b",
        ),
        "reports": (
            r"\b(?:ich bin|wir sind|als)(?: [\w-]+){0,3} (?:journalist(?:in)?|redakteur(?:in)?|reporter(?:in)?"
            r"|blogger(?:in)?|influencer(?:in)?|autorin|autor)\b",
            r"\b(?:ein interview|interviewen|interviewanfrage|presse(?:fotos?|mappe|anfrage|material|stelle"
            r"|kontakt))\b",
            r"\b(?:artikel|beitrag|reportage|bericht|masterarbeit|bachelorarbeit|dokumentation) über\b",
            r"\bfür (?:meinen|unseren|meine|unsere) (?:kanal|blog|podcast|zeitung|sendung|magazin)\b",
            r"\b(?:kooperation|zusammenarbeit) mit (?:ihnen|ihrer|eurer|euch)\b",
        ),
    },
)

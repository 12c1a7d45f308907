"""The words and shapes by which `giveaways.py` knows that a sentence gives somebody away: one pattern a kind.

English, German, French and Spanish stand in one pattern each, since nobody writes in one tongue alone. They are wide on
purpose; a word that belongs here and is missing is a fault, one too many costs a sentence.
"""

import re

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
CODE = re.compile(r"\b(?=[\w./-]*\d)(?=[\w./-]*[^\W\d_])[\w]+(?:[./-][\w]+)*\b|#\s?\w+|\b[A-Z0-9]+(?:-[A-Z0-9]+)+\b")
UNIT_TAIL = re.compile(r"\d+(?:cm|mm|m|km|kg|g|l|ml|h|x|st|nd|rd|th|er|e|ème|ª|º|s)", re.IGNORECASE)
MONEY_IN_WORDS = re.compile(
    r"\b(?:\w+-)?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred"
    r"|thousand)(?:-\w+)? (?:euros?|pounds?|dollars?|percent|per cent|cents|quid)\b"
    r"|\b\w*(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zig|ßig|hundert|tausend) (?:euro"
    r"|prozent|franken|cent)\b"
    r"|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|\w*ze|vingt|trente|\w+ante|cent"
    r"|mille)(?:-\w+)* (?:euros?|pour cent|centimes)\b"
    r"|\b(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|\w+ce|veinte|\w+enta|cien|mil) (?:euros?"
    r"|por ciento|céntimos)\b",
    re.IGNORECASE,
)
MONEY = re.compile(
    r"(?:(?:EUR|USD|GBP|CHF|[€$£])\s?(\d[\d.,' ]*\d|\d))"
    r"|(?:(\d[\d.,']*\d|\d)\s?(?:EUR|USD|GBP|CHF|[€$£]|euros?|pounds?|dollars?|franken|quid|cents?)(?!\w))",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"\S@\S|https?://|\bwww\.|\b[\w-]+\.(?:com|net|org|de|fr|es|eu|io|shop|co\.uk|example)\b", re.IGNORECASE
)
CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b(?!\s?(?:EUR|€|%|kg|m\b|cm))")
MONTH = (
    r"(?:jan(?:uary|uar|vier|\.)?|feb(?:ruary|ruar|\.)?|f[ée]v(?:rier)?|febrero|enero|m[äa]r(?:ch|z|s|zo)"
    r"|apr(?:il)?|avril|abril"
    r"|may|mai|mayo|jun[ei]?|juin|junio|jul[yi]?|juillet|julio|aug(?:ust)?|août|agosto|sept?(?:ember|embre|iembre)?"
    r"|o[ck]t(?:ober|obre|ubre)?|nov(?:ember|embre|iembre)?|de[cz](?:ember)?|décembre|diciembre)"
)
DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s+(?:of |de )?{MONTH}\b|\b{MONTH}\.?\s+(?:the )?\d{{1,2}}(?:st|nd|rd"
    rf"|th)?\b(?![:%])"
    r"|\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b|\b(?:the|den|dem|am|vom|zum|bis|le|el|on)\s+(?:the )?\d{1,2}(?:st|nd"
    r"|rd|th|\.)(?=\s|[,;!?]|$)"
    r"|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
SOON = re.compile(
    r"\b(?:today|tonight|tomorrow|yesterday|this (?:morning|afternoon|evening|week|month|weekend|monday|tuesday"
    r"|wednesday"
    r"|thursday|friday|saturday|sunday)|last (?:week|month|year|time|night|\w+day)|next (?:week|month|\w+day)"
    r"|just now"
    r"|right now|at the moment|currently|earlier|meanwhile|\w+ ago"
    r"|heute|morgen früh|morgen (?:noch|kommt|geht)|gestern|vorhin|gerade eben|diese woche|nächste woche"
    r"|letzte woche|soeben|momentan|derzeit"
    r"|aujourd'hui|demain|hier|ce (?:matin|soir|jour)|cette semaine|la semaine (?:prochaine|dernière)"
    r"|en ce moment|actuellement"
    r"|hoy|ayer|esta (?:mañana|tarde|noche|semana)|la semana (?:que viene|pasada)|ahora mismo|actualmente)\b"
    # "a week ago"
    r"|\b(?:on|by|am|bis|this|next|last|le|el|before|after|since|until|from)\s+(?:next )?(?:mon|tues|wednes"
    r"|thurs|fri|satur|sun)day(?!s)\b"
    r"|\b(?:am|bis|seit|ab|vor)\s+(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b"
    r"|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b(?! au| à)|\bel (?:lunes|martes|miércoles"
    r"|jueves|viernes|sábado|domingo)\b",
    re.IGNORECASE,
)
WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|montags?|dienstags?|mittwochs?|donnerstags?|freitags?"
    r"|samstags?|sonntags?"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
)
RANGE = re.compile(rf"\b{WEEKDAY}\s*(?:to|till|until|through|bis|au|a|al|–|-)\s*{WEEKDAY}\b", re.IGNORECASE)
"""From Monday to Thursday: what the shop does every week."""
KIN = (
    r"(?:grand|step|god|great-?)?(?:mother|father|mum|mom|dad|mummy|daddy|parents?|sister|brother|son|daughter"
    r"|child)(?:s|-in-law|in-law)?"
    r"|granny|grandma|grandpa|gran|nan|nephew|niece|aunt(?:ie)?|uncle|cousin|husband|wife|hubby|fianc[ée]e?"
    r"|partner|girlfriend"
    r"|boyfriend|neighbou?r|widow(?:er)?|twins?|bab(?:y|ies)|toddler|flatmate|housemate|roommate|boss|kids?"
    r"|(?:groß|schwieger|stief|ur)?(?:mutter|vater|eltern|sohn|tochter)|mama|papa|oma|opa|schwester|bruder"
    r"|geschwister|enkel(?:in|kind)?(?:er|n)?"
    r"|neffen?|nichten?|tanten?|onkel|cousine?|(?:ehe)?(?:mann|frau|gatt(?:e|in))(?:es|s)?|verlobte[rn]?"
    r"|partnerin|freundin|freund(?:es)?|nachbar(?:in|n)?"
    r"|zwillinge?|chefin?|kinder|witwer?"
    r"|(?:grand-?|belle-?|beau-?)?(?:mère|père|maman|parents?|sœur|soeur|frère|fils|fille)s?|papy|mamie|neveu"
    r"|nièce|tante|oncle|cousine?"
    r"|mari|femme|épou(?:x|se)|compagne|compagnon|copine?|voisine?|jumeaux|bébé|veuve?|enfants?"
    r"|(?:abuel|hij|herman|sobrin|prim|suegr|cuñad|novi|espos|vecin|niet|tí)[oa]s?|madre|padre|mamá|papá|marido"
    r"|mujer|pareja|bebé|gemel[oa]s|viud[oa]|jefe|jefa"
)
YOURS = (
    r"(?:your|yours|my|our|his|her|their|ihr(?:e[mnrs]?)?|dein(?:e[mnrs]?)?|mein(?:e[mnrs]?)?|euer|eure[mnrs]?"
    r"|unser(?:e[mnrs]?)?|sein(?:e[mnrs]?)?|votre|vos|ton|ta|tes|mon|ma|mes|son|sa|ses|su|sus|tu|tus|mi|mis"
    r"|vuestr[oa]s?)"
)
WORK = (
    r"company|firm|office|employer|school|practice|firma|büro|arbeitgeber\\w*|schule|kanzlei|praxis|entreprise"
    r"|société|bureau|employeur|école|empresa|oficina|colegio|despacho"
)
OF_THEM = re.compile(
    rf"\b{YOURS}(?: \w+){{0,2}}? (?:{KIN}|{WORK})\b|\b(?:the|das|die|der|den|le|la|les|el|los|las) (?:bride"
    rf"|groom|couple|deceased|grandchildren|twins?|baby|babies|toddler|boss|widow|in-laws|braut|bräutigam"
    rf"|enkel(?:in|kinder)?|zwillinge|schwiegermutter|mariée?|jumeaux|bébé|novi[oa]s?|gemelos|bebé|niet[oa]s?)\b",
    re.IGNORECASE,
)
LIFE = re.compile(
    r"\b(?:wedding|married|marriage|honeymoon|divorc\w+|engag(?:ed|ement)|pregnan\w+|new ?born"
    r"|birth(?!days? cards?)\w*|anniversary|funeral|bereave\w*"
    r"|condolences?|passed away|died of|late (?:husband|wife|mother|father)|mourning|grief|your loss|retire(?:d"
    r"|ment)|laid off|redundan\w+|unemployed|bankrupt\w*|"
    r"congratulat\w+|jail|prison|arrest\w*|police|asylum|refugee|religio\w+|church|mosque|synagogue|ramadan"
    r"|muslim|jewish|christian|gay|lesbian|trans(?:gender)?"
    r"|hochzeit|verheiratet|scheidung|geschieden|verlob\w+|schwanger\w*|geburt\w*|jubiläum|beerdigung|trauer\w*"
    r"|beileid|verstorben\w*|gestorben|rente|arbeitslos\w*|glückwunsch\w*|polizei|gefängnis|kirche|moschee"
    r"|mariage|marié\w*|noces|divorc\w+|fiancé\w*|enceinte|naissance|anniversaire|enterrement|obsèques|deuil"
    r"|condoléances|décéd\w+|décès|retraite|chômage|félicitations|police|prison|église|mosquée"
    r"|boda|casad[oa]s?|divorci\w+|embaraz\w+|nacimiento|cumpleaños|aniversario|funeral|luto|pésame|falleci\w+"
    r"|jubilad[oa]|desemple\w+|felicidades|enhorabuena|policía|cárcel|iglesia|mezquita)\b",
    re.IGNORECASE,
)
HEALTH = re.compile(
    r"\b(?:allerg\w+|asthma\w*|diabet\w+|insulin|cancer|chemo\w*|tumou?r|surgery|operation|hospital\w*|clinic"
    r"|doctors?|physician|nurse|medic(?:al|ation|ine|ines)"
    r"|pills?|diseases?|illness(?:es)?|ill|sick(?:ness)?|unwell|depress\w+|anxi(?:ety|ous)|therap\w+"
    r"|wheelchairs?|disab\w+|blind(?:ness)?|deaf\w*|dementia|alzheimer\w*|parkinson\w*"
    r"|migraines?|epilep\w+|stroke|heart (?:attack|condition|trouble)|broken (?:leg|arm|hip|wrist|foot|ankle"
    r"|hand)|knee|hip|back pain|blood\w*|hiv|covid|flu|fever|rash|eczema|arthritis|rheumat\w+|adhd|autis\w+"
    r"|addict\w*|alcoholic\w*|rehab|hearing aid|prosthe\w+|crutch\w*|get well|recover(?:y|s|ed|ing)?|miscarriage"
    r"|psychiatr\w+"
    r"|allergi\w*|krebs\w*|operiert|krankenhaus\w*|klinik\w*|arzt\w*|ärzt\w*|krank\w*|medikament\w*|tabletten?"
    r"|depressi\w+|rollstuhl\w*|behindert\w*|demenz|herzinfarkt\w*|schlaganfall\w*|knie|hüfte|rücken\w*"
    r"|blutdruck\w*|gute besserung|genesung|unfall\w*|schmerz\w*|therapie\w*|pflegeheim\w*|reha"
    r"|asthme|diabète|diabétique|chimio\w*|opération|opéré\w*|hôpital|clinique|médecins?|malad\w+|médicaments?"
    r"|dépress\w+|fauteuil roulant|handicap\w*|démence|infarctus|genou|hanche|tension artérielle|rétabliss\w+"
    r"|grossesse|fausse couche|sida|douleurs?"
    r"|alergi\w*|alérgic\w*|asma|cáncer|quimio\w*|operación|operad[oa]|hospital\w*|clínica|médic[oa]s?|enferm\w+"
    r"|medicamentos?|pastillas|depresi\w+|silla de ruedas|discapaci\w+|demencia|infarto|rodilla|cadera|mejórese"
    r"|recupera\w*|dolor(?:es)?|sangre)\b",
    re.IGNORECASE,
)
SPECIAL = re.compile(
    r"\b(?:special (?:price|rate|discount|offer|deal|case)|just for you|only for you|(?:for|to) you (?:it|we|i"
    r"|\d)|for you (?:personally|alone|only|specially)|between (?:us|ourselves|you and me)|keep (?:it|that"
    r"|this) (?:quiet|secret|to yourself|between)"
    r"|don't tell|nobody else|exception(?:ally)?|as a (?:favou?r|regular|gesture|goodwill)|goodwill|good will"
    r"|friends? price|mates'? rates?|staff discount|on the house|on us|on me|off the record|confidential\w*"
    r"|unofficial\w*|secret(?:ly)?|loyal\w*|compensat\w+"
    r"|this once|once only|one-off|only this time|nur (?:dieses|diesmal|das eine) ?mal|einmalig|pour cette fois"
    r"|solo por esta vez"
    r"|sonderpreis\w*|sonderrabatt\w*|spezialpreis\w*|nur für (?:sie|dich|euch)|extra für (?:sie|dich)"
    r"|ausnahms\w+|unter uns|bleibt unter|nicht weitersagen|kulanz\w*|freundschaftspreis\w*|vertraulich\w*"
    r"|als stammkund\w+|geht aufs haus|schenken wir ihnen|stammkund\w+"
    r"|prix (?:spécial|d'ami)|rien que pour vous|seulement pour vous|juste pour vous|entre nous"
    r"|exceptionnellement|à titre exceptionnel|geste commercial|confidentiel\w*|ne le dites|cadeau de la maison"
    r"|offert pour vous|remise spéciale|client(?:e)? fidèle"
    r"|precio especial|solo para usted|sólo para usted|solo para ti|entre nosotros|excepcionalmente"
    r"|como excepción|confidencial\w*|no se lo diga|descuento especial|invita la casa|cortesía de la casa"
    r"|precio de amigo|cliente fiel)\b"
    r"|\b(?:for|für|pour|para) (?:you|sie|dich|vous|usted|ti)\b",
    re.IGNORECASE,
)
KEYS = re.compile(
    r"\b(?:password|passcode|passwort|kennwort|mot de passe|contraseña|pin(?: code| number|-?code)?|(?:door|gate"
    r"|alarm|access|safe) code|iban|bic|ending (?:in|with)|endet auf|endend auf|se termine par|termina en"
    r"|acaba en|terminad[oa] en|last (?:four|4) digits"
    r"|under the (?:mat|doormat|stone|pot)|unter der (?:matte|fußmatte)|sous le paillasson|debajo del felpudo"
    r"|key is|spare key|schlüssel (?:liegt|ist|hängt)|la clé est|la llave está)\b",
    re.IGNORECASE,
)
TITLED = re.compile(
    r"\b(?:mr|mrs|ms|miss|mx|dr|prof|sir|madam|lady|lord|rev|herrn?|frau|fräulein|familie|m\.|mme|mlle|madame"
    r"|monsieur|mademoiselle|maître|sr|sra|srta|señora?|señorita|don|doña|professor|doktor|docteur"
    r"|doctora?)\.?\s+(?-i:[A-ZÀ-ÞŠŽČŁŚŻ])",
    re.IGNORECASE,
)
GREETS = re.compile(
    r"\b(?:regards|greet\w*|greetings|love|best|hugs?|kiss\w*|hello|hi|thanks?|thank you|wishes"
    r"|cheers) (?:\w+ )?(?:to|from)\b|\b(?:say|give|send|tell|ask) (?:\w+ ){0,2}(?:hi|hello|thanks|love"
    r"|regards)\b|\bgr(?:ü|ue)(?:ß|ss)\w*\b|\bdanke\b|\bsagen sie\b|\bbonjour à\b|\bsaluez\b"
    r"|\bsalut(?:ations)? à\b|\bembrass\w+\b|\bmerci à\b|\bsaludos?\b|\bsalud[ea]\w*\b|\brecuerdos\b"
    r"|\bgracias a\b|\bdígale\b|\bdites(?:-lui| à)\b"
    r"|\b(?:tell|ask) (?!us\b|your|the\b|a\b|if\b|for\b|them\b|whoever|any|some|about|when|which|at\b|in\b)",
    re.IGNORECASE,
)
ME = re.compile(
    r"\b(?:i|i'\w+|me|my|mine|myself|ich|mir|mich|mein\w*|je|j'\w+|moi|mon|ma|mes|yo|mi|mis|mí|conmigo)\b",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"\b(?:he|she|him|her|hers|his|he's|she's|er hat|er ist|sie hat|sie ist|elle (?:a|est|va)|il (?:a|est|va)"
    r"|lui|él|ella)\b",
    re.IGNORECASE,
)
DONE = re.compile(
    r"\b(?:we|we've|we have|we had)(?: have| had|'ve| just| already| also)* (?:sent|shipped|posted|received"
    r"|refunded|found|got|gave|put|set|changed|noted|booked|reserved|saw|checked|looked|moved|added|removed"
    r"|restored|cancelled|canceled|credited|paid|called|phoned|asked|told|spoke|made|left|kept|packed|replaced"
    r"|corrected|deleted|entered|hid|agreed)\b"
    r"|\b(?:has|have|had|was|were|been|is|are) (?:now |just |already |been )*(?:noted|entered|reserved|booked"
    r"|cancelled|canceled|refunded|credited|restored|corrected|waiting|on (?:its|their) way|registered|arranged"
    r"|agreed)\b"
    r"|(?<!if )(?<!when )(?<!once )(?<!unless )(?<!until )\byou (?:(?:have|had|'ve) )?(?:forgot\w*|ordered"
    r"|bought|wrote|said|told|asked|sent|mentioned|paid|got|received|chose|wanted|were|had|missed|returned"
    r"|called|phoned|gave|owe|overpaid|signed)\b"
    r"|(?<!if )(?<!when )(?<!once )(?<!unless )(?<!until )\byour\b(?: [\w-]+){1,4}? (?:arrived|came|was|were|has"
    r"|had|is|are|went|left|got|goes|leaves|comes|expires|stands|lies|waits|sits|shows|says|looks|remains)\b"
    r"|\byours\b|\bby your|\b(?:wir|wir haben|haben) (?:\w+ ){0,6}?(?:haben|gefunden|fanden|erhalten|bekommen"
    r"|verschickt|geschickt|erstattet|eingetragen|reserviert|geändert|gebucht|hinterlegt|storniert|gelegt"
    r"|vermerkt|notiert)\b"
    r"|\bist (?:\w+ )?(?:eingetragen|angekommen|storniert|notiert|reserviert|unterwegs|hinterlegt|vermerkt)\b"
    r"|\b(?:ihre?[nmrs]?|deine?[nmrs]?) [\w-]+ (?:ist|war|wurde|kam|kommt|hat|geht|liegt|wartet|steht|beträgt"
    r"|läuft|lautet|endet)\b|\bsie (?:haben|hatten) (?:\w+ ){0,5}?(?:bestellt|vergessen|gekauft|geschrieben"
    r"|bezahlt|gesagt|erzählt|erwähnt|verpasst)\b"
    r"|\b(?:nous|on) (?:avons|a|vous avons|l'avons|les avons)\b|\bvous (?:avez|aviez|étiez|m'avez|nous avez)\b"
    r"|\b(?:le|la|les) vôtres?\b|\bvotre (?:[\w'-]+ ){1,3}(?:est|a|sera|part|partira|arrive|était|reste"
    r"|se trouve|expire|attend)\b|\bce sera\b"
    r"|\b(?:hemos|le hemos|ha quedado|quedan?|lo he|la he)\b(?! en la tarjeta)|\b(?:usted )?(?:ha|había"
    r"|ustedes han) (?:olvidado|pedido|comprado|escrito|pagado|dicho)\b|\bsu (?:[\w-]+ ){1,3}(?:está|es|tiene"
    r"|llegó|ha|sale|será|fue|queda|espera|caduca)\b|\bel suyo\b|\bla suya\b"
    r"|\b(?:nos|me) (?:ha |había )?(?:mand|envi|regal|escrib|pregunt|cont|llam|pag|d|dij|ped|pid|trai|traj|devolv)"
    r"(?:ó|o|ió|ado|ido|icho)\b",
    re.IGNORECASE,
)
BINDS = re.compile(
    r"\b(?:we'll|we will|we shall|we are going to|we're going to|i'll|will (?:let you|write|call|send|refund)"
    r"|wait for (?:my|our)|as agreed|as promised|promised?|we're sending|we are sending|you'll (?:have|get|hear"
    r"|receive)|you will (?:have|get|hear|receive)|(?:is|are) (?:already )?(?:in the (?:post|mail)|on (?:its"
    r"|their|the) way)|leaves (?:on|for))\b"
    r"|\b(?:wir werden|wir schicken ihnen|wir melden uns|bescheid|versprochen|versprech\w+|wie vereinbart"
    r"|wie besprochen|bekommen sie am|halten wir (?:sie|ihnen))\b"
    r"|\b(?:nous allons|nous vous (?:enverrons|envoyons|rembourserons|rappellerons|tiendrons)|comme convenu"
    r"|promis|promets|partira|recevrez|aurez)\b"
    r"|\b(?:vamos a|le (?:enviaremos|enviamos|mandamos|avisaremos|llamaremos|devolveremos)|te (?:mandamos"
    r"|enviamos|avisamos)|les? avis\w+|prometid\w+|prometemos|como acordamos|recibirá|tendrá)\b",
    re.IGNORECASE,
)
TO_ONE = re.compile(
    r"\b(?:typo|misspel\w+|mistyped|again|photos?|pictures?|drawing|screenshot|attached|attachment(?! of)|sorry"
    r"|apolog\w+|thank\w*|thanks|poor (?:thing|you|plant)|glad|happy to hear|no worries|don't worry"
    r"|no need to worry|enjoy|good luck|welcome back|as you (?:say|said|wrote|know)|like you"
    r"|tippfehler|vertippt|foto\w*|bilder?|zeichnung|anbei|tut (?:mir|uns) leid|entschuldig\w*|schade|freut uns"
    r"|viel (?:spaß|glück|freude)|keine sorge|wie sie (?:schreiben|sagen|wissen)|noch einmal|nochmal"
    r"|faute de frappe|photos?|image|ci-joint\w*|désolée?s?|pardon|excus\w+|merci|ravie?s?|bonne chance"
    r"|soyez tranquille|pas d'inquiétude|comme vous"
    r"|errata|error de escritura|fotos?|imagen|adjunt\w+|lo siento|lo sentimos|perdón|disculp\w+|gracias|suerte"
    r"|no se preocupe|tranquil[oa]|como usted)\b"
    r"|^(?:and|but|then|und|aber|dann|et|mais|y|pero)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"[“„«\"‘]\s?[^“”„«»\"‘]{2,200}[”“»\"]")
STREET = re.compile(
    r"\b(?:(?-i:[A-ZÀ-Þ])[\w'-]+ (?:street|st\.|road|rd\.?|lane|avenue|ave\.?|drive|close|square|terrace|mews"
    r"|walk|row|court|crescent|hill|gardens?|cottage|house|farm|view|way|place|quay)"
    r"|(?-i:[A-ZÄÖÜ])\w+(?:straße|strasse|str\.|gasse|weg|platz|allee|ufer|damm|ring)|(?:rue|avenue|boulevard"
    r"|impasse|allée|quai|chemin|place|calle|avenida|plaza|paseo|camino|carrer"
    r"|vía) (?:\w+ ){0,3}?(?-i:[A-ZÀ-Þ])\w+"
    # Written small, it takes the number of the house to know a street.
    r"|\d{1,4}\w? (?:\w+ ){1,3}(?:street|st|road|rd|lane|avenue|ave|drive|close|square|terrace|mews|walk|row"
    r"|court|crescent|hill|gardens?|cottage|quay)"
    r"|\w+(?:straße|strasse|str\.|gasse|weg|platz|allee|ufer|damm|ring) \d+|\d+,? (?:rue|avenue|boulevard"
    r"|impasse|allée|quai|chemin|place) \w+|(?:calle|avenida|plaza|paseo|camino|carrer) (?:\w+ ){1,4}\d+"
    r"|(?:garage|shed|porch|doorstep|letterbox|mailbox|carport|bin|meter cupboard) (?:of|at|behind|next)"
    r"|(?:behind|under|in|beside) the (?:\w+ )?(?:bin|garage|shed|porch|doormat|letterbox|carport)"
    r"|(?:flat|apartment|apt\.?|floor|room|unit|suite|wohnung|etage|stock|zimmer|appartement|appt\.?|étage"
    r"|bâtiment|piso|puerta|planta) \d+|\d+(?:st|nd|rd|th|\.|er|e|ème|º|ª)? (?:floor|stock|etage|étage|piso"
    r"|planta)"
    r"|(?:locker|box|po box|postfach|fach|schließfach|casier|taquilla|apartado|table|tisch|kasse|till) (?:no\.? "
    r"|nr\.? )?\d+|by the (?:window|door)|ring (?:the )?bell|klingel\w*|buzzer|interphone|timbre|second bell)\b",
    re.IGNORECASE,
)
FOR = re.compile(r"\b(?:for|familie|family|chez|pour|para)\s+$", re.IGNORECASE)
VERB_AFTER_NAME = (
    r"(?:is|was|has|had|will|would|can|could|may|said|says|wants|wanted|asked|asks|told|tells|likes|loves|needs"
    r"|wrote|called|picks?|picked|takes?|took|knows|lives|works|sends|sent|and (?-i:[A-Z])"
    r"|ist|war|hat|hatte|wird|kann|sagt|möchte|holt|weiß|wohnt|freut|und (?-i:[A-Z])|a |est|était|va|peut|veut"
    r"|dit|habite|et (?-i:[A-Z])|ha|está|es|era|puede|quiere|dice|vive|y (?-i:[A-Z]))"
)
FIRST_NAME = re.compile(rf"^(?P<name>[^\W\d_]+)(?:'s|’s)?\s+(?:also |still |just )?{VERB_AFTER_NAME}\b", re.IGNORECASE)
DETERMINED = re.compile(
    r"\b(?:(?:der|die|das|den|dem|des|ein\w*|kein\w*|jede[nmrs]?|alle[nmr]?|diese[nmrs]?|zum|zur|im|am|beim|vom|ins|ans"
    r"|viele?|wenig|mehr|ohne|pro|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\d+)\s+(?:\w+(?:e|en|er|es|em)\s+)?"
    r"|^\w+(?:e|en|er|es|em)\s+)$",
    re.IGNORECASE,
)
NOUN = re.compile(
    r"(?:ung|heit|keit|schaft|tion|tät|nis|chen|tum|ment|age|enz|anz|ität|erde|wasser|luft|pflanzen?|blätter"
    r"|blatt|topf|töpfe)(?:en|s|e)?$"
)
LEADING = re.compile(
    r"^(?:(?:yes|no|nope|yep|sure|ok|okay|ja|nein|doch|oui|non|sí|si|no|hmm|oh|ah|well|hi|hello|hey|dear|moin"
    r"|hallo|hi there|lieber?|liebe|hola|bonjour|sorry|alas|sadly|so)\b[,.!:;]\s*(?:(?:please|sorry|but|aber"
    r"|mais|pero)[,:]\s*)?)+",
    re.IGNORECASE,
)
CALLED = re.compile(
    r"^(?:(?:hi|hello|hey|dear|moin|hallo|lieber?|liebe|hola|bonjour|chère?|querid[oa])\s+)?(?:(?:mr|mrs|ms|dr"
    r"|frau|herr)\.?\s+)?(?P<name>[^\W\d_]+(?:[-'’][^\W\d_]+)*)\s*[,:!]\s+(?=\S)",
    re.IGNORECASE,
)
CAPITAL = re.compile(r"[A-ZÀ-ÞĀĆČĐĒĘĞĪŁŃŌŐŒŘŚŞŠŪŹŻŽ]")

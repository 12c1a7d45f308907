"""German: who is a group, what is a claim about one, and what is only a service, an offer or a way in."""

NATION = r"""(?:(?:deutsche|französische|polnische|türkische|italienische|russische|syrische|arabische
    |chinesische|afrikanische|asiatische|spanische
    |griechische|rumänische|bulgarische|ukrainische|serbische|kroatische|kurdische|afghanische|irakische
    |iranische|indische|vietnamesische|japanische|koreanische|amerikanische|britische|englische
    |österreichische|schweizer(?:ische)?
    |niederländische|holländische|dänische|schwedische|norwegische|finnische|tschechische|ungarische
    |portugiesische|brasilianische|nigerianische|südländische|osteuropäische|nordische|muslimische|jüdische
    |christliche|katholische|evangelische
    |orthodoxe|hinduistische|buddhistische)[nrms]?)"""
ADJ = rf"""(?:(?:älter|alt|jung|jünger|betagt|weiblich|männlich|schwul|lesbisch|bisexuell|queer
    |trans(?:gender|sexuell)?|gehörlos|taub|blind|schwerhörig|sehbehindert|hörbehindert|behindert|gehbehindert
    |körperbehindert
    |autistisch|legasthen|dement|depressiv|schwarz|weiß|farbig|ausländisch|eingewandert|geflüchtet|zugewandert
    |religiös|gläubig|arm|ärmer|reich|reicher|wohlhabend|arbeitslos|ungebildet|gebildet|alleinerziehend|ledig
    |geschieden
    |verwitwet|verheiratet|kinderlos|schwanger|dick|übergewichtig|ländlich|einfach|fremd
    |verschleiert)e?[nrms]?|{NATION})"""
PERSON = r"""(?:Leuten?|Menschen?|Personen?|Kunden?|Kundinnen(?:\s+und\s+Kunden)?|Kundin|Käufern?
    |Käuferinnen|Frauen?|Männern?|Mann|Damen?|Herren?|Herrn|Mädchen|Jungs|Familien?|Eltern|Müttern?|Mütter
    |Mutter|Vätern?|Vater|Paaren?
    |Mitbürgern?|Nutzern?|Besuchern?|Gästen?|Kollegen|Studenten|Bürgern?|Kreise|Typen|Burschen|Generationen?
    |Rentner)"""
SOMEONE = rf"(?:{PERSON}|jemand(?:en|em)?|jeder|einer|eine|einen|einem|die|den|viele|andere)"
NOUN_MANY = r"""(?:Frauen|Männer|Männern|Damen|Herren|Mädchen|Jungs|Senioren|Seniorinnen|Rentner(?:n
    |innen)?|Alte|Alten|Ältere|Älteren|Junge|Jüngere|Jugendliche|Teenager|Großmütter|Omas|Opas|Mütter|Väter
    |Hausfrauen|Witwen|Singles|Alleinerziehende|Studenten|Studierende
    |Ausländer(?:n|innen)?|Einwanderer|Migranten|Migrantinnen|Flüchtlinge|Geflüchtete|Zugewanderte|Schwule
    |Lesben|Homosexuelle|Muslime|Musliminnen|Juden|Jüdinnen|Christen|Katholiken|Hindus|Buddhisten|Atheisten
    |Gläubige|Behinderte|Blinde|Taube|Gehörlose|Schwerhörige
    |Sehbehinderte|Autisten|Rollstuhlfahrer(?:innen)?|Arme|Reiche|Arbeitslose|Deutsche|Deutschen|Türken
    |Türkinnen|Polen|Polinnen|Italiener(?:innen)?|Franzosen|Französinnen|Russen|Russinnen|Spanier|Griechen
    |Araber|Syrer|Chinesen|Japaner|Afrikaner|Asiaten|Amerikaner|Engländer
    |Briten|Österreicher|Schweizer|Holländer|Niederländer|Dänen|Schweden|Norweger|Rumänen|Bulgaren|Ukrainer
    |Serben|Kroaten|Kurden|Afghanen|Iraker|Inder|Vietnamesen|Roma|Südländer|Osteuropäer|Schwarze|Weiße
    |Dorfbewohner|Stadtmenschen|Landbewohner)"""
NOUN_ONE = r"""(?:Frau|Mann|Dame|Herr|Mädchen|Junge|Senior(?:in)?|Rentner(?:in)?|Großmutter|Großvater|Oma
    |Opa|Teenager|Jugendliche[rn]?|Mutter|Vater|Mama|Hausfrau|Witwe[r]?|Single|Alleinerziehende[rn]?
    |Ausländer(?:in)?|Einwanderer|Migrant(?:in)?|Flüchtling|Schwule[rn]?|Lesbe
    |Muslim(?:in|a)?|Jude|Jüdin|Christ(?:in)?|Katholik(?:in)?|Hindu|Atheist(?:in)?|Blinde[rn]?|Gehörlose[rn]?
    |Behinderte[rn]?|Autist(?:in)?|Rollstuhlfahrer(?:in)?|Deutsche[rn]?|Türk(?:e|in)|Pol(?:e|in)
    |Italiener(?:in)?|Franzose|Französin|Russ(?:e|in)|Spanier(?:in)?|Grieche|Griechin|Araber(?:in)?
    |Syrer(?:in)?|Chines(?:e|in)|Japaner(?:in)?|Afrikaner(?:in)?|Asiat(?:in)?|Amerikaner(?:in)?
    |Engländer(?:in)?|Brite|Österreicher(?:in)?|Schweizer(?:in)?|Holländer(?:in)?|Däne|Dänin|Schwede|Schwedin
    |Rumän(?:e|in)|Ukrainer(?:in)?|Kurd(?:e|in)|Ältere[rn]?|Student(?:in)?)"""
WITH = r"""(?:mit\s+(?:einer\s+|einem\s+|Ihrer\s+|Ihrem\s+|solch\w*\s+)?(?:\w+\s+){0,1}?(?:Behinderung\w*
    |Autismus|Akzent|Namen|Hintergrund|Migrationshintergrund|Einkommen|Kopftuch|Hautfarbe)|im\s+Rollstuhl
    |(?:über|unter|jenseits\s+der|ab)\s+(?:dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|\d\d)
    |aus\s+(?:Ihrem|diesem|dem|Ihrer|dieser|der|solchen?|einem|einer)?\s*(?:\w+\s+){0,1}?(?:Land|Ländern
    |Kultur|Kulturkreis|Gegend|Region|Dorf|Ecke|Schicht|Ausland|Osten|Süden|Viertel|Stadtteil)
    |aus\s+(?-i:[A-ZÄÖÜ]\w+)|in\s+(?:Ihrem|diesem|dem)\s+Alter|Ihres\s+Alters|ihrer\s+Generation)"""
GROUP_MANY = rf"(?:{NOUN_MANY}(?:\s+{WITH})?|{ADJ}\s+{PERSON}|{PERSON}\s+{WITH})"
GROUP_ONE = rf"""
    (?:(?:ein(?:e[nrm]?)?\s+|der\s+|die\s+)?(?:{ADJ}\s+)*(?:{NOUN_ONE}|{ADJ}\s+{PERSON})(?:\s+{WITH})?
    |jemand(?:en|em)?\s+{WITH}|{PERSON}\s+{WITH})"""
TRAIT = r"""
    (?:Alter(?!sgruppe)|Generation|Jahren|Geschlecht|Herkunft|Hintergrund|Hautfarbe|Religion|Glauben?|Kultur
    |Nationalität|Bildung|Einkommen|Lebenslage|Lebensphase|Behinderung|Einschränkung|Art|Sorte|Schlag|Schlages
    |Akzent|Kreisen|Volk|Landsleuten?|Kulturkreis|Stand|Figur)"""
ACCESS = r"""
    (?:gehörlos|taub|blind|schwerhörig|sehbehindert|hörbehindert|behinder|rollstuhl|autis|legasthen|mobilit
    |gehbehindert)"""
HARD = r"""
    (?:zu|genug|erstaunlich\w*|überraschend\w*|beachtlich\w*|ungewöhnlich\w*|selten|schwierig|schwer
    |kompliziert|anstrengend|verwirrend|einfach|leichte?[rnsm]?|machbar|gut|perfekt|ideal|besser|bestens
    |normal|typisch|üblich|natürlich|recht|ziemlich|sehr|nichts|kaum|geeignet|gedacht|beliebt|schön|praktisch
    |viel)"""
YOU = r"(?:Sie\b|Ihnen\b|Ihr(?:e[nmrs]?)?\b|du\b|dir\b)"

NAMING = [
    (
        "like you",
        True,
        rf"""
        \b(?:{SOMEONE}|{NOUN_MANY}|{NOUN_ONE})(?:\s+{WITH})?,?\s+(?:so\s+|genau\s+)?wie\s+(?:Sie|Ihnen|du|dir
        |dich|euch)\b(?!\s+(?:sehen|wissen|möchten|wollen|schreiben|sagen|es|uns|das|den|die|in|bestellt
        |geschrieben))""",
    ),
    (
        "like you",
        True,
        rf"""
        \b{SOMEONE}\s+in\s+(?:Ihrer|Ihrem|deiner)\s+(?:Lage|Situation|Position|Zustand|Verfassung)\b
        |\b(?:Ihresgleichen|deinesgleichen)\b|\bwie\s+(?:die\s+meisten|alle|viele
        |so\s+viele)\s+(?:{GROUP_MANY})\b|\bso\s+sind\s+(?:sie\s+|die\s+)?(?:{GROUP_MANY})\b""",
    ),
    (
        "your kind",
        True,
        rf"""
        \b(?:in|für|bei|wegen|trotz|angesichts|mit|aufgrund|von)\s+(?:Ihr|dein)(?:em|er|en|es
        |e)?\s+(?:hohen\s+|fortgeschrittenen\s+|jungen\s+|stolzen\s+)?{TRAIT}\b(?!\s+(?:der|des|von
        |und\s+Weise)\b)|\b{SOMEONE}\s+(?:in|von|mit|aus)?\s*Ihr(?:em|er|es|en)\s+{TRAIT}\b
        |\bIhres\s+(?:Alters|Schlages|Geschlechts|Glaubens|Standes)\b""",
    ),
    (
        "your kind",
        True,
        rf"""
        \b(?:ihr|Ihr|Sie|euch)\s+(?:{NOUN_MANY})\b(?!\s+(?:in|und\s+Herren|pf?l))|\bIhre\s+(?:Leute|Landsleute
        |Generation)\b""",
    ),
    (
        "your kind",
        False,
        rf"""
        \b(?:{SOMEONE}\s+)aus\s+(?:Ihrem\s+(?:Land|Heimatland|Kulturkreis|Viertel|Dorf)|Ihrer\s+(?:Gegend
        |Region|Kultur|Heimat))\b|\bbei\s+Ihnen\s+zu\s+Hause\b|\bin\s+Ihr(?:er|em)\s+(?:Kultur|Religion|Land
        |Heimat|Kreisen)\b|\b(?:dort|da),?\s+wo\s+Sie\s+herkommen\b""",
    ),
    (
        "as one of them",
        True,
        rf"""
        \b(?:als|gerade\s+als)\s+(?:{GROUP_ONE})[^.,;!?]{{0,20}}\s+(?:werden|wissen|mögen|lieben|können
        |brauchen|wollen|möchten|haben|sind|kennen|müssen|sollten|bevorzugen|interessieren|finden|tun
        |verstehen|dürften|würden|kommen|freuen|ist|wird|fällt|gefällt|kennt)\s+(?:{YOU}|es|das)""",
    ),
    (
        "as one of them",
        True,
        rf"""
        \b(?:da|weil|wenn|nachdem)\s+Sie\s+(?:ja\s+|schon\s+|noch\s+|bereits\s+)?(?:{GROUP_ONE}
        |aus\s+(?-i:[A-ZÄÖÜ]\w+)|(?:über\s+)?\d\d|{ADJ})(?:\s+(?:Jahre\s+(?:alt\s+)?)?(?:sind|kommen
        |stammen))?,\s*\w+\s+(?:sich\s+)?(?:Sie\b|Ihnen\b|es|das)""",
    ),
    ("as one of them", True, rf"\b(?:Sie|du)\s[^.;!?]{{0,60}}\bals\s+(?:{GROUP_ONE})\b"),
    (
        "measured by a group",
        True,
        rf"""
        \b{HARD}\b(?:\s+(?!für\b|bei\b)[\wäöüß-]+){{0,4}}\s+(?:für|bei|unter)\s+(?:die\s+meisten\s+|viele\s+
        |unsere\s+|alle\s+)?(?:{GROUP_MANY}|(?:eine?[nr]?|die|den)\s+(?:{ADJ}\s+)*(?:{NOUN_ONE}
        |{ADJ}\s+{PERSON})|jemand(?:en|em)?\s+{WITH})(?!\s+(?:ab|unter|bis)\s+\d)\b""",
    ),
    (
        "measured by a group",
        True,
        rf"""
        (?:^|[,;:–]\s*)für\s+eine[nr]?\s+(?:{ADJ}\s+)*(?:{NOUN_ONE}|{ADJ}\s+{PERSON})\s+(?:kennen|wissen|haben
        |sind|können|machen|verstehen|ist|war)\b|\b(?:kennen|wissen|sind|haben|machen|verstehen|sprechen
        |können)\s+Sie\s[^.;!?]{{0,40}}\bfür\s+eine[nr]?\s+(?:{ADJ}\s+)*(?:{NOUN_ONE}|{ADJ}\s+{PERSON})\b""",
    ),
    (
        "measured by a group",
        True,
        rf"""
        \b(?:sogar|selbst|auch)\s+(?:{GROUP_MANY}|(?:Ihre|eine?|meine
        |die)\s+(?:{ADJ}\s+)*{NOUN_ONE})\s+(?:kann|können|schafft|schaffen|versteht|verstehen|kommt|kommen
        |bedient|weiß|wissen)|\b(?:sogar|selbst)\s+(?:Ihre|eine?|meine|die)\s+(?:{ADJ}\s+)*{NOUN_ONE}\b
        |\btypisch\s+(?:für\s+)?(?:{GROUP_MANY}|{NOUN_ONE}|{NATION})""",
    ),
    (
        "a whole group",
        False,
        rf"""
        (?<!für\s)(?<!an\s)(?<!von\s)(?<!unsere\s)(?<!liebe\s)(?<!geehrte\s)(?<!und\s)\b(?:{GROUP_MANY})\b(?!\s+(?-i:[A-ZÄÖÜ]))(?!\s*(?:handschuhe
        |größen|abteilung|toilette|schuhe|und\s+Herren))""",
    ),
    (
        "a whole group",
        False,
        rf"""
        \b(?:jede[rs]?|keine?|eine?|die\s+typische|der\s+typische)\s+(?:{ADJ}\s+)*(?:{NOUN_ONE})\b(?=\s+(?:mag
        |liebt|braucht|will|weiß|kann|versteht|ist|hat|würde|sollte|gehört))|\b(?:tun|fällt|fallen|brauchen
        |mögen|haben|sind|können|kaufen|bestellen|wollen|bevorzugen|lieben|zahlen)\s+(?:sich\s+
        |es\s+)?(?:{GROUP_MANY})\b""",
    ),
]
GENERAL = r"""meist|meistens|normalerweise|gewöhnlich|in\s+der\s+Regel|üblicherweise|immer|stets|oft
    |häufig|generell|von\s+Natur\s+aus|eben|nun\s+mal|einfach|bekanntlich|natürlich|alle|manchmal|wohl|gern
    |gerne|eher|wahrscheinlich|sicher"""
CLAIM = rf"""\b(?:{GENERAL}|nie|niemals|selten|kaum|nicht|kein\w*|mögen|mag|lieben|liebt|bevorzug\w+
    |hass\w+|wollen|will|wünschen|kennen|wissen|weiß|versteh\w+|tun\s+sich|tut\s+sich|find\w+|kümmern|sorgen
    |schätzen|erwart\w+|beschwer\w+|feilsch\w+|handeln|lügen|betrüg\w+|sparen|fürcht\w+|glaub\w+|denken
    |vertrau\w+|lernen|vergess\w+|schaffen|kommen\s+(?:mit|schlecht|gut|besser|nicht)|haben\s+(?!Zugang
    |Zutritt|Anspruch|freien)|hat\s+(?!Zugang|Anspruch)|zahlen\s+(?!weniger|keinen|nur|den|Zoll|die\s+Hälfte)
    |kaufen|wählen|brauchen\s+(?!nur|keinen?\s+(?:Termin|Ausweis)|einen\s+Ausweis|eine\s+Karte)|greifen|neigen
    |gelten\s+als|können\s+(?:\w+\s+){{0,3}}?(?:nicht|besser|gut|schlecht)
    |sind\s+(?!(?:\w+\s+){{0,4}}?(?:willkommen|eingeladen|zugelassen|berechtigt)|willkommen|herzlich
    |eingeladen|berechtigt|frei|ausgenommen|gebeten|da\b|hier\b|am\b|im\b|in\b|bei\b|jederzeit|auf\b
    |zugelassen)|ist\s+(?!willkommen|herzlich|eingeladen|frei))"""
SERVICE = r"""\b(?:(?:können|kann|dürfen|darf|könnten)\s+(?:\w+[,\s]+){0,5}?(?:erhalten|bekommen|bezahlen
    |eintreten|hineinkommen|parken|nutzen|benutzen|erreichen|anrufen|schreiben|melden|anmelden|buchen
    |bestellen|abholen|mitbringen|wählen|besuchen|sitzen|teilnehmen|fragen|zurückgeben|kommen|lesen|hören)
    |erhalten|erhält|bekommen|bekommt|zahlen\s+(?:weniger|keinen|nur|den|Zoll|die\s+Hälfte|\d)
    |(?:haben|hat)\s+(?:Zugang|Zutritt|Anspruch|freien)|(?:sind|ist)\s+(?:\w+\s+){0,4}?(?:willkommen|eingeladen
    |berechtigt|frei|ausgenommen|gebeten|zugelassen)|sollten?\s+(?:\w+\s+){0,4}?(?:meiden|tragen
    |nicht\s+(?:anfassen|heben|essen)|fragen)|müssen\s+(?:\w+\s+){0,3}?(?:begleitet|zeigen|vorlegen|warten
    |zahlen)|erreichen|kommen\s+(?:durch|über|in|ins)|finden\s+(?:den|die|das|uns)|schreiben|schrieb\w*
    |fragte\w*|kauften|bestellten|waren|wurden|war|wurde|helfen|hilft|arbeiten|arbeitet|wohnen|Rabatt
    |ermäßigt\w*)\b"""
DENIAL = r"""\b(?:nicht\s+alle|nicht\s+jeder|unabhängig|egal|gleichgültig|jeden\s+Alters
    |aller\s+Altersgruppen|Vorurteil\w*|Klischee\w*|Umfrage|Studie|Statistik\w*|für\s+alle\s+gleich|(?:nie
    |niemals|nicht)\s+(?:annehmen|unterstellen|behaupten|glauben,?\s+dass))\b"""
WARM = r"""\b(?:dank\w*|froh|freuen|stolz|glücklich|machen\s+(?:uns|unseren)|verdien\w+|Freude|Vergnügen
    |schätzen\s+wir)\b"""
FACILITY = r"""(?:eingang|tür|rampe|aufzug|toilette|stufe|treppe|telefon|schrift|screenreader|seite
    |parkplatz|gang|schleife|untertitel|gebärden|braille|führhund|audio|barriere|brief|mail|chat|tisch|klingel
    |sitz|platz|bus|führung|tresen|theke)"""

"""English: who is a group, what is a claim about one, and what is only a service, an offer or a way in."""

PERSON = r"""(?:people|persons?|customers?|clients?|buyers?|shoppers?|folks?|guys?|adults?|users?
    |visitors?|guests?|families|family
    |households?|couples?|parents?|mothers?|fathers?|mums?|moms?|dads?|men|women|man|woman|ladies|lady
    |gentlem[ea]n|girls?|boys?|kids
    |students?|drivers?|gardeners?|citizens?|communit(?:y|ies)|generations?|colleagues?|fellows?|individuals?
    |friends)"""
SOMEONE = rf"(?:{PERSON}|someone|somebody|anyone|anybody|everyone|those|one|others|most|many|us)"
ACCESS = r"""deaf|blind|hard[ -]of[ -]hearing|(?:visually|hearing|sight)[ -]impaired|partially\ sighted
    |disab(?:led|ilit\w+)|wheelchair|autis\w+|dyslexi\w+
    |mobility|impairments?|neurodivergent|paralyzed|amputees?|epilep\w+|crutches|low\ vision|hearing\ loss
    |on\ the\ spectrum|adhd|stutter\w*"""
NATION = r"""(?-i:(?!(?:Spanish|Polish)\s+moss)[A-Z][a-z]{1,12}(?:ish|ese|ian|ean|ican|uan|ani|aqi|eli|rab
    |wiss|hai|lavic|ench|utch|reek|erman)
    |German|French|Dutch|Greek|Swiss|Thai|Arab|Arabic|Czech|Slavic|Asian|African|Mexican|Roma|Muslim|Jewish
    |Christian|Catholic|Protestant|Orthodox
    |Hindu|Sikh|Buddhist|Iraqi|Israeli|Pakistani|Afghan|American|European|Latino|Latina|Hispanic|Kurdish
    |Somali|Eastern\ European|Southern|Northern)"""
ADJ = rf"""(?:(?:very|quite|rather|more|so)\s+)?(?:old(?:er)?|elderly|young(?:er)?|middle-aged|aged|senior
    |female|male|gay|lesbian|bisexual|queer
    |trans(?:gender|sexual)?|non-?binary|intersex|asexual|heterosexual|homosexual|deaf|blind
    |hard[ -]of[ -]hearing|(?:visually|hearing|sight|physically|mentally)[ -](?:impaired|disabled|ill)
    |partially\ sighted|disabled|handicapped|autistic|dyslexic|bipolar|epileptic|diabetic|depressed|anxious
    |neurodivergent|paralyzed|wheelchair-(?:bound|using)
    |black|white|brown|coloured|colored|mixed-race|indigenous|native|foreign|immigrant|migrant|refugee
    |asylum-seeking|religious|devout|veiled|atheist|secular
    |poor(?:er)?|rich(?:er)?|wealthy|low-income|high-income|working-class|middle-class|upper-class|unemployed
    |uneducated|well-educated|retired|single|divorced|widowed|married
    |unmarried|childless|pregnant|fat|overweight|obese|slim|thin|short|tall|rural|urban|{NATION})"""
NOUN_MANY = r"""(?:the\ (?:young|old|elderly|aged|deaf|blind|disabled|poor|rich|unemployed)
    (?=\s+(?:usually|always|often|never|rarely|tend|are|aren|do|don|have|can|cannot|will|won|need|like|love|prefer
    |want|find|know|hate|should|must)\b)
    |women|(?-i:men|Men)(?!['’])|ladies|gentlemen|girls|boys|females|males|pensioners
    |seniors|senior\ citizens|retirees|elders|grand(?:mothers|fathers|parents)|grannies|grandmas
    |grandpas|teenagers|teens|youngsters|youths|millennials|boomers|gen\ z
    |mothers|fathers|mums|moms|dads|single\ (?:mothers|mums|moms|fathers|dads|parents)|housewives|housewifes
    |wives|husbands|widows|widowers|bachelors|singles|immigrants|migrants|foreigners|refugees|expats
    |asylum\ seekers|gays|lesbians|homosexuals|atheists|believers|autistics|wheelchair\ users|amputees
    |diabetics|vegans|nuns|farmers|students|country\ folk|city\ (?:people|folk|dwellers)|villagers
    |(?-i:(?!(?:Plans|Fans|Pans|Vans|Cans|Beans|Means|Jeans|Loans|Humans|Guardians|Librarians|Musicians
    |Technicians|Veterinarians|Electricians|Geraniums)\b)[A-Z][a-z]{1,12}(?:ians|eans|cans|ards|rmans|omans
    |anis)
    |Germans|Greeks|Turks|Poles|Danes|Swedes|Finns|Scots|Arabs|Jews|Muslims|Christians|Catholics|Hindus|Sikhs
    |Buddhists|Brits|Kurds|Serbs|Croats|Czechs|Swiss|Thais|Africans|Asians|Spaniards|Iraqis|Gypsies|Latinos
    |Frenchmen|Englishmen|Irishmen|Dutchmen|Afghans|Roma|Protestants|Romanians|the\ (?:French|English|Dutch
    |Irish|Spanish|Chinese|Japanese|British|Swiss)))"""
NOUN_ONE = r"""(?:woman|man|lady|gentleman|girl|boy|female|male|pensioner|senior|senior\ citizen|retiree
    |grand(?:mother|father|parent)|granny|grandma|grandpa|teenager|teen|youngster|millennial|boomer|mother
    |father|mum|mom|mummy
    |dad|single\ (?:mother|mum|mom|father|dad|parent)|housewife|wife|husband|widow|widower|bachelor|immigrant
    |migrant|foreigner|refugee|expat|lesbian|homosexual|atheist|believer|wheelchair\ user|amputee|diabetic|nun
    |farmer
    |(?-i:German|Greek|Turk|Pole|Dane|Swede|Finn|Scot|Arab|Jew|Muslim|Christian|Catholic|Hindu|Sikh|Buddhist
    |Brit|Kurd|Serb|Croat|Czech|Swiss|African|Asian|Spaniard|Iraqi|American|European|Frenchman|Englishman
    |Irishman|Protestant
    |[A-Z][a-z]{1,12}(?:ian|ean)))"""
WITH = rf"""(?:(?:with|living\ with)\s+(?:an?\s+|your\s+|such\s+an?\s+
    |the\s+)?(?:\w+\s+){{0,2}}?(?:disabilit\w+|autism|dyslexia|adhd|depression|anxiety|diabetes|accents?
    |names?|backgrounds?|incomes?|headscar\w+|impairments?|conditions?|skin)
    |in\s+(?:a\s+)?wheelchairs?|(?:over|past|above|under|below|beyond
    |in\s+their)\s+(?:the\s+age\s+of\s+)?(?:thirty|thirties|forty|forties|fifty|fifties|sixty|sixties|seventy
    |seventies|eighty|eighties|\d\ds?)
    |(?:from|in|of|out)\s+(?:the\s+|your\s+|that\s+|a\s+|this\s+)?(?:(?!(?:our|this|the
    |your)\b)[\w’'-]+\s+){{0,2}}?(?:country|culture|religion|faith|region|village|town|city|countryside
    |colou?r|gender|sex|age|origin|class|background|generation|part\s+of\s+(?:the\s+)?\w+|neighbou?rhood
    |countries)
    |from\s+(?-i:(?!(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|March|April|May|June
    |July|August|September|October|November|December)\b)[A-Z]\w+)(?:\s+(?-i:[A-Z]\w+))?|who\s+are\s+(?:{ADJ}
    |{NOUN_MANY}))"""
GROUP_MANY = rf"""
    (?:{NOUN_MANY}(?:\s+{WITH})?|{ADJ}(?:\s+(?:and|or)\s+{ADJ})?\s+{PERSON}|{PERSON}\s+{WITH}
    |{PERSON}\s+(?:of\s+)?(?:that|this|a\s+certain)\s+(?:age|kind|sort|type|background))"""
GROUP_ONE = rf"""
    (?:(?:an?|the|one)\s+(?:{ADJ}[,\s]+){{0,2}}(?:{NOUN_ONE}|{PERSON})(?:\s+(?:{WITH}|of\s+your\s+\w+
    |at\s+your\s+\w+|like\s+(?:you|yourself|her|him)))?)"""
GROUP_ONE_SURE = rf"""
    (?:(?:an?|the|one)\s+(?:{ADJ}[,\s]+){{0,2}}(?:{NOUN_ONE}|{ADJ}\s+{PERSON}|(?:person|someone|customer
    |family)\s+{WITH})(?:\s+(?:{WITH}|of\s+your\s+\w+|at\s+your\s+\w+))?|(?:someone|somebody|anyone
    |anybody)\s+(?:who\s+is\s+)?(?:{WITH}|{ADJ}(?!\s+than)))"""
TRAIT = r"""(?:age(?!\s+group)|generation|years|gender|sex|background|heritage|origins?|roots|descent
    |ethnicity|race|skin(?:\ colou?r)?|faith|religion|beliefs|culture|nationality|mother\ tongue
    |native\ language|upbringing
    |class|social\ class|education|income|situation\ in\ life|stage\ of\ life|time\ of\ life|phase\ of\ life
    |walk\ of\ life|condition|disability|handicap|orientation|sexuality|kind|sort|type|accent|circle|circles
    |community|people|ilk)"""
PLACE = r"""
    (?:country|region|part\s+of\s+(?:the\s+)?\w+|neighbou?rhood|village|town|area|district|homeland
    |home\s+country|corner\s+of\s+the\s+world)"""
YOU_ARE = r"(?:you\s+are|you['’]re|you\s+were\s+born|being)"
HARD = r"""(?:too|enough|surprising\w*|astonishing\w*|amazing\w*|remarkabl\w+|unusual\w*|rare\w*
    |impressi\w+|brave|bold|difficult|hard|tricky|complicated|confusing|challenging|demanding|overwhelming
    |heavy|easy|easier|simple|simpler|doable|manageable
    |not\s+(?:bad|really|quite|something|suitable|ideal|right|easy|made|meant|much)|nothing|never|hardly
    |rather|quite|pretty|very|good|well|great|excellent|perfect|ideal|better|best|natural|normal|typical|usual
    |common|recommend\w*|advisable|handy|more|less|popular|fine|fit|suit\w*|made|right|works?\s+(?:best|better
    |well))"""

NAMING = [
    (
        "like you",
        True,
        rf"""
        \b{SOMEONE}(?:\s+(?:\w+\s+)?(?:{WITH}))?,?\s+(?:just\s+|much\s+|exactly\s+)?(?:like|such\s+as
    |similar\s+to)\s+(?:you(?!\s+(?:to|would|did|do|have|can))|yourself|yourselves)\b(?!\s+(?:to|would)\b)""",
    ),
    (
        "like you",
        True,
        rf"""
        \b(?:an?|the|our|many|other|most|all)\s+(?:\w+\s+){{0,2}}(?:{NOUN_ONE}|{NOUN_MANY}
        |{PERSON})\s+like\s+(?:you|yourself|yourselves)\b(?!\s+(?:to|would)\b)""",
    ),
    (
        "like you",
        True,
        rf"""
        \b{SOMEONE}\s+in\s+your\s+(?:position|situation|shoes|place|circumstances|condition|state)\b""",
    ),
    (
        "your kind",
        True,
        rf"""
    (?<!proof\s)(?<!check\s)(?<!copy\s)\b(?:at|for|of|given|considering|despite|because\s+of|due\s+to|with
    |in\s+view\s+of|judging\s+by
        |looking\s+at)\s+(?:a\s+\w+\s+(?:of|in|with|from)\s+|someone\s+(?:of|in|with
        |from)\s+)?your\s+(?:advanced\s+|young\s+|great\s+|tender\s+|own\s+|particular\s+|ethnic\s+
        |religious\s+|cultural\s+|social\s+|physical\s+)?(?:{TRAIT})\b(?!\s+(?:words?|order|of|invitation
        |offer|help|letter|message|note|mail|group\s+discount|and\s+address|verification|proof|check|limit
        |regards|gesture|feedback|support|review|interest)\b)""",
    ),
    (
        "your kind",
        True,
        rf"""
        \b{SOMEONE}\s+(?:(?:of|at|from|with|in|around)\s+)?(?:your\s+(?:\w+\s+)?(?:{TRAIT}))\b""",
    ),
    (
        "your kind",
        True,
        r"""
        \byou\s+(?:people|lot|folks?\s+from|sort|kind)\b(?=\s+(?:always|never|are|all|do|don|can|will|have
        |tend|usually|from|just|love|like|want|only|must|seem|should|know|need|of)|[.,!])|\byour\s+(?:lot|ilk
        |sort\s+(?:of|always|never|usually|tends?|is|does)|people(?=\s+(?:are|do|don|always|never|usually|tend
        |have|love|like|prefer|celebrate|know))|countrymen|compatriots|fellow\s+country\w+)\b""",
    ),
    (
        "your kind",
        True,
        rf"""
        \byou\s+(?:{NOUN_MANY}|(?:{ADJ})\s+(?:people|folks?|guys|ladies|women|men|girls|boys|customers
        |ones))\b""",
    ),
    (
        "your kind",
        False,
        rf"""
        \b(?:{SOMEONE}\s+)(?:from|in|of)\s+(?:your\s+(?:{PLACE})|where\s+you\s+(?:come\s+from|live|are\s+from
        |grew\s+up))\b|\b(?:where\s+you\s+(?:come\s+from|are\s+from|grew\s+up)|in\s+your\s+(?:country|culture
        |religion|faith|community|circles))\b""",
    ),
    (
        "as one of them",
        True,
        rf"""
        (?:\b(?:as|being)\s+{GROUP_ONE_SURE}|\b(?:since|because|as|if|seeing\s+(?:that|as)|now\s+that
        |given\s+that|considering)\s+(?:that\s+)?{YOU_ARE}\s+(?:already\s+|only\s+|still\s+|now\s+|clearly\s+
        |obviously\s+)?(?:{GROUP_ONE_SURE}|{ADJ}\b(?!\s+\w+\s+order)|from\s+(?-i:[A-Z]\w+)|over\s+\w+
        |\d\d\b))[^.,;!?]{{0,30}}(?:,\s*|\s+)(?=you\b|you['’]|your\b|I['’]m\s+sure\s+you|I\s+(?:am\s+sure
        |assume|suppose|imagine|guess|bet)\s+you|we\s+(?:assume|suppose|imagine|think|guess)\s+(?:that\s+)?you
        |(?:it|this|that)(?:\s+is|['’]s|\s+will|\s+must|\s+may|\s+might)\b|probably\b|surely\b|of\s+course\b
        |perhaps\b|maybe\b)""",
    ),
    (
        "as one of them",
        True,
        rf"""
        \byou(?:['’]ll|\s+will|\s+must|\s+should|\s+probably|\s+surely|\s+certainly|\s+would|\s+know|\s+may
        |\s+might|\s+are|['’]re)?\s[^.;!?]{{0,60}}\b(?:as|being)\s+(?:{GROUP_ONE_SURE})""",
    ),
    (
        "measured by a group",
        True,
        rf"""
        \b{HARD}\b(?:\s+(?!for\b|with\b|among\b)[\w’'-]+){{0,4}}\s+(?:for|with|among|amongst|by)\s+(?:most\s+
        |many\s+|all\s+|the\s+average\s+|us\s+|our\s+|some\s+|even\s+)?(?:{GROUP_MANY}|{GROUP_ONE_SURE})\b""",
    ),
    (
        "measured by a group",
        True,
        rf"""
        (?:^|[,;:–—]\s*|\b(?:and|but|that|know\w*|did|done|doing)\s+(?:\w+\s+){{0,4}}?)for\s+(?:a
        |an)\s+(?:{ADJ}\s+)?(?:{NOUN_ONE}|{ADJ}\s+{PERSON})(?:\s+of\s+\w+(?:\s+\w+)?)?(?=,?\s+(?:you|that|this
        |it|your)\b|[.!])""",
    ),
    (
        "measured by a group",
        True,
        rf"""
        \b(?:even|only|just|so\s+(?:easy|simple)\s+(?:that\s+)?(?:even\s+)?|(?:easy
        |simple)\s+enough\s+(?:that\s+|for\s+)?(?:even\s+)?)\s*(?:{GROUP_MANY}|(?:your|my|a
        |an)\s+(?:{ADJ}\s+)?(?:grand\w+|granny|gran|mother|wife|mum|mom|{NOUN_ONE}))\s+(?:can|could|will|would
        |manage|manages|understand|understands|get|gets|do|does|buy|buys|like|love|know|knows)""",
    ),
    (
        "measured by a group",
        True,
        rf"""
        \b(?:not|n['’]t|hardly|never|rarely)\s+(?:really\s+|quite\s+|usually\s+|exactly\s+)?(?:something
        |a\s+\w+|the\s+\w+|one|made|meant|suitable|anything|a\s+job)\s+(?:for|of)\s+(?:{GROUP_MANY}
        |{GROUP_ONE_SURE})\b|\b(?:like|typical(?:ly)?|throws?\s+like|drives?\s+like
        |just\s+like)\s+(?:of\s+)?(?:{GROUP_ONE_SURE})\b|\btypical(?:ly)?\s+(?:of\s+)?(?:{GROUP_MANY}
        |{NOUN_ONE}|{ADJ})\b""",
    ),
    (
        "a whole group",
        False,
        rf"""
    (?<!like\s)(?<!for\s)(?<!['’]s\s)(?<!our\s)(?<!are\s)(?<!to\s)(?<!by\s)(?<!about\s)\b(?:{GROUP_MANY})\b(?!['’]s?\b)(?!\s+(?:sizes?
    |shoes?
        |jackets?|coats?|department|section|cut|fit|toilets?|day|parking|cards?|discount|tickets?|pots?
        |violets?|plants?|roses?|lil(?:y|ies)|tea|bread|cheese|oak|ivy|moss|fern|jasmine|laurel)\b)""",
    ),
    (
        "a whole group",
        False,
        rf"""
        \b(?:an?|the\s+average|every|any|no|each)\s+(?:{ADJ}\s+)*(?:{NOUN_ONE}
        |{ADJ}\s+{PERSON})\b(?=\s+(?:usually|always|never|often|will|would|needs?|wants?|likes?|loves?
        |prefers?|knows?|can|cannot|does|is|should|tends?|has|understands?))""",
    ),
    (
        "a whole group",
        False,
        rf"""
        \b{SOMEONE}\s+(?:aged\s+)?(?:over|past|under|above|below)\s+(?:the\s+age\s+of\s+)?(?:thirty|forty
        |fifty|sixty|seventy|eighty|\d\d)\b""",
    ),
    (
        "like you",
        True,
        rf"""
        \b(?:like|as)\s+(?:most|all|many|so\s+many|other|every)\s+(?:{GROUP_MANY}|{NOUN_ONE})\b
        |\bhow\s+(?:{GROUP_MANY})\s+(?:are|think|work|do|live|feel|see)\b
    |\bwith\s+an?\s+(?:\w+\s+)?(?:name|surname|accent|face|background|figure|body
    |skin\s+colou?r)\s+like\s+yours\b
        """,
    ),
    (
        "as one of them",
        True,
        r"""
    (?:\b(?:since|because|as|seeing\s+that|given\s+that)\s+you\s+(?:wear\s+an?\s+(?:head\w*|hijab|turban|kippa
    |veil|cross)
        |come\s+from\s+\w+|grew\s+up\s+in\s+\w+|speak\s+with\s+an?\s+accent)
        |\bbeing\s+(?:from\s+(?-i:[A-Z]\w+)|over\s+\w+|\d\d))[^.,;!?]{0,30},\s*
    (?=you\b|you['’]|your\b|(?:it|this|that)(?:\s+is|['’]s|\s+will)\b|probably\b|surely\b|of\s+course\b
    |I\s+(?:assume|guess)\b)
        """,
    ),
    (
        "a whole group",
        False,
        rf"""
        \b(?:someone|somebody|anyone|anybody|a\s+person|nobody)\s+(?:{WITH}|{ADJ}(?!\s+than))
        """,
    ),
]
GENERAL = r"""usually|always|often|generally|typically|normally|mostly|commonly
    |naturally|instinctively|tends?\s+to|tend|by\s+nature|as\s+a\s+rule
    |for\s+the\s+most\s+part|mainly|probably|simply|just
    |all|as\s+we\s+all\s+know|frequently|sometimes|too|obviously|of\s+course|clearly|innately|inherently"""
CLAIM = rf"""\b(?:{GENERAL}|never|rarely|seldom|hardly(?:\s+ever)?
    |finds?\s+(?:the|our|this|it)\s+(?:\w+\s+){{0,2}}?(?:too|hard\w*|difficult|easy|easier|boring|heavy
    |confusing|complicated|better)
    |(?:has|have)\s+(?:an?\s+|no\s+)?(?:\w+\s+)?(?:sense|taste|temper|eye|gift|talent|mentality|nature)
    |do(?:es)?n['’]t|do(?:es)?\s+not|can['’]t|cannot|can\s+not|won['’]t|aren['’]t
    |isn['’]t|are\s+not|is\s+not|will\s+not|likes?|loves?|prefers?|hates?|wants?|enjoys?|knows?|understands?
    |struggles?|finds?\s+(?!the\b|our\b|us\b)|cares?|worr(?:y|ies)|appreciates?
    |expects?|complains?|haggles?|lies?|cheats?|spends?|saves?|fears?|believes?|thinks?|trusts?|values?
    |learns?|remembers?|forgets?|manages?|copes?|adapts?|gets?\s+(?:confused|lost|upset|angry|tired|nervous
    |along|on\s+with|it|things)|(?:has|have)\s+(?:an?\s+|no\s+|more\s+|less\s+|little\s+|better\s+|good\s+
    |such\s+)?(?:trouble|difficult\w+|hard|talent|gift|eye|idea|patience|time|money|taste|sense|feel|hands?
    |temper|skill|problems?|trouble|fear|strength|green|knack|head)
    |makes?\s+(?:\w+\s+)?(?:great|good|bad|poor|better|excellent|wonderful|lousy|reliable|loyal|customers
    |mistakes|sure|a\s+fuss)|lacks?|shops?|pays?\s+(?:late|on\s+time|cash|promptly|punctually|attention|more
    |their|in\s+cash|quickly|slowly)|buys?|chooses?|choose|orders?\s+(?:too|the\s+same|more|less|late)
    |returns?\s+(?:more|things|a\s+lot|everything|too)|haggle|bargain|argue|exaggerate|dress|cook|drive|drink
    |talk|sleep|behave|raise|belong|deserve|lose|follow|take\s+(?:care|longer|more|things|good|better)
    |give\s+up|grow\s+up|work\s+(?:hard|harder|slowly|less)
    |needs?\s+(?:help|more|extra|simpler|someone|a\s+hand|longer|less|things|clear|patience|it|to\s+be
    |protection|guidance|everything|something|an?\s+\w+er|special|constant|their)|would\s+rather|is\s+more
    |are\s+(?:(?:so|very|too|just|rather|more|less|not|all|also|simply|born|quite|really|such|the|a\s+bit
    |as)\s+)*(?!welcome|entitled|eligible|asked|allowed|able|invited|charged|free|served|exempt|advised
    |required|admitted|given|on\s|in\s|at\s|by\s|here|there|now|and\s|parking|half|offered|accompanied|among
    |part\s+of|included|available|found|to\s|our\s|we\b|from\s|reserved|signposted|marked)\w+
    |is\s+(?:(?:so|very|too|just|rather|more|less|not|usually|always|never|born|quite|really|simply|a\s+bit
    |as)\s+)*(?:good|bad|better|worse|great|slow|fast|careful|careless|loyal|honest|dishonest|punctual|late
    |polite|rude|emotional|rational|strong|weak|patient|impatient|difficult|easy|helpless|reliable|unreliable
    |clever|smart|stupid|tidy|thrifty|stingy|generous|hot\w*|cold|warm\w*|skilled|unskilled|lazy|hard\w*
    |interested|afraid|used|happy|lost|overwhelmed|confused))\b"""
SERVICE = r"""\b(?:(?:can|may|could|will|are\s+able\s+to|is\s+able\s+to)\s+(?:also\s+|now\s+|always\s+
    |just\s+|simply\s+)*(?:get|receive|pay|enter|park|use|reach|call|write|contact|register|book|apply|ask
    |order|collect|pick|bring|have|choose|visit|claim|join|try|find|request|show|take|come|reply|check|hear
    |read|follow|sign|switch|email|text|phone|return|cancel|leave|sit|borrow|see|send|be\s+(?:sent|given
    |served|accompanied))
    |gets?\s+(?:the|a|an|their|your|our|his|her|it|\d|ten|free|half|parcels?|orders?|in\b)|got\b|receives?
    |receive|pays?\s+(?:less|half|reduced|customs|duty|duties|vat|import|shipping|no\b|the|only|a\b
    |for\s+shipping|\d)|enters?|park|reach|qualif\w+|(?:have|has)\s+(?:access|the\s+right|free|priority
    |a\s+right|reserved|their\s+own\s+(?:entrance|toilet)|\d)|(?:are|is|['’]re)\s+(?:\w+\s+)?(?:welcome
    |entitled|eligible|asked|allowed|invited|charged|free|served|exempt|advised|required|admitted|offered
    |given)|were\b|was\b|asked|told|wrote|bought|ordered|came|visited
    |should\s+(?:avoid|wear|not\s+(?:touch|handle|eat|take)|consult|ask|keep|see)|must\s+(?:not\s+(?:touch
    |handle|eat)|be\s+(?:accompanied|supervised)|show|bring|wear)|wait|(?:need|needs)\s+(?:not|no|an?\s+(?:id
    |card|certificate|permit|visa|proof|password|login|account|new\s+order)|to\s+(?:show|send|pay|bring|fill
    |give|be\s+accompanied)|\d|at\s+least|only)|find\s+(?:the|our|us)\b|helps?\b|uses?\s+(?:the|our|this)
    |made\s+for|live[sd]?\s|customs|import\s+dut\w+|takes\s+(?:\d|about
    |two|three|four|five)|swallow|chok\w+)\b"""
DENIAL = r"""\b(?:not\s+(?:all|every|only|just\s+for|true\s+that)
    |(?:we|I)(?:['’]\w+)?\s+(?:\w+\s+)?(?:never|don['’]t|do\s+not|would\s+not
    |wouldn['’]t|should\s+not|shouldn['’]t)\s+(?:want\s+to\s+)?(?:assume|suppose|think\s+that|believe\s+that
    |say\s+that|treat|judge|ask|keep|store|record)|no\s+(?:such\s+)?(?:assumption|difference)|regardless\s+of
    |whatever|whoever|irrespective|no\s+matter|of\s+(?:all|any|every)\s+ages?|all\s+ages|everyone|prejudice
    |stereotype
    |cliché|same\s+(?:rules?|price|answer)|survey|study|statistic\w*|according\s+to)\b"""
WARM = r"""\b(?:deserves?|thank\w*|grateful|glad|happy\s+(?:to\s+have|that|about)|proud|lucky|delighted
    |appreciate
    |make\s+(?:our|us|it|my)|keep\s+us|means?\s+(?:a\s+lot|so\s+much)|worth(?:while)?|joy|pleasure
    |wish\s+(?:we|there)\s+(?:had|were)|need\s+more|because\s+of|why\s+we|treat|stay)\b"""
FACILITY = r"""\b(?:counter|entrance|doors?|ramps?|lifts?|elevators?|toilets?|steps?|stairs|stairlift
    |text\s*phone|textphone|font|screen\s*reader|website|site|page|parking|aisles?|loop|captions?|subtitles?
    |sign\s+language|braille|guide\s+dogs?|assistance\s+dogs?|audio|accessib\w+|video|pdf|letters?
    |large\s+print|phone|chat|mail|quiet\s+hour|path|table|bell|staff|colleagues?|seats?|seating|bus|stop|tour
    |workshop|room)\b"""

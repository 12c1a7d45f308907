"""French: who is a group, what is a claim about one, and what is only a service, an offer or a way in."""

NATION = r"""(?:(?:français|allemand|polonais|turc|italien|russe|syrien|arabe|chinois|africain|asiatique
    |espagnol|grec|roumain|bulgare|ukrainien|serbe|croate|kurde|afghan|indien|japonais|coréen|américain
    |britannique|anglais|suisse|belge|néerlandais|portugais|brésilien|marocain|algérien|tunisien|sénégalais
    |maghrébin|européen|étranger|musulman|juif|chrétien|catholique|protestant|hindou|bouddhiste)(?:ne|e)?s?
    |turques?|grecques?|juives?|étrangères?)"""
ADJ = rf"""(?:âgée?s?|vieux|vieille|vieilles|jeunes?|seniors?|féminine?s?|masculine?s?|homosexuel(?:le)?s?
    |gays?|lesbiennes?|trans(?:genres?|sexuel(?:le)?s?)?|sourde?s?|aveugles?|malentendante?s?|malvoyante?s?
    |handicapée?s?|autistes?|dyslexiques?|noire?s?|blanche?s?|blancs?|immigrée?s?|réfugiée?s?
    |pauvres?|riches?|aisée?s?|modestes?|retraitée?s?|célibataires?|divorcée?s?|veuves?|veufs?|mariée?s?
    |enceintes?|grosse?s?|rural(?:e|es|aux)?|religieu(?:x|ses?)|voilée?s?|croyante?s?|{NATION})"""
PERSON = r"""(?:gens|personnes?|clients?|clientes?|acheteurs?|acheteuses?|femmes?|hommes?|dames?|messieurs
    |monsieur|filles?|garçons?|familles?|parents?|mères?|pères?|couples?|utilisateurs?|visiteurs?|étudiants?
    |mamans?|papas?)"""
SOMEONE = rf"(?:{PERSON}|quelqu['’]un|quelqu['’]une|celles|ceux|tous|beaucoup|d['’]autres)"
NOUN_MANY = r"""(?:femmes|hommes|dames|filles|garçons|retraités|seniors|vieux|jeunes|adolescents|ados
    |personnes\s+âgées|anciens|grands?-mères|mamies|papis|mères|pères|mamans|papas|ménagères|veuves
    |célibataires|étudiants|étrangers|immigrés|migrants|réfugiés|homosexuels|gays|lesbiennes|musulmans|juifs
    |chrétiens|catholiques
    |hindous|athées|croyants|handicapés|aveugles|sourds|autistes|pauvres|riches|chômeurs|Français|Allemands
    |Polonais|Turcs|Italiens|Russes|Espagnols|Grecs|Arabes|Syriens|Chinois|Japonais|Africains|Asiatiques
    |Américains|Anglais|Britanniques|Suisses|Belges|Portugais|Marocains|Algériens|Roumains|Noirs|Blancs|Roms
    |paysans|citadins)"""
NOUN_ONE = r"""(?:femme|homme|dame|monsieur|fille|garçon|retraitée?|senior|grand-mère|grand-père|mamie
    |papi|adolescente?|ado|mère|père|maman|papa|ménagère|veuve|veuf|célibataire|étudiante?|étrangère?
    |immigrée?|migrante?|réfugiée?|homosexuel(?:le)?|lesbienne|musulmane?|juif|juive|chrétien(?:ne)?
    |catholique|athée
    |handicapée?|aveugle|sourde?|autiste|Française?|Allemande?|Polonaise?|Turc|Turque|Italien(?:ne)?|Russe
    |Espagnole?|Grec|Grecque|Arabe|Syrien(?:ne)?|Chinoise?|Japonaise?|Africaine?|Asiatique|Américaine?
    |Anglaise?|Suisse|Belge|Portugaise?|Marocaine?|Algérien(?:ne)?|Roumaine?)"""
WITH = r"""(?:(?:avec|ayant)\s+(?:un|une|votre)\s+(?:\w+\s+)?(?:handicap|accent|nom|autisme|revenu)
    |en\s+fauteuil(?:\s+roulant)?|de\s+plus\s+de\s+(?:\w+)\s+ans|(?:de|d['’])\s*(?:votre|cet|ce|un\s+certain
    |son|leur)\s+(?:âge|pays|région|génération|milieu|culture|religion|origine|sexe|condition|village
    |quartier)
    |(?:venant|originaires?|issue?s?)\s+(?:de|d['’]|du|des)\s*(?:la\s+|l['’])?\w+|(?:de|du
    |d['’])\s*(?-i:(?:Pologne|Turquie|Allemagne|France|Italie|Russie|Espagne|Grèce|Syrie|Chine|Afrique|Asie
    |Roumanie|Maroc|Algérie|Tunisie|Portugal|Belgique|Suisse|Sud|Nord|Est)))"""
GROUP_MANY = rf"""
    (?:(?:les|des|certaines?|beaucoup\s+de|la\s+plupart\s+des|tous\s+les|toutes\s+les|vous\s+autres,?|ces
    |nos)\s+(?:jeunes\s+|vieux\s+|vieilles\s+)?(?:{NOUN_MANY}(?:\s+{ADJ})?(?:\s+{WITH})?|{PERSON}\s+{ADJ}
    |{PERSON}\s+{WITH}))"""
GROUP_ONE = rf"""
    (?:(?:une?\s+|l['’])?(?:jeune\s+|vieille\s+|vieux\s+|vieil\s+|bonne\s+)?(?:{NOUN_ONE}(?:\s+{ADJ})?
    |{PERSON}\s+{ADJ})(?:\s+{WITH})?|(?:quelqu['’]un|une?\s+{PERSON})\s+{WITH})"""
TRAIT = r"""
    (?:âge|génération|sexe|origine|origines|milieu|peau|religion|foi|culture|nationalité|éducation|revenu
    |situation|condition|handicap|genre|espèce|sorte|accent|peuple|communauté|pays)"""
ACCESS = r"(?:sourd|aveugle|malentend|malvoy|handicap|fauteuil|autis|dyslex|mobilité)"
HARD = r"""
    (?:trop|assez|étonnamment|remarquablement|difficile|dur|compliqué|lourde?|facile|simple|faisable|bien|bon
    |parfait|idéal|mieux|normal|typique|naturel|courant|rare|très|plutôt|conseill\w+|recommand\w+|pratique
    |fait|faite|rien)"""

NAMING = [
    (
        "like you",
        True,
        rf"""
        \b(?:{SOMEONE}|{NOUN_ONE}|{NOUN_MANY})(?:\s+{ADJ})?(?:\s+{WITH})?,?\s+(?:tout\s+)?comme\s+(?:vous
        |toi)\b(?!\s+(?:le|la|les|nous|l['’]|avez|pouvez|voulez|souhaitez|êtes|savez|dites|voyez))
        |\bvos\s+semblables\b""",
    ),
    (
        "like you",
        True,
        rf"""
        \b{SOMEONE}\s+dans\s+votre\s+(?:situation|position|état|cas)\b|\bcomme\s+(?:la\s+plupart\s+des
        |tous\s+les|toutes\s+les|beaucoup\s+de)\s+(?:{NOUN_MANY})\b""",
    ),
    (
        "your kind",
        True,
        rf"""
        \b(?:à|pour|vu|malgré|avec|compte\s+tenu\s+de|étant\s+donné|en\s+raison\s+de|de)\s+votre\s+(?:grand\s+
        |jeune\s+)?(?:{TRAIT})\b(?!\s+(?:de\s+(?:commande|compte|livraison)|d['’]))|\b{SOMEONE}\s+(?:de|d['’]
        |à|avec)\s*votre\s+{TRAIT}\b|\bvos\s+origines\b""",
    ),
    (
        "your kind",
        True,
        rf"""
        \bvous,?\s+(?:autres,?\s+)?les\s+(?:{NOUN_MANY})\b|\bvous\s+autres\b|\b(?:gens
        |personnes)\s+de\s+votre\s+(?:espèce|genre|sorte|milieu)\b|\bvos\s+compatriotes\b""",
    ),
    (
        "your kind",
        False,
        rf"""
        \b{SOMEONE}\s+(?:de|du|venant\s+de|dans)\s+(?:votre\s+(?:pays|région|quartier|village
        |pays\s+d['’]origine)|chez\s+vous)\b|\bdans\s+votre\s+(?:pays|culture|religion|communauté)\b
        |\blà\s+d['’]où\s+vous\s+venez\b""",
    ),
    (
        "as one of them",
        True,
        rf"""
        \b(?:en\s+tant\s+qu(?:e\s+|['’])|comme\s+(?:une?\s+)?|étant\s+(?:une?\s+)?)(?:{GROUP_ONE}),?\s+(?:vous
        |cela|ça|c['’]est|il|votre)\b""",
    ),
    (
        "as one of them",
        True,
        rf"""
        \b(?:puisque|comme|parce\s+que|vu\s+que|si)\s+vous\s+(?:êtes|venez|avez)\s+(?:déjà\s+
        |encore\s+)?(?:{GROUP_ONE}|{ADJ}|(?:de|du|d['’])\s*(?-i:[A-Z]\w+)
        |(?:plus\s+de\s+)?\d\d\s+ans),\s*(?:vous|cela|ça|c['’]est|votre)\b""",
    ),
    ("as one of them", True, rf"\bvous\s[^.;!?]{{0,60}}\ben\s+tant\s+qu(?:e\s+|['’])(?:{GROUP_ONE})\b"),
    (
        "measured by a group",
        True,
        rf"""
        \b{HARD}\b(?:\s+(?!pour\b|chez\b)[\w’'éèêàùç-]+){{0,4}}\s+(?:pour|chez)\s+(?:{GROUP_MANY}|(?:une?|la
        |le)\s+(?:jeune\s+|vieille\s+)?(?:{NOUN_ONE}|{PERSON}\s+{ADJ})|quelqu['’]un\s+{WITH})\b""",
    ),
    (
        "measured by a group",
        True,
        rf"""
        (?:^|[,;:–]\s*)pour\s+une?\s+(?:jeune\s+)?(?:{NOUN_ONE}|{PERSON}\s+{ADJ}),?\s+(?:vous|c['’]est)\b
        |\b(?:même|y\s+compris)\s+(?:{GROUP_MANY}|(?:une?|votre|la)\s+(?:{NOUN_ONE}
        |{PERSON}\s+{ADJ}))\s+(?:peut|peuvent|y\s+arriv\w+|compren\w+|sa(?:it|vent)|saurai\w+|pourrai\w+)
        |\btypiquement\s+{ADJ}\b|\btypique\s+des\s+(?:{NOUN_MANY})\b""",
    ),
    ("a whole group", False, rf"(?<!pour\s)(?<!à\s)(?<!avec\s)\b(?:{GROUP_MANY})\b"),
    (
        "a whole group",
        False,
        rf"""
        \b(?:une|un|toute|tout|chaque)\s+(?:jeune\s+|vieille\s+)?(?:{NOUN_ONE}
    |{PERSON}\s+{ADJ})\b(?=\s+(?:aime|préfère|a\s+besoin|veut|sait|ne\s|n['’]|peut|doit|comprend
    |devrait))""",
    ),
]
GENERAL = r"""généralement|en\s+général|toujours|souvent|habituellement|d['’]habitude|normalement
    |typiquement|naturellement|par\s+nature|simplement|bien\s+sûr|sûrement|probablement|tous|toutes|parfois
    |plutôt|volontiers|sans\s+doute"""
CLAIM = rf"""(?:\b(?:{GENERAL}|jamais|rarement|ne\b|aim\w+|préf[èé]r\w+|ador\w+|détest\w+|veulent|veut
    |savent|sait|comprenn\w+|comprend|trouv\w+|s['’]y\s+conna\w+|s['’]inqui\w+|apprécient|attendent
    |se\s+plaign\w+|négoci\w+|marchand\w+|ment\w*|trich\w+|dépens\w+|économis\w+|craign\w+|croient|pensent
    |oubli\w+|arriv\w+
    |ont\s+(?!accès|droit|la\s+priorité)|a\s+(?!accès|droit)|paient\s+(?!moins|la\s+moitié|des\s+droits
    |les\s+droits|seulement|\d)|achèt\w+|choisissent|besoin|sont\s+(?!les\s+bienvenu|bienvenu|invité|exempt
    |admis|prié|autorisé|ici|là|dans|au\b|à\b|en\s+stock)|est\s+(?!bienvenu|invité|admis))|\bn['’])"""
SERVICE = r"""\b(?:(?:peut|peuvent|pouvez|pourr\w+)\s+(?:\w+\s+){0,2}?(?:recevoir|obtenir|payer|entrer
    |se\s+garer|utiliser|joindre|appeler|écrire|réserver|s['’]inscrire|commander|retirer|apporter|choisir
    |visiter|participer|demander|retourner|venir|lire|accéder|bénéficier)|reçoi\w+|recev\w+|bénéfici\w+
    |paient\s+(?:moins|la\s+moitié|des\s+droits|les\s+droits|seulement|\d)|payez\s+moins
    |(?:ont|a|avez)\s+(?:accès|droit|la\s+priorité)|(?:sont|est|êtes)\s+(?:les\s+)?(?:\w+\s+)?(?:bienvenu\w*
    |invité\w*|exempt\w*|admis\w*|prié\w*|autorisé\w*)|doivent\s+(?:être\s+accompagn\w+|éviter|porter
    |présenter|payer)|devraient\s+éviter|entrent|accèdent|trouvent\s+(?:l['’]entrée|la\s+rampe)|écri\w+
    |demand\w+|ont\s+(?:écrit|demandé|acheté|commandé)|étaient|travaill\w+|remise|réduction)\b"""
DENIAL = r"""\b(?:pas\s+(?:tous|toutes)|quel\s+que\s+soit|peu\s+importe|de\s+tout\s+âge|de\s+tous\s+âges
    |préjugé\w*|stéréotype\w*|cliché\w*|enquête|étude|statistique\w*|(?:jamais|pas)\s+(?:supposer|croire\s+que
    |dire\s+que))\b"""
WARM = r"""\b(?:merci|remerci\w+|heureu\w+|ravis?|fiers?|chance|plaisir|mérit\w+|grâce\s+à|joie)\b"""
FACILITY = r"""(?:entrée|porte|rampe|ascenseur|toilette|marche|escalier|téléphone|police|lecteur|site|page
    |parking|boucle|sous-titr|signes|braille|chien|audio|accessib|lettre|courriel|chat|table|sonnette|siège
    |place|bus|visite|comptoir)"""

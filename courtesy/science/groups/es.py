"""Spanish: who is a group, what is a claim about one, and what is only a service, an offer or a way in."""

NATION = r"""(?:(?:español|alemán|aleman|francés|frances|polac|turc|italian|rus|siri|chin|african|asiátic
    |grieg|ruman|búlgar|ucranian|serbi|croat|kurd|afgan|indi|japones|corean|american|british|ingles|suiz|belg
    |holandes|portugues|brasileñ|marroquí|argelin|latin|mexican|colombian|peruan|cuban|venezolan|argentin
    |ecuatorian
    |european|extranjer|musulman|musulmán|judí|cristian|católic|protestant|hindú|budist|gitan)(?:es|as|os|a|o
    |e|s)?|árabes?|británic[oa]s?)"""
ADJ = rf"""(?:mayores|mayor|ancian[oa]s?|viej[oa]s?|jóvenes|joven|femenin[oa]s?|masculin[oa]s?
    |homosexual(?:es)?|gays?|lesbianas?|trans(?:género|sexual(?:es)?)?|sord[oa]s?|cieg[oa]s?
    |discapacitad[oa]s?|autistas?|disléxic[oa]s?|negr[oa]s?|blanc[oa]s?|inmigrantes?|refugiad[oa]s?|pobres?
    |ric[oa]s?|acomodad[oa]s?|jubilad[oa]s?
    |solter[oa]s?|divorciad[oa]s?|viud[oa]s?|casad[oa]s?|embarazadas?|gord[oa]s?|rural(?:es)?|religios[oa]s?
    |creyentes?|{NATION})"""
PERSON = r"""(?:gente|personas?|clientes?|clientas?|compradores|compradoras|mujeres|mujer|hombres?
    |señoras?|señores|señor|chicas?|chicos?|niñas?|niños|familias?|padres|madres|madre|padre|parejas?
    |usuarios?|visitantes?|estudiantes)"""
SOMEONE = rf"(?:{PERSON}|alguien|quienes|los|las|todos|muchos|otros)"
NOUN_MANY = r"""(?:mujeres|hombres|señoras|señores|chicas|chicos|niñas|jubilados|jubiladas|ancianos
    |ancianas|mayores|viejos|jóvenes|adolescentes|abuelas|abuelos|madres|padres|madres\s+solteras
    |amas\s+de\s+casa|viudas|solteros|solteras|estudiantes|extranjeros|inmigrantes|refugiados|homosexuales
    |gays|lesbianas|musulmanes|judíos|cristianos
    |católicos|ateos|creyentes|discapacitados|ciegos|sordos|autistas|pobres|ricos|parados|españoles|alemanes
    |franceses|polacos|turcos|italianos|rusos|griegos|árabes|sirios|chinos|japoneses|africanos|asiáticos
    |americanos|ingleses|británicos|suizos|belgas|portugueses|marroquíes|argelinos|rumanos|gitanos|latinos
    |mexicanos|negros|blancos)"""
NOUN_ONE = r"""(?:mujer|hombre|señora|señor|chica|chico|niña|jubilad[oa]|ancian[oa]|persona\s+mayor|joven
    |adolescente|abuela|abuelo|madre|padre|madre\s+soltera|ama\s+de\s+casa|viud[oa]|solter[oa]|estudiante
    |extranjer[oa]|inmigrante|refugiad[oa]|homosexual|gay|lesbiana|musulmán|musulmana|judí[oa]|cristian[oa]
    |católic[oa]|ate[oa]
    |discapacitad[oa]|cieg[oa]|sord[oa]|autista|español|española|alemán|alemana|francés|francesa|polac[oa]
    |turc[oa]|italian[oa]|rus[oa]|grieg[oa]|árabe|siri[oa]|chin[oa]|japonés|japonesa|african[oa]|asiátic[oa]
    |american[oa]|inglés|inglesa|suiz[oa]|belga|portugués|portuguesa|marroquí|ruman[oa]|gitan[oa]
    |latin[oa])"""
WITH = r"""(?:con\s+(?:un\s+|una\s+|su\s+)?(?:discapacidad|autismo|acento|apellido|nombre|ingresos)
    |en\s+silla\s+de\s+ruedas|de\s+más\s+de\s+\w+(?:\s+años)?|de\s+(?:su|tu|esa|cierta|esta)\s+(?:edad|país
    |región|generación|cultura|religión|origen|sexo|condición|pueblo|barrio|zona)
    |de\s+(?-i:(?:Polonia|Turquía|Alemania|Francia|Italia|Rusia|España|Grecia|Siria|China|África|Asia|Rumanía
    |Marruecos|Argelia|Portugal|Bélgica|Suiza|México|Colombia|Perú))|del\s+(?:sur|norte|este|campo))"""
GROUP_MANY = rf"""
    (?:(?:(?:los|las|la|muchos|muchas|algunos|algunas|todos\s+los|todas\s+las|la\s+mayoría\s+de\s+(?:los|las)
    |esas?|esos|ustedes,?\s+(?:los|las))\s+)(?:{NOUN_MANY}(?:\s+{ADJ})?(?:\s+{WITH})?
    |{PERSON}\s+(?:más\s+)?{ADJ}|{PERSON}\s+{WITH}))"""
GROUP_ONE = rf"""
    (?:(?:una?\s+)?(?:{NOUN_ONE}(?:\s+{ADJ})?|{PERSON}\s+(?:más\s+)?{ADJ})(?:\s+{WITH})?|(?:alguien
    |una?\s+{PERSON})\s+{WITH})"""
TRAIT = r"""
    (?:edad|generación|sexo|origen|orígenes|raza|piel|religión|fe|cultura|nacionalidad|educación|ingresos
    |situación|condición|discapacidad|género|clase|tipo|acento|pueblo|comunidad|país)"""
ACCESS = r"(?:sord|cieg|discapac|silla\s+de\s+ruedas|autis|disléx|movilidad)"
HARD = r"""
    (?:demasiado|bastante|sorprendentemente|difícil|complicado|complicada|pesad[oa]|fácil|sencill[oa]|bien
    |buen[oa]?|perfect[oa]|ideal|mejor|normal|típic[oa]|natural|habitual|rar[oa]|muy|recomendable|práctic[oa]
    |hech[oa]|nada)"""

NAMING = [
    (
        "like you",
        True,
        rf"""
        \b(?:{SOMEONE}|{NOUN_ONE}|{NOUN_MANY})(?:\s+{ADJ})?(?:\s+{WITH})?,?\s+como\s+(?:usted|ustedes|tú
        |vosotros)\b(?!\s+(?:sabe|quiera|desee|dice|ve|puede|lo|nos|ya))""",
    ),
    (
        "like you",
        True,
        rf"""
        \b{SOMEONE}\s+en\s+su\s+(?:situación|posición|estado|lugar|caso)\b
        |\bcomo\s+(?:la\s+mayoría\s+de\s+(?:los|las)|todos\s+los|todas\s+las|muchos
        |muchas)\s+(?:{NOUN_MANY})\b""",
    ),
    (
        "your kind",
        True,
        rf"""
        \b(?:a|para|por|dada|dado|pese\s+a|con|de)\s+(?:su|tu)\s+(?:avanzada\s+
        |joven\s+)?(?:{TRAIT})\b(?!\s+de\s+(?:pedido|cuenta|cliente))|\b{SOMEONE}\s+de\s+su\s+{TRAIT}\b""",
    ),
    (
        "your kind",
        True,
        rf"""
        \b(?:ustedes|vosotros|vosotras),?\s+(?:los|las)\s+(?:{NOUN_MANY})\b|\b(?:gente
        |personas)\s+de\s+su\s+(?:clase|tipo|especie|calaña)\b|\bsus\s+(?:compatriotas|paisanos)\b""",
    ),
    (
        "your kind",
        False,
        rf"""
        \b{SOMEONE}\s+de\s+su\s+(?:país|región|barrio|pueblo|zona|tierra)\b|\ben\s+su\s+(?:país|cultura
        |religión|comunidad|tierra)\b|\bde\s+donde\s+usted\s+viene\b""",
    ),
    (
        "as one of them",
        True,
        rf"""
        \b(?:como|siendo)\s+(?:una?\s+)?(?:{GROUP_ONE}),?\s+(?:(?:usted|seguro|seguramente|probablemente|le|se
        |sabrá|preferirá|querrá|necesitará|es|esto|su|no|va|debe|tendrá|ya)\b)""",
    ),
    (
        "as one of them",
        True,
        rf"""
        \b(?:como|ya\s+que|puesto\s+que|porque|si)\s+(?:usted\s+)?(?:es|viene
        |tiene)\s+(?:usted\s+)?(?:{GROUP_ONE}|{ADJ}|de\s+(?-i:[A-Z]\w+)
        |(?:más\s+de\s+)?\d\d\s+años),\s*(?:usted|seguro|seguramente|probablemente|no|sabrá|preferirá|querrá
        |le\s+(?:gustará|costará|resultará)|es|esto|su)\b""",
    ),
    (
        "as one of them",
        True,
        rf"""
        \b(?:usted|le\s+(?:gustará|encantará)|sabrá|preferirá)\s[^.;!?]{{0,60}}\bcomo\s+(?:{GROUP_ONE})\b""",
    ),
    (
        "measured by a group",
        True,
        rf"""
        \b{HARD}\b(?:\s+(?!para\b)[\wáéíóúñ-]+){{0,4}}\s+(?:para|entre)\s+(?:{GROUP_MANY}|(?:una?|la
        |el)\s+(?:{NOUN_ONE}|{PERSON}\s+{ADJ})|alguien\s+{WITH})\b""",
    ),
    (
        "measured by a group",
        True,
        rf"""
        (?:^|[,;:–]\s*)para\s+(?:ser\s+)?(?:una?\s+)?(?:{NOUN_ONE}|{PERSON}\s+{ADJ}),?\s+(?:usted|sabe|es
        |entiende|habla)\b|\b(?:incluso|hasta)\s+(?:{GROUP_MANY}|(?:una?|su|la)\s+(?:{NOUN_ONE}
        |{PERSON}\s+{ADJ}))\s+(?:puede\w*|podría\w*|sabe\w*|entiende\w*|lo\s+\w+)
        |\btípico\s+de\s+(?:{GROUP_MANY}|{NOUN_MANY})\b""",
    ),
    ("a whole group", False, rf"(?<!para\s)(?<!con\s)(?<!\ba\s)\b(?:{GROUP_MANY})\b"),
    (
        "a whole group",
        False,
        rf"""
        \b(?:una|un|toda|todo|cada)\s+(?:{NOUN_ONE}|{PERSON}\s+{ADJ})\b(?=\s+(?:prefiere|necesita|quiere|sabe
        |no\s|puede|debe|entiende|debería|siempre|nunca))""",
    ),
]
GENERAL = r"""normalmente|generalmente|por\s+lo\s+general|siempre|a\s+menudo|habitualmente|típicamente
    |naturalmente|por\s+naturaleza|simplemente|claro|seguramente|probablemente|todos|todas|a\s+veces|suelen
    |suele|más\s+bien"""
CLAIM = rf"""\b(?:{GENERAL}|nunca|jamás|raramente|rara\s+vez|no|prefier\w+|les\s+(?:gusta\w*|encanta\w*
    |cuesta\w*|resulta\w*)|odian|quieren|saben|sabe|entiend\w+|encuentran|se\s+(?:preocupan|quejan|confunden
    |pierden|lían)|aprecian|esperan|regate\w+|mienten|engañan|gastan|ahorran|temen|creen|piensan|confían
    |olvidan|aprenden|tienen\s+(?!acceso|derecho|prioridad|descuento)|tiene\s+(?!acceso|derecho)
    |pagan\s+(?!menos|la\s+mitad|aranceles|derechos|solo|\d)|compran|eligen|necesitan\s+(?!solo|un\s+carné
    |una\s+tarjeta)|son\s+(?!bienvenid|admitid|atendid)|es\s+(?!bienvenid)|están\s+(?!invitad|exent|aquí|en\b)
    |adoran|cocinan|conducen|manejan)\b"""
SERVICE = r"""\b(?:(?:puede|pueden|podrá|podrán)\s+(?:\w+\s+){0,2}?(?:recibir|obtener|pagar|entrar|aparcar
    |usar|utilizar|contactar|llamar|escribir|reservar|inscribirse|pedir|recoger|traer|elegir|visitar
    |participar|preguntar|devolver|venir|leer|acceder|escribirnos|llamarnos)|recib\w+|obtien\w+
    |pagan\s+(?:menos|la\s+mitad|aranceles|derechos|solo|\d)
    |(?:tienen|tiene)\s+(?:acceso|derecho|prioridad|descuento)|(?:son|es|están
    |está)\s+(?:\w+\s+)?(?:bienvenid\w+|invitad\w+|exent\w+|admitid\w+|autorizad\w+)
    |deben\s+(?:ir\s+acompañad\w+|evitar|llevar|presentar|pagar)|deberían\s+evitar|entran|acceden|escrib\w+
    |pregunt\w+|compraron|pidieron|eran|estaban|trabaja\w*|descuento)\b"""
DENIAL = r"""\b(?:no\s+tod[oa]s|sea\s+cual\s+sea|independientemente|da\s+igual|no\s+importa
    |de\s+todas\s+las\s+edades|de\s+cualquier\s+edad|prejuicio\w*|estereotipo\w*|encuesta|estudio
    |estadística\w*|(?:nunca|no)\s+(?:suponer|suponemos|creer\s+que|decir\s+que))\b"""
WARM = r"""\b(?:gracias|agradec\w+|content[oa]s?|feliz|felices|orgullos\w+|suerte|placer|merec\w+|alegr\w+)\b"""
FACILITY = r"""(?:entrada|puerta|rampa|ascensor|baño|aseo|escalón|escalera|teléfono|letra|lector|web
    |página|aparcamiento|bucle|subtítul|signos|braille|perro|audio|accesib|carta|correo|chat|mesa|timbre
    |asiento|plaza|autobús|visita|mostrador)"""

"""Spanish signs."""

from courtesy.science.signs import NEVER, Act, Rules

_IT = r"(?:(?:lo|la|los|las|me|nos|le|les|un|una|el|ningún|ninguna|mi|mis|nada|que|ustedes|se) )*"

RULES = Rules(
    acts={
        "cancel": Act(
            r"(?:(?:cancelar|anular)(?:lo|la|los|las)?|cancele[sn]?|cancela|anule[sn]?)",
            NEVER,
            r"(?:cancelad|anulad)[oa]s?",
            r"(?:cancelaci(?:ón|ones)|anulaci(?:ón|ones))",
            bare=True,
            did=r"(?:cancel|anul)(?:ó|é|aron|amos|aste)",
        ),
        "return": Act(
            r"devolver(?:lo|la|los|las)?(?! (?:el|mi|todo el) dinero)",
            NEVER,
            r"devuelt[oa]s?(?! (?:el|mi) dinero)",
            r"devoluci(?:ón|ones)",
            did=r"(?:devolví|devolvimos)(?! (?:el|mi) dinero)",
        ),
        "refund": Act(
            r"(?:reembolsar(?:me|nos|lo)?|reembolse[sn]?|devolver(?:me|nos)? (?:el|mi) dinero)",
            NEVER,
            r"(?:reembolsad[oa]s?|devuelto (?:el|mi) dinero)",
            r"reembolsos?",
            did=r"reembols(?:ó|aron|aste)",
        ),
        "exchange": Act(
            r"(?:cambiar(?:lo|la|los|las)|sustituir\w*|reemplazar\w*)",
            NEVER,
            r"(?:sustituid|reemplazad)[oa]s?",
            r"(?:cambio|sustituci(?:ón|ones)|reemplazo)s?(?! de (?:dirección|idea|opinión))",
            did=r"(?:sustituyeron|reemplazaron)",
        ),
        "delete": Act(r"(?:borrar|borre[ns]?|eliminar|elimine[ns]?)", NEVER, NEVER, r"eliminaci(?:ón|ones)"),
        "change": Act(
            r"(?:modificar|cambiar|modifique[ns]?|cambie[ns]?)(?! de idea)",
            NEVER,
            r"(?:modificad|cambiad)[oa]s?",
            r"modificaci(?:ón|ones)",
        ),
        "call": Act(r"(?:llamar(?:me|nos)|llame[ns]?)", NEVER, NEVER, r"llamadas?"),
        "order": Act(r"(?:comprar|encargar|hacer un pedido)", NEVER, NEVER, NEVER),
    },
    unwanted=(
        r"no (?:(?:me|nos|lo|la|los|las|le|les) )?{verb}\b",
        rf"no (?:quiero|quería|queremos|queríamos|quisiera|quise|deseo|deseamos|pido|pedimos|pedí|solicito|solicité"
        rf"|busco|necesito|necesitamos|pretendo|pienso|voy a|vamos a) {_IT}(?:{{verb}}|{{noun}})\b",
        r"no (?:tengo|tenemos|tenía) (?:la |ninguna )?(?:intención|ganas|previsto) (?:de )?(?:{verb}|{noun})\b",
        r"no (?:es necesari[oa]|hace falta|es preciso) (?:(?:un|una|la|el|que) )*(?:(?:me|lo|la|los|las) )?(?:{verb}"
        r"|{noun})\b",
        r"sin (?:tener que |necesidad de )?{verb}\b",
        r"(?:en vez|en lugar|antes) (?:de|del|que) (?:(?:un|una|el|la) )?(?:{verb}|{noun})\b",
        r"(?:ignorar|ignoren?|retirar|retiren?|parar|detener|detengan|anular|anulen?|olviden?) (?:la|mi|el|esa|esta"
        r"|ese) (?:(?:solicitud|petición) de )?(?:{noun})\b",
        r"(?:ningun[ao]?|nada de|sin) (?:{bare})\b",
    ),
    happened=(
        r"(?:fue|fueron|está|están|estaba|sido|quedó|aparece|sale|figura)(?: (?:ya|totalmente|como|todo))* {done}\b",
        r"(?:he|ha|han|hemos|has|había|habían)(?: (?:ya|sido|vuelto a))* {done}\b",
        r"(?:(?:me|nos|lo|la|ya|ustedes|se|yo) )*{did}\b",
    ),
    whether=(
        r"^\W*(?:(?:y|ya|hola|me|nos|se)[,:]? ?¿?)*(?:está|están|han|ha|fue|has"
        r"|he)(?: (?!no\b)\w+){0,5}? ?{done}\b(?=[^?]*\?)",
        r"(?:saber|decirme|confirmar|confirmarme|comprobar) si (?:(?!no\b)\w+ ){1,6}?{done}\b",
    ),
    hypothetical=r"\b(?:si|cuando|cuándo|hasta|antes|quiero|quisiera|puedo|pueden|podría\w*|para|debe\w*|cómo|no"
    r"|nunca|sea|ser)\b",
    only_if=r"\b(?:si|cuando|quién|hasta cuándo|cuánto|antes|después|sin)\b",
    why=r"\b(?:por qué|porqué|cuándo|cómo)$",
    complaint=r"\b(?:por qué|porqué|si|ustedes|ellos|puedo|pueden|que)$",
    roles={
        "resells": (
            r"\bfranquicia\w*\b",
            r"\b(?:quiero|queremos|quisiera|gustaría|interesa\w*|pienso|pensamos|cómo puedo"
            r"|me planteo)\b[^.?!]{0,20}\babrir (?:un|una|su|mi|nuestra)(?: \w+){0,3} ?(?:tienda|sucursal|local"
            r"|punto de venta)\b",
            r"\b(?:distribuidor(?:a|es)?|revendedor(?:a|es)?|mayoristas?)\b",
            r"\b(?:quiero|queremos|quisiera|gustaría|interesa\w*|podría\w*|podemos)\b[^.?!]{0,20}\b(?:vender"
            r"|distribuir|ofrecer|revender) (?:sus|vuestr[oa]s)\b",
            r"\b(?:precios?|tarifas?|condiciones) (?:de|para|al por) (?:mayoristas?|mayor|tiendas|revendedores)\b",
        ),
        "supplies": (
            r"\b(?:somos|soy|como)(?: [\w-]+){0,4}? (?:fabricantes?|productor(?:a|es)?|proveedor(?:a|es)?"
            r"|exportador(?:a|es)?|agencia)\b",
            r"\b(?:ofrecer|presentar|vender|suministrar|mostrar)(?:les|le|os) (?:nuestr[oa]s?|mis?)\b",
            r"\bser (?:[\w-]+ ){0,2}proveedor(?:a|es)?\b",
            r"\b(?:posicionamiento (?:web|seo)|backlinks?|artículo patrocinado|rediseñar su (?:web|página))\b",
        ),
        "applies": (
            r"\b(?:currículum|curriculum|mi cv|vacantes?|ofertas? de (?:empleo|trabajo)|candidatura|becari[oa]s?)\b",
            r"\b(?:busco|buscando) (?:trabajo|empleo|prácticas)\b",
            r"\b(?:hacer|realizar) (?:las |mis |unas )?prácticas\b",
            r"\btrabajar (?:con|para|en) (?:ustedes|vosotros|su (?:tienda|empresa))\b",
            r"\b(?:están|estáis) (?:contratando|buscando personal)\b",
        ),
        "reports": (
            r"\b(?:soy|somos|como)(?: [\w-]+){0,3}? (?:periodistas?|reporter[oa]|redactor(?:a|es)?|bloguer[oa]"
            r"|influencers?|youtubers?)\b",
            r"\b(?:artículo|reportaje|documental|tesis|programa) sobre\b",
            r"\b(?:entrevistar\w*|una entrevista|(?:dossier|contacto|gabinete|fotos) de prensa)\b",
            r"\b(?:colaboración|colaborar) (?:con|entre) (?:ustedes|vosotros|su|nosotros)\b",
            r"\bpara (?:mi|nuestro|nuestra) (?:podcast|blog|canal|revista|periódico|programa)\b",
        ),
    },
)

"""French signs."""

from courtesy.science.signs import NEVER, Act, Rules

_DET = (
    r"(?:(?:d'|de |du |des |l'|le |la |les |un |une |mon |ma |mes |à |que vous |être |me |m'|nous |faire |tout |en ))*"
)

RULES = Rules(
    acts={
        "cancel": Act(r"annul(?:er|ez|e)", NEVER, r"annulée?s?", r"annulations?", bare=True),
        "return": Act(
            r"(?:renvoyer|renvoyez|retourner|retournez)", NEVER, r"(?:renvoyée?s?|retournée?s?)", r"retours?"
        ),
        "refund": Act(r"rembours(?:er|ez|e)", NEVER, r"remboursée?s?", r"remboursements?"),
        "exchange": Act(
            r"(?:échanger|échangez|remplacer|remplacez)",
            NEVER,
            r"(?:échangée?s?|remplacée?s?)",
            r"(?:échange|remplacement)s?",
        ),
        "delete": Act(r"(?:supprimer|supprimez|effacer|effacez)", NEVER, NEVER, r"suppressions?"),
        "change": Act(
            r"(?:modifier|modifiez|changer|changez)(?! d'avis)",
            NEVER,
            r"(?:modifiée?s?|changée?s?)(?! d'avis)",
            r"(?:modification|changement)s?",
        ),
        "call": Act(r"(?:rappeler|rappelez|appeler|appelez)(?! que)", NEVER, NEVER, r"(?:appel|rappel)s?"),
        "order": Act(r"(?:commander|acheter)", NEVER, NEVER, NEVER),
    },
    unwanted=(
        r"n(?:e |')(?:(?:me |m'|la |le |les |l'|nous |vous ))?{verb}(?: \w+)? (?:pas|plus|surtout pas)\b",
        r"ne (?:surtout )?pas (?:(?:me |m'|la |le |les |l'|nous |vous ))?{verb}",
        rf"n(?:e |')(?:veu[xt]|voul\w+|souhait\w+|désir\w+|demand\w+|cherch\w+|compt\w+|pens\w+|envisag\w+"
        rf"|réclam\w+)(?: \w+)? (?:pas|plus|jamais|aucune?) ?{_DET}(?:{{verb}}|{{noun}}|{{done}})\b",
        rf"n'(?:ai|avons|avais|avions) (?:pas|plus|jamais|aucune?) (?:voulu|demandé|besoin|l'intention|intention"
        rf"|souhaité|envie) ?{_DET}(?:{{verb}}|{{noun}}|{{done}})\b",
        r"pas (?:de |d'){bare}(?=\s*(?:[.!,]|$|s'il|svp|merci|nécessaire))",
        r"pas (?:de |d')(?:{noun}) (?:s'il|svp|merci|nécessaire)",
        r"pas (?:besoin|la peine) (?:de |d')(?:(?:un |une |me |le |la |l'))*(?:{verb}|{noun})\b",
        r"sans (?:avoir à |devoir |pour autant )?(?:(?:l'|la |le |les |tout |me ))?{verb}\b",
        rf"(?:plutôt (?:que |qu')|au lieu (?:de |d'|du )|à la place (?:de |d'|du )){_DET}(?:{{verb}}|{{noun}}"
        rf"|{{done}})\b",
        r"(?:annuler|annulez|ignorer|ignorez|arrêter|arrêtez|oublier|oubliez|retirer) (?:l'|la |le |ma |mon |cette "
        r"|ce )(?:demande (?:de |d'))?{noun}\b",
    ),
    happened=(
        r"(?:a|ont|ai|avons|avez|as)(?: (?:déjà|été|bien|automatiquement|juste|entièrement|aussi|finalement|tout"
        r"|simplement|quand même))* {done}\b",
        r"(?:est|sont|était|étaient)(?: (?:déjà|bien|maintenant|désormais|automatiquement|donc))* {done}\b",
    ),
    whether=(
        r"est-ce qu(?:e |')(?:(?!peu|pou|n'|ne\b)[\w']+ ){0,6}?(?:[ltm]')?(?:a|est|avez|ai|ont)(?: (?:été|bien"
        r"|déjà))* {done}\b",
        r"(?:(?:l'|m'|nous )?avez-vous|a-t-(?:on|elle|il)|ont-ils|est-elle|est-il|sont-ils|sont-elles)(?: (?:bien"
        r"|déjà|été))* {done}\b",
        r"(?:savoir|dire|vérifier|confirmer) si (?:[\w']+ ){1,6}?(?:a|est|avez|ont|ai)(?: (?:été|bien|déjà))* {done}\b",
    ),
    hypothetical=r"(?:\b(?:si|quand|lorsque|dès que|avant|faut|peu[xt]|pouvez|pourr\w+|voudr\w+|veux|aimer\w+|comment"
    r"|ne|pas|jamais|pourquoi est-ce que je ne)\b|\bn'|\bs'il)",
    only_if=r"\b(?:si|quand|lorsque|qui|jusqu'à quand|combien|avant|après|sans)\b",
    why=r"\b(?:pourquoi|quand|comment)$",
    complaint=r"(?:\b(?:vous|pourquoi|ils|elles?|il|on|si)(?: vous)?|que vous)$",
    roles={
        "resells": (
            r"\bfranchis(?:e|es|é|ée|és|eur)\b",
            r"\b(?:souhait\w+|voudr\w+|aimer\w+|veux|voulons|projet\w*|envisag\w+|comment|compte"
            r"|pour)\b[^.?!]{0,20}\bouvrir (?:un|une|votre|mon|ma|notre)(?: \w+){0,3} (?:boutique|magasin"
            r"|point de vente|succursale)\b",
            r"\b(?:revendeu(?:r|rs|se)|distributeurs?|dépositaires?|grossistes?)\b(?! (?:automatique|de billets))",
            r"\b(?:vendre|proposer|distribuer|revendre) (?:vos|votre)(?: [\w']+){1,3}? (?:chez|dans (?:ma|mon|notre"
            r"|nos))\b",
            r"\btarifs? (?:de gros|revendeurs?|grossistes?)\b",
        ),
        "supplies": (
            r"\b(?:nous sommes|je suis|notre société est|en tant que)(?: [\w']+){0,4} (?:fabricante?s?|producteurs?"
            r"|productrice|fournisseurs?|exportateurs?|agence)\b",
            r"\b(?:vous|votre (?:boutique|magasin|société)) (?:présenter|proposer|vendre|fournir|livrer"
            r"|offrir) (?:notre|nos|mes)\b",
            r"\bdevenir (?:[\w']+ ){0,2}fournisseurs?\b",
            r"\b(?:référencement (?:naturel|de votre site)|backlinks?|article sponsorisé|refonte de votre site)\b",
        ),
        "applies": (
            r"\b(?:candidature|candidater|postuler|postule|offres? d'emploi|alternance|stagiaires?|job d'été)\b",
            r"\b(?:recrutez|recrutement|embauchez|embauche|recrutez-vous)\b",
            r"\b(?:mon cv|mon curriculum|un stage|un apprentissage|un emploi|le poste d|poste de vend)",
            r"\btravailler (?:chez|pour|avec|dans) (?:vous|votre)\b",
        ),
        "reports": (
            r"\b(?:je suis|nous sommes|en tant que)(?: [\w']+){0,3} (?:journalistes?|reporter|blogueu(?:r|se)"
            r"|influenceu(?:r|se)|rédact(?:eur|rice)|youtubeu(?:r|se))\b",
            r"\b(?:article|reportage|documentaire|mémoire|dossier|émission) sur (?:les|votre|vous|la|des|vos)\b",
            r"\b(?:interviewer|une interview|(?:dossier|service|photos?|contact) (?:de )?presse)\b",
            r"\b(?:collaboration|collaborer|partenariat) (?:avec|entre) (?:vous|votre|nous)\b",
            r"\bpour (?:mon|notre|ma) (?:podcast|blog|chaîne|journal|magazine|émission)\b",
        ),
    },
)

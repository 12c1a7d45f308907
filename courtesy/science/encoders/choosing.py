"""Which encoder reads for a shop: by its languages alone. No numpy, since the settings page says it too.

Measured (the language anchor, section 7): on English alone MiniLM finds more; in any other language it finds next to
nothing (.29 against .86 on seven of them), and the multilingual one serves a German question with an English article.
"""

from collections.abc import Collection

MINILM, MULTILINGUAL = "minilm-l6-int8-1", "use-multilingual-3-1"
"""The names under which the two encoders keep what they read."""

READS: dict[str, frozenset[str]] = {
    MINILM: frozenset({"en"}),
    MULTILINGUAL: frozenset({"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"}),
}
"""The languages each reads well, as those say who made it."""


def which(languages: Collection[str]) -> str:
    """The encoder for a shop whose customers write in these languages; English where none is named.

    >>> which(["en"]), which(["en", "de"]), which(["sv"])
    ('minilm-l6-int8-1', 'use-multilingual-3-1', 'use-multilingual-3-1')
    """
    return MINILM if set(languages) <= READS[MINILM] else MULTILINGUAL


def beside(languages: Collection[str]) -> str:
    """The second encoder, for English texts alone, where a shop speaks English among others; "" where none helps.

    >>> beside(["en", "de"]), beside(["en"]), beside(["de", "fr"])
    ('minilm-l6-int8-1', '', '')
    """
    return MINILM if "en" in languages and which(languages) != MINILM else ""


def unread(languages: Collection[str]) -> frozenset[str]:
    """Those of a shop's languages that its encoder does not read well: there likeness in words counts most.

    >>> sorted(unread(["en", "sv", "de"]))
    ['sv']
    """
    return frozenset(languages) - READS[which(languages)]

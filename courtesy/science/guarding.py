"""Where a draft or a colleague's text generalizes about people: "people like you", "for someone your age".

Built from two parts, in every language alike: a group is named (people like you, your age, as a woman, older
customers), and something is said of it (what they usually do, like, can, or how hard something is for them). A group
that is only named, served, welcomed or let in generalizes about nobody. Whether the claim flatters makes no
difference: "women are better at it" and "women are worse at it" are found alike.

Rules only, standard library only; what is found is shown, never blocked.
"""

import re
from dataclasses import dataclass

from courtesy.science.groups import Kind, Speaking, speaking
from courtesy.science.text import sentences
from courtesy.science.tongues import guess

MOST_SENTENCES = 300
_LONGEST = 600  # letters of a sentence that are read
_EASED = {"as one of them", "measured by a group"}  # of a door or a telephone these speak of what it is like, not who
_WINDOW = 14  # words after a group in which something is said of it
_END = re.compile(
    r"[.;:!?–—]|, (?:so|and|but|which|we|I|you|here|deshalb|daher|aber|und|wir|ich|donc|mais|et|nous|je|así|pero|por)\b"
)


@dataclass(frozen=True)
class Finding:
    """Words that generalize about a group: which way, the words, and the sentence they stand in."""

    kind: Kind
    words: str
    sentence: str


def generalizing(text: str, language: str) -> tuple[Finding, ...]:
    """Every sentence of a text that generalizes about a group of people, at most one finding each.

    ``language`` is the text's ("en", "de", "fr", "es"; "" is guessed; for any other nothing is found).

    >>> [one.words for one in generalizing("People like you usually pay late. Deaf customers can text us.", "en")]
    ['People like you']
    >>> generalizing("As you are a deaf person, the text phone is the quickest way.", "en")
    ()
    """
    words = speaking(language or guess(text))
    if words is None:
        return ()
    found = (_in_sentence(one[:_LONGEST], words) for one in sentences(text)[:MOST_SENTENCES])
    return tuple(one for one in found if one is not None)


def _in_sentence(sentence: str, words: Speaking) -> Finding | None:
    if words.denial.search(sentence):
        return None
    for kind, always, shape in words.naming:
        for match in shape.finditer(sentence):
            after = _END.split(sentence[match.end() :], maxsplit=1)[0]
            after = " ".join(after.split()[:_WINDOW])
            if _says((kind, always), match, after, words):
                return Finding(kind, match[0].strip(" ,"), sentence)
    return None


def _says(naming: tuple[Kind, bool], named: re.Match[str], after: str, words: Speaking) -> bool:
    """Whether something is said of a group that was named: by what comes first behind it, a service or a claim."""
    kind, always = naming
    if kind in _EASED and words.access.search(named[0]) and words.facility.search(named.string):
        return False
    if kind == "like you" and words.warm.search(named.string):
        return False
    service = words.service.search(after)
    claims = list(words.claim.finditer(after))
    if service:
        # "usually receive": what a service does usually is a service; "often struggle" is not, whatever follows.
        return any(
            (one.start(), -one.end()) < (service.start(), -service.end()) and not words.general.match(one[0])
            for one in claims
        )
    return always or bool(claims)

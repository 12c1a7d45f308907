"""What no encoder sees: that somebody does *not* want it, that it has *happened*, that no customer writes.

"No cancellation" lies beside "cancel my order", "my order is cancelled" too, and "I want to open your store" beside
"when does your store open": most of the surest mistakes of a classifier are of these three kinds (the language anchor,
section 0). Rules, a file a language in `science/signs/`, after the manner of NegEx (Chapman et al. 2001, "A Simple
Algorithm for Identifying Negated Findings"). Each sign holds its words and says what it takes away, so that it can be
shown and be called wrong. Where in doubt there is none.

The codes, for those who say them to people: ``not-wanted`` "not about canceling", ``already-happened`` "already
canceled", ``asks-whether`` "asks whether it is canceled", ``not-a-customer`` "wants to sell to us" and the like.
"""

import re
from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass
from functools import cache
from typing import Literal

from courtesy.science.signs import NEVER, Act, Rules, de, en, es, fr

Code = Literal["not-wanted", "already-happened", "asks-whether", "not-a-customer"]
ACTS = ("cancel", "return", "refund", "exchange", "delete", "change", "call", "order")
"""What a sign may be about, of what customers ask for."""
ROLES = ("resells", "supplies", "applies", "reports")
"""Who writes, of those who are no customers: about reselling, from a supplier, for work, for the press."""

_RULES: dict[str, Rules] = {"en": en.RULES, "de": de.RULES, "fr": fr.RULES, "es": es.RULES}
_CLAUSE = re.compile(r"[,:(]")
_SENTENCE = re.compile(r"[^.!?\n;]+(?:[.!?;]+|\n|$)")


@dataclass(frozen=True)
class Sign:
    """One sign: its code, what it is about (one of ``ACTS`` or ``ROLES``), and its words where they stand."""

    code: Code
    about: str
    words: str
    start: int
    end: int

    def takes_away(self, acts: Collection[str]) -> bool:
        """Whether a topic that is about these acts and roles (see ``acts_in``) is not what the message asks for.

        A sign about an act takes away topics of this act; who is no customer has no topic but that of their role.
        """
        return self.about not in acts if self.code == "not-a-customer" else self.about in acts


def unseen(text: str, language: str) -> tuple[Sign, ...]:
    """The signs in a message, in the order of their words; none in a language without rules.

    >>> [(one.code, one.about, one.words) for one in unseen("Please don't cancel my order.", "en")]
    [('not-wanted', 'cancel', "Please don't cancel")]
    """
    rules = _RULES.get(language)
    if rules is None:
        return ()
    said = text.replace("’", "'")
    found = [
        sign for sentence in _SENTENCE.finditer(said) for sign in _in_sentence(sentence[0], sentence.start(), language)
    ]
    return tuple(sorted({(one.code, one.about): one for one in reversed(found)}.values(), key=lambda one: one.start))


def against(text: str, language: str, acts: Set[str]) -> tuple[Sign, ...]:
    """The signs that take a topic away that is about these acts; none where the message names another of them, too.

    >>> [one.words for one in against("I don't want to cancel.", "en", {"cancel", "change"})]
    ["don't want to cancel"]
    >>> against("I don't want to cancel but to change the address.", "en", {"cancel", "change"})
    ()
    """
    signs = unseen(text, language)
    denied = frozenset(one.about for one in signs if one.code != "not-a-customer")
    if acts & acts_in(text, language) - denied:
        signs = tuple(one for one in signs if one.code == "not-a-customer")
    return tuple(one for one in signs if one.takes_away(acts))


def wish(text: str, language: str, act: str) -> str:
    """The clause in which a message asks for an act, word for word; "" where it does not, or says the contrary.

    >>> wish("Hello, please cancel my order. Thanks", "en", "cancel"), wish("If I cancel, who pays?", "en", "cancel")
    ('please cancel my order', '')
    """
    rules = _RULES.get(language)
    if rules is None or any(one.about == act for one in unseen(text, language)):
        return ""
    named = re.compile(rf"(?<!\w)(?:{rules.acts[act].verb}|{rules.acts[act].doing})(?!\w)")
    for sentence in _SENTENCE.finditer(text.replace("’", "'")):
        for clause in _CLAUSE.split(sentence[0]):
            low = clause.lower()
            hit = named.search(low)
            if hit and not re.search(rules.only_if, low[: hit.start()]):
                return clause.strip(" .!?;,")
    return ""


def acts_in(text: str, language: str) -> frozenset[str]:
    """The acts and roles that a topic's name or example is about, whatever is said of them.

    >>> sorted(acts_in("Cancel an order", "en"))
    ['cancel']
    """
    rules = _RULES.get(language)
    if rules is None:
        return frozenset()
    low = text.replace("’", "'").lower()
    acts = {name for name, act in rules.acts.items() if name != "order" and re.search(rf"\b(?:{_any_of(act)})\b", low)}
    return frozenset(acts | {role for role, patterns in _roles(language) for one in patterns if one.search(low)})


def _any_of(act: Act) -> str:
    return "|".join(part for part in (act.verb, act.doing, act.done, act.did, act.noun) if part != NEVER)


def _in_sentence(sentence: str, start: int, language: str) -> Iterator[Sign]:
    low = sentence.lower()
    rules = _RULES[language]
    before, supposed, why = (re.compile(one) for one in (rules.complaint, rules.hypothetical, rules.why))
    taken: set[str] = set()
    for about, patterns in _patterns(language, "unwanted"):
        for hit in (hit for pattern in patterns for hit in pattern.finditer(low)):
            if not before.search(low[: hit.start()].rstrip()):
                taken.add(about)
                yield _sign("not-wanted", about, sentence, start, hit)
    for kind in ("whether", "happened"):
        for about, patterns in _patterns(language, kind):
            for hit in (hit for pattern in patterns for hit in pattern.finditer(low)):
                if about not in taken and not supposed.search(_clause_before(low, hit.start())):
                    taken.add(about)
                    asks = kind == "whether" and not why.search(low[: hit.start()].rstrip())
                    yield _sign("asks-whether" if asks else "already-happened", about, sentence, start, hit)
    for role, patterns in _roles(language):
        for hit in [hit for pattern in patterns for hit in pattern.finditer(low)][:1]:
            yield _sign("not-a-customer", role, sentence, start, hit)


def _clause_before(low: str, place: int) -> str:
    """What stands before in the same clause."""
    return re.split(r"[,:(]|\b(?:and|but|und|aber|et|mais|y|pero)\b", low[:place])[-1]


def _sign(code: Code, about: str, sentence: str, start: int, hit: re.Match[str]) -> Sign:
    return Sign(code, about, sentence[hit.start() : hit.end()], start + hit.start(), start + hit.end())


@cache
def _patterns(language: str, kind: str) -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    rules = _RULES[language]
    made = []
    for name, act in rules.acts.items():
        forms = {"verb": act.verb, "doing": act.doing, "done": act.done, "noun": act.noun, "did": act.did}
        forms["bare"] = act.noun if act.bare else NEVER
        patterns = tuple(re.compile(rf"(?<!\w)(?:{_filled(one, forms)})") for one in getattr(rules, kind))
        made.append((name, patterns))
    return tuple(made)


def _filled(pattern: str, forms: dict[str, str]) -> str:
    for form, words in forms.items():
        pattern = pattern.replace("{" + form + "}", words)
    return pattern


@cache
def _roles(language: str) -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    return tuple((role, tuple(map(re.compile, patterns))) for role, patterns in _RULES[language].roles.items())

"""What is learned on one family of the sample's texts is reported on the other: they share no sentence and nobody."""

import re
from itertools import product

import pytest

from courtesy.config.sample import families, reading
from courtesy.config.sample.generating import mails, texts
from courtesy.config.sample.generating.whole import past
from courtesy.science.text import sentences
from tests.cast import NOON

SIGNATURES = {"ada", "ben", "noor haddad", "marigold"}


def said(text: str) -> set[str]:
    """Its sentences, however they are set: without slots, marks, and the names below a letter."""
    bare = re.sub(r"\{[a-z]+\}", " ", text)
    pieces = [piece for line in bare.split("\n") for piece in sentences(line)]
    plain = {" ".join(re.findall(r"\w+", piece.casefold())) for piece in pieces}
    return plain - SIGNATURES - {""}


def sentences_of(name: str) -> set[str]:
    return {
        one for language in texts.LANGUAGES for text in texts.family(name, language).templates() for one in said(text)
    }


class TestTheFamilies:
    def test_share_no_sentence(self):
        ours, theirs = (sentences_of(name) for name in families.FAMILIES)

        assert min(len(ours), len(theirs)) > 500
        assert ours & theirs == set()

    @pytest.mark.parametrize(("name", "language"), list(product(families.FAMILIES, texts.LANGUAGES)))
    def test_speak_of_everything_in_every_language(self, name, language):
        one = texts.family(name, language)

        assert set(one.topics) == set(texts.family("a", "en").topics)
        assert set(one.voices) == {"plain", "polite", "chatty", "anxious"}
        assert set(one.colleagues) == {"Ada", "Ben", "Noor"}
        for topic in one.topics.values():
            assert all(topic.answers_to(ask) for ask in (*topic.asks, *topic.curt))
            assert not topic.fits or len(topic.fits) == len(topic.asks), topic.name

    def test_share_no_sentence_with_what_was_written_by_hand(self):
        by_hand = {one for told in reading.conversations(NOON) for words in told.words for one in said(words.body)}

        # Greetings and closings are the shop's own; a sentence is longer.
        assert {one for one in by_hand & sentences_of("a") if len(one.split()) > 3} == set()
        assert {one for one in by_hand & sentences_of("b") if len(one.split()) > 3} == set()

    def test_are_told_apart_by_who_writes_and_nobody_is_in_both(self):
        whole = past(NOON, 0.05)
        found = {told.customer.address: families.of(told.customer.address) for told in whole.conversations}

        assert set(found.values()) == set(families.FAMILIES)
        assert {families.of(one.address) for one in reading.customers()} == {""}

    def test_are_named_in_no_letter(self):
        for letter in past(NOON, 0.05).letters():
            assert b"famil" not in mails.raw(letter).split(b"\r\n\r\n")[0].lower()

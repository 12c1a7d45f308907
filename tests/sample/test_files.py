"""What the sample shop is made of: twelve articles, twenty customers, thirty conversations, nobody real; and four dozen
articles more that come with its past."""

import re
from collections import Counter
from datetime import timedelta

from courtesy.config.sample import reading
from courtesy.consent.purposes import Answer, Purpose
from courtesy.knowledge.actions.importing import read
from courtesy.science.passages import cut
from courtesy.science.text import numbers
from tests.cast import NOON


class TestTheArticles:
    def test_are_twelve_two_of_them_for_us_only(self):
        articles = [read(file.stem, file.read_bytes()) for file in reading.ARTICLES.glob("*.md")]

        assert Counter(one.audience for one in articles) == {"public": 10, "internal": 2}

    def test_are_as_long_as_help_is_and_hold_numbers(self):
        for file in reading.ARTICLES.glob("*.md"):
            article = read(file.stem, file.read_bytes())
            assert 80 <= len(article.text.split()) <= 270, file.stem
            assert len(numbers(article.text)) >= 3, file.stem

    def test_hold_sentences_that_stand_alone(self):
        beginnings = re.compile(r"^(?:It|They|This|These|That|Those|He|She)\b")
        for file in reading.ARTICLES.glob("*.md"):
            article = read(file.stem, file.read_bytes())
            leaning = [
                sentence
                for piece in cut(article.title, article.text)
                for sentence in piece.sentences
                if beginnings.match(sentence)
            ]
            assert len(leaning) <= 2, leaning


class TestTheOtherArticles:
    def test_make_sixty_in_four_languages(self):
        more = [read(file.stem, file.read_bytes()) for file in reading.MORE_ARTICLES.rglob("*.md")]
        languages = Counter(one.language for one in more)

        assert len(set(reading.article_slugs())) == 60
        assert languages == {"en": 30, "de": 6, "fr": 6, "es": 6}
        assert Counter(one.audience for one in more) == {"public": 43, "internal": 5}

    def test_are_as_long_as_help_is_and_hold_numbers(self):
        for file in reading.MORE_ARTICLES.rglob("*.md"):
            article = read(file.stem, file.read_bytes())
            assert 80 <= len(article.text.split()) <= 270, file.stem
            assert len(numbers(article.text)) >= 3, file.stem


class TestTheCustomers:
    def test_are_twenty_at_addresses_that_cannot_exist(self):
        customers = reading.customers()

        assert len({one.address for one in customers}) == 20
        assert all(one.address.endswith(".example") for one in customers)

    def test_said_all_there_is_to_say(self):
        said = {(Purpose(one.purpose), Answer(one.answer)) for who in reading.customers() for one in who.said}

        assert {answer for _, answer in said} == set(Answer)
        assert {purpose for purpose, _ in said} == set(Purpose) - {Purpose.SERVICE}

    def test_each_write_at_least_once(self):
        wrote = {one.address for one in reading.conversations(NOON)}

        assert wrote == {one.address for one in reading.customers()}


class TestTheConversations:
    def test_are_thirty_and_stand_in_every_way(self):
        states = Counter(one.state for one in reading.conversations(NOON))

        assert states == {"arrives": 8, "open": 6, "waiting": 4, "resolved": 12}

    def test_are_no_templates(self):
        bodies = [words.body for one in reading.conversations(NOON) for words in one.words if words.by == "customer"]
        openings = Counter(body[:12] for body in bodies)

        assert len(bodies) == len(set(bodies))
        assert max(openings.values()) <= 3

    def test_tell_their_words_in_order_and_all_in_the_past(self):
        for one in reading.conversations(NOON):
            times = [words.at for words in one.words]
            assert times == sorted(times), one.subject
            assert times[-1] + timedelta(minutes=20) <= NOON or one.state in {"arrives", "open"}
            assert times[-1] < NOON

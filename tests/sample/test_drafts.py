"""The first impression: what the machine makes of the sample's open questions, article by article."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from courtesy.config.sample import reading
from courtesy.knowledge.actions.importing import read
from courtesy.science.checking import doubts
from courtesy.science.drafting import Draft, NoDraft, answer
from courtesy.science.encoders.minilm import MiniLM, NotBuilt
from courtesy.science.passages import PassageText, cut
from courtesy.science.retrieval import Index, rows_for
from tests.cast import NOON

ANSWERED = {
    "Soap in the clay pot, help": "pot-care",
    "Shipping to Norway": "shipping",
    "Wheel workshop with my daughter": "workshops",
    "Almonds?": "allergens",
    "lids": "lids-and-repairs",
    "How long is the voucher good for?": "gift-vouchers",
    "Subscription while we are away": "subscriptions",
    "Tracking says delivered": "lost-parcels",
    "Prices for our café": "wholesale",
    "Used it once": "returns",
}
NOT_A_QUESTION = {"not happy with Saturday", "Thank you"}
NOTHING_SAYS_SO = {"Front brake", "A wish"}

FRONT = {file.stem: file for file in reading.ARTICLES.glob("*.md")}
NEAREST = {"sorting-center", "waiting-list", "gift-wrapping", "clay-and-kiln", "your-data", "paket-fehlt"}
"""Of the four dozen that come with the past, those nearest to what is asked; reading all of them takes a while."""

MORE = FRONT | {file.stem: file for file in reading.MORE_ARTICLES.rglob("*.md") if file.stem in NEAREST}
ROWS: dict[tuple[str, str, str], Any] = {}


def passages(articles: dict[str, Path]) -> list[PassageText]:
    found: list[PassageText] = []
    for number, slug in enumerate(sorted(articles)):
        article = read(slug, articles[slug].read_bytes())
        for piece in cut(article.title, article.text):
            found.append(PassageText(len(found) + 1, number, article.title, piece.heading, piece.text))
    return found


def rows_of(piece: PassageText, encoder: MiniLM) -> Any:
    key = (piece.title, piece.heading, piece.text)
    if key not in ROWS:
        ROWS[key] = rows_for(piece, encoder)
    return ROWS[key]


def drafts(encoder: MiniLM | None, articles: dict[str, Path]) -> dict[str, Draft | NoDraft]:
    pieces = passages(articles)
    index = Index(pieces, [rows_of(piece, encoder) for piece in pieces] if encoder else None)
    return {
        one.subject: answer(
            next(words.body for words in reversed(one.words) if words.by == reading.CUSTOMER),
            index,
            subject=one.subject,
            encoder=encoder,
        )
        for one in reading.conversations(NOON)
        if one.state in {"arrives", "open"}
    }


def articles_of(draft: Draft, articles: dict[str, Path]) -> set[str]:
    by_id = {piece.passage_id: sorted(articles)[piece.article_id] for piece in passages(articles)}
    return {by_id[sentence.passage_id] for sentence in draft.sentences}


@pytest.fixture(scope="module")
def encoder() -> MiniLM:
    try:
        return MiniLM(settings.COURTESY.weights_dir)
    except NotBuilt:
        pytest.skip("the encoder is not built; `courtesy weights` builds it")


@pytest.fixture(scope="module", params=[FRONT, MORE], ids=["front", "with some more"])
def articles(request: pytest.FixtureRequest) -> dict[str, Path]:
    return request.param


@pytest.fixture(scope="module")
def made(encoder: MiniLM, articles: dict[str, Path]) -> dict[str, Draft | NoDraft]:
    return drafts(encoder, articles)


class TestWithTheEncoder:
    def test_answers_each_question_from_its_article(self, made, articles):
        answered = {
            subject: articles_of(draft, articles) for subject, draft in made.items() if isinstance(draft, Draft)
        }

        assert answered == {subject: {slug} for subject, slug in ANSWERED.items()}

    def test_is_silent_where_nothing_is_asked_or_known(self, made):
        silent = {subject: draft.reason for subject, draft in made.items() if isinstance(draft, NoDraft)}

        assert {subject for subject, reason in silent.items() if reason == "no_question"} == NOT_A_QUESTION
        assert set(silent) == NOT_A_QUESTION | NOTHING_SAYS_SO

    def test_answers_three_questions_in_three_sentences(self, made):
        assert len(made["Wheel workshop with my daughter"].sentences) >= 3

    def test_invents_no_number(self, made, articles):
        everything = [piece.text for piece in passages(articles)]
        for draft in made.values():
            if isinstance(draft, Draft):
                said = " ".join(sentence.text for sentence in draft.sentences)
                assert doubts(said, everything, "en") == ()


class TestByWordsAlone:
    def test_never_answers_from_another_article(self):
        for subject, draft in drafts(None, FRONT).items():
            if isinstance(draft, Draft):
                assert articles_of(draft, FRONT) <= {ANSWERED.get(subject)}, subject

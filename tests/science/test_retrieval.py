import numpy as np
import pytest

from courtesy.science.passages import PassageText
from courtesy.science.retrieval import BY_WORDS, WITH_MEANING, Index, rows_for

SHOP = [
    PassageText(1, 10, "Returns", "", "You may return unused pots within 30 days.\nThe label costs 4.90 EUR."),
    PassageText(2, 20, "Opening hours", "", "The store is open Tuesday to Friday from 10:00.\nClosed on Sundays."),
    PassageText(3, 30, "Gift cards", "", "Gift cards are valid for three years.\nA lost card can be replaced."),
    PassageText(4, 30, "Gift cards", "Limits", "A gift card holds 10 to 250 EUR.\nIt works in the store too."),
    PassageText(
        5, 40, "Rückgabe", "", "Die Rückgabe ist in 30 Tagen möglich und sie ist kostenlos.\nDer Laden ist zu."
    ),
]


@pytest.fixture(scope="module")
def index(minilm):
    return Index(SHOP, [rows_for(one, minilm) for one in SHOP])


class TestSearch:
    def test_finds_the_article_by_meaning(self, index, minilm):
        asked = "Can I send a flowerpot back that I have not used?"
        found = index.search(asked, minilm.encode([asked])[0])

        assert found.candidates[0].article_id == 10
        assert found.candidates[0].meaning is not None

    def test_names_an_article_once(self, index, minilm):
        found = index.search("gift card", minilm.encode(["gift card"])[0])

        assert len({one.article_id for one in found.candidates}) == len(found.candidates) == 3

    def test_works_by_words_alone(self):
        found = Index(SHOP).search("When are gift cards valid?")

        assert found.candidates[0].article_id == 30
        assert found.candidates[0].meaning is None

    def test_takes_one_row_a_passage_too(self, minilm):
        rows = np.stack([rows_for(one, minilm)[0] for one in SHOP])
        found = Index(SHOP, rows).search("opening hours", minilm.encode(["opening hours"])[0])

        assert found.candidates[0].article_id == 20

    def test_is_never_sure_in_a_language_the_encoder_does_not_read(self, index, minilm):
        asked = "Wie lange ist die Rückgabe möglich und ist sie kostenlos?"
        found = index.search(asked, minilm.encode([asked])[0])

        assert found.candidates[0].article_id == 40
        assert not found.sure

    def test_that_refusal_is_the_language_rule_and_nothing_else(self, minilm):
        open_to_german = Index(SHOP, [rows_for(one, minilm) for one in SHOP], languages=("en", "de"))
        asked = "Wie lange ist die Rückgabe möglich und ist sie kostenlos?"

        assert open_to_german.search(asked, minilm.encode([asked])[0]).sure

    def test_finds_nothing_where_nothing_is_known(self):
        found = Index([]).search("anything")

        assert found.candidates == ()
        assert not found.sure

    def test_gives_the_same_answer_twice(self, index, minilm):
        vector = minilm.encode(["lost my card"])[0]

        assert index.search("lost my card", vector) == index.search("lost my card", vector)

    def test_refuses_vectors_that_do_not_fit(self):
        with pytest.raises(ValueError, match="one entry"):
            Index(SHOP, np.zeros((2, 384), dtype=np.float32))


class TestRule:
    @pytest.mark.parametrize("rule", [WITH_MEANING, BY_WORDS])
    def test_is_surer_the_higher_and_the_lonelier_the_first_stands(self, rule):
        high, low = rule.sureness([0.8, 0.4, 0.4, 0.4, 0.4], 20), rule.sureness([0.6, 0.4, 0.4, 0.4, 0.4], 20)
        crowded = rule.sureness([0.8, 0.75, 0.7, 0.7, 0.7], 20)

        assert high > low
        assert high > crowded

    def test_is_not_sure_of_an_only_article_that_is_not_like_the_question(self):
        assert WITH_MEANING.sureness([0.4], 10) < WITH_MEANING.threshold

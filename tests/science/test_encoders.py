from pathlib import Path

import numpy as np
import pytest

from courtesy.science.encoders.minilm import GRAPH, MiniLM, NotBuilt, WeightsDiffer, WeightsTrouble, build

TEXTS = ["That is a happy person", "That is a very happy person", "Today is a sunny day", "Where is my parcel?", ""]


class TestMiniLM:
    def test_gives_unit_rows_of_384(self, minilm):
        rows = minilm.encode(TEXTS)

        assert rows.shape == (5, minilm.dimensions)
        assert rows.dtype == np.float32
        assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)

    def test_gives_the_same_bits_alone_and_in_company(self, minilm):
        together = minilm.encode(TEXTS)

        for number, text in enumerate(TEXTS):
            assert (minilm.encode([text])[0] == together[number]).all()

    def test_agrees_with_the_published_likenesses_of_its_model_card(self, exact):
        rows = exact.encode(TEXTS)

        assert rows[0] @ rows[1] == pytest.approx(0.943, abs=0.001)
        assert rows[0] @ rows[2] == pytest.approx(0.257, abs=0.001)

    def test_loses_little_to_the_small_numbers(self, minilm, exact):
        likeness = (minilm.encode(TEXTS) * exact.encode(TEXTS)).sum(axis=1)

        assert likeness.min() > 0.97
        assert likeness.mean() > 0.985

    def test_reads_a_text_of_any_length(self, minilm):
        rows = minilm.encode(["a" * 50_000, "plant " * 5_000, "🌿" * 300])

        assert np.isfinite(rows).all()

    def test_is_refused_where_nothing_was_built(self, tmp_path):
        with pytest.raises(NotBuilt):
            MiniLM(tmp_path)


class TestBuild:
    def test_refuses_other_weights_and_writes_nothing(self, tmp_path):
        (tmp_path / "model.safetensors").write_bytes(b"not the weights")
        into = tmp_path / "into"

        with pytest.raises(WeightsDiffer):
            build(tmp_path, into)

        assert not into.exists()

    def test_says_so_where_there_are_no_weights(self, tmp_path):
        with pytest.raises(WeightsTrouble):
            build(tmp_path / "nowhere", tmp_path / "into")

    def test_leaves_a_finished_graph_as_it_is(self, built):
        before = (built / GRAPH).stat().st_mtime_ns

        assert build(Path("/nowhere"), built) == built
        assert (built / GRAPH).stat().st_mtime_ns == before

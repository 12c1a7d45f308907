"""Nothing private of one customer stands in a draft to another, however it is asked for: measured through drafts."""

import re

import numpy as np
import pytest

from courtesy.desk import learning
from courtesy.knowledge import index
from courtesy.knowledge.models import EarlierPassage
from courtesy.science import earlier, spans
from tests.desk import private_things as private
from tests.desk.test_intake import Reads
from tests.desk.test_learning import LATER
from tests.shared_data import data_set, needs

pytestmark = [pytest.mark.house, pytest.mark.django_db(databases="__all__")]
FERN = data_set("shop-fern")


class Remembers(Reads):
    """Reads no text twice: the same sentences are asked about hundreds of times."""

    def __init__(self):
        self.rows = {}

    def encode(self, texts):
        new = [text for text in dict.fromkeys(texts) if text not in self.rows]
        self.rows |= dict(zip(new, super().encode(new), strict=True))
        return np.stack([self.rows[text] for text in texts]) if len(texts) else super().encode(texts)


@pytest.fixture(autouse=True)
def wide_open(monkeypatch):
    """All that is not the gate itself lets everything through: likeness, languages, how many sentences are near."""
    for module, name in ((index, "_held"), (index, "_held_earlier"), (learning, "_held")):
        monkeypatch.setattr(module, name, [])
    reads = Remembers()
    monkeypatch.setattr(index, "encoder", lambda: reads)
    monkeypatch.setattr(learning, "BY_ITSELF", 0.0)
    monkeypatch.setattr(learning, "BESIDE_AN_ARTICLE", 0.0)
    monkeypatch.setattr(learning, "READ", frozenset({"", "en", "de", "fr", "es"}))
    monkeypatch.setattr(earlier, "MOST_LOOKED_AT", 12)


@pytest.fixture
def gate_off(monkeypatch):
    """Nothing gives anybody away."""
    monkeypatch.setattr(learning, "gives_away", lambda *_, **__: "")
    monkeypatch.setattr(learning, "harmless", lambda body, **_: spans.spans(body))


def learned() -> None:
    while learning.catch_up(at=LATER):
        pass


class TestTwoHundredSeededThingsAndMore:
    def test_stand_in_no_draft(self, ben):
        private.seeded_shop(at=LATER)
        learned()
        private.vouch_for_everything(ben, at=LATER)

        found, _, _ = private.in_drafts(private.seeded_things(), private.seeded_asks(), at=LATER)

        assert len(private.seeded()) >= 200
        assert found == []

    def test_would_stand_there_with_the_gate_off(self, ben, gate_off):
        private.seeded_shop(at=LATER)
        learned()

        some = list(private.seeded_asks())[::6]
        found, _, from_the_past = private.in_drafts(private.seeded_things(), some, at=LATER)

        assert from_the_past > 25
        assert len(found) >= 10


@needs("shop-fern")
class TestWhatAShopWroteInAYear:
    def things(self) -> list[str]:
        return [piece for row in private.fern_sent(FERN) for piece in (*row["private"], *row["promises"])]

    def shop(self) -> None:
        files = sorted((FERN / "articles").rglob("*.md"))
        texts = [re.sub(r"\A---\n.*?\n---\n", "", file.read_text("utf-8"), flags=re.DOTALL) for file in files]
        private.fern_shop(FERN, [(file.stem, text) for file, text in zip(files, texts, strict=True)], at=LATER)
        learned()

    def test_stands_in_no_draft_where_it_is_private(self, ben):
        self.shop()
        clicked = private.vouch_for_everything(ben, at=LATER)

        found, _, from_the_past = private.in_drafts(self.things(), private.fern_asks(FERN), at=LATER)

        assert sum(len(row["private"]) for row in private.fern_sent(FERN)) == 73
        assert clicked > 50
        assert from_the_past > 50
        assert found == []

    def test_would_stand_there_with_the_gate_off(self, ben, gate_off, monkeypatch):
        monkeypatch.setattr(learning, "FEWEST_PEOPLE", 1)
        self.shop()
        asks = [one for row in private.fern_sent(FERN)[:60] for one in private.asks_for(row["private"])]

        found, _, _ = private.in_drafts(self.things(), asks, at=LATER)

        assert EarlierPassage.objects.count() > 200
        assert len(found) > 10

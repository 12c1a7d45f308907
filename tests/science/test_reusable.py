"""Which sentences of past answers may serve another customer: nothing private, nothing promised, somebody vouches."""

import hashlib
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.science import giveaway_words, giveaways
from courtesy.science.giveaways import gives_away, held_by, without_address
from courtesy.science.reusable import Articles, Said, people_told, told_to, vouched
from courtesy.science.spans import Span, harmless, spans, text_at
from tests.science.seeded import ARTICLES, NATURAL, harmless_frames, seeded
from tests.shared_data import data_set, needs

HELD = held_by(ARTICLES)
SENT = data_set("shop-fern") / "sent.jsonl"
STAFF = frozenset({"ada", "ben", "mira", "ole", "jonas", "lene"})


class TestWhatGivesSomebodyAway:
    def test_two_hundred_private_things_and_more_are_all_refused(self):
        assert len(seeded()) >= 200
        assert [one for one in seeded() if not gives_away(one[2], held=HELD)] == []

    def test_so_are_they_when_everything_is_written_small(self):
        assert [one for one in seeded() if not gives_away(one[2].lower(), held=HELD)] == []

    def test_so_are_whole_sentences_that_nobody_made_a_frame_for(self):
        assert [one for one in NATURAL if not gives_away(one[1], held=HELD)] == []

    def test_the_same_sentences_without_the_private_thing_may_pass(self):
        assert [one for one in harmless_frames() if gives_away(one, held=HELD)] == []

    @pytest.mark.parametrize(
        "rule", ["address", "code", "person", "health", "life", "price", "deed", "date", "promise"]
    )
    def test_each_rule_is_needed(self, monkeypatch, rule):
        examples = {
            "address": "Write to the colleagues at help@fernandfjord.example.",
            "code": "The spare key is with the colleagues.",
            "person": "Refunds come to your sister within seven working days.",
            "health": "Please water it once a week after the operation.",
            "life": "Please water it once a week after the funeral.",
            "price": "Please keep it between us once a week.",
            "deed": "We have refunded it within seven working days.",
            "date": "Please water it once a week from today.",
            "promise": "We'll water it once a week.",
        }
        assert gives_away(examples[rule], held=HELD) == rule
        monkeypatch.setattr(giveaways, "_RULES", [pair for pair in giveaways._RULES if pair[0] != rule])
        assert gives_away(examples[rule], held=HELD) == ""

    @pytest.mark.parametrize(
        "words", ["El libro que nos mandó para Ole llega una vez por semana.", "Nos pidió una vez por semana agua."]
    )
    def test_what_a_customer_did_for_us_is_theirs_even_where_an_article_knows_the_name(self, words):
        assert gives_away(words, held=held_by([*ARTICLES, "Gifts are decided by Ole."])) == "deed"

    def test_a_capital_letter_that_no_article_writes_is_a_name(self):
        said = "Parcels leave with Oddleif from Monday to Thursday."

        assert gives_away(said, held=HELD) == "name"
        assert gives_away(said, held=held_by([*ARTICLES, "Our carrier is Oddleif."])) == ""

    def test_a_colleagues_name_is_refused_even_where_an_article_names_them(self):
        held = held_by([*ARTICLES, "Our privacy contact is Mira."])

        assert gives_away("Collect it from Mira once a week.", held=held) == ""
        assert gives_away("Collect it from Mira once a week.", held=held, names={"mira"}) == "name"

    def test_a_flower_is_no_person_where_no_person_could_stand(self):
        assert gives_away("A rose is hardy and wants water once a week.", held=HELD) == ""
        assert gives_away("Rose can water it once a week.", held=HELD) == "name"

    def test_an_amount_must_stand_as_an_amount_in_an_article(self):
        assert gives_away("Shipping costs 6.90 EUR once a week.", held=HELD) == ""
        assert gives_away("Shipping costs 7 EUR once a week.", held=HELD) == "number"

    def test_a_german_noun_is_no_name(self):
        assert gives_away("Wir erstatten das nach der Ankunft vom Paket.", held=HELD) == ""
        assert gives_away("Wir erstatten das nach der Ankunft bei Oddleif.", held=HELD) == "name"

    @given(st.text(max_size=300))
    def test_no_text_is_too_wild(self, text):
        gives_away(text, held=HELD)
        without_address(text, {"dora"})

    def test_a_long_text_costs_no_time(self):
        for wild in ("a " * 5000, "A-" * 5000, "1." * 5000, "your " * 3000, '"' * 3000, "€1," * 3000):
            gives_away(wild, held=HELD)

    def test_every_pattern_is_compiled_without_a_hole(self):
        empty = [name for name, one in vars(giveaway_words).items() if isinstance(one, re.Pattern) and one.search("zz")]
        assert empty in ([], ["WORD"])


class TestAnAnswer:
    def test_is_cut_into_sentences_by_their_place(self):
        answer = "Hi Dora,\n\nwe  open\nat ten. Bye!\n\n-- \nAda"

        assert [text_at(answer, one.start, one.end) for one in spans(answer)] == ["Hi Dora,", "we open at ten.", "Bye!"]

    def test_loses_the_name_it_is_addressed_to(self):
        answer = "Declan, yes, please water it once a week."

        assert harmless(answer, held=HELD, names={"declan"}) == [Span(13, 41, "please water it once a week.")]

    def test_teaches_nothing_that_it_quotes(self):
        answer = "Please water it once a week.\n\n> Refunds come within seven working days."

        assert [one.text for one in harmless(answer, held=HELD, names=())] == ["Please water it once a week."]

    def test_has_no_text_where_it_has_become_shorter(self):
        assert text_at("short", 3, 99) == ""

    @given(st.text(max_size=400))
    def test_gives_only_places_that_hold_the_words(self, answer):
        for one in spans(answer):
            assert text_at(answer, one.start, one.end) == one.text


class TestWhoVouches:
    ARTICLES = Articles([(7, "Refunds come within seven working days to the payment method you used.")])

    def test_an_article_that_says_the_like(self):
        said = Said("Refunds come within seven working days to the same payment method.", "dora")

        assert vouched([said], self.ARTICLES)[0].article_id == 7

    def test_no_article_with_another_number(self):
        said = Said("Refunds come within three working days to the same payment method.", "dora")

        assert not vouched([said], self.ARTICLES)[0].may_serve

    def test_no_article_that_says_the_opposite(self):
        said = Said("Refunds do not come within seven working days to the payment method you used.", "dora")

        assert not vouched([said], self.ARTICLES)[0].may_serve

    def test_two_people_who_were_told_it_in_like_words(self):
        told = "Terracotta pots have a drainage hole."
        those = [
            Said(told, "dora"),
            Said("Our terracotta pots all have a drainage hole.", "chidi"),
            Said(told, "chidi"),
        ]

        assert told_to(those) == [2, 2, 2]
        assert [people_told(one, those) for one in those] == [2, 2, 2]
        assert [one.may_serve for one in vouched(those, self.ARTICLES)] == [True, True, True]

    def test_never_one_person_twice(self):
        told = "Terracotta pots have a drainage hole."

        assert not any(one.may_serve for one in vouched([Said(told, "dora"), Said(told, "dora")], self.ARTICLES))


@needs("shop-fern")
class TestTheSentMailOfAShop:
    def test_gives_nobody_away_and_most_of_what_may_serve_is_found(self):
        held = held_by(path.read_text("utf-8") for path in (SENT.parent / "articles").rglob("*.md"))
        leaked, promised, found, private, reusable = [], [], {"A": 0, "B": 0}, 0, {"A": 0, "B": 0}
        for line in SENT.read_text("utf-8").splitlines():
            row = json.loads(line)
            half = "AB"[hashlib.sha256(f"fern-18:{row['question']['thread']}".encode()).digest()[0] % 2]
            names = STAFF | set(re.findall(r"[^\W\d_]+", row["question"]["from"].split("<")[0].lower()))
            told = [one.text for one in harmless(row["answer"]["body"], held=held, names=names)]
            private += len(row["private"])
            leaked += [piece for piece in row["private"] if any(piece in one for one in told)]
            promised += [piece for piece in row["promises"] if any(piece in one for one in told)]
            wanted = [without_address(one, names) for one in row["reusable"]]
            reusable[half] += len(wanted)
            found[half] += sum(any(one in sentence for sentence in told) for one in wanted)

        assert (private, leaked, promised) == (73, [], [])
        assert found["B"] / reusable["B"] >= 0.6
        assert sum(found.values()) / sum(reusable.values()) >= 0.7

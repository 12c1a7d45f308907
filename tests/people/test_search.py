"""Search by the beginning of a name: case and accents do not matter, and the table says nothing."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courtesy.people import actions, queries
from courtesy.people.models import NameToken
from courtesy.people.names import SHORTEST_BEGINNING, beginnings_of, begins_like, words_of
from tests.cast import NOON
from tests.wild import some

pytestmark = pytest.mark.django_db(databases="__all__")
WILD = settings(max_examples=some(80), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NAME = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


def met(name: str, number: int = 0):
    return actions.meet(address=f"p{number}.{abs(hash(name))}@post.example", name=name, at=NOON)


class TestSearch:
    @pytest.mark.parametrize(
        "typed", ["do", "DO", "Dora", "lind", "dora l", "Lindqvist Do", "dora lindqvist", " dora "]
    )
    def test_finds_her_by_the_beginning_of_any_word(self, dora, chidi, typed):
        assert queries.search(typed) == [dora]

    @pytest.mark.parametrize(
        "typed", ["ora", "dora x", "doraa", "lindqvisty", "", " ", "d", "!", "dora.lindqvist@x.example"]
    )
    def test_does_not_find_her_by_anything_else(self, dora, typed):
        assert queries.search(typed) == []

    @pytest.mark.parametrize(
        ("name", "typed"),
        [
            ("Łukasz Żółć", "lukasz zol"),
            ("Sigríður Þórsdóttir", "sigrid thors"),
            ("François Müller", "FRANCOIS MULL"),
            ("Strauß", "strauss"),
            ("O’Brien", "obri"),
            ("Anne-Marie Duval", "marie"),
            ("Ольга Иванова", "ольг"),
            ("İpek Yılmaz", "ipek yil"),
            ("Maximiliane Hohenzollernsdorfer", "hohenzollernsd"),
            ("王 小明", "王"),
        ],
    )
    def test_does_not_care_how_it_is_spelled(self, name, typed):
        person = met(name)

        assert queries.search(typed) == [person]

    def test_finds_her_by_her_whole_address(self, dora):
        assert queries.search("Dora.Lindqvist@POST.example") == [dora]

    def test_beyond_ten_letters_still_minds_the_rest(self):
        met("Hohenzollern")

        assert queries.search("hohenzollex") == []

    def test_forgets_an_old_name(self, dora):
        actions.rename(dora, name="Dora Berg")

        assert queries.search("lind") == []
        assert queries.search("berg") == [dora]

    def test_costs_one_query_for_the_keys_of_a_full_page(self):
        for n in range(30):
            met("Dora Lindqvist", n)
        with CaptureQueriesContext(connections["keys"]) as asked:
            assert len(queries.search("dor")) == 20
        assert len(asked) == 2  # the house's own, and all persons' at once

    def test_says_nothing_in_its_table(self, dora):
        tokens = [bytes(token) for token in NameToken.objects.values_list("token", flat=True)]

        assert len(tokens) == len(beginnings_of("Dora Lindqvist"))
        assert all(len(token) == 16 and b"do" not in token.lower() for token in tokens)

    @WILD
    @given(name=NAME, data=st.data())
    def test_finds_anybody_by_the_beginning_of_any_of_their_words(self, name, data):
        person, words = met(name), words_of(name)
        if not words or not person.name:
            return
        word = data.draw(st.sampled_from(words))
        typed = word[: data.draw(st.integers(min(SHORTEST_BEGINNING, len(word)), len(word)))]

        assert person in queries.search(typed, limit=500)

    @WILD
    @given(name=NAME, typed=NAME)
    def test_finds_nobody_whose_name_does_not_begin_so(self, name, typed):
        met(name)

        for found in queries.search(typed):
            assert "@" in typed or begins_like(found.name, typed)


class TestBeginnings:
    def test_are_two_to_ten_letters_of_every_word(self):
        assert beginnings_of("Jo Ann") == {"jo", "an", "ann"}
        assert beginnings_of("王") == {"王"}
        assert max(map(len, beginnings_of("Hohenzollernsdorfer"))) == 10

    @given(name=NAME)
    def test_are_beginnings(self, name):
        assert all(begins_like(name, beginning) for beginning in beginnings_of(name))

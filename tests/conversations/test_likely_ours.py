"""Which addresses in old letters look like the shop's own."""

from hypothesis import given, settings
from hypothesis import strategies as st

from courtesy.conversations.likely_ours import MOST, OTHERS, Correspondence
from tests.wild import some

SHOP, SECOND = "hello@fern.example", "orders@fern.example"


def heard(*letters: tuple[str, str]) -> list[str]:
    seen = Correspondence()
    for sender, receiver in letters:
        seen.add(sender, [receiver])
    return seen.likely_ours()


def talks(shop: str, customers: int) -> list[tuple[str, str]]:
    there = [(f"kim{number}@post.example", shop) for number in range(customers)]
    return [*there, *((shop, who) for who, _ in there)]


class TestWhatLooksLikeOurs:
    def test_writes_to_many_and_hears_from_many(self):
        assert heard(*talks(SHOP, OTHERS)) == [SHOP]

    def test_may_be_two_addresses_the_busier_first(self):
        assert heard(*talks(SECOND, 5), *talks(SHOP, 9)) == [SHOP, SECOND]

    def test_is_no_newsletter_that_only_writes_and_no_box_that_only_hears(self):
        news = [("news@else.example", f"kim{number}@post.example") for number in range(20)]
        box = [(f"kim{number}@post.example", "catch@all.example") for number in range(20)]
        assert heard(*news, *box) == []

    def test_is_no_customer_who_knows_a_few_of_us(self):
        customer = [*talks("regular@post.example", OTHERS)]
        assert heard(*talks(SHOP, 40), *customer) == [SHOP]

    @given(letters=st.lists(st.tuples(st.text(max_size=3), st.lists(st.text(max_size=3), max_size=4)), max_size=40))
    @settings(max_examples=some(50))
    def test_is_never_more_than_a_few_whatever_came(self, letters):
        seen = Correspondence()
        for sender, receivers in letters:
            seen.add(sender, receivers)
        assert len(seen.likely_ours()) <= MOST
        assert "" not in seen.likely_ours()

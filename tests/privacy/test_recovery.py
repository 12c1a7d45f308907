"""The recovery sheet: twelve groups, and the number of the one that is wrong."""

import dataclasses

import pytest
from django.conf import settings as house
from hypothesis import given
from hypothesis import strategies as st

from courtesy.privacy import keyfile, recovery
from courtesy.privacy.models import Key

KEYS = st.binary(min_size=32, max_size=32)


class TestTheWords:
    def test_are_256_short_plain_ones(self):
        assert len(set(recovery.WORDS)) == 256
        assert all(word.isascii() and word.islower() and 3 <= len(word) <= 7 for word in recovery.WORDS)


class TestASheet:
    @given(key=KEYS)
    def test_gives_the_key_back(self, key):
        assert recovery.read_back(recovery.write_down(key)) == key

    @given(key=KEYS)
    def test_may_be_typed_carelessly(self, key):
        typed = [
            f"  {group.upper().replace(' ', ' - ').replace('1', 'l').replace('0', 'o')}."
            for group in recovery.write_down(key)
        ]

        assert recovery.read_back(typed) == key

    def test_has_twelve_groups_of_a_word_and_four_letters(self):
        groups = recovery.write_down(bytes(32))

        assert len(groups) == 12
        for group in groups:
            word, letters = group.split()
            assert word in recovery.WORDS
            assert set(letters) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    @given(key=KEYS, n=st.integers(0, 11), place=st.integers(0, 3), other=st.sampled_from(recovery.LETTERS))
    def test_never_gives_another_key_for_one_wrong_letter(self, key, n, place, other):
        groups = recovery.write_down(key)
        word, letters = groups[n].split()
        changed = letters[:place] + other + letters[place + 1 :]
        if changed == letters:
            return
        groups[n] = f"{word} {changed}"
        with pytest.raises(recovery.WrongSheet) as wrong:
            recovery.read_back(groups)
        assert wrong.value.group in (n + 1, None)

    def test_finds_nearly_every_slip_in_the_group_where_it_was_made(self):
        key, found, slips = bytes(range(32)), 0, 0
        for n in range(12):
            for place in range(4):
                for other in recovery.LETTERS:
                    groups = recovery.write_down(key)
                    word, letters = groups[n].split()
                    if letters[place] == other:
                        continue
                    groups[n] = f"{word} {letters[:place]}{other}{letters[place + 1 :]}"
                    slips += 1
                    with pytest.raises(recovery.WrongSheet) as wrong:
                        recovery.read_back(groups)
                    found += wrong.value.group == n + 1
        assert found / slips > 0.97

    def test_notices_two_groups_in_the_wrong_order(self):
        groups = recovery.write_down(bytes(range(32)))
        groups[3], groups[4] = groups[4], groups[3]

        with pytest.raises(recovery.WrongSheet) as wrong:
            recovery.read_back(groups)
        assert wrong.value.group == 4

    @pytest.mark.parametrize(
        "group", ["", "kelp", "kelp 4R7", "kelp 4R7MX", "nosuchword 4R7M", "kelp 4U7M", "4R7M kelp"]
    )
    def test_says_which_group_is_on_no_sheet(self, group):
        groups = [*recovery.write_down(bytes(32))[:11], group]

        with pytest.raises(recovery.WrongSheet, match=r"(G|g)roup 12"):
            recovery.read_back(groups)

    @given(typed=st.lists(st.text(max_size=20), min_size=0, max_size=14))
    def test_of_wild_text_is_refused_and_nothing_else_happens(self, typed):
        with pytest.raises(recovery.WrongSheet):
            recovery.read_back(typed)


@pytest.mark.django_db(databases="__all__")
class TestThisHouse:
    def test_knows_its_own_groups(self):
        groups = recovery.sheet()

        assert recovery.matches(4, groups[3].lower())
        assert not recovery.matches(4, groups[4])
        assert not recovery.matches(0, groups[11])
        assert not recovery.matches(13, groups[0])

    @pytest.fixture
    def burnt_down(self, tmp_path, monkeypatch):
        """The key file is gone; the data are there."""
        elsewhere = dataclasses.replace(house.COURTESY, key_file=tmp_path / "new.key")
        groups = recovery.sheet()
        monkeypatch.setattr(house, "COURTESY", elsewhere)
        keyfile.forget()
        yield groups
        keyfile.forget()

    def test_comes_back_from_the_paper(self, dora, burnt_down):
        recovery.restore(burnt_down)

        dora.refresh_from_db()
        assert dora.name == "Dora Lindqvist"

    def test_does_not_take_another_shops_paper(self, burnt_down):
        with pytest.raises(keyfile.WrongKey):
            recovery.restore(recovery.write_down(bytes(32)))
        assert not keyfile.exists()

    def test_takes_any_paper_where_there_are_no_keys_yet(self, burnt_down):
        Key.objects.all().delete()
        recovery.restore(recovery.write_down(bytes(32)))

        assert keyfile.master() == bytes(32)

    def test_does_not_write_over_a_key_file(self):
        with pytest.raises(keyfile.KeyTrouble):
            recovery.restore(recovery.sheet())

"""The recovery sheet: the key file's content as twelve short groups ("kelp 4R7M") that a person can print and type.

A group carries 28 bits, eight in its word and twenty in four letters: 22 of the key and six that check this group at
this place, so that a slip of the pen is found where it was made. 256 of the 264 bits are the key, eight check it.
"""

import hmac
import re
from collections.abc import Sequence
from hashlib import sha256

from courtesy.privacy import keyfile, opening
from courtesy.privacy.keyfile import KeyTrouble

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
_READ_AS = str.maketrans("OIL", "011")
GROUPS = 12
_PAYLOAD = 22
_CHECK = 6


class WrongSheet(KeyTrouble):
    """What was typed is no recovery sheet. ``group`` is the number of the first wrong group, or None."""

    def __init__(self, sentence: str, group: int | None = None) -> None:
        super().__init__(sentence)
        self.group = group


WORDS = """
acid acorn alder amber anchor ankle apple apron arch arrow ash aspen atlas autumn axle badge bagel baker
bamboo banjo bark barn basil basin bay beach bead beam bean bear bell bench berry birch bird bison blade bloom
blue boat bone book boot bowl box brass bread brick brook broom brush bud bulb burr button cabin cable cake
camel candle canoe cape card carrot cart castle cedar chair chalk chart cherry chess chime cider clay clock
cloud clover coal coast cobalt coin comet copper coral cork cotton cove crane crow cube cup curry daisy dawn
deer delta desk dill dock dome door dove drum duck dune dusk eagle earth easel echo eel elbow elk elm ember
fable falcon fan farm fennel fern ferry field fig finch fir fish flag flame flax flint flute fog forest fork
fox frog frost garlic gate geese ginger glass globe glove goat gold goose grain grape grass gravel green
guitar gull hail hammer harbor hare harp hat hawk hazel heath hedge hen heron hill hive honey hood hoop horn
horse ice igloo indigo ink iris iron island ivory ivy jade jam jar jasmine jay jelly jewel juniper kelp kettle
kite kiwi knot ladder lake lamp lantern larch lark latch lava leaf lemon lilac lily lime linen lion lotus
lunar lute maple marble marsh meadow melon mint mirror mitten moon moose mortar moss moth nest oak oat olive
opal otter owl palm pear pearl pine plum pond poppy reed river robin rose sage sand seal silk tide tulip wave
wheat willow wren
""".split()  # noqa: SIM905 - 256 quotes would hide the words


def sheet() -> list[str]:
    """The twelve groups of this house's key, in order. Raises KeyTrouble where there is no key."""
    return write_down(keyfile.master())


def matches(n: int, typed: str) -> bool:
    """Whether ``typed`` is group ``n`` (from 1) of this house's sheet, however it is spaced and capitalized."""
    groups = sheet()
    if not 1 <= n <= len(groups):
        return False
    return hmac.compare_digest(_tidy(groups[n - 1]).encode(), _tidy(typed).encode())


def restore(groups: Sequence[str]) -> None:
    """Make the key file again from the sheet. Nothing is written unless the key opens this shop's keys.

    Raises WrongSheet where a group is mistyped, WrongKey where it is another shop's sheet, KeyTrouble where a key
    file is there already.
    """
    key = read_back(groups)
    opening.check(key)
    keyfile.write(key)


def write_down(key: bytes) -> list[str]:
    """A key as twelve groups."""
    number = int.from_bytes(key + sha256(b"courtesy sheet" + key).digest()[:1])
    groups = []
    for n in range(1, GROUPS + 1):
        payload = (number >> (_PAYLOAD * (GROUPS - n))) & ((1 << _PAYLOAD) - 1)
        whole = (payload << _CHECK) | _check(n, payload)
        letters = "".join(LETTERS[(whole >> shift) & 31] for shift in (15, 10, 5, 0))
        groups.append(f"{WORDS[whole >> 20]} {letters}")
    return groups


def read_back(groups: Sequence[str]) -> bytes:
    """The key that twelve groups stand for. Raises WrongSheet, with the number of the group that is wrong."""
    if len(groups) != GROUPS:
        raise WrongSheet(f"A recovery sheet has {GROUPS} groups; these are {len(groups)}.")
    number = 0
    for n, group in enumerate(groups, start=1):
        number = (number << _PAYLOAD) | _payload(n, group)
    whole = number.to_bytes(keyfile.KEY_BYTES + 1)
    key, check = whole[:-1], whole[-1:]
    if sha256(b"courtesy sheet" + key).digest()[:1] != check:
        raise WrongSheet("Each group reads well, but together they are no key. Are they all from one sheet?")
    return key


def _payload(n: int, group: str) -> int:
    found = re.fullmatch(r"([a-z]+)([0-9A-Z]{4})", _tidy(group))
    word, letters = found.groups() if found else ("", "")
    if word not in _PLACE or any(letter not in LETTERS for letter in letters):
        raise WrongSheet(f"Group {n} is not on any sheet. It is a word and four letters, like “kelp 4R7M”.", n)
    whole = _PLACE[word]
    for letter in letters:
        whole = (whole << 5) | LETTERS.index(letter)
    payload, check = whole >> _CHECK, whole & ((1 << _CHECK) - 1)
    if check != _check(n, payload):
        raise WrongSheet(f"The paper says something else in group {n}. Look at its last letters.", n)
    return payload


def _check(n: int, payload: int) -> int:
    return sha256(b"courtesy group" + bytes([n]) + payload.to_bytes(3)).digest()[0] >> (8 - _CHECK)


def _tidy(group: str) -> str:
    """Word in lower case and letters in upper case, without what stands between; 0 for O, 1 for I and L."""
    together = re.sub(r"[\W_]+", "", group)
    word, letters = together[:-4].lower(), together[-4:].upper()
    return word + letters.translate(_READ_AS)


_PLACE = {word: place for place, word in enumerate(WORDS)}

"""How names and addresses are compared: folded to what two spellings of the same one share. Pure functions."""

import re
import unicodedata

# Letters that no decomposition reaches, as they are usually spelled without their mark.
_SPELLED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "’": "", "'": ""}
)
_NOT_IN_ONE = re.compile(r"[\s\x00-\x1f]")
SHORTEST_BEGINNING = 2
LONGEST_BEGINNING = 10


class NotAnAddress(ValueError):
    """What was given as an e-mail address is none; the text is not repeated."""


class NotAPhone(ValueError):
    """What was given as a phone number is none; the text is not repeated."""


def words_of(name: str) -> list[str]:
    """The words of a name, folded: case and accents gone, "Łukasz O'Brien" → ["lukasz", "obrien"]."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold()).translate(_SPELLED)
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.findall(r"[^\W_]+", bare)


def beginnings_of(name: str) -> set[str]:
    """Every beginning of every word of a name, from two letters to ten; a word of one letter (王) whole."""
    return {
        word[:length]
        for word in words_of(name)
        for length in range(min(SHORTEST_BEGINNING, len(word)), min(len(word), LONGEST_BEGINNING) + 1)
    }


def begins_like(name: str, typed: str) -> bool:
    """Whether each typed word is the beginning of some word of the name."""
    words = words_of(name)
    return all(any(word.startswith(part) for word in words) for part in words_of(typed))


def same_address(address: str) -> str:
    """The form under which an address is stored and found: lower case, the domain in letters that DNS knows.

    Raises NotAnAddress where it is none.
    """
    clean = unicodedata.normalize("NFKC", address).strip().casefold()
    local, at, domain = clean.rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii") if domain else ""
    except UnicodeError:
        domain = ""
    if not at or not local or not domain or len(clean) > 254 or _NOT_IN_ONE.search(clean):
        raise NotAnAddress("This is not an e-mail address.")
    return f"{local}@{domain}"


def same_phone(phone: str) -> str:
    """The form under which a phone number is stored and found: its digits, after a + where the country was given.

    Raises NotAPhone where it is none.
    """
    clean = unicodedata.normalize("NFKC", phone).strip()
    digits = "".join(str(unicodedata.digit(c)) for c in re.sub(r"\(0\)", "", clean) if c.isdigit())
    if digits.startswith("00"):
        clean, digits = "+", digits[2:]
    if not 6 <= len(digits) <= 15 or re.search(r"[^\d\s()+./\-‐–]", clean.partition("ext")[0].partition("x")[0]):
        raise NotAPhone("This is not a phone number.")
    return f"+{digits}" if clean.startswith("+") else digits

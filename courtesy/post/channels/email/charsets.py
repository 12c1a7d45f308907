"""Bytes as letters. What a mail says about its letters is often wrong and sometimes missing."""

import codecs

# What is declared, and what is meant by those who declare it.
_MEANT = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "ansi", "x-ansi"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ks_c_5601"), "cp949"),
    **dict.fromkeys(("tis-620", "iso-8859-11", "windows-874"), "cp874"),
    **dict.fromkeys(("iso-8859-8-i", "iso-8859-8-e"), "iso-8859-8"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("macintosh", "x-mac-roman"), "mac_roman"),
    **dict.fromkeys(("utf8mb4", "utf-8mb4", "unicode-1-1-utf-8"), "utf-8"),
    "unicode-1-1-utf-7": "utf-7",
}
# Codecs of Python that are no charset of any mail, and some of them slow.
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
# In these a text can be valid UTF-8 and mean something else.
_BEFORE_UTF_8 = (
    "iso2022",
    "hz",
    "utf-7",
    "utf-16",
    "utf-32",
    "gb",
    "big5",
    "cp93",
    "cp94",
    "cp95",
    "euc",
    "shift",
    "johab",
)


def read(data: bytes, charset: str = "") -> tuple[str, bool]:
    """The text in ``data``, and whether some of its letters had to be guessed."""
    declared = _known(charset)
    if declared.startswith(_BEFORE_UTF_8) and (text := _exactly(data, declared)) is not None:
        return text.removeprefix("\ufeff"), False
    if (text := _exactly(data, "utf-8")) is not None:
        return text.removeprefix("\ufeff"), False
    if declared not in ("", "utf-8", "ascii") and (text := _exactly(data, declared)) is not None:
        return text, False
    text = data.decode("utf-8", "replace")
    right = sum(1 for letter in text if letter > "\x7f" and letter != "\ufffd")
    if text.count("\ufffd") <= right:
        return text, True
    return data.decode("cp1252", "replace"), declared in ("utf-8", "ascii") or not declared


def _exactly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError, ValueError):
        return None


def _known(charset: str) -> str:
    """Python's name for a charset; empty where there is none."""
    said = charset.strip().strip("\"'").lower()[:40]
    try:
        found = codecs.lookup(_MEANT.get(said, said)).name
    except (LookupError, ValueError, TypeError):
        return ""
    # bytes.decode refuses what is no text encoding, but these pass there.
    return "" if found.replace("-", "_") in _NO_CHARSETS else found

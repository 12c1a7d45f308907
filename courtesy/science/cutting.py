"""Shortening what somebody wrote to what an encoder reads with sense: what they said themselves, the latest first.

Standard library only.
"""

from courtesy.science.folding import fold
from courtesy.science.text import sentences

MOST = 2000
OPENING = 0.25
"""The share of the room for the beginning, where many say what it is about; the rest is for what they said last."""


def cut(text: str, most: int = MOST) -> str:
    """The text, at most ``most`` characters of it, in whole sentences where it has any.

    A text that is short enough stays as it is. Of a longer one quotes and signatures go first, then the middle.

    >>> cut("Where is my parcel?\\n\\nOn 3 May 2026 at 10:04, Ben wrote:\\n> It left.\\n", most=40)
    'Where is my parcel?'
    >>> cut("A first. A long, long middle that tells a story. And last, my question?", most=40)
    'A first. And last, my question?'
    """
    if len(text) <= most:
        return text
    said = "".join(piece.text for piece in fold(text) if piece.kind == "said").strip() or text.strip()
    if len(said) <= most:
        return said
    whole = sentences(said)
    begin, end = 0, len(whole)
    opening = closing = 0
    while begin < end and opening + len(whole[begin]) + 1 <= most * OPENING:
        opening += len(whole[begin]) + 1
        begin += 1
    while end > begin and opening + closing + len(whole[end - 1]) + 1 <= most:
        closing += len(whole[end - 1]) + 1
        end -= 1
    kept = [*whole[:begin], *whole[end:]]
    # One endless sentence, or a last one that fills the room by itself: its end.
    return " ".join(kept) if closing else _last(said, most)


def _last(said: str, most: int) -> str:
    """The last characters, from the beginning of a word on where one begins."""
    tail = said[-most:]
    if not said[-most - 1 : -most].isspace():
        tail = tail.partition(" ")[2] or tail
    return tail.strip()

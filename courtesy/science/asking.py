"""Which messages are worth a question to a colleague: those whose answer would teach most.

Method: smallest margin (Scheffer, Decomain and Wrobel 2001, "Active Hidden Markov Models for Information Extraction"):
asking where the two likeliest topics are closest saved 40 % of the labels for the same accuracy on banking77 (the
language anchor, section 10); forcing spread added nothing.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from courtesy.science.topics import Topic

Key = TypeVar("Key", bound=Hashable)


def worth_asking(read: Mapping[Key, Topic], most: int = 1) -> list[Key]:
    """The keys of the messages whose topic was closest, closest first; equally close ones in the order given.

    >>> one, other = Topic("a", 0.9, "", 0.9, margin=0.8), Topic("a", 0.5, "", 0.9, margin=0.1)
    >>> worth_asking({"sure": one, "torn": other})
    ['torn']
    """
    return sorted(read, key=lambda key: read[key].margin)[: max(0, most)]

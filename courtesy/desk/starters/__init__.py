"""What customers of a small shop write about: a file a language, each topic with a few examples of our own.

Every file holds the same topics under their English names, so that a belief says the same in every language.
"""

from typing import Final

from courtesy.desk.starters.de import GERMAN
from courtesy.desk.starters.en import ENGLISH
from courtesy.desk.starters.es import SPANISH
from courtesy.desk.starters.fr import FRENCH

STARTERS: Final[dict[str, dict[str, tuple[str, ...]]]] = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}
"""By language and by the topic's English name: the topic's name in that language, and then its examples."""

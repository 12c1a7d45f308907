"""Two families of texts: what is learned on the letters of one is only ever reported on those of the other.

Nothing in a letter, its subject or its headers says to which it belongs: that stands here, for tests and benchmarks,
and follows from who wrote it, so that nobody's letters are in both. `config/sample/texts/a` and `texts/b` share no
sentence. The front of the sample was written by hand and belongs to neither.
"""

from hashlib import blake2b

FAMILIES = ("a", "b")
HOSTS = {"en": "mailbox.example", "de": "postfach.example", "fr": "courriel.example", "es": "buzon.example"}


def of(address: str) -> str:
    """The family of a generated customer's letters, by their address; empty for everybody else.

    >>> of("chidi.okafor@post.example")
    ''
    """
    name, _, host = address.lower().partition("@")
    if host not in HOSTS.values():
        return ""
    return FAMILIES[blake2b(name.encode(), digest_size=1).digest()[0] % 2]

"""What the tests that read the house's own source share: which files need to be taken apart at all."""

from unicodedata import normalize


def mentions(source: str, word: str) -> bool:
    """Whether this word stands anywhere in a file. If it does not, no name in it can be that.

    Python takes names in their plain form, so it is looked for in that form.

    >>> mentions("smtplib.SMTP()", "smtplib"), mentions("ｓmtplib.SMTP()", "smtplib"), mentions("mail()", "smtplib")
    (True, True, False)
    """
    plain = source if source.isascii() else normalize("NFKC", source)
    return word in plain

"""Why a file as a whole cannot be brought in: the text is a sentence for the command line, and says what to do.

A page says it in its own language (`desk/bringing/orders_say.py`), by ``code`` and ``of``.
"""

from collections.abc import Mapping


class NotUsable(ValueError):
    """The file is not brought in; nothing was changed.

    ``code`` names what is wrong, more closely than the class where that needs it; ``of`` is the number in the sentence.
    """

    def __init__(self, say: str, *, code: str = "", of: int | None = None) -> None:
        super().__init__(say)
        self.code = code or type(self).__name__
        self.of = "" if of is None else str(of)


class NoSuchFile(NotUsable):
    """There is no such file, or it may not be read."""


class WrongEncoding(NotUsable):
    """The file's letters are written in another way than was said."""


class WrongDelimiter(NotUsable):
    """The heading is one single cell."""


class ColumnsMissing(NotUsable):
    """The heading lacks what an order needs; ``missing`` names our words for it, ``headings`` the file's.

    ``columns`` are those that were found.
    """

    def __init__(
        self,
        say: str,
        *,
        missing: tuple[tuple[str, ...], ...],
        headings: tuple[str, ...],
        columns: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(say)
        self.columns = dict(columns or {})
        self.missing = missing
        self.headings = headings


class WhichDates(NotUsable):
    """Dates of the file read both ways, and nothing in it says which."""


class Bomb(NotUsable):
    """An archive that would unpack to more than any shop's orders."""


class NotATable(NotUsable):
    """An archive with more than one file, a damaged file, or no table at all."""

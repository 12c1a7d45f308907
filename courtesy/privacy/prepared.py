"""Questions that every page asks: their statement is written once, and only what they are asked with changes.

    _EVENTS = Prepared(lambda: Event.objects.filter(thread=Given("thread", Event.thread)).order_by("id"))
    events = _EVENTS(thread=thread.pk)

Django writes a statement anew each time a query is asked, which costs a page far more than the database's answer. What
comes back is what the query itself would give. Values travel as parameters, never as text.
"""

import copy
from collections.abc import Callable, Hashable, Mapping, Sized
from dataclasses import dataclass
from typing import Any, Self

from django.db import connections
from django.db.models import Field, QuerySet, Value


class NotGiven(TypeError):
    """A prepared question was asked without a value it needs."""


@dataclass(frozen=True)
class _Place:
    """Where a value goes in a statement, and the field that says how the database wants it."""

    name: str
    number: int
    field: "Field[Any, Any]"


class Given(Value):
    """A value that is named when the question is asked. ``column`` is what it is compared with (`Event.thread`)."""

    def __init__(self, name: str, column: Any, number: int = 0) -> None:
        field = getattr(column, "field", column)
        super().__init__(name, output_field=field)
        self.place = _Place(name, number, getattr(field, "target_field", field))

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s", [self.place]

    def resolve_expression(self, *_args: Any, **_kwargs: Any) -> Self:
        """Itself: it names no column that would have to be looked up."""
        return self


def many(name: str, column: Any, room: int) -> list[Any]:
    """Values for ``…__in``; asked with a list, whose last value fills what ``room_for`` left empty."""
    return [Given(name, column, number) for number in range(room)]


def room_for(values: Sized) -> int:
    """The next power of two, so that lists of like length share a statement. An empty list is not asked about: 0."""
    return 1 << (len(values) - 1).bit_length() if len(values) else 0


@dataclass(frozen=True)
class Statement:
    """A statement with places for values."""

    text: str
    params: tuple[Any, ...]

    @classmethod
    def of(cls, compiler: Any) -> "Statement":
        """As Django writes it."""
        text, params = compiler.as_sql()
        return cls(text, tuple(params))

    def filled(self, values: Mapping[str, Any], connection: Any) -> tuple[Any, ...]:
        """What goes to the database beside the text. Raises NotGiven."""
        return tuple(_filled(one, values, connection) if isinstance(one, _Place) else one for one in self.params)


class Prepared:
    """A question whose statement is kept for each of its shapes.

    ``make`` is handed the shape (a view's name, how long a list is: few, and never what somebody typed) and gives the
    query, with `Given` where values go. It may depend on nothing else.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]]) -> None:
        self._make = make
        self._kept: dict[Hashable, tuple[QuerySet[Any, Any], Any, Statement]] = {}

    def __call__(self, *shape: Hashable, **values: Any) -> list[Any]:
        """The rows, as the query itself gives them; one statement. Raises NotGiven."""
        kept = self._kept.get(shape)
        if kept is None or kept[1].connection.vendor != connections[kept[0].db].vendor:
            query = self._make(*shape)
            compiler = query.query.get_compiler(using=query.db)
            kept = self._kept[shape] = (query, compiler, Statement.of(compiler))
        query, compiler, statement = kept
        # Django's own parts, which the query would make anew: it asks this writer, which has written already.
        writer, asked = copy.copy(compiler), query._chain()  # type: ignore[attr-defined]
        writer.connection = connections[query.db]
        answer = (statement.text, statement.filled(values, writer.connection))
        writer.as_sql = lambda *_args, **_kwargs: answer
        asked.query.get_compiler = lambda *_args, **_kwargs: writer
        return list(asked)

    def first(self, *shape: Hashable, **values: Any) -> Any:
        """The first of the rows, else None. How many are asked for is the query's to say."""
        return next(iter(self(*shape, **values)), None)


def _filled(place: _Place, values: Mapping[str, Any], connection: Any) -> Any:
    try:
        value = values[place.name]
    except KeyError:
        raise NotGiven(f"Asked with {sorted(values)}; {place.name} is missing.") from None
    if isinstance(value, list):
        value = value[min(place.number, len(value) - 1)]
    return place.field.get_db_prep_value(value, connection, prepared=False)

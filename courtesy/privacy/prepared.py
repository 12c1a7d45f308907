"""Questions that every page asks: their statement is written once, and only what they are asked with changes.

    _EVENTS = Prepared(lambda: Event.objects.filter(thread=Given("thread", Event.thread)).order_by("id"))
    events = _EVENTS(thread=thread.pk)

Django writes a statement anew each time a query is asked, which costs a page far more than the database's answer. What
comes back is what the query itself would give. Values travel as parameters, never as text.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sized
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
    query, with `Given` where values go. It may depend on nothing else, and prefetches nothing.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]]) -> None:
        self._make = make
        self._kept: dict[Hashable, _Question] = {}

    def __call__(self, *shape: Hashable, **values: Any) -> list[Any]:
        """The rows, as the query itself gives them; one statement. Raises NotGiven."""
        kept = self._kept.get(shape)
        if kept is None or kept.vendor != connections[kept.db].vendor:
            kept = self._kept[shape] = _Question(self._make(*shape))
        return kept.asked(values)

    def first(self, *shape: Hashable, **values: Any) -> Any:
        """The first of the rows, else None. How many are asked for is the query's to say."""
        return next(iter(self(*shape, **values)), None)


class _Question:
    """A query with its statement; for Django's own iterables, which make rows of what comes back, it stands in for the
    query and for the compiler that would write the statement once more."""

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        self.db = queryset.db
        compiler = queryset.query.get_compiler(using=self.db)
        self.vendor = compiler.connection.vendor
        self.statement = Statement.of(compiler)
        self.select, self.klass_info = compiler.select, compiler.klass_info
        self.annotation_col_map = compiler.annotation_col_map
        converters = compiler.get_converters([column[0] for column in compiler.select])
        self._converters = [(place, *how) for place, how in converters.items()]
        self.queryset: Any = queryset

    def asked(self, values: Mapping[str, Any]) -> list[Any]:
        """Ask, and make rows of the answer."""
        connection = connections[self.db]
        with connection.cursor() as cursor:
            cursor.execute(self.statement.text, self.statement.filled(values, connection))
            rows = self._converted(cursor.fetchall(), connection)
        return list(self.queryset._iterable_class(_Answer(self, rows)))

    def _converted(self, rows: list[Any], connection: Any) -> list[Any]:
        """As the fields want what the database gave."""
        if not self._converters:
            return rows
        changed = [list(row) for row in rows]
        for place, converters, expression in self._converters:
            for row in changed:
                value = row[place]
                for converter in converters:
                    value = converter(value, expression, connection)
                row[place] = value
        return changed


class _Answer:
    """What an iterable of Django's asks of its query, and of its compiler."""

    def __init__(self, question: _Question, rows: list[Any]) -> None:
        self.db, self.select, self.klass_info = question.db, question.select, question.klass_info
        self.annotation_col_map = question.annotation_col_map
        self.query, self._rows = self, rows
        self._known_related_objects: dict[Any, Any] = {}
        self._fields, self._written = question.queryset._fields, question.queryset.query

    def __getattr__(self, name: str) -> Any:
        """What else the query knows (the names of its columns)."""
        return getattr(self._written, name)

    def get_compiler(self, *_args: Any, **_kwargs: Any) -> Self:
        return self

    def execute_sql(self, *_args: Any, **_kwargs: Any) -> list[Any]:
        return self._rows

    def results_iter(self, *_args: Any, tuple_expected: bool = False, **_kwargs: Any) -> Iterator[Any]:
        return map(tuple, self._rows) if tuple_expected else iter(self._rows)


def _filled(place: _Place, values: Mapping[str, Any], connection: Any) -> Any:
    try:
        value = values[place.name]
    except KeyError:
        raise NotGiven(f"Asked with {sorted(values)}; {place.name} is missing.") from None
    if isinstance(value, list):
        value = value[min(place.number, len(value) - 1)]
    return place.field.get_db_prep_value(value, connection, prepared=False)

"""What each field says about a person, why it is kept, and until when: written beside the model, read by all.

    @declares(
        name=personal(Kind.IDENTITY, purposes=("service",), basis="contract", retention="24 months after …"),
        created_at=plain("when the row was made"),
    )
    class Person(models.Model): ...

The data map, the notice, the export and the erasure walk are made from `all_declarations()`; a system check
(`checks.py`) refuses to start a house with a field that nobody declared.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from django.db import models


class DeclaredTwice(ValueError):
    """The same table was declared in two places; nobody could say which holds."""


class Kind(StrEnum):
    """What a field says about somebody."""

    IDENTITY = "identity"
    CONTACT = "contact"
    CONTENT = "content"
    BEHAVIOR = "behavior"
    PERMISSION = "permission"
    CREDENTIAL = "credential"
    WORK = "work"  # what a colleague did


@dataclass(frozen=True)
class Declaration:
    """One field's promise. ``kind`` is None where it says nothing about a person; ``why`` then says what it is."""

    kind: Kind | None
    purposes: tuple[str, ...] = ()
    basis: str = ""
    retention: str = ""
    why: str = ""

    @property
    def is_personal(self) -> bool:
        """Whether the field says something about a person."""
        return self.kind is not None


@dataclass(frozen=True)
class DeclaredField:
    """A line of the data map: ``table`` is the model's label ("people.person"), ``field`` its field."""

    table: str
    field: str
    declaration: Declaration


def personal(kind: Kind, *, purposes: tuple[str, ...], basis: str, retention: str, why: str = "") -> Declaration:
    """A field that says something about a person: for which purposes, on what legal basis, and until when."""
    return Declaration(kind=kind, purposes=purposes, basis=basis, retention=retention, why=why)


def plain(why: str = "") -> Declaration:
    """A field that says nothing about a person; ``why`` says what it is instead."""
    return Declaration(kind=None, why=why)


_tables: dict[str, dict[str, Declaration]] = {}
AnyModel = TypeVar("AnyModel", bound=type[models.Model])


def declares(**fields: Declaration) -> Callable[[AnyModel], AnyModel]:
    """Declare the fields of the class below, inherited ones by name too. Abstract classes hand theirs down."""

    def declare(model: AnyModel) -> AnyModel:
        declare_table(model._meta.label_lower, **fields)
        return model

    return declare


def declare_table(label: str, **fields: Declaration) -> None:
    """Declare a table whose class is not ours to write above ("auth.permission"). Raises DeclaredTwice."""
    label = label.lower()
    if _tables.get(label, fields) != fields:
        raise DeclaredTwice(f"{label} is declared in two places.")
    _tables[label] = fields


def declared_here(label: str) -> dict[str, Declaration]:
    """What is declared for this label itself; empty where nobody declared it."""
    return dict(_tables.get(label.lower(), {}))


def declarations_of(model: type[models.Model]) -> dict[str, Declaration]:
    """All declarations that hold for a model: its own over those of the classes it is made from."""
    found: dict[str, Declaration] = {}
    for ancestor in reversed(model.__mro__):
        meta = getattr(ancestor, "_meta", None)
        if meta is not None:
            found |= declared_here(meta.label_lower)
    return found


def declared_tables() -> list[str]:
    """The labels of all declared tables, in order."""
    return sorted(_tables)


def all_declarations() -> list[DeclaredField]:
    """The data map: every declared field of every table, in a fixed order."""
    return [DeclaredField(table, field, said) for table in declared_tables() for field, said in _tables[table].items()]

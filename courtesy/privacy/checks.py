"""The system checks that refuse to start a house with an undeclared field or a badly placed seal."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import models

from courtesy.privacy import third_party  # noqa: F401 - reading it declares the tables of others
from courtesy.privacy.append_only import AppendOnlyQuerySet, AppendOnlyRow
from courtesy.privacy.declarations import declarations_of, declared_here, declared_tables
from courtesy.privacy.sealing import SealedField, SealedRow


def every_field_is_declared(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """E001 for a field that nobody declared; E002 for a declaration that names no field."""
    found = [apps.get_models(), _abstract_ancestors()]
    return [*undeclared(found[0]), *declared_but_absent([*found[0], *found[1]])]


def undeclared(candidates: Iterable[type[models.Model]]) -> list[CheckMessage]:
    """One E001 for each field of these models without a declaration; numbers of rows (pk) need none."""
    problems: list[CheckMessage] = []
    for model in candidates:
        if model._meta.proxy or model._meta.auto_created:
            continue
        said = declarations_of(model)
        problems += [
            Error(
                f"{model._meta.label}.{field.name} is not declared: nobody said what it tells about a person.",
                hint="Add it to @declares(...) above the model, or to privacy/third_party.py for a package's table.",
                obj=model,
                id="courtesy.E001",
            )
            for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
            if not field.primary_key and field.name not in said
        ]
    return problems


def declared_but_absent(candidates: Iterable[type[models.Model]]) -> list[CheckMessage]:
    """One E002 for each declaration of an installed app that names no table or no field of it."""
    problems: list[CheckMessage] = []
    by_label = {model._meta.label_lower: model for model in candidates}
    installed = {config.label for config in apps.get_app_configs()}
    for label in declared_tables():
        if label.split(".")[0] not in installed:
            continue  # a package that is not installed here has no tables to check
        model = by_label.get(label)
        there = {f.name for f in [*model._meta.get_fields(), *model._meta.many_to_many]} if model else set()
        absent = [label] if model is None else [f"{label}.{name}" for name in declared_here(label) if name not in there]
        problems += [Error(f"{name} is declared but does not exist.", obj=model, id="courtesy.E002") for name in absent]
    return problems


def sealed_fields_stand_on_sealed_rows(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """E003 where a model with sealed fields lacks what seals and finds them."""
    return misplaced_seals(apps.get_models())


def misplaced_seals(candidates: Iterable[type[models.Model]]) -> list[CheckMessage]:
    """One E003 for each thing missing: a UUID for a primary key, `key_id`, `SealedRow` and a column for the index."""
    problems: list[CheckMessage] = []
    for model in candidates:
        sealed = [field for field in model._meta.fields if isinstance(field, SealedField)]
        if not sealed:
            continue
        names = {field.name for field in model._meta.fields}
        wrong = []
        if not isinstance(model._meta.pk, models.UUIDField):
            wrong.append("has sealed fields and needs a UUID for its primary key")
        if "key_id" not in names:
            wrong.append("has sealed fields and needs key_id = UUIDField()")
        for field in sealed:
            if field.index and not issubclass(model, SealedRow):
                wrong.append(f"finds {field.name} by a blind index and must stand on SealedRow")
            if field.index and field.index not in names:
                wrong.append(f"has no column {field.index} for the blind index of {field.name}")
        problems += [Error(f"{model._meta.label} {what}.", obj=model, id="courtesy.E003") for what in wrong]
    return problems


def registers_stay_as_written(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """E004 where a model of rows that are written once has a manager that would change them."""
    return [
        Error(
            f"{model._meta.label} needs objects = AppendOnlyQuerySet[...].as_manager().", obj=model, id="courtesy.E004"
        )
        for model in apps.get_models()
        if issubclass(model, AppendOnlyRow) and not isinstance(model._default_manager.all(), AppendOnlyQuerySet)
    ]


def _abstract_ancestors() -> list[type[models.Model]]:
    ancestors = {ancestor for model in apps.get_models() for ancestor in model.__mro__}
    seen = [
        one for one in ancestors if issubclass(one, models.Model) and one is not models.Model and one._meta.abstract
    ]
    return sorted(seen, key=lambda model: model.__name__)

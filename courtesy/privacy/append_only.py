"""Rows that are written once: what was said or done stays as it was said or done."""

from typing import Any, Never, TypeVar

from django.db import models


class WrittenOnce(TypeError):
    """Somebody tried to change or delete a row that is only ever added to."""


AnyRow = TypeVar("AnyRow", bound="AppendOnlyRow")


class AppendOnlyQuerySet(models.QuerySet[AnyRow]):
    """Reads and adds; changing and deleting are refused."""

    def update(self, **kwargs: Any) -> Never:
        """Refused: raises WrittenOnce."""
        raise WrittenOnce(f"{self.model.__name__} rows are not changed; add another.")

    def delete(self) -> Never:
        """Refused: raises WrittenOnce. Erasure of a person uses `erase`."""
        raise WrittenOnce(f"{self.model.__name__} rows are not deleted.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> Never:
        """Refused: raises WrittenOnce."""
        raise WrittenOnce(f"{self.model.__name__} rows are not changed; add another.")

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[AnyRow]:
        """Add many rows. Raises WrittenOnce where rows that exist would be changed on the way."""
        if kwargs.get("update_conflicts"):
            raise WrittenOnce(f"{self.model.__name__} rows are not changed; add another.")
        return super().bulk_create(objs, *args, **kwargs)

    def erase(self) -> int:
        """Delete these rows after all: for the erasure of a person and for nothing else. Returns how many."""
        return int(self._raw_delete(self.db))


class AppendOnlyRow(models.Model):
    """A row that can be made and read; saving it again or deleting it raises WrittenOnce.

    Give it `objects = AppendOnlyQuerySet["Entry"].as_manager()` too: a check refuses a class that forgot.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises WrittenOnce where it already exists."""
        if not self._state.adding:
            raise WrittenOnce(f"{type(self).__name__} rows are not changed; add another.")
        kwargs["force_insert"] = True  # a hand-made primary key must not turn the insert into an update
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Refused: raises WrittenOnce."""
        raise WrittenOnce(f"{type(self).__name__} rows are not deleted.")

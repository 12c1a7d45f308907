"""Which database a table lives in: the keys in one of their own, everything else in the other."""

from typing import Any

from django.db import models

KEYS = "keys"
KEY_TABLE = ("privacy", "key")


class KeysApart:
    """The persons' keys live in the database ``keys`` and nothing else does.

    A copy of the one without the other opens nothing, and each has a backup of its own.
    """

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        """Where rows of this model are read."""
        return KEYS if (model._meta.app_label, model._meta.model_name) == KEY_TABLE else "default"

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str:
        """Where rows of this model are written."""
        return self.db_for_read(model)

    def allow_relation(self, first: models.Model, second: models.Model, **hints: Any) -> bool:
        """No foreign key crosses between the two."""
        # By `_meta`, not by type: request.user is a lazy stand-in for its colleague.
        return self.db_for_read(first._meta.model) == self.db_for_read(second._meta.model)

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        """Whether a table is made in this database."""
        if model_name is None:  # RunPython and RunSQL without a model belong to the main database
            return db != KEYS
        return (db == KEYS) == ((app_label, model_name) == KEY_TABLE)

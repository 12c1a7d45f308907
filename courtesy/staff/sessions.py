"""Sessions that know whose they are, so that a colleague who leaves is signed out everywhere at once."""

from typing import Any, cast
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as RowsOfSessions

from courtesy.staff.models import Session


class SessionStore(RowsOfSessions):
    """Django's own sessions in the database, in rows of ours."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        whose = data.get(SESSION_KEY)
        row.colleague_id = UUID(whose) if whose else None
        return row

"""Sessions that know whose they are, so that a colleague who leaves is signed out everywhere at once."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as RowsOfSessions

from courtesy.staff.models import Session

# What `sign_ins.note` puts into a session; the row carries it where it can be asked for.
BEGAN, SEEN, DEVICE = "began_at", "seen_at", "device"


class SessionStore(RowsOfSessions):
    """Django's own sessions in the database, in rows of ours."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        whose = data.get(SESSION_KEY)
        row.colleague_id = UUID(whose) if whose else None
        row.began_at, row.seen_at = _time(data.get(BEGAN)), _time(data.get(SEEN))
        row.device = str(data.get(DEVICE, ""))[:60]
        return row


def _time(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None

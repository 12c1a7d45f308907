"""`/healthz` of both sides: is the house in order? The desk is told what waits; the public only yes or no."""

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone

from courtesy.config.sides import is_public
from courtesy.jobs import queries as jobs
from courtesy.jobs.working import WORKER
from courtesy.post import outbox
from courtesy.web.access import open_to_anyone


@open_to_anyone("says whether the house is in order, and nothing about anybody")
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the database answers; ``worker`` says whether the other process lives."""
    at = timezone.now()
    try:
        facts: dict[str, Any] = {"ok": True, "database": True, "worker": jobs.is_alive(WORKER, at=at)}
        if not is_public(request):
            unsent = outbox.unsent(at)
            facts |= {
                "jobs": {"waiting": jobs.waiting_count(), "set_aside": jobs.set_aside().count()},
                "unsent": {
                    "waiting": unsent.count,
                    "held": unsent.held,
                    "unsure": unsent.unsure,
                    "refused": unsent.refused,
                },
                "encoder": jobs.facts_of(WORKER).get("encoder", ""),
            }
    except DatabaseError:
        return JsonResponse({"ok": False, "database": False}, status=503)
    return JsonResponse(facts, headers={"Cache-Control": "no-store"})


urlpatterns = [path("healthz", healthz, name="healthz")]

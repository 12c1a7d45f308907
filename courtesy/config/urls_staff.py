"""The addresses of the staff side: what the rooms export, in one list."""

from importlib import import_module

from django.urls import URLPattern, URLResolver

from courtesy.config import health

urlpatterns: list[URLPattern | URLResolver] = [*health.urlpatterns]
for room in (
    "web",
    "staff",
    "knowledge",
    "desk.inbox",
    "desk.today",
    "desk",
    "conversations",
    "people",
    "consent",
    "trust",
    "config.sample",
):
    try:
        urlpatterns += getattr(import_module(f"courtesy.{room}.urls"), "staff_urlpatterns", [])
    except ModuleNotFoundError as gap:
        if gap.name != f"courtesy.{room}.urls":
            raise

"""The addresses of the public side. Nothing of the desk is in this list, so nothing of the desk answers there."""

from django.urls import URLPattern, URLResolver

from courtesy.config import health
from courtesy.trust import urls as trust

urlpatterns: list[URLPattern | URLResolver] = [*health.urlpatterns, *trust.public_urlpatterns]

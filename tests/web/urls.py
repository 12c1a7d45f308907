"""The design system's own addresses and nothing else."""

from django.urls import path

from courtesy.web.urls import staff_urlpatterns

urlpatterns = [*staff_urlpatterns, path("sign-in", lambda request: None, name="account_login")]

"""The addresses of the command bar and the sheet of keys."""

from django.urls import path

from courtesy.desk.commands import views

staff_urlpatterns = [
    path("commands", views.commands, name="commands"),
    path("keys", views.sheet, name="keys"),
]

"""The design system's own addresses, on the staff's side only."""

from django.urls import path

from courtesy.web import views

staff_urlpatterns = [
    path("style-guide", views.style_guide, name="style-guide"),
    path("preferences", views.preferences, name="preferences"),
]
